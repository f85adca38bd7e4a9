//! BODY and BODYSTRUCTURE.

#![expect(clippy::inline_always, reason = "so that an element is made in its place")]

use super::{Envelope, Extended};
use crate::cursor::{Cursor, Failed, Quick, within};
use crate::list::{Element, Exactly, List};
use crate::out::Out;
use crate::{IString, ImapDefect};

/// The MIME structure of a message (RFC 9051 §7.5.2). The parts of a multipart are read as they are walked; how deep they nest is
/// limited, over the whole response together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum BodyStructure<'a> {
    /// A part with content.
    Part(Part<'a>),
    /// A part made of parts.
    Multipart(Multipart<'a>),
}

/// A part with content.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Part<'a> {
    /// `TEXT`.
    pub media_type: IString<'a>,
    /// `PLAIN`.
    pub subtype: IString<'a>,
    /// `CHARSET` and the like; `None` for NIL.
    pub parameters: Option<List<'a, Parameter<'a>>>,
    /// `Content-ID`.
    pub id: Option<IString<'a>>,
    /// `Content-Description`.
    pub description: Option<IString<'a>>,
    /// `Content-Transfer-Encoding`.
    pub encoding: IString<'a>,
    /// Octets, encoded.
    pub octets: u64,
    /// What only some types have.
    pub kind: PartKind<'a>,
    /// `Content-MD5`, of extension data.
    pub md5: Option<IString<'a>>,
    /// Extension data.
    pub extended: Extended<'a>,
}

/// What only some types of parts have.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum PartKind<'a> {
    /// Nothing more.
    Basic,
    /// `TEXT`.
    Text {
        /// Lines, encoded.
        lines: u64,
    },
    /// `MESSAGE/RFC822`, `MESSAGE/GLOBAL`. Both values are read when they are walked.
    Message {
        /// The envelope; `None` for NIL, which no server should say.
        envelope: Option<Exactly<'a, Envelope<'a>, 1>>,
        /// The structure; `None` for NIL, which no server should say.
        body: Option<Exactly<'a, BodyStructure<'a>, 1>>,
        /// Lines, encoded.
        lines: u64,
    },
}

/// A part made of parts.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Multipart<'a> {
    /// Its parts.
    pub parts: List<'a, BodyStructure<'a>>,
    /// `MIXED`.
    pub subtype: IString<'a>,
    /// `BOUNDARY` and the like, of extension data.
    pub parameters: Option<List<'a, Parameter<'a>>>,
    /// Extension data.
    pub extended: Extended<'a>,
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct Parameter<'a> {
    /// `CHARSET`.
    pub name: IString<'a>,
    /// Its value.
    pub value: IString<'a>,
}

impl<'a> Element<'a> for Parameter<'a> {
    const WIDTH: usize = 2;

    #[inline(always)]
    fn quickly(quick: &mut Quick<'a>, _depth: u8) -> Option<Self> {
        quick.blank()?;
        let name = quick.string()?;
        quick.expect(b' ')?;
        let value = quick.string()?;
        quick.ends()?;
        Some(Self { name, value })
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let name = cursor.some_string()?;
        cursor.space()?;
        Ok(Self { name, value: cursor.some_string()? })
    }

    fn write(&self, out: &mut Out) {
        self.name.write(out);
        out.byte(b' ');
        self.value.write(out);
    }
}

impl<'a> Element<'a> for Envelope<'a> {
    #[inline(always)]
    fn quickly(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        Envelope::quick_one(quick, depth)
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        Envelope::take(cursor)
    }

    fn write(&self, out: &mut Out) {
        Envelope::write(self, out);
    }
}

