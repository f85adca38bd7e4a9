//! SEARCH, SORT, ESEARCH, THREAD.

use crate::IString;
use crate::cursor::{Cursor, Failed};
use crate::list::{Element, List};
use crate::out::Out;
use crate::raw::Other;
use crate::set::SequenceSet;

/// `SEARCH` or `SORT`: numbers in the order of the wire, and the largest modification sequence among them if one was asked for
/// (RFC 7162 §3.1.5).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Search<'a> {
    /// Message numbers or UIDs.
    pub numbers: List<'a, u32>,
    /// `(MODSEQ n)`.
    pub modseq: Option<u64>,
}

impl<'a> Search<'a> {
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let text = cursor.rest();
        let start = cursor.at;
        let mut modseq = None;
        let mut end = text.len();
        if text.ends_with(b")")
            && let Some(open) = memchr::memrchr(b'(', text)
        {
            end = open;
            cursor.at = start + open + 1;
            if !cursor.eat_word(b"MODSEQ") {
                return Err(cursor.error("MODSEQ"));
            }
            cursor.space()?;
            modseq = Some(cursor.count("a modification sequence")?);
            cursor.expect(b')', "`)`")?;
        }
        cursor.at = cursor.text.len();
        let numbers = text.get(..end).unwrap_or_default();
        let numbers = numbers.strip_suffix(b" ").filter(|_| modseq.is_some()).unwrap_or(numbers);
        Ok(Self { numbers: List::wire(numbers, 0), modseq })
    }

    pub(super) fn write(&self, word: &[u8], out: &mut Out) {
        out.raw(b"* ");
        out.raw(word);
        if !self.numbers.is_empty() {
            out.byte(b' ');
            self.numbers.write_bare(out);
        }
        if let Some(modseq) = self.modseq {
            out.raw(b" (MODSEQ ");
            out.number(modseq);
            out.byte(b')');
        }
        out.end();
    }
}

/// What numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Unit {
    /// Message numbers.
    Sequence,
    /// UIDs.
    Uid,
}

/// `ESEARCH` (RFC 9051 §7.3.4).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Esearch<'a> {
    /// The tag of the command that it answers.
    pub tag: Option<IString<'a>>,
    /// What its numbers are.
    pub unit: Unit,
    /// What was asked for.
    pub items: List<'a, EsearchItem<'a>>,
}

impl<'a> Esearch<'a> {
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        cursor.blanks();
        let mut tag = None;
        if cursor.eat(b'(') {
            if !cursor.eat_word(b"TAG") {
                return Err(cursor.error("TAG"));
            }
            cursor.space()?;
            tag = Some(cursor.astring()?);
            cursor.expect(b')', "`)`")?;
            cursor.blanks();
        }
        let mut unit = Unit::Sequence;
        if cursor.eat_word(b"UID") {
            if matches!(cursor.peek(), None | Some(b' ' | b'(')) {
                unit = Unit::Uid;
                cursor.blanks();
            } else {
                cursor.at -= 3;
            }
        }
        let raw = cursor.rest();
        cursor.at = cursor.text.len();
        Ok(Self { tag, unit, items: List::wire(raw, depth) })
    }

    pub(super) fn write(&self, out: &mut Out) {
        out.raw(b"* ESEARCH");
        if let Some(tag) = self.tag {
            out.raw(b" (TAG ");
            tag.write(out);
            out.byte(b')');
        }
        if self.unit == Unit::Uid {
            out.raw(b" UID");
        }
        if !self.items.is_empty() {
            out.byte(b' ');
            self.items.write_bare(out);
        }
        out.end();
    }
}

/// A window of a result (RFC 9394): from one position to another, the first being 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Window {
    /// `1:100`: from the front.
    First(u32, u32),
    /// `-1:-100`: from the end.
    Last(u32, u32),
}

impl Window {
    fn take(cursor: &mut Cursor<'_, '_>) -> Result<Self, Failed> {
        let last = cursor.eat(b'-');
        let from = cursor.message_number()?;
        cursor.expect(b':', "`:`")?;
        if last {
            cursor.expect(b'-', "`-`")?;
        }
        let to = cursor.message_number()?;
        Ok(if last { Self::Last(from, to) } else { Self::First(from, to) })
    }

    fn write(self, out: &mut Out) {
        let (Self::First(from, to) | Self::Last(from, to)) = self;
        let sign: &[u8] = if matches!(self, Self::Last(..)) { b"-" } else { b"" };
        out.raw(sign);
        out.number(u64::from(from));
        out.byte(b':');
        out.raw(sign);
        out.number(u64::from(to));
    }
}

