//! The digests that SCRAM comes with.

use crate::hash::hmac;
use alloc::vec;
use alloc::vec::Vec;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The digest in a mechanism's name.
///
/// ```
/// assert_eq!(mailwire_sasl::scram::Hash::Sha256.octets(), 32);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-1 (RFC 5802).
    Sha1,
    /// SHA-256 (RFC 7677).
    Sha256,
}

impl Hash {
    /// How many octets a digest, a key and a signature have.
    pub fn octets(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    pub(super) fn digest(self, octets: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(octets).to_vec(),
            Self::Sha256 => Sha256::digest(octets).to_vec(),
        }
    }

    pub(super) fn hmac(self, key: &[u8], pieces: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => hmac::<Sha1>(key, pieces),
            Self::Sha256 => hmac::<Sha256>(key, pieces),
        }
    }

    pub(super) fn salted(self, password: &[u8], salt: &[u8], iterations: u32) -> Vec<u8> {
        let mut out = vec![0; self.octets()];
        match self {
            Self::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, iterations, &mut out),
            Self::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut out),
        }
        out
    }
}
