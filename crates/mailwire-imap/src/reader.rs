//! Cuts streams into commands and responses.
//!
//! The readers know no session. They know literals, since those hide line ends: a frame is one line, or several with the
//! literals between them, and its octets are contiguous. A body over [`Limits::inline`](crate::Limits::inline) streams: the
//! frame comes as pieces, each of them ends where a body begins, and the body comes as chunks between them.

pub(crate) mod announce;
mod command;
mod offer;
pub(crate) mod quote;
mod response;

pub use command::{CommandItem, CommandReader};
pub use offer::{Handling, Offer};
pub use response::{ResponseItem, ResponseReader};

/// Octets that a limit of a line can't be below.
const LEAST: usize = 16;

const SIZE: &str = "the size of a literal";
