//! From an index to bytes.

use super::{ODD_NAME, OTHER_NAME, kinds, names, shape};
use crate::index::{FieldEntry, Index, NONE, PartEntry, PartKind};
use alloc::vec::Vec;

/// Appends all of an index, behind its version.
pub(super) fn index(index: &Index, out: &mut Vec<u8>) {
    number(index.len as u64, out);
    number(index.more_defects as u64, out);
    number(index.parts.len() as u64, out);
    let mut before = None;
    for (id, entry) in (0_u32..).zip(&index.parts) {
        part(index, id, entry, before, out);
        before = Some(id);
    }
    number(index.defects.len() as u64, out);
    let mut at = 0;
    for defect in &index.defects {
        let (start, end) = (position(defect.range().start), position(defect.range().end));
        out.push(kinds::code(defect.kind()));
        offset(start.wrapping_sub(at), out);
        offset(end.wrapping_sub(start), out);
        at = start;
    }
}

fn part(index: &Index, id: u32, part: &PartEntry, before: Option<u32>, out: &mut Vec<u8>) {
    let parent = index.parts.get(part.parent as usize);
    // Up from the part before to the parent; the last step is from the part's sibling.
    let (mut up, mut base) = (0_u32, parent.map_or(0, |parent| parent.body));
    let mut above = before.unwrap_or(NONE);
    while above != part.parent
        && let Some(entry) = index.parts.get(above as usize)
    {
        (up, base, above) = (up + 1, entry.end, entry.parent);
    }
    let fields = index.fields.get(part.first_field as usize..part.last_field as usize).unwrap_or_default();
    let chosen = (part.content_type, part.encoding) != names::chosen(fields, part.first_field);
    let outer = parent.map_or(position(index.len), |parent| parent.end);
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let kind = match part.kind {
        PartKind::Leaf => 0,
        PartKind::Multipart => 1,
        PartKind::Digest => 2,
        PartKind::Message => 3,
    };
    let steps = u8::try_from(up).unwrap_or(u8::MAX).min(3);
    let is_closed = (part.close, part.epilogue) != (part.end, part.end);
    let shape = kind
        | steps << shape::UP_SHIFT
        | flag(part.delimiter != base, shape::DELIMITER)
        | flag(chosen, shape::CHOSEN)
        | flag(part.end != outer, shape::SIZE)
        | flag(is_closed, shape::CLOSED);
    debug_assert!(before.is_none_or(|before| before + 1 == id));
    out.push(shape);
    if steps == 3 {
        offset(up, out);
    }
    offset(part.start.wrapping_sub(base), out);
    if part.delimiter != base {
        offset(part.start.wrapping_sub(part.delimiter), out);
    }
    number(fields.len() as u64, out);
    let mut at = part.start;
    for entry in fields {
        field(entry, at, out);
        at = entry.end;
    }
    offset(part.body.wrapping_sub(at), out);
    if chosen {
        for field in [part.content_type, part.encoding] {
            offset(if field == NONE { 0 } else { field.wrapping_sub(part.first_field).wrapping_add(1) }, out);
        }
    }
    if part.end != outer {
        offset(part.end.wrapping_sub(part.body), out);
    }
    if is_closed {
        offset(part.epilogue.wrapping_sub(part.close), out);
        offset(part.end.wrapping_sub(part.epilogue), out);
    }
}

/// Appends a field; the one before it ends at `at`.
fn field(field: &FieldEntry, at: u32, out: &mut Vec<u8>) {
    let len = field.tag >> 16;
    let gap = field.start.wrapping_sub(at);
    let before_colon = field.colon.wrapping_sub(field.start).wrapping_sub(len);
    let is_plain = gap == 0 && before_colon == 0;
    if is_plain && let Some(code) = names::code(field.tag) {
        out.push(code);
    } else {
        out.push(if is_plain { OTHER_NAME } else { ODD_NAME });
        if !is_plain {
            offset(gap, out);
        }
        offset(len, out);
        let [_, _, first, last] = field.tag.to_be_bytes();
        out.extend_from_slice(&[first, last]);
        if !is_plain {
            offset(before_colon, out);
        }
    }
    offset(field.end.wrapping_sub(field.colon).wrapping_sub(1), out);
}

/// A position of the mail: all of them are below 4 GiB but its length, which is held at that.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

fn offset(value: u32, out: &mut Vec<u8>) {
    number(u64::from(value), out);
}

#[expect(clippy::cast_possible_truncation, reason = "the low seven bits are what is wanted")]
fn number(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
