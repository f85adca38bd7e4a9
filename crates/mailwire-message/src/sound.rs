//! Whether an index can be believed: it may come from a disk, a cache, or somebody who means harm.
//!
//! What is checked here is what every method of a message relies on to be linear, beside not leading out of bounds:
//! fields and parts share no byte with their neighbours, the parts are a tree in the order of the bytes, and each lies
//! within the body of the one it belongs to. All of it holds for what a parser makes.

use crate::index::{AttachError, FieldEntry, Index, NONE, PartEntry, PartKind};
use core::ops::Range;

impl Index {
    /// Whether this can be the index of a mail of `len` bytes.
    pub(crate) fn check(&self, len: usize) -> Result<(), AttachError> {
        if self.len != len {
            return Err(AttachError::new("the mail has another length"));
        }
        let within = |range: Range<usize>| range.start <= range.end && range.end <= len;
        let sound = self.defects.iter().all(|defect| within(defect.range())) && self.is_tree();
        if sound { Ok(()) } else { Err(AttachError::new("an offset or a link is out of bounds")) }
    }

    fn is_tree(&self) -> bool {
        let mut fields = 0;
        let mut before = None;
        for (id, part) in (0_u32..).zip(&self.parts) {
            let placed = match before {
                None => self.is_root(part),
                Some(before) => self.is_placed(id, part, before),
            };
            if !placed || part.first_field != fields || !part.is_ordered() || !self.has_header(part) {
                return false;
            }
            fields = part.last_field;
            before = Some(*part);
        }
        // The last part holds nothing, and neither is a field left over.
        before.is_some_and(|last| last.may_end()) && fields as usize == self.fields.len()
    }

    fn is_root(&self, part: &PartEntry) -> bool {
        part.parent == NONE
            && part.depth == 1
            && part.next as usize == self.parts.len()
            && part.end as usize == self.len.min(NONE as usize - 1)
    }

    /// Whether a part other than the root lies where it says, behind `before`: parents are found by going up from
    /// there, so that each step up is made once in the whole index.
    fn is_placed(&self, id: u32, part: &PartEntry, before: PartEntry) -> bool {
        let (mut parent_id, mut parent) = (id - 1, before);
        let mut sibling = None;
        while parent.next <= id {
            // What ends here ends with all its parts.
            if parent.next < id || (sibling.is_none() && !parent.may_end()) {
                return false;
            }
            sibling = Some(parent);
            parent_id = parent.parent;
            let Some(above) = self.parts.get(parent_id as usize) else { return false };
            parent = *above;
        }
        let from = sibling.map_or(parent.body, |sibling| sibling.end);
        let may_hold = match parent.kind {
            PartKind::Leaf => false,
            PartKind::Multipart | PartKind::Digest => true,
            PartKind::Message => sibling.is_none() && part.next == parent.next,
        };
        may_hold
            && part.parent == parent_id
            && part.depth == parent.depth.saturating_add(1)
            && part.next > id
            && part.next <= parent.next
            && from <= part.start
            && part.end <= parent.epilogue
    }

    /// Whether the fields of a part stand in its header block, one behind the other.
    fn has_header(&self, part: &PartEntry) -> bool {
        let range = part.first_field as usize..part.last_field as usize;
        let Some(fields) = self.fields.get(range) else { return false };
        let mut end = part.start;
        for field in fields {
            if field.start < end || !field.is_ordered() {
                return false;
            }
            end = field.end;
        }
        let is_one = |field: u32| field == NONE || (part.first_field..part.last_field).contains(&field);
        end <= part.body && is_one(part.content_type) && is_one(part.encoding)
    }
}

impl PartEntry {
    fn is_ordered(&self) -> bool {
        let holds_parts = matches!(self.kind, PartKind::Multipart | PartKind::Digest);
        self.delimiter <= self.start
            && self.start <= self.body
            && self.body <= self.close
            && self.close <= self.epilogue
            && self.epilogue <= self.end
            && (holds_parts || self.close == self.end)
    }

    /// Whether it may be without parts: a message is not.
    fn may_end(&self) -> bool {
        self.kind != PartKind::Message
    }
}

impl FieldEntry {
    fn is_ordered(&self) -> bool {
        let name_end = self.start.checked_add(self.tag >> 16);
        name_end.is_some_and(|end| end <= self.colon) && self.colon < self.end
    }
}
