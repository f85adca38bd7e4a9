#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod base64;
pub mod charset;
mod defect;
pub mod encoded_word;
pub mod ext_value;
pub mod quoted_printable;
mod text;
pub mod transfer;
pub mod uuencode;

pub use charset::Charset;
pub use defect::EncodingDefect;
pub use text::Text;
pub use transfer::TransferEncoding;
