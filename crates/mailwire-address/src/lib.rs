#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod addr_spec;
mod angle;
mod clean;
pub mod comment;
pub mod defect;
pub mod domain;
mod item;
mod kind;
pub mod list;
pub mod local_part;
pub mod mailbox;
pub mod phrase;
mod scan;
mod text;

pub use addr_spec::AddrSpec;
pub use comment::Comment;
pub use defect::AddressDefect;
pub use domain::{Domain, DomainLiteral, DomainName};
pub use list::{Addresses, Item, addresses};
pub use local_part::LocalPart;
pub use mailbox::Mailbox;
pub use phrase::Phrase;
