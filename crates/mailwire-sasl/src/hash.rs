//! Keyed digests.

use alloc::vec::Vec;
use hmac::digest::common::Key;
use hmac::{EagerHash, Hmac, KeyInit, Mac};

/// HMAC of some octets, given in pieces, with a key of any length.
///
/// A key is put into a block here, since the constructor that takes slices returns a `Result` that is never an error.
pub(crate) fn hmac<D: EagerHash + hmac::digest::Digest>(key: &[u8], pieces: &[&[u8]]) -> Vec<u8> {
    let mut block = Key::<Hmac<D>>::default();
    if key.len() > block.len() {
        fill(&mut block, &D::digest(key));
    } else {
        fill(&mut block, key);
    }
    let mut mac = Hmac::<D>::new(&block);
    for piece in pieces {
        mac.update(piece);
    }
    mac.finalize().into_bytes().to_vec()
}

fn fill(block: &mut [u8], key: &[u8]) {
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_any_length_are_those_of_the_library() {
        for len in [0, 1, 63, 64, 65, 200] {
            let key = alloc::vec![7; len];
            #[cfg(feature = "scram")]
            {
                let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
                mac.update(b"abc");
                assert_eq!(
                    hmac::<sha2::Sha256>(&key, &[b"a", b"", b"bc"]),
                    mac.finalize().into_bytes().to_vec()
                );
            }
            #[cfg(feature = "cram-md5")]
            {
                let mut mac = Hmac::<md5::Md5>::new_from_slice(&key).unwrap();
                mac.update(b"abc");
                assert_eq!(hmac::<md5::Md5>(&key, &[b"a", b"", b"bc"]), mac.finalize().into_bytes().to_vec());
            }
        }
    }
}
