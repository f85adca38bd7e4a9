//! What commands and responses are made of. Lists are borrowed, so everything is leaked: a test ends soon.

use mailwire_core::DateTime;
use mailwire_imap::command::Modifier;
use mailwire_imap::date::Date;
use mailwire_imap::fetch::{Section, SectionText};
use mailwire_imap::flag::Flag;
use mailwire_imap::list::Element;
use mailwire_imap::mailbox::MailboxName;
use mailwire_imap::raw::Raw;
use mailwire_imap::response::Unit;
use mailwire_imap::set::SequenceSet;
use mailwire_imap::{Capability, IString, List};
use mailwire_testkit::random::Random;

pub(crate) struct Make {
    random: Random,
    /// Whether names of fields are those of a mail: where bodies stream, the reader knows the end of a section by its bracket.
    pub(crate) tame: bool,
}

/// Octets that are hard on quotes, literals, lists and codes.
const PIECES: &[&[u8]] = &[
    b"a",
    b"Z",
    b"9",
    b"\"",
    b"\\",
    b" ",
    b"\r",
    b"\n",
    b"\r\n",
    b"{3}",
    b"{3+}\r\n",
    b"~{1}\r\n",
    b"(",
    b")",
    b"[",
    b"]",
    b"*",
    b"%",
    b"+",
    b"\xfc",
    b"\xc3\xbc",
    b"\xe5\x8f\xb0",
    b"\t",
    b"\x7f",
    b"NIL",
    b"}",
    b"&",
    b"\r\nb NOOP\r\n",
    b"* OK ",
];

/// Those that no atom is made of but these.
const ATOMS: &[&str] = &["a", "Z", "9", "-", ".", "+", "&", "}", "=", "/", "!", "'", "|", "^", "nil", "IL"];

