#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base64;
pub mod capability;
pub mod client;
pub mod command;
pub mod config;
pub mod data;
pub mod defect;
pub mod envelope;
pub mod error;
pub mod leniency;
pub mod limits;
pub mod proxy;
pub mod reader;
pub mod reply;
pub mod retry;
mod scan;
pub mod server;
pub mod state;
pub mod trace;

pub use capability::{Capabilities, Capability, Keyword};
pub use client::Client;
pub use command::{
    Attribute, AttributeValue, Attributes, Auth, Base64, Bdat, Body, By, ByMode, Chunk, Command, CommandText,
    Envid, EsmtpValue, HoldFor, Host, InvalidParameter, Mail, Mechanism, MtPriority, Notify, Orcpt,
    Parameter, Parameters, Rcpt, Ret, Rrvs, RrvsAction, SaslLine, Unknown, Word, Xtext,
};
pub use config::{ClientConfig, ServerConfig};
pub use data::{ChunkWriter, DataItem, DataReader, DataWriter, Strays};
pub use defect::SmtpDefect;
pub use envelope::{Envelope, Recipient};
pub use error::PeerError;
pub use leniency::Leniency;
pub use limits::Limits;
pub use reader::{CommandItem, CommandReader, ReplyReader};
pub use reply::{Answer, Code, EnhancedCode, Reply, ReplyBuf, ReplyText, ServerName};
pub use retry::RetryPolicy;
pub use server::{Server, ServerEvent};
pub use state::{Protocol, Security};
pub use trace::{Stamp, Transmission};
