//! What is over a limit meets its error, not the memory.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may")]

#[path = "limits/command.rs"]
mod command;
#[path = "limits/reply.rs"]
mod reply;
