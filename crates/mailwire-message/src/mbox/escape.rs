//! The `>` before lines that begin with `From `: taken off and put on.

use super::Dialect;
use super::separator::FROM;
use alloc::borrow::Cow;
use alloc::vec::Vec;
use memchr::memmem;

/// `message` without the quoting of `From ` lines: a message of an mbox as it was before.
///
/// ```
/// use mailwire_message::mbox::{Dialect, unescape};
///
/// let raw = b">From a\n>>From b\n";
/// assert_eq!(&*unescape(raw, Dialect::Mboxrd), b"From a\n>From b\n");
/// assert_eq!(&*unescape(raw, Dialect::Mboxo), b"From a\n>>From b\n");
/// assert_eq!(&*unescape(raw, Dialect::Mboxcl2), raw);
/// ```
pub fn unescape(message: &[u8], dialect: Dialect) -> Cow<'_, [u8]> {
    if dialect == Dialect::Mboxcl2 || memmem::find(message, QUOTED).is_none() {
        return Cow::Borrowed(message);
    }
    let mut out = Vec::with_capacity(message.len());
    let mut unescaper = Unescaper::new(dialect);
    let mut rest = message;
    while let Some(piece) = unescaper.next(&mut rest) {
        out.extend_from_slice(piece);
    }
    out.extend_from_slice(unescaper.finish());
    if out.len() == message.len() { Cow::Borrowed(message) } else { Cow::Owned(out) }
}

/// Appends `message` to `out`, its `From ` lines quoted as [`Dialect::Mboxrd`] does: [`unescape`] gives it back.
///
/// ```
/// use mailwire_message::mbox::escape_into;
///
/// let mut out = Vec::new();
/// escape_into(b"From a\n>From b\nFrom: c\n", &mut out);
/// assert_eq!(out, b">From a\n>>From b\nFrom: c\n");
/// ```
pub fn escape_into(message: &[u8], out: &mut Vec<u8>) {
    let mut done = 0;
    for at in memmem::find_iter(message, b"From ") {
        let before = message.get(..at).unwrap_or_default();
        if is_quote(before, Dialect::Mboxrd).unwrap_or(true) {
            out.extend_from_slice(message.get(done..at).unwrap_or_default());
            out.push(b'>');
            done = at;
        }
    }
    out.extend_from_slice(message.get(done..).unwrap_or_default());
}

/// [`unescape`] for a message that comes in pieces, in constant memory.
///
/// All of the input is taken at once; what may be the start of a quoted line is remembered, since it is always the same.
///
/// ```
/// use mailwire_message::mbox::{Dialect, Unescaper};
///
/// let mut unescaper = Unescaper::new(Dialect::Mboxrd);
/// let mut out = Vec::new();
/// for chunk in [&b"one\n>"[..], b">Fr", b"om here\n>"] {
///     let mut rest = chunk;
///     while let Some(piece) = unescaper.next(&mut rest) {
///         out.extend_from_slice(piece);
///     }
/// }
/// out.extend_from_slice(unescaper.finish());
/// assert_eq!(out, b"one\n>From here\n>");
/// ```
#[derive(Clone, Debug)]
pub struct Unescaper {
    dialect: Dialect,
    /// So many bytes of `>From ` are held back.
    held: usize,
    /// Whether a `>` that comes now would be quoting: nothing but quoting stands before it in its line.
    is_quote: bool,
}

impl Unescaper {
    /// An unescaper at the start of a message.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, held: 0, is_quote: true }
    }

    /// Takes bytes from the front of `input` and gives those that belong to the message, never none. `None`: all was
    /// taken.
    pub fn next<'b>(&mut self, input: &mut &'b [u8]) -> Option<&'b [u8]> {
        loop {
            if input.is_empty() {
                return None;
            }
            if self.dialect == Dialect::Mboxcl2 {
                return Some(core::mem::take(input));
            }
            if self.held == 0 {
                let quoted = memmem::find(input, QUOTED);
                let (piece, rest) = input.split_at_checked(quoted.unwrap_or_else(|| sure(input)))?;
                *input = rest;
                if !piece.is_empty() {
                    return Some(self.gives(piece));
                }
            }
            let wanted = QUOTED.get(self.held..).unwrap_or_default();
            let more = wanted.iter().zip(*input).take_while(|(wanted, byte)| wanted == byte).count();
            *input = input.get(more..).unwrap_or_default();
            self.held += more;
            if self.held == QUOTED.len() && self.is_quote {
                self.held = 0;
                return Some(self.gives(FROM));
            }
            if more == wanted.len() || !input.is_empty() {
                let held = core::mem::take(&mut self.held);
                return Some(self.gives(QUOTED.get(..held).unwrap_or_default()));
            }
        }
    }

    /// The end of the message: what was held back.
    pub fn finish(self) -> &'static [u8] {
        QUOTED.get(..self.held).unwrap_or_default()
    }

    fn gives<'b>(&mut self, piece: &'b [u8]) -> &'b [u8] {
        self.is_quote = is_quote(piece, self.dialect).unwrap_or(self.is_quote);
        piece
    }
}

const QUOTED: &[u8] = b">From ";

/// How many bytes of `input` come before what may be the start of `>From ` at its end.
fn sure(input: &[u8]) -> usize {
    let ends = |len: &usize| QUOTED.get(..*len).is_some_and(|start| input.ends_with(start));
    input.len() - (1..QUOTED.len()).find(ends).unwrap_or(0)
}

/// Whether a `>` behind `bytes` is quoting, as far as they can tell: not where they are nothing but quoting themselves.
fn is_quote(bytes: &[u8], dialect: Dialect) -> Option<bool> {
    let rest = match dialect {
        Dialect::Mboxrd => {
            let quotes = bytes.iter().rev().take_while(|&&byte| byte == b'>').count();
            bytes.get(..bytes.len() - quotes)?
        }
        Dialect::Mboxo | Dialect::Mboxcl2 => bytes,
    };
    rest.last().map(|&last| last == b'\n')
}
