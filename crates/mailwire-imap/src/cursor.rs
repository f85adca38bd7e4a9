//! A place in a frame, and the tokens read there.

mod close;
mod digits;
mod literals;
mod quick;
mod skip;
mod window;

use digits::digits;
pub(crate) use digits::last_digits;
pub(crate) use literals::literals;
pub(crate) use quick::{Quick, within};
pub(crate) use window::strings;

use crate::ImapDefect;
use crate::class::Class;
use crate::plain::plain;
use crate::string::IString;
use mailwire_core::{ParseError, Sink};

/// A place in a text. The depth is how many lists may still be opened: one counter for all values of a frame.
#[expect(
    unnameable_types,
    missing_debug_implementations,
    reason = "seals the trait that has it in its signatures"
)]
pub struct Cursor<'a, 's> {
    pub(crate) text: &'a [u8],
    pub(crate) at: usize,
    pub(crate) depth: u8,
    pub(crate) sink: &'s mut dyn Sink<ImapDefect>,
    /// Why it [failed](Failed), and where.
    why: Option<ParseError>,
}

/// Something is not what it should be; the cursor knows [why](Cursor::why).
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "seals the trait that has it in its signatures")]
pub struct Failed;

pub(crate) const TOO_DEEP: &str = "no further list inside of a list";

impl<'a, 's> Cursor<'a, 's> {
    pub(crate) fn new(text: &'a [u8], depth: u8, sink: &'s mut dyn Sink<ImapDefect>) -> Self {
        Self { text, at: 0, depth, sink, why: None }
    }

    #[inline]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'a [u8] {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    #[cold]
    pub(crate) fn error(&mut self, expected: &'static str) -> Failed {
        self.error_at(self.at, expected)
    }

    #[cold]
    pub(crate) fn error_at(&mut self, at: usize, expected: &'static str) -> Failed {
        self.failed(ParseError::new(self.text, at, expected))
    }

    /// What a value says that was made of a piece of the text.
    pub(crate) fn failed(&mut self, why: ParseError) -> Failed {
        self.why = Some(why);
        Failed
    }

    /// What it was that failed last.
    pub(crate) fn why(&self) -> ParseError {
        self.why.unwrap_or_else(|| ParseError::new(self.text, self.at, "something else"))
    }

    /// For who has no cursor.
    #[inline]
    pub(crate) fn explained<T>(&self, value: Result<T, Failed>) -> Result<T, ParseError> {
        value.map_err(|Failed| self.why())
    }

    #[cold]
    pub(crate) fn report(&mut self, defect: ImapDefect, start: usize) {
        self.sink.report(defect, start..self.at.max(start));
    }

