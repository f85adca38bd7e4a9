//! What a header says of how its message is to be handled.

use super::inside;
use mailwire_message::Parser;
use mailwire_message::value::{AutoSubmitted, Languages, MimeVersion, Priority};

/// Each of the small fields is read or refused, and a sink makes no difference; those that stand in groups are grouped.
pub fn handling(bytes: &[u8]) {
    let submitted = AutoSubmitted::parse_with(bytes, &mut inside(bytes));
    assert!(submitted.keyword().as_bytes().len() <= bytes.len());
    assert_eq!(submitted.is_automatic(), !submitted.keyword().as_bytes().eq_ignore_ascii_case(b"no"));
    submitted.parameters().for_each(drop);

    assert_eq!(Priority::parse_with(bytes, &mut inside(bytes)), Priority::parse(bytes));

    match MimeVersion::parse_with(bytes, &mut inside(bytes)) {
        Ok(version) => assert_eq!(MimeVersion::parse(version.to_string().as_bytes()), Ok(version)),
        Err(error) => assert!(error.offset() <= bytes.len(), "{error}, of {} bytes", bytes.len()),
    }

    let mut languages = Languages::new(bytes);
    let mut taken = 0;
    while let Some(language) = languages.next_with(&mut inside(bytes)) {
        assert!(!language.is_empty() && language.is_ascii());
        taken += language.len();
        assert!(taken <= bytes.len(), "more languages than bytes");
    }
    assert!(languages.next().is_none(), "an iterator that has ended goes on");

    grouped(bytes);
}

/// Fields that make sets and blocks are grouped whatever they hold: `bytes` is a header block.
fn grouped(bytes: &[u8]) {
    let message = Parser::new().parse(bytes);
    let headers = message.headers();
    let sets = headers.arc_sets();
    assert!(sets.len() <= 50 && sets.is_sorted_by(|a, b| a.instance() < b.instance()));
    let resent = headers.iter().filter(|field| {
        let name = String::from_utf8_lossy(field.name()).to_ascii_lowercase();
        ["date", "from", "sender", "to", "cc", "bcc", "message-id"]
            .iter()
            .any(|end| name == format!("resent-{end}"))
    });
    let grouped: Vec<_> = headers
        .resent()
        .flat_map(|resent| resent.fields().map(|field| field.range()).collect::<Vec<_>>())
        .collect();
    assert_eq!(grouped, resent.map(|field| field.range()).collect::<Vec<_>>());
}
