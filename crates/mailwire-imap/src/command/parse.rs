//! Reads commands.

use super::{Answer, Append, Body, Change, Command, Expected, Pattern, Stored};
use crate::capability::Capability;
use crate::class::Class;
use crate::cursor::{Cursor, Failed};
use crate::fetch::Label;
use crate::flag::Flag;
use crate::list::{Element, List};
use crate::mailbox::MailboxName;
use crate::response::Unit;
use crate::sasl::{Base64, base64, line};
use crate::set::SequenceSet;
use crate::tag::Tag;
use crate::{IString, ImapDefect, Leniency, Limits};
use core::ops::Range;
use mailwire_core::{ParseError, Sink};

impl<'a> Command<'a> {
    /// Reads a command with all its literals, with or without the CRLF at its end.
    ///
    /// # Errors
    ///
    /// At the first octet that the command can't have there.
    pub fn parse(command: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(command, &Leniency::default(), &mut ())
    }

    /// The same, with what is forgiven and where.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with(
        command: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<ImapDefect>,
    ) -> Result<Self, ParseError> {
        let depth = Limits::DEFAULT.depth;
        Self::quick(command, depth, Ok, || {
            Self::open_piece(command, Expected::Command, None, depth, *leniency, sink)
        })
    }

    /// Reads a frame of a reader: a command, or a piece of it.
    pub(crate) fn open_piece(
        raw: &'a [u8],
        expected: Expected,
        streams: Option<u64>,
        depth: u8,
        leniency: Leniency,
        sink: &mut dyn Sink<ImapDefect>,
    ) -> Result<Self, ParseError> {
        let text = if streams.is_some() { raw } else { crate::response::content(raw, leniency, sink) };
        let mut sink = OfClient(sink);
        let mut cursor = Cursor::new(text, depth, &mut sink);
        let command = Self::take(expected, &mut cursor);
        cursor.explained(command)
    }

    fn take(expected: Expected, cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        match expected {
            Expected::Command => {}
            Expected::Sasl => return Ok(Self { tag: None, body: Body::Sasl(line(cursor)?) }),
            Expected::Done => {
                if !cursor.eat_word(b"DONE") {
                    return Err(cursor.error("DONE"));
                }
                cursor.end()?;
                return Ok(Self { tag: None, body: Body::Done });
            }
            Expected::Rest => {
                // The end of `UTF8 (`.
                let utf8 = cursor.eat(b')');
                let depth = cursor.deeper()?;
                if !cursor.is_end() {
                    cursor.space()?;
                }
                let messages = List::wire(cursor.rest(), depth);
                let body = if utf8 { Body::Utf8Rest(messages) } else { Body::Rest(messages) };
                return Ok(Self { tag: None, body });
            }
        }
        let tag = tag(cursor)?;
        let body = body(cursor)?;
        cursor.end()?;
        Ok(Self { tag: Some(tag), body })
    }
}

/// What only a server must not do is fine.
pub(super) struct OfClient<'s>(pub(super) &'s mut dyn Sink<ImapDefect>);

impl Sink<ImapDefect> for OfClient<'_> {
    fn report(&mut self, defect: ImapDefect, range: Range<usize>) {
        if defect != ImapDefect::ServerNonSync {
            self.0.report(defect, range);
        }
    }
}

fn tag<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Tag<'a>, Failed> {
    // Of these characters: it is no odd one.
    let tag = Tag::odd(cursor.run(Class::TAG, "a tag")?);
    if cursor.peek() != Some(b' ') {
        return Err(cursor.error("a space"));
    }
    cursor.space()?;
    Ok(tag)
}

/// A word in capitals, and the word.
fn verb<'a>(cursor: &mut Cursor<'a, '_>) -> Result<([u8; 16], &'a [u8]), Failed> {
    let word = cursor.atom("a command")?;
    let mut name = [0; 16];
    if let Some(upper) = name.get_mut(..word.len()) {
        upper.copy_from_slice(word);
        upper.make_ascii_uppercase();
    }
    Ok((name, word))
}

/// The front of an APPEND or a REPLACE up to its first message. `None` if it is none, or is not all there.
pub(super) fn append_front(cursor: &mut Cursor<'_, '_>) -> Option<()> {
    tag(cursor).ok()?;
    let (mut name, mut word) = verb(cursor).ok()?;
    if word.eq_ignore_ascii_case(b"UID") {
        cursor.space().ok()?;
        (name, word) = verb(cursor).ok()?;
    }
    match name.get(..word.len()) {
        Some(b"APPEND") => {}
        Some(b"REPLACE") => {
            cursor.space().ok()?;
            SequenceSet::take(cursor).ok()?;
        }
        _ => return None,
    }
    mailbox(cursor).ok()?;
    cursor.space().ok()
}

