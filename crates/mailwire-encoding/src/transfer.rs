//! The Content-Transfer-Encoding of a part.

mod push;

use crate::{EncodingDefect, base64, quoted_printable, uuencode};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Class, Sink, class};

pub use push::Decoder;

/// How the bytes of a body were made fit for transport (RFC 2045 §6).
///
/// ```
/// use mailwire_encoding::TransferEncoding;
///
/// let encoding = TransferEncoding::parse(b" Base64 (as ever)", &mut ());
/// assert_eq!(encoding, TransferEncoding::Base64);
/// assert_eq!(&*encoding.decode(b"bWFpbA=="), b"mail");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum TransferEncoding {
    /// `7bit`: lines of ASCII, as they are. The default of a part without the field.
    #[default]
    SevenBit,
    /// `8bit`: lines of any bytes but NUL, as they are.
    EightBit,
    /// `binary`: any bytes, as they are.
    Binary,
    /// `quoted-printable`
    QuotedPrintable,
    /// `base64`
    Base64,
    /// `x-uuencode`, `uuencode`, `x-uue` or `uue`: the files in it, without the text around them.
    Uuencode,
    /// Anything else: the bytes are taken as they are.
    Unknown,
}

impl TransferEncoding {
    /// Reads the value of a Content-Transfer-Encoding field.
    ///
    /// Grammar: `mechanism = "7bit" / "8bit" / "binary" / "quoted-printable" / "base64" / ietf-token / x-token`
    /// (RFC 2045 §6.1), with [`Uuencode`](Self::Uuencode)'s names among the last, of any case, with comments and white space around. Quotes around it and whatever follows a
    /// known name (`;`, a second word) are passed over as [`EncodingDefect::CteDecorated`].
    pub fn parse(value: &[u8], sink: &mut impl Sink<EncodingDefect>) -> Self {
        let mut rest = skip_blanks_and_comments(value);
        let mut decorated = false;
        while let [b'"' | b'\'' | b'=' | b':' | b';' | b',', tail @ ..] = rest {
            decorated = true;
            rest = skip_blanks_and_comments(tail);
        }
        let (name, tail) = rest.split_at(Class::TOKEN.prefix_len(rest));
        let name = name.strip_suffix(b"'").filter(|_| decorated).unwrap_or(name);
        let encoding = Self::named(name);
        if encoding == Self::Unknown {
            sink.report(EncodingDefect::UnknownCte, 0..value.len());
        } else if decorated || !skip_blanks_and_comments(tail).is_empty() {
            sink.report(EncodingDefect::CteDecorated, 0..value.len());
        }
        encoding
    }

    fn named(name: &[u8]) -> Self {
        const NAMES: [(&[u8], TransferEncoding); 9] = [
            (b"7bit", TransferEncoding::SevenBit),
            (b"8bit", TransferEncoding::EightBit),
            (b"binary", TransferEncoding::Binary),
            (b"quoted-printable", TransferEncoding::QuotedPrintable),
            (b"base64", TransferEncoding::Base64),
            (b"x-uuencode", TransferEncoding::Uuencode),
            (b"uuencode", TransferEncoding::Uuencode),
            (b"x-uue", TransferEncoding::Uuencode),
            (b"uue", TransferEncoding::Uuencode),
        ];
        NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or(Self::Unknown, |&(_, encoding)| encoding)
    }

    /// Whether the bytes are taken as they are: all but quoted-printable, base64 and uuencode.
    pub fn is_identity(self) -> bool {
        !matches!(self, Self::QuotedPrintable | Self::Base64 | Self::Uuencode)
    }

