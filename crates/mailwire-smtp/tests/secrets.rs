//! No secret is in a log: not in `Debug`, not in an error, not in what is redacted.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may")]

#[path = "secrets/command.rs"]
mod command;
#[path = "secrets/reply.rs"]
mod reply;
