//! Adds the dots, and the end.

use super::tally::{Stray, Tail, Tally};
use core::fmt;
use memchr::{memchr, memchr2};

/// Makes a body ready for the wire: lines end in CRLF, those that begin with a dot get another one, and the end is a dot
/// alone.
///
/// Grammar: [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2), [RFC 1939
/// §3](https://www.rfc-editor.org/rfc/rfc1939#section-3). Nothing is copied: the wire comes as slices of the body with
/// slices of our own between them, ready for a vectored write. Nothing is written before the octets behind it allow it: a
/// carriage return at the end of one piece of a body waits for the next.
///
/// ```
/// use mailwire_core::dots::{LineEnds, Stuffer};
///
/// let mut stuffer = Stuffer::new().with_line_ends(LineEnds::Normalise);
/// let mut wire: Vec<u8> = Vec::new();
/// wire.extend(stuffer.stuff(b"from a file\n.hidden\n")?.flatten());
/// wire.extend(stuffer.finish()?);
/// assert_eq!(wire, b"from a file\r\n..hidden\r\n.\r\n");
///
/// // What may not leave does not: the line feed is refused with all that was handed in with it.
/// let refused = Stuffer::new().stuff(b"a\n.\r\n").unwrap_err();
/// assert_eq!(refused.to_string(), "a line feed without a carriage return at byte 1 of the body");
/// # Ok::<(), mailwire_core::dots::Refused>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stuffer {
    ends: LineEnds,
    nul: Nul,
    tally: Tally,
    refused: Option<Refused>,
}

/// What becomes of line ends that are not CRLF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "what is written has CRLF only; there is no third way")]
pub enum LineEnds {
    /// They are refused, before they leave.
    #[default]
    Refuse,
    /// They become CRLF. For files, whose lines end as their system has it.
    Normalise,
}

/// What becomes of a NUL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "it goes or it doesn't")]
pub enum Nul {
    /// It is refused, before it leaves.
    #[default]
    Refuse,
    /// It is written as it came. For mail that is handed out as it was taken in.
    Keep,
}

/// An octet that was not let out, and with it nothing of the piece that it came in.
///
/// The body can't be ended any more, since what would end it would have to be believed: the connection has to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refused {
    stray: Stray,
    at: u64,
}

impl Refused {
    /// The first stray of a body, if it has any.
    pub fn first(tally: &Tally) -> Option<Self> {
        Self::first_of(tally, |_| true)
    }

    fn first_of(tally: &Tally, refuses: impl Fn(Stray) -> bool) -> Option<Self> {
        let first = tally.strays().filter(|&(stray, _)| refuses(stray)).min_by_key(|&(_, at)| at);
        first.map(|(stray, at)| Self { stray, at })
    }

    /// What it was.
    pub fn stray(&self) -> Stray {
        self.stray
    }

    /// Where it was, in octets from the start of the body.
    pub fn at(&self) -> u64 {
        self.at
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} of the body", self.stray, self.at)
    }
}

impl core::error::Error for Refused {}

impl Default for Stuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl Stuffer {
    /// At the start of a body. Line ends other than CRLF, and NULs, are refused.
    pub const fn new() -> Self {
        Self { ends: LineEnds::Refuse, nul: Nul::Refuse, tally: Tally::NONE, refused: None }
    }

    /// The same with another policy for line ends.
    #[must_use]
    pub const fn with_line_ends(self, ends: LineEnds) -> Self {
        Self { ends, ..self }
    }

    /// The same with another policy for NULs.
    #[must_use]
    pub const fn with_nul(self, nul: Nul) -> Self {
        Self { nul, ..self }
    }

