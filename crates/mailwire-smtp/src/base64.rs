//! SASL's messages on the wire (RFC 4954 §4).

use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(crate) fn encode(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
