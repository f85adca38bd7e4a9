//! HTML as text, and text as HTML.

use mailwire_message::{Parser, html_charset, html_to_text, html_to_text_into, text_to_html};
use mailwire_testkit::random::Random;
use mailwire_testkit::vectors::{self, Got};
use mailwire_testkit::{corpus, invariants};

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

/// The HTML standard, §13.2.3.2.
#[test]
fn charsets_are_found_as_browsers_find_them() {
    for (html, label) in [
        ("<meta charset=utf-8>", Some("utf-8")),
        ("<META CHARSET = ' KOI8-R '/>", Some("KOI8-R")),
        ("<meta/charset=koi8-r>", Some("koi8-r")),
        ("<meta content='text/html; charset=big5' http-equiv=content-type>", Some("big5")),
        ("<meta http-equiv=content-type content='text/html; charset = \"gbk\"'>", Some("gbk")),
        ("<meta http-equiv=content-type content='charset charset=gbk;x'>", Some("gbk")),
        ("<meta http-equiv=content-type content='text/html; charset=\"gbk'>", None),
        ("<meta content='text/html; charset=big5'>", None),
        ("<meta http-equiv=refresh content='charset=big5'>", None),
        ("<!--<meta charset=big5>--><p title='<meta charset=gbk>'><meta charset=koi8-r>", Some("koi8-r")),
        ("<!doctype <meta charset=gbk><meta charset=koi8-r>", Some("koi8-r")),
        ("<meta charset=nobody><meta charset=koi8-r charset=gbk>", Some("koi8-r")),
        ("<metal charset=gbk>", None),
        ("<meta charset=utf-16le>", Some("utf-8")),
        ("<meta charset=gbk", None),
        ("\u{feff}<meta charset=gbk>", Some("utf-8")),
        ("", None),
    ] {
        assert_eq!(html_charset(html.as_bytes()), label.map(str::as_bytes), "{html}");
    }
    let late = format!("{}<meta charset=gbk>", " ".repeat(1024));
    assert_eq!(html_charset(late.as_bytes()), None);
    assert_eq!(html_charset(&late.as_bytes()[20..]), Some(&b"gbk"[..]));
}

/// Every piece of HTML that people were sent.
#[test]
fn real_html_keeps_the_invariants() {
    let Some(mails) = corpus::mails() else { return };
    let mut seen = 0;
    for (name, raw) in mails {
        let message = Parser::new().parse(&raw);
        for part in message.walk().filter(|part| part.is_leaf() && part.content_type().is("text", "html")) {
            println!("{name}");
            invariants::html(part.text().text().as_bytes());
            seen += 1;
        }
    }
    assert!(seen > 1000, "{seen} of the corpus");
}

/// A mutation of HTML that is dense with everything finds what nobody thought of.
#[test]
fn damaged_html_keeps_the_invariants() {
    let pieces: Vec<&str> = include_str!("data/html.vec")
        .lines()
        .filter_map(|line| line.strip_prefix("in:").or_else(|| line.strip_prefix("      ")))
        .flat_map(|line| line.split_inclusive(['>', ' ', ';']))
        .collect();
    let mut random = Random::new(20);
    for _ in 0..20_000 {
        let html: String = (0..random.below(40)).map(|_| *random.pick(&pieces)).collect();
        invariants::html(html.as_bytes());
    }
}