impl Make {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), tame: false }
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.random.below(end)
    }

    pub(crate) fn heads(&mut self) -> bool {
        self.below(2) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        *self.random.pick(of)
    }

    pub(crate) fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.heads() { Some(make(self)) } else { None }
    }

    pub(crate) fn array<T, const N: usize>(
        &mut self,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> &'static [T; N] {
        Box::leak(Box::new(core::array::from_fn(|_| make(self))))
    }

    pub(crate) fn list<T: Element<'static>>(
        &mut self,
        least: usize,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> List<'static, T> {
        let len = least + self.below(4);
        let elements: Vec<T> = (0..len).map(|_| make(self)).collect();
        List::from(&*elements.leak())
    }

    pub(crate) fn octets(&mut self) -> &'static [u8] {
        if self.below(12) == 0 {
            return b"NIL";
        }
        let len = self.below(7);
        let octets: Vec<u8> = (0..len).flat_map(|_| self.pick(PIECES)).copied().collect();
        octets.leak()
    }

    pub(crate) fn string(&mut self) -> IString<'static> {
        IString::new(self.octets())
    }

    pub(crate) fn nstring(&mut self) -> Option<IString<'static>> {
        self.maybe(Self::string)
    }

    pub(crate) fn mailbox(&mut self) -> MailboxName<'static> {
        if self.below(5) == 0 { MailboxName::INBOX } else { MailboxName::new(self.string()) }
    }

    /// An atom that begins with a letter.
    pub(crate) fn atom(&mut self) -> &'static [u8] {
        let len = self.below(6);
        let tail: String = (0..len).map(|_| self.pick(ATOMS)).collect();
        format!("X{tail}").into_bytes().leak()
    }

    pub(crate) fn capability(&mut self) -> Capability<'static> {
        let known = self.pick(&["IMAP4rev1", "IDLE", "AUTH=PLAIN", "LITERAL+", "APPENDLIMIT=7"]);
        Capability::new(if self.heads() { known.as_bytes() } else { self.atom() }).unwrap()
    }

    pub(crate) fn keyword(&mut self) -> Flag<'static> {
        if self.heads() { Flag::FORWARDED } else { Flag::new(self.atom()).unwrap() }
    }

    pub(crate) fn flag(&mut self) -> Flag<'static> {
        match self.below(4) {
            0 => self.pick(&[Flag::SEEN, Flag::ANSWERED, Flag::DELETED, Flag::DRAFT]),
            1 => Flag::new([b"\\", self.atom()].concat().leak()).unwrap(),
            _ => self.keyword(),
        }
    }

    pub(crate) fn flags(&mut self) -> List<'static, Flag<'static>> {
        self.list(0, Self::flag)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.pick(&[0, 1, 7, 1 << 31, u64::from(u32::MAX), 1 << 40, u64::MAX])
    }

    /// A message number or a UID.
    pub(crate) fn message(&mut self) -> u32 {
        self.pick(&[1, 2, 7, 1_000_000, u32::MAX])
    }

    pub(crate) fn set(&mut self) -> SequenceSet<'static> {
        if self.below(8) == 0 {
            return SequenceSet::SAVED;
        }
        let members: Vec<String> = (0..=self.below(4)).map(|_| self.member()).collect();
        SequenceSet::new(members.join(",").into_bytes().leak()).unwrap()
    }

    fn member(&mut self) -> String {
        match self.below(4) {
            0 => "*".to_owned(),
            1 => format!("{}:*", self.message()),
            2 => format!("{}:{}", self.message(), self.message()),
            _ => self.message().to_string(),
        }
    }

    pub(crate) fn unit(&mut self) -> Unit {
        self.pick(&[Unit::Sequence, Unit::Uid])
    }

    fn small<T: TryFrom<usize>>(&mut self, from: usize, end: usize) -> T {
        let number = from + self.below(end - from);
        T::try_from(number).unwrap_or_else(|_| panic!("{number} is too large"))
    }

    pub(crate) fn date(&mut self) -> Date {
        Date::new(self.small(0, 10_000), self.small(1, 13), self.small(1, 29)).unwrap()
    }

    pub(crate) fn date_time(&mut self) -> DateTime {
        let date = self.date();
        let [hour, minute, second] = [24, 60, 60].map(|end| self.small(0, end));
        let offset = self.pick(&[0, 60, -90, 330, 14 * 60, -12 * 60]);
        DateTime::new(date.year(), date.month(), date.day(), hour, minute, second, offset).unwrap()
    }

    pub(crate) fn raw(&mut self) -> Raw<'static> {
        let value: &[u8] = match self.below(6) {
            0 => b"7",
            1 => b"1:*,3",
            2 => b"\"a \\\"b\\\\ ]\"",
            3 => b"(a (\"b)\" 7) () NIL)",
            4 => b"NIL",
            _ => self.atom(),
        };
        Raw::new(value).unwrap()
    }

    /// A word, and a value that is not taken for another word.
    pub(crate) fn modifier(&mut self) -> Modifier<'static> {
        let word: &[u8] = if self.heads() {
            self.pick(&["CHANGEDSINCE", "ALL", "STATUS", "SIZE", "LAZY"]).as_bytes()
        } else {
            self.atom()
        };
        let value: Option<&[u8]> = self.pick(&[
            None,
            None,
            Some(b"12345"),
            Some(b"(MESSAGES 7)"),
            Some(b"1:100"),
            Some(b"-1:-100"),
            Some(b"$"),
        ]);
        Modifier::new(word, value).unwrap()
    }

    pub(crate) fn modifiers(&mut self, least: usize) -> List<'static, Modifier<'static>> {
        self.list(least, Self::modifier)
    }

    fn field_name(&mut self) -> IString<'static> {
        if self.tame { self.pick(&["Date", "a\r\nb", "\"", "X-{7}"]).into() } else { self.string() }
    }

    pub(crate) fn section(&mut self) -> Section<'static> {
        let part: &[u8] = self.pick(&[&b""[..], b"1", b"1.2", b"4294967295.1"]);
        let text = match self.below(6) {
            0 => SectionText::Header,
            1 => SectionText::HeaderFields(self.list(1, Self::field_name)),
            2 => SectionText::HeaderFieldsNot(self.list(1, Self::field_name)),
            3 => SectionText::Text,
            4 if !part.is_empty() => SectionText::Mime,
            _ => SectionText::All,
        };
        Section::new(part, text).unwrap()
    }

    pub(crate) fn text(&mut self) -> mailwire_core::LineText<'static> {
        let text = self.pick(&["done", "x] {11}", "\u{fc}ber", "no \"quote", ") (", "a"]);
        mailwire_core::LineText::new(text.as_bytes()).unwrap()
    }
}
