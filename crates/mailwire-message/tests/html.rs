//! HTML as text, and text as HTML.

use mailwire_message::{html_to_text, html_to_text_into, text_to_html};
use mailwire_testkit::vectors::{self, Got};

#[test]
fn vectors() {
    vectors::check("tests/data/html.vec", |vector| {
        let html = core::str::from_utf8(vector.bytes("in")).expect("HTML in UTF-8");
        let text = html_to_text(html);
        let mut appended = String::from("before\t ");
        html_to_text_into(html, &mut appended);
        assert_eq!(appended.strip_prefix("before\t "), Some(&*text));
        Got::new().many("out", Some(text).filter(|text| !text.is_empty()))
    });
}

/// What is written as HTML is read as it was, but for what no text of ours has: see below.
#[test]
fn text_comes_back_from_html() {
    for text in [
        "",
        "a",
        "a  b   c",
        "  a\n\n b & c < d > \"e\" &amp;\n<b>",
        "1\n2\n3",
        "https://example.org/?a=b&copy=c",
        "Grüße, 你好",
    ] {
        assert_eq!(html_to_text(&text_to_html(text)), text, "{}", text_to_html(text));
    }
    assert_eq!(text_to_html("a\r\nb\rc\0"), "a<br>\nb<br>\nc\u{fffd}");
    assert_eq!(html_to_text(&text_to_html("a \n\n\n\tb ")), "a\n\n    b");
}