impl<'a> Element<'a> for BodyStructure<'a> {
    #[inline(always)]
    fn quick<C, R>(
        mut quick: Quick<'a>,
        depth: u8,
        context: C,
        found: impl Fn(C, usize, Self) -> R,
        odd: impl FnOnce(C) -> R,
    ) -> R {
        let Some(depth) = within(depth, 3) else { return odd(context) };
        if quick.expect(b'(').is_none() {
            return odd(context);
        }
        if quick.is_at(b'(') {
            if let Some(parts) = quick.lists(depth + 1)
                && let Some(multipart) = Multipart::quick(List::wire(parts, depth), &mut quick, depth)
            {
                return found(context, quick.place(), Self::Multipart(multipart));
            }
        } else if let Some(part) = Part::quick(&mut quick, depth) {
            return found(context, quick.place(), Self::Part(part));
        }
        odd(context)
    }

    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let depth = cursor.deeper()?;
        cursor.expect(b'(', "`(`")?;
        if cursor.peek() == Some(b'(') { Self::multipart(cursor, depth) } else { Self::part(cursor, depth) }
    }

    fn write(&self, out: &mut Out) {
        out.byte(b'(');
        match self {
            Self::Multipart(multipart) => {
                multipart.parts.write_separated(b"", out);
                if !multipart.parts.is_empty() {
                    out.byte(b' ');
                }
                multipart.subtype.write(out);
                if multipart.parameters.is_some()
                    || multipart.extended.members > 0
                    || multipart.extended.is_some()
                {
                    out.byte(b' ');
                    parameters_out(multipart.parameters, out);
                }
                multipart.extended.write(out);
            }
            Self::Part(part) => part.write(out),
        }
        out.byte(b')');
    }
}

impl<'a> Part<'a> {
    /// All of it behind its parenthesis, if there is nothing odd in it and no message.
    #[inline(always)]
    fn quick(quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        let media_type = quick.string()?;
        quick.expect(b' ')?;
        let subtype = quick.string()?;
        quick.expect(b' ')?;
        let parameters = quick_parameters(quick, depth)?;
        // What most parts have.
        let (id, description) = if quick.word(b" NIL NIL ") {
            (None, None)
        } else {
            quick.expect(b' ')?;
            (quick.member()?, quick.member()?)
        };
        let encoding = quick.string()?;
        quick.expect(b' ')?;
        let octets = quick.number()?;
        let mut kind = PartKind::Basic;
        match media_type.as_wire() {
            [b'T' | b't', b'E' | b'e', b'X' | b'x', b'T' | b't'] => {
                quick.expect(b' ')?;
                kind = PartKind::Text { lines: quick.number()? };
            }
            // It may be a MESSAGE.
            [b'M' | b'm', _, _, _, _, _, _] => return None,
            _ => {}
        }
        let (mut md5, mut extended) = (None, Extended::default());
        if !quick.is_at(b')') {
            quick.expect(b' ')?;
            md5 = quick.nstring()?;
            extended = Extended::quick(quick, depth)?;
            extended.members += u8::from(md5.is_some() || extended.members > 0);
        }
        quick.expect(b')')?;
        quick.closes()?;
        Some(Self { media_type, subtype, parameters, id, description, encoding, octets, kind, md5, extended })
    }
}