/// A result of `ESEARCH`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum EsearchItem<'a> {
    /// `MIN`.
    Min(u32),
    /// `MAX`.
    Max(u32),
    /// `COUNT`.
    Count(u64),
    /// `ALL`: in the order of the wire, which is the order of ESORT.
    All(SequenceSet<'a>),
    /// `MODSEQ` (RFC 7162).
    ModSeq(u64),
    /// `PARTIAL (range set)` (RFC 9394): `None` if there is nothing there.
    Partial {
        /// What was asked for.
        range: Window,
        /// What there is.
        found: Option<SequenceSet<'a>>,
    },
    /// Anything else.
    Unknown(Other<'a>),
}

impl<'a> Element<'a> for EsearchItem<'a> {
    const WIDTH: usize = 2;

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.word("a word of ESEARCH")?;
        cursor.space()?;
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        Ok(match name.len() {
            3 if is(b"MIN") => Self::Min(cursor.message_number()?),
            3 if is(b"MAX") => Self::Max(cursor.message_number()?),
            3 if is(b"ALL") => Self::All(SequenceSet::take(cursor)?),
            5 if is(b"COUNT") => Self::Count(cursor.count("a number")?),
            6 if is(b"MODSEQ") => Self::ModSeq(cursor.count("a modification sequence")?),
            7 if is(b"PARTIAL") => {
                cursor.expect(b'(', "`(`")?;
                let range = Window::take(cursor)?;
                cursor.space()?;
                let found = if cursor.nil() { None } else { Some(SequenceSet::take(cursor)?) };
                cursor.expect(b')', "`)`")?;
                Self::Partial { range, found }
            }
            _ => Self::Unknown(Other::take(name, cursor)?),
        })
    }

    fn write(&self, out: &mut Out) {
        let (name, number): (&[u8], u64) = match *self {
            Self::Min(n) => (b"MIN ", u64::from(n)),
            Self::Max(n) => (b"MAX ", u64::from(n)),
            Self::Count(n) => (b"COUNT ", n),
            Self::ModSeq(n) => (b"MODSEQ ", n),
            Self::All(set) => {
                out.raw(b"ALL ");
                return out.raw(set.as_bytes());
            }
            Self::Partial { range, found } => {
                out.raw(b"PARTIAL (");
                range.write(out);
                out.byte(b' ');
                out.raw(found.map_or(b"NIL", SequenceSet::as_bytes));
                return out.byte(b')');
            }
            Self::Unknown(other) => return other.write(out),
        };
        out.raw(name);
        out.number(number);
    }
}

/// A thread of `THREAD`: messages one below the other, and then branches (RFC 5256 §4).
///
/// ```
/// use mailwire_imap::response::{Response, ThreadMember};
///
/// let Response::Thread(threads) = Response::parse(b"* THREAD (2)(3 6 (4 23)(44))\r\n")? else { panic!() };
/// let second = threads.iter().nth(1).unwrap().unwrap();
/// let members: Vec<_> = second.members().iter().flatten().collect();
/// assert!(matches!(members[..], [ThreadMember::Message(3), ThreadMember::Message(6), ThreadMember::Branch(_), ThreadMember::Branch(_)]));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thread<'a>(List<'a, ThreadMember<'a>>);

/// A member of a [`Thread`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum ThreadMember<'a> {
    /// A message, below the one before.
    Message(u32),
    /// One of several threads below the last message.
    Branch(Thread<'a>),
}

impl<'a> Thread<'a> {
    /// A thread of these members.
    pub fn new(members: List<'a, ThreadMember<'a>>) -> Self {
        Self(members)
    }

    /// Its members.
    pub fn members(&self) -> List<'a, ThreadMember<'a>> {
        self.0
    }
}

impl<'a> Element<'a> for Thread<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        Ok(Self(List::wire(cursor.list()?, depth)))
    }

    fn write(&self, out: &mut Out) {
        // What was read is balanced, and what was made by hand has the depth of its maker.
        if out.is_kept() {
            return self.0.write_list(out);
        }
        out.byte(b'(');
        // Branches stand side by side, and nothing stands before the first member.
        let mut joined = true;
        for (at, member) in self.0.iter().enumerate() {
            let branch = matches!(member, Ok(ThreadMember::Branch(_)));
            if at > 0 && !(joined && branch) {
                out.byte(b' ');
            }
            match member {
                Ok(member) => Element::write(&member, out),
                Err(invalid) => out.verbatim(invalid.raw()),
            }
            joined = branch;
        }
        out.byte(b')');
    }
}

impl<'a> Element<'a> for ThreadMember<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        if cursor.peek() == Some(b'(') {
            Thread::take(cursor).map(Self::Branch)
        } else {
            cursor.message_number().map(Self::Message)
        }
    }

    fn write(&self, out: &mut Out) {
        match self {
            Self::Message(number) => out.number(u64::from(*number)),
            Self::Branch(thread) => Element::write(thread, out),
        }
    }
}
