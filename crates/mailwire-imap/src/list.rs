//! Lists that are read as they are walked.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use crate::ImapDefect;
use crate::cursor::{Cursor, Failed, Quick};
use crate::out::Out;
use core::fmt;
use mailwire_core::{Escaped, ParseError, Sink};

/// What a [`List`] may hold. Sealed: the grammar says what there is.
pub trait Element<'a>: Copy + fmt::Debug + PartialEq {
    /// How many values one element has: what is passed over if it can't be read.
    #[doc(hidden)]
    const WIDTH: usize = 1;
    #[doc(hidden)]
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed>;
    #[doc(hidden)]
    fn write(&self, out: &mut Out);
    /// An element and the blank in front of it, if neither they nor what follows are odd in any way.
    #[doc(hidden)]
    #[inline]
    fn quickly(_quick: &mut Quick<'a>, _depth: u8) -> Option<Self> {
        None
    }
    /// The same for an element that is large. `found` is called where each one is known, so that what it makes of it and of the
    /// place behind it is written where it stays: merged on the way, it would be copied. `context` is what both closures need.
    #[doc(hidden)]
    #[inline(always)]
    fn quick<C, R>(
        mut quick: Quick<'a>,
        depth: u8,
        context: C,
        found: impl Fn(C, usize, Self) -> R,
        odd: impl FnOnce(C) -> R,
    ) -> R {
        match Self::quickly(&mut quick, depth) {
            Some(element) => found(context, quick.place(), element),
            None => odd(context),
        }
    }
    /// Passes over what can't be read.
    #[doc(hidden)]
    fn skip(cursor: &mut Cursor<'a, '_>) {
        for left in (0..Self::WIDTH).rev() {
            cursor.skip_value();
            if left > 0 {
                cursor.blanks();
            }
        }
    }
}

/// A list: of the frame that it was read from, or of a slice to be written.
///
/// Nothing is collected: each walk reads the elements anew. An element that can't be read is an [`Invalid`] between the others.
///
/// ```
/// use mailwire_imap::{List, flag::Flag};
///
/// let flags = [Flag::SEEN, Flag::new(b"$Forwarded")?];
/// let list = List::from(&flags[..]);
/// assert_eq!(list.iter().flatten().count(), 2);
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
pub struct List<'a, T>(Inner<'a, T>);

enum Inner<'a, T> {
    Wire { raw: &'a [u8], depth: u8 },
    Slice(&'a [T]),
}

impl<'a, T: Element<'a>> List<'a, T> {
    /// Nothing in it.
    pub const EMPTY: Self = Self(Inner::Wire { raw: b"", depth: 0 });

    pub(crate) const fn wire(raw: &'a [u8], depth: u8) -> Self {
        Self(Inner::Wire { raw, depth })
    }

    /// Its elements, in the order of the wire.
    pub fn iter(&self) -> Iter<'a, T> {
        match self.0 {
            Inner::Wire { raw, depth } => Iter { raw, at: 0, depth, slice: &[] },
            Inner::Slice(slice) => Iter { raw: b"", at: 0, depth: 0, slice },
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self.0 {
            Inner::Wire { .. } => self.iter().next().is_none(),
            Inner::Slice(elements) => elements.is_empty(),
        }
    }

    /// Its octets on the wire; empty for one that is to be written.
    pub fn as_wire(&self) -> &'a [u8] {
        match self.0 {
            Inner::Wire { raw, .. } => raw,
            Inner::Slice(_) => b"",
        }
    }

    /// Reads all of it, and reports what is forgiven and where, in octets from the start of the list.
    pub fn explain(&self, sink: &mut dyn Sink<ImapDefect>) {
        if let Inner::Wire { raw, depth } = self.0 {
            let mut cursor = Cursor::new(raw, depth, sink);
            while step::<T>(&mut cursor).is_some() {}
        }
    }

    pub(crate) fn write_separated(&self, separator: &[u8], out: &mut Out) {
        self.write_until(separator, |_| false, out);
    }

    /// Up to the first element that is the last one, that included.
    pub(crate) fn write_until(&self, separator: &[u8], last: impl Fn(&T) -> bool, out: &mut Out) {
        let mut first = true;
        let mut separate = |out: &mut Out| {
            if !core::mem::take(&mut first) {
                out.raw(separator);
            }
        };
        match self.0 {
            Inner::Wire { raw, depth } if out.is_kept() => out.copy(raw, depth),
            // Where they are: they may be large.
            Inner::Slice(elements) => {
                for element in elements {
                    separate(out);
                    element.write(out);
                    if last(element) {
                        return;
                    }
                }
            }
            Inner::Wire { .. } => {
                let mut elements = self.iter();
                while let Some(element) = &elements.next() {
                    separate(out);
                    match element {
                        Ok(element) => element.write(out),
                        Err(invalid) => out.verbatim(invalid.raw),
                    }
                    if element.as_ref().is_ok_and(&last) {
                        return;
                    }
                }
            }
        }
    }

    /// Separated by spaces, without parentheses.
    pub(crate) fn write_bare(&self, out: &mut Out) {
        self.write_separated(b" ", out);
    }

    pub(crate) fn write_list(&self, out: &mut Out) {
        out.byte(b'(');
        self.write_bare(out);
        out.byte(b')');
    }
}

