#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod class;
pub mod date;
pub mod defect;
pub mod dots;
pub mod error;
pub mod escape;
pub mod frame;
pub mod limits;
pub mod line_text;
pub mod machine;
pub mod secret;
#[doc(hidden)]
pub mod simd;
pub mod trace;

pub use class::Class;
pub use date::DateTime;
pub use defect::{Defect, DefectKind, Severity, Sink};
pub use dots::{Stuffer, Tally, Unstuffer};
pub use error::ParseError;
pub use escape::Escaped;
pub use frame::{Defects, Frame, FrameError, Framer};
pub use line_text::LineText;
pub use machine::{Buffered, Machine, Patience, Step, Upgrade, UsageError};
pub use secret::Secret;
pub use trace::Trace;
