//! Reads responses.

use super::access::{mailbox, rest, string};
use super::piece::{Rest, status_word};
use super::{
    Acl, Continuation, Esearch, ListKind, ListRights, MailboxList, MailboxStatus, Metadata, MyRights,
    Namespace, Quota, QuotaRoots, Response, Search, Status,
};
use crate::class::Class;
use crate::cursor::{Cursor, Failed, Quick};
use crate::fetch::{Fetch, Form, Place};
use crate::leniency::BareLf;
use crate::list::List;
use crate::set::SequenceSet;
use crate::tag::Tag;
use crate::{ImapDefect, Leniency, Limits};
use mailwire_core::{ParseError, Sink};

impl<'a> Response<'a> {
    /// Reads a response with all its literals, with or without the CRLF at its end.
    ///
    /// # Errors
    ///
    /// At the first octet that the response can't have there.
    pub fn parse(response: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(response, &Leniency::default(), &mut ())
    }

    /// The same, with what is forgiven and where. What is forgiven inside of a list is reported when the list is read.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_with(
        response: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<ImapDefect>,
    ) -> Result<Self, ParseError> {
        let limits = &Limits::DEFAULT;
        Self::quick(response, limits.depth, Ok, || {
            Self::open_piece(response, None, None, limits, *leniency, sink)
        })
    }

    /// Reads a whole line of those that come by the thousands, written as nearly every server writes it; otherwise it is `odd`.
    ///
    /// `found` is called where each one is known, as for an [element](crate::list::Element::quick).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "so that the item is made in its place")]
    pub(crate) fn quick<T>(
        line: &'a [u8],
        depth: u8,
        found: impl Fn(Self) -> T,
        odd: impl FnOnce() -> T,
    ) -> T {
        let mut quick = Quick::at(line, 0);
        if quick.word(b"* LIST ") {
            if let Some(list) = MailboxList::quick(quick, depth) {
                return found(Self::List(list));
            }
        } else if quick.word(b"* ")
            && let Some(fetch) = Fetch::quick(quick, depth)
        {
            return found(Self::Fetch(fetch));
        }
        odd()
    }

    /// Reads a frame of a reader: a response, or a piece of it.
    pub(crate) fn open_piece(
        raw: &'a [u8],
        behind: Option<Rest>,
        streams: Option<u64>,
        limits: &Limits,
        leniency: Leniency,
        sink: &mut dyn Sink<ImapDefect>,
    ) -> Result<Self, ParseError> {
        let text = if streams.is_some() { raw } else { content(raw, leniency, sink) };
        let mut cursor = Cursor::new(text, limits.depth, sink);
        let response = Self::take(&mut cursor, behind, streams);
        cursor.explained(response)
    }

    fn take(cursor: &mut Cursor<'a, '_>, behind: Option<Rest>, streams: Option<u64>) -> Result<Self, Failed> {
        if let Some(Rest { number, form }) = behind {
            let place = if streams.is_some() { Place::Middle } else { Place::Last };
            return Fetch::open(cursor, number, form, place).map(Self::Fetch);
        }
        if streams.is_some() {
            let Some(Rest { number, form }) = Rest::of(cursor.text) else {
                return Err(cursor.error("a FETCH"));
            };
            let list = memchr::memchr(b'(', cursor.text).unwrap_or_default();
            let blank = list.checked_sub(1).filter(|&at| cursor.text.get(at) == Some(&b' '));
            cursor.at = blank.unwrap_or(list);
            return Fetch::open(cursor, number, form, Place::First).map(Self::Fetch);
        }
        let response = match cursor.peek() {
            Some(b'+') => {
                cursor.at += 1;
                Self::Continuation(Continuation::take(cursor))
            }
            Some(b'*') if matches!(cursor.text.get(1), Some(b' ' | b'\t')) => {
                cursor.at += 1;
                cursor.space()?;
                untagged(cursor)?
            }
            _ => tagged(cursor)?,
        };
        cursor.tolerant_end();
        Ok(response)
    }
}

/// The text of a line without its end.
pub(crate) fn content<'a>(line: &'a [u8], leniency: Leniency, sink: &mut dyn Sink<ImapDefect>) -> &'a [u8] {
    if let Some(text) = line.strip_suffix(b"\r\n") {
        return text;
    }
    if let (BareLf::EndsLine, Some(text)) = (leniency.bare_lf, line.strip_suffix(b"\n")) {
        sink.report(ImapDefect::LfEndsLine, text.len()..line.len());
        return text;
    }
    line
}

fn tagged<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Response<'a>, Failed> {
    let start = cursor.at;
    let end = memchr::memchr(b' ', cursor.rest()).unwrap_or(cursor.rest().len());
    let word = cursor.rest().get(..end).unwrap_or_default();
    if word.is_empty() || word.iter().any(|&byte| byte < b' ') {
        return Err(cursor.error("`*`, `+` or a tag"));
    }
    cursor.at += end;
    if !Class::TAG.contains_all(word) {
        cursor.report(ImapDefect::OddTag, start);
    }
    cursor.space()?;
    Ok(Response::Tagged { tag: Tag::odd(word), status: Status::take(cursor)? })
}

