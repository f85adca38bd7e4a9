//! SASL's messages on the wire (RFC 4954 §4).

use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

pub(crate) fn encode(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The same of a server, which is forgiven a missing padding.
pub(crate) fn decode_challenge(text: &[u8]) -> Option<Vec<u8>> {
    UNPADDED.decode(text).ok()
}

const UNPADDED: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
