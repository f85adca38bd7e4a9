//! Commands.

use mailwire_core::FrameError;
use mailwire_smtp::data::{ChunkError, Content};
use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{
    Attribute, AttributeValue, Attributes, Base64, Chunk, ChunkWriter, Command, CommandReader, CommandText,
    DataReader, Envid, EsmtpValue, HoldFor, Host, Limits, MtPriority, Orcpt, Parameter, Unknown, Word, Xtext,
};

/// What the first line of a stream makes of the reader: its error, if that is final.
fn fails(limits: Limits, stream: &[u8]) -> Option<FrameError> {
    CommandReader::new(limits).next(&mut &*stream).err()
}

/// Postfix and Sendmail skip blanks before a verb: the body would have been theirs as a body and ours as commands.
#[test]
fn a_bdat_behind_a_blank_was_a_line_like_any_other() {
    for stream in
        [&b" BDAT 14\r\nMAIL FROM:<>\r\n"[..], b"\t bdat 14 LAST\r\nMAIL FROM:<>\r\n", b"\x0bBDAT 1\r\n"]
    {
        assert!(
            matches!(fails(Limits::default(), stream), Some(FrameError::Length { .. })),
            "{}",
            stream.escape_ascii()
        );
    }
    assert_eq!(fails(Limits::default(), b" NOOP\r\n"), None);
}

/// Of a line over a very low limit too little was kept to see the verb.
#[test]
fn a_bdat_over_a_very_low_limit_was_forgotten() {
    for limit in 0..9 {
        let limits = Limits::default().with_line(limit);
        assert!(
            matches!(fails(limits, b"BDAT 14\r\nMAIL FROM:<>\r\n"), Some(FrameError::Length { .. })),
            "{limit}"
        );
        assert_eq!(fails(limits, b"NOOP noop\r\n"), None, "{limit}");
    }
    let blanks = [&[b' '; 3000][..], b"BDAT 14\r\nMAIL FROM:<>\r\n"].concat();
    assert!(matches!(fails(Limits::default(), &blanks), Some(FrameError::Length { .. })));
}

/// Whoever says where a stream begins may say anything.
#[test]
fn a_stream_that_begins_at_the_end_of_the_numbers_overflowed() {
    let mut commands = CommandReader::new(Limits::default()).starting_at(u64::MAX - 3);
    let mut input: &[u8] = b"NOOP\r\nBDAT 4\r\nabcdRSET\r\n";
    while commands.next(&mut input).unwrap().is_some() {}
    assert_eq!((commands.offset(), input), (u64::MAX, &b""[..]));
    let mut data = DataReader::new().starting_at(u64::MAX - 3);
    while data.next(&mut &b"Hi\r\n.\r\n"[..]).is_none() {}
    assert_eq!(data.offset(), u64::MAX);
}

/// A password behind AUTH is no mechanism, and base64 may begin like a verb.
#[test]
fn what_was_mistyped_stood_in_the_log() {
    for line in [&b"AUTH hunter2\r\n"[..], b"AUTH aHVudGVyMg\r\n", b"data+hunter2\r\n", b"MAIL/hunter2\r\n"] {
        let mut reader = CommandReader::new(Limits::default());
        let Some(CommandItem::Frame(frame)) = reader.next(&mut &*line).unwrap() else { panic!() };
        let shown = format!("{frame:?} {:?} {}", frame.value(), frame.redacted());
        assert!(!shown.contains("hunter2") && !shown.contains("aHVudGVyMg"), "{shown}");
    }
}

/// An error quotes the octet it found.
#[test]
fn an_octet_of_a_secret_stood_in_its_error() {
    for line in [&b"AUTH PLAIN hunter@2\r\n"[..], b"AUTH hunter@2\r\n"] {
        let error = Command::parse(line).unwrap_err();
        assert!(!error.to_string().contains('@') && error.found().is_none(), "{error}");
    }
    assert_eq!(Base64::new(b"hunter@2").unwrap_err().to_string(), "expected a digit of base64 at byte 6");
}

/// A value with a space in it is two parameters.
#[test]
fn a_parameter_was_smuggled_into_the_value_of_another() {
    for value in [&b"1 NOTIFY=NEVER"[..], b"1\tSIZE=0", b"\x01", b"\x7f"] {
        assert!(EsmtpValue::new(value).is_err(), "{}", value.escape_ascii());
        let text = [b"X-A=", value].concat();
        assert!(Parameter::parse(&text).is_err(), "{}", value.escape_ascii());
    }
}

/// What was written could not be read again: numbers out of their range, and text that is short before it is encoded.
#[test]
fn a_parameter_was_written_that_no_server_takes() {
    assert!(HoldFor::new(999_999_999).is_some() && HoldFor::new(1_000_000_000).is_none());
    assert!(MtPriority::new(-9).is_some() && MtPriority::new(-10).is_none());
    assert!(Envid::new(&[b'='; 33]).is_ok() && Envid::new(&[b'='; 34]).is_err());
    for (address, len) in [("a", 493), ("+", 164), ("\u{e9}", 82)] {
        for (len, fits) in [(len, true), (len + 1, false)] {
            let address = address.repeat(len);
            let orcpt = Orcpt::new(&address);
            assert_eq!(orcpt.is_ok(), fits, "{len}");
            let Ok(orcpt) = orcpt else { continue };
            let mut text = Vec::new();
            Parameter::Orcpt(orcpt).encode(&mut text);
            assert_eq!(Parameter::parse(&text), Ok(Parameter::Orcpt(orcpt)));
        }
    }
    assert!(Orcpt::new("\u{e9}\u{85}").is_err());
}

