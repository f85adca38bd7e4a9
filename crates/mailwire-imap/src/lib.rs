#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod capability;
mod class;
pub mod command;
mod cursor;
pub mod date;
pub mod defect;
pub mod fetch;
pub mod flag;
pub mod leniency;
pub mod limits;
pub mod list;
pub mod mailbox;
pub mod objectid;
pub mod out;
mod owned;
mod plain;
pub mod raw;
pub mod reader;
pub mod response;
pub mod sasl;
pub mod set;
pub mod string;
mod tag;
mod word;

pub use capability::Capability;
pub use command::Command;
pub use defect::ImapDefect;
pub use leniency::Leniency;
pub use limits::Limits;
pub use list::List;
pub use mailwire_core::ParseError;
pub use owned::{CommandBuf, ResponseBuf};
pub use reader::{CommandItem, CommandReader, ResponseItem, ResponseReader};
pub use response::Response;
pub use string::IString;
