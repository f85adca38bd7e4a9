//! Indexes that come from anywhere.

use super::inside;
use super::message::{read, tree};
use mailwire_message::{Index, Message, Parser, Section};

/// Two bytes that say how long an index is, the index, and a mail: if the index can be read and fits, then the message
/// has every property of one that was parsed. The mail's own index survives as bytes.
pub fn attach(bytes: &[u8]) {
    let (len, rest) = bytes
        .split_first_chunk()
        .map_or((0, bytes), |(len, rest)| (usize::from(u16::from_be_bytes(*len)).min(rest.len()), rest));
    let (stored, raw) = rest.split_at(len);
    if let Ok(index) = Index::from_bytes(stored) {
        survives(&index);
        attached(index, raw);
    }
    let index = Parser::new().index(raw);
    survives(&index);
    assert!(index.attach(raw).is_ok());
}

/// What [`attach`] takes apart.
pub fn attach_input(stored: &[u8], raw: &[u8]) -> Vec<u8> {
    let len = u16::try_from(stored.len()).expect("an index of less than 64 KiB");
    [&len.to_be_bytes(), stored, raw].concat()
}

/// An index is what its bytes say, to the last bit, and no shorter bytes say anything.
fn survives(index: &Index) {
    let stored = index.to_bytes();
    let again = Index::from_bytes(&stored).expect("bytes that were just written");
    assert_eq!(format!("{index:?}"), format!("{again:?}"));
    assert_eq!(stored, again.to_bytes());
    assert!(Index::from_bytes(&stored[..stored.len() - 1]).is_err());
}

fn attached(index: Index, raw: &[u8]) {
    let parser = Parser::new();
    let Ok(message) = index.attach(raw) else { return };
    tree(&message);
    read_whole(&message);
    message.walk().for_each(|part| read(part, &parser));
    let summary = message.summary();
    assert_eq!(summary.attachments.len(), message.attachments().count());
    assert_eq!(summary.preview, message.preview(256));
    let mut refuse = inside(raw);
    message.examine().iter().for_each(|defect| refuse(defect.kind(), defect.range()));
    assert!(message.index().defect_count() >= message.defects().len());
    survives(message.index());
    assert!(message.into_owned().into_index().attach(raw).is_ok());
}

/// All that is asked of a whole message. What it answers may be wrong: the kinds of the parts need not be those of their types.
fn read_whole(message: &Message<'_>) {
    let bodies = message.bodies();
    let listed = bodies.text().chain(bodies.html()).chain(bodies.attachments());
    listed.for_each(|part| assert!((part.id() as usize) < message.index().part_count()));
    assert!(message.preview(100).chars().count() <= 100);
    _ = (message.body_text(), message.body_html(), message.has_attachment(), message.by_content_id("a@b"));
    for part in message.walk().take(100) {
        let place = part.place().to_string();
        if let Ok(section) = Section::parse(place.as_bytes()) {
            _ = (message.section(section), message.part_by_section(section).map(|part| part.id()));
        }
        assert!(part.octets() <= part.octets_crlf() && part.lines() <= part.octets());
    }
}
