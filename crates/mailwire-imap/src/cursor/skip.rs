//! Goes behind values without reading them.

use super::close::{Closed, close, close_all};
use super::{Cursor, Failed, TOO_DEEP};
use crate::ImapDefect;
use crate::class::Class;
use crate::plain::plain;

impl Cursor<'_, '_> {
    /// Goes behind a list. Nothing recursive: lists are counted.
    pub(super) fn skip_list(&mut self) -> Result<(), Failed> {
        let (text, start) = (self.text, self.at);
        let (mut at, mut open, mut unquoted, mut odd) = (start, 0_u32, 0, 0);
        loop {
            if at >= odd && at >= unquoted {
                match close(text, at, open, self.depth.into()) {
                    Closed::At(end) => {
                        self.at = end;
                        return Ok(());
                    }
                    Closed::Odd(place) => (at, open, odd) = (place.at, place.open, place.behind),
                }
            }
            match text.get(at) {
                Some(b'(') => {
                    open += 1;
                    if open > u32::from(self.depth) {
                        self.at = at;
                        return Err(self.error(TOO_DEEP));
                    }
                    at += 1;
                }
                Some(b')') => {
                    at += 1;
                    open -= 1;
                    if open == 0 {
                        self.at = at;
                        return Ok(());
                    }
                }
                Some(b'"') if at >= unquoted => {
                    self.at = at;
                    match self.skip_quoted() {
                        Ok(()) => at = self.at,
                        Err(end) => (unquoted, at) = (end, at + 1),
                    }
                }
                Some(b'{') => {
                    self.at = at;
                    at = match self.announcement() {
                        Ok(size) => {
                            let size = usize::try_from(size).unwrap_or(usize::MAX);
                            self.at.saturating_add(size).min(text.len())
                        }
                        Err(_) => at + 1,
                    };
                }
                Some(_) => at += 1,
                None => {
                    self.at = start;
                    return Err(self.error_at(text.len(), "`)`"));
                }
            }
        }
    }

    /// Goes behind lists with nothing between them, if there is nothing odd in them.
    #[inline]
    pub(crate) fn skip_lists(&mut self) {
        self.at = close_all(self.text, self.at, self.depth.into()).unwrap_or(self.at);
    }

    /// Goes behind a quoted string. If nobody closes it, nothing is taken, and the end of its line is the error: up to there no
    /// quote need be looked at again, or backslashes would make the work quadratic.
    #[inline]
    fn skip_quoted(&mut self) -> Result<(), usize> {
        let at = plain(self.text, self.at + 1);
        if self.text.get(at) != Some(&b'"') {
            return self.skip_odd_quoted(at);
        }
        self.at = at + 1;
        Ok(())
    }

    #[cold]
    fn skip_odd_quoted(&mut self, mut at: usize) -> Result<(), usize> {
        let start = self.at;
        loop {
            match self.text.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(());
                }
                Some(b'\\') => at += 2,
                Some(b'\r' | b'\n') | None => {
                    self.sink.report(ImapDefect::OpenQuote, start..start + 1);
                    return Err(at.min(self.text.len()));
                }
                Some(_) => at += 1,
            }
        }
    }

    /// Goes behind any value: a string, a list, or a word.
    pub(crate) fn skip_value(&mut self) {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                if let Err(end) = self.skip_quoted() {
                    self.at = end;
                }
            }
            Some(b'(') => {
                if self.skip_list().is_err() {
                    self.at = self.text.len();
                }
            }
            Some(b'{' | b'~') if self.literal().is_ok() => {}
            _ => self.skip_word(start),
        }
        // Whatever stands there, go on.
        self.at = self.at.max(start + 1).min(self.text.len());
    }

    /// Goes behind a word, with the literals that stand in the middle of it.
    fn skip_word(&mut self, start: usize) {
        self.at = start;
        while let Some(byte) = self.peek().filter(|&byte| Class::WORD.contains(byte)) {
            let at = self.at;
            if byte != b'{' || self.literal().is_err() {
                self.at = at + 1;
            }
        }
    }
}
