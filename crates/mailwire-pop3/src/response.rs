//! What a server says: a status line, and what may follow it.
//!
//! Grammar: [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3), [RFC 2449
//! §3](https://www.rfc-editor.org/rfc/rfc2449#section-3). What follows a status line depends on the command ([`Answer`]), so a
//! stream of responses can be read only by who knows the commands: see
//! [`ResponseReader`](crate::reader::ResponseReader).

mod apop;
mod code;
mod listing;
mod status;
mod values;

pub use apop::ApopChallenge;
pub use code::ResponseCode;
pub use listing::{Entry, Listing, ListingLine};
pub use status::{Indicator, Status};
pub use values::{DropListing, LanguageListing, ScanListing, UniqueId, UniqueIdListing};

use crate::line::content;
use crate::sasl::Challenge;
use crate::{Leniency, Pop3Defect};
use alloc::vec::Vec;
use mailwire_core::{LineText, ParseError, Sink, Tally, frame};

/// One line of a response, or the end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Response<'a> {
    /// `+OK` or `-ERR`.
    Status(Status<'a>),
    /// `+ ` and a challenge: the exchange goes on.
    Challenge(Challenge<'a>),
    /// A line of a listing.
    Line(ListingLine<'a>),
    /// The dot that ends a listing.
    EndOfListing,
    /// The dot that ends a message, and what the message was. Places of strays count in octets of the wire from the first of
    /// the message.
    EndOfMessage(Tally),
}

/// What a positive response looks like. A negative one is always a single line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Answer {
    /// A status line.
    Status,
    /// Challenges, as many as the mechanism wants, and a status line (RFC 5034 §4).
    Exchange,
    /// A status line, a line for each entry, and a dot.
    Listing(Listing),
    /// A status line, a message, and a dot.
    Message,
}

impl<'a> Response<'a> {
    /// Reads the first line of a response, with or without its CRLF; inside of an exchange, each line is a first one.
    ///
    /// # Errors
    ///
    /// If it begins with no status indicator, or at an octet that no line can hold.
    pub fn parse_first(
        line: &'a [u8],
        answer: Answer,
        leniency: &Leniency,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Self, ParseError> {
        let is_challenge = matches!(line, [b'+', b' ' | b'\t' | b'\r' | b'\n', ..] | b"+");
        if answer != Answer::Exchange || !is_challenge {
            return Status::parse_with(line, leniency, sink).map(Self::Status);
        }
        let text = content(line, *leniency, sink).get(1..).unwrap_or_default();
        let text = match text {
            [b' ', text @ ..] => text,
            [b'\t', text @ ..] => {
                sink.report(Pop3Defect::OddBlank, 1..2);
                text
            }
            _ => {
                sink.report(Pop3Defect::NoBlank, 1..1);
                text
            }
        };
        let text = LineText::new(text).map_err(|error| error.shifted(line_prefix(line)))?;
        Ok(Self::Challenge(Challenge::read(text.as_bytes())))
    }

    /// Reads a further line, with or without its CRLF.
    ///
    /// # Errors
    ///
    /// At an octet that no line can hold. Whether the line is a good entry is for [`ListingLine::entry`] to say.
    pub fn parse_listed(
        line: &'a [u8],
        listing: Listing,
        leniency: &Leniency,
        sink: &mut impl Sink<Pop3Defect>,
    ) -> Result<Self, ParseError> {
        match content(line, *leniency, sink) {
            b"." => Ok(Self::EndOfListing),
            text => ListingLine::unstuffed(text, listing).map(Self::Line),
        }
    }

    /// Writes the line, its CRLF included. What a dot ends has to have begun.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Status(status) => status.encode(out),
            Self::Challenge(challenge) => challenge.encode(out),
            Self::Line(line) => line.encode(out),
            Self::EndOfListing | Self::EndOfMessage(_) => out.extend_from_slice(b".\r\n"),
        }
    }
}

/// How much of a challenge's line is in front of its text.
fn line_prefix(line: &[u8]) -> usize {
    if matches!(line, [_, b' ' | b'\t', ..]) { 2 } else { 1 }
}

impl frame::Value for Response<'_> {
    type Defect = Pop3Defect;

    fn open(raw: &[u8], value: Option<&Self>) -> usize {
        match value {
            Some(Response::Challenge(_)) => 1,
            Some(_) => raw.len(),
            None if Indicator::of(raw).is_some() => raw.len(),
            // It may be a challenge that has lost its front.
            None => 0,
        }
    }
}
