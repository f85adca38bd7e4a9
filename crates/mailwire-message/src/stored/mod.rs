//! The byte form of an index: what is written beside a mail, and read again later or elsewhere.
//!
//! ```text
//! index    = "mwi" version length more-defects
//!            part-count *part defect-count *defect
//! part     = shape [up] start [delimiter] field-count *field body
//!            [content-type encoding] [size] [tail epilogue]
//! field    = name size                          a known name, right behind the field before
//!          / %d254 shape-of-name size           another name
//!          / %d255 gap shape-of-name gap size   something stands before it, or between name and colon
//! shape-of-name = length first last             first and last byte, in lower case
//! defect   = kind start size
//! ```
//!
//! `version`, `shape`, `name`, `first`, `last` and `kind` are bytes; all else are numbers of seven bits a byte, the low ones first, the
//! eighth bit set in all but the last, no byte more than needed. Positions are differences to what stands before, modulo 2³².
//! Parts come in the order of the bytes; `shape` says what is as it nearly always is, and then is not written.
//!
//! Version 1 has the names and the kinds of defects in [`names`] and [`kinds`], in that order. One more of either is
//! another version: somebody who knows only the one before could not read it.

mod kinds;
mod names;
mod reader;
mod writer;

use crate::index::Index;
use alloc::vec::Vec;
use core::fmt;
use reader::Reader;

impl Index {
    /// Appends the byte form of the index: compact, the same for every machine, and of a version that is written in it.
    ///
    /// About two bytes a header field and seven a part, where the index in memory has 16 and 56.
    ///
    /// # Examples
    ///
    /// Read a mail once, store its index beside it, and open both later without reading the mail again:
    ///
    /// ```
    /// use mailwire_message::{Index, Parser};
    ///
    /// let mail = b"Subject: kept\r\nContent-Type: text/plain\r\n\r\nHello\r\n";
    /// let mut stored = Vec::new();
    /// Parser::new().index(mail).encode(&mut stored);
    /// assert!(stored.len() < 20);
    ///
    /// // Later. What was stored may be damaged or belong to another mail: both are found out.
    /// let parser = Parser::new();
    /// let index = Index::from_bytes(&stored).unwrap_or_else(|_| parser.index(mail));
    /// let message = index.attach(mail).unwrap_or_else(|_| parser.parse(mail));
    /// assert_eq!(message.subject().as_deref(), Some("kept"));
    /// ```
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        writer::index(self, out);
    }

    /// The byte form by itself; see [`encode`](Self::encode).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode(&mut out);
        out
    }

    /// Reads the byte form of an index. What is in it is believed only when it is [attached](Self::attach).
    ///
    /// The index takes at most 32 times the memory of its bytes, whatever they say.
    ///
    /// # Errors
    ///
    /// When the bytes are none that [`encode`](Self::encode) writes, or of a version that is not known here: then the
    /// mail has to be read again.
    ///
    /// ```
    /// use mailwire_message::{Index, IndexError};
    ///
    /// let newer = b"mwi\xff the future";
    /// assert_eq!(Index::from_bytes(newer).unwrap_err(), IndexError::Version(255));
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        let (version, rest) =
            bytes.strip_prefix(MAGIC).and_then(<[u8]>::split_first).ok_or(IndexError::NotAnIndex)?;
        if *version != VERSION {
            return Err(IndexError::Version(*version));
        }
        let mut reader = Reader::new(rest);
        let index = reader.index().filter(|_| reader.rest().is_empty());
        index.ok_or(IndexError::Damaged { at: bytes.len() - reader.rest().len() })
    }
}

/// Bytes that are no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexError {
    /// They don't begin as an index does.
    NotAnIndex,
    /// An index of a version that is not known here.
    Version(u8),
    /// They are cut off, go on behind the end, or say what can't be.
    #[non_exhaustive]
    Damaged {
        /// How many bytes could be read.
        at: usize,
    },
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnIndex => f.write_str("the bytes are no index"),
            Self::Version(version) => write!(f, "version {version} of an index is not known"),
            Self::Damaged { at } => write!(f, "the index is damaged or cut off at byte {at}"),
        }
    }
}

impl core::error::Error for IndexError {}

const MAGIC: &[u8] = b"mwi";
const VERSION: u8 = 1;

/// What the byte `shape` says about a part.
mod shape {
    /// The kind of the part: 0 leaf, 1 multipart, 2 digest, 3 message.
    pub(super) const KIND: u8 = 3;
    /// How many levels up from the part before the parent is: 0, 1, 2; or 3, and `up` says how many.
    pub(super) const UP: u8 = 3 << 2;
    pub(super) const UP_SHIFT: u8 = 2;
    /// The delimiter does not begin where the part before ends, and `delimiter` says how long it is.
    pub(super) const DELIMITER: u8 = 1 << 4;
    /// The fields that count are not the first of their names, and `content-type` and `encoding` say which.
    pub(super) const CHOSEN: u8 = 1 << 5;
    /// The part does not end where its parent does, and `size` says how long its body is.
    pub(super) const SIZE: u8 = 1 << 6;
    /// A closed multipart: `tail` stands between its last part and its epilogue, both count back from the end.
    pub(super) const CLOSED: u8 = 1 << 7;
}

/// In place of the code of a name: a name that has none.
const OTHER_NAME: u8 = 254;
/// The same, and there are gaps before the name or behind it.
const ODD_NAME: u8 = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_to_do_about_them() {
        let error = |bytes: &[u8]| alloc::string::ToString::to_string(&Index::from_bytes(bytes).unwrap_err());
        assert_eq!(error(b"From: a"), "the bytes are no index");
        assert_eq!(error(b"mwi"), "the bytes are no index");
        assert_eq!(error(b"mwi\x02"), "version 2 of an index is not known");
        assert_eq!(error(b"mwi\x01\0\0\0"), "the index is damaged or cut off at byte 7");
        assert_eq!(error(b"mwi\x01\0\0\0\0x"), "the index is damaged or cut off at byte 8");
    }
}
