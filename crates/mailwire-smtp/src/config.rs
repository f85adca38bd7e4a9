//! Policy: what the caller decides before a session begins.

mod client;
mod extensions;
mod server;

pub use client::{Chunking, ClientConfig, PlaintextAuth, StartTlsPolicy, Timeouts};
pub use extensions::Extensions;
pub use server::{Authentication, PipelineSync, ProxyHeader, ServerConfig, StartTls};
