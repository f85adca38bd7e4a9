//! Cuts streams into commands and responses.
//!
//! The readers know no session. A stream of commands is only lines, but for those of a SASL exchange, which the caller
//! announces. A stream of responses can't be cut without the commands: the caller says before each response what was asked.

mod command;
mod response;

pub use command::CommandReader;
pub use response::{ResponseItem, ResponseReader};

/// Octets that a limit of a line can't be below.
const LEAST: usize = 16;
