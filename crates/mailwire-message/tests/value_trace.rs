//! Where a mail came from and where it belongs: return paths, base subjects, threads.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

extern crate alloc;

use mailwire_core::{Defect, DefectKind};
use mailwire_message::Parser;
use mailwire_message::value::{BaseSubject, ReturnPath, ValueDefect};
use mailwire_testkit::invariants;
use proptest::prelude::*;

/// A return path, its address (`-` for none), its route, and the defects by name.
const PATHS: &[(&str, &str, &str, &str)] = &[
    // RFC 5322 §3.6.7
    (" <ann@example.net>\r\n", "ann@example.net", "", ""),
    ("<>", "-", "", ""),
    (" < > ", "-", "", ""),
    ("(a) <(b)> (c)", "-", "", ""),
    ("(a) <(b)ann@example.net> (c)", "ann@example.net", "", ""),
    ("<\r\n ann@example.net>", "ann@example.net", "", ""),
    // RFC 5321 §4.1.2
    ("<\"ann b\"@example.net>", "\"ann b\"@example.net", "", ""),
    ("<ann@[192.0.2.1]>", "ann@[192.0.2.1]", "", ""),
    (
        "<@a.example,@b.example:ann@example.net>",
        "ann@example.net",
        "@a.example,@b.example:",
        "ReturnPathRoute",
    ),
    ("<Postmaster>", "Postmaster", "", ""),
    // what servers write
    ("ann@example.net", "ann@example.net", "", "ReturnPathDecorated"),
    ("Ann <ann@example.net>", "ann@example.net", "", "ReturnPathDecorated"),
    ("<ann@example.net> <bob@example.net>", "ann@example.net", "", "ReturnPathJunk"),
    ("<ann@example.net>, bob@example.net", "ann@example.net", "", "ReturnPathJunk"),
    ("bounce+ann=example.net@example.org", "bounce+ann=example.net@example.org", "", "ReturnPathDecorated"),
];

const NO_PATHS: &[&str] =
    &["", " \r\n", "Ann <>", "<ann@example@net>", "<ann b>", "ann b", "(ann@example.net)", ",", ":;"];

#[test]
fn return_paths() {
    for (value, address, route, defects) in PATHS {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let path = ReturnPath::parse_with(value.as_bytes(), &mut found)
            .unwrap_or_else(|error| panic!("{value}: {error}"));
        let text = path.address().map_or("-".to_owned(), |address| address.to_string());
        assert_eq!(text, *address, "{value}");
        assert_eq!(path.is_null(), *address == "-", "{value}");
        assert_eq!(path.route().unwrap_or_default(), route.as_bytes(), "{value}");
        let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
        assert_eq!(names.join(" "), *defects, "{value}");
    }
    for value in NO_PATHS {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        ReturnPath::parse_with(value.as_bytes(), &mut found).unwrap_err();
        assert_eq!(found.len(), 1, "{value}");
        assert_eq!(found[0].kind(), ValueDefect::BadReturnPath, "{value}");
    }
    let message = Parser::new().parse(b"Return-Path: <>\n\n");
    assert!(message.headers().return_path().unwrap().is_null());
}

/// A subject, its base, and whether it is a reply or a forward.
const SUBJECTS: &[(&str, &str, bool)] = &[
    ("", "", false),
    ("minutes", "minutes", false),
    // step 1
    ("the\t minutes  of\r\n Tuesday ", "the minutes of Tuesday", false),
    // step 2
    ("minutes (fwd)", "minutes", true),
    ("minutes(FWD) (fwd)\t", "minutes", true),
    ("(fwd)", "", true),
    ("minutes (fwd) x", "minutes (fwd) x", false),
    // step 3
    ("Re: minutes", "minutes", true),
    ("re:RE :\tFW: fWd  : minutes", "minutes", true),
    ("Re[2]: minutes", "minutes", true),
    ("Re [2] : minutes", "minutes", true),
    ("[a] [b]Re: minutes", "minutes", true),
    ("[a] Re: [b] Fw: minutes", "minutes", true),
    ("Re:", "", true),
    ("Re", "Re", false),
    ("Regarding: minutes", "Regarding: minutes", false),
    ("Fwdd: minutes", "Fwdd: minutes", false),
    ("AW: minutes", "AW: minutes", false),
    ("Re[2: minutes", "Re[2: minutes", false),
    // step 4
    ("[list] minutes", "minutes", false),
    ("[a] [b]  [c]minutes", "minutes", false),
    ("[list]", "[list]", false),
    ("[a][b]", "[b]", false),
    ("Re: [list]", "[list]", true),
    ("[a[b] minutes", "[a[b] minutes", false),
    ("[] minutes", "minutes", false),
    ("[list minutes", "[list minutes", false),
    ("[list] (fwd)", "[list]", true),
    // step 6
    ("[fwd: minutes]", "minutes", true),
    ("[Fwd: [list] Re: minutes]", "minutes", true),
    ("[fwd:[fwd:[fwd: [a] minutes]]]", "minutes", true),
    ("Re: [Fwd: [Re: minutes] (fwd)]", "[Re: minutes]", true),
    ("[fwd:[a]", "[a", true),
    ("[fwd: [a] minutes", "[fwd: [a] minutes", false),
    // what is not ASCII
    ("Re: Grüße  aus é", "Grüße aus é", true),
    ("\u{a0}Re: x", "\u{a0}Re: x", false),
];

