//! Whether a line ends inside of a quoted string.

use crate::cursor::strings;
use crate::plain::plain;

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
        let (mut quote, mut at) = (self, 0);
        // As long as no string has backslashes in it.
        while at < piece.len()
            && quote != Self::Escaped
            && let Some(strings) = strings(piece.get(at..).unwrap_or_default(), quote == Self::Inside)
        {
            quote = if strings >> 63 == 1 { Self::Inside } else { Self::Outside };
            at += 64;
        }
        while at < piece.len() {
            (quote, at) = match quote {
                Self::Outside => {
                    let rest = piece.get(at..).unwrap_or_default();
                    let Some(open) = memchr::memchr(b'"', rest) else { return quote };
                    (Self::Inside, at + open + 1)
                }
                Self::Escaped => (Self::Inside, at + 1),
                Self::Inside => {
                    let end = plain(piece, at);
                    match piece.get(end) {
                        Some(b'"') => (Self::Outside, end + 1),
                        Some(b'\\') => (Self::Escaped, end + 1),
                        _ => (Self::Inside, end + 1),
                    }
                }
            };
        }
        quote
    }

    pub(crate) fn is_open(self) -> bool {
        self != Self::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::Quote;

    fn naive(quote: Quote, piece: &[u8]) -> Quote {
        piece.iter().fold(quote, |quote, byte| match (quote, byte) {
            (Quote::Outside, b'"') | (Quote::Escaped, _) => Quote::Inside,
            (Quote::Inside, b'"') => Quote::Outside,
            (Quote::Inside, b'\\') => Quote::Escaped,
            (quote, _) => quote,
        })
    }

    #[test]
    fn every_short_piece_is_as_octet_by_octet() {
        let octets = *b"\"\\a\xff";
        for mut number in 0..4_usize.pow(7) {
            let piece: [u8; 7] = core::array::from_fn(|_| {
                let octet = octets[number % 4];
                number /= 4;
                octet
            });
            for quote in [Quote::Outside, Quote::Inside, Quote::Escaped] {
                assert_eq!(quote.behind(&piece), naive(quote, &piece), "{piece:?}");
            }
        }
    }
}
