//! Extension data of BODYSTRUCTURE.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::Parameter;
use super::body_structure::{more, parameters, parameters_out, quick_parameters};
use crate::cursor::{Cursor, Failed, Quick};
use crate::list::List;
use crate::out::Out;
use crate::raw::Raw;
use crate::{IString, ImapDefect};

/// Extension data that parts of both kinds have; all of it is missing in BODY.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extended<'a> {
    /// `Content-Disposition`.
    pub disposition: Option<Disposition<'a>>,
    /// `Content-Language`.
    pub language: Option<List<'a, IString<'a>>>,
    /// `Content-Location`.
    pub location: Option<IString<'a>>,
    /// Whatever else there is.
    pub more: List<'a, Raw<'a>>,
    /// How many of the members were there: what is NIL at the end may be missing too.
    pub(super) members: u8,
}

/// `Content-Disposition`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Disposition<'a> {
    /// `ATTACHMENT`.
    pub kind: IString<'a>,
    /// `FILENAME` and the like.
    pub parameters: Option<List<'a, Parameter<'a>>>,
}

/// What is missing at the end is the same as NIL.
impl PartialEq for Extended<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.disposition == other.disposition
            && self.language == other.language
            && self.location == other.location
            && self.more == other.more
    }
}

impl<'a> Extended<'a> {
    /// Extension data without anything that is not in a registry.
    pub fn new(
        disposition: Option<Disposition<'a>>,
        language: Option<List<'a, IString<'a>>>,
        location: Option<IString<'a>>,
    ) -> Self {
        Self { disposition, language, location, more: List::EMPTY, members: 4 }
    }

    pub(super) fn is_some(&self) -> bool {
        self.disposition.is_some()
            || self.language.is_some()
            || self.location.is_some()
            || !self.more.is_empty()
    }

    /// Up to the parenthesis behind it, if there is nothing odd in it.
    #[inline(always)]
    pub(super) fn quick(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        let mut extended = Self::default();
        // What most parts have.
        if quick.starts_with(b" NIL NIL NIL)") {
            quick.skip(" NIL NIL NIL".len());
            extended.members = 3;
            return Some(extended);
        }
        if quick.is_at(b')') {
            return Some(extended);
        }
        quick.expect(b' ')?;
        extended.members = 1;
        if !quick.nil() {
            quick.expect(b'(')?;
            let kind = quick.string()?;
            quick.expect(b' ')?;
            let parameters = quick_parameters(quick, depth)?;
            quick.expect(b')')?;
            extended.disposition = Some(Disposition { kind, parameters });
        }
        if quick.is_at(b')') {
            return Some(extended);
        }
        quick.expect(b' ')?;
        extended.members = 2;
        let start = quick.place();
        if quick.nstring()?.is_some() {
            extended.language = Some(List::wire(quick.since(start)?, depth));
        }
        if quick.is_at(b')') {
            return Some(extended);
        }
        quick.expect(b' ')?;
        extended.members = 3;
        extended.location = quick.nstring()?;
        quick.is_at(b')').then_some(extended)
    }

    pub(super) fn take(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Self, Failed> {
        let mut extended = Self::default();
        if !more(cursor)? {
            return Ok(extended);
        }
        extended.members += 1;
        let first = cursor.at;
        extended.disposition = disposition(cursor, depth)?;
        if !more(cursor)? {
            return Ok(extended);
        }
        extended.members += 1;
        let second = cursor.at;
        extended.language = language(cursor, depth)?;
        if extended.language.is_some() && has_parameters(cursor.text, second) {
            extended.swap(cursor, first, second, depth)?;
        }
        if !more(cursor)? {
            return Ok(extended);
        }
        extended.members += 1;
        extended.location = cursor.nstring()?;
        if more(cursor)? {
            let start = cursor.at;
            while !matches!(cursor.peek(), None | Some(b')')) {
                cursor.skip_value();
                if cursor.peek() == Some(b' ') {
                    cursor.at += 1;
                }
            }
            extended.more = List::wire(cursor.since(start), depth);
        }
        Ok(extended)
    }

    /// Reads the two again, each in the place of the other.
    #[cold]
    fn swap(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        first: usize,
        second: usize,
        depth: u8,
    ) -> Result<(), Failed> {
        let end = core::mem::replace(&mut cursor.at, first);
        self.language = language(cursor, depth)?;
        cursor.at = second;
        self.disposition = disposition(cursor, depth)?;
        cursor.at = end;
        cursor.report(ImapDefect::SwappedMembers, first);
        Ok(())
    }

    /// The members behind the first one of extension data, as many as there were.
    pub(super) fn write(&self, out: &mut Out) {
        if !(self.is_some() || self.members > 1) {
            return;
        }
        out.byte(b' ');
        match self.disposition {
            None => out.raw(b"NIL"),
            Some(disposition) => {
                out.byte(b'(');
                disposition.kind.write(out);
                out.byte(b' ');
                parameters_out(disposition.parameters, out);
                out.byte(b')');
            }
        }
        if !(self.language.is_some() || self.location.is_some() || !self.more.is_empty() || self.members > 2)
        {
            return;
        }
        out.byte(b' ');
        match self.language {
            None => out.raw(b"NIL"),
            Some(languages) if languages.is_empty() => out.raw(b"NIL"),
            Some(languages) => {
                out.byte(b'(');
                for (at, language) in languages.iter().enumerate() {
                    if at > 0 {
                        out.byte(b' ');
                    }
                    match language {
                        Ok(language) => language.write(out),
                        Err(invalid) => out.verbatim(invalid.raw()),
                    }
                }
                out.byte(b')');
            }
        }
        if self.location.is_some() || !self.more.is_empty() || self.members > 3 {
            out.byte(b' ');
            out.nstring(self.location);
            if !self.more.is_empty() {
                out.byte(b' ');
                self.more.write_bare(out);
            }
        }
    }
}

fn disposition<'a>(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Option<Disposition<'a>>, Failed> {
    let start = cursor.at;
    if cursor.peek() != Some(b'(') {
        let Some(kind) = cursor.nstring()? else { return Ok(None) };
        cursor.report(ImapDefect::BareDisposition, start);
        return Ok(Some(Disposition { kind, parameters: None }));
    }
    cursor.at += 1;
    if cursor.eat(b')') {
        cursor.report(ImapDefect::EmptyList, start);
        return Ok(None);
    }
    let kind = cursor.some_string()?;
    let parameters = if more(cursor)? { parameters(cursor, depth)? } else { None };
    cursor.no_blanks();
    cursor.expect(b')', "`)`")?;
    Ok(Some(Disposition { kind, parameters }))
}

fn language<'a>(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Option<List<'a, IString<'a>>>, Failed> {
    let start = cursor.at;
    if cursor.peek() == Some(b'(') {
        let raw = cursor.list()?;
        if raw.is_empty() {
            cursor.report(ImapDefect::EmptyList, start);
            return Ok(None);
        }
        return Ok(Some(List::wire(raw, depth)));
    }
    if cursor.nstring()?.is_none() {
        return Ok(None);
    }
    Ok(Some(List::wire(cursor.since(start), depth)))
}

/// Whether the list there is a string and parameters: no language has any.
fn has_parameters(text: &[u8], at: usize) -> bool {
    let mut sink = ();
    let mut cursor = Cursor::new(text, 1, &mut sink);
    cursor.at = at;
    cursor.eat(b'(')
        && cursor.string().is_ok()
        && matches!(cursor.rest(), [b' ', b'(', ..] | [b' ', b'N' | b'n', b'I' | b'i', b'L' | b'l', b')', ..])
}
