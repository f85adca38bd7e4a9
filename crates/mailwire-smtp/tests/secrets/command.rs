//! No secret is in a log: not in `Debug`, not in an error, not in what is redacted.

use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{CommandReader, Limits};

/// Base64 of `\0ann\0hunter2hunter2`, and what a careless client may make of it.
const SECRET: &str = "AGFubgBodW50ZXIyaHVudGVyMg==";

#[test]
fn no_line_of_an_authentication_is_shown() {
    let lines = [
        format!("AUTH PLAIN {SECRET}"),
        format!("auth plain {SECRET} "),
        format!("AUTH  PLAIN {SECRET}"),
        format!("AUTH PLAIN  {SECRET}"),
        format!("AUTH PLAIN {SECRET}*"),
        format!("AUTH PLAIN={SECRET}"),
        format!("AUTHPLAIN {SECRET}"),
        format!("ATUH PLAIN {SECRET}"),
        format!("PASS {SECRET}"),
        format!(" AUTH PLAIN {SECRET}"),
        format!("AUTH {SECRET}"),
        format!("\x01AUTH PLAIN {SECRET}"),
        SECRET.to_owned(),
        SECRET.replace(|c: char| !c.is_ascii_alphabetic(), "x"),
        format!("{SECRET}="),
    ];
    for line in lines {
        let stream = format!("{line}\r\n");
        for sasl in [false, true] {
            let mut reader = CommandReader::new(Limits::default());
            if sasl {
                reader.expect_sasl();
            }
            let mut input = stream.as_bytes();
            let item = reader.next(&mut input).unwrap().unwrap();
            let shown = match item {
                CommandItem::Frame(frame) => {
                    let error = frame.value().err().map(|error| error.to_string());
                    format!("{item:?} {} {:?} {error:?}", frame.redacted(), frame.value())
                }
                CommandItem::Chunk(_) => panic!("no octets were announced"),
            };
            for piece in SECRET.as_bytes().windows(8) {
                let piece = str::from_utf8(piece).unwrap();
                assert!(!shown.contains(piece), "{line:?} is shown as {shown}");
            }
        }
    }
}

/// A passphrase in the clear may begin like a command.
#[test]
fn a_broken_line_of_an_authentication_is_not_shown_as_a_command() {
    for line in [&b"DATA hunter2\r\n"[..], b"MAIL hunter2\r\n", b"NOOP\r\n"] {
        let mut reader = CommandReader::default();
        reader.expect_sasl();
        let Some(CommandItem::Frame(frame)) = reader.next(&mut &*line).unwrap() else { panic!() };
        assert_eq!(frame.redacted().to_string(), format!("<{} octets>", line.len() - 2));
    }
}

#[test]
fn what_is_no_secret_is_shown_with_its_controls_escaped() {
    let mut reader = CommandReader::new(Limits::default());
    let mut input = &b"MAIL FROM:<a@b.example>\x1b[31m\r\n"[..];
    let Some(CommandItem::Frame(frame)) = reader.next(&mut input).unwrap() else { panic!() };
    assert_eq!(frame.redacted().to_string(), r"MAIL FROM:<a@b.example>\x1b[31m");
    let mut input = &b"AUTH PLAIN AGFubgBodW50ZXIyaHVudGVyMg==\r\n"[..];
    let Some(CommandItem::Frame(frame)) = reader.next(&mut input).unwrap() else { panic!() };
    assert_eq!(frame.redacted().to_string(), "AUTH PLAIN<29 octets>");
}
