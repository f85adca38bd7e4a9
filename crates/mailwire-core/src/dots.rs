//! Bodies on the wire: dots added and taken away, and a watch over what no line may hold.
//!
//! ```text
//!   the body                      on the wire
//!   One\r\n          stuff ▶      One\r\n
//!   .Two\r\n                      ..Two\r\n        a dot at the start of a line is doubled
//!                  ◀ unstuff      .\r\n            a dot alone is the end
//! ```
//!
//! Both directions work on borrowed slices: nothing is copied, nothing is held back but an octet or two that can't be
//! decided yet, and a body of any size takes the same few octets of state. A line begins at the start and behind CRLF,
//! **and nowhere else**: what else ends a line to some reader (a bare LF, a bare CR) never begins one here, so the end of a
//! body can't be argued about. Such octets are watched for, and found in the [`Tally`]; whether they are refused is the
//! caller's policy.
//!
//! ```
//! use mailwire_core::dots::{Piece, Stuffer, Unstuffer};
//!
//! let body = b"One\r\n.Two\r\n";
//! let mut stuffer = Stuffer::new();
//! let mut wire: Vec<u8> = stuffer.stuff(body)?.collect::<Vec<_>>().concat();
//! wire.extend(stuffer.finish()?);
//! assert_eq!(wire, b"One\r\n..Two\r\n.\r\n");
//!
//! wire.extend(b"NOOP\r\n");
//! let (mut unstuffer, mut input) = (Unstuffer::new(), wire.as_slice());
//! let mut content: Vec<u8> = Vec::new();
//! while let Some(Piece::Chunk(chunk)) = unstuffer.next(&mut input) {
//!     content.extend(chunk);
//! }
//! assert_eq!(content, body);
//! assert_eq!(input, b"NOOP\r\n");
//! assert!(unstuffer.is_done() && unstuffer.tally().strays().next().is_none());
//! # Ok::<(), mailwire_core::dots::Refused>(())
//! ```

mod stuff;
mod survey;
mod tally;
mod unstuff;

pub use stuff::{LineEnds, Nul, Refused, Stuffed, Stuffer};
pub use tally::{Stray, Tally};
pub use unstuff::{Piece, Unstuffer};
