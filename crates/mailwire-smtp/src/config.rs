//! Policy: what the caller decides before a session begins.

mod client;
mod server;

pub use client::{Chunking, ClientConfig, PlaintextAuth, StartTlsPolicy, Timeouts};
pub use server::ServerConfig;
