//! What a reader has noticed on its way.

use crate::defect::{AddressDefect, Defects};
use crate::dialect::Allow;
use alloc::vec::Vec;
use core::ops::Range;
use mailwire_core::Sink;

/// What was seen so far: one bit a kind, and, when somebody wants to know, where each was first.
///
/// A reader may guess, and take back what it noted when it guessed wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    bits: u128,
    log: Option<Vec<(u128, Range<usize>)>>,
}

/// A state of `Found` to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    bits: u128,
    logged: usize,
}

impl Found {
    /// Notes where things are, too.
    pub(crate) fn tracing() -> Self {
        Self { bits: 0, log: Some(Vec::new()) }
    }

    pub(crate) fn is_tracing(&self) -> bool {
        self.log.is_some()
    }

    #[inline]
    pub(crate) fn bits(&self) -> u128 {
        self.bits
    }

    #[inline]
    pub(crate) fn defects(&self) -> Defects {
        Defects(self.bits & !Allow::CONSTRUCTS)
    }

    #[inline]
    pub(crate) fn add(&mut self, kind: AddressDefect, range: Range<usize>) {
        self.see(Allow::of(kind), range);
    }

    #[inline]
    pub(crate) fn add_if(&mut self, condition: bool, kind: AddressDefect, range: Range<usize>) {
        self.see_if(condition, Allow::of(kind), range);
    }

    #[inline]
    pub(crate) fn see_if(&mut self, condition: bool, what: Allow, range: Range<usize>) {
        if condition {
            self.see(what, range);
        }
    }

    #[inline]
    pub(crate) fn see(&mut self, what: Allow, range: Range<usize>) {
        if self.bits & what.0 == 0 {
            self.bits |= what.0;
            if let Some(log) = &mut self.log {
                log.push((what.0, range));
            }
        }
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { bits: self.bits, logged: self.log.as_ref().map_or(0, Vec::len) }
    }

    pub(crate) fn reset(&mut self, mark: Mark) {
        self.bits = mark.bits;
        if let Some(log) = &mut self.log {
            log.truncate(mark.logged);
        }
    }

    /// Forgets the kinds seen, not the places; `put_back` adds what was taken.
    pub(crate) fn take(&mut self) -> u128 {
        core::mem::take(&mut self.bits)
    }

    pub(crate) fn put_back(&mut self, bits: u128) {
        self.bits |= bits;
    }

    /// All that was seen at once, where nobody wants to know the places.
    #[inline]
    pub(crate) fn set(&mut self, bits: u128) {
        self.bits = bits;
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        self.bits = 0;
        if let Some(log) = &mut self.log {
            log.clear();
        }
    }

    /// Reports all kinds of defects in the order of their places.
    #[cold]
    pub(crate) fn report(&mut self, sink: &mut impl Sink<AddressDefect>) {
        let Some(log) = &mut self.log else { return };
        log.sort_by_key(|(_, range)| range.start);
        for (bit, range) in log.drain(..) {
            if let Some(&kind) = AddressDefect::ALL.get(bit.trailing_zeros() as usize) {
                sink.report(kind, range);
            }
        }
    }

    /// The first of `bits` that was seen, and where.
    #[cold]
    pub(crate) fn first_of(&self, bits: u128) -> Option<(u128, Range<usize>)> {
        let seen = self.log.iter().flatten().filter(|(bit, _)| bit & bits != 0);
        seen.min_by_key(|(_, range)| range.start).cloned()
    }
}
