//! From bytes to an index: any bytes, none of them believed.
//!
//! Positions are put together modulo 2³², so nothing here can overflow; whether they make sense is asked when the index
//! is attached. Counts are not trusted either: what is kept grows with what is read.

use super::{ODD_NAME, OTHER_NAME, kinds, names, shape};
use crate::index::{FieldEntry, Index, NONE, PartEntry, PartKind};
use mailwire_core::Defect;

/// The bytes that are not read yet.
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(super) fn new(rest: &'b [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn rest(&self) -> &'b [u8] {
        self.rest
    }

    /// An index, behind its version; `None` at the first byte that can't be.
    pub(super) fn index(&mut self) -> Option<Index> {
        let mut index = Index::new();
        index.len = self.size()?;
        index.more_defects = self.size()?;
        for id in 0..self.offset()? {
            let part = self.part(&mut index, id)?;
            index.parts.push(part);
        }
        // What is still open ends here.
        let count = u32::try_from(index.parts.len()).ok()?;
        for part in &mut index.parts {
            part.next = part.next.min(count);
        }
        let mut start = 0_u32;
        for _ in 0..self.offset()? {
            let kind = kinds::kind(self.byte()?)?;
            start = start.wrapping_add(self.offset()?);
            let end = start.wrapping_add(self.offset()?);
            index.defects.push(Defect::new(kind, start as usize..end as usize));
        }
        Some(index)
    }

    fn part(&mut self, index: &mut Index, id: u32) -> Option<PartEntry> {
        let shape = self.byte()?;
        let has = |flag: u8| shape & flag != 0;
        let kind = match shape & shape::KIND {
            0 => PartKind::Leaf,
            1 => PartKind::Multipart,
            2 => PartKind::Digest,
            _ => PartKind::Message,
        };
        let up = match (shape & shape::UP) >> shape::UP_SHIFT {
            3 => self.offset()?,
            up => u32::from(up),
        };
        let (parent_id, base) = Self::place(index, id, up)?;
        let parent = index.parts.get(parent_id as usize);
        let outer = parent.map_or(u32::try_from(index.len).unwrap_or(NONE), |parent| parent.end);
        let depth = parent.map_or(1, |parent| parent.depth.saturating_add(1));
        let start = base.wrapping_add(self.offset()?);
        let delimiter = if has(shape::DELIMITER) { start.wrapping_sub(self.offset()?) } else { base };
        let first_field = u32::try_from(index.fields.len()).ok()?;
        let mut at = start;
        for _ in 0..self.offset()? {
            let field = self.field(at)?;
            at = field.end;
            index.fields.push(field);
        }
        let last_field = u32::try_from(index.fields.len()).ok()?;
        let body = at.wrapping_add(self.offset()?);
        let (content_type, encoding) = if has(shape::CHOSEN) {
            (self.chosen(first_field)?, self.chosen(first_field)?)
        } else {
            names::chosen(index.fields.get(first_field as usize..)?, first_field)
        };
        let end = if has(shape::SIZE) { body.wrapping_add(self.offset()?) } else { outer };
        let tail = if has(shape::CLOSED) { self.offset()? } else { 0 };
        let epilogue = if has(shape::CLOSED) { end.wrapping_sub(self.offset()?) } else { end };
        Some(PartEntry {
            start,
            body,
            end,
            delimiter,
            close: epilogue.wrapping_sub(tail),
            epilogue,
            first_field,
            last_field,
            parent: parent_id,
            next: NONE,
            content_type,
            encoding,
            depth,
            kind,
        })
    }

    /// The parent of part `id`, `up` levels above the part before it, and where the part's own bytes can begin. What is
    /// gone up from ends before `id`.
    fn place(index: &mut Index, id: u32, up: u32) -> Option<(u32, u32)> {
        let Some(mut above) = id.checked_sub(1) else {
            return (up == 0).then_some((NONE, 0));
        };
        let mut base = index.parts.get(above as usize)?.body;
        for _ in 0..up {
            let left = index.parts.get_mut(above as usize)?;
            left.next = id;
            (base, above) = (left.end, left.parent);
        }
        // The root has no siblings.
        (above != NONE).then_some((above, base))
    }

    /// A field; the one before it ends at `at`.
    fn field(&mut self, at: u32) -> Option<FieldEntry> {
        let code = self.byte()?;
        let mut start = at;
        let mut before_colon = 0;
        let tag = if code < OTHER_NAME {
            names::tag(code)?
        } else {
            if code == ODD_NAME {
                start = start.wrapping_add(self.offset()?);
            }
            let len = u16::try_from(self.offset()?).ok()?;
            let tag = u32::from(len) << 16 | u32::from(self.byte()?) << 8 | u32::from(self.byte()?);
            if code == ODD_NAME {
                before_colon = self.offset()?;
            }
            tag
        };
        let colon = start.wrapping_add(tag >> 16).wrapping_add(before_colon);
        let end = colon.wrapping_add(1).wrapping_add(self.offset()?);
        Some(FieldEntry { start, end, colon, tag })
    }

    fn chosen(&mut self, first: u32) -> Option<u32> {
        Some(self.offset()?.checked_sub(1).map_or(NONE, |field| first.wrapping_add(field)))
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn offset(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A number that is no position of the index: `None` also where this machine has none so large.
    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            // Ten bytes have room for six bits too many, and a last byte of nothing is one too many.
            if bits << shift >> shift != bits || (byte == 0 && shift > 0) {
                return None;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }
}
