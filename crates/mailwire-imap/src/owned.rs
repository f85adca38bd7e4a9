//! Commands and responses that outlive the buffer they came in.

use crate::command::{Body, Command, Expected};
use crate::fetch::{Fetch, Form, Place};
use crate::list::List;
use crate::out::Out;
use crate::response::{Response, Unknown};
use crate::{Leniency, Limits};
use alloc::vec::Vec;
use core::fmt;

/// A response on its own: what a [`Response`] becomes that has to be kept.
///
/// It holds octets and reads them again when it is asked: what is in a list was never read before it was walked anyway.
///
/// ```
/// use mailwire_imap::Response;
///
/// let kept = Response::parse(b"* 12 FETCH (FLAGS (\\Seen) UID 7)\r\n")?.into_owned();
/// assert!(matches!(kept.as_response(), Response::Fetch(fetch) if fetch.items().iter().count() == 2));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ResponseBuf {
    raw: Vec<u8>,
    depth: u8,
    /// For a piece of a FETCH: `raw` is its items.
    piece: Option<(u32, Form, Place)>,
}

impl Response<'_> {
    /// The response on its own. One allocation holds it.
    pub fn into_owned(self) -> ResponseBuf {
        let size = match self {
            Self::Fetch(fetch) => fetch.items().as_wire().len(),
            Self::Search(search) | Self::Sort(search) => search.numbers.as_wire().len(),
            Self::Esearch(esearch) => esearch.items.as_wire().len(),
            Self::Thread(threads) => threads.as_wire().len(),
            Self::Capability(list) | Self::Enabled(list) => list.as_wire().len(),
            Self::Vanished(set) | Self::VanishedEarlier(set) => set.as_bytes().len(),
            Self::Unknown(unknown) => unknown.as_bytes().len(),
            _ => ROOM,
        };
        let mut out = Out::kept(size + ROOM);
        let mut piece = None;
        match self {
            Self::Fetch(fetch) if fetch.place() != Place::Whole => {
                piece = Some((fetch.number(), fetch.form(), fetch.place()));
                fetch.write_items(&mut out);
            }
            _ => self.encode(&mut out),
        }
        ResponseBuf { depth: out.depth(), raw: out.into_bytes(), piece }
    }
}

/// For what is around a list.
const ROOM: usize = 96;

impl ResponseBuf {
    /// The response.
    pub fn as_response(&self) -> Response<'_> {
        if let Some((number, form, place)) = self.piece {
            let items = List::wire(&self.raw, self.depth.saturating_sub(1));
            return Response::Fetch(Fetch::piece(number, form, place, items));
        }
        let limits = Limits::DEFAULT.with_depth(self.depth);
        // What was written is read.
        Response::open_piece(&self.raw, None, None, &limits, Leniency::DEFAULT, &mut ())
            .unwrap_or(Response::Unknown(Unknown::kept(&self.raw)))
    }
}

impl From<Response<'_>> for ResponseBuf {
    fn from(response: Response<'_>) -> Self {
        response.into_owned()
    }
}

impl PartialEq for ResponseBuf {
    fn eq(&self, other: &Self) -> bool {
        self.as_response() == other.as_response()
    }
}

impl fmt::Debug for ResponseBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_response(), f)
    }
}

/// A command on its own: what a [`Command`] becomes that has to be kept. `Debug` shows as little as that of the command.
///
/// ```
/// use mailwire_imap::Command;
///
/// let kept = Command::parse(b"a1 SELECT INBOX\r\n")?.into_owned();
/// assert_eq!(kept.as_command(), Command::parse(b"a1 select inbox\r\n")?);
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone)]
pub struct CommandBuf {
    raw: Vec<u8>,
    depth: u8,
    expected: Expected,
    /// Whether it ends with the announcement of a message that streams.
    streams: bool,
}

impl Command<'_> {
    /// The command on its own. One allocation holds it, unless it is long.
    pub fn into_owned(self) -> CommandBuf {
        let size = match self.body() {
            Body::Fetch { set, .. }
            | Body::Store { set, .. }
            | Body::Copy { set, .. }
            | Body::Move { set, .. }
            | Body::UidExpunge(set) => set.as_bytes().len(),
            Body::Search { keys, .. } | Body::Sort { keys, .. } | Body::Thread { keys, .. } => {
                keys.as_wire().len()
            }
            Body::Append(append) | Body::Replace { append, .. } => append.messages.as_wire().len(),
            Body::Rest(messages) | Body::Utf8Rest(messages) => messages.as_wire().len(),
            Body::Unknown(unknown) => unknown.as_bytes().len(),
            _ => 0,
        };
        let mut out = Out::kept(size + 2 * ROOM);
        let streams = self.write(&mut out);
        let expected = match self.body() {
            Body::Sasl(_) => Expected::Sasl,
            Body::Done => Expected::Done,
            Body::Rest(_) | Body::Utf8Rest(_) => Expected::Rest,
            _ => Expected::Command,
        };
        CommandBuf { depth: out.depth(), raw: out.into_bytes(), expected, streams }
    }
}

impl CommandBuf {
    /// The command.
    pub fn as_command(&self) -> Command<'_> {
        let streams = self.streams.then_some(0);
        // What was written is read.
        Command::open_piece(&self.raw, self.expected, streams, self.depth, Leniency::DEFAULT, &mut ())
            .unwrap_or_else(|_| Command::unknown(&self.raw))
    }
}

impl From<Command<'_>> for CommandBuf {
    fn from(command: Command<'_>) -> Self {
        command.into_owned()
    }
}

impl PartialEq for CommandBuf {
    fn eq(&self, other: &Self) -> bool {
        self.as_command() == other.as_command()
    }
}

impl fmt::Debug for CommandBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_command(), f)
    }
}