    /// Takes `byte` if it is there.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), Failed> {
        if self.eat(byte) { Ok(()) } else { Err(self.error(expected)) }
    }

    /// Takes `word` if it is there, in any case.
    #[inline]
    pub(crate) fn eat_word(&mut self, word: &[u8]) -> bool {
        let there = self.rest().get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word));
        self.at += if there { word.len() } else { 0 };
        there
    }

    /// A blank, or several, or none in front of a list.
    #[inline]
    pub(crate) fn space(&mut self) -> Result<(), Failed> {
        if let [b' ', next, ..] = self.rest()
            && !matches!(next, b' ' | b'\t')
        {
            self.at += 1;
            return Ok(());
        }
        self.odd_space()
    }

    #[cold]
    fn odd_space(&mut self) -> Result<(), Failed> {
        let start = self.at;
        self.blanks();
        match (self.at - start, self.peek()) {
            (0, Some(b'(')) => self.report(ImapDefect::MissingBlank, start),
            (0, _) => return Err(self.error("a space")),
            (_, None) => self.report(ImapDefect::TrailingBlank, start),
            (1, _) => {}
            _ => self.report(ImapDefect::ExtraBlank, start),
        }
        Ok(())
    }

    /// Passes over blanks without a word.
    #[inline]
    pub(crate) fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes over blanks that should not be there.
    #[inline]
    pub(crate) fn no_blanks(&mut self) {
        let start = self.at;
        self.blanks();
        if self.at > start {
            self.report(ImapDefect::TrailingBlank, start);
        }
    }

    /// The end of the text, but for blanks.
    pub(crate) fn end(&mut self) -> Result<(), Failed> {
        self.no_blanks();
        if self.is_end() { Ok(()) } else { Err(self.error("the end of the line")) }
    }

    /// The end of the text; what is there all the same is reported.
    pub(crate) fn tolerant_end(&mut self) {
        self.no_blanks();
        if !self.is_end() {
            let start = self.at;
            self.at = self.text.len();
            self.report(ImapDefect::Extra, start);
        }
    }

    /// `atom`: at least one of its characters.
    #[inline]
    pub(crate) fn atom(&mut self, expected: &'static str) -> Result<&'a [u8], Failed> {
        self.run(Class::ATOM, expected)
    }

    #[inline]
    pub(crate) fn run(&mut self, class: Class, expected: &'static str) -> Result<&'a [u8], Failed> {
        let start = self.at;
        self.at += class.prefix_len(self.rest());
        if self.at == start { Err(self.error(expected)) } else { Ok(self.since(start)) }
    }

    /// `number64`, at most 2^63 - 1 by RFC 9051 and 2^64 - 1 here.
    #[inline]
    pub(crate) fn number(&mut self, expected: &'static str) -> Result<u64, Failed> {
        /// So many digits can't be too many.
        const SAFE: usize = 19;
        let (number, len) = digits(self.rest());
        match len {
            0 => Err(self.error(expected)),
            1..=SAFE => {
                self.at += len;
                Ok(number)
            }
            _ => self.long_number(len),
        }
    }

    #[cold]
    fn long_number(&mut self, len: usize) -> Result<u64, Failed> {
        let end = self.at + len;
        let mut number = 0_u64;
        while self.at < end {
            let digit = self.peek().map_or(0, |byte| u64::from(byte - b'0'));
            let next = number.checked_mul(10).and_then(|number| number.checked_add(digit));
            number = next.ok_or_else(|| self.error("a number below 2^64"))?;
            self.at += 1;
        }
        Ok(number)
    }

    #[inline]
    pub(crate) fn number32(&mut self, expected: &'static str) -> Result<u32, Failed> {
        let start = self.at;
        let number = self.number(expected)?;
        u32::try_from(number).map_err(|_| self.error_at(start, "a number below 2^32"))
    }

    /// A message number or a UID. 0 is reported.
    #[inline]
    pub(crate) fn message_number(&mut self) -> Result<u32, Failed> {
        let start = self.at;
        let number = self.number32("a message number")?;
        if number == 0 {
            self.report(ImapDefect::ZeroNumber, start);
        }
        Ok(number)
    }

    /// A count, as servers really write it: `-1`, `NIL`, in quotes, with an exponent.
    #[inline]
    pub(crate) fn count(&mut self, expected: &'static str) -> Result<u64, Failed> {
        let start = self.at;
        match self.peek() {
            Some(b'0'..=b'9') => {
                let number = self.number(expected)?;
                if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
                    self.float(start, expected)
                } else {
                    Ok(number)
                }
            }
            _ => self.odd_count(expected),
        }
    }

    #[cold]
    fn odd_count(&mut self, expected: &'static str) -> Result<u64, Failed> {
        let start = self.at;
        if self.eat(b'-') {
            self.number(expected)?;
            self.report(ImapDefect::NegativeNumber, start);
            return Ok(0);
        }
        if self.nil() {
            self.report(ImapDefect::NilNumber, start);
            return Ok(0);
        }
        if self.eat(b'"') {
            let number = self.number(expected)?;
            self.expect(b'"', "`\"`")?;
            self.report(ImapDefect::QuotedWord, start);
            return Ok(number);
        }
        Err(self.error(expected))
    }

    /// `9.3736e+06`: digits, a fraction, a power of ten. What is left of the fraction is cut off.
    #[cold]
    fn float(&mut self, start: usize, expected: &'static str) -> Result<u64, Failed> {
        self.at = start;
        let mut number = self.number(expected)?;
        let fraction = if self.eat(b'.') {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                self.at += 1;
            }
            self.since(start)
        } else {
            b""
        };
        let mut power = 0;
        if self.eat(b'e') || self.eat(b'E') {
            self.eat(b'+');
            power = self.number(expected)?;
        }
        let mut digits = fraction.iter();
        for _ in 0..power.min(20) {
            let digit = digits.next().map_or(0, |digit| u64::from(digit - b'0'));
            let next = number.checked_mul(10).and_then(|number| number.checked_add(digit));
            number = next.ok_or_else(|| self.error("a number below 2^64"))?;
        }
        self.report(ImapDefect::FloatNumber, start);
        Ok(number)
    }

    /// `NIL`, if it is there and the word ends behind it.
    #[inline]
    pub(crate) fn nil(&mut self) -> bool {
        let [b'N' | b'n', b'I' | b'i', b'L' | b'l', behind @ ..] = self.rest() else { return false };
        let ends = !behind.first().is_some_and(|&byte| Class::ASTRING.contains(byte));
        self.at += if ends { 3 } else { 0 };
        ends
    }

    /// `string`: quoted, or a literal of either kind.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<IString<'a>, Failed> {
        match self.peek() {
            Some(b'"') => self.quoted(),
            Some(b'{' | b'~') => self.literal(),
            _ => Err(self.error("a string")),
        }
    }

    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<IString<'a>, Failed> {
        let [b'"', behind @ ..] = self.rest() else { return Err(self.error("`\"`")) };
        if let Some((text, [b'"', ..])) = behind.split_at_checked(plain(behind, 0)) {
            self.at += text.len() + 2;
            return Ok(IString::new(text));
        }
        self.at += 1;
        self.odd_quoted(self.at)
    }

    /// Goes on in a quoted string that has more than plain text in it.
    #[cold]
    fn odd_quoted(&mut self, start: usize) -> Result<IString<'a>, Failed> {
        let (mut escaped, mut high) = (false, 0);
        loop {
            let Some(byte) = self.peek() else { return Err(self.error("`\"`")) };
            match byte {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    match self.peek() {
                        Some(b'"' | b'\\') => {}
                        Some(b'\r' | b'\n') | None => {
                            return Err(self.error("a character behind the backslash"));
                        }
                        Some(_) => {
                            let at = self.at;
                            self.at += 1;
                            self.report(ImapDefect::StrayBackslash, at - 1);
                            self.at = at;
                        }
                    }
                }
                b'\r' | b'\n' => return Err(self.error("`\"`")),
                0 => self.sink.report(ImapDefect::Nul, self.at..self.at + 1),
                _ => high |= byte,
            }
            self.at += 1;
        }
        let text = self.since(start);
        if high >= 128 {
            self.report(ImapDefect::EightBit, start);
        }
        self.at += 1;
        Ok(if escaped { IString::escaped(text) } else { IString::new(text) })
    }

    /// A literal whose octets are in the frame.
    pub(crate) fn literal(&mut self) -> Result<IString<'a>, Failed> {
        let start = self.at;
        let size = self.announcement()?;
        self.announced(size, start)
    }

    /// The octets of a literal whose announcement stands at `start`.
    pub(crate) fn announced(&mut self, size: u64, start: usize) -> Result<IString<'a>, Failed> {
        let octets = usize::try_from(size).ok().and_then(|size| self.rest().get(..size));
        let Some(octets) = octets else {
            return Err(self.error_at(start, "a literal that is all there"));
        };
        self.at += octets.len();
        Ok(IString::new(octets))
    }

    /// `{n}` or `~{n}`, with a plus sign or not, and the line end.
    pub(crate) fn announcement(&mut self) -> Result<u64, Failed> {
        self.eat(b'~');
        self.expect(b'{', "a string")?;
        let size = self.number("the size of a literal")?;
        if let [b'}', b'\r', b'\n', ..] = self.rest() {
            self.at += 3;
            return Ok(size);
        }
        let plus = self.eat(b'+');
        self.expect(b'}', "`}`")?;
        self.eat(b'\r');
        self.expect(b'\n', "the end of the line")?;
        if plus {
            let at = self.at;
            self.report(ImapDefect::ServerNonSync, at);
        }
        Ok(size)
    }

    /// `nstring`. What nobody quoted is taken for a string too.
    #[inline]
    pub(crate) fn nstring(&mut self) -> Result<Option<IString<'a>>, Failed> {
        match self.rest() {
            [b'"', ..] => self.quoted().map(Some),
            [b'N', b'I', b'L', b' ' | b')', ..] => {
                self.at += 3;
                Ok(None)
            }
            _ => self.odd_nstring(),
        }
    }

    #[cold]
    fn odd_nstring(&mut self) -> Result<Option<IString<'a>>, Failed> {
        match self.rest() {
            [b'{', ..] | [b'~', b'{', ..] => self.literal().map(Some),
            _ if self.nil() => Ok(None),
            _ => self.unquoted().map(Some),
        }
    }

    #[cold]
    fn unquoted(&mut self) -> Result<IString<'a>, Failed> {
        let start = self.at;
        let text = self.run(Class::WORD, "a string or NIL")?;
        self.report(ImapDefect::UnquotedString, start);
        Ok(IString::new(text))
    }

    /// A string that must not be NIL, but is now and then.
    #[inline]
    pub(crate) fn some_string(&mut self) -> Result<IString<'a>, Failed> {
        let start = self.at;
        if let Some(string) = self.nstring()? {
            return Ok(string);
        }
        self.report(ImapDefect::NilString, start);
        Ok(IString::EMPTY)
    }

    /// `astring`, with octets over 127 too.
    #[inline]
    pub(crate) fn astring(&mut self) -> Result<IString<'a>, Failed> {
        match self.peek() {
            Some(b'"') => self.quoted(),
            Some(b'{') => self.literal(),
            Some(b'~') if self.rest().get(1) == Some(&b'{') => self.literal(),
            _ => self.word("a string").map(IString::new),
        }
    }

    /// A run of characters that end no word; what no atom has is reported.
    #[inline]
    pub(crate) fn word(&mut self, expected: &'static str) -> Result<&'a [u8], Failed> {
        let start = self.at;
        let len = Class::ASTRING.prefix_len(self.rest());
        if len > 0 && self.text.get(start + len).is_none_or(|&byte| !Class::WORD.contains(byte)) {
            self.at += len;
            return Ok(self.since(start));
        }
        let text = self.run(Class::WORD, expected)?;
        if !Class::ASTRING.contains_all(text) {
            let eight = text.iter().any(|byte| *byte >= 128);
            self.report(if eight { ImapDefect::EightBit } else { ImapDefect::UnquotedString }, start);
        }
        Ok(text)
    }

    /// `(`, and everything up to the `)` that closes it: what is between.
    #[inline]
    pub(crate) fn list(&mut self) -> Result<&'a [u8], Failed> {
        if self.peek() != Some(b'(') {
            return Err(self.error("`(`"));
        }
        if self.depth > 0
            && let Some(words) = self.quick(Quick::words)
        {
            return Ok(words);
        }
        let start = self.at + 1;
        self.skip_list()?;
        Ok(self.text.get(start..self.at - 1).unwrap_or_default())
    }

    /// One list deeper, or an error.
    pub(crate) fn deeper(&mut self) -> Result<u8, Failed> {
        self.depth.checked_sub(1).ok_or_else(|| self.error(TOO_DEEP))
    }
}
