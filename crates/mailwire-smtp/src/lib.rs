#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod capability;
pub mod command;
pub mod data;
pub mod defect;
pub mod leniency;
pub mod limits;
pub mod reader;
pub mod reply;
mod scan;
pub mod trace;

pub use capability::{Capabilities, Capability, Keyword};
pub use command::{
    Attribute, AttributeValue, Attributes, Auth, Base64, Bdat, Body, By, ByMode, Chunk, Command, CommandText,
    Envid, EsmtpValue, HoldFor, Host, InvalidParameter, Mail, Mechanism, MtPriority, Notify, Orcpt,
    Parameter, Parameters, Rcpt, Ret, Rrvs, RrvsAction, SaslLine, Unknown, Word, Xtext,
};
pub use data::{ChunkWriter, DataItem, DataReader, DataWriter, Strays};
pub use defect::SmtpDefect;
pub use leniency::Leniency;
pub use limits::Limits;
pub use reader::{CommandItem, CommandReader, ReplyReader};
pub use reply::{Answer, Code, EnhancedCode, Reply, ReplyBuf, ReplyText, ServerName};
pub use trace::{Stamp, Transmission};
