//! The body lists against a transcription of the algorithm in RFC 8621 §4.1.4, over random trees and real mail.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_message::{Parser, Part, PartKind};
use mailwire_testkit::body_lists::BodyLists;
use mailwire_testkit::corpus;
use proptest::prelude::*;
use proptest::sample::select;

fn check(root: Part<'_, '_>, context: &str) {
    assert_eq!(BodyLists::of(root), BodyLists::by_the_book(root), "{context}");
}

#[test]
fn real_mail() {
    let Some(mails) = corpus::mails() else { return };
    let parser = Parser::new();
    for (name, raw) in mails {
        let message = parser.parse(&raw);
        for part in message.walk() {
            if part.parent().is_none_or(|parent| parent.kind() == PartKind::Message) {
                check(part, &name);
            }
        }
    }
}

/// The example at the end of RFC 8621 §4.1.4: a message through a list that adds a header and a footer.
#[test]
fn example_of_the_standard() {
    let leaf = |kind: &str, disposition: &str, name: &str| {
        let disposition = if disposition.is_empty() {
            String::new()
        } else {
            format!("Content-Disposition: {disposition}\n")
        };
        format!("Content-Type: {kind}\n{disposition}\n{name}")
    };
    let multipart = |subtype: &str, boundary: &str, parts: &[String]| {
        let parts: Vec<_> = parts.iter().map(|part| format!("\n--{boundary}\n{part}")).collect();
        let parts = parts.concat();
        format!("Content-Type: multipart/{subtype}; boundary={boundary}\n{parts}\n--{boundary}--\n")
    };
    let mixed = multipart(
        "mixed",
        "d",
        &[
            leaf("text/plain", "inline", "B"),
            leaf("image/jpeg", "inline", "C"),
            leaf("text/plain", "inline", "D"),
        ],
    );
    let related = multipart("related", "e", &[leaf("text/html", "", "E"), leaf("image/jpeg", "", "F")]);
    let inner = multipart(
        "mixed",
        "b",
        &[
            multipart("alternative", "c", &[mixed, related]),
            leaf("image/jpeg", "attachment", "G"),
            leaf("application/x-excel", "", "H"),
            leaf("message/rfc822", "", "Subject: J\n\n"),
        ],
    );
    let raw = multipart(
        "mixed",
        "a",
        &[leaf("text/plain", "inline", "A"), inner, leaf("text/plain", "inline", "K")],
    );
    let message = Parser::new().parse(raw.as_bytes());
    let shown = |list: &mut dyn Iterator<Item = Part<'_, '_>>| {
        let letter = |part: Part<'_, '_>| {
            part.raw_body().iter().rev().find(|byte| !b"\n:".contains(byte)).copied().unwrap()
        };
        String::from_utf8(list.map(letter).collect()).unwrap()
    };
    assert_eq!(shown(&mut message.text_body()), "ABCDK");
    assert_eq!(shown(&mut message.html_body()), "AEK");
    assert_eq!(shown(&mut message.attachments()), "CFGHJ");
    assert!(message.has_attachment());
}

fn lists(raw: &str) -> (Vec<u32>, Vec<u32>, Vec<u32>, bool) {
    let message = Parser::new().parse(raw.as_bytes());
    let ids = |list: &mut dyn Iterator<Item = Part<'_, '_>>| list.map(Part::id).collect::<Vec<_>>();
    (
        ids(&mut message.text_body()),
        ids(&mut message.html_body()),
        ids(&mut message.attachments()),
        message.has_attachment(),
    )
}

