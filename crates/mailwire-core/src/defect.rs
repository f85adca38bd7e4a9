//! What was wrong with an input that was read all the same.
//!
//! A reader that repairs says so. Each crate lists its kinds of defects with [`defects!`](crate::defects), and every
//! function that repairs takes a [`Sink`]: `&mut ()` for callers who don't want to know, a `Vec` for those who do.
//!
//! ```
//! use mailwire_core::{Defect, DefectKind, Severity, Sink, defects};
//!
//! defects! {
//!     /// What can be wrong with a greeting.
//!     pub enum Greeting {
//!         /// It is shouted.
//!         Shouted: Note, "the greeting is in capitals";
//!     }
//! }
//!
//! let mut found: Vec<Defect<Greeting>> = Vec::new();
//! found.report(Greeting::Shouted, 0..5);
//! assert_eq!(found[0].kind().severity(), Severity::Note);
//! assert_eq!(found[0].to_string(), "note at bytes 0-5: the greeting is in capitals");
//! assert_eq!(Greeting::Shouted.name(), "Shouted");
//! ```

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// How much a defect matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a policy has to handle every severity")]
pub enum Severity {
    /// Odd, or against a SHOULD, but there is one way to read it.
    Note,
    /// Wrong; it was repaired the way most readers do.
    Repaired,
    /// Two readers could see two different things here.
    Ambiguous,
    /// A limit was reached: what follows was kept, but not looked into.
    Limit,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Note => "note",
            Self::Repaired => "repaired",
            Self::Ambiguous => "ambiguous",
            Self::Limit => "limit",
        })
    }
}

/// A list of kinds of defects; made by [`defects!`](crate::defects).
pub trait DefectKind: Copy + fmt::Debug {
    /// How much it matters.
    fn severity(self) -> Severity;
    /// Its name, one word, the same for ever: for statistics and filters.
    fn name(self) -> &'static str;
    /// One sentence for a person, without a full stop.
    fn explanation(self) -> &'static str;
}

/// Kinds of defects that are counted: what [`defects!`](crate::defects) declares.
pub trait ListedKind: DefectKind + PartialEq + 'static {
    /// Every kind, in the order of declaration.
    const ALL: &'static [Self];
    /// Where it stands in [`ALL`](Self::ALL).
    fn position(self) -> u32;
}

/// One thing that was wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Defect<K> {
    kind: K,
    start: u32,
    end: u32,
}

impl<K: DefectKind> Defect<K> {
    /// A defect at `range`, in bytes from the start of what was read. Positions over 4 GiB are held at that.
    pub fn new(kind: K, range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { kind, start: clamp(range.start), end: clamp(range.end) }
    }

    /// What was wrong.
    pub fn kind(&self) -> K {
        self.kind
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Where: bytes from the start of what was read. Empty where something is missing.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<K: DefectKind> fmt::Display for Defect<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, start, end } = self;
        write!(f, "{} at bytes {start}-{end}: {}", kind.severity(), kind.explanation())
    }
}

/// Where defects go: `()` forgets them, a `Vec` keeps them, a closure does as it likes.
pub trait Sink<K> {
    /// Takes one defect; `range` counts in bytes from the start of what the reporting function was given.
    fn report(&mut self, kind: K, range: Range<usize>);
}

impl<K> Sink<K> for () {
    #[inline]
    fn report(&mut self, _: K, _: Range<usize>) {}
}

impl<K: DefectKind> Sink<K> for Vec<Defect<K>> {
    fn report(&mut self, kind: K, range: Range<usize>) {
        self.push(Defect::new(kind, range));
    }
}

impl<K, F: FnMut(K, Range<usize>)> Sink<K> for F {
    #[inline]
    fn report(&mut self, kind: K, range: Range<usize>) {
        self(kind, range);
    }
}

/// Declares a list of defect kinds: one line a kind, with its severity and its sentence.
///
/// See the [module](crate::defect) for an example. The enum is `#[non_exhaustive]`, `Copy` and has `ALL`.
#[macro_export]
macro_rules! defects {
    ($(#[$outer:meta])* $vis:vis enum $name:ident {
        $($(#[$inner:meta])* $kind:ident: $severity:ident, $explanation:literal;)*
    }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $name { $($(#[$inner])* $kind,)* }

        impl $name {
            /// Every kind, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];
        }

        impl $crate::defect::ListedKind for $name {
            const ALL: &'static [Self] = Self::ALL;
            #[inline]
            fn position(self) -> u32 {
                self as u32
            }
        }

        impl $crate::DefectKind for $name {
            fn severity(self) -> $crate::Severity {
                match self { $(Self::$kind => $crate::Severity::$severity,)* }
            }
            fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* }
            }
            fn explanation(self) -> &'static str {
                match self { $(Self::$kind => $explanation,)* }
            }
        }
    };
}
