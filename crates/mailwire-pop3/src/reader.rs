//! Cuts streams into commands and responses.
//!
//! The readers know no session. A stream of commands is only lines, but for those of a SASL exchange, which the caller
//! announces. A stream of responses can't be cut without the commands: the caller says before each response what was asked.

mod command;
mod response;

pub use command::CommandReader;
pub use response::{Item, ResponseReader};

use crate::Leniency;
use crate::leniency::BareLf;
use mailwire_core::frame::LineEnd;

/// Octets that a limit of a line can't be below.
const LEAST: usize = 16;

fn line_end(leniency: Leniency) -> LineEnd {
    match leniency.bare_lf {
        BareLf::Refuse => LineEnd::CrLf,
        BareLf::EndsLine => LineEnd::CrLfOrLf,
    }
}
