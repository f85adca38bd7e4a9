//! What must hold for any bytes at all. Each is written once, here, and run by the fuzz targets, over their seeds by
//! `cargo test`, and over random and real mail by the tests of the crates.

mod addresses;
mod attach;
mod authentication;
mod encodings;
mod flowed;
mod handling;
mod html;
pub mod imap;
mod lists;
mod mbox;
mod message;
pub mod pop3;
mod sasl;
mod smtp_client;
mod smtp_command;
mod smtp_data;
mod smtp_pair;
mod smtp_reply;
mod smtp_server;
mod trace;
mod values;

pub use addresses::{addresses, dialects};
pub use attach::{attach, attach_input};
pub use authentication::{authentication_results, tag_list};
pub use encodings::{charsets, codecs, encoded_word, uuencode};
pub use flowed::flowed;
pub use handling::handling;
pub use html::html;
pub use imap::{imap_command, imap_response, imap_values};
pub use lists::lists;
pub use mbox::mbox;
pub use message::message;
pub use pop3::{pop3_command, pop3_response};
pub use sasl::sasl;
pub use smtp_client::smtp_client;
pub use smtp_command::smtp_command;
pub use smtp_data::smtp_data;
pub use smtp_pair::{smtp_mails, smtp_pair};
pub use smtp_reply::{smtp_capabilities, smtp_reply};
pub use smtp_server::smtp_server;
pub use trace::{received, return_path, subject};
pub use values::{dates, headers, parameters};

use std::ops::Range;

/// Must hold for any bytes; panics when it does not.
pub type Invariant = fn(&[u8]);

/// Every fuzz target: its name, and what it runs.
pub const TARGETS: &[(&str, Invariant)] = &[
    ("addresses", addresses),
    ("attach", attach),
    ("authentication_results", authentication_results),
    ("charsets", charsets),
    ("codecs", codecs),
    ("dates", dates),
    ("dialects", dialects),
    ("encoded_word", encoded_word),
    ("flowed", flowed),
    ("handling", handling),
    ("headers", headers),
    ("html", html),
    ("imap_command", imap_command),
    ("imap_response", imap_response),
    ("imap_values", imap_values),
    ("lists", lists),
    ("mbox", mbox),
    ("message", message),
    ("parameters", parameters),
    ("pop3_command", pop3_command),
    ("pop3_response", pop3_response),
    ("received", received),
    ("return_path", return_path),
    ("sasl", sasl),
    ("smtp_capabilities", smtp_capabilities),
    ("smtp_client", smtp_client),
    ("smtp_command", smtp_command),
    ("smtp_data", smtp_data),
    ("smtp_pair", smtp_pair),
    ("smtp_reply", smtp_reply),
    ("smtp_server", smtp_server),
    ("subject", subject),
    ("tag_list", tag_list),
    ("uuencode", uuencode),
];

/// A sink for defects that refuses ranges which are not in the input.
fn inside<K: std::fmt::Debug>(input: &[u8]) -> impl FnMut(K, Range<usize>) {
    let len = input.len();
    move |kind, range| assert!(range.start <= range.end && range.end <= len, "{kind:?} at {range:?} of {len}")
}
