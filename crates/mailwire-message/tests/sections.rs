//! Sections of IMAP: each sentence of RFC 9051 §6.4.5.1, and the law that a part is found by its name.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_message::{Message, Parser, Part, Section, SectionText};
use mailwire_testkit::{corpus, strategies};
use proptest::prelude::*;

/// A mail of the shape of the example in the standard.
const EXAMPLE: &str = "Subject: outer\r\nFrom: a@a.example\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\npreamble\r\n\
    --o\r\nContent-Type: text/plain\r\n\r\nO1\r\n\
    --o\r\nContent-Type: application/octet-stream\r\n\r\nO2\r\n\
    --o\r\nContent-Type: message/rfc822\r\n\r\n\
    Subject: three\r\nContent-Type: multipart/mixed; boundary=t\r\n\r\n\
    --t\r\n\r\nT1\r\n--t\r\nContent-Type: application/octet-stream\r\n\r\nT2\r\n--t--\r\n\
    --o\r\nContent-Type: multipart/mixed; boundary=f\r\n\r\n\
    --f\r\nContent-Type: image/gif\r\n\r\nF1\r\n\
    --f\r\nContent-Type: message/rfc822\r\nContent-Description: F2\r\n\r\n\
    Subject: four two\r\nContent-Type: multipart/mixed; boundary=g\r\n\r\n\
    --g\r\n\r\nG1\r\n\
    --g\r\nContent-Type: multipart/alternative; boundary=h\r\n\r\n\
    --h\r\n\r\nH1\r\n--h\r\nContent-Type: text/richtext\r\n\r\nH2\r\n--h--\r\n\r\n\
    --g--\r\n\r\n--f--\r\n--o--\r\n";

fn section(message: &Message<'_>, spec: &str) -> Option<String> {
    let bytes = message.section(Section::parse(spec.as_bytes()).unwrap())?;
    Some(String::from_utf8(bytes.into_owned()).unwrap())
}

#[test]
fn the_parts_of_the_example_have_its_names() {
    let message = Parser::new().parse(EXAMPLE.as_bytes());
    let places: Vec<String> = message.walk().map(|part| part.place().to_string()).collect();
    let expected = [
        "TEXT", "1", "2", "3", "3.TEXT", "3.1", "3.2", "4", "4.1", "4.2", "4.2.TEXT", "4.2.1", "4.2.2",
        "4.2.2.1", "4.2.2.2",
    ];
    assert_eq!(places, expected);
    for (spec, body) in [
        ("1", "O1"),
        ("2", "O2"),
        ("3.1", "T1"),
        ("3.2", "T2"),
        ("4.1", "F1"),
        ("4.2.1", "G1"),
        ("4.2.2.1", "H1"),
        ("4.2.2.2", "H2"),
    ] {
        assert_eq!(section(&message, spec).as_deref(), Some(body), "{spec}");
    }
}

#[test]
fn header_and_text_are_of_the_message_and_mime_is_of_the_part() {
    let message = Parser::new().parse(EXAMPLE.as_bytes());
    let found = |spec| section(&message, spec);
    // "An empty section specification refers to the entire message, including the header."
    assert_eq!(found("").as_deref(), Some(EXAMPLE));
    let (header, text) = EXAMPLE.split_at(EXAMPLE.find("preamble").unwrap());
    assert_eq!(found("HEADER").as_deref(), Some(header));
    assert_eq!(found("TEXT").as_deref(), Some(text));
    let four_two = "Subject: four two\r\nContent-Type: multipart/mixed; boundary=g\r\n\r\n";
    assert_eq!(found("4.2.HEADER").as_deref(), Some(four_two));
    assert_eq!(found("4.2.header.fields (subject date)").as_deref(), Some("Subject: four two\r\n\r\n"));
    assert_eq!(
        found("4.2.HEADER.FIELDS.NOT (\"Subject\")").as_deref(),
        Some("Content-Type: multipart/mixed; boundary=g\r\n\r\n")
    );
    assert_eq!(
        found("4.2.MIME").as_deref(),
        Some("Content-Type: message/rfc822\r\nContent-Description: F2\r\n\r\n")
    );
    assert_eq!(found("4.1.MIME").as_deref(), Some("Content-Type: image/gif\r\n\r\n"));
    // The body of the message part is the message, header and all.
    assert_eq!(found("4.2"), Some(found("4.2.HEADER").unwrap() + &found("4.2.TEXT").unwrap()));
    // "provided that the numeric part specifier refers to a part of type MESSAGE/RFC822 or MESSAGE/GLOBAL"
    for spec in ["1.HEADER", "1.TEXT", "4.HEADER", "4.1.HEADER.FIELDS (a)", "4.2.2.TEXT"] {
        assert_eq!(found(spec), None, "{spec}");
    }
    for spec in ["5", "1.1", "3.3", "4.2.2.3", "3.1.1", "4294967295"] {
        assert_eq!(found(spec), None, "{spec}");
    }
}