impl<'a> BodyStructure<'a> {
    fn multipart(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Self, Failed> {
        let start = cursor.at;
        cursor.skip_lists();
        loop {
            let at = cursor.at;
            cursor.blanks();
            if cursor.peek() != Some(b'(') {
                cursor.at = at;
                break;
            }
            cursor.list()?;
        }
        let parts = List::wire(cursor.since(start), depth);
        if more(cursor)? {
            let subtype = cursor.some_string()?;
            return Multipart::behind(parts, subtype, cursor, depth).map(Self::Multipart);
        }
        let at = cursor.at;
        cursor.report(ImapDefect::BrokenMultipart, at);
        close(cursor)?;
        Ok(Self::Multipart(Multipart {
            parts,
            subtype: IString::new(b"MIXED"),
            parameters: None,
            extended: Extended::default(),
        }))
    }

    fn part(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Self, Failed> {
        let start = cursor.at;
        let media_type = cursor.some_string()?;
        let string = matches!(cursor.rest(), [b' ', b'"' | b'{' | b'~', ..]);
        let nil = matches!(cursor.rest(), [b' ', b'N' | b'n', b'I' | b'i', b'L' | b'l', ..]);
        if cursor.peek() == Some(b')')
            || nil
            || matches!(cursor.rest(), [b' ', b'(', ..])
            || cursor.peek() == Some(b'(')
        {
            // `("ALTERNATIVE")`, `("RELATED" NIL ("ATTACHMENT" NIL) NIL)`: a multipart whose parts nobody wrote.
            cursor.report(ImapDefect::BrokenMultipart, start);
            return Multipart::behind(List::EMPTY, media_type, cursor, depth).map(Self::Multipart);
        }
        if string {
            cursor.at += 1;
        } else {
            cursor.space()?;
        }
        let subtype = cursor.some_string()?;
        cursor.space()?;
        let parameters = parameters(cursor, depth)?;
        cursor.space()?;
        let id = cursor.nstring()?;
        cursor.space()?;
        let description = cursor.nstring()?;
        cursor.space()?;
        let encoding = cursor.some_string()?;
        cursor.space()?;
        let octets = cursor.count("a number of octets")?;
        let mut kind = PartKind::Basic;
        if media_type.is("TEXT") {
            let number = matches!(cursor.rest(), [b' ', b'0'..=b'9' | b'-' | b'N' | b'n', ..]);
            if number {
                cursor.space()?;
                kind = PartKind::Text { lines: cursor.count("a number of lines")? };
            } else {
                let at = cursor.at;
                cursor.report(ImapDefect::MemberCount, at);
                kind = PartKind::Text { lines: 0 };
            }
        } else if is_message(media_type, subtype) {
            kind = Self::message(cursor, depth)?;
        }
        let md5 = if md5_follows(media_type, cursor)? { cursor.nstring()? } else { None };
        let mut extended = Extended::take(cursor, depth)?;
        if md5.is_some() || extended.members > 0 {
            extended.members += 1;
        }
        close(cursor)?;
        Ok(Self::Part(Part {
            media_type,
            subtype,
            parameters,
            id,
            description,
            encoding,
            octets,
            kind,
            md5,
            extended,
        }))
    }

    /// What `MESSAGE/RFC822` has behind its octets; some servers leave it out.
    fn message(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<PartKind<'a>, Failed> {
        if !matches!(cursor.rest(), [b' ', b'(', ..] | [b'(', ..]) {
            let at = cursor.at;
            cursor.report(ImapDefect::MemberCount, at);
            return Ok(PartKind::Basic);
        }
        let mut lists = [b"" as &[u8]; 2];
        for list in &mut lists {
            cursor.space()?;
            let start = cursor.at;
            if cursor.peek() == Some(b'(') {
                cursor.list()?;
                *list = cursor.since(start);
                if *list == b"()" {
                    cursor.report(ImapDefect::EmptyList, start);
                    *list = b"";
                }
            } else if cursor.nil() {
                cursor.report(ImapDefect::EmptyList, start);
            } else {
                return Err(cursor.error("`(`"));
            }
        }
        let [envelope, body] = lists;
        let lines = if more(cursor)? { cursor.count("a number of lines")? } else { 0 };
        Ok(PartKind::Message {
            envelope: Some(Exactly::wire(envelope, depth)).filter(|_| !envelope.is_empty()),
            body: Some(Exactly::wire(body, depth)).filter(|_| !body.is_empty()),
            lines,
        })
    }
}

/// Whether there is extension data. What stands before it and does not belong to this type is passed over: an envelope and a
/// structure (dbmail), the parameters of a multipart that is written like a part (GMX).
fn md5_follows(media_type: IString<'_>, cursor: &mut Cursor<'_, '_>) -> Result<bool, Failed> {
    let mut there = more(cursor)?;
    while there && cursor.peek() == Some(b'(') {
        let start = cursor.at;
        cursor.list()?;
        let multipart = media_type.is("MULTIPART");
        cursor.report(if multipart { ImapDefect::BrokenMultipart } else { ImapDefect::MemberCount }, start);
        there = more(cursor)?;
        if there && matches!(cursor.peek(), Some(b'0'..=b'9')) {
            cursor.number("a number of lines")?;
            there = more(cursor)?;
        }
    }
    Ok(there)
}

fn is_message(media_type: IString<'_>, subtype: IString<'_>) -> bool {
    media_type.is("MESSAGE") && (subtype.is("RFC822") || subtype.is("GLOBAL"))
}

impl<'a> Multipart<'a> {
    /// All of it behind its parts, if there is nothing odd in it.
    #[inline(always)]
    fn quick(parts: List<'a, BodyStructure<'a>>, quick: &mut Quick<'a>, depth: u8) -> Option<Self> {
        quick.expect(b' ')?;
        let subtype = quick.string()?;
        let (mut parameters, mut extended) = (None, Extended::default());
        if !quick.is_at(b')') {
            quick.expect(b' ')?;
            parameters = quick_parameters(quick, depth)?;
            extended = Extended::quick(quick, depth)?;
            extended.members += 1;
        }
        quick.expect(b')')?;
        quick.closes()?;
        Some(Self { parts, subtype, parameters, extended })
    }

    fn behind(
        parts: List<'a, BodyStructure<'a>>,
        subtype: IString<'a>,
        cursor: &mut Cursor<'a, '_>,
        depth: u8,
    ) -> Result<Self, Failed> {
        let there = more(cursor)?;
        let parameters = if there { parameters(cursor, depth)? } else { None };
        let mut extended = Extended::take(cursor, depth)?;
        if there {
            extended.members += 1;
        }
        close(cursor)?;
        Ok(Self { parts, subtype, parameters, extended })
    }
}

/// The parenthesis at the end of a structure.
fn close(cursor: &mut Cursor<'_, '_>) -> Result<(), Failed> {
    cursor.no_blanks();
    cursor.expect(b')', "`)`")
}

/// Whether there is another member; goes to it.
pub(super) fn more(cursor: &mut Cursor<'_, '_>) -> Result<bool, Failed> {
    super::envelope::next(cursor, &mut false)
}

/// `None` is NIL.
type Parameters<'a> = Option<List<'a, Parameter<'a>>>;

/// NIL or strings.
#[inline(always)]
pub(super) fn quick_parameters<'a>(quick: &mut Quick<'a>, depth: u8) -> Option<Parameters<'a>> {
    if quick.nil() { Some(None) } else { quick.strings().map(|raw| Some(List::wire(raw, depth))) }
}

