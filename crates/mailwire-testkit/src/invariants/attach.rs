//! Indexes that come from anywhere.

use super::inside;
use super::message::{read, tree};
use mailwire_message::{Index, Parser};

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
    message.walk().for_each(|part| read(part, &parser));
    message.attachments().for_each(|part| _ = part.file_name());
    let mut refuse = inside(raw);
    message.examine().iter().for_each(|defect| refuse(defect.kind(), defect.range()));
    assert!(message.index().defect_count() >= message.defects().len());
    survives(message.index());
    assert!(message.into_owned().into_index().attach(raw).is_ok());
}
