#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod binding;
mod choose;
pub mod client;
#[cfg(feature = "cram-md5")]
mod cram_md5;
mod credentials;
mod error;
mod gs2;
#[cfg(any(feature = "scram", feature = "cram-md5"))]
mod hash;
mod kind;
mod limits;
mod mechanism;
mod message;
#[cfg(feature = "saslprep")]
mod prepare;
#[cfg(feature = "scram")]
#[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
pub mod scram;
pub mod server;
mod text;
mod wire;

pub use binding::ChannelBinding;
pub use choose::{Channel, choose};
pub use client::{Client, ClientStep};
pub use credentials::Credentials;
pub use error::SaslError;
pub use limits::Limits;
pub use mechanism::Mechanism;
pub use message::Message;
#[cfg(feature = "saslprep")]
#[cfg_attr(docsrs, doc(cfg(feature = "saslprep")))]
pub use prepare::saslprep;
pub use server::{Config, Server, ServerStep};
pub use wire::{Base64, SaslLine};
