#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod capability;
pub mod command;
pub mod data;
pub mod defect;
pub mod language;
pub mod leniency;
pub mod limits;
mod line;
pub mod reader;
pub mod response;
pub mod sasl;

pub use capability::Capability;
pub use command::Command;
pub use data::DataWriter;
pub use defect::Pop3Defect;
pub use leniency::Leniency;
pub use limits::Limits;
pub use reader::{CommandReader, ResponseItem, ResponseReader};
pub use response::{Response, ResponseCode, Status};
