//! The bytes of a section.

use super::names::{SectionNames, compare};
use super::{Section, SectionText};
use crate::part::Part;
use crate::rules;
use alloc::borrow::Cow;
use alloc::vec::Vec;

impl Section<'_> {
    /// The bytes it names, in the message whose root this is.
    pub(crate) fn cut<'a>(self, root: Part<'_, 'a>) -> Option<Cow<'a, [u8]>> {
        let part = self.find(root)?;
        Some(match self.text {
            SectionText::Whole if self.numbers.is_empty() => Cow::Borrowed(part.raw()),
            SectionText::Whole | SectionText::Text => Cow::Borrowed(part.raw_body()),
            SectionText::Header | SectionText::Mime => Cow::Borrowed(part.raw_headers()),
            SectionText::HeaderFields(names) => fields(part, names, Wanted::Named),
            SectionText::HeaderFieldsNot(names) => fields(part, names, Wanted::Others),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Named,
    Others,
}

/// Some fields of a header block, and the empty line: "the blank line is included in all header fetches, except in the
/// case of a message that has no body and no blank line" (RFC 9051 §6.4.5.1).
fn fields<'a>(part: Part<'_, 'a>, names: SectionNames<'_>, wanted: Wanted) -> Cow<'a, [u8]> {
    // Sorted, so that a list of thousands of names is no work for each of thousands of fields.
    let names = names.sorted();
    let mut out = Vec::new();
    for field in part.headers().iter() {
        let is_named = names.binary_search_by(|name| compare(name, field.name())).is_ok();
        if is_named == (wanted == Wanted::Named) {
            out.extend_from_slice(field.raw());
        }
    }
    let blank = blank_line(part);
    if out.is_empty() {
        return Cow::Borrowed(blank);
    }
    out.extend_from_slice(blank);
    Cow::Owned(out)
}

/// The empty line that ends a header block, if one does.
fn blank_line<'a>(part: Part<'_, 'a>) -> &'a [u8] {
    let block = part.raw_headers();
    let newline = rules::newline(part.raw);
    let len = match block {
        [.., b'\r', last] if *last == newline && newline == b'\n' => 2,
        [.., last] if *last == newline || *last == b'\r' => 1,
        _ => 0,
    };
    let (before, blank) = block.split_at_checked(block.len() - len).unwrap_or_default();
    if before.last().is_none_or(|last| *last == newline) { blank } else { b"" }
}
