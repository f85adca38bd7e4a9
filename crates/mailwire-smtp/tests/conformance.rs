//! The vectors, each whole, octet by octet, and cut at every place.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may")]

#[path = "conformance/command.rs"]
mod command;
#[path = "conformance/reply.rs"]
mod reply;
