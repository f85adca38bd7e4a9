//! Sets of message numbers and UIDs.

use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick};
use crate::list::Element;
use crate::out::Out;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;
use mailwire_core::{Escaped, ParseError};

/// `sequence-set` (RFC 9051 §9): numbers and ranges in the order of the wire, and at the end, mostly alone, `$`: the result of the
/// last search.
///
/// ```
/// use mailwire_imap::set::{SequenceSet, Member, Number};
///
/// let set = SequenceSet::new(b"4,2:*")?;
/// assert_eq!(set.iter().next(), Some(Member::One(Number::At(4))));
/// assert_eq!(set.iter().count(), 2);
/// assert!(SequenceSet::new(b"1,,2").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceSet<'a>(&'a [u8]);

/// A number in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Number {
    /// A message number or UID.
    At(u32),
    /// `*`: the largest there is.
    Last,
}

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum Member {
    /// One number.
    One(Number),
    /// `a:b`; the larger one may come first.
    Range(Number, Number),
    /// `$` (RFC 5182).
    Saved,
}

impl<'a> SequenceSet<'a> {
    /// `1:*`: all.
    pub const ALL: SequenceSet<'static> = SequenceSet(b"1:*");
    /// `$`: the result of the last search (RFC 5182).
    pub const SAVED: SequenceSet<'static> = SequenceSet(b"$");

    /// Takes a set.
    ///
    /// # Errors
    ///
    /// Where it is none. 0 is no number of a set.
    pub fn new(set: &'a [u8]) -> Result<Self, ParseError> {
        let mut members = Iter { rest: set };
        while !members.rest.is_empty() || set.is_empty() {
            let at = set.len() - members.rest.len();
            let member = members.next();
            if member.is_none() || members.rest.is_empty() && set.ends_with(b",") {
                return Err(ParseError::new(set, at, "a number above zero, or `*`"));
            }
        }
        Ok(Self(set))
    }

    pub(crate) fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let text = cursor.run(Class::SET, "a set of numbers")?;
        Self::new(text).map_err(|error| cursor.failed(error.shifted(start)))
    }

    /// Its octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its members in the order of the wire.
    pub fn iter(self) -> Iter<'a> {
        Iter { rest: self.0 }
    }

    /// Its numbers one by one, in the order of the wire, ranges from small to large; `*` is left out. COPYUID and ESORT pair
    /// their sets that way (RFC 4315 §3).
    pub fn numbers(self) -> impl Iterator<Item = u32> + use<'a> {
        self.iter().flat_map(|member| match member {
            Member::One(Number::At(one)) => one..=one,
            Member::Range(Number::At(a), Number::At(b)) => a.min(b)..=a.max(b),
            _ => RangeInclusive::new(1, 0),
        })
    }
}

impl<'a> IntoIterator for SequenceSet<'a> {
    type Item = Member;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// A walk over a [`SequenceSet`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    rest: &'a [u8],
}

impl Iter<'_> {
    fn number(&mut self) -> Option<Number> {
        if let [b'*', rest @ ..] = self.rest {
            self.rest = rest;
            return Some(Number::Last);
        }
        let mut number = 0_u32;
        let before = self.rest.len();
        while let [byte @ b'0'..=b'9', rest @ ..] = self.rest {
            number = number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            self.rest = rest;
        }
        (number > 0 && self.rest.len() < before).then_some(Number::At(number))
    }
}

impl Iterator for Iter<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        // Nothing comes behind it.
        if self.rest == b"$" {
            self.rest = b"";
            return Some(Member::Saved);
        }
        let first = self.number()?;
        let member = if let [b':', rest @ ..] = self.rest {
            self.rest = rest;
            Member::Range(first, self.number()?)
        } else {
            Member::One(first)
        };
        match self.rest {
            [b',', rest @ ..] => self.rest = rest,
            [] => {}
            _ => return None,
        }
        Some(member)
    }
}

impl fmt::Debug for SequenceSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Element<'a> for SequenceSet<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        SequenceSet::take(cursor)
    }

    fn write(&self, out: &mut Out) {
        out.raw(self.0);
    }
}

impl<'a> Element<'a> for u32 {
    #[inline]
    fn quickly(quick: &mut Quick<'a>, _depth: u8) -> Option<Self> {
        quick.blank()?;
        let number = quick.number().and_then(|number| Self::try_from(number).ok())?;
        quick.ends()?;
        // Zero is a defect.
        (number > 0).then_some(number)
    }

    #[inline]
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        cursor.message_number()
    }

    fn write(&self, out: &mut Out) {
        out.number(u64::from(*self));
    }
}

/// Numbers in order and without repetition, as runs: the shortest way to write a set.
///
/// ```
/// use mailwire_imap::set::Runs;
///
/// let runs: Runs = [7, 1, 2, 3, 2].into_iter().collect();
/// assert_eq!(runs.to_bytes(), b"1:3,7");
/// assert_eq!(runs.split_by_bytes(3).collect::<Vec<_>>(), [b"1:3".to_vec(), b"7".to_vec()]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs(Vec<RangeInclusive<u32>>);

impl Runs {
    /// The runs, from small to large.
    pub fn as_slice(&self) -> &[RangeInclusive<u32>] {
        &self.0
    }

    /// As a `sequence-set`; empty if there is nothing in it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut set = Vec::new();
        for run in &self.0 {
            push(&mut set, run);
        }
        set
    }

    /// As sets of at most `most` octets each, one run at least.
    pub fn split_by_bytes(&self, most: usize) -> impl Iterator<Item = Vec<u8>> + use<'_> {
        let mut runs = self.0.iter().peekable();
        core::iter::from_fn(move || {
            let mut set = Vec::new();
            while let Some(run) = runs.peek() {
                let before = set.len();
                push(&mut set, run);
                if before > 0 && set.len() > most {
                    set.truncate(before);
                    break;
                }
                runs.next();
            }
            (!set.is_empty()).then_some(set)
        })
    }
}

fn push(set: &mut Vec<u8>, run: &RangeInclusive<u32>) {
    if !set.is_empty() {
        set.push(b',');
    }
    let mut out = Out::server(crate::out::Enabled::NONE);
    out.number(u64::from(*run.start()));
    if run.end() > run.start() {
        out.byte(b':');
        out.number(u64::from(*run.end()));
    }
    set.extend_from_slice(out.bytes());
}

impl FromIterator<u32> for Runs {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut numbers: Vec<u32> = numbers.into_iter().filter(|&number| number > 0).collect();
        numbers.sort_unstable();
        let mut runs: Vec<RangeInclusive<u32>> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some(run) if number <= run.end().saturating_add(1) => *run = *run.start()..=number,
                _ => runs.push(number..=number),
            }
        }
        Self(runs)
    }
}
