//! Message identifiers, alone and in lists.

use mailwire_core::{Defect, DefectKind};
use mailwire_message::value::{MessageId, MessageIds, ValueDefect};
use proptest::prelude::*;

/// The value of a Message-ID field, the identifier in it, and the defects by name.
const ONE: &[(&str, &str, &str)] = &[
    (" <1234@local.machine.example>\r\n", "1234@local.machine.example", ""),
    ("<a@b>", "a@b", ""),
    ("\r\n\t<a@b>", "a@b", ""),
    ("(c <x@y>) <a@b> (d)", "a@b", ""),
    ("<a@[192.0.2.1]>", "a@[192.0.2.1]", ""),
    ("<\"a>b\"@c>", "\"a>b\"@c", ""),
    ("<\u{fc}@\u{fc}.example>", "\u{fc}@\u{fc}.example", ""),
    // RFC 5322 appendix A.6.3
    ("<1234   @   local(blah)  .machine .example>", "1234@local.machine.example", "MessageIdSyntax"),
    ("< a@b >", "a@b", ""),
    ("<a@\r\n b>", "a@b", "MessageIdSyntax"),
    ("<abc\r\n def@b>", "abcdef@b", "MessageIdSyntax"),
    ("<a b@\r\n c d>", "a b@ c d", "MessageIdSyntax"),
    ("<a@   .>", "a@   .", "MessageIdSyntax"),
    ("<a@>", "a@", "MessageIdSyntax"),
    ("<a>", "a", "MessageIdSyntax"),
    ("<[id.example]>", "[id.example]", "MessageIdSyntax"),
    ("<<a@b>>", "a@b", "MessageIdJunk"),
    ("\u{a0}<a@b>", "a@b", "MessageIdJunk"),
    ("<a@b>;", "a@b", "MessageIdJunk"),
    ("<a@b> (added by postmaster@example.net)", "a@b", ""),
    ("<a@b> X-Other: 9", "a@b", "MessageIdJunk"),
    ("<a@b", "a@b", "MessageIdUnclosed"),
    ("<a@b and more", "a@b", "MessageIdUnclosed MessageIdJunk"),
    ("a@b", "a@b", "MessageIdBare"),
    ("13909-771306", "13909-771306", "MessageIdBare MessageIdSyntax"),
    ("PM2000 11:12:45", "PM2000 11:12:45", "MessageIdBare MessageIdSyntax"),
];

/// The value of a References or In-Reply-To field and its identifiers.
const MANY: &[(&str, &[&str])] = &[
    ("", &[]),
    ("<a@b> <c@d>", &["a@b", "c@d"]),
    ("<a@b>\r\n <c@d>\r\n", &["a@b", "c@d"]),
    ("<a@b><c@d>,<e@f> , <g@h>", &["a@b", "c@d", "e@f", "g@h"]),
    ("Your message of \"Fri, 21 Nov <x@y>\" <a@b>", &["a@b"]),
    ("Your message of \"Fri, 21 Nov <a@b>", &["a@b"]),
    ("Joe's message (the <x@y> one) of 1 Nov, joe@example.com <a@b>", &["a@b"]),
    ("(open <a@b> <c@d>", &["a@b", "c@d"]),
    ("<a@b <c@d> <e@f", &["a@b", "c@d", "e@f"]),
    ("<a@b\r\n <c@d>", &["a@b", "c@d"]),
    ("<> < > <a@b> <>", &["a@b"]),
    ("a@b c@d, e@f", &["a@b", "c@d", "e@f"]),
    ("a@b> @x y@ c@d", &["a@b", "c@d"]),
    ("000200", &["000200"]),
    ("Your message", &[]),
    ("<", &[]),
    (">", &[]),
    ("<<<<", &[]),
];

fn names(found: &[Defect<ValueDefect>]) -> String {
    found.iter().map(|defect| defect.kind().name()).collect::<Vec<_>>().join(" ")
}

#[test]
fn reads_one() {
    for (value, expected, defects) in ONE {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let id = MessageId::parse_with(value.as_bytes(), &mut found).unwrap();
        assert_eq!(id.to_text(), *expected, "{value}");
        assert_eq!(names(&found), *defects, "{value}");
    }
}

#[test]
fn nothing_is_no_identifier() {
    for value in ["", " \r\n", "<>", "< >", "<", ">", "<<>>"] {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        assert!(MessageId::parse_with(value.as_bytes(), &mut found).is_err(), "{value}");
        assert!(names(&found).contains("NoMessageId"), "{value}");
    }
}

#[test]
fn reads_many() {
    for (value, expected) in MANY {
        let ids: Vec<_> = MessageIds::new(value.as_bytes()).map(|id| id.to_text().into_owned()).collect();
        assert_eq!(ids, *expected, "{value}");
    }
}

/// Openings that never close must not be looked for again and again: these take hours if they are.
#[test]
fn hostile_lists_take_linear_time() {
    for unit in ["<", "\"", "(", "<\"", "(<", "<a", "<\"a\\\"", "<a@b", "\\\"<", "()", "<(", "(\"<"] {
        let value = unit.repeat(300_000);
        MessageIds::new(value.as_bytes()).count();
        let _ = MessageId::parse(value.as_bytes());
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(ids in prop::collection::vec("[a-z0-9.$+-]{1,20}@[a-z0-9.-]{1,20}", 0..10), between in "[ ,]{0,3}|\r\n ") {
        let value: Vec<_> = ids.iter().map(|id| format!("<{id}>{between}")).collect();
        let value = value.concat();
        let mut list = MessageIds::new(value.as_bytes());
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let mut read = Vec::new();
        while let Some(id) = list.next_with(&mut found) {
            read.push(id.to_text().into_owned());
        }
        prop_assert_eq!(read, ids);
        prop_assert!(found.is_empty());
    }

    #[test]
    fn never_panics(value in prop::collection::vec(prop::sample::select(b"<>@\"\\(),. \r\na[]\xe9".as_slice()), 0..60)) {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let one = MessageId::parse_with(&value, &mut found);
        let mut list = MessageIds::new(&value);
        let mut count = 0;
        while let Some(id) = list.next_with(&mut found) {
            prop_assert!(!id.as_bytes().is_empty() || one.is_ok());
            count += 1;
        }
        prop_assert!(count <= value.len());
        prop_assert!(list.next().is_none());
        prop_assert!(found.iter().all(|defect| defect.range().start <= defect.range().end && defect.range().end <= value.len()));
    }
}
