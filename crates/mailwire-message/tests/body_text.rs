//! The text of a message in one piece, and the first words of it.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

extern crate alloc;

use alloc::borrow::Cow;
use mailwire_message::{OwnedMessage, Parser, html_to_text};
use mailwire_testkit::mail::{base64_lines, quoted_printable};
use mailwire_testkit::{corpus, generate, stack, strategies};
use proptest::prelude::*;

const ALTERNATIVE: &str = "Content-Type: multipart/alternative; boundary=a\r\n\r\n\
    --a\r\n\r\nplain\r\ntext\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>rich <b>text</b>\r\n--a--\r\n";

fn text(raw: &str) -> String {
    Parser::new().parse(raw.as_bytes()).body_text().into_owned()
}

fn html(raw: &str) -> String {
    Parser::new().parse(raw.as_bytes()).body_html().into_owned()
}

fn preview(raw: &str) -> String {
    Parser::new().parse(raw.as_bytes()).preview(256)
}

#[test]
fn each_kind_is_what_its_part_says() {
    assert_eq!(text(ALTERNATIVE), "plain\ntext");
    assert_eq!(html(ALTERNATIVE), "<p>rich <b>text</b>");
    assert_eq!(preview(ALTERNATIVE), "plain text");
}

#[test]
fn what_is_missing_is_made_of_the_other() {
    let only_html = "Content-Type: text/html\r\n\r\n<p>a<p>b";
    assert_eq!(text(only_html), "a\n\nb");
    assert_eq!(html(only_html), "<p>a<p>b");
    assert_eq!(text("Subject: a\r\n\r\n<b>\r\n"), "<b>\n");
    assert_eq!(html("Subject: a\r\n\r\n<b>"), "<div>&lt;b&gt;</div>");
    for nothing in ["Content-Type: image/png\r\n\r\n...", "Content-Type: message/rfc822\r\n\r\n\r\ntext"] {
        assert_eq!((text(nothing), html(nothing), preview(nothing)), Default::default(), "{nothing}");
    }
}

#[test]
fn parts_stand_on_lines_of_their_own() {
    let raw = "Content-Type: multipart/mixed; boundary=m\n\n--m\n\none\n--m\nContent-Type: image/png\n\n...\n\
        --m\nContent-Type: text/html\n\n<p>two\n--m\n\n\n--m\n\nthree\n\n--m\nContent-Type: text/plain; name=a.txt\n\nattached\n--m--\n";
    assert_eq!(text(raw), "one\ntwo\nthree\n");
    assert_eq!(html(raw), "<div>one</div>\n<p>two\n<div></div>\n<div>three<br>\n</div>");
    assert_eq!(preview(raw), "one two three");
}

#[test]
fn each_part_has_its_own_charset() {
    let raw = b"Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain; charset=iso-8859-1\n\n\xe9\n\
        --m\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n0NLJ18XU\n--m--\n";
    let message = Parser::new().parse(raw);
    assert_eq!(message.body_text(), "é\nпривет");
    assert_eq!(message.preview(256), "é привет");
    assert_eq!(message.preview(3), "é п");
}

#[test]
fn soft_line_breaks_are_undone() {
    let raw = "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n> old \r\n> news\r\n alto \r\ngether\r\n-- \r\nJane";
    assert_eq!(text(raw), "> oldnews\naltogether\n-- \nJane");
    assert_eq!(html(raw), "<div>&gt; oldnews<br>\naltogether<br>\n--&nbsp;<br>\nJane</div>");
    assert_eq!(preview(raw), "altogether");
}

#[test]
fn one_part_of_plain_utf8_is_borrowed() {
    let raw = "Subject: a\n\ntext é\n".as_bytes();
    let message = Parser::new().parse(raw);
    assert!(matches!(message.body_text(), Cow::Borrowed("text é\n")));
    let owned = OwnedMessage::parse(raw.to_vec());
    assert!(matches!(owned.body_text(), Cow::Borrowed("text é\n")));
}

#[test]
fn an_empty_alternative_gives_way() {
    let raw = "Content-Type: multipart/alternative; boundary=a\n\n--a\n\n \n\n--a\nContent-Type: text/html\n\n<p>rich\n--a--\n";
    assert_eq!(text(raw), "rich");
    assert_eq!(preview(raw), "rich");
}

#[test]
fn a_multipart_without_parts_is_shown_as_it_stands() {
    let raw = "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\ntext & more\r\n--b--\r\n";
    assert_eq!(text(raw), "--b\n\ntext & more\n--b--\n");
    assert!(html(raw).contains("text &amp; more"));
    assert_eq!(preview(raw), "--b text & more --b--");
}

#[test]
fn quotes_and_signatures_are_no_news() {
    for (body, expected) in [
        ("Yes.\n\nOn Monday, Bob\n<bob@a.example> wrote:\n> a\n> b\n", "Yes."),
        ("On Monday, Bob\n<bob@a.example> wrote:\n\n> a\n\nYes.\n> b\nNo.", "Yes. No."),
        ("Yes.\r\n\r\nOn Monday, Bob\r\n<bob@a.example> wrote:\r\n\r\n> a\r\n", "Yes."),
        ("Yes.\r\rBob wrote:\r> a\r", "Yes."),
        ("Hi Bob,\nsee below:\nthe list\nis long:\n> a\n", "Hi Bob, see below: the list is long:"),
        ("Read this:\n\nIt is news.\n> old", "Read this: It is news."),
        ("> a\n>> b\n>c", "a b c"),
        ("He wrote:\n> a\n", "He wrote: a"),
        ("news\n-- \nJane\n", "news"),
        ("news\r\n-- \r\nJane\r\n", "news"),
        ("-- \nJane\nACME", "Jane ACME"),
        ("> old\n-- \nJane", "old Jane"),
        ("=====\n*** \n News\n=====", "News"),
        ("-----Original Message-----\nFrom: a", "From: a"),
        (" > no quote", "> no quote"),
        ("", ""),
        (" \r\n\t\r\n", ""),
    ] {
        assert_eq!(preview(&format!("Subject: a\n\n{body}")), expected, "{body:?}");
    }
    let wrote = Parser::new();
    let raw = b"Subject: a\n\nOn Monday Bob wrote:\n> a\n\nYes.";
    for (most, expected) in [(0, ""), (1, "Y"), (3, "Yes"), (4, "Yes."), (usize::MAX, "Yes.")] {
        assert_eq!(wrote.parse(raw).preview(most), expected);
    }
}