fn mailbox<'a>(cursor: &mut Cursor<'a, '_>) -> Result<MailboxName<'a>, Failed> {
    cursor.space()?;
    MailboxName::take(cursor)
}

fn string<'a>(cursor: &mut Cursor<'a, '_>) -> Result<IString<'a>, Failed> {
    cursor.space()?;
    cursor.astring()
}

fn set<'a>(cursor: &mut Cursor<'a, '_>) -> Result<SequenceSet<'a>, Failed> {
    cursor.space()?;
    SequenceSet::take(cursor)
}

fn list<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, T>, Failed> {
    let depth = cursor.deeper()?;
    cursor.space()?;
    Ok(List::wire(cursor.list()?, depth))
}

/// A list that may be missing.
fn optional_list<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, T>, Failed> {
    if matches!(cursor.rest(), [b' ', b'(', ..]) { list(cursor) } else { Ok(List::EMPTY) }
}

fn rest<'a, T: Element<'a>>(cursor: &mut Cursor<'a, '_>) -> Result<List<'a, T>, Failed> {
    let depth = cursor.deeper()?;
    cursor.space()?;
    let raw = cursor.rest();
    cursor.at = cursor.text.len();
    Ok(List::wire(raw, depth))
}

fn atom<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Capability<'a>, Failed> {
    cursor.space()?;
    let start = cursor.at;
    let word = cursor.atom("an atom")?;
    Capability::new(word).map_err(|error| cursor.failed(error.shifted(start)))
}

fn body<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Body<'a>, Failed> {
    let start = cursor.at;
    let (name, word) = verb(cursor)?;
    Ok(match name.get(..word.len()).unwrap_or_default() {
        b"CAPABILITY" => Body::Capability,
        b"NOOP" => Body::Noop,
        b"LOGOUT" => Body::Logout,
        b"STARTTLS" => Body::StartTls,
        b"NAMESPACE" => Body::Namespace,
        b"IDLE" => Body::Idle,
        b"CHECK" => Body::Check,
        b"CLOSE" => Body::Close,
        b"UNSELECT" => Body::Unselect,
        b"EXPUNGE" => Body::Expunge,
        b"LOGIN" => Body::Login { user: string(cursor)?, password: string(cursor)?.into() },
        b"AUTHENTICATE" => {
            let mechanism = atom(cursor)?;
            let mut initial = None;
            if cursor.eat(b' ') {
                let empty = cursor.rest() == b"=" && cursor.eat(b'=');
                initial = Some(if empty { Base64::EMPTY } else { base64(cursor)? });
            }
            Body::Authenticate { mechanism, initial }
        }
        b"ID" => {
            cursor.space()?;
            if cursor.nil() {
                Body::Id(None)
            } else {
                let depth = cursor.deeper()?;
                Body::Id(Some(List::wire(cursor.list()?, depth)))
            }
        }
        b"ENABLE" => Body::Enable(rest(cursor)?),
        b"COMPRESS" => Body::Compress(atom(cursor)?),
        b"SELECT" => Body::Select { mailbox: mailbox(cursor)?, parameters: optional_list(cursor)? },
        b"EXAMINE" => Body::Examine { mailbox: mailbox(cursor)?, parameters: optional_list(cursor)? },
        b"CREATE" => Body::Create { mailbox: mailbox(cursor)?, parameters: optional_list(cursor)? },
        b"DELETE" => Body::Delete(mailbox(cursor)?),
        b"RENAME" => Body::Rename { from: mailbox(cursor)?, to: mailbox(cursor)? },
        b"SUBSCRIBE" => Body::Subscribe(mailbox(cursor)?),
        b"UNSUBSCRIBE" => Body::Unsubscribe(mailbox(cursor)?),
        b"LIST" => list_command(cursor)?,
        b"LSUB" => Body::Lsub { reference: mailbox(cursor)?, pattern: pattern(cursor)? },
        b"XLIST" => Body::Xlist { reference: mailbox(cursor)?, pattern: pattern(cursor)? },
        b"STATUS" => Body::Status { mailbox: mailbox(cursor)?, items: list(cursor)? },
        b"APPEND" => Body::Append(Append { mailbox: mailbox(cursor)?, messages: rest(cursor)? }),
        b"GETQUOTA" => Body::GetQuota(string(cursor)?),
        b"GETQUOTAROOT" => Body::GetQuotaRoot(mailbox(cursor)?),
        b"SETQUOTA" => Body::SetQuota { root: string(cursor)?, limits: list(cursor)? },
        b"GETACL" => Body::GetAcl(mailbox(cursor)?),
        b"SETACL" => {
            Body::SetAcl { mailbox: mailbox(cursor)?, identifier: string(cursor)?, rights: string(cursor)? }
        }
        b"DELETEACL" => Body::DeleteAcl { mailbox: mailbox(cursor)?, identifier: string(cursor)? },
        b"LISTRIGHTS" => Body::ListRights { mailbox: mailbox(cursor)?, identifier: string(cursor)? },
        b"MYRIGHTS" => Body::MyRights(mailbox(cursor)?),
        b"GETMETADATA" => get_metadata(cursor)?,
        b"SETMETADATA" => Body::SetMetadata { mailbox: mailbox(cursor)?, entries: list(cursor)? },
        b"UID" => {
            cursor.space()?;
            let (name, word) = verb(cursor)?;
            match name.get(..word.len()).unwrap_or_default() {
                b"EXPUNGE" => Body::UidExpunge(set(cursor)?),
                name => match numbered(name, Unit::Uid, cursor)? {
                    Some(body) => body,
                    None => unknown(cursor, start)?,
                },
            }
        }
        name => match numbered(name, Unit::Sequence, cursor)? {
            Some(body) => body,
            None => unknown(cursor, start)?,
        },
    })
}

