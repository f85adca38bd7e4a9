//! The tokens of RFC 5322 §3.2, read from a value that may be anything.

use crate::defect::{AddressDefect, Found};
use crate::kind::Kinds;
use mailwire_core::Class;

/// `atext` with what RFC 6532 adds to it, and the dot: what a dot-atom is made of.
pub(crate) const ATOM: Class = Class::ATEXT.or(Class::HIGH).or(Class::DOT);
const COMMENT: Class = Class::CTEXT.or(Class::WSP).or(Class::HIGH);
const LITERAL: Class = Class::DTEXT.or(Class::WSP).or(Class::HIGH);

/// What ends the reading of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A line break that is no fold.
    LineBreak,
    /// A comment that is never closed.
    Comment,
}

/// What stood in a gap between two tokens, last of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    Blank,
    Comment,
}

/// A position in a value, and what is known of the part not yet read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) value: &'a [u8],
    pub(crate) pos: usize,
    pub(crate) found: Found,
    /// The content of the last comment read.
    pub(crate) comment: Option<&'a [u8]>,
    /// No quotation mark from here on opens a quoted string: one did not close, so none after it can.
    dead_quote: usize,
    /// The same for parentheses.
    pub(crate) dead_comment: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(value: &'a [u8]) -> Self {
        let len = value.len();
        Self { value, pos: 0, found: Found::NONE, comment: None, dead_quote: len, dead_comment: len }
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.value.get(self.pos).copied()
    }

    #[inline]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.value.get(self.pos..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a [u8] {
        self.value.get(start..end).unwrap_or_default()
    }

    /// `CFWS` (RFC 5322 §3.2.2), or nothing.
    #[inline]
    pub(crate) fn cfws(&mut self) -> Result<Gap, Trouble> {
        let mut gap = Gap::None;
        loop {
            if self.blank()? {
                gap = Gap::Blank;
            }
            if self.peek() != Some(b'(') {
                return Ok(gap);
            }
            self.comment()?;
            gap = Gap::Comment;
        }
    }

    /// `FWS` (RFC 5322 §3.2.2), or nothing; whether there was any.
    #[inline]
    pub(crate) fn blank(&mut self) -> Result<bool, Trouble> {
        let start = self.pos;
        while let Some(byte) = self.peek() {
            if Class::WSP.contains(byte) {
                self.pos += 1;
            } else if !Class::CRLF.contains(byte) {
                break;
            } else if matches!(self.rest(), [b'\r', b'\n', b' ' | b'\t', ..]) {
                self.pos += 3;
            } else {
                self.fold()?;
            }
        }
        Ok(self.pos > start)
    }

    /// The line break of `FWS`. Any run of CR and LF passes for one if white space follows.
    #[cold]
    pub(crate) fn fold(&mut self) -> Result<(), Trouble> {
        let run = Class::CRLF.prefix_len(self.rest());
        let end = self.pos + run;
        match self.value.get(end) {
            Some(&byte) if Class::WSP.contains(byte) => {
                self.found.add_if(self.slice(self.pos, end) != b"\r\n", AddressDefect::BareLf);
                self.pos = end;
                Ok(())
            }
            _ => Err(Trouble::LineBreak),
        }
    }

    /// `comment`, at its parenthesis. Nesting is counted, not recursed into.
    pub(crate) fn comment(&mut self) -> Result<(), Trouble> {
        let start = self.pos;
        if start >= self.dead_comment {
            return Err(Trouble::Comment);
        }
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            if COMMENT.contains(byte) {
                self.pos += 1;
                continue;
            }
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' if !self.next_is_line_break() => self.pos += 1,
                b'\r' | b'\n' => {
                    self.fold()?;
                    continue;
                }
                b'\\' => {}
                _ => self.found.add(AddressDefect::ObsControl),
            }
            self.pos += 1;
            if depth == 0 {
                self.comment = Some(self.slice(start + 1, self.pos - 1));
                return Ok(());
            }
        }
        self.pos = start;
        self.dead_comment = start;
        Err(Trouble::Comment)
    }

    /// `quoted-string`, at its quotation mark; `None`, and nothing taken, if it is never closed.
    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<Option<Kinds>, Trouble> {
        if self.pos < self.dead_quote {
            let start = self.pos + 1;
            let (len, kinds) = Kinds::quoted_text(self.value.get(start..).unwrap_or_default());
            if self.value.get(start + len) == Some(&b'"') {
                self.pos = start + len + 1;
                return Ok(Some(kinds));
            }
        }
        self.quoted_with_pairs()
    }

    /// The same with backslashes, folds and controls in it.
    fn quoted_with_pairs(&mut self) -> Result<Option<Kinds>, Trouble> {
        let start = self.pos;
        if start >= self.dead_quote {
            self.found.add(AddressDefect::UnclosedQuote);
            return Ok(None);
        }
        let mut kinds = Kinds::default();
        self.pos += 1;
        loop {
            let (len, run) = Kinds::quoted_text(self.rest());
            kinds.add(run);
            self.pos += len;
            match self.peek() {
                Some(b'"') => {
                    self.pos += 1;
                    return Ok(Some(kinds));
                }
                Some(b'\\') if !self.next_is_line_break() => {
                    if self.value.get(self.pos + 1) == Some(&0) {
                        kinds.add(Kinds::NUL);
                    }
                    self.pos += 2;
                }
                Some(b'\r' | b'\n') => self.fold()?,
                Some(byte) => {
                    kinds.add(if byte == 0 { Kinds::NUL } else { Kinds::CONTROL });
                    self.pos += 1;
                }
                None => break,
            }
        }
        self.pos = start;
        self.dead_quote = start;
        self.found.add(AddressDefect::UnclosedQuote);
        Ok(None)
    }

    fn next_is_line_break(&self) -> bool {
        self.value.get(self.pos + 1).is_some_and(|&byte| Class::CRLF.contains(byte))
    }

    /// `domain-literal`, at its bracket, with the controls of the obsolete `dtext` but not its backslashes, which mean
    /// nothing to SMTP; `None`, and nothing taken, if it is none.
    pub(crate) fn literal(&mut self) -> Result<Option<Kinds>, Trouble> {
        let start = self.pos;
        let mut kinds = Kinds::default();
        self.pos += 1;
        while let Some(byte) = self.peek() {
            if LITERAL.contains(byte) {
                if Class::HIGH.contains(byte) {
                    kinds.add(Kinds::HIGH);
                }
                self.pos += 1;
                continue;
            }
            match byte {
                b']' => {
                    self.pos += 1;
                    return Ok(Some(kinds));
                }
                b'\r' | b'\n' => self.fold()?,
                _ if Class::OBS_NO_WS_CTL.contains(byte) => {
                    self.found.add(AddressDefect::ObsControl);
                    self.pos += 1;
                }
                _ => break,
            }
        }
        self.pos = start;
        Ok(None)
    }
}
