//! The index: its byte form, or that in base64.

use crate::index::Index;
use alloc::vec::Vec;
use core::fmt;
use mailwire_encoding::{EncodingDefect, base64};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The [byte form](Index::encode): as bytes, or as a string of base64 in formats for people.
impl Serialize for Index {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.to_bytes();
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&bytes);
        }
        let mut digits = Vec::new();
        base64::encode_flat_into(&bytes, &mut digits);
        serializer.serialize_str(core::str::from_utf8(&digits).unwrap_or_default())
    }
}

/// As [`Index::from_bytes`]; nothing is believed before it is attached.
impl<'de> Deserialize<'de> for Index {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Stored)
        } else {
            deserializer.deserialize_bytes(Stored)
        }
    }
}

struct Stored;

impl Visitor<'_> for Stored {
    type Value = Index;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of an index, or their base64")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Index, E> {
        Index::from_bytes(bytes).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Index, E> {
        let mut bytes = Vec::new();
        let mut flawed = false;
        base64::decode_into(digits.as_bytes(), &mut bytes, &mut |_: EncodingDefect, _| flawed = true);
        if flawed {
            return Err(E::invalid_value(Unexpected::Str("what is no base64"), &self));
        }
        self.visit_bytes(&bytes)
    }
}