/// Text that looks like a word of the grammar was read as that word.
#[test]
fn a_name_said_that_nobody_knows_the_name() {
    let xtext = |text: &'static str| Xtext::new(text.as_bytes()).unwrap();
    let mut text = Vec::new();
    Parameter::Auth(Some(xtext("<>"))).encode(&mut text);
    assert_eq!(
        (text.as_slice(), Parameter::parse(&text)),
        (&b"AUTH=+3C>"[..], Ok(Parameter::Auth(Some(xtext("<>")))))
    );
    let list = ["[UNAVAILABLE]", "[tempunavail]"].map(|name| Attribute {
        name: Word::new(b"NAME").unwrap(),
        value: AttributeValue::Text(xtext(name)),
    });
    let command = Command::Xclient(Attributes::new(&list).unwrap());
    let mut line = Vec::new();
    command.encode(&mut line);
    assert_eq!(Command::parse(&line), Ok(command), "{}", line.escape_ascii());
}

/// A NOOP with a tab in it, made by hand, was written and then refused by our own reader; and so was a VRFY of nothing.
#[test]
fn what_was_made_by_hand_could_not_be_read() {
    for octets in [&b"a\tb"[..], b"\x1b[31m", b"\x7f", b"caf\xe9", b"\xff\xfe", b"a\0"] {
        let shown = octets.escape_ascii();
        assert!(CommandText::new(octets).is_err(), "{shown}");
        assert!(Unknown::new(b"XYZZY", octets).is_err(), "{shown}");
        assert!(Host::new(octets).is_err(), "{shown}");
        assert!(EsmtpValue::new(octets).is_err(), "{shown}");
        assert!(Xtext::parse(octets).is_err(), "{shown}");
    }
    assert!(CommandText::new(b"").is_err());
    assert!(Attributes::new(&[]).is_none());
    for keyword in ["SIZE", "BODY", "RET", "ENVID", "NOTIFY", "ORCPT", "AUTH", "BY", "RRVS", "X"] {
        for front in ["", "rfc822;", "utf-8;", "1"] {
            let text = [keyword.as_bytes(), b"=", front.as_bytes(), b"\xff"].concat();
            assert!(Parameter::parse(&text).is_err(), "{}", text.escape_ascii());
        }
    }
    // What stands for octets that are no UTF-8 is ASCII.
    let text = Xtext::new(b"caf\xe9").unwrap();
    let mut line = Vec::new();
    Parameter::Auth(Some(text)).encode(&mut line);
    assert_eq!(Parameter::parse(&line), Ok(Parameter::Auth(Some(text))));
}

/// A SIZE that was no number could be written as a parameter of somebody else.
#[test]
fn a_known_parameter_was_made_an_unknown_one() {
    let known = [
        "SIZE",
        "body",
        "SMTPUTF8",
        "RET",
        "ENVID",
        "NOTIFY",
        "ORCPT",
        "AUTH",
        "BY",
        "HOLDFOR",
        "HOLDUNTIL",
        "MT-PRIORITY",
        "RequireTLS",
        "RRVS",
    ];
    for keyword in known {
        assert!(Parameter::other(Word::new(keyword.as_bytes()).unwrap(), None).is_err(), "{keyword}");
        let longer = format!("{keyword}X");
        let other = Parameter::other(Word::new(longer.as_bytes()).unwrap(), None).unwrap();
        assert_eq!(Parameter::parse(longer.as_bytes()), Ok(other));
    }
}

/// What was written behind LAST was the first piece of another body, which nobody had asked for.
#[test]
fn a_piece_behind_the_last_one_was_written() {
    for content in [Content::Lines, Content::Binary] {
        let mut writer = ChunkWriter::new().with_content(content);
        assert_eq!(writer.write(b"Hi\r\n", Chunk::Last).unwrap().slices().concat(), b"BDAT 4 LAST\r\nHi\r\n");
        for chunk in [Chunk::More, Chunk::Last] {
            let error = writer.write(b"", chunk).unwrap_err();
            assert!(matches!(error, ChunkError::Usage(_)));
            assert_eq!(error.to_string(), "a further piece is not possible behind the last one");
        }
        assert_eq!(writer.tally().octets(), 4);
    }
}

/// A carriage return that waited for its line feed was forgotten when anything was allowed from then on.
#[test]
fn a_held_carriage_return_was_lost_when_the_content_changed() {
    for next in [&b""[..], b"\nTwo", b"\r"] {
        for last in [Chunk::More, Chunk::Last] {
            let mut writer = ChunkWriter::new();
            let mut content = Vec::new();
            let [_, held, octets] = writer.write(b"One\r", Chunk::More).unwrap().slices().map(<[u8]>::to_vec);
            content.extend([held, octets].concat());
            let mut writer = writer.with_content(Content::Binary);
            let [_, held, octets] = writer.write(next, last).unwrap().slices().map(<[u8]>::to_vec);
            content.extend([held, octets].concat());
            assert_eq!(content, [b"One\r", next].concat());
        }
    }
}
