//! All defects of a message, and policies over them.

mod bodies;
mod fields;
mod lines;
mod policy;
mod repeated;

pub use policy::Policy;

use crate::defect::{MessageDefect, StructureDefect};
use crate::index::Index;
use crate::part::Part;
use alloc::string::String;
use alloc::vec::Vec;
use bodies::{examine_body, examine_names};
use core::ops::Range;
use fields::examine_field;
use lines::Lines;
use mailwire_core::{Defect, DefectKind, Sink};
use repeated::examine_repeated;

/// Reads everything in a message and says what was wrong, in the order of position.
pub(crate) fn examine(root: Part<'_, '_>, index: &Index) -> Vec<Defect<MessageDefect>> {
    let mut all = structure(index);
    // Beside those of the structure, which has a limit of its own.
    let most = all.len() + MOST;
    let mut scratch = Scratch::default();
    let mut lines = Lines::new(root);
    for part in root.walk() {
        let mut whole = At { base: 0, most, all: &mut all };
        lines.part(part, &mut whole);
        examine_repeated(part.headers(), &mut whole);
        for field in part.headers().iter() {
            let base = field.value_range().start;
            examine_field(&field, &mut At { base, most, all: &mut all }, &mut scratch);
        }
        examine_names(part, &mut At { base: part.range().start, most, all: &mut all });
        if part.is_leaf() {
            let base = part.body_range().start;
            examine_body(part, &mut scratch.bytes, &mut At { base, most, all: &mut all });
        }
    }
    lines.rest(&mut At { base: 0, most, all: &mut all });
    all.sort_by_key(|defect| (defect.range().start, defect.range().end));
    all
}

fn structure(index: &Index) -> Vec<Defect<MessageDefect>> {
    let convert = |defect: &Defect<_>| Defect::new(MessageDefect::Structure(defect.kind()), defect.range());
    let mut all: Vec<_> = index.defects().iter().map(convert).collect();
    if index.defect_count() > index.defects().len() {
        all.push(Defect::new(StructureDefect::DefectLimit.into(), index.len..index.len));
    }
    all.sort_by_key(|defect| (defect.range().start, defect.range().end));
    all
}

/// Memory for what is decoded only to see whether it can be.
#[derive(Default)]
struct Scratch {
    text: String,
    bytes: Vec<u8>,
}

/// So many defects of values and bodies are listed: a body of junk may have one for each of its bytes. One more says that there are more, and
/// no policy lets it pass.
const MOST: usize = 10_000;

/// A sink for the values and bodies that begin at `base` of the mail.
struct At<'d> {
    base: usize,
    /// How many defects the list may hold.
    most: usize,
    all: &'d mut Vec<Defect<MessageDefect>>,
}

impl<K: Into<MessageDefect> + DefectKind> Sink<K> for At<'_> {
    fn report(&mut self, kind: K, range: Range<usize>) {
        let range = self.base + range.start..self.base + range.end;
        if self.all.len() < self.most {
            self.all.push(Defect::new(kind.into(), range));
        } else if self.all.len() == self.most {
            self.all.push(Defect::new(StructureDefect::DefectLimit.into(), range));
        }
    }
}
