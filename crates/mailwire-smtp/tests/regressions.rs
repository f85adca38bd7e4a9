//! One test a bug, named after what went wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

#[path = "regressions/reply.rs"]
mod reply;
