//! The keys of SEARCH.

use crate::cursor::{Cursor, Failed};
use crate::date::Date;
use crate::flag::Flag;
use crate::list::{Element, Exactly, List};
use crate::out::Out;
use crate::set::SequenceSet;
use crate::{IString, ImapDefect};

macro_rules! keys {
    (words { $($word:ident = $w:literal,)* } strings { $($string:ident = $s:literal,)* } dates { $($date:ident = $d:literal,)* }
     numbers { $($number:ident = $n:literal,)* }) => {
        /// A condition on messages (RFC 9051 §6.4.4).
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum SearchKey<'a> {
            $(#[doc = concat!("`", $w, "`.")] $word,)*
            $(#[doc = concat!("`", $s, " string`.")] $string(IString<'a>),)*
            $(#[doc = concat!("`", $d, " date`.")] $date(Date),)*
            $(#[doc = concat!("`", $n, " n`.")] $number(u64),)*
            /// A set of message numbers, or `$`.
            Set(SequenceSet<'a>),
            /// `UID set`.
            Uid(SequenceSet<'a>),
            /// `KEYWORD flag`. System flags have keys of their own.
            Keyword(Flag<'a>),
            /// `UNKEYWORD flag`.
            Unkeyword(Flag<'a>),
            /// `HEADER name string`.
            Header(IString<'a>, IString<'a>),
            /// `MODSEQ [entry type] n` (RFC 7162).
            ModSeq {
                /// Of which flag: `"/flags/\\draft" all`.
                entry: Option<(Flag<'a>, EntryType)>,
                /// At least.
                value: u64,
            },
            /// `NOT key`.
            Not(Exactly<'a, SearchKey<'a>, 1>),
            /// `OR key key`.
            Or(Exactly<'a, SearchKey<'a>, 2>),
            /// `(key …)`: all of them.
            All(List<'a, SearchKey<'a>>),
        }

        fn word_of<'a>(upper: &[u8]) -> Option<SearchKey<'a>> {
            $(if upper == $w.as_bytes() { return Some(SearchKey::$word); })*
            None
        }

        fn argument<'a>(upper: &[u8], cursor: &mut Cursor<'a, '_>) -> Result<Option<SearchKey<'a>>, Failed> {
            $(if upper == $s.as_bytes() { cursor.space()?; return cursor.astring().map(|text| Some(SearchKey::$string(text))); })*
            $(if upper == $d.as_bytes() { cursor.space()?; return Date::take(cursor).map(|date| Some(SearchKey::$date(date))); })*
            $(if upper == $n.as_bytes() { cursor.space()?; return cursor.number("a number").map(|number| Some(SearchKey::$number(number))); })*
            Ok(None)
        }

        fn write_simple(key: &SearchKey<'_>, out: &mut Out) -> bool {
            match key {
                $(SearchKey::$word => out.raw($w.as_bytes()),)*
                $(SearchKey::$string(text) => { out.raw(concat!($s, " ").as_bytes()); out.astring(&text.to_bytes()); })*
                $(SearchKey::$date(date) => { out.raw(concat!($d, " ").as_bytes()); date.write(out); })*
                $(SearchKey::$number(number) => { out.raw(concat!($n, " ").as_bytes()); out.number(*number); })*
                _ => return false,
            }
            true
        }
    };
}

keys! {
    words {
        Everything = "ALL", Answered = "ANSWERED", Deleted = "DELETED", Draft = "DRAFT", Flagged = "FLAGGED", New = "NEW", Old = "OLD",
        Recent = "RECENT", Seen = "SEEN", Unanswered = "UNANSWERED", Undeleted = "UNDELETED", Undraft = "UNDRAFT",
        Unflagged = "UNFLAGGED", Unseen = "UNSEEN", SaveDateSupported = "SAVEDATESUPPORTED",
    }
    strings {
        Bcc = "BCC", Body = "BODY", Cc = "CC", From = "FROM", Subject = "SUBJECT", Text = "TEXT", To = "TO", EmailId = "EMAILID",
        ThreadId = "THREADID", GmailRaw = "X-GM-RAW", GmailLabels = "X-GM-LABELS", Filter = "FILTER",
    }
    dates {
        Before = "BEFORE", On = "ON", Since = "SINCE", SentBefore = "SENTBEFORE", SentOn = "SENTON", SentSince = "SENTSINCE",
        SavedBefore = "SAVEDBEFORE", SavedOn = "SAVEDON", SavedSince = "SAVEDSINCE",
    }
    numbers {
        Larger = "LARGER", Smaller = "SMALLER", Older = "OLDER", Younger = "YOUNGER", GmailMessageId = "X-GM-MSGID",
        GmailThreadId = "X-GM-THRID",
    }
}

/// Whose flags a `MODSEQ` is about (RFC 7162 §3.1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar is closed")]
pub enum EntryType {
    /// `priv`: the user's own.
    Private,
    /// `shared`: everybody's.
    Shared,
    /// `all`: the larger of the two.
    All,
}

impl EntryType {
    fn word(self) -> &'static [u8] {
        match self {
            Self::Private => b"priv",
            Self::Shared => b"shared",
            Self::All => b"all",
        }
    }

    fn take(cursor: &mut Cursor<'_, '_>) -> Result<Self, Failed> {
        let found =
            [Self::Private, Self::Shared, Self::All].into_iter().find(|one| cursor.eat_word(one.word()));
        found.ok_or_else(|| cursor.error("priv, shared or all"))
    }
}

/// `"/flags/\\\\draft"`: in quotes, so the backslash is there twice; clients forget one.
fn flag_entry<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Flag<'a>, Failed> {
    let start = cursor.at + 1;
    let name = cursor.quoted()?.as_wire();
    let (front, flag) = name.split_at_checked(7).unwrap_or_default();
    if !front.eq_ignore_ascii_case(b"/flags/") {
        return Err(cursor.error_at(start, "`/flags/`"));
    }
    let flag = if flag.starts_with(b"\\\\") { flag.get(1..).unwrap_or_default() } else { flag };
    Flag::new(flag).map_err(|error| cursor.failed(error.shifted(start + 7)))
}

/// So many keys, as their octets.
fn nested<'a, const N: usize>(cursor: &mut Cursor<'a, '_>) -> Result<Exactly<'a, SearchKey<'a>, N>, Failed> {
    let depth = cursor.deeper()?;
    cursor.space()?;
    let start = cursor.at;
    let outer = core::mem::replace(&mut cursor.depth, depth);
    for at in 0..N {
        if at > 0 {
            cursor.space()?;
        }
        SearchKey::take(cursor)?;
    }
    cursor.depth = outer;
    Ok(Exactly::wire(cursor.since(start), depth))
}

impl<'a> Element<'a> for SearchKey<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        match cursor.peek() {
            Some(b'(') => {
                let depth = cursor.deeper()?;
                return Ok(Self::All(List::wire(cursor.list()?, depth)));
            }
            Some(b'0'..=b'9' | b'*' | b'$') => return SequenceSet::take(cursor).map(Self::Set),
            _ => {}
        }
        let start = cursor.at;
        let word = cursor.atom("a search key")?;
        let mut name = [0; 17];
        let Some(upper) = name.get_mut(..word.len()) else {
            return Err(cursor.error_at(start, "a search key"));
        };
        upper.copy_from_slice(word);
        upper.make_ascii_uppercase();
        if let Some(key) = word_of(upper) {
            return Ok(key);
        }
        if let Some(key) = argument(upper, cursor)? {
            return Ok(key);
        }
        Ok(match &*upper {
            b"NOT" => Self::Not(nested(cursor)?),
            b"OR" => Self::Or(nested(cursor)?),
            b"UID" => {
                cursor.space()?;
                Self::Uid(SequenceSet::take(cursor)?)
            }
            b"KEYWORD" | b"UNKEYWORD" => {
                cursor.space()?;
                let at = cursor.at;
                let flag = Flag::take(cursor)?;
                if flag.is_system() {
                    cursor.report(ImapDefect::OddFlag, at);
                }
                if upper.len() == 7 { Self::Keyword(flag) } else { Self::Unkeyword(flag) }
            }
            b"HEADER" => {
                cursor.space()?;
                let name = cursor.astring()?;
                cursor.space()?;
                Self::Header(name, cursor.astring()?)
            }
            b"MODSEQ" => {
                cursor.space()?;
                let mut entry = None;
                if cursor.peek() == Some(b'"') {
                    let flag = flag_entry(cursor)?;
                    cursor.space()?;
                    entry = Some((flag, EntryType::take(cursor)?));
                    cursor.space()?;
                }
                Self::ModSeq { entry, value: cursor.number("a modification sequence")? }
            }
            _ => return Err(cursor.error_at(start, "a search key")),
        })
    }

    fn skip(cursor: &mut Cursor<'a, '_>) {
        // How many values an unknown key has is unknown too.
        cursor.at = cursor.text.len();
    }

    fn write(&self, out: &mut Out) {
        if write_simple(self, out) {
            return;
        }
        match self {
            Self::Set(set) => out.raw(set.as_bytes()),
            Self::Uid(set) => {
                out.raw(b"UID ");
                out.raw(set.as_bytes());
            }
            Self::Keyword(flag) => {
                out.raw(b"KEYWORD ");
                out.raw(flag.as_bytes());
            }
            Self::Unkeyword(flag) => {
                out.raw(b"UNKEYWORD ");
                out.raw(flag.as_bytes());
            }
            Self::Header(name, value) => {
                out.raw(b"HEADER ");
                out.astring(&name.to_bytes());
                out.byte(b' ');
                out.astring(&value.to_bytes());
            }
            Self::ModSeq { entry, value } => {
                out.raw(b"MODSEQ ");
                if let Some((flag, kind)) = entry {
                    out.quoted(&[b"/flags/", flag.as_bytes()].concat());
                    out.byte(b' ');
                    out.raw(kind.word());
                    out.byte(b' ');
                }
                out.number(*value);
            }
            Self::Not(keys) => {
                out.raw(b"NOT ");
                keys.list().write_bare(out);
            }
            Self::Or(keys) => {
                out.raw(b"OR ");
                keys.list().write_bare(out);
            }
            Self::All(keys) => keys.write_list(out),
            _ => {}
        }
    }
}