/// One element, or `None` at the end.
fn step<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Option<Result<T, Invalid<'a>>> {
    let blanks = cursor.at;
    if cursor.peek() == Some(b' ') {
        cursor.at += 1;
    }
    if matches!(cursor.peek(), Some(b' ' | b'\t')) {
        cursor.blanks();
        if !cursor.is_end() {
            cursor.report(ImapDefect::ExtraBlank, blanks);
        }
    }
    if cursor.is_end() {
        if cursor.at > blanks {
            cursor.report(ImapDefect::TrailingBlank, blanks);
        }
        return None;
    }
    let start = cursor.at;
    match T::take(cursor) {
        // Nothing between: an element may be large, and is put where it is wanted at once.
        Ok(element) if matches!(cursor.peek(), None | Some(b' ' | b'(')) => return Some(Ok(element)),
        Ok(_) => _ = cursor.error("a space"),
        Err(Failed) => {}
    }
    Some(Err(invalid::<T>(cursor, start)))
}

/// Passes over what can't be read.
#[cold]
fn invalid<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>, start: usize) -> Invalid<'a> {
    let error = cursor.why();
    cursor.at = start;
    T::skip(cursor);
    cursor.at = cursor.at.max(start + 1).min(cursor.text.len());
    let raw = cursor.since(start);
    Invalid { raw, error: ParseError::new(raw, error.offset().saturating_sub(start), error.expected()) }
}

impl<'a, T> From<&'a [T]> for List<'a, T> {
    fn from(slice: &'a [T]) -> Self {
        Self(Inner::Slice(slice))
    }
}

impl<'a, T: Element<'a>> Default for List<'a, T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> Clone for Inner<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Inner<'_, T> {}

impl<'a, T: Element<'a>> PartialEq for List<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// A list whose grammar has just so many elements.
///
/// ```
/// use mailwire_imap::command::SearchKey;
///
/// let not_seen = SearchKey::Not((&[SearchKey::Seen]).into());
/// # assert!(matches!(not_seen, SearchKey::Not(keys) if keys.list().iter().count() == 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exactly<'a, T: Element<'a>, const N: usize>(List<'a, T>);

impl<'a, T: Element<'a>, const N: usize> Exactly<'a, T, N> {
    pub(crate) const fn wire(raw: &'a [u8], depth: u8) -> Self {
        Self(List::wire(raw, depth))
    }

    /// As a list.
    pub fn list(&self) -> List<'a, T> {
        self.0
    }

    /// The first element.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub fn first(&self) -> Result<T, Invalid<'a>> {
        let missing = Invalid { raw: b"", error: ParseError::new(b"", 0, "a value") };
        self.0.iter().next().unwrap_or(Err(missing))
    }
}

impl<'a, T: Element<'a>, const N: usize> From<&'a [T; N]> for Exactly<'a, T, N> {
    fn from(elements: &'a [T; N]) -> Self {
        Self(List::from(&elements[..]))
    }
}

impl<'a, T: Element<'a>> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for element in self {
            match element {
                Ok(element) => list.entry(&element),
                Err(invalid) => list.entry(&invalid),
            };
        }
        list.finish()
    }
}

impl<'a, T: Element<'a>> IntoIterator for List<'a, T> {
    type Item = Result<T, Invalid<'a>>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Element<'a>> IntoIterator for &List<'a, T> {
    type Item = Result<T, Invalid<'a>>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A walk over a [`List`].
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    raw: &'a [u8],
    at: usize,
    depth: u8,
    slice: &'a [T],
}

impl<'a, T: Element<'a>> Iterator for Iter<'a, T> {
    type Item = Result<T, Invalid<'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.raw.len() {
            let (first, rest) = self.slice.split_first()?;
            self.slice = rest;
            return Some(Ok(*first));
        }
        T::quick(
            Quick::at(self.raw, self.at),
            self.depth,
            self,
            |iter, behind, element| {
                iter.at = behind;
                Some(Ok(element))
            },
            |iter| {
                let mut nobody = ();
                let mut cursor = Cursor::new(iter.raw, iter.depth, &mut nobody);
                cursor.at = iter.at;
                let element = step(&mut cursor);
                iter.at = cursor.at;
                element
            },
        )
    }
}

/// A value that can't be read: its octets, and why.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Invalid<'a> {
    pub(crate) raw: &'a [u8],
    pub(crate) error: ParseError,
}

impl<'a> Invalid<'a> {
    /// Its octets.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Why it can't be read, in octets from its start.
    pub fn error(&self) -> ParseError {
        self.error
    }

    /// The word that it begins with: the name of what it should be.
    pub fn name(&self) -> &'a [u8] {
        let end =
            self.raw.iter().position(|byte| matches!(byte, b' ' | b'(' | b'[')).unwrap_or(self.raw.len());
        self.raw.get(..end).unwrap_or_default()
    }
}

impl fmt::Debug for Invalid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invalid").field("raw", &Escaped(self.raw)).field("error", &self.error).finish()
    }
}