/// "MIME messages that are not multipart and have no encapsulated message within them, only have a part 1", and so have
/// the messages inside others.
#[test]
fn a_message_without_multipart_has_a_part_1() {
    let raw = "Subject: a\r\n\r\ntext\r\n";
    let message = Parser::new().parse(raw.as_bytes());
    assert_eq!(section(&message, "1").as_deref(), Some("text\r\n"));
    assert_eq!(section(&message, "1.MIME").as_deref(), Some("Subject: a\r\n\r\n"));
    assert_eq!(section(&message, "TEXT").as_deref(), Some("text\r\n"));
    assert_eq!(section(&message, "1.1"), None);
    assert_eq!(section(&message, "1.TEXT"), None);
    assert_eq!(message.root().place().to_string(), "1");

    let nested = format!("Content-Type: message/rfc822\r\n\r\nContent-Type: message/global\r\n\r\n{raw}");
    let message = Parser::new().parse(nested.as_bytes());
    assert_eq!(section(&message, "1.HEADER").as_deref(), Some("Content-Type: message/global\r\n\r\n"));
    assert_eq!(section(&message, "1.1.TEXT").as_deref(), Some("text\r\n"));
    assert_eq!(section(&message, "1.1.1").as_deref(), Some("text\r\n"));
    assert_eq!(section(&message, "1.1.1.MIME").as_deref(), Some("Subject: a\r\n\r\n"));
    assert_eq!(section(&message, "1.1.1.1"), None);
    let places: Vec<String> = message.walk().map(|part| part.place().to_string()).collect();
    assert_eq!(places, ["1", "1.1", "1.1.1"]);
}

/// Messages in a digest need no type of their own (RFC 2046 §5.1.5).
#[test]
fn the_parts_of_a_digest_are_messages() {
    let raw = "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\nfirst\n--b\n\nSubject: two\n\nsecond\n--b--\n";
    let message = Parser::new().parse(raw.as_bytes());
    assert_eq!(section(&message, "2.HEADER").as_deref(), Some("Subject: two\n\n"));
    assert_eq!(section(&message, "2.1").as_deref(), Some("second"));
    assert_eq!(section(&message, "2.MIME").as_deref(), Some("\n"));
}

#[test]
fn what_was_not_entered_is_a_leaf() {
    let raw = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogYQo=\n";
    let message = Parser::new().parse(raw.as_bytes());
    assert_eq!(section(&message, "1").as_deref(), Some("U3ViamVjdDogYQo=\n"));
    assert_eq!(section(&message, "1.1"), None);
    assert_eq!(section(&message, "1.HEADER"), None);
    let message = Parser::new().parse(b"Content-Type: multipart/mixed\n\n--b\n\ntext");
    assert_eq!(section(&message, "1").as_deref(), Some("--b\n\ntext"));
}

