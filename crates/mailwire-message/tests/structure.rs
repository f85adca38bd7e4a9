//! Where parts begin and end, and what is said of it, case by case.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_core::DefectKind;
use mailwire_message::{Leniency, NoColon, Parser, Part, Repeated};
use mailwire_testkit::vectors::{Got, check};

fn shown(part: Part<'_, '_>) -> Vec<u8> {
    let mut path = Vec::new();
    let mut at = part;
    while let Some(parent) = at.parent() {
        path.push(parent.children().position(|child| child.id() == at.id()).unwrap() + 1);
        at = parent;
    }
    path.push(1);
    let path: Vec<String> = path.iter().rev().map(ToString::to_string).collect();
    let head = format!("{} {}", path.join("."), part.content_type());
    let pieces: &[&[u8]] = if part.is_leaf() {
        &[head.as_bytes(), b" <", part.raw_body(), b">"]
    } else {
        &[head.as_bytes(), b" preamble <", part.preamble(), b"> epilogue <", part.epilogue(), b">"]
    };
    pieces.concat()
}

#[test]
fn vectors() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/structure.vec"), |vector| {
        let leniency = match vector.first("leniency") {
            Some(b"no colon ends the header") => Leniency::default().with_no_colon(NoColon::EndsHeader),
            Some(b"last content type") => Leniency::default().with_repeated(Repeated::Last),
            _ => Leniency::default(),
        };
        let raw = vector.bytes("in");
        let message = Parser::new().with_leniency(leniency).parse(raw);
        let defects = message.defects().iter();
        let defects = defects.map(|defect| format!("{} {:?}", defect.kind().name(), defect.range()));
        Got::new().many("part", message.walk().map(shown)).many("defect", defects)
    });
}