/// Commands that have a form with UID before them.
fn numbered<'a>(name: &[u8], unit: Unit, cursor: &mut Cursor<'a, '_>) -> Result<Option<Body<'a>>, Failed> {
    Ok(Some(match name {
        b"FETCH" => {
            let set = set(cursor)?;
            cursor.space()?;
            let depth = cursor.deeper()?;
            let items = if cursor.peek() == Some(b'(') {
                cursor.list()?
            } else {
                let start = cursor.at;
                super::Attribute::take(cursor)?;
                cursor.since(start)
            };
            Body::Fetch { unit, set, items: List::wire(items, depth), modifiers: optional_list(cursor)? }
        }
        b"STORE" => store(unit, cursor)?,
        b"COPY" => Body::Copy { unit, set: set(cursor)?, mailbox: mailbox(cursor)? },
        b"MOVE" => Body::Move { unit, set: set(cursor)?, mailbox: mailbox(cursor)? },
        b"SEARCH" => {
            let returns = returns(cursor)?;
            cursor.space()?;
            let mut charset = None;
            if cursor.eat_word(b"CHARSET ") {
                charset = Some(cursor.astring()?);
                cursor.space()?;
            }
            let depth = cursor.deeper()?;
            let raw = cursor.rest();
            cursor.at = cursor.text.len();
            Body::Search { unit, returns, charset, keys: List::wire(raw, depth) }
        }
        b"SORT" => Body::Sort {
            unit,
            returns: returns(cursor)?,
            criteria: list(cursor)?,
            charset: string(cursor)?,
            keys: rest(cursor)?,
        },
        b"THREAD" => {
            Body::Thread { unit, algorithm: atom(cursor)?, charset: string(cursor)?, keys: rest(cursor)? }
        }
        b"REPLACE" => Body::Replace {
            unit,
            set: set(cursor)?,
            append: Append { mailbox: mailbox(cursor)?, messages: rest(cursor)? },
        },
        _ => return Ok(None),
    }))
}

/// `RETURN (…)`.
fn returns<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Option<List<'a, super::Modifier<'a>>>, Failed> {
    let rest = cursor.rest().trim_ascii_start();
    let there = rest.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"RETURN"));
    if there && rest.get(6..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"(")) {
        cursor.space()?;
        cursor.at += 6;
        return list(cursor).map(Some);
    }
    Ok(None)
}

fn list_command<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Body<'a>, Failed> {
    let selection = if matches!(cursor.rest(), [b' ', b'(', ..]) { Some(list(cursor)?) } else { None };
    let reference = mailbox(cursor)?;
    let patterns = if matches!(cursor.rest(), [b' ', b'(', ..]) {
        list(cursor)?
    } else {
        let start = cursor.at;
        pattern(cursor)?;
        List::wire(cursor.since(start), 1)
    };
    Ok(Body::List { selection, reference, patterns, returns: returns(cursor)? })
}

