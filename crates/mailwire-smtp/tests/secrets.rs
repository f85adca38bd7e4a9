//! No log has a secret in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "secrets/reply.rs"]
mod reply;
