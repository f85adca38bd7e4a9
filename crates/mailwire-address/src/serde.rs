//! Owned values as strings (feature `serde`).

use crate::{Address, DisplayName, NamedAddress};
use alloc::borrow::Cow;
use alloc::string::ToString;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Whatever an address can hold comes back, that of a [`verbatim`](Address::verbatim) one too.
impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text)
            .or_else(|error| Self::kept(&text).ok_or(error))
            .or_else(|error| Self::verbatim(&text).map_err(|_| error))
            .map_err(Error::custom)
    }
}

impl Serialize for DisplayName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DisplayName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::new(&text).map_err(Error::custom)
    }
}

/// As it stands in a header, in UTF-8; what stands in one without being strict comes back if it was written by us.
impl Serialize for NamedAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for NamedAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().or_else(|error| Self::written(&text).ok_or(error)).map_err(Error::custom)
    }
}
