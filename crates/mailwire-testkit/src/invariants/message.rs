//! Whole messages.

use super::inside;
use crate::body_lists::BodyLists;
use mailwire_message::{Index, Limits, Message, OwnedMessage, Parser, Part, PartKind, Section};
use std::collections::BTreeSet;

/// Reads any bytes as a message and asks everything of it: the tree covers the bytes and nests, values and bodies can be
/// read, defects lie inside, an index fits its mail and no shorter one, and small limits change no byte. The body lists are
/// those of the standard, a preview is short, and every part is found by what IMAP calls it.
pub fn message(bytes: &[u8]) {
    let parser = Parser::new();
    let message = parser.parse(bytes);
    tree(&message);
    for part in message.walk() {
        read(part, &parser);
    }
    texts(&message);
    sections(&message);
    let mut refuse = inside(bytes);
    message.examine().iter().for_each(|defect| refuse(defect.kind(), defect.range()));
    message.defects().iter().for_each(|defect| refuse(defect.kind().into(), defect.range()));

    let headers = parser.parse_headers(bytes);
    assert_eq!(headers.root().raw_headers(), message.root().raw_headers());
    assert_eq!(headers.headers().len(), message.headers().len());

    let index = parser.index(bytes);
    assert!(index.clone().attach(bytes.get(1..).unwrap_or(b"x")).is_err());
    assert!(Index::new().attach(bytes).is_err());
    assert!(index.attach(bytes).is_ok());
    // The index of another mail of the same length: wrong answers, no panic.
    let other: Vec<u8> = bytes.iter().rev().copied().collect();
    if let Ok(other) = OwnedMessage::attach(other, message.index().clone()) {
        other.walk().for_each(|part| read(part, &parser));
        _ = (other.bodies(), other.body_text(), other.body_html(), other.preview(100));
        other.walk().take(FEW).for_each(|part| _ = (part.place().to_string(), part.related_root()));
        _ = other.section(Section::WHOLE);
    }

    let limits = Limits::default().with_depth(2).with_parts(3).with_fields(4).with_defects(1).with_nested(1);
    let limited = Parser::new().with_limits(limits).parse(bytes);
    tree(&limited);
    assert!(limited.index().part_count() <= 3);
    assert!(limited.index().field_count() <= 4);
    assert!(limited.defects().len() <= 1);
}

/// The tree covers the bytes and nests.
pub(super) fn tree(message: &Message<'_>) {
    let root = message.root();
    assert_eq!(root.range().end, message.raw().len());
    let mut count = 0;
    for part in message.walk() {
        count += 1;
        let (range, body) = (part.range(), part.body_range());
        assert!(range.start <= body.start && body.start <= body.end && body.end == range.end);
        assert_eq!([part.raw_headers(), part.raw_body()].concat(), part.raw());
        // The children lie in the body, in order and apart.
        let mut at = body.start;
        for child in part.children() {
            assert_eq!(child.parent().map(Part::id), Some(part.id()));
            assert_eq!(child.depth(), part.depth() + 1);
            assert!(at <= child.range().start && child.range().end <= body.end, "{at} {child:?} in {part:?}");
            at = child.range().end;
        }
        assert_eq!(part.is_leaf(), part.kind() == PartKind::Leaf);
        assert!(!part.is_leaf() || part.children().next().is_none());
        assert!(part.preamble().len() + part.epilogue().len() <= body.len());
        for field in part.headers().iter() {
            assert!(range.start <= field.range().start && field.range().end <= body.start);
            assert_eq!(field.raw(), &message.raw()[field.range()]);
            assert_eq!(field.value(), &message.raw()[field.value_range()]);
            assert!(!field.text().contains(['\r', '\n', '\0']), "{field:?}");
        }
    }
    assert_eq!(count, message.index().part_count());
}

/// So many parts are asked what takes a look at their siblings.
const FEW: usize = 100;

fn texts(message: &Message<'_>) {
    let roots =
        message.walk().filter(|part| part.parent().is_none_or(|parent| parent.kind() == PartKind::Message));
    for root in roots.take(FEW) {
        assert_eq!(BodyLists::of(root), BodyLists::by_the_book(root));
    }
    let preview = message.preview(100);
    assert!(preview.chars().count() <= 100 && preview.trim() == preview, "{preview:?}");
    assert!(!preview.contains("  ") && !preview.contains(char::is_control), "{preview:?}");
    assert!(!message.body_text().contains('\r'));
    _ = message.body_html();
    for id in message.walk().filter_map(|part| part.headers().content_id()).take(FEW) {
        let known = std::str::from_utf8(id.as_bytes()).ok().filter(|id| id.trim() == *id && !id.is_empty());
        if let Some(id) = known.filter(|id| !id.starts_with('<') && !id.starts_with("cid:")) {
            _ = message.by_content_id(&format!("cid:{id}"));
            _ = message.by_content_id(id);
        }
    }
}

fn sections(message: &Message<'_>) {
    let mut places = BTreeSet::new();
    for part in message.walk().take(FEW) {
        let place = part.place().to_string();
        let section = Section::parse(place.as_bytes()).expect("the place of a part is a section");
        assert_eq!(section.to_string(), place);
        assert_eq!(message.part_by_section(section).map(Part::id), Some(part.id()), "{place}");
        assert_eq!(message.section(section).as_deref(), Some(part.raw_body()), "{place}");
        assert!(part.octets() <= part.octets_crlf() && part.lines() <= part.octets());
        assert!(places.insert(place), "two parts of one name");
    }
    let specs = [
        "HEADER.FIELDS.NOT (\"a b\")",
        "HEADER.FIELDS (from to subject content-type)",
        "HEADER.FIELDS.NOT (from to subject content-type)",
    ];
    let [all, named, others] = specs.map(|spec| {
        let section = Section::parse(spec.as_bytes()).expect("a section");
        message.section(section).expect("every message has a header").len()
    });
    // Both have the empty line.
    assert!(named + others >= all && named + others <= all + 2);
}

/// Values and bodies can be read.
pub(super) fn read(part: Part<'_, '_>, parser: &Parser) {
    let headers = part.headers();
    let _ = (
        headers.subject(),
        headers.date(),
        headers.message_id(),
        headers.content_id(),
        headers.disposition(),
    );
    for addresses in
        [headers.from(), headers.sender(), headers.reply_to(), headers.to(), headers.cc(), headers.bcc()]
    {
        addresses.mailboxes().for_each(|mailbox| _ = mailbox.to_string());
    }
    headers.received().for_each(|received| _ = (received.from_ip(), received.recipient(), received.date()));
    let _ = (headers.return_path(), headers.base_subject());
    headers.thread_ids().for_each(|id| _ = id.to_text());
    headers.references().chain(headers.in_reply_to()).for_each(|id| _ = id.to_text());
    assert_eq!(part.file_name(), part.file_names().next());
    let mut scratch = Vec::new();
    let raw = part.raw_body();
    part.decode_into(&mut scratch, &mut inside(raw));
    assert_eq!(&*part.decoded(), scratch);
    assert_eq!(part.text_in(&mut Vec::new()).text(), part.text().text());
    if let Some(nested) = part.nested(parser) {
        nested.walk().for_each(|part| _ = (part.file_name(), part.text(), part.nested(parser)));
    }
}
