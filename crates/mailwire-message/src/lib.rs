#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod body;
mod boundary;
mod defect;
mod examine;
pub mod header;
mod html;
mod index;
mod leniency;
mod limits;
mod message;
mod parser;
mod part;
mod rules;
pub mod value;

pub use defect::{MessageDefect, StructureDefect};
pub use examine::Policy;
pub use header::{Field, FieldName, Headers};
pub use html::{html_charset, html_to_text, html_to_text_into, text_to_html};
pub use index::{AttachError, Index, PartKind};
pub use leniency::{Leniency, NoColon, Repeated};
pub use limits::Limits;
pub use message::{Message, OwnedMessage};
pub use parser::Parser;
pub use part::{Children, Part, Walk};