#[test]
fn base_subjects() {
    for (subject, base, reply) in SUBJECTS {
        let read = BaseSubject::parse(subject);
        assert_eq!((read.as_str(), read.is_reply_or_forward()), (*base, *reply), "{subject}");
        assert_eq!(plain(subject), (base.to_string(), *reply), "the plain procedure: {subject}");
    }
    let raw = b"Subject: =?utf-8?Q?Re:_[a]_Gr=C3=BC=C3=9Fe?=\n\n";
    let message = Parser::new().parse(raw);
    assert_eq!(message.headers().base_subject().unwrap().into_text(), "Grüße");
    assert!(matches!(BaseSubject::parse("Re: minutes").into_text(), alloc::borrow::Cow::Borrowed("minutes")));
}

/// RFC 5256 §2.1, step by step, each as often as it says.
fn plain(subject: &str) -> (String, bool) {
    let words: Vec<&str> = subject.split([' ', '\t', '\r', '\n']).collect();
    let mut text = words.join(" ");
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    let mut reply = false;
    let blob = |text: &str| -> Option<usize> {
        let end = text.strip_prefix('[')?.find(['[', ']'])? + 1;
        text[end..].starts_with(']').then(|| text.len() - text[end + 1..].trim_start_matches(' ').len())
    };
    let reply_or_forward = |text: &str| -> Option<usize> {
        let lower = text.to_ascii_lowercase();
        let word = ["re", "fwd", "fw"].into_iter().find(|word| lower.starts_with(word))?.len();
        let at = text.len() - text[word..].trim_start_matches(' ').len();
        let at = at + blob(&text[at..]).unwrap_or(0);
        text[at..].starts_with(':').then_some(at + 1)
    };
    loop {
        loop {
            if text.ends_with(' ') {
                text.pop();
            } else if text.to_ascii_lowercase().ends_with("(fwd)") {
                text.truncate(text.len() - 5);
                reply = true;
            } else {
                break;
            }
        }
        loop {
            if text.starts_with(' ') {
                text.remove(0);
                continue;
            }
            let mut at = 0;
            while let Some(len) = blob(&text[at..]) {
                at += len;
            }
            if let Some(len) = reply_or_forward(&text[at..]) {
                text.drain(..at + len);
                reply = true;
            } else if let Some(len) = blob(&text).filter(|&len| len < text.len()) {
                text.drain(..len);
            } else {
                break;
            }
        }
        if text.to_ascii_lowercase().starts_with("[fwd:") && text.ends_with(']') {
            text.pop();
            text.drain(..5);
            reply = true;
        } else {
            return (text, reply);
        }
    }
}

#[test]
fn threads() {
    let ids = |raw: &str| {
        let message = Parser::new().parse(raw.as_bytes());
        let ids = message.headers().thread_ids().map(|id| id.to_text().into_owned());
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("\n"), "");
    assert_eq!(ids("Message-ID: <3@x>\n\n"), "3@x");
    assert_eq!(ids("References: <1@x> <2@x>\nIn-Reply-To: <9@x>\nMessage-ID: <3@x>\n\n"), "1@x 2@x 3@x");
    // RFC 5256 §3: where References has no valid identifier, the first of In-Reply-To.
    assert_eq!(ids("References: none of them\nIn-Reply-To: <1@x> <2@x>\nMessage-ID: <3@x>\n\n"), "1@x 3@x");
    assert_eq!(ids("In-Reply-To: <1@x>\n\n"), "1@x");
    // Twice, and itself.
    assert_eq!(ids("References: <1@x> <2@x> <1@x> <3@x> <2@x>\nMessage-ID: <3@x>\n\n"), "1@x 2@x 3@x");
    let message = Parser::new().parse(b"References: <1@x>\n\n");
    let mut ids = message.headers().thread_ids();
    assert!(ids.next().is_some() && ids.next().is_none() && ids.next().is_none());
}

/// What may take more than its share of time.
#[test]
fn long_subjects_are_read_at_once() {
    const MANY: usize = 1_000_000;
    let unit = |unit: &str, behind: &str| format!("{}{behind}", unit.repeat(MANY / unit.len()));
    for subject in [
        unit("Re:", "x"),
        unit("[", "x"),
        unit("[]", "x"),
        unit("[a] ", "re:"),
        unit("[a]", ""),
        unit("re[a", ":"),
        unit("re [a]:", ""),
        unit("(fwd)", ""),
        unit("[fwd:", ""),
        unit(" ", "x"),
        unit("x ", ""),
        unit("x  ", ""),
        unit("re ", ""),
        format!("{}x{}", "[fwd:".repeat(MANY / 5), "]".repeat(MANY / 5)),
        format!("{}x{}", "[fwd: [a] ".repeat(MANY / 10), " (fwd)]".repeat(MANY / 10)),
    ] {
        let base = BaseSubject::parse(&subject);
        assert!(base.as_str().len() <= subject.len());
    }
}

proptest! {
    #[test]
    fn the_procedure_is_the_standards(subject in r"([Rr]e|[Ff]wd?|[\[\]: x\t]|\(fwd\)|\[fwd:|\[a\]){0,12}") {
        let read = BaseSubject::parse(&subject);
        let expected = plain(&subject);
        prop_assert_eq!((read.as_str(), read.is_reply_or_forward()), (expected.0.as_str(), expected.1));
        invariants::subject(subject.as_bytes());
    }

    #[test]
    fn any_path_is_read_or_refused(value in r#"( |\(a\)|<|>|@a|,|:|a|"b c"|\[192.0.2.1\]|\r\n |\.){0,10}"#) {
        invariants::return_path(value.as_bytes());
    }
}