fn pattern<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Pattern<'a>, Failed> {
    cursor.space()?;
    Pattern::take(cursor)
}

impl<'a> Element<'a> for Pattern<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        if matches!(cursor.rest(), [b'"' | b'{', ..] | [b'~', b'{', ..]) {
            return cursor.string().map(Self);
        }
        let start = cursor.at;
        let word = cursor.run(Class::WORD, "a pattern")?;
        if !Class::LIST.contains_all(word) {
            let eight = word.iter().any(|&byte| byte >= 128);
            cursor.report(if eight { ImapDefect::EightBit } else { ImapDefect::UnquotedString }, start);
        }
        Ok(Self(IString::new(word)))
    }

    fn write(&self, out: &mut crate::out::Out) {
        let octets = self.0.to_bytes();
        if !octets.is_empty() && Class::LIST.contains_all(&octets) && !octets.eq_ignore_ascii_case(b"NIL") {
            out.raw(&octets);
        } else {
            out.string(&octets);
        }
    }
}

fn store<'a>(unit: Unit, cursor: &mut Cursor<'a, '_>) -> Result<Body<'a>, Failed> {
    let set = set(cursor)?;
    let modifiers = optional_list(cursor)?;
    cursor.space()?;
    let change = match cursor.peek() {
        Some(b'+') => Change::Add,
        Some(b'-') => Change::Remove,
        _ => Change::Replace,
    };
    cursor.at += usize::from(change != Change::Replace);
    let labels = cursor.eat_word(b"X-GM-LABELS");
    if !labels && !cursor.eat_word(b"FLAGS") {
        return Err(cursor.error("FLAGS"));
    }
    let answer = if cursor.eat_word(b".SILENT") { Answer::Silent } else { Answer::Fetch };
    cursor.space()?;
    let depth = cursor.deeper()?;
    let raw = if cursor.peek() == Some(b'(') {
        cursor.list()?
    } else {
        let start = cursor.at;
        loop {
            if labels {
                Label::take(cursor)?;
            } else {
                Flag::take(cursor)?;
            }
            if cursor.peek() != Some(b' ') {
                break;
            }
            cursor.space()?;
        }
        cursor.since(start)
    };
    let stored = if labels {
        Stored::GmailLabels(List::wire(raw, depth))
    } else {
        Stored::Flags(List::wire(raw, depth))
    };
    Ok(Body::Store { unit, set, modifiers, change, answer, stored })
}

fn get_metadata<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Body<'a>, Failed> {
    let mut options = optional_list(cursor)?;
    let mailbox = mailbox(cursor)?;
    let depth = cursor.deeper()?;
    cursor.space()?;
    let listed = cursor.peek() == Some(b'(');
    let mut raw = entries(cursor)?;
    // The examples of RFC 5464 have the options behind the mailbox, and so have clients; and one has names without a list.
    if listed && options.is_empty() && cursor.peek() == Some(b' ') {
        options = List::wire(raw, depth);
        cursor.at += 1;
        raw = entries(cursor)?;
    }
    Ok(Body::GetMetadata { options, mailbox, entries: List::wire(raw, depth) })
}

fn entries<'a>(cursor: &mut Cursor<'a, '_>) -> Result<&'a [u8], Failed> {
    if cursor.peek() == Some(b'(') {
        return cursor.list();
    }
    let start = cursor.at;
    cursor.astring()?;
    let end = cursor.at;
    while matches!(cursor.rest(), [b' ', next, ..] if *next != b' ') {
        cursor.at += 1;
        cursor.astring()?;
    }
    if cursor.at > end {
        cursor.report(ImapDefect::Extra, end);
    }
    Ok(cursor.since(start))
}

/// Nothing is known of its grammar, but that its literals are all there.
fn unknown<'a>(cursor: &mut Cursor<'a, '_>, start: usize) -> Result<Body<'a>, Failed> {
    let raw = crate::raw::rest(cursor, start);
    if let Some(nul) = raw.iter().position(|&byte| byte == 0)
        && memchr::memchr(b'\n', raw).is_none()
    {
        return Err(cursor.error_at(start + nul, "a character of a line"));
    }
    Ok(Body::Unknown(super::Unknown(raw)))
}

pub(super) fn is_unknown(cursor: &mut Cursor<'_, '_>) -> Result<bool, Failed> {
    body(cursor).map(|body| matches!(body, Body::Unknown(_)))
}
