//! The typed values of header fields: dates, message identifiers, content types, dispositions, text.
//!
//! Every value is read from the raw bytes of a field's value: what stands behind the colon, folds inside, with or
//! without the final line end. Reading is lenient: it goes on wherever the format lets one go on, and each repair is
//! reported to a [`Sink`](mailwire_core::Sink) of [`ValueDefect`] by the functions named `…_with`; their short
//! forms forget it. Ranges count in bytes from the start of the value.

pub mod date;

mod content_type;
mod defect;
mod disposition;
mod filename;
mod message_id;
#[cfg(feature = "mime")]
mod mime;
mod parameter;
mod parameter_value;
mod parameters;
mod plain;
mod safe_file_name;
mod scan;

pub use content_type::ContentType;
pub(crate) use content_type::Structure;
pub use defect::ValueDefect;
pub use disposition::{Disposition, DispositionKind};
pub use filename::FileNames;
pub use message_id::{MessageId, MessageIds};
pub use parameter::Parameter;
pub use parameter_value::ParameterValue;
pub use parameters::Parameters;
pub(crate) use safe_file_name::NAMELESS;
pub use safe_file_name::safe_file_name;
