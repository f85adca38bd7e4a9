//! The digest of CRAM-MD5.

use alloc::string::String;

/// The password's digest with the challenge, in lower-case hexadecimal digits (RFC 2195 §2).
pub(crate) fn digest(password: &[u8], challenge: &[u8]) -> String {
    let mut out = String::new();
    for byte in crate::hash::hmac::<md5::Md5>(password, &[challenge]) {
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(digit.into(), 16));
        }
    }
    out
}
