//! Policy: what the caller decides before a session begins.

mod client;
mod server;

pub use client::ClientConfig;
pub use server::ServerConfig;
