//! Flowed text: what each section of RFC 3676 says.

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_message::Parser;
use mailwire_message::flowed::{DelSp, paragraphs, unflow};
use mailwire_testkit::vectors::{Got, check};

#[test]
fn vectors() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/flowed.vec"), |vector| {
        let delsp = if vector.has("delsp") { DelSp::Yes } else { DelSp::No };
        let text = vector.text("in");
        let shown = paragraphs(text, delsp).map(|paragraph| {
            let signature = if paragraph.is_signature_separator() { " signature" } else { "" };
            format!("{}{signature} <{}>", paragraph.quote_depth(), paragraph.text())
        });
        Got::new().many("paragraph", shown).many("out", [unflow(text, delsp).as_bytes()])
    });
}

#[test]
fn text_without_soft_breaks_is_borrowed() {
    for text in ["", "\n", "a\r\nb\n\nc", "-- \nme\n", "a\u{a0}\nb"] {
        assert!(matches!(unflow(text, DelSp::Yes), Cow::Borrowed(same) if same == text), "{text:?}");
    }
}

#[test]
fn parts_flow_where_their_type_says_so() {
    let body = "one \ntwo\n";
    for (content_type, expected) in [
        ("text/plain; format=flowed", "one two\n"),
        ("text/plain; format=\"Flowed\"; delsp=YES", "onetwo\n"),
        ("text/plain; format=flowed; delsp=perhaps", "one two\n"),
        ("text/plain; format=fixed; delsp=yes", body),
        ("text/plain", body),
        ("text/html; format=flowed", body),
    ] {
        let raw = format!("Content-Type: {content_type}\n\n{body}");
        assert_eq!(Parser::new().parse(raw.as_bytes()).root().text_unflowed(), expected, "{content_type}");
    }
    // The blank is in the text, whatever it was encoded in.
    let raw = b"Content-Type: text/plain; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\none=20\ntwo=\n";
    assert_eq!(Parser::new().parse(raw).root().text_unflowed(), "one two");
}
