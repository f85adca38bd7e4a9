//! Whole sessions of the server, as committed transcripts: what the client says, and what it is told.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may"
)]

#[path = "conversation/attacks.rs"]
mod attacks;
#[path = "conversation/auth.rs"]
mod auth;
#[path = "conversation/chaos.rs"]
mod chaos;
#[path = "conversation/proxy.rs"]
mod proxy;
#[path = "conversation/script.rs"]
mod script;
#[path = "conversation/transcripts.rs"]
mod transcripts;
#[path = "conversation/usage.rs"]
mod usage;
