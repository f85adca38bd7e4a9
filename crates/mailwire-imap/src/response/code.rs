//! Response codes.

use crate::capability::Capability;
use crate::cursor::{Cursor, Failed};
use crate::flag::Flag;
use crate::list::{Invalid, List};
use crate::objectid::ObjectId;
use crate::out::Out;
use crate::set::SequenceSet;
use crate::{IString, ImapDefect};
use core::fmt;
use mailwire_core::{Escaped, ParseError};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// A response code: what a program can make of a status (RFC 9051 §7.1, RFC 5530, and the extensions).
        ///
        /// An open registry: what is unknown is kept, and what can't be read too.
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Code<'a> {
            $($(#[$doc])* $name,)*
            /// `BADCHARSET (…)`: these charsets can be searched in.
            BadCharset(List<'a, IString<'a>>),
            /// `CAPABILITY …`.
            Capability(List<'a, Capability<'a>>),
            /// `PERMANENTFLAGS (…)`: flags that can be changed for good.
            PermanentFlags(List<'a, Flag<'a>>),
            /// `UIDNEXT n`.
            UidNext(u32),
            /// `UIDVALIDITY n`.
            UidValidity(u32),
            /// `UNSEEN n` (RFC 3501): the first message that was not read.
            Unseen(u32),
            /// `HIGHESTMODSEQ n` (RFC 7162).
            HighestModSeq(u64),
            /// `MODIFIED set` (RFC 7162): these were not changed.
            Modified(SequenceSet<'a>),
            /// `APPENDUID validity uids` (RFC 4315).
            AppendUid {
                /// Of the mailbox.
                validity: u32,
                /// Of the new messages, in the order in which they were sent.
                uids: SequenceSet<'a>,
            },
            /// `COPYUID validity from to` (RFC 4315); the two sets pair by position.
            CopyUid {
                /// Of the destination.
                validity: u32,
                /// Where they were.
                from: SequenceSet<'a>,
                /// Where they are now.
                to: SequenceSet<'a>,
            },
            /// `MAILBOXID (id)` (RFC 8474).
            MailboxId(ObjectId<'a>),
            /// `REFERRAL url …` (RFC 2221, 2193).
            Referral(Argument<'a>),
            /// `BADURL url` (RFC 4469).
            BadUrl(Argument<'a>),
            /// `METADATA LONGENTRIES n` (RFC 5464): the longest value that was left out.
            MetadataLongEntries(u64),
            /// `METADATA MAXSIZE n`.
            MetadataMaxSize(u64),
            /// `METADATA TOOMANY`.
            MetadataTooMany,
            /// `METADATA NOPRIVATE`.
            MetadataNoPrivate,
            /// `INPROGRESS ("tag" done total)` (RFC 9585); `None` if nothing is said.
            InProgress(Option<Progress<'a>>),
            /// `MESSAGELIMIT n uid` (RFC 9738).
            MessageLimit(Argument<'a>),
            /// A code that is none of these: its word and the rest.
            Unknown(UnknownCode<'a>),
            /// A code of a known name that can't be read.
            Invalid(Invalid<'a>),
        }

        fn simple(word: &[u8]) -> Option<Code<'static>> {
            $(if word.eq_ignore_ascii_case($text) { return Some(Code::$name); })*
            None
        }

        fn simple_word(code: &Code<'_>) -> Option<&'static [u8]> {
            match code {
                $(Code::$name => Some($text),)*
                _ => None,
            }
        }
    };
}

codes! {
    /// `ALERT`: the text must be shown to a person.
    Alert = b"ALERT";
    /// `PARSE`: a message can't be parsed.
    Parse = b"PARSE";
    /// `READ-ONLY`.
    ReadOnly = b"READ-ONLY";
    /// `READ-WRITE`.
    ReadWrite = b"READ-WRITE";
    /// `TRYCREATE`: the mailbox does not exist and could be made.
    TryCreate = b"TRYCREATE";
    /// `CLOSED` (RFC 7162): what follows is of the new mailbox.
    Closed = b"CLOSED";
    /// `NOMODSEQ` (RFC 7162).
    NoModSeq = b"NOMODSEQ";
    /// `UIDNOTSTICKY` (RFC 4315).
    UidNotSticky = b"UIDNOTSTICKY";
    /// `UNKNOWN-CTE`.
    UnknownCte = b"UNKNOWN-CTE";
    /// `NOTSAVED` (RFC 5182): the result of the last search is gone.
    NotSaved = b"NOTSAVED";
    /// `HASCHILDREN`.
    HasChildren = b"HASCHILDREN";
    /// `UNAVAILABLE` (RFC 5530).
    Unavailable = b"UNAVAILABLE";
    /// `AUTHENTICATIONFAILED`.
    AuthenticationFailed = b"AUTHENTICATIONFAILED";
    /// `AUTHORIZATIONFAILED`.
    AuthorizationFailed = b"AUTHORIZATIONFAILED";
    /// `EXPIRED`.
    Expired = b"EXPIRED";
    /// `PRIVACYREQUIRED`.
    PrivacyRequired = b"PRIVACYREQUIRED";
    /// `CONTACTADMIN`.
    ContactAdmin = b"CONTACTADMIN";
    /// `NOPERM`.
    NoPerm = b"NOPERM";
    /// `INUSE`.
    InUse = b"INUSE";
    /// `EXPUNGEISSUED`.
    ExpungeIssued = b"EXPUNGEISSUED";
    /// `CORRUPTION`.
    Corruption = b"CORRUPTION";
    /// `SERVERBUG`.
    ServerBug = b"SERVERBUG";
    /// `CLIENTBUG`.
    ClientBug = b"CLIENTBUG";
    /// `CANNOT`.
    Cannot = b"CANNOT";
    /// `LIMIT`.
    Limit = b"LIMIT";
    /// `OVERQUOTA`.
    OverQuota = b"OVERQUOTA";
    /// `ALREADYEXISTS`.
    AlreadyExists = b"ALREADYEXISTS";
    /// `NONEXISTENT`.
    NonExistent = b"NONEXISTENT";
    /// `TOOBIG` (RFC 4469, 7889).
    TooBig = b"TOOBIG";
    /// `USEATTR` (RFC 6154).
    UseAttr = b"USEATTR";
    /// `COMPRESSIONACTIVE` (RFC 4978).
    CompressionActive = b"COMPRESSIONACTIVE";
    /// `UIDREQUIRED` (RFC 9586).
    UidRequired = b"UIDREQUIRED";
    /// `NOUPDATE` (RFC 5267) has an argument and is kept raw; `NOTIFICATIONOVERFLOW` (RFC 5465).
    NotificationOverflow = b"NOTIFICATIONOVERFLOW";
    /// `ANNOTATIONS NONE` and its kin have arguments; `THROTTLED` (Gmail, Exchange).
    Throttled = b"THROTTLED";
}

/// What is behind the word of a code, as it came.
///
/// ```
/// use mailwire_imap::response::Argument;
///
/// assert!(Argument::new(b"\"imap://[::1]/\"").is_ok());
/// assert!(Argument::new(b"x] done").is_err() && Argument::new(b"\"open").is_err());
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Argument<'a>(&'a [u8]);

impl<'a> Argument<'a> {
    /// Takes text that ends nothing but itself: no `]` outside of quotes, every quote and parenthesis closed.
    ///
    /// # Errors
    ///
    /// At the first octet that it can't have.
    pub fn new(text: &'a [u8]) -> Result<Self, ParseError> {
        mailwire_core::LineText::new(text)?;
        let at = match walk(text) {
            Inside { closed: None, depth: 0, open: None } if text.first() != Some(&b' ') => {
                return Ok(Self(text));
            }
            inside => inside.closed.or(inside.open).unwrap_or_default(),
        };
        Err(ParseError::new(text, at, "text without an end in it"))
    }

    /// The octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Debug for Argument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

/// How far a long command has come (RFC 9585).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the grammar is closed")]
pub struct Progress<'a> {
    /// The tag of the command.
    pub tag: Option<IString<'a>>,
    /// How much is done.
    pub done: Option<u32>,
    /// Of how much.
    pub goal: Option<u32>,
}

impl<'a> Progress<'a> {
    fn take(cursor: &mut Cursor<'a, '_>) -> Result<Option<Self>, Failed> {
        if cursor.is_end() {
            return Ok(None);
        }
        cursor.space()?;
        cursor.expect(b'(', "`(`")?;
        let tag = cursor.nstring()?;
        let mut numbers = [None; 2];
        for number in &mut numbers {
            cursor.space()?;
            *number = if cursor.nil() { None } else { Some(cursor.number32("a number or NIL")?) };
        }
        cursor.expect(b')', "`)`")?;
        let [done, goal] = numbers;
        Ok(Some(Self { tag, done, goal }))
    }

    fn write(self, out: &mut Out) {
        out.raw(b" (");
        match self.tag {
            Some(tag) => out.line_string(&tag.to_bytes()),
            None => out.raw(b"NIL"),
        }
        for number in [self.done, self.goal] {
            out.byte(b' ');
            match number {
                Some(number) => out.number(u64::from(number)),
                None => out.raw(b"NIL"),
            }
        }
        out.byte(b')');
    }
}

/// A code that this crate does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode<'a>(&'a [u8]);

impl<'a> UnknownCode<'a> {
    /// A code of these octets, its word first.
    ///
    /// # Errors
    ///
    /// Where the octets would end the code; and if its word has a meaning.
    ///
    /// ```
    /// use mailwire_imap::response::UnknownCode;
    ///
    /// assert_eq!(UnknownCode::new(b"XYZZY 7")?.word(), b"XYZZY");
    /// assert!(UnknownCode::new(b"ALERT").is_err() && UnknownCode::new(b"X] y").is_err());
    /// # Ok::<(), mailwire_imap::ParseError>(())
    /// ```
    pub fn new(code: &'a [u8]) -> Result<Self, ParseError> {
        Argument::new(code)?;
        crate::raw::checked(code, |cursor| Code::inside(cursor).map(|code| matches!(code, Code::Unknown(_))))
            .map(Self)
    }

    /// Its octets.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its word.
    pub fn word(self) -> &'a [u8] {
        crate::raw::first_word(self.0)
    }
}

impl fmt::Debug for UnknownCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Escaped(self.0), f)
    }
}

impl<'a> Code<'a> {
    /// Its name; empty for one that can't be read.
    pub fn name(&self) -> &'a [u8] {
        match self {
            Self::BadCharset(_) => b"BADCHARSET",
            Self::Capability(_) => b"CAPABILITY",
            Self::PermanentFlags(_) => b"PERMANENTFLAGS",
            Self::UidNext(_) => b"UIDNEXT",
            Self::UidValidity(_) => b"UIDVALIDITY",
            Self::Unseen(_) => b"UNSEEN",
            Self::HighestModSeq(_) => b"HIGHESTMODSEQ",
            Self::Modified(_) => b"MODIFIED",
            Self::AppendUid { .. } => b"APPENDUID",
            Self::CopyUid { .. } => b"COPYUID",
            Self::MailboxId(_) => b"MAILBOXID",
            Self::Referral(_) => b"REFERRAL",
            Self::BadUrl(_) => b"BADURL",
            Self::MetadataLongEntries(_)
            | Self::MetadataMaxSize(_)
            | Self::MetadataTooMany
            | Self::MetadataNoPrivate => b"METADATA",
            Self::InProgress(_) => b"INPROGRESS",
            Self::MessageLimit(_) => b"MESSAGELIMIT",
            Self::Unknown(code) => code.word(),
            Self::Invalid(invalid) => invalid.name(),
            simple => simple_word(simple).unwrap_or_default(),
        }
    }

    /// A code in brackets. `None`, and nothing taken, if the brackets are not closed.
    pub(super) fn take(cursor: &mut Cursor<'a, '_>) -> Option<Self> {
        let start = cursor.at + 1;
        let Some(len) = closing(cursor.text.get(start..).unwrap_or_default()) else {
            let at = cursor.at;
            cursor.report(ImapDefect::BrokenCode, at);
            return None;
        };
        let end = start + len;
        let whole = cursor.text;
        cursor.text = whole.get(..end).unwrap_or_default();
        cursor.at = start;
        let code = Self::inside(cursor).unwrap_or_else(|Failed| {
            let error = cursor.why();
            let raw = whole.get(start..end).unwrap_or_default();
            cursor.sink.report(ImapDefect::BrokenCode, start..end);
            let error = ParseError::new(raw, error.offset().saturating_sub(start), error.expected());
            Self::Invalid(Invalid { raw, error })
        });
        cursor.text = whole;
        cursor.at = end + 1;
        Some(code)
    }

    fn inside(cursor: &mut Cursor<'a, '_>) -> Result<Self, Failed> {
        let start = cursor.at;
        let word = cursor.run(crate::class::Class::WORD, "a response code")?;
        if cursor.is_end()
            && let Some(code) = simple(word)
        {
            return Ok(code);
        }
        let is = |name: &[u8]| word.eq_ignore_ascii_case(name);
        let code = match word.len() {
            6 if is(b"UNSEEN") => Self::Unseen(one(cursor)?),
            6 if is(b"BADURL") => Self::BadUrl(rest(cursor)),
            7 if is(b"UIDNEXT") => Self::UidNext(one(cursor)?),
            7 if is(b"COPYUID") => {
                let validity = one(cursor)?;
                cursor.space()?;
                let from = SequenceSet::take(cursor)?;
                cursor.space()?;
                Self::CopyUid { validity, from, to: SequenceSet::take(cursor)? }
            }
            8 if is(b"MODIFIED") => {
                cursor.space()?;
                Self::Modified(SequenceSet::take(cursor)?)
            }
            8 if is(b"REFERRAL") => Self::Referral(rest(cursor)),
            8 if is(b"METADATA") => metadata(cursor)?,
            9 if is(b"APPENDUID") => {
                let validity = one(cursor)?;
                cursor.space()?;
                Self::AppendUid { validity, uids: SequenceSet::take(cursor)? }
            }
            9 if is(b"MAILBOXID") => {
                cursor.space()?;
                Self::MailboxId(ObjectId::take(cursor)?)
            }
            10 if is(b"CAPABILITY") => {
                let depth = cursor.deeper()?;
                let raw = cursor.rest();
                cursor.at = cursor.text.len();
                Self::Capability(List::wire(raw, depth))
            }
            10 if is(b"BADCHARSET") => {
                let depth = cursor.deeper()?;
                if cursor.is_end() {
                    Self::BadCharset(List::EMPTY)
                } else {
                    cursor.space()?;
                    if cursor.peek() == Some(b'(') {
                        Self::BadCharset(List::wire(cursor.list()?, depth))
                    } else {
                        let start = cursor.at;
                        cursor.astring()?;
                        while !cursor.is_end() {
                            cursor.space()?;
                            cursor.astring()?;
                        }
                        let raw = cursor.since(start);
                        cursor.report(ImapDefect::BareList, start);
                        Self::BadCharset(List::wire(raw, depth))
                    }
                }
            }
            10 if is(b"INPROGRESS") => Self::InProgress(Progress::take(cursor)?),
            11 if is(b"UIDVALIDITY") => Self::UidValidity(one(cursor)?),
            12 if is(b"MESSAGELIMIT") => Self::MessageLimit(rest(cursor)),
            13 if is(b"HIGHESTMODSEQ") => {
                cursor.space()?;
                Self::HighestModSeq(cursor.count("a modification sequence")?)
            }
            14 if is(b"PERMANENTFLAGS") => {
                cursor.space()?;
                let depth = cursor.deeper()?;
                Self::PermanentFlags(List::wire(cursor.list()?, depth))
            }
            _ => {
                return Ok(Self::Unknown(UnknownCode(crate::raw::rest(cursor, start))));
            }
        };
        cursor.end()?;
        Ok(code)
    }

    pub(super) fn write(&self, out: &mut Out) {
        let start = out.bytes().len();
        out.byte(b'[');
        match self {
            Self::Unknown(code) => out.verbatim(code.as_bytes()),
            Self::Invalid(invalid) => out.verbatim(invalid.raw()),
            _ => {
                out.raw(self.name());
                self.write_argument(out);
            }
        }
        out.byte(b']');
        // A status has no literals, but for its charsets: what is behind one would be a response.
        if !matches!(self, Self::BadCharset(_)) {
            out.flatten(start);
        }
    }

    fn write_argument(&self, out: &mut Out) {
        let mut number = |number: u64| {
            out.byte(b' ');
            out.number(number);
        };
        match self {
            Self::UidNext(n) | Self::UidValidity(n) | Self::Unseen(n) => number(u64::from(*n)),
            Self::HighestModSeq(n) => number(*n),
            Self::BadCharset(list) if list.is_empty() => {}
            Self::BadCharset(list) => {
                out.byte(b' ');
                charsets(list, out);
            }
            Self::Capability(list) => {
                out.byte(b' ');
                list.write_bare(out);
            }
            Self::PermanentFlags(list) => {
                out.byte(b' ');
                list.write_list(out);
            }
            Self::Modified(set) => {
                out.byte(b' ');
                out.raw(set.as_bytes());
            }
            Self::AppendUid { validity, uids } => {
                number(u64::from(*validity));
                out.byte(b' ');
                out.raw(uids.as_bytes());
            }
            Self::CopyUid { validity, from, to } => {
                number(u64::from(*validity));
                out.byte(b' ');
                out.raw(from.as_bytes());
                out.byte(b' ');
                out.raw(to.as_bytes());
            }
            Self::MailboxId(id) => {
                out.byte(b' ');
                id.write(out);
            }
            Self::InProgress(Some(progress)) => progress.write(out),
            Self::Referral(raw) | Self::BadUrl(raw) | Self::MessageLimit(raw)
                if !raw.as_bytes().is_empty() =>
            {
                out.byte(b' ');
                out.verbatim(raw.as_bytes());
            }
            Self::MetadataLongEntries(n) => {
                out.raw(b" LONGENTRIES ");
                out.number(*n);
            }
            Self::MetadataMaxSize(n) => {
                out.raw(b" MAXSIZE ");
                out.number(*n);
            }
            Self::MetadataTooMany => out.raw(b" TOOMANY"),
            Self::MetadataNoPrivate => out.raw(b" NOPRIVATE"),
            _ => {}
        }
    }
}

/// Beside what is no charset, without literals: behind a parenthesis that does not belong there, a reader would take none.
fn charsets(list: &List<'_, IString<'_>>, out: &mut Out) {
    if out.is_kept() || list.iter().all(|charset| charset.is_ok()) {
        return list.write_list(out);
    }
    out.byte(b'(');
    for (at, charset) in list.iter().enumerate() {
        if at > 0 {
            out.byte(b' ');
        }
        match charset {
            Ok(charset) => out.line_astring(&charset.to_bytes()),
            Err(invalid) => out.verbatim(invalid.raw()),
        }
    }
    out.byte(b')');
}

fn one(cursor: &mut Cursor<'_, '_>) -> Result<u32, Failed> {
    cursor.space()?;
    cursor.number32("a number")
}

fn rest<'a>(cursor: &mut Cursor<'a, '_>) -> Argument<'a> {
    cursor.eat(b' ');
    let start = cursor.at;
    Argument(crate::raw::rest(cursor, start))
}

fn metadata<'a>(cursor: &mut Cursor<'a, '_>) -> Result<Code<'a>, Failed> {
    cursor.space()?;
    if cursor.eat_word(b"LONGENTRIES ") {
        return cursor.number("a number").map(Code::MetadataLongEntries);
    }
    if cursor.eat_word(b"MAXSIZE ") {
        return cursor.number("a number").map(Code::MetadataMaxSize);
    }
    if cursor.eat_word(b"TOOMANY") {
        return Ok(Code::MetadataTooMany);
    }
    if cursor.eat_word(b"NOPRIVATE") {
        return Ok(Code::MetadataNoPrivate);
    }
    Err(cursor.error("a word of METADATA"))
}

/// Where the bracket is that closes a code: none in a quoted string or in parentheses does, unless those are not closed. None in a
/// literal does.
fn closing(text: &[u8]) -> Option<usize> {
    walk(text).closed.or_else(|| {
        let mut at = 0;
        loop {
            at += memchr::memchr2(b']', b'{', text.get(at..)?)?;
            if text.get(at) == Some(&b']') {
                return Some(at);
            }
            at = behind_literal(text, at).unwrap_or(at + 1);
        }
    })
}

/// Where the literal ends that begins here, if one does.
fn behind_literal(text: &[u8], at: usize) -> Option<usize> {
    let mut sink = ();
    let mut cursor = Cursor::new(text, 1, &mut sink);
    cursor.at = at;
    cursor.literal().ok().map(|_| cursor.at)
}

struct Inside {
    closed: Option<usize>,
    depth: u32,
    /// A quote that nobody closes.
    open: Option<usize>,
}

fn walk(text: &[u8]) -> Inside {
    // Where a quote is not closed on its line, none behind it is looked at: the work stays linear.
    let (mut inside, mut at, mut unquoted) = (Inside { closed: None, depth: 0, open: None }, 0, 0);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' if at >= unquoted => {
                let mut end = at + 1;
                while let Some(&inside) = text.get(end)
                    && !matches!(inside, b'"' | b'\r' | b'\n')
                {
                    end += if inside == b'\\' { 2 } else { 1 };
                }
                if text.get(end) == Some(&b'"') {
                    at = end;
                } else {
                    inside.open = Some(at);
                    unquoted = end;
                }
            }
            b'(' => inside.depth += 1,
            b')' => inside.depth = inside.depth.saturating_sub(1),
            b']' if inside.depth == 0 => {
                inside.closed = Some(at);
                return inside;
            }
            b'{' => {
                if let Some(end) = behind_literal(text, at) {
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    inside
}