    /// The bytes without their transfer encoding. Borrowed where nothing changes. Never fails.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::QuotedPrintable => quoted_printable::decode(bytes),
            Self::Base64 => Cow::Owned(base64::decode(bytes)),
            Self::Uuencode => Cow::Owned(uuencode::decode(bytes)),
            _ => Cow::Borrowed(bytes),
        }
    }

    /// Appends the bytes without their transfer encoding to `out`, and reports what was repaired.
    pub fn decode_into(self, bytes: &[u8], out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        match self {
            Self::QuotedPrintable => quoted_printable::decode_into(bytes, out, sink),
            Self::Base64 => base64::decode_into(bytes, out, sink),
            Self::Uuencode => uuencode::decode_into(bytes, out, sink),
            _ => out.extend_from_slice(bytes),
        }
    }

    /// A decoder for a body that comes in pieces.
    pub fn decoder(self) -> Decoder {
        Decoder::new(self)
    }
}

impl fmt::Display for TransferEncoding {
    /// The name on the wire; `unknown` for what has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SevenBit => "7bit",
            Self::EightBit => "8bit",
            Self::Binary => "binary",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
            Self::Uuencode => "x-uuencode",
            Self::Unknown => "unknown",
        })
    }
}

/// `[CFWS]` (RFC 5322 §3.2.2). A comment without an end reaches to the end.
fn skip_blanks_and_comments(bytes: &[u8]) -> &[u8] {
    let mut rest = class::trim_start(bytes);
    while let [b'(', tail @ ..] = rest {
        rest = class::trim_start(skip_comment(tail));
    }
    rest
}

/// What follows the comment whose `(` has been taken.
fn skip_comment(mut rest: &[u8]) -> &[u8] {
    let mut depth = 1_usize;
    loop {
        match rest {
            [] => return rest,
            [b'\\', _, tail @ ..] => rest = tail,
            [byte, tail @ ..] => {
                rest = tail;
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    return rest;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailwire_core::Defect;

    #[test]
    fn reads_names_in_any_dress() {
        use EncodingDefect::{CteDecorated, UnknownCte};
        use TransferEncoding::{Base64, EightBit, QuotedPrintable, SevenBit, Unknown, Uuencode};
        let cases: [(&[u8], TransferEncoding, Option<EncodingDefect>); 16] = [
            (b"7bit", SevenBit, None),
            (b" BASE64\t\r\n", Base64, None),
            (b"(a (nested \\) one)) 8bit (b", EightBit, None),
            (b"quoted-printable;", QuotedPrintable, Some(CteDecorated)),
            (b"\"base64\"", Base64, Some(CteDecorated)),
            (b"'base64'", Base64, Some(CteDecorated)),
            (b"base64; charset=utf-8", Base64, Some(CteDecorated)),
            (b"base64 base64", Base64, Some(CteDecorated)),
            (b"8bit+", Unknown, Some(UnknownCte)),
            (b"base64x", Unknown, Some(UnknownCte)),
            (b"text/html", Unknown, Some(UnknownCte)),
            (b"X-uuencode", Uuencode, None),
            (b"uue;", Uuencode, Some(CteDecorated)),
            (b"x-yencode", Unknown, Some(UnknownCte)),
            (b"", Unknown, Some(UnknownCte)),
            (b"(", Unknown, Some(UnknownCte)),
        ];
        for (value, expected, defect) in cases {
            let mut found: Vec<Defect<EncodingDefect>> = Vec::new();
            assert_eq!(TransferEncoding::parse(value, &mut found), expected, "{}", value.escape_ascii());
            assert_eq!(found.first().map(Defect::kind), defect, "{}", value.escape_ascii());
        }
    }

    #[test]
    fn identity_borrows() {
        for encoding in [TransferEncoding::SevenBit, TransferEncoding::Unknown] {
            assert!(matches!(encoding.decode(b"a=20b"), Cow::Borrowed(b"a=20b")));
            assert!(encoding.is_identity());
        }
        let mut out = b"x".to_vec();
        TransferEncoding::QuotedPrintable.decode_into(b"a=20b", &mut out, &mut ());
        TransferEncoding::Base64.decode_into(b"YQ==", &mut out, &mut ());
        TransferEncoding::Binary.decode_into(b"\0", &mut out, &mut ());
        assert_eq!(out, b"xa ba\0");
    }
}
