//! The quick way through values that are written as nearly every server writes them.

#![expect(clippy::inline_always, reason = "what is left has to stay in registers")]

use super::Cursor;
use super::close::{Closed, close, close_all};
use super::digits::{digits, size};
use super::window::{LEN, quotes, words_len};
use crate::class::Class;
use crate::plain::plain;
use crate::string::IString;

/// `None` is NIL.
type NString<'a> = Option<IString<'a>>;

/// A place in a text. Nothing here is an error or a defect: `None` is for the plain way to find out why.
#[derive(Clone, Copy)]
#[expect(
    unnameable_types,
    missing_debug_implementations,
    reason = "seals the trait that has it in its signatures"
)]
pub struct Quick<'a> {
    text: &'a [u8],
    at: usize,
    /// Where quotes were looked for last.
    window: usize,
    /// Those that were found from there on, and are still ahead.
    quotes: u64,
}

impl<'a> Quick<'a> {
    /// At a place in a text.
    #[inline(always)]
    pub(crate) fn at(text: &'a [u8], at: usize) -> Self {
        #[cfg(test)]
        let text = if tests::PLAINLY.get() { b"" } else { text };
        Self { text, at, window: 0, quotes: 0 }
    }

    /// All of the text.
    #[inline(always)]
    pub(crate) fn text(&self) -> &'a [u8] {
        self.text
    }

    /// What is left.
    #[inline(always)]
    pub(crate) fn rest(&self) -> Option<&'a [u8]> {
        self.text.get(self.at..)
    }

    /// Where it is in the text.
    #[inline(always)]
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// What was passed over since then.
    #[inline(always)]
    pub(crate) fn since(&self, start: usize) -> Option<&'a [u8]> {
        self.text.get(start..self.at)
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Passes over the blank in front of an element, which only the first of a list may be without.
    #[inline(always)]
    pub(crate) fn blank(&mut self) -> Option<()> {
        // A branch: where the element begins isn't waited for.
        if self.at > 0 || self.is_at(b' ') { self.expect(b' ') } else { Some(()) }
    }

    /// Whether another element follows, or the end of the list.
    #[inline(always)]
    pub(crate) fn ends(&self) -> Option<()> {
        matches!(self.peek(), None | Some(b' ')).then_some(())
    }

    /// The same where elements are lists, which need no blank between them.
    #[inline(always)]
    pub(crate) fn closes(&self) -> Option<()> {
        matches!(self.peek(), None | Some(b' ' | b'(')).then_some(())
    }

    /// Goes behind lists with nothing between them, and says what they are.
    #[inline(always)]
    pub(crate) fn lists(&mut self, depth: u8) -> Option<&'a [u8]> {
        let end = close_all(self.text, self.at, depth.into())?;
        let lists = self.text.get(self.at..end);
        self.go(end);
        lists
    }

    /// At least one octet of a class.
    #[inline(always)]
    pub(crate) fn run(&mut self, class: Class) -> Option<&'a [u8]> {
        let rest = self.rest()?;
        let run = rest.get(..class.prefix_len(rest)).filter(|run| !run.is_empty())?;
        self.at += run.len();
        Some(run)
    }

    /// Passes over octets that were looked at, in which there is no quote.
    #[inline(always)]
    pub(crate) fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// Passes over an octet, which has to be this one.
    #[inline(always)]
    pub(crate) fn expect(&mut self, octet: u8) -> Option<()> {
        let is_there = self.is_at(octet);
        self.at += 1;
        is_there.then_some(())
    }

    /// Whether `word` comes next.
    #[inline(always)]
    pub(crate) fn starts_with<const N: usize>(&self, word: &[u8; N]) -> bool {
        self.rest().is_some_and(|rest| rest.starts_with(word))
    }

    /// Passes over `word`, in which there is no quote.
    #[inline(always)]
    pub(crate) fn word<const N: usize>(&mut self, word: &[u8; N]) -> bool {
        let is_there = self.starts_with(word);
        self.at += if is_there { N } else { 0 };
        is_there
    }

    /// The quotes of what is left, as far as a window reaches.
    #[inline(always)]
    pub(crate) fn quotes(&self) -> Option<u64> {
        self.rest().map(quotes)
    }

    /// Goes on somewhere ahead.
    #[inline(always)]
    pub(crate) fn go(&mut self, at: usize) {
        (self.at, self.quotes) = (at, 0);
    }

    /// NIL or text in quotes.
    #[inline(always)]
    pub(crate) fn nstring(&mut self) -> Option<NString<'a>> {
        if self.is_at(b'"') { self.string().map(Some) } else { self.nil().then_some(None) }
    }

    /// Text in quotes.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<IString<'a>> {
        self.is_at(b'"').then_some(())?;
        // The first is the one that opens it.
        let mut close = self.quotes & self.quotes.wrapping_sub(1);
        if close == 0 {
            let quotes = self.quotes()?;
            close = quotes & quotes.wrapping_sub(1);
            self.window = self.at;
            if close == 0 {
                let (string, end) = odd_string(self.text, self.at + 1)?;
                self.go(end + 1);
                return Some(string);
            }
        }
        let end = self.window + close.trailing_zeros() as usize;
        let text = self.text.get(self.at + 1..end)?;
        (self.at, self.quotes) = (end + 1, close & (close - 1));
        Some(IString::new(text))
    }

    /// The same with a blank behind it.
    #[inline(always)]
    pub(crate) fn member(&mut self) -> Option<NString<'a>> {
        let value = self.nstring()?;
        self.expect(b' ').map(|()| value)
    }

    /// Whether `octet` comes next.
    #[inline(always)]
    pub(crate) fn is_at(&self, octet: u8) -> bool {
        self.peek() == Some(octet)
    }

    /// A literal that is all there. With a plus sign too: from a server that is a defect, which only `explain` says, and that reads
    /// the plain way.
    #[inline(always)]
    pub(crate) fn literal(&mut self) -> Option<IString<'a>> {
        self.expect(b'{')?;
        let (size, len) = size(self.rest()?);
        self.at += len;
        (1..=19).contains(&len).then_some(())?;
        let size = usize::try_from(size).ok()?;
        (self.word(b"}\r\n") || self.word(b"+}\r\n")).then_some(())?;
        let start = self.at;
        self.go(start.checked_add(size)?);
        self.since(start).map(IString::new)
    }

    /// At most 19 digits.
    #[inline(always)]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (number, len) = digits(self.rest()?);
        self.at += len;
        (1..=19).contains(&len).then_some(number)
    }

    /// Words with parentheses around, and no list or string among them: what is in the parentheses.
    #[inline(always)]
    pub(crate) fn words(&mut self) -> Option<&'a [u8]> {
        self.expect(b'(')?;
        let rest = self.rest()?;
        let mut len = words_len(rest);
        if len == LEN {
            len = many_words_len(rest);
        }
        let (words, [b')', ..]) = rest.split_at_checked(len)? else { return None };
        self.at += len + 1;
        Some(words)
    }

    /// NIL, if it is there.
    #[inline(always)]
    pub(crate) fn nil(&mut self) -> bool {
        self.word(b"NIL")
    }

    /// A list: what is in its parentheses.
    #[inline(always)]
    pub(crate) fn list(&mut self, depth: u8) -> Option<&'a [u8]> {
        self.is_at(b'(').then_some(())?;
        let start = self.at;
        if let Some(words) = self.words() {
            return Some(words);
        }
        let Closed::At(end) = close(self.text, start, 0, depth.into()) else { return None };
        self.go(end);
        self.text.get(start + 1..end - 1)
    }

    /// What is left of a line before its CRLF.
    #[inline(always)]
    pub(crate) fn line(&self) -> Option<&'a [u8]> {
        self.rest()?.strip_suffix(b"\r\n")
    }

    /// The CRLF at the end of a line.
    #[inline(always)]
    pub(crate) fn end(&self) -> Option<()> {
        (self.rest()? == b"\r\n").then_some(())
    }

    /// Such strings, one at least, with blanks between them and parentheses around: what is in the parentheses.
    #[inline(always)]
    pub(crate) fn strings(&mut self) -> Option<&'a [u8]> {
        self.expect(b'(')?;
        let start = self.at;
        loop {
            self.string()?;
            if !self.word(b" ") {
                break;
            }
        }
        let strings = self.since(start)?;
        self.expect(b')').map(|()| strings)
    }
}