/// "Subsetting does not exclude the blank line", which comes as it is, and only if it is there.
#[test]
fn the_blank_line_is_what_it_was() {
    for (raw, subset) in [
        ("A: 1\r\nB: 2\r\n\r\ntext", "B: 2\r\n\r\n"),
        ("A: 1\nB: 2\n\ntext", "B: 2\n\n"),
        ("A: 1\nB: 2\n\r\ntext", "B: 2\n\r\n"),
        ("A: 1\rB: 2\r\rtext", "B: 2\r\r"),
        ("A: 1\r\nB: 2\r\n", "B: 2\r\n"),
        ("A: 1\r\nB: 2", "B: 2"),
        ("A: 1\nB: 2\n\r", "B: 2\n\r"),
        ("A: 1\nB: 2\r\r", "B: 2\r\r"),
        ("A: 1\r\nB: 2\r\nno colon\r\n\r\ntext", "B: 2\r\n\r\n"),
        ("A: 1\r\nB: 2\r\n folded\r\nb: 3\r\n\r\ntext", "B: 2\r\n folded\r\nb: 3\r\n\r\n"),
        ("A: 1\r\n\r\ntext", "\r\n"),
        ("\r\ntext", "\r\n"),
        ("", ""),
    ] {
        let message = Parser::new().parse(raw.as_bytes());
        assert_eq!(section(&message, "HEADER.FIELDS (b)").as_deref(), Some(subset), "{raw:?}");
    }
    // What stands before the header is not of the message.
    let message = Parser::new().parse(b"From a@a.example Mon\nA: 1\n\ntext");
    assert_eq!(section(&message, "").as_deref(), Some("A: 1\n\ntext"));
}

