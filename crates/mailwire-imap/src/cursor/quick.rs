//! The quick way through values that are written as nearly every server writes them.

use super::Cursor;
use super::digits::digits;
use crate::class::Class;
use crate::plain::plain;
use crate::string::IString;

/// What is left of a value. Nothing here is an error or a defect: `None` is for the plain way to find out why.
#[derive(Clone, Copy)]
pub(crate) struct Quick<'a>(&'a [u8]);

impl<'a> Quick<'a> {
    /// Passes over `octet`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the rest has to stay in registers")]
    pub(crate) fn expect(&mut self, octet: u8) -> Option<()> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        (first == octet).then_some(())
    }

    /// NIL or plain text in quotes.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the rest has to stay in registers")]
    pub(crate) fn nstring(&mut self) -> Option<Option<IString<'a>>> {
        match self.0 {
            [b'"', behind @ ..] => {
                let (text, [b'"', rest @ ..]) = behind.split_at_checked(plain(behind, 0))? else {
                    return None;
                };
                self.0 = rest;
                Some(Some(IString::new(text)))
            }
            [b'N', b'I', b'L', rest @ ..] => {
                self.0 = rest;
                Some(None)
            }
            _ => None,
        }
    }

    /// The same with a blank behind it.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the rest has to stay in registers")]
    pub(crate) fn member(&mut self) -> Option<Option<IString<'a>>> {
        let value = self.nstring()?;
        self.expect(b' ').map(|()| value)
    }

    /// Whether `octet` comes next.
    pub(crate) fn is_at(self, octet: u8) -> bool {
        self.0.first() == Some(&octet)
    }

    /// At most 19 digits.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (number, len) = digits(self.0);
        self.0 = self.0.get(len..)?;
        (1..=19).contains(&len).then_some(number)
    }

    /// Words with parentheses around, and no list or string among them: what is in the parentheses.
    #[inline]
    pub(crate) fn words(&mut self) -> Option<&'a [u8]> {
        self.expect(b'(')?;
        let (words, [b')', rest @ ..]) = self.0.split_at_checked(Class::WORDS.prefix_len(self.0))? else {
            return None;
        };
        self.0 = rest;
        Some(words)
    }

    /// NIL, if it is there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the rest has to stay in registers")]
    pub(crate) fn nil(&mut self) -> bool {
        let rest = self.0.strip_prefix(b"NIL");
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Such strings, one at least, with blanks between them and parentheses around: what is in the parentheses.
    #[inline]
    pub(crate) fn strings(&mut self) -> Option<&'a [u8]> {
        self.expect(b'(')?;
        let inside = self.0;
        loop {
            self.string()?;
            match self.0 {
                [b' ', rest @ ..] => self.0 = rest,
                [b')', rest @ ..] => {
                    let len = inside.len() - self.0.len();
                    self.0 = rest;
                    return inside.get(..len);
                }
                _ => return None,
            }
        }
    }

    /// Plain text in quotes.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the rest has to stay in registers")]
    pub(crate) fn string(&mut self) -> Option<IString<'a>> {
        self.nstring()?
    }
}

impl<'a> Cursor<'a, '_> {
    /// Takes what `read` makes of the text, if that is something.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as what is in it")]
    pub(crate) fn quick<T>(&mut self, read: impl FnOnce(&mut Quick<'a>) -> Option<T>) -> Option<T> {
        let mut quick = Quick(self.rest());
        let value = read(&mut quick)?;
        self.at = self.text.len() - quick.0.len();
        Some(value)
    }

    /// The same behind `skip` octets, if another item or the end of the list follows.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as what is in it")]
    pub(crate) fn quick_item<T>(
        &mut self,
        skip: usize,
        read: impl FnOnce(&mut Quick<'a>) -> Option<T>,
    ) -> Option<T> {
        let mut quick = Quick(self.rest().get(skip..)?);
        let value = read(&mut quick)?;
        let ends = matches!(quick.0, [] | [b' ', ..]);
        self.at = if ends { self.text.len() - quick.0.len() } else { self.at };
        ends.then_some(value)
    }
}
