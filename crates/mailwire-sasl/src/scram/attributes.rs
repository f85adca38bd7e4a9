//! `r=…,s=…,i=…`: what the messages are made of (RFC 5802 §7).

use crate::SaslError;
use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What is left of a message.
pub(super) struct Attributes<'a>(Option<&'a str>);

impl<'a> Attributes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(Some(text))
    }

    /// The value of the next attribute, which has to be this one.
    pub(super) fn take(&mut self, name: char, wanted: &'static str) -> Result<&'a str, SaslError> {
        self.next()?
            .filter(|&(found, _)| found == name)
            .map(|(_, value)| value)
            .ok_or(SaslError::Malformed(wanted))
    }

    /// What is behind has to be extensions: they are skipped. `m` is none, and is refused where it should stand by `take`.
    pub(super) fn finish(mut self) -> Result<(), SaslError> {
        while let Some((name, _)) = self.next()? {
            if name == 'm' {
                return Err(SaslError::Malformed("no extension that must be understood"));
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<(char, &'a str)>, SaslError> {
        const WANTED: SaslError = SaslError::Malformed("an attribute with its value");
        let Some(text) = self.0 else { return Ok(None) };
        let (attribute, rest) =
            text.split_once(',').map_or((text, None), |(attribute, rest)| (attribute, Some(rest)));
        self.0 = rest;
        let (name, value) = attribute.split_once('=').ok_or(WANTED)?;
        let mut chars = name.chars();
        let name = chars.next().filter(char::is_ascii_alphabetic).ok_or(WANTED)?;
        if chars.next().is_some() || value.is_empty() || value.contains('\0') {
            return Err(WANTED);
        }
        Ok(Some((name, value)))
    }
}

/// `1*printable`: printable ASCII without the comma.
pub(super) fn is_nonce(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
}

/// `posit-number`, as far as it is one that anybody would work through.
pub(super) fn iterations(text: &str) -> Result<u32, SaslError> {
    if text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SaslError::Malformed("a number of iterations"));
    }
    text.parse().map_err(|_| SaslError::Iterations)
}

pub(super) fn encode(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Only what `encode` writes: padded, without blanks, the last bits zero. So each value has one form.
pub(super) fn decode(text: &str, wanted: &'static str) -> Result<Vec<u8>, SaslError> {
    STANDARD.decode(text).map_err(|_| SaslError::Malformed(wanted))
}

/// The message as text.
pub(super) fn text(message: &[u8]) -> Result<&str, SaslError> {
    core::str::from_utf8(message).map_err(|_| SaslError::Malformed("UTF-8"))
}
