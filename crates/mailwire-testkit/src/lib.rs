//! What the tests, benches and fuzz targets of the family share. Never published, and never a dependency of
//! what is: the crates name it as a dev-dependency without a version and use it from their `tests/`.
//!
//! * [`vectors`]: test cases as data, one format for all crates;
//! * [`generate`]: hostile inputs of any size, each made to cost a careless reader more than it should;
//! * [`mail`]: the mails of every day, made up, the same on every run;
//! * [`invariants`]: what must hold for any bytes, for proptest, for cargo-fuzz and for the seeds;
//! * [`body_lists`]: those of a message, by the book;
//! * [`feed`] and [`twins`]: streams in pieces, and slow readers to compare the fast ones with;
//! * [`strategies`]: random headers and mails for property tests;
//! * [`sasl`]: both sides of an authentication, with somebody in the middle;
//! * [`stack`]: little of it, against recursion;
//! * [`shared`] and [`corpus`]: real mail, where a folder of it lies beside the repository.

pub mod body_lists;
#[cfg(feature = "corpus")]
pub mod corpus;
pub mod feed;
pub mod generate;
pub mod invariants;
pub mod json;
pub mod mail;
pub mod random;
pub mod sasl;
pub mod sentences;
pub mod shared;
pub mod stack;
#[cfg(feature = "strategies")]
pub mod strategies;
pub mod twins;
pub mod vectors;
