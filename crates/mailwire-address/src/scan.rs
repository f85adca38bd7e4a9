//! The tokens of RFC 5322 §3.2, read from a value that may be anything.

use crate::defect::AddressDefect;
use crate::dialect::Allow;
use crate::found::Found;
use crate::kind::Kinds;
use core::ops::Range;
use mailwire_core::Class;

/// `atext` with what RFC 6532 adds to it, and the dot: what a dot-atom is made of.
pub(crate) const ATOM: Class = Class::ATEXT.or(Class::HIGH).or(Class::DOT);
const COMMENT: Class = Class::CTEXT.or(Class::WSP);
const LITERAL: Class = Class::DTEXT.or(Class::HIGH);

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
#[derive(Clone, Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) value: &'a [u8],
    pub(crate) pos: usize,
    pub(crate) found: Found,
    /// The content of the last comment read.
    pub(crate) comment: Option<&'a [u8]>,
    /// Where more than one fold is in the last gap.
    pub(crate) spared: Option<usize>,
    /// Whether there are gaps: SMTP has none.
    gaps: bool,
    /// No quotation mark from here on opens a quoted string: one did not close, so none after it can.
    dead_quote: usize,
    /// The last parenthesis that was found to open no comment.
    open_comment: Option<usize>,
    /// No parenthesis from here on opens a comment: too many did not close.
    dead_comment: usize,
    /// Where the last semicolon is, when that is known: at 0 there is none that matters.
    last_semicolon: Option<usize>,
    /// How many bytes have been looked at for the ends of comments that have none.
    in_vain: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(value: &'a [u8]) -> Self {
        let len = value.len();
        Self {
            value,
            pos: 0,
            found: Found::default(),
            comment: None,
            spared: None,
            gaps: true,
            dead_quote: len,
            open_comment: None,
            dead_comment: len,
            last_semicolon: None,
            in_vain: 0,
        }
    }

    /// The same value, where white space and comments separate nothing.
    pub(crate) fn without_gaps(value: &'a [u8]) -> Self {
        Self { gaps: false, ..Self::new(value) }
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

    /// Reads over the byte at hand, and reports it.
    #[inline]
    pub(crate) fn skip(&mut self, kind: AddressDefect) {
        self.found.add(kind, self.pos..self.pos + 1);
        self.pos += 1;
    }

    /// Whether there is a semicolon from here on.
    pub(crate) fn semicolon_follows(&mut self) -> bool {
        let value = self.value;
        let last = self.last_semicolon.get_or_insert_with(|| memchr::memrchr(b';', value).unwrap_or(0));
        *last > self.pos
    }

    /// `CFWS` (RFC 5322 §3.2.2), or nothing.
    #[inline]
    pub(crate) fn cfws(&mut self) -> Result<Gap, Trouble> {
        self.gap(0)
    }

    /// `CFWS` between two words: the grammar has one behind the first and one before the second, so one fold more.
    #[inline]
    pub(crate) fn cfws_between_words(&mut self) -> Result<Gap, Trouble> {
        self.gap(1)
    }

    #[inline]
    fn gap(&mut self, mut spare_folds: usize) -> Result<Gap, Trouble> {
        let mut gap = Gap::None;
        if !self.gaps {
            return Ok(gap);
        }
        self.spared = None;
        loop {
            let start = self.pos;
            let folds = self.white_space()?;
            if self.pos > start {
                gap = Gap::Blank;
                if folds > 1 {
                    self.found.add_if(folds - 1 > spare_folds, AddressDefect::ObsFws, start..self.pos);
                    self.spared = Some(start);
                    spare_folds = 0;
                }
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
        let folds = self.white_space()?;
        self.found.add_if(folds > 1, AddressDefect::ObsFws, start..self.pos);
        Ok(self.pos > start)
    }

    /// Reads over white space; how many folds are in it.
    #[inline]
    fn white_space(&mut self) -> Result<usize, Trouble> {
        let mut folds = 0;
        while let Some(byte) = self.peek() {
            if Class::WSP.contains(byte) {
                self.pos += 1;
            } else if !Class::CRLF.contains(byte) {
                break;
            } else if matches!(self.rest(), [b'\r', b'\n', b' ' | b'\t', ..]) {
                self.pos += 3;
                folds += 1;
            } else {
                self.fold()?;
                folds += 1;
            }
        }
        Ok(folds)
    }

    /// The line break of `FWS`. Any run of CR and LF passes for one if white space follows.
    #[cold]
    pub(crate) fn fold(&mut self) -> Result<(), Trouble> {
        let run = Class::CRLF.prefix_len(self.rest());
        let end = self.pos + run;
        match self.value.get(end) {
            Some(&byte) if Class::WSP.contains(byte) => {
                let odd = self.slice(self.pos, end) != b"\r\n";
                self.found.add_if(odd, AddressDefect::BareLf, self.pos..end);
                self.pos = end;
                Ok(())
            }
            _ => Err(Trouble::LineBreak),
        }
    }

    /// `FWS` inside a token, at its first byte.
    #[cold]
    fn inner_blank(&mut self) -> Result<(), Trouble> {
        self.blank().map(|_| ())
    }

    /// Whether the backslash here makes a `quoted-pair` with what follows, and not with a line break that is a fold.
    fn is_pair(&self) -> bool {
        !matches!(self.rest(), [_, b'\r', b'\n', ..])
    }

    /// Reads `quoted-pair` at its backslash, or just the backslash before a fold; the kinds of what it stands before.
    #[cold]
    fn pair(&mut self) -> Kinds {
        if !self.is_pair() {
            self.skip(AddressDefect::StrayBackslash);
            return Kinds::default();
        }
        let range = self.pos..self.pos + 2;
        self.pos += 2;
        match self.value.get(range.start + 1) {
            Some(&byte) if Class::HIGH.contains(byte) => {
                self.found.see(Allow::ANY_PAIR, range);
                Kinds::HIGH
            }
            Some(b'\t') => {
                self.found.see(Allow::BLANKS_IN_QUOTES, range);
                Kinds::default()
            }
            Some(&byte) if Class::CTL.contains(byte) => {
                self.found.add(AddressDefect::ObsControl, range);
                Kinds::CONTROL
            }
            _ => Kinds::default(),
        }
    }

    /// Reads over a control character that stands for itself.
    #[cold]
    fn control(&mut self) {
        let nul = self.peek() == Some(0);
        self.skip(if nul { AddressDefect::NulByte } else { AddressDefect::ObsControl });
    }

    /// `comment`, at its parenthesis. Nesting is counted, not recursed into.
    pub(crate) fn comment(&mut self) -> Result<(), Trouble> {
        let start = self.pos;
        if start >= self.dead_comment || Some(start) == self.open_comment {
            return Err(Trouble::Comment);
        }
        let before = self.found.mark();
        let mut depth = 0_usize;
        let mut high = false;
        while let Some(byte) = self.peek() {
            if COMMENT.contains(byte) {
                self.pos += 1;
                continue;
            }
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\r' | b'\n' => {
                    self.inner_blank()?;
                    continue;
                }
                b'\\' => {
                    high |= self.pair().has(Kinds::HIGH);
                    continue;
                }
                _ if Class::HIGH.contains(byte) => high = true,
                _ => {
                    self.control();
                    continue;
                }
            }
            self.pos += 1;
            if depth == 0 {
                let text = self.slice(start + 1, self.pos - 1);
                if high {
                    self.text_beside(start + 1..self.pos - 1);
                }
                self.comment = Some(text);
                return Ok(());
            }
        }
        // Those behind it may close. When that was tried in vain too often, it is not tried again: time stays linear.
        self.open_comment = Some(start);
        self.in_vain += self.value.len() - start;
        if self.in_vain > 4 * self.value.len() {
            self.dead_comment = start;
        }
        self.found.reset(before);
        self.pos = start;
        Err(Trouble::Comment)
    }

    /// Notes that the text of a name or comment is not ASCII, and whether it is UTF-8.
    #[cold]
    pub(crate) fn text_beside(&mut self, range: Range<usize>) {
        let broken = core::str::from_utf8(self.slice(range.start, range.end)).is_err();
        self.found.see(Allow::NON_ASCII, range.clone());
        self.found.add_if(broken, AddressDefect::NonUtf8Phrase, range);
    }

    /// `quoted-string`, at its quotation mark; `None`, and nothing taken, if it is never closed.
    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<Option<Kinds>, Trouble> {
        if self.pos < self.dead_quote {
            let start = self.pos + 1;
            let (len, kinds) = Kinds::quoted_text(self.value.get(start..).unwrap_or_default());
            if self.value.get(start + len) == Some(&b'"') && !kinds.has(Kinds::TAB) {
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
            self.found.add(AddressDefect::UnclosedQuote, start..start + 1);
            return Ok(None);
        }
        let before = self.found.mark();
        let mut kinds = Kinds::default();
        self.pos += 1;
        loop {
            let (len, run) = Kinds::quoted_text(self.rest());
            kinds.add(run);
            if run.has(Kinds::TAB) {
                self.found.see(Allow::BLANKS_IN_QUOTES, self.pos..self.pos + len);
            }
            self.pos += len;
            match self.peek() {
                Some(b'"') => {
                    self.pos += 1;
                    return Ok(Some(kinds));
                }
                Some(b'\\') => kinds.add(self.pair()),
                Some(b'\r' | b'\n') => {
                    self.found.see(Allow::BLANKS_IN_QUOTES, self.pos..self.pos + 1);
                    self.inner_blank()?;
                }
                Some(byte) => {
                    kinds.add(if byte == 0 { Kinds::NUL } else { Kinds::CONTROL });
                    self.control();
                }
                None => break,
            }
        }
        self.found.reset(before);
        self.pos = start;
        self.dead_quote = start;
        self.found.add(AddressDefect::UnclosedQuote, start..start + 1);
        Ok(None)
    }

    /// `domain-literal`, at its bracket, obsolete content included; `None`, and nothing taken, if it is none.
    ///
    /// `NUL` is among the kinds of one that names no host: whoever reads no backslashes in it ends it elsewhere, and finds the
    /// brackets of another address.
    pub(crate) fn literal(&mut self) -> Result<Option<Kinds>, Trouble> {
        let start = self.pos;
        let before = self.found.mark();
        let mut kinds = Kinds::default();
        let mut pairs = false;
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
                    let foreign = self.slice(start, self.pos).iter().any(|byte| b"<>\"".contains(byte));
                    kinds.add(if pairs && foreign { Kinds::NUL } else { Kinds::default() });
                    self.pos += 1;
                    return Ok(Some(kinds));
                }
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.found.see(Allow::BLANKS_IN_QUOTES, self.pos..self.pos + 1);
                    self.inner_blank()?;
                }
                b'\\' => {
                    self.found.add(AddressDefect::ObsLiteral, self.pos..self.pos + 1);
                    pairs = true;
                    kinds.add(self.pair());
                }
                _ if Class::OBS_NO_WS_CTL.contains(byte) => {
                    kinds.add(Kinds::CONTROL);
                    self.control();
                }
                _ => break,
            }
        }
        self.found.reset(before);
        self.pos = start;
        Ok(None)
    }
}
