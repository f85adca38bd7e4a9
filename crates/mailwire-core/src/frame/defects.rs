//! The defects of a frame, as a set of bits.

use crate::defect::ListedKind;
use crate::{DefectKind, Sink};
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

/// Which kinds of defects a frame has: a set of bits, so that a hot path only sets one.
///
/// It is a [`Sink`] that forgets ranges. Where each defect is comes from reading the frame again with a sink that keeps them.
///
/// ```
/// use mailwire_core::{Defects, Severity, Sink, defects};
///
/// defects! {
///     /// What can be wrong with a greeting.
///     pub enum Greeting {
///         /// It is shouted.
///         Shouted: Note, "the greeting is in capitals";
///         /// It never ends.
///         Endless: Ambiguous, "the greeting goes on";
///     }
/// }
///
/// let mut found = Defects::NONE;
/// found.report(Greeting::Endless, 5..9);
/// assert!(found.contains(Greeting::Endless) && !found.contains(Greeting::Shouted));
/// assert_eq!(found.severity(), Some(Severity::Ambiguous));
/// assert_eq!(format!("{found:?}"), "{Endless}");
/// ```
pub struct Defects<K>(u64, PhantomData<K>);

impl<K: ListedKind> Defects<K> {
    /// None.
    pub const NONE: Self = {
        assert!(K::ALL.len() <= 64, "a bit for each kind");
        Self(0, PhantomData)
    };

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `kind` is among them.
    pub fn contains(self, kind: K) -> bool {
        self.0 & bit(kind) != 0
    }

    /// Adds one.
    #[inline]
    pub fn insert(&mut self, kind: K) {
        self.0 |= bit(kind);
    }

    /// All of them, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = K> {
        K::ALL.iter().copied().filter(move |&kind| self.contains(kind))
    }

    /// How much the worst of them matters. Strictness is a comparison with this.
    pub fn severity(self) -> Option<crate::Severity> {
        self.iter().map(DefectKind::severity).max()
    }
}

fn bit<K: ListedKind>(kind: K) -> u64 {
    1_u64.checked_shl(kind.position()).unwrap_or_default()
}

impl<K: ListedKind> Sink<K> for Defects<K> {
    #[inline]
    fn report(&mut self, kind: K, _: Range<usize>) {
        self.insert(kind);
    }
}

impl<K> Clone for Defects<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Defects<K> {}

impl<K> PartialEq for Defects<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Defects<K> {}

impl<K: ListedKind> Default for Defects<K> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<K: ListedKind> fmt::Debug for Defects<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