/// How long words are that don't end in a window.
#[cold]
#[inline(never)]
fn many_words_len(text: &[u8]) -> usize {
    let mut len = 0;
    while let Some(rest) = text.get(len..) {
        let found = words_len(rest);
        len += found;
        if found < LEN {
            break;
        }
    }
    len
}

/// A string that is longer than a window, or has backslashes in it, from behind its quote; and where it ends.
#[cold]
fn odd_string(text: &[u8], start: usize) -> Option<(IString<'_>, usize)> {
    let (mut at, mut escaped) = (start, false);
    loop {
        at = plain(text, at);
        match text.get(at..)? {
            [b'"', ..] => {
                let string = text.get(start..at)?;
                return Some((if escaped { IString::escaped(string) } else { IString::new(string) }, at));
            }
            [b'\\', b'"' | b'\\', ..] => (at, escaped) = (at + 2, true),
            _ => return None,
        }
    }
}

/// How deep a list is of which so many `lists` may be opened, one in the other, if they may.
#[inline(always)]
pub(crate) const fn within(depth: u8, lists: u8) -> Option<u8> {
    if depth < lists { None } else { Some(depth - 1) }
}

impl<'a> Cursor<'a, '_> {
    /// Takes what `read` makes of the text, if that is something.
    #[inline(always)]
    pub(crate) fn quick<T>(&mut self, read: impl FnOnce(&mut Quick<'a>) -> Option<T>) -> Option<T> {
        let mut quick = Quick::at(self.text, self.at);
        let value = read(&mut quick)?;
        self.at = quick.place();
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use crate::response::{Finding, Response};
    use crate::{Command, ImapDefect, Leniency, Limits, ResponseItem, ResponseReader};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::cell::Cell;
    use mailwire_core::Defect;
    use mailwire_testkit::random::Random;

    std::thread_local! {
        /// Whether nothing goes the quick way.
        pub(super) static PLAINLY: Cell<bool> = const { Cell::new(false) };
    }

    /// All that is read of a frame, by the quick way or without it; once more where lists may be only so deep.
    fn read(frame: &[u8], depth: u8, plainly: bool) -> String {
        PLAINLY.set(plainly);
        let (leniency, mut defects) = (Leniency::DEFAULT, Vec::<Defect<ImapDefect>>::new());
        let mut findings = Vec::new();
        let mut note = |finding: Finding<'_>, at| {
            // The plain way may say the same of the same place again.
            let finding = format!("{finding:?} {at:?}");
            if findings.last() != Some(&finding) {
                findings.push(finding);
            }
        };
        let response = Response::parse_with(frame, &leniency, &mut defects);
        let command = Command::parse_with(frame, &leniency, &mut defects);
        if let Ok(response) = response {
            response.explain(frame, &leniency, &mut note);
        }
        if let Ok(command) = command {
            command.explain(frame, &leniency, &mut note);
        }
        let mut reader = ResponseReader::new(Limits::DEFAULT.with_depth(depth));
        let item = reader.next(&mut &*frame);
        if let Ok(Some(ResponseItem::Frame(shallow))) = &item
            && let Ok(response) = shallow.value()
        {
            response.explain(shallow.raw(), &leniency, &mut note);
        }
        let said = format!("{response:?} {command:?} {defects:?} {item:?} {findings:?}");
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
        "* SEARCH 2 84 4294967295 4294967296 01 (MODSEQ 7)\r\n",
        "* LIST (\\HasChildren) \"/\" \"a b\"\r\n",
        "* LIST () \".\" inbox (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n",
        "* LIST (\\Noselect) NIL Archive/1\r\n",
        "* 2 FETCH (UID 7 BODY[1.2] {3}\r\nabc BODY[] \"x\" BODY[3] {2+}\r\nde)\r\n",
        "a1 LOGIN alice \"correct horse\"\r\n",
        "a2 SELECT \"a b\"\r\n",
        "a3 UID FETCH 1:5,7 (UID BODY.PEEK[HEADER.FIELDS (Date)] FLAGS)\r\n",
        "a4 SEARCH UNSEEN FROM \"Smith\" OR SUBJECT x NOT LARGER 9\r\n",
        "a5 UID STORE 3,4 +FLAGS.SILENT (\\Seen $X)\r\n",
        "a6 APPEND Sent (\\Seen) \" 7-Feb-2024 21:52:25 -0800\" {3+}\r\nabc\r\n",
        "a7 NOOP\r\n",
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
        for round in 0..60_000 {
            let mut frame: Vec<u8> = random.pick(LINES).as_bytes().to_vec();
            for _ in 0..round % 4 {
                let at = random.below(frame.len());
                let removed = random.below(3).min(frame.len() - at);
                let piece = if random.below(3) == 0 { "" } else { random.pick(PIECES) };
                frame.splice(at..at + removed, piece.bytes());
            }
            let depth = u8::try_from(random.below(6)).unwrap();
            assert_eq!(read(&frame, depth, false), read(&frame, depth, true), "{}", frame.escape_ascii());
        }
    }
}