#[test]
fn names_are_astrings() {
    let names = |spec: &str| {
        let SectionText::HeaderFields(names) = Section::parse(spec.as_bytes()).unwrap().text() else {
            panic!("{spec}");
        };
        names.iter().map(|name| String::from_utf8(name.into_owned()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(names("HEADER.FIELDS (Date From)"), ["Date", "From"]);
    assert_eq!(names("HEADER.FIELDS (\"X a\" X-]b \"\")"), ["X a", "X-]b", ""]);
    assert_eq!(names("HEADER.FIELDS (\"a\\\"b\\\\c\" d)"), ["a\"b\\c", "d"]);
    assert_eq!(names("HEADER.FIELDS ({4}\r\nDate {2+}\r\n)( a)"), ["Date", ")(", "a"]);
    let shown = Section::parse(b"1.header.fields (\"Date\" \"a\\\"b\")").unwrap().to_string();
    assert_eq!(shown, "1.HEADER.FIELDS (Date \"a\\\"b\")");
}

#[test]
fn what_is_no_section_is_refused_where_it_stops_being_one() {
    for (spec, offset) in [
        ("0", 0),
        ("01", 0),
        ("1.0", 2),
        ("1.", 2),
        (".1", 0),
        ("1..2", 2),
        ("4294967296", 0),
        ("99999999999999999999", 0),
        ("1 ", 1),
        ("1x", 1),
        ("1.HEADER.1", 2),
        ("MIME", 0),
        ("HEADER ", 6),
        ("TEXT (a)", 4),
        ("BODY", 0),
        ("HEADER.FIELDS", 13),
        ("HEADER.FIELDS  (a)", 14),
        ("HEADER.FIELDS ()", 15),
        ("HEADER.FIELDS (a", 16),
        ("HEADER.FIELDS (a )", 17),
        ("HEADER.FIELDS (a  b)", 17),
        ("HEADER.FIELDS (a) ", 17),
        ("HEADER.FIELDS (a\"b\")", 16),
        ("HEADER.FIELDS (\"a)", 15),
        ("HEADER.FIELDS (\"a\\b\")", 15),
        ("HEADER.FIELDS (a%)", 16),
        ("HEADER.FIELDS ({9}\r\na)", 15),
        ("HEADER.FIELDS ({99999999999999999999}\r\na)", 15),
        ("1.HEADER.FIELDS.NOT (\u{e9})", 21),
    ] {
        let error = Section::parse(spec.as_bytes()).unwrap_err();
        assert_eq!(error.offset(), offset, "{spec}: {error}");
    }
}

/// What RFC 1847 signs is the first part with its header block, and the line break before the delimiter is not of it.
#[test]
fn the_raw_part_is_what_is_signed() {
    let signed = "Content-Type: text/plain\r\n\r\nSigned.\r\n\r\n";
    let raw = format!(
        "Content-Type: multipart/signed; boundary=b; micalg=x; protocol=\"application/x\"\r\n\r\npreamble\r\n\
         --b\r\n{signed}\r\n--b \r\nContent-Type: application/x\r\n\r\n...\r\n--b--\r\n"
    );
    let message = Parser::new().parse(raw.as_bytes());
    let first = message.root().children().next().unwrap();
    assert_eq!(first.raw(), signed.as_bytes());
    // A signed multipart is signed with its epilogue and without the line break behind that.
    let signed = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\ntext\r\n--i--\r\nepilogue\r\n";
    let raw =
        format!("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n{signed}\r\n--b\r\n\r\n--b--\r\n");
    let message = Parser::new().parse(raw.as_bytes());
    assert_eq!(message.root().children().next().unwrap().raw(), signed.as_bytes());
}

#[test]
fn the_root_of_related_parts() {
    let raw = |parameters: &str| {
        format!(
            "Content-Type: multipart/related; boundary=b{parameters}\n\n--b\nContent-ID: <a@a>\n\n\
             --b\nContent-ID:\n <b@a>\n\n--b\nContent-ID: <a@a>\n\n--b--\n"
        )
    };
    for (parameters, root) in [
        ("", 1),
        ("; start=\"<b@a>\"", 2),
        ("; start=\"b@a\"", 2),
        ("; start=\" <b@a> \"", 2),
        ("; start=\"<a@a>\"", 1),
        ("; start=\"<B@a>\"", 1),
        ("; start=\"<c@a>\"", 1),
        ("; start=\"\"", 1),
    ] {
        let raw = raw(parameters);
        let message = Parser::new().parse(raw.as_bytes());
        assert_eq!(message.root().related_root().map(Part::id), Some(root), "{parameters}");
        assert!(message.part(1).unwrap().related_root().is_none());
    }
    assert!(
        Parser::new()
            .parse(b"Content-Type: multipart/related; boundary=b\n\n")
            .root()
            .related_root()
            .is_none()
    );
}

#[test]
fn parts_by_their_content_id() {
    let raw = "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-ID: <a%25@a>\n\n--b\nContent-ID: <a%@a>\n\n\
        --b\nContent-Type: message/rfc822\n\nContent-ID: <inner@a>\n\n--b\nContent-ID: bare\n\n--b--\n";
    let message = Parser::new().parse(raw.as_bytes());
    let found = |id| message.by_content_id(id).map(Part::id);
    // The URL means the second; the first is what it says.
    assert_eq!(found("cid:a%25@a"), Some(2));
    assert_eq!(found("CID:a%2525@a"), Some(1));
    assert_eq!(found("a%25@a"), Some(1));
    assert_eq!(found(" <a%@a> "), Some(2));
    assert_eq!(found("cid:bare"), Some(5));
    assert_eq!(found("cid:inner@a"), None);
    assert_eq!(message.part(4).unwrap().by_content_id("cid:inner@a").map(Part::id), Some(4));
    for nothing in ["", "cid:", "<>", "cid:é", "é"] {
        assert_eq!(found(nothing), None, "{nothing}");
    }
}

/// Every part is found by what it is called, and its body is what the section holds.
fn law(raw: &[u8]) {
    let message = Parser::new().parse(raw);
    for part in message.walk() {
        let place = part.place().to_string();
        let section = Section::parse(place.as_bytes()).unwrap();
        assert_eq!(section.to_string(), place);
        assert!(section.numbers().eq(part.place().numbers()));
        assert_eq!(message.part_by_section(section).map(Part::id), Some(part.id()), "{place}");
        assert_eq!(message.section(section).as_deref(), Some(part.raw_body()), "{place}");
        let bare: Vec<u8> = part.raw_body().iter().copied().filter(|&byte| byte == b'\n').collect();
        let crlf = part.raw_body().windows(2).filter(|pair| pair == b"\r\n").count();
        assert_eq!(part.octets_crlf(), part.octets() + (bare.len() - crlf) as u64);
    }
}

#[test]
fn real_mail_is_found_by_name() {
    let Some(mails) = corpus::mails() else { return };
    mails.for_each(|(_, raw)| law(&raw));
}

proptest! {
    #[test]
    fn parts_are_found_by_name(mail in strategies::mail(), damaged in strategies::damaged(strategies::mail())) {
        law(&mail);
        law(&damaged);
    }

    #[test]
    fn any_bytes_are_a_section_or_not(spec in "[0-9.]{0,6}(HEADER|TEXT|MIME)?(\\.FIELDS)?(\\.NOT)?( \\([a\" \\\\{}0-9)]{0,8}\\))?") {
        if let Ok(section) = Section::parse(spec.as_bytes()) {
            let shown = section.to_string();
            prop_assert_eq!(Section::parse(shown.as_bytes()).unwrap().to_string(), shown);
        }
    }
}
