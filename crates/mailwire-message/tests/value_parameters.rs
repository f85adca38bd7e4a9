//! Parameters of structured MIME values: the grammar of RFC 2045 and RFC 2231, and what software writes instead.

use mailwire_core::{Defect, DefectKind};
use mailwire_message::value::{
    ContentType, Disposition, DispositionKind, FileNames, Parameter, Parameters, ValueDefect,
};
use proptest::prelude::*;

/// What stands behind the main word; the raw parameters; the defects by name.
const RAW: &[(&str, &str, &str)] = &[
    ("", "", ""),
    (";", "", ""),
    ("; charset=us-ascii", "charset=us-ascii", ""),
    (";charset=us-ascii;", "charset=us-ascii", ""),
    ("; charset=us-ascii\r\n", "charset=us-ascii", ""),
    (";;; ; charset=us-ascii;; ;format=flowed ;", "charset=us-ascii|format=flowed", ""),
    ("; CharSet = us-ascii ; format\r\n =\r\n flowed", "CharSet=us-ascii|format=flowed", ""),
    // RFC 2045 §5.1
    ("; charset=us-ascii (Plain text)", "charset=us-ascii", ""),
    ("; charset=\"us-ascii\"", "charset=\"us-ascii\"", ""),
    (
        "; (a) charset (b) = (c) us-ascii (d); format=(e)\"flowed\"(f)",
        "charset=us-ascii|format=\"flowed\"",
        "",
    ),
    ("; name=\"a;b=c\\\"d\"; x=y", "name=\"a;b=c\\\"d\"|x=y", ""),
    ("; name=\"\"; x=", "name=\"\"|x=", ""),
    // blanks and parentheses in names without quotes
    ("; name=my file.pdf; x=y", "name=my file.pdf|x=y", "ParameterUnquoted"),
    ("; name=my\r\n file.pdf ", "name=my\r\n file.pdf", "ParameterUnquoted"),
    ("; name=copy (1).pdf", "name=copy (1).pdf", "ParameterUnquoted"),
    ("; name=(1).pdf", "name=(1).pdf", "ParameterUnquoted"),
    ("; name=copy(1; x=y", "name=copy(1|x=y", "ParameterUnquoted"),
    ("; name=a (1) (2)(3); x=y", "name=a|x=y", ""),
    ("; name=a/b@c", "name=a/b@c", "ParameterUnquoted"),
    ("; name=it's \"quoted\".txt", "name=it's \"quoted\".txt", "ParameterUnquoted"),
    ("; name=caf\u{e9}.txt", "name=caf\u{e9}.txt", "ParameterUnquoted"),
    ("; name==?utf-8?Q?a?= =?utf-8?Q?b?=; x=y", "name==?utf-8?Q?a?= =?utf-8?Q?b?=|x=y", "ParameterUnquoted"),
    ("; boundary=----=_Part_1.2", "boundary=----=_Part_1.2", "ParameterUnquoted"),
    // separators forgotten
    (" charset=us-ascii format=flowed", "charset=us-ascii|format=flowed", "ParameterMissingSemicolon"),
    ("; name=\"a\" x=y", "name=\"a\"|x=y", "ParameterMissingSemicolon"),
    ("; name \"a b\"; x=y", "name=\"a b\"|x=y", "ParameterMissingEquals"),
    ("; name; x=y", "x=y", "ParameterMissingEquals"),
    ("; format flowed x=y", "x=y", "ParameterMissingEquals ParameterMissingEquals"),
    ("; =a; \"b;c\"; x=y", "x=y", "ParameterMissingEquals"),
    // quotes that never close
    ("; name=\"a; x=y\r\n", "name=\"a; x=y\"", "ParameterUnclosedQuote"),
    ("; name=\"a\\\"", "name=\"a\\\"\"", "ParameterUnclosedQuote"),
    ("; name=\"", "name=\"\"", "ParameterUnclosedQuote"),
    ("; x=y; (open; z=1", "x=y", "UnclosedComment"),
    // RFC 2231 names
    ("; a*=x; b*0=x; c*12*=x", "a*=x|b*0=x|c*12*=x", ""),
    (
        "; a**=x; b*x=x; *0=x; c*-1=x; d*4294967296=x; e*1*2=x",
        "a**=x|b*x=x|*0=x|c*-1=x|d*4294967296=x|e*1*2=x",
        "",
    ),
];

