//! Policy: what the caller decides before a session begins.

mod client;
mod extensions;
mod server;

pub use client::ClientConfig;
pub use extensions::Extensions;
pub use server::{Authentication, PipelineSync, Plaintext, ProxyHeader, ServerConfig, StartTls};
