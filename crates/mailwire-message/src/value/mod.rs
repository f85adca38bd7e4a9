//! The typed values of header fields: dates, message identifiers, content types, dispositions, text.
//!
//! Every value is read from the raw bytes of a field's value: what stands behind the colon, folds inside, with or
//! without the final line end. Reading is lenient: it goes on wherever the format lets one go on, and each repair is
//! reported to a [`Sink`](mailwire_core::Sink) of [`ValueDefect`] by the functions named `…_with`; their short
//! forms forget it. Ranges count in bytes from the start of the value.

pub mod date;

mod authentication_results;
mod auto_submitted;
mod base_subject;
mod content_type;
mod cursor;
mod defect;
mod disposition;
mod filename;
mod languages;
mod list_id;
mod list_post;
mod message_id;
#[cfg(feature = "mime")]
mod mime;
mod mime_version;
mod parameter;
mod parameter_value;
mod parameters;
mod plain;
mod priority;
mod property;
mod received;
mod received_spf;
mod return_path;
mod safe_file_name;
mod scan;
mod signature;
mod tag_list;
mod uri;
mod word;

pub use authentication_results::{
    AuthenticationResult, AuthenticationResults, MethodName, ResultName, Results,
};
pub use auto_submitted::{AutoSubmitted, SubmissionKeyword};
pub use base_subject::BaseSubject;
pub use content_type::ContentType;
pub(crate) use content_type::Structure;
pub use defect::ValueDefect;
pub use disposition::{Disposition, DispositionKind};
pub use filename::FileNames;
pub use languages::Languages;
pub use list_id::ListId;
pub use list_post::{ListPost, is_one_click, is_one_click_with};
pub use message_id::{MessageId, MessageIds};
pub use mime_version::MimeVersion;
pub use parameter::Parameter;
pub use parameter_value::ParameterValue;
pub use parameters::Parameters;
pub use priority::Priority;
pub use property::{Properties, Property};
pub use received::{Clause, Clauses, Protocol, Received, TlsInfo};
pub use received_spf::ReceivedSpf;
pub use return_path::ReturnPath;
pub(crate) use safe_file_name::NAMELESS;
pub use safe_file_name::safe_file_name;
pub(crate) use scan::range_in;
pub use signature::{ArcSeal, Canonicalization, DkimSignature};
pub use tag_list::{Tag, TagList};
pub use uri::{Uri, Uris};
