//! What is written is read as what it was.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "roundtrip/reply.rs"]
mod reply;
#[path = "roundtrip/trace.rs"]
mod trace;
