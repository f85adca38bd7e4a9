//! A body in counted pieces.

use mailwire_core::ParseError;

/// `BDAT size [LAST]`: so many octets of the body follow, whatever the answer will be.
///
/// Grammar: `"BDAT" SP chunk-size [ SP end-marker ]`, `chunk-size = 1*DIGIT` ([RFC 3030 §2]). Nothing about it is forgiven:
/// a size that is read in two ways makes commands of a body.
///
/// [RFC 3030 §2]: https://www.rfc-editor.org/rfc/rfc3030#section-2
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Bdat {
    /// How many octets follow.
    pub size: u64,
    /// Which piece it is.
    pub chunk: Chunk,
}

/// Whether the body goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two")]
pub enum Chunk {
    /// Another piece follows.
    More,
    /// `LAST`: the body ends with this one.
    Last,
}

impl Bdat {
    /// Reads what stands behind the verb, its blank included.
    pub(super) fn parse(arguments: &[u8]) -> Result<Self, ParseError> {
        let digits = arguments.strip_prefix(b" ").ok_or_else(|| ParseError::new(arguments, 0, "a space"))?;
        let len = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, rest) = digits.split_at_checked(len).unwrap_or((digits, b""));
        let mut size = Some(0_u64);
        for digit in digits {
            size = size.and_then(|size| size.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        }
        if digits.is_empty() {
            return Err(ParseError::new(arguments, 1, "a digit"));
        }
        let size = size.ok_or_else(|| ParseError::too_long(20, "a size of at most 64 bits"))?;
        let chunk = match rest {
            b"" => Chunk::More,
            rest if rest.eq_ignore_ascii_case(b" LAST") => Chunk::Last,
            _ => return Err(ParseError::new(arguments, 1 + len, "` LAST` or the end of the line")),
        };
        Ok(Self { size, chunk })
    }
}
