#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(inline)]
pub use mailwire_core as core;

#[cfg(feature = "encoding")]
#[cfg_attr(docsrs, doc(cfg(feature = "encoding")))]
#[doc(inline)]
pub use mailwire_encoding as encoding;

#[cfg(any(feature = "address", feature = "smtp"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "address", feature = "smtp"))))]
#[doc(inline)]
pub use mailwire_address as address;

#[cfg(feature = "message")]
#[cfg_attr(docsrs, doc(cfg(feature = "message")))]
#[doc(inline)]
pub use mailwire_message as message;

#[cfg(feature = "sasl")]
#[cfg_attr(docsrs, doc(cfg(feature = "sasl")))]
#[doc(inline)]
pub use mailwire_sasl as sasl;

#[cfg(feature = "smtp")]
#[cfg_attr(docsrs, doc(cfg(feature = "smtp")))]
#[doc(inline)]
pub use mailwire_smtp as smtp;

#[cfg(feature = "pop3")]
#[cfg_attr(docsrs, doc(cfg(feature = "pop3")))]
#[doc(inline)]
pub use mailwire_pop3 as pop3;

#[cfg(feature = "imap")]
#[cfg_attr(docsrs, doc(cfg(feature = "imap")))]
#[doc(inline)]
pub use mailwire_imap as imap;

/// The README of the repository: its snippets are compiled and run like every other example.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeDoctests;

/// How to come from other parsers; the same holds for its snippets.
#[cfg(doctest)]
#[doc = include_str!("../../../MIGRATING.md")]
struct MigratingDoctests;