#[test]
fn an_answer_behind_a_long_quote_of_html_is_found() {
    let quote = "some words here\n".repeat(20_000 / 16);
    let behind = "<!-- xxxxxx  -->".repeat(100_000 / 16);
    let mail = format!(
        "Content-Type: text/html; charset=utf-8\r\n\r\n<blockquote>{quote}</blockquote><p>The answer is here, and long enough to fill all that was asked for.</p>{behind}"
    );
    assert!(Parser::new().parse(mail.as_bytes()).preview(50).starts_with("The answer is here"));
}

#[test]
fn addresses_and_quotes_in_html_are_no_news() {
    let raw = "Content-Type: text/html\n\n<style>p{}</style><p>See <a href='https://a.example/?long'>this</a> now\
        <blockquote>old</blockquote>";
    assert_eq!(preview(raw), "See this now");
}

/// A body that is cut anywhere in any encoding gives the words before the cut, and nothing that is not there.
#[test]
fn a_cut_leaves_no_trace() {
    let body = "žluťoučký кот 猫 = ".repeat(4000);
    let squeezed = body.trim_end();
    let utf16: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let identity = ("8bit", "utf-8", body.clone().into_bytes());
    let quoted = ("quoted-printable", "utf-8", quoted_printable(body.as_bytes()));
    let base64 = ("base64", "utf-8", base64_lines(body.as_bytes()));
    let wide = ("base64", "utf-16le", base64_lines(&utf16));
    let one_line = ("quoted-printable", "utf-8", {
        body.bytes().flat_map(|byte| format!("={byte:02X}").into_bytes()).collect()
    });
    for (encoding, charset, body) in [identity, quoted, base64, wide, one_line] {
        let head =
            format!("Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n");
        for pad in 0..8 {
            let raw =
                [head.as_bytes(), &b"    ".repeat(pad)[..if encoding == "base64" { 0 } else { pad }], &body]
                    .concat();
            for most in [1, 10, 256, 300] {
                let expected: String = squeezed.chars().take(most).collect();
                assert_eq!(
                    Parser::new().parse(&raw).preview(most),
                    expected.trim_end(),
                    "{encoding} {charset}"
                );
            }
        }
    }
}

/// What is far behind is not looked at, whatever the size of the mail.
#[test]
fn the_work_has_an_end() {
    let quotes = "> old\n".repeat(100_000) + "news";
    assert!(preview(&format!("Subject: a\n\n{quotes}")).starts_with("old old"));
    let style = format!("<style>{}</style><p>news", "p { margin: 0 }\n".repeat(100_000));
    assert_eq!(preview(&format!("Content-Type: text/html\n\n{style}")), "");
    let near = format!("<style>{}</style><p>news", "p { margin: 0 }\n".repeat(5_000));
    assert_eq!(preview(&format!("Content-Type: text/html\n\n{near}")), "news");
    let mut parts = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned();
    parts.push_str(&"--b\n\n\n".repeat(5_000));
    parts.push_str("--b\n\nnews\n--b--\n");
    assert_eq!(preview(&parts), "");
    // Work over which a preview of any length has no say is done once.
    let message = Parser::new().parse(parts.as_bytes()).into_owned();
    assert_eq!(message.preview(100_000), "news");
}

fn holds(raw: &[u8]) {
    let message = Parser::new().parse(raw);
    for most in [0, 1, 7, 256] {
        let preview = message.preview(most);
        assert!(preview.chars().count() <= most, "{preview:?}");
        assert_eq!(preview.trim(), preview);
        assert!(!preview.contains("  ") && !preview.contains(char::is_control), "{preview:?}");
    }
    assert!(!message.body_text().contains('\r'));
    let texts = message.text_body().filter(|part| part.content_type().is_text());
    if texts.count() == 1 && message.root().is_leaf() && message.root().content_type().is("text", "html") {
        assert_eq!(message.body_text(), html_to_text(message.root().text().text()));
    }
    assert_eq!(message.body_html(), message.clone().into_owned().body_html());
}

#[test]
fn real_mail() {
    let Some(mails) = corpus::mails() else { return };
    let mut empty = 0;
    let mut all = 0;
    for (_, raw) in mails {
        holds(&raw);
        let message = Parser::new().parse(&raw);
        all += 1;
        empty += usize::from(message.preview(256).is_empty() && !message.body_text().trim().is_empty());
    }
    assert!(empty * 200 < all, "{empty} of {all} mails with text have no preview");
}

#[test]
fn hostile_mail_on_a_small_stack() {
    for (_, make) in generate::MAILS {
        let raw = make(50_000);
        stack::small(|| holds(&raw));
    }
}

proptest! {
    #[test]
    fn random_mail(mail in strategies::mail(), damaged in strategies::damaged(strategies::mail())) {
        holds(&mail);
        holds(&damaged);
    }
}
