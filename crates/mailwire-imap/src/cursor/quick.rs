//! The quick way through values that are written as nearly every server writes them.

#![expect(clippy::inline_always, reason = "what is left has to stay in registers")]

use super::Cursor;
use super::digits::digits;
use crate::class::Class;
use crate::plain::plain;
use crate::string::IString;

/// `None` is NIL.
type NString<'a> = Option<IString<'a>>;

/// What is left of a value. Nothing here is an error or a defect: `None` is for the plain way to find out why.
#[derive(Clone, Copy)]
pub(crate) struct Quick<'a>(&'a [u8]);

impl<'a> Quick<'a> {
    /// Passes over `octet`.
    #[inline(always)]
    pub(crate) fn expect(&mut self, octet: u8) -> Option<()> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        (first == octet).then_some(())
    }

    /// NIL or plain text in quotes.
    #[inline(always)]
    pub(crate) fn nstring(&mut self) -> Option<NString<'a>> {
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
    pub(crate) fn member(&mut self) -> Option<NString<'a>> {
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
    pub(crate) fn string(&mut self) -> Option<IString<'a>> {
        self.nstring()?
    }
}

impl<'a> Cursor<'a, '_> {
    /// Takes what `read` makes of the text, if that is something.
    #[inline(always)]
    pub(crate) fn quick<T>(&mut self, read: impl FnOnce(&mut Quick<'a>) -> Option<T>) -> Option<T> {
        let mut quick = self.try_quick(0)?;
        let value = read(&mut quick)?;
        self.at = self.text.len() - quick.0.len();
        Some(value)
    }

    /// The same behind `skip` octets, if another item or the end of the list follows.
    #[inline(always)]
    pub(crate) fn quick_item<T>(
        &mut self,
        skip: usize,
        read: impl FnOnce(&mut Quick<'a>) -> Option<T>,
    ) -> Option<T> {
        let mut quick = self.try_quick(skip)?;
        let value = read(&mut quick)?;
        let ends = matches!(quick.0, [] | [b' ', ..]);
        self.at = if ends { self.text.len() - quick.0.len() } else { self.at };
        ends.then_some(value)
    }

    #[inline(always)]
    fn try_quick(&self, skip: usize) -> Option<Quick<'a>> {
        #[cfg(test)]
        if tests::PLAINLY.get() {
            return None;
        }
        self.rest().get(skip..).map(Quick)
    }
}

#[cfg(test)]
mod tests {
    use crate::response::{Finding, Response};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::cell::Cell;
    use mailwire_testkit::random::Random;

    std::thread_local! {
        /// Whether nothing goes the quick way.
        pub(super) static PLAINLY: Cell<bool> = const { Cell::new(false) };
    }

    /// All that is read of a frame, by the quick way or without it.
    fn read(frame: &[u8], plainly: bool) -> String {
        PLAINLY.set(plainly);
        let response = Response::parse(frame);
        let mut said = format!("{response:?}");
        if let Ok(response) = response {
            let mut last = None;
            response.explain(frame, &crate::Leniency::DEFAULT, &mut |finding: Finding<'_>, at| {
                // The plain way may say the same of the same place again.
                let finding = format!("{finding:?} {at:?}");
                if last.as_ref() != Some(&finding) {
                    said.push_str(&finding);
                }
                last = Some(finding);
            });
        }
        PLAINLY.set(false);
        said
    }

    const LINES: &[&str] = &[
        "* 1 FETCH (UID 7 FLAGS (\\Seen $X) RFC822.SIZE 12 MODSEQ (9) BODY[1] NIL)\r\n",
        "* 1 FETCH (INTERNALDATE \"17-Jul-2024 02:44:25 -0700\" ENVELOPE (\"d\" NIL ((\"A\" NIL \"b\" \"c\")) NIL NIL \
         ((NIL NIL \"d\" \"e\")(\"F \\\"G\\\"\" NIL \"h\" \"i\")) NIL NIL \"<j>\" \"<k>\"))\r\n",
        "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"A\" \"b\") NIL NIL \"7BIT\" 2 1 NIL NIL NIL NIL)\
         (\"IMAGE\" \"PNG\" NIL \"<i>\" \"d\" \"BASE64\" 9 NIL (\"ATTACHMENT\" (\"FILENAME\" \"f\")) NIL NIL) \
         \"MIXED\" (\"BOUNDARY\" \"b\") NIL NIL NIL))\r\n",
        "* LIST (\\HasChildren) \"/\" \"a b\"\r\n",
        "* LIST () \".\" inbox (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n",
    ];

    const PIECES: &[&str] = &[
        " ",
        "\t",
        "\"",
        "\\",
        "(",
        ")",
        "NIL",
        "()",
        "\"\"",
        "((",
        "{1}\r\nx",
        "0",
        "9",
        "\u{80}",
        "\0",
        " NIL NIL NIL)",
    ];

    #[test]
    fn the_quick_way_says_what_the_plain_way_says() {
        let mut random = Random::new(29);
        for round in 0..30_000 {
            let mut frame: Vec<u8> = random.pick(LINES).as_bytes().to_vec();
            for _ in 0..round % 4 {
                let at = random.below(frame.len());
                let removed = random.below(3).min(frame.len() - at);
                let piece = if random.below(3) == 0 { "" } else { random.pick(PIECES) };
                frame.splice(at..at + removed, piece.bytes());
            }
            assert_eq!(read(&frame, false), read(&frame, true), "{}", frame.escape_ascii());
        }
    }
}
