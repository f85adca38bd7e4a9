//! What is over a limit costs its limit and one error, not the memory.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "limits/reply.rs"]
mod reply;
