//! Readers: from a stream of octets to frames, with no state of a session in them.
//!
//! ```
//! use mailwire_smtp::{Command, CommandReader, Limits, reader::CommandItem};
//!
//! let mut reader = CommandReader::new(Limits::default());
//! let mut input: &[u8] = b"BDAT 4 LAST\r\nHi\r\nQU";
//! let Some(CommandItem::Frame(frame)) = reader.next(&mut input)? else { panic!() };
//! assert!(matches!(frame.value(), Ok(Command::Bdat(bdat)) if bdat.size == 4));
//! assert!(matches!(reader.next(&mut input)?, Some(CommandItem::Chunk(b"Hi\r\n"))));
//! // More is needed: read on, with `QU` first.
//! assert!(reader.next(&mut input)?.is_none());
//! assert_eq!((input, reader.offset()), (&b"QU"[..], 17));
//! # Ok::<(), mailwire_core::FrameError>(())
//! ```

mod command;
mod reply;

pub use command::{CommandItem, CommandReader};
pub use reply::ReplyReader;
