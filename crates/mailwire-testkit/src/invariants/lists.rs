//! The fields of mailing lists.

use super::inside;
use mailwire_message::value::{ListId, ListPost, Uri, Uris, is_one_click, is_one_click_with};

/// URIs are read whatever a value holds, each from bytes of its own; an identifier is read or refused.
pub fn lists(bytes: &[u8]) {
    each_uri(Uris::new(bytes), bytes);
    match ListPost::parse_with(bytes, &mut inside(bytes)) {
        ListPost::To(uris) => each_uri(uris, bytes),
        post => assert!(matches!((post, ListPost::parse(bytes)), (ListPost::No, ListPost::No))),
    }
    match ListId::parse_with(bytes, &mut inside(bytes)) {
        Ok(id) => {
            assert!(!id.as_bytes().is_empty() && id.as_bytes().len() <= bytes.len());
            assert!(!id.as_bytes().contains(&b'\n'));
            assert!(id.description().is_none_or(|text| !text.trim().is_empty() && !text.contains('\n')));
        }
        Err(error) => assert!(error.offset() <= bytes.len()),
    }
    assert_eq!(is_one_click(bytes), is_one_click_with(bytes, &mut inside(bytes)));
    let _ = Uri::parse(bytes).scheme();
}

fn each_uri(mut uris: Uris<'_>, bytes: &[u8]) {
    let alike = uris.clone();
    let (mut taken, mut count) = (0, 0);
    while let Some(uri) = uris.next_with(&mut inside(bytes)) {
        assert!(!uri.as_bytes().is_empty() && !uri.as_bytes().iter().any(|byte| b" \t\r\n".contains(byte)));
        taken += uri.as_bytes().len();
        count += 1;
        assert!(taken <= bytes.len(), "more URIs than bytes");
    }
    assert!(uris.next().is_none(), "an iterator that has ended goes on");
    assert_eq!(alike.count(), count, "a sink changes what is read");
}
