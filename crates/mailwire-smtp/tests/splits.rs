//! Any cut gives the same items, and they are those of a reader that looks at each octet by itself.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may")]

#[path = "splits/command.rs"]
mod command;
#[path = "splits/reply.rs"]
mod reply;
