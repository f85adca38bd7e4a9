//! What is written says what was meant: parse∘encode is the identity on generated values.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may")]

#[path = "roundtrip/command.rs"]
mod command;
#[path = "roundtrip/reply.rs"]
mod reply;
#[path = "roundtrip/trace.rs"]
mod trace;
