//! Encoded-words with characters in them that RFC 2047 §5 (3) has encoded.

use crate::scan::Scan;
use mailwire_core::Class;

/// The length of the encoded-word here, if it has a character in it that would end a word: a comma, a
/// colon, a semicolon or a bracket, as in `=?utf-8?Q?Re:_you?= <a@b.example>`.
///
/// Not if there is an `@`, a quotation mark or a parenthesis in it: then it may be an address, or hold part of another
/// token. And a colon makes a group if a semicolon follows anywhere behind it.
#[cold]
pub(crate) fn with_specials(scan: &mut Scan<'_>) -> Option<usize> {
    let bytes = scan.rest();
    let rest = bytes.strip_prefix(b"=?")?;
    let charset = Class::TOKEN.prefix_len(rest);
    let [b'?', b'q' | b'Q' | b'b' | b'B', b'?', text @ ..] = rest.split_at_checked(charset)?.1 else {
        return None;
    };
    let len = text.iter().position(|&byte| STOP.contains(byte) || b"?@\"()\\".contains(&byte))?;
    let (word, tail) = text.split_at_checked(len)?;
    let ends = match tail {
        [b'?', b'=', next @ ..] => {
            matches!(next, [] | [b' ' | b'\t' | b'\r' | b'\n' | b'<' | b',' | b'(', ..])
        }
        _ => false,
    };
    let special = word.iter().any(|byte| b",:;<>[]".contains(byte));
    let group = word.contains(&b':') && scan.semicolon_follows();
    (ends && special && !group).then(|| bytes.len() - tail.len() + 2)
}

const STOP: Class = Class::CRLF;
