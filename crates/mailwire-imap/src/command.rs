//! What a client says.

use crate::IString;
use crate::out::Out;
use crate::raw::Raw;
pub use crate::tag::Tag;
use crate::{ImapDefect, Leniency};
use mailwire_core::{ParseError, Secret, Sink, frame};

/// What the next line of a client is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Expected {
    #[default]
    Command,
    Sasl,
    Done,
    /// What is behind a body that has streamed.
    Rest,
}
/// x
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Command<'a> {
    tag: Tag<'a>,
    body: Body<'a>,
}
/// x
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Body<'a> {
    /// x
    Login {
        /// x
        user: IString<'a>,
        /// x
        password: Secret<'a>,
    },
    /// x
    Unknown(Raw<'a>),
}
impl<'a> Command<'a> {
    /// x
    pub fn new(tag: Tag<'a>, body: Body<'a>) -> Self {
        Self { tag, body }
    }
    /// x
    pub fn encode(&self, out: &mut Out) {
        out.crlf()
    }
    pub(crate) fn open_piece(
        raw: &'a [u8],
        expected: Expected,
        streams: Option<u64>,
        depth: u8,
        leniency: &Leniency,
        sink: &mut dyn Sink<ImapDefect>,
    ) -> Result<Self, ParseError> {
        let _ = (expected, streams, depth, leniency, sink);
        Ok(Self { tag: Tag::NONE, body: Body::Unknown(Raw::kept(raw)) })
    }
}
impl frame::Value for Command<'_> {
    type Defect = ImapDefect;
    fn open(_: &[u8], _: Option<&Self>) -> usize {
        0
    }
}
pub(crate) fn announces_message(head: &[u8], expected: Expected) -> bool {
    let _ = (head, expected);
    false
}
