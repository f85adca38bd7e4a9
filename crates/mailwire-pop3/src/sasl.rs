//! What a SASL exchange is made of on the wire: mechanisms, and base64 that stays encoded.
//!
//! Grammar: [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5). What is in the base64 is the business of the
//! mechanism.

pub use mailwire_sasl::{Base64, Mechanism, SaslLine};

use crate::Pop3Defect;
use alloc::vec::Vec;
use mailwire_core::class::trim_end;
use mailwire_core::{ParseError, Secret, Sink};

/// What a server sends inside of a SASL exchange: `+ `, and a challenge in base64.
///
/// Grammar: `continue-req` of [RFC 5034 §5](https://www.rfc-editor.org/rfc/rfc5034#section-5). The challenge is read when it
/// is asked for: some servers write words for people instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Challenge<'a>(Secret<'a>);

impl<'a> Challenge<'a> {
    /// One of these octets.
    pub fn new(base64: Base64<'a>) -> Self {
        Self(Secret(base64.expose()))
    }

    pub(crate) fn read(text: &'a [u8]) -> Self {
        Self(Secret(text))
    }

    /// The challenge itself, still encoded.
    ///
    /// # Errors
    ///
    /// Where it is no base64, in octets of the [text](Self::secret).
    pub fn base64(self) -> Result<Base64<'a>, ParseError> {
        base64(trim_end(self.0.expose()), &mut ())
    }

    /// The text behind the plus sign and the space, whatever it is.
    pub fn secret(self) -> Secret<'a> {
        self.0
    }

    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"+ ");
        out.extend_from_slice(self.0.expose());
        out.extend_from_slice(b"\r\n");
    }
}

/// Base64 of a peer, whose padding may be missing altogether.
pub(crate) fn base64<'a>(text: &'a [u8], sink: &mut impl Sink<Pop3Defect>) -> Result<Base64<'a>, ParseError> {
    Base64::new(text).or_else(|error| {
        let unpadded = Base64::unpadded(text).map_err(|_| error)?;
        sink.report(Pop3Defect::MissingPadding, text.len()..text.len());
        Ok(unpadded)
    })
}
