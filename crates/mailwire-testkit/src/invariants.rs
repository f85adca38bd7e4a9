//! What must hold for any bytes at all. Each is written once, here, and run by the fuzz targets, over their seeds by
//! `cargo test`, and over random and real mail by the tests of the crates.

mod addresses;
mod encodings;
mod message;
mod values;

pub use addresses::{addresses, dialects};
pub use encodings::{charsets, codecs, encoded_word};
pub use message::message;
pub use values::{dates, headers, parameters};

use std::ops::Range;

/// Must hold for any bytes; panics when it does not.
pub type Invariant = fn(&[u8]);

/// Every fuzz target: its name, and what it runs.
pub const TARGETS: &[(&str, Invariant)] = &[
    ("addresses", addresses),
    ("charsets", charsets),
    ("codecs", codecs),
    ("dates", dates),
    ("dialects", dialects),
    ("encoded_word", encoded_word),
    ("headers", headers),
    ("message", message),
    ("parameters", parameters),
];

/// A sink for defects that refuses ranges which are not in the input.
fn inside<K: std::fmt::Debug>(input: &[u8]) -> impl FnMut(K, Range<usize>) {
    let len = input.len();
    move |kind, range| assert!(range.start <= range.end && range.end <= len, "{kind:?} at {range:?} of {len}")
}
