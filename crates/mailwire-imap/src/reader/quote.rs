//! Whether a line ends inside of a quoted string.

/// A place in a line, between its octets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Quote {
    #[default]
    Outside,
    Inside,
    /// Behind a backslash in a quoted string.
    Escaped,
}

impl Quote {
    /// Behind `piece` of the line.
    pub(crate) fn behind(self, piece: &[u8]) -> Self {
        // Most lines have no quote at all.
        if self == Self::Outside && memchr::memchr(b'"', piece).is_none() {
            return self;
        }
        piece.iter().fold(self, |quote, byte| match (quote, byte) {
            (Self::Outside, b'"') | (Self::Escaped, _) => Self::Inside,
            (Self::Inside, b'"') => Self::Outside,
            (Self::Inside, b'\\') => Self::Escaped,
            (quote, _) => quote,
        })
    }

    pub(crate) fn is_open(self) -> bool {
        self != Self::Outside
    }
}
