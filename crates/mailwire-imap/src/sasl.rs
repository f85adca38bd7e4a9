//! What a client says in a SASL exchange.
//!
//! Grammar: `base64` of RFC 9051 §9. What is in it is the business of the mechanism.

pub use mailwire_sasl::{Base64, SaslLine};

use crate::ImapDefect;
use crate::cursor::{Cursor, Failed};

/// Base64 up to the end of the text; its padding may be missing altogether.
pub(crate) fn base64<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Base64<'a>, Failed> {
    let (start, text) = (cursor.at, cursor.rest());
    let blanks = text.iter().rev().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
    let text = text.get(..text.len() - blanks).unwrap_or_default();
    let (base64, padded) = match Base64::new(text) {
        Ok(base64) => (base64, true),
        Err(error) => match Base64::unpadded(text) {
            Ok(base64) => (base64, false),
            Err(_) => return Err(cursor.failed(error.shifted(start))),
        },
    };
    cursor.at += text.len();
    if !padded {
        let at = cursor.at;
        cursor.report(ImapDefect::MissingPadding, at);
    }
    cursor.no_blanks();
    Ok(base64)
}

/// A line of the client.
pub(crate) fn line<'a>(cursor: &mut Cursor<'a, '_>) -> Result<SaslLine<'a>, Failed> {
    if cursor.rest() == b"*" {
        cursor.at += 1;
        return Ok(SaslLine::Cancel);
    }
    base64(cursor).map(SaslLine::Response)
}