pub(super) fn parameters<'a>(cursor: &mut Cursor<'a, '_>, depth: u8) -> Result<Parameters<'a>, Failed> {
    if cursor.nil() {
        return Ok(None);
    }
    let start = cursor.at;
    if cursor.eat_word(b"\"\"") {
        cursor.report(ImapDefect::EmptyList, start);
        return Ok(None);
    }
    let raw = cursor.list()?;
    if raw.is_empty() {
        cursor.report(ImapDefect::EmptyList, start);
        return Ok(None);
    }
    Ok(Some(List::wire(raw, depth)))
}

pub(super) fn parameters_out(parameters: Parameters<'_>, out: &mut Out) {
    match parameters {
        Some(parameters) if !parameters.is_empty() => parameters.write_list(out),
        _ => out.raw(b"NIL"),
    }
}

impl Part<'_> {
    fn write(&self, out: &mut Out) {
        self.media_type.write(out);
        out.byte(b' ');
        self.subtype.write(out);
        out.byte(b' ');
        parameters_out(self.parameters, out);
        out.byte(b' ');
        out.nstring(self.id);
        out.byte(b' ');
        out.nstring(self.description);
        out.byte(b' ');
        self.encoding.write(out);
        out.byte(b' ');
        out.number(self.octets);
        // What a reader expects there is decided by the type.
        match self.kind {
            PartKind::Text { lines } if self.media_type.is("TEXT") => {
                out.byte(b' ');
                out.number(lines);
            }
            PartKind::Message { envelope, body, lines } if is_message(self.media_type, self.subtype) => {
                out.byte(b' ');
                match envelope {
                    Some(envelope) => envelope.list().write_bare(out),
                    // NIL would be read as the MD5 of a part whose envelope is missing.
                    None => out.raw(b"()"),
                }
                out.byte(b' ');
                match body {
                    Some(body) => body.list().write_bare(out),
                    None => out.raw(b"NIL"),
                }
                out.byte(b' ');
                out.number(lines);
            }
            _ if self.media_type.is("TEXT") => out.raw(b" 0"),
            _ => {}
        }
        if self.md5.is_some() || self.extended.members > 0 || self.extended.is_some() {
            out.byte(b' ');
            out.nstring(self.md5);
        }
        self.extended.write(out);
    }
}
