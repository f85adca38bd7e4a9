//! The client's side of a session: transcripts, each run whole, octet by octet, and split everywhere.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may"
)]

extern crate alloc;

#[path = "client/auth.rs"]
mod auth;
#[path = "client/body.rs"]
mod body;
#[path = "client/chaos.rs"]
mod chaos;
#[path = "client/driven.rs"]
mod driven;
#[path = "client/ending.rs"]
mod ending;
#[cfg(feature = "message")]
#[path = "client/envelope.rs"]
mod envelope;
#[path = "client/greeting.rs"]
mod greeting;
#[path = "client/hostile.rs"]
mod hostile;
#[path = "client/lmtp.rs"]
mod lmtp;
#[path = "client/mail.rs"]
mod mail;
#[path = "client/model.rs"]
mod model;
#[path = "client/offers.rs"]
mod offers;
#[path = "client/order.rs"]
mod order;
#[path = "client/retry.rs"]
mod retry;
#[path = "client/script.rs"]
mod script;
#[path = "client/tls.rs"]
mod tls;