    /// What was handed in so far, as it was handed in.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The next piece of the body, of any length and cut anywhere, as it goes on the wire.
    ///
    /// # Errors
    ///
    /// The first octet that the policy refuses, and from then on always; nothing of the piece is written.
    pub fn stuff<'a>(&mut self, body: &'a [u8]) -> Result<Stuffed<'a>, Refused> {
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        let before = self.tally.tail();
        let survey = self.tally.add_and_survey(body);
        if survey.stray || !self.tally.is_clean() {
            self.check()?;
        }
        Ok(Stuffed::new(body, before, survey.dotted, survey.stray))
    }

    /// What ends the body: a dot alone, and before it the line end that the body may lack.
    ///
    /// # Errors
    ///
    /// Whatever was refused before; a carriage return at the very end, if bare ones are.
    pub fn finish(mut self) -> Result<&'static [u8], Refused> {
        if let Some(refused) = self.refused {
            return Err(refused);
        }
        let tail = self.tally.tail();
        self.tally.finish();
        self.check()?;
        Ok(if matches!(tail, Tail::Start | Tail::CrLf | Tail::Lf) { b".\r\n" } else { b"\r\n.\r\n" })
    }

    /// Whether what has come may leave.
    fn check(&mut self) -> Result<(), Refused> {
        self.refused = Refused::first_of(&self.tally, |stray| match stray {
            Stray::BareCr | Stray::BareLf => self.ends == LineEnds::Refuse,
            Stray::Nul => self.nul == Nul::Refuse,
        });
        self.refused.map_or(Ok(()), Err)
    }
}

/// A piece of a body as it goes on the wire: an iterator of slices, none of them empty.
#[derive(Clone, Debug)]
pub struct Stuffed<'a> {
    rest: &'a [u8],
    /// What goes before the rest.
    pending: &'static [u8],
    line_start: bool,
    dotted: bool,
    mixed: bool,
}

impl<'a> Stuffed<'a> {
    fn new(body: &'a [u8], before: Tail, dotted: bool, mixed: bool) -> Self {
        let mut rest = body;
        let mut line_start = matches!(before, Tail::Start | Tail::CrLf | Tail::Lf);
        let mut pending: &[u8] = b"";
        // A carriage return that had to wait is the first half of this line end, or one of its own.
        if before == Tail::Cr && !body.is_empty() {
            pending = b"\r\n";
            line_start = true;
            rest = body.strip_prefix(b"\n").unwrap_or(body);
        }
        rest = rest.strip_suffix(b"\r").unwrap_or(rest);
        Self { rest, pending, line_start, dotted, mixed }
    }

    /// How many octets go out as they are: up to the next place where something has to be added or changed.
    fn plain(&self) -> usize {
        if self.mixed {
            return mixed_line(self.rest);
        }
        if !self.dotted {
            return self.rest.len();
        }
        let mut at = 0;
        while let Some(found) = memchr(b'\n', self.rest.get(at..).unwrap_or_default()) {
            at += found + 1;
            if self.rest.get(at) == Some(&b'.') {
                return at;
            }
        }
        self.rest.len()
    }
}

impl<'a> Iterator for Stuffed<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if !self.pending.is_empty() {
            return Some(core::mem::take(&mut self.pending));
        }
        if self.line_start && self.rest.first() == Some(&b'.') {
            self.line_start = false;
            return Some(b".");
        }
        let (plain, rest) = self.rest.split_at_checked(self.plain())?;
        self.rest = rest;
        self.line_start = plain.ends_with(b"\n");
        if self.mixed && !self.line_start && !rest.is_empty() {
            self.rest = rest.get(1..).unwrap_or_default();
            self.line_start = true;
            if plain.is_empty() {
                return Some(b"\r\n");
            }
            self.pending = b"\r\n";
        }
        if plain.is_empty() { None } else { Some(plain) }
    }
}

/// The length of the first lines that end in CRLF and are followed by no dot; or of the text before a bare CR or LF.
fn mixed_line(rest: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr2(b'\r', b'\n', rest.get(at..).unwrap_or_default()) {
        at += found;
        if !rest.get(at..).unwrap_or_default().starts_with(b"\r\n") {
            return at;
        }
        at += 2;
        if rest.get(at) == Some(&b'.') {
            return at;
        }
    }
    rest.len()
}