#[test]
fn one_part_is_its_own_body() {
    assert_eq!(lists("Subject: a\n\ntext"), (vec![0], vec![0], vec![], false));
    assert_eq!(lists("Content-Type: TEXT/HTML\n\n<p>"), (vec![0], vec![0], vec![], false));
    assert_eq!(lists("Content-Type: image/png\n\n"), (vec![0], vec![0], vec![], false));
    assert_eq!(lists("Content-Type: application/pdf\n\n"), (vec![], vec![], vec![0], true));
    // "If a text part with a filename, and not the first item": the only item is the first.
    assert_eq!(lists("Content-Type: text/plain; name=a.txt\n\n"), (vec![0], vec![0], vec![], false));
    assert_eq!(lists("Content-Disposition: attachment\n\n"), (vec![], vec![], vec![0], true));
    assert_eq!(lists("Content-Type: message/rfc822\n\nSubject: a\n\n"), (vec![], vec![], vec![0], true));
    assert_eq!(lists("Content-Type: multipart/mixed\n\n--b\n\ntext"), (vec![], vec![], vec![], false));
    assert_eq!(lists(""), (vec![0], vec![0], vec![], false));
}

/// In an alternative of one mixed part, HTML behind plain text ends both lists: the algorithm forgets it.
#[test]
fn nothing_is_in_no_list() {
    let raw = "Content-Type: multipart/alternative; boundary=a\n\n--a\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>\n--b--\n--a--\n";
    assert_eq!(lists(raw), (vec![2], vec![2], vec![3], true));
}

#[test]
fn what_is_inline_is_no_attachment_to_speak_of() {
    let raw = |disposition: &str| {
        let related =
            "Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n<p>\n--a\n";
        format!("{related}Content-Type: image/png\n{disposition}\n\n--a--\n")
    };
    assert_eq!(lists(&raw("Content-Disposition: inline\n")), (vec![1], vec![1], vec![2], false));
    assert_eq!(lists(&raw("")), (vec![1], vec![1], vec![2], true));
}

#[derive(Clone, Debug)]
enum Tree {
    Leaf(&'static str),
    Multipart(&'static str, Vec<Self>),
    Message(Box<Self>),
}

impl Tree {
    fn write(&self, out: &mut String, boundary: usize) {
        match self {
            Self::Leaf(headers) => out.extend([format!("{headers}\n\ntext")]),
            Self::Multipart(subtype, parts) => {
                out.extend([format!("Content-Type: multipart/{subtype}; boundary=b{boundary}\n\n")]);
                for part in parts {
                    out.extend([format!("\n--b{boundary}\n")]);
                    part.write(out, boundary + 1);
                }
                out.extend([format!("\n--b{boundary}--")]);
            }
            Self::Message(tree) => {
                *out += "Content-Type: message/rfc822\n\n";
                tree.write(out, boundary + 1);
            }
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = select(vec![
        "Content-Type: text/plain",
        "Content-Type: text/plain",
        "Content-Type: text/plain; name=a.txt",
        "Content-Type: text/html",
        "Content-Type: text/html",
        "Content-Type: text/html; name=a.html\nContent-Disposition: inline",
        "Content-Type: text/calendar",
        "Content-Type: image/png",
        "Content-Type: image/png; name=a.png",
        "Content-Type: audio/wav\nContent-Disposition: attachment",
        "Content-Type: application/pdf",
        "Content-Type: multipart/mixed",
        "Subject: x",
        "Content-Disposition: attachment",
        "Content-Disposition: form-data; filename=a",
    ]);
    let subtypes = vec!["mixed", "mixed", "alternative", "alternative", "related", "digest", "Alternative"];
    leaf.prop_map(Tree::Leaf).prop_recursive(5, 40, 5, move |inner| {
        let parts = prop::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            6 => (select(subtypes.clone()), parts).prop_map(|(subtype, parts)| Tree::Multipart(subtype, parts)),
            1 => inner.prop_map(|tree| Tree::Message(Box::new(tree))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn random_trees(tree in tree()) {
        let mut raw = String::new();
        tree.write(&mut raw, 0);
        let message = Parser::new().parse(raw.as_bytes());
        for part in message.walk() {
            check(part, &raw);
        }
    }
}
