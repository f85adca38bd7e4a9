//! What a proxy says of the client behind it.

use super::word::Word;
use super::xtext::Xtext;
use alloc::vec::Vec;
use core::fmt;
use mailwire_core::{Escaped, ParseError};

/// The attributes of XCLIENT or XFORWARD: `1*(SP name "=" value)`, as Postfix documents them.
#[derive(Clone, Copy)]
pub struct Attributes<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    /// Words with blanks between them.
    Wire(&'a [u8]),
    List(&'a [Attribute<'a>]),
}

/// One attribute: `NAME`, `ADDR`, `PORT`, `PROTO`, `HELO`, `LOGIN`, `DESTADDR`, `DESTPORT`, `IDENT`, `SOURCE`, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar has these two")]
pub struct Attribute<'a> {
    /// Its name.
    pub name: Word<'a>,
    /// What it is.
    pub value: AttributeValue<'a>,
}

/// What an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue<'a> {
    /// `[UNAVAILABLE]`: there is none.
    Unavailable,
    /// `[TEMPUNAVAIL]`: it could not be found out.
    TemporarilyUnavailable,
    /// This.
    Text(Xtext<'a>),
}

const UNAVAILABLE: &[u8] = b"[UNAVAILABLE]";
const TEMPUNAVAIL: &[u8] = b"[TEMPUNAVAIL]";

impl<'a> Attributes<'a> {
    /// These, in this order; `None` if there are none, which no command may have.
    pub const fn new(list: &'a [Attribute<'a>]) -> Option<Self> {
        if list.is_empty() { None } else { Some(Self(Source::List(list))) }
    }

    /// Reads what stands behind the verb.
    pub(crate) fn parse(wire: &'a [u8]) -> Result<Self, ParseError> {
        let mut at = 0;
        for word in wire.split(|&byte| byte == b' ') {
            if !word.is_empty() {
                Attribute::parse(word).map_err(|error| error.shifted(at))?;
            }
            at += word.len() + 1;
        }
        if wire.iter().all(|&byte| byte == b' ') {
            return Err(ParseError::new(wire, wire.len(), "an attribute"));
        }
        Ok(Self(Source::Wire(wire)))
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Attribute<'a>> + Clone + use<'a> {
        let (wire, list) = match self.0 {
            Source::Wire(text) => (text, [].iter()),
            Source::List(list) => (&b""[..], list.iter()),
        };
        let words = wire.split(|&byte| byte == b' ').filter_map(|word| Attribute::parse(word).ok());
        list.copied().chain(words)
    }

    /// Writes each of them with a blank before it.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        for Attribute { name, value } in self.iter() {
            out.push(b' ');
            out.extend_from_slice(name.as_bytes());
            out.push(b'=');
            match value {
                AttributeValue::Unavailable => out.extend_from_slice(UNAVAILABLE),
                AttributeValue::TemporarilyUnavailable => out.extend_from_slice(TEMPUNAVAIL),
                AttributeValue::Text(text) => text.encode_unlike(&[UNAVAILABLE, TEMPUNAVAIL], out),
            }
        }
    }
}

impl<'a> Attribute<'a> {
    fn parse(word: &'a [u8]) -> Result<Self, ParseError> {
        let end = word.iter().position(|&byte| byte == b'=');
        let end = end.ok_or_else(|| ParseError::new(word, word.len(), "`=`"))?;
        let name = Word::new(word.get(..end).unwrap_or_default())?;
        let value = word.get(end + 1..).unwrap_or_default();
        let value = if value.eq_ignore_ascii_case(UNAVAILABLE) {
            AttributeValue::Unavailable
        } else if value.eq_ignore_ascii_case(TEMPUNAVAIL) {
            AttributeValue::TemporarilyUnavailable
        } else {
            AttributeValue::Text(Xtext::parse(value).map_err(|error| error.shifted(end + 1))?)
        };
        Ok(Self { name, value })
    }
}

impl PartialEq for Attributes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Attributes<'_> {}

impl fmt::Debug for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Source::Wire(text) => fmt::Debug::fmt(&Escaped(text), f),
            Source::List(list) => f.debug_list().entries(list).finish(),
        }
    }
}
