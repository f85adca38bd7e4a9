//! The vectors of `data/`, each read whole, an octet a call, and cut at every position.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "conformance/reply.rs"]
mod reply;
