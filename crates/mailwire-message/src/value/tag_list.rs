//! Lists of tags (RFC 6376 §3.2): what DKIM and ARC fields are made of.

use super::ValueDefect;
use super::cursor::number;
use super::scan::{BLANK, range_in, skip_cfws, without_blanks};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::class::trim;
use mailwire_core::{Class, Escaped, Sink};
use memchr::memchr;

/// The tags of a value, read as they are asked for, in the order they stand in.
///
/// ```text
/// tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
/// tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
/// ```
///
/// (RFC 6376 §3.2.) "Tags MUST be interpreted in a case-sensitive manner." A list with a name twice is invalid there; here
/// the first counts, and it is `Ambiguous`.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::TagList;
///
/// let tags = TagList::new(b" v=1; d = host.example;\r\n bh=ab\r\n cd; x=");
/// assert_eq!(tags.find("d").unwrap().value(), b"host.example");
/// assert_eq!(&*tags.find("bh").unwrap().without_blanks(), b"abcd");
/// assert_eq!(tags.find("x").unwrap().value(), b"");
/// assert!(tags.find("D").is_none());
/// assert_eq!(tags.map(|tag| tag.name()).collect::<Vec<_>>(), [&b"v"[..], b"d", b"bh", b"x"]);
/// ```
#[derive(Clone)]
pub struct TagList<'a> {
    value: &'a [u8],
    rest: &'a [u8],
}

/// One tag of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

impl<'a> TagList<'a> {
    /// The tags in `value`.
    pub fn new(value: &'a [u8]) -> Self {
        Self { value, rest: value }
    }

    /// The first tag of this name, in this case.
    pub fn find(&self, name: &str) -> Option<Tag<'a>> {
        self.find_with(name, &mut ())
    }

    /// [`find`](Self::find), and what was wrong with the list, other tags of this name included.
    pub fn find_with(&self, name: &str, sink: &mut impl Sink<ValueDefect>) -> Option<Tag<'a>> {
        let mut tags = self.clone();
        let mut found = None;
        while let Some(tag) = tags.next_with(sink) {
            if tag.name != name.as_bytes() {
                continue;
            }
            if found.is_some() {
                sink.report(ValueDefect::TagDuplicate, range_in(self.value, tag.name));
            } else {
                found = Some(tag);
            }
        }
        found
    }

    /// Reads all tags and tells what is wrong with any, names that come twice included.
    pub fn check(&self, sink: &mut impl Sink<ValueDefect>) {
        let mut tags = self.clone();
        let mut names = Vec::new();
        while let Some(tag) = tags.next_with(sink) {
            names.push(tag.name);
        }
        // Equal names stand together, in their order, and a long list takes no more time than sorting it.
        names.sort();
        for pair in names.windows(2) {
            if let [first, second] = pair
                && first == second
            {
                sink.report(ValueDefect::TagDuplicate, range_in(self.value, second));
            }
        }
    }

    /// The next tag, and what was wrong with it or before it.
    pub fn next_with(&mut self, sink: &mut impl Sink<ValueDefect>) -> Option<Tag<'a>> {
        while !self.rest.is_empty() {
            let written = self.rest;
            let len = memchr(b';', written).unwrap_or(written.len());
            let (tag, rest) = written.split_at_checked(len)?;
            self.rest = rest.get(1..).unwrap_or_default();
            let tag = trim(tag);
            let Some((name, value)) = memchr(b'=', tag).and_then(|at| tag.split_at_checked(at)) else {
                // A semicolon may be the last thing in the list.
                if !tag.is_empty() || !rest.is_empty() {
                    sink.report(ValueDefect::TagMissingEquals, range_in(self.value, tag));
                }
                continue;
            };
            let tag = Tag { name: trim(name), value: trim(value.get(1..).unwrap_or_default()) };
            if !is_name(tag.name) || !VALUE.contains_all(tag.value) {
                sink.report(
                    ValueDefect::TagSyntax,
                    range_in(self.value, name).start..range_in(self.value, value).end,
                );
            }
            return Some(tag);
        }
        None
    }

    /// Where `part` stands in the value.
    pub(super) fn report(&self, kind: ValueDefect, part: &[u8], sink: &mut impl Sink<ValueDefect>) {
        sink.report(kind, range_in(self.value, part));
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

impl<'a> Iterator for TagList<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        self.next_with(&mut ())
    }
}

impl core::iter::FusedIterator for TagList<'_> {}

impl fmt::Debug for TagList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a> Tag<'a> {
    pub(super) fn new(name: &'a [u8], value: &'a [u8]) -> Self {
        Self { name, value }
    }

    /// The name, as it is written.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// The value, folds inside it included. It may be empty, which is not the same as no tag.
    pub fn value(&self) -> &'a [u8] {
        self.value
    }

    /// The value as text; `None` if it is no UTF-8.
    pub fn text(&self) -> Option<&'a str> {
        core::str::from_utf8(self.value).ok()
    }

    /// The value without its blanks, for those that may be folded anywhere.
    pub fn without_blanks(&self) -> Cow<'a, [u8]> {
        without_blanks(self.value)
    }

    /// The value as a number; `None` if it is none, or above 64 bits.
    pub fn number(&self) -> Option<u64> {
        number(self.value)
    }

    /// The words between colons, without the blanks around them: `From : To`. What is no UTF-8 is left out.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let words = self.value.split(|&byte| byte == b':').map(trim);
        words.filter_map(|word| core::str::from_utf8(word).ok()).filter(|word| !word.is_empty())
    }

    /// The number of an ARC set: `i=1`, a comment may follow (RFC 8617 §4.2.1).
    pub(super) fn instance(&self) -> Option<u32> {
        let len = Class::DIGIT.prefix_len(self.value);
        let (digits, behind) = self.value.split_at_checked(len)?;
        let instance = number(digits).filter(|_| skip_cfws(behind).is_empty())?.try_into().ok()?;
        (1..=50).contains(&instance).then_some(instance)
    }
}

impl fmt::Debug for Tag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={:?}", Escaped(self.name), Escaped(self.value))
    }
}

/// `tag-name = ALPHA *ALNUMPUNC`
fn is_name(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|&byte| byte == b'_' || byte.is_ascii_alphanumeric())
}

/// `VALCHAR`, blanks, and UTF-8 (RFC 8616). A semicolon cannot be in a value.
const VALUE: Class = Class::VCHAR.or(BLANK).or(Class::HIGH);
