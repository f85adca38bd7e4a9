#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod bodies;
mod body;
mod body_text;
mod boundary;
mod defect;
mod examine;
pub mod flowed;
pub mod header;
mod html;
mod index;
mod leniency;
mod limits;
pub mod mbox;
mod message;
mod parser;
mod part;
mod preview;
mod related;
mod rules;
mod run;
mod section;
#[cfg(feature = "serde")]
pub mod serialize;
mod size;
mod sound;
mod stored;
pub mod summary;
pub mod value;
mod whole;

pub use bodies::Bodies;
pub use defect::{FormatDefect, MessageDefect, StructureDefect};
pub use examine::Policy;
pub use header::{ArcSet, Field, FieldName, Headers, Resent, ThreadIds};
pub use html::{html_charset, html_to_text, html_to_text_into, text_to_html};
pub use index::{AttachError, Index, PartKind};
pub use leniency::{Leniency, NoColon, Repeated};
pub use limits::Limits;
pub use message::{Message, OwnedMessage};
pub use parser::Parser;
pub use part::{Children, Part, Walk};
pub use section::{Place, Section, SectionNames, SectionText};
pub use stored::IndexError;
pub use summary::Summary;
