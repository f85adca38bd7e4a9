//! Unstructured text as fields give it.

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_message::Parser;

#[test]
fn plain_text_is_borrowed() {
    for (value, expected) in [(" Hello, World\r\n", "Hello, World"), ("", ""), (" caf\u{e9}", "café")] {
        let raw = format!("Subject:{value}");
        let message = Parser::new().parse(raw.as_bytes());
        assert!(matches!(message.subject(), Some(Cow::Borrowed(text)) if text == expected), "{value}");
    }
}

#[test]
fn folds_words_and_other_charsets() {
    for (value, expected) in [
        (&b" a\r\n b\n\tc\r\n"[..], "a b\tc"),
        (b" =?utf-8?B?Y2Fmw6k=?= =?utf-8?Q?_au_lait?=", "café au lait"),
        (b" caf\xe9", "café"),
        (b" 1 = 2 ?", "1 = 2 ?"),
    ] {
        let raw = [b"Subject:", value].concat();
        assert_eq!(Parser::new().parse(&raw).subject().as_deref(), Some(expected));
    }
}