fn show(parameter: Parameter<'_>) -> String {
    let name = String::from_utf8_lossy(parameter.name());
    let section = parameter.section().map_or(String::new(), |section| format!("*{section}"));
    let extended = if parameter.is_extended() { "*" } else { "" };
    let quote = if parameter.is_quoted() { "\"" } else { "" };
    format!("{name}{section}{extended}={quote}{}{quote}", String::from_utf8_lossy(parameter.raw()))
}

#[test]
fn reads_raw_parameters() {
    for (value, expected, defects) in RAW {
        let mut parameters = Parameters::new(value.as_bytes());
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let mut shown = Vec::new();
        while let Some(parameter) = parameters.next_with(&mut found) {
            shown.push(show(parameter));
        }
        assert_eq!(shown.join("|"), *expected, "{value}");
        let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
        assert_eq!(names.join(" "), *defects, "{value}");
    }
}

/// A value, a parameter's name, and its text.
const TEXTS: &[(&str, &str, &str)] = &[
    ("; name=plain.txt", "NAME", "plain.txt"),
    ("; name=\"a \\\"b\\\" \\\\c\"", "name", "a \"b\" \\c"),
    ("; name=a\\b", "name", "a\\b"),
    ("; name=\"a\r\n b\"", "name", "a b"),
    ("; name=one; name=two", "name", "one"),
    ("; name=\"=?utf-8?B?Y2Fmw6k=?=.txt\"", "name", "café.txt"),
    ("; name==?utf-8?Q?caf?= =?utf-8?Q?=C3=A9?=", "name", "café"),
    ("; name=\"caf\u{e9}\"", "name", "café"),
    // RFC 2231 §3
    (
        "; access-type=URL;\r\n URL*0=\"ftp://\";\r\n URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"",
        "url",
        "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar",
    ),
    // RFC 2231 §4
    (";\r\n title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "title", "This is ***fun***"),
    // RFC 2231 §4.1
    (
        "\r\n title*0*=us-ascii'en'This%20is%20even%20more%20\r\n title*1*=%2A%2A%2Afun%2A%2A%2A%20\r\n title*2=\"isn't it!\"",
        "title",
        "This is even more ***fun*** isn't it!",
    ),
    ("; name*1=b; name*0=a; name*2=c", "name", "abc"),
    ("; name=x; name*=utf-8''y", "name", "y"),
    ("; name*0*=utf-8''caf%C3; name*1*=%A9", "name", "café"),
    ("; name*=\"=?utf-8?Q?caf=C3=A9?=\"", "name", "café"),
    ("; name*0=\"=?utf-8?Q?caf=C3=A9_?=\"; name*1=\"=?utf-8?Q?au_lait?=\"", "name", "café au lait"),
    ("; name*=utf-8''%3D%3Futf-8%3FQ%3Fa%3F%3D", "name", "=?utf-8?Q?a?="),
];

#[test]
fn reads_texts() {
    for (value, name, expected) in TEXTS {
        assert_eq!(Parameters::new(value.as_bytes()).get(name).as_deref(), Some(*expected), "{value}");
    }
    assert_eq!(Parameters::new(b"; a=b").get("b"), None);
    let latin = Parameters::new(b"; name=\"caf\xe9.txt\"").get("name");
    assert_eq!(latin.as_deref(), Some("café.txt"));
}

#[test]
fn two_values_are_ambiguous_only_when_they_differ() {
    for (value, defects) in [
        ("; name=a; name=\"a\"", ""),
        ("; name=a; name=b", "ParameterDuplicate"),
        ("; name=a; name*=utf-8''a", ""),
        ("; name=a; name*=utf-8''b", "ParameterTwoForms"),
    ] {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        Parameters::new(value.as_bytes()).find_with("name", &mut found).unwrap();
        let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
        assert_eq!(names.join(" "), defects, "{value}");
    }
}

/// A content type, how it reads, and the defects by name.
const TYPES: &[(&str, &str, &str)] = &[
    ("text/plain", "text/plain", ""),
    (" Text/HTML; charset=utf-8\r\n", "Text/HTML", ""),
    ("\r\n\ttext/html;;;;", "text/html", ""),
    ("application/vnd.x+json(c)", "application/vnd.x+json", ""),
    ("text / html", "text/html", "ContentTypeDecorated"),
    ("(c) text(c)/(c)html(c)", "text/html", "ContentTypeDecorated"),
    ("\"text/html\"", "text/html", "ContentTypeDecorated"),
    ("\"text/html; charset=x\"", "text/html", "ContentTypeDecorated"),
    ("text/html charset=x", "text/html", ""),
    ("text/html, text/plain", "text/html", "ContentTypeDecorated"),
    ("multipart/multipart/mixed; boundary=a", "multipart/mixed", "ContentTypeDecorated"),
    ("multipart/mi\u{e9}ed; boundary=a", "multipart/mi", "ContentTypeDecorated"),
    ("", "text/plain", "BadContentType"),
    ("text", "text/plain", "BadContentType"),
    ("text plain", "text/plain", "BadContentType"),
    ("text/", "text/plain", "BadContentType"),
    ("/html", "text/plain", "BadContentType"),
    ("; name=x", "text/plain", "BadContentType"),
    ("cannot open (No such file)", "text/plain", "BadContentType"),
    ("BINARY;name=x", "text/plain", "BadContentType"),
];

#[test]
fn reads_content_types() {
    for (value, expected, defects) in TYPES {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let content_type = ContentType::parse_with(value.as_bytes(), &mut found);
        assert_eq!(format!("{}/{}", content_type.media_type(), content_type.subtype()), *expected, "{value}");
        let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
        assert_eq!(names.join(" "), *defects, "{value}");
        assert_eq!(content_type.is_written(), !defects.contains("Bad"), "{value}");
    }
}

#[test]
fn parameters_survive_a_bad_type() {
    for value in ["text; charset=x", "text/html charset=x", "text/html\r\n\tcharset=x"] {
        assert_eq!(ContentType::parse(value.as_bytes()).charset().as_deref(), Some("x"), "{value}");
    }
}

#[test]
fn boundaries_are_bytes() {
    for (value, boundary) in [
        (&b"multipart/mixed; boundary=abc"[..], Some(&b"abc"[..])),
        (b"multipart/mixed; boundary=\"a;b c  \"", Some(b"a;b c")),
        (b"multipart/mixed; boundary=\"a\\\"b \"", Some(b"a\"b")),
        (b"multipart/mixed; boundary=\"\"", Some(b"")),
        (b"multipart/mixed; boundary=\"a\xff\"", Some(b"a\xff")),
        (b"multipart/mixed; boundary==?x?Q?y?=", Some(b"=?x?Q?y?=")),
        (b"multipart/mixed; boundary*0=abc; boundary*1=def", Some(b"abcdef")),
        (b"multipart/mixed; boundary*=us-ascii''a%20b", Some(b"a b")),
        (b"multipart/mixed\r\n\tboundary=\"abc\"", Some(b"abc")),
        (b"multipart/mixed; bound=abc", None),
    ] {
        assert_eq!(ContentType::parse(value).boundary().as_deref(), boundary, "{}", value.escape_ascii());
    }
}

#[test]
fn reads_dispositions() {
    for (value, kind, filename) in [
        ("inline", DispositionKind::Inline, None),
        (" Attachment; filename=x\r\n", DispositionKind::Attachment, Some("x")),
        ("attachment filename=\"x\"", DispositionKind::Attachment, Some("x")),
        ("\"attachment\"; filename=x", DispositionKind::Attachment, Some("x")),
        ("(c) attachment (c); filename=x", DispositionKind::Attachment, Some("x")),
        ("form-data; name=y; filename=x", DispositionKind::Other, Some("x")),
        ("filename=x", DispositionKind::Other, Some("x")),
        ("; filename=x", DispositionKind::Other, Some("x")),
        ("", DispositionKind::Other, None),
    ] {
        let disposition = Disposition::parse(value.as_bytes());
        assert_eq!((disposition.kind(), disposition.filename().as_deref()), (kind, filename), "{value}");
    }
}

#[test]
fn file_names_come_in_the_order_of_trust() {
    let disposition = b"attachment; filename=b; filename*=utf-8''a";
    let content_type = b"text/plain; name=d; name*=utf-8''c";
    let names = FileNames::new(Some(disposition), Some(content_type));
    assert_eq!(names.clone().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    let mut found: Vec<Defect<ValueDefect>> = Vec::new();
    assert_eq!(names.first_with(&mut found).as_deref(), Some("a"));
    assert_eq!(found, [Defect::new(ValueDefect::FileNames, 0..0)]);

    found.clear();
    let same = FileNames::new(Some(b"inline; filename=\"\""), Some(b"text/plain; name=d; name*=utf-8''d"));
    assert_eq!(same.first_with(&mut found).as_deref(), Some("d"));
    assert!(found.is_empty());
    assert_eq!(FileNames::new(None, None).next(), None);
}

/// Each of these takes hours when one parameter costs a look at all the others.
#[test]
fn hostile_parameters_take_linear_time() {
    for unit in [
        "; a=b",
        ";a=(",
        ";a=\"",
        ";a=(b)",
        "(b)",
        ";a=b c",
        ";a*1=b",
        ";",
        "(",
        "\"",
        "=",
        "a ",
        "a=",
        ";a=(b) ",
        ";a=\"\\",
        ";a=b(c",
        ";a*0*=%41",
        ";a=\"b\"",
    ] {
        let value = unit.repeat(100_000);
        let parameters = Parameters::new(value.as_bytes());
        parameters.clone().count();
        let _ = parameters.get("a");
        let _ = parameters.find_with("a", &mut ());
        let _ = ContentType::parse(value.as_bytes()).boundary();
        let _ = Disposition::parse(value.as_bytes()).filename();
    }
    let value: Vec<_> = (0..100_000).rev().map(|number| format!(";a*{number}=b")).collect();
    assert_eq!(Parameters::new(value.concat().as_bytes()).get("a").map(|text| text.len()), Some(100_000));
}

proptest! {
    #[test]
    fn quoted_values_read_back(name in "[a-z][a-z-]{0,10}", value in "[ -~é]{0,30}") {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
        let written = format!("; x=y; {name}=\"{quoted}\"; z=1");
        prop_assume!(name != "x" && name != "z" && !value.contains("=?"));
        let read = Parameters::new(written.as_bytes()).get(&name);
        prop_assert_eq!(read.as_deref(), Some(value.as_str()));
    }

    #[test]
    fn segments_join_in_any_order(pieces in prop::collection::vec("[a-zé ]{0,8}", 1..12), seed: u64) {
        let mut segments: Vec<String> = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            let charset = if number == 0 { "utf-8''" } else { "" };
            let encoded: Vec<_> = piece.bytes().map(|byte| format!("%{byte:02X}")).collect();
            segments.push(format!("; name*{number}*={charset}{}", encoded.concat()));
        }
        let mut state = seed;
        for at in (1..segments.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            segments.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        let text = pieces.concat();
        let written = segments.concat();
        let read = Parameters::new(written.as_bytes()).get("name");
        prop_assert_eq!(read.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn never_panics(value in prop::collection::vec(prop::sample::select(b"aname=;;\"\\()*01'%?/ \r\n\xe9".as_slice()), 0..60)) {
        let mut parameters = Parameters::new(&value);
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let mut count = 0;
        while let Some(parameter) = parameters.next_with(&mut found) {
            let _ = parameter.text();
            prop_assert!(!parameter.name().is_empty() || parameter.section().is_some() || parameter.is_extended());
            count += 1;
        }
        prop_assert!(count <= value.len());
        prop_assert!(found.iter().all(|defect| defect.range().start <= defect.range().end && defect.range().end <= value.len()));
        let _ = ContentType::parse_with(&value, &mut found).boundary();
        let _ = Disposition::parse_with(&value, &mut found).filename();
        let _ = FileNames::new(Some(&value), Some(&value)).first_with(&mut found);
    }
}
