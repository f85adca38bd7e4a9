//! Bodies as bytes and as text: the policies that no consensus of other readers shows.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_message::{Parser, PartKind};

fn text(header: &str, body: &[u8]) -> (String, &'static str, bool) {
    let raw = [header.as_bytes(), b"\r\n\r\n", body].concat();
    let message = Parser::new().parse(&raw);
    let text = message.root().text();
    (text.text().to_owned(), text.charset().name(), text.is_lossy())
}

#[test]
fn declared_ascii_with_eight_bits_is_read_as_undeclared() {
    let ascii = "Content-Type: text/plain; charset=us-ascii";
    assert_eq!(text(ascii, b"cafe"), ("cafe".into(), "US-ASCII", false));
    assert_eq!(text(ascii, "café".as_bytes()), ("café".into(), "UTF-8", false));
    assert_eq!(text(ascii, b"caf\xe9"), ("caf\u{fffd}".into(), "UTF-8", true));
}

#[test]
fn undeclared_and_unknown_charsets_are_utf8_if_they_can_be() {
    for header in
        ["Subject: x", "Content-Type: text/plain; charset=x-none", "Content-Type: text/plain; charset="]
    {
        assert_eq!(text(header, "café".as_bytes()), ("café".into(), "UTF-8", false), "{header}");
        assert_eq!(text(header, b"caf\xe9"), ("caf\u{fffd}".into(), "UTF-8", true), "{header}");
    }
}

#[test]
fn the_transfer_encoding_comes_off_before_the_charset() {
    let header =
        "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable";
    assert_eq!(text(header, b"caf=E9 =\r\nau lait"), ("café au lait".into(), "windows-1252", false));
    let header = "Content-Type: text/plain; charset=\"utf-16le\"\r\nContent-Transfer-Encoding: BASE64";
    assert_eq!(text(header, b"aADpAA=="), ("hé".into(), "UTF-16LE", false));
}

#[test]
fn unknown_transfer_encodings_are_none() {
    assert_eq!(text("Content-Transfer-Encoding: x-rot13", b"=41 uryyb").0, "=41 uryyb");
}

/// A multipart's encoding is ignored by the tree (RFC 2045 §6.4), so it is by its body too.
#[test]
fn a_container_is_never_decoded() {
    let raw = b"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\nAAAA\n--b--\n";
    let message = Parser::new().parse(raw);
    assert_eq!(message.root().kind(), PartKind::Multipart);
    assert_eq!(&*message.root().decoded(), message.root().raw_body());
}

#[test]
fn memory_that_is_lent_is_used_again() {
    let raw = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nw6k=";
    let message = Parser::new().parse(raw);
    let mut scratch = b"left over from another mail".to_vec();
    assert_eq!(message.root().text_in(&mut scratch).text(), "é");
    let mut out = b"kept:".to_vec();
    message.root().decode_into(&mut out, &mut ());
    assert_eq!(out, "kept:é".as_bytes());
}

/// The sender says one name to old readers and another to new ones: the first is ours, all are shown.
#[test]
fn every_file_name_is_a_candidate() {
    let raw = b"Content-Type: text/plain; name=\"d.txt\"; name*=utf-8''c.txt\n\
        Content-Disposition: attachment; filename=\"b.txt\"; filename*=utf-8''a.exe\n\n";
    let message = Parser::new().parse(raw);
    let part = message.attachments().next().unwrap();
    assert_eq!(part.file_name().unwrap(), "a.exe");
    assert_eq!(part.file_names().collect::<Vec<_>>(), ["a.exe", "b.txt", "c.txt", "d.txt"]);
}

/// What the field says comes first; valid UTF-8 needs no word; then the document may say it itself.
#[test]
fn html_names_its_charset_where_nobody_else_does() {
    let html = b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">\xd0\xd2\xc9";
    let read = |header: &str, body: &[u8]| {
        let (text, charset, lossy) = text(header, body);
        (text.rsplit('>').next().unwrap().to_owned(), charset, lossy)
    };
    let prefix = "Content-Type: text/html";
    assert_eq!(read(prefix, html), ("при".into(), "KOI8-R", false));
    assert_eq!(read("Content-Type: text/html; charset=x-none", html), ("при".into(), "KOI8-R", false));
    assert_eq!(read("Content-Type: text/html; charset=us-ascii", html), ("при".into(), "KOI8-R", false));
    assert_eq!(read("Content-Type: text/html; charset=windows-1251", html).1, "windows-1251");
    assert_eq!(read("Content-Type: text/plain", html).1, "UTF-8");
    assert_eq!(read(prefix, "<meta charset=koi8-r>при".as_bytes()), ("при".into(), "UTF-8", false));
    assert_eq!(read(prefix, b"<meta charset=x-none>\xd0"), ("\u{fffd}".into(), "UTF-8", true));
    assert_eq!(
        read(prefix, b"<meta charset=iso-2022-jp>\x1b$BF|K\\\x1b(B"),
        ("日本".into(), "ISO-2022-JP", false)
    );
    assert_eq!(read(prefix, b"<meta charset=utf-7>\x1b+AOk-"), ("\x1b+AOk-".into(), "UTF-8", false));
    assert_eq!(read(prefix, b"\xff\xfe<\0b\0>\0\xe9\0"), ("é".into(), "UTF-16", false));
}
