//! Strictness as a choice over one list of defects.

use super::{examine, structure};
use crate::defect::MessageDefect;
use crate::index::Index;
use crate::part::Part;
use mailwire_core::{Defect, Severity};

/// Which defects a message may not have: strictness as a choice over one list, not another parser.
///
/// # Examples
///
/// ```
/// use mailwire_core::Severity;
/// use mailwire_message::{Parser, Policy};
///
/// let raw = b"Content-Type: text/plain\nContent-Type: text/html\n\n<p>";
/// let message = Parser::new().parse(raw);
/// let refused = message.check(Policy::refusing(Severity::Ambiguous)).unwrap_err();
/// assert_eq!(refused.range(), 25..49);
/// assert!(message.check(Policy::refusing(Severity::Limit)).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    severity: Severity,
    depth: Depth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Structure,
    Everything,
}

impl Policy {
    /// Refuses defects of this severity and of those above it: `Note` < `Repaired` < `Ambiguous` < `Limit`.
    pub fn refusing(severity: Severity) -> Self {
        Self { severity, depth: Depth::Everything }
    }

    /// The same, but only by what is wrong with the structure: nothing is read again.
    #[must_use]
    pub fn of_structure(self) -> Self {
        Self { depth: Depth::Structure, ..self }
    }

    pub(crate) fn check(self, root: Part<'_, '_>, index: &Index) -> Result<(), Defect<MessageDefect>> {
        let all = match self.depth {
            Depth::Structure => structure(index),
            Depth::Everything => examine(root, index),
        };
        all.into_iter().find(|defect| defect.severity() >= self.severity).map_or(Ok(()), Err)
    }
}
