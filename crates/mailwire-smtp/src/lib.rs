#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod defect;
pub mod leniency;
pub mod limits;

pub use defect::SmtpDefect;
pub use leniency::Leniency;
pub use limits::Limits;
