#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod addr_spec;
pub mod address;
mod angle;
mod clean;
mod closer;
pub mod comment;
mod compose;
pub mod defect;
pub mod dialect;
pub mod domain;
mod encoded_word;
mod expected;
mod found;
#[cfg(feature = "idna")]
#[cfg_attr(docsrs, doc(cfg(feature = "idna")))]
pub mod idna;
mod item;
pub mod key;
mod kind;
pub mod list;
mod literal;
pub mod local_part;
pub mod mailbox;
pub mod mailto;
pub mod named;
#[cfg(feature = "nfc")]
mod nfc;
pub mod path;
pub mod phrase;
mod read;
mod scan;
#[cfg(feature = "serde")]
mod serde;
mod text;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod window;

pub use addr_spec::{AddrSpec, is_html5_email};
pub use address::Address;
pub use comment::Comment;
pub use compose::Form;
pub use defect::{AddressDefect, Defects};
pub use dialect::{Allow, Dialect};
pub use domain::{Domain, DomainLiteral, DomainName};
#[cfg(feature = "idna")]
pub use idna::IdnaError;
pub use key::{AddressKey, KeyPolicy};
pub use list::{Addresses, Item, addresses, mailboxes};
pub use local_part::LocalPart;
pub use mailbox::Mailbox;
pub use mailto::Mailto;
pub use named::{AddressList, DisplayName, Entry, Group, NamedAddress};
pub use path::{ForwardPath, Path, ReversePath};
pub use phrase::Phrase;
