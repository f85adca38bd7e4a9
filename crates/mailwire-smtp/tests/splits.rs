//! However a stream is cut, and whatever happens to it, the readers see what their naive twins see.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "splits/reply.rs"]
mod reply;