fn untagged<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Response<'a>, Failed> {
    if matches!(cursor.peek(), Some(b'0'..=b'9')) {
        return numbered(cursor);
    }
    if status_word(cursor.rest()) {
        return Status::take(cursor).map(Response::Status);
    }
    let start = cursor.at;
    let word = cursor.run(Class::WORD, "a response")?;
    let mut name = [0; 12];
    let Some(upper) = name.get_mut(..word.len()) else { return Ok(unknown(cursor, start)) };
    upper.copy_from_slice(word);
    upper.make_ascii_uppercase();
    Ok(match &*upper {
        b"FLAGS" => {
            let depth = cursor.deeper()?;
            cursor.space()?;
            Response::Flags(List::wire(cursor.list()?, depth))
        }
        b"LIST" => Response::List(MailboxList::take(ListKind::List, cursor)?),
        b"LSUB" => Response::List(MailboxList::take(ListKind::Lsub, cursor)?),
        b"XLIST" => Response::List(MailboxList::take(ListKind::Xlist, cursor)?),
        b"STATUS" => Response::MailboxStatus(MailboxStatus::take(cursor)?),
        b"NAMESPACE" => Response::Namespace(Namespace::take(cursor)?),
        b"CAPABILITY" => Response::Capability(rest(cursor)?),
        b"ENABLED" => Response::Enabled(rest(cursor)?),
        b"SEARCH" => Response::Search(Search::take(cursor)?),
        b"SORT" => Response::Sort(Search::take(cursor)?),
        b"ESEARCH" => Response::Esearch(Esearch::take(cursor)?),
        b"THREAD" => {
            cursor.eat(b' ');
            Response::Thread(rest(cursor)?)
        }
        b"VANISHED" => {
            cursor.space()?;
            if cursor.eat_word(b"(EARLIER)") {
                cursor.space()?;
                Response::VanishedEarlier(SequenceSet::take(cursor)?)
            } else {
                Response::Vanished(SequenceSet::take(cursor)?)
            }
        }
        b"ID" => {
            let depth = cursor.deeper()?;
            cursor.space()?;
            Response::Id(if cursor.nil() { None } else { Some(List::wire(cursor.list()?, depth)) })
        }
        b"QUOTA" => {
            let depth = cursor.deeper()?;
            let root = string(cursor)?;
            cursor.space()?;
            Response::Quota(Quota { root, resources: List::wire(cursor.list()?, depth) })
        }
        b"QUOTAROOT" => Response::QuotaRoots(QuotaRoots { mailbox: mailbox(cursor)?, roots: rest(cursor)? }),
        b"ACL" => Response::Acl(Acl { mailbox: mailbox(cursor)?, rights: rest(cursor)? }),
        b"LISTRIGHTS" => Response::ListRights(ListRights {
            mailbox: mailbox(cursor)?,
            identifier: string(cursor)?,
            required: string(cursor)?,
            optional: rest(cursor)?,
        }),
        b"MYRIGHTS" => Response::MyRights(MyRights { mailbox: mailbox(cursor)?, rights: string(cursor)? }),
        b"METADATA" => Response::Metadata(Metadata::take(cursor)?),
        _ => unknown(cursor, start),
    })
}

fn numbered<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Response<'a>, Failed> {
    let start = cursor.at;
    let number = cursor.number("a number")?;
    cursor.space()?;
    let small = u32::try_from(number).map_err(|_| cursor.error_at(start, "a number below 2^32"))?;
    let word = cursor.run(Class::WORD, "EXISTS, RECENT, EXPUNGE or FETCH")?;
    let is = |known: &[u8]| word.eq_ignore_ascii_case(known);
    let mut message = |response| {
        if small == 0 {
            cursor.sink.report(ImapDefect::ZeroNumber, start..start + 1);
        }
        response
    };
    Ok(match word.len() {
        6 if is(b"EXISTS") => Response::Exists(small),
        6 if is(b"RECENT") => Response::Recent(small),
        7 if is(b"EXPUNGE") => message(Response::Expunge(small)),
        5 if is(b"FETCH") => {
            message(Response::Exists(0));
            Response::Fetch(Fetch::open(cursor, small, Form::Sequence, Place::Whole)?)
        }
        8 if is(b"UIDFETCH") => Response::Fetch(Fetch::open(cursor, small, Form::Uid, Place::Whole)?),
        _ => unknown(cursor, start),
    })
}

fn unknown<'a>(cursor: &mut Cursor<'a, '_>, start: usize) -> Response<'a> {
    Response::Unknown(super::Unknown(crate::raw::rest(cursor, start)))
}

pub(super) fn is_unknown(cursor: &mut Cursor<'_, '_>) -> Result<bool, Failed> {
    untagged(cursor).map(|response| matches!(response, Response::Unknown(_)))
}
