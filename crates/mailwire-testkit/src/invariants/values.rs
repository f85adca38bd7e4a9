//! The values of header fields.

use super::inside;
use mailwire_core::{DateTime, ParseError};
use mailwire_message::value::{ContentType, Disposition, FileNames, MessageId, MessageIds, Parameters, date};
use mailwire_message::{Section, SectionText};

/// A date is read or refused; what was read is a moment, and the line end behind it makes no difference.
pub fn dates(bytes: &[u8]) {
    let read = date::parse_with(bytes, &mut inside(bytes));
    assert_eq!(read, date::parse(bytes), "a sink changes what is read");
    match read {
        Ok(date) => {
            let again = DateTime::from_unix(date.to_unix(), date.offset());
            // A leap second is a second of its own only as a civil time.
            assert!(date.second() == 60 || again.is_none_or(|again| again.to_unix() == date.to_unix()));
            assert!(date.to_string().len() == "2024-01-02T10:20:30+01:00".len());
            assert_eq!(date::parse(&[bytes, b"\r\n"].concat()), Ok(date), "a line end changes what is read");
        }
        Err(error) => placed(error, bytes),
    }
}

/// The values that have a type of their own, and those that are lists, are read whatever they hold. So are the names of
/// sections, which hold lists of field names.
pub fn headers(bytes: &[u8]) {
    match MessageId::parse_with(bytes, &mut inside(bytes)) {
        Ok(id) => {
            assert!(id.as_bytes().len() <= bytes.len());
            assert!(!id.to_text().contains('\n'));
        }
        Err(error) => placed(error, bytes),
    }
    let mut ids = MessageIds::new(bytes);
    let mut taken = 0;
    while let Some(id) = ids.next_with(&mut inside(bytes)) {
        taken += id.as_bytes().len();
        assert!(taken <= bytes.len(), "more identifiers than bytes");
    }
    assert_eq!(ids.count(), 0, "an iterator that has ended goes on");
    section(bytes);
    section(&[b"1.HEADER.FIELDS.NOT ", bytes].concat());
}

fn section(spec: &[u8]) {
    match Section::parse(spec) {
        Ok(section) => {
            let names = match section.text() {
                SectionText::HeaderFields(names) | SectionText::HeaderFieldsNot(names) => {
                    names.iter().collect()
                }
                _ => Vec::new(),
            };
            assert!(names.iter().map(|name| name.len()).sum::<usize>() <= spec.len());
            // Octets that only a literal can hold are shown as escapes, and don't come back.
            if names.iter().all(|name| name.iter().all(|byte| matches!(byte, b' '..=b'~'))) {
                let shown = section.to_string();
                let again = Section::parse(shown.as_bytes()).expect("what was shown is a section");
                assert!(section.numbers().eq(again.numbers()));
                assert_eq!(shown, again.to_string());
            }
        }
        Err(error) => placed(error, spec),
    }
}

/// A value and its parameters are read whatever they hold, each parameter from bytes of its own.
pub fn parameters(bytes: &[u8]) {
    let content_type = ContentType::parse_with(bytes, &mut inside(bytes));
    assert!(!content_type.media_type().is_empty() && !content_type.subtype().is_empty());
    assert!(content_type.is(content_type.media_type(), content_type.subtype()));
    each_parameter(content_type.parameters(), bytes);
    each_parameter(Disposition::parse_with(bytes, &mut inside(bytes)).parameters(), bytes);
    each_parameter(Parameters::new(bytes), bytes);

    let names = FileNames::new(Some(bytes), Some(bytes));
    assert_eq!(names.clone().first_with(&mut inside(bytes)), names.clone().next());
    assert!(names.clone().count() <= 4);
    for name in names {
        assert!(!name.contains(['\r', '\n']), "a file name with a line end in it");
        assert!(name.len() <= 10 * bytes.len());
    }
}

fn each_parameter(mut parameters: Parameters<'_>, bytes: &[u8]) {
    let alike = parameters.clone();
    let mut taken = 0;
    let mut count = 0;
    while let Some(parameter) = parameters.next_with(&mut inside(bytes)) {
        // The equals sign, or the quote that stands for it.
        taken += parameter.name().len() + parameter.raw().len() + 1;
        count += 1;
        assert!(taken <= bytes.len(), "more parameters than bytes");
    }
    assert_eq!(
        parameters.next().map(|parameter| parameter.name().len()),
        None,
        "an iterator that has ended goes on"
    );
    assert_eq!(alike.count(), count, "a sink changes what is read");
}

fn placed(error: ParseError, bytes: &[u8]) {
    assert!(error.offset() <= bytes.len(), "{error}, of {} bytes", bytes.len());
    assert!(!error.to_string().contains('\n'));
}
