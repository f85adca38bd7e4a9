//! What a client says: one line, a word and its arguments.
//!
//! Grammar: [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3) over [RFC 1939
//! §9](https://www.rfc-editor.org/rfc/rfc1939#section-9), with STLS of RFC 2595, AUTH of RFC 5034, UTF8 and LANG of RFC 6856;
//! LAST of RFC 1460 and Dovecot's XCLIENT are known too.

mod argument;
mod encode;
mod parse;
mod unknown;

pub use argument::{Attributes, Digest, Name, Password};
pub use unknown::Unknown;

use crate::Pop3Defect;
use crate::language::Language;
use crate::response::{Answer, Listing};
use crate::sasl::{Base64, Mechanism, SaslLine};
use core::num::NonZeroU32;
use mailwire_core::{Class, frame};

/// A command.
///
/// Words are read in any case and written in capitals. `Debug` shows no secret, and nothing of a line whose first word is
/// unknown: that word may be a password.
///
/// ```
/// use mailwire_pop3::Command;
///
/// let command = Command::parse(b"retr 12\r\n")?;
/// assert!(matches!(command, Command::Retr(message) if message.get() == 12));
///
/// let mut line = Vec::new();
/// command.encode(&mut line);
/// assert_eq!(line, b"RETR 12\r\n");
///
/// let error = Command::parse(b"RETR 0\r\n").unwrap_err();
/// assert_eq!(error.to_string(), "expected a message number above zero at byte 5, found `0`");
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Command<'a> {
    /// `USER name` (RFC 1939 §7).
    User(Name<'a>),
    /// `PASS string` (RFC 1939 §7): everything behind the one space.
    Pass(Password<'a>),
    /// `APOP name digest` (RFC 1939 §7).
    Apop {
        /// The mailbox.
        name: Name<'a>,
        /// MD5 over the greeting's challenge and the shared secret.
        digest: Digest<'a>,
    },
    /// `AUTH mechanism [initial-response]` (RFC 5034 §4).
    Auth {
        /// The mechanism.
        mechanism: Mechanism<'a>,
        /// The initial response. An empty one, written `=`, is not the same as none.
        initial: Option<Base64<'a>>,
    },
    /// `AUTH` alone: which mechanisms are there? No RFC has it; Outlook asks, and Dovecot answers.
    Mechanisms,
    /// `STAT` (RFC 1939 §5).
    Stat,
    /// `LIST [msg]` (RFC 1939 §5).
    List(Option<NonZeroU32>),
    /// `UIDL [msg]` (RFC 1939 §7).
    Uidl(Option<NonZeroU32>),
    /// `RETR msg` (RFC 1939 §5).
    Retr(NonZeroU32),
    /// `TOP msg n` (RFC 1939 §7).
    Top {
        /// The message.
        message: NonZeroU32,
        /// How many lines of its body, behind the header and the empty line.
        lines: u64,
    },
    /// `DELE msg` (RFC 1939 §5).
    Dele(NonZeroU32),
    /// `NOOP` (RFC 1939 §5).
    Noop,
    /// `RSET` (RFC 1939 §5).
    Rset,
    /// `QUIT` (RFC 1939 §4, §6).
    Quit,
    /// `CAPA` (RFC 2449 §5).
    Capa,
    /// `STLS` (RFC 2595 §4).
    Stls,
    /// `UTF8` (RFC 6856 §2.1).
    Utf8,
    /// `LANG [lang-range]` (RFC 6856 §3): which language, or which are there?
    Lang(Option<Language<'a>>),
    /// `LAST` (RFC 1460): the highest number accessed. fetchmail asks for it.
    Last,
    /// `XCLIENT name=value …` (Dovecot): whom a proxy speaks for.
    Xclient(Attributes<'a>),
    /// A line inside of a SASL exchange. Never read where a command is due.
    Sasl(SaslLine<'a>),
    /// A word that is none of these.
    Unknown(Unknown<'a>),
}

impl Command<'_> {
    /// What a positive response to it looks like.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Auth { .. } | Self::Sasl(_) => Answer::Exchange,
            Self::Mechanisms => Answer::Listing(Listing::Mechanisms),
            Self::List(None) => Answer::Listing(Listing::Sizes),
            Self::Uidl(None) => Answer::Listing(Listing::UniqueIds),
            Self::Lang(None) => Answer::Listing(Listing::Languages),
            Self::Capa => Answer::Listing(Listing::Capabilities),
            Self::Retr(_) | Self::Top { .. } => Answer::Message,
            _ => Answer::Status,
        }
    }
}

impl frame::Value for Command<'_> {
    type Defect = Pop3Defect;

    fn open(raw: &[u8], value: Option<&Self>) -> usize {
        let word = Class::VCHAR.prefix_len(raw);
        match value {
            Some(Command::User(name) | Command::Apop { name, .. }) => word + 1 + name.first_word().len(),
            Some(Command::Auth { mechanism, .. }) if mechanism.is_named() => {
                word + 1 + mechanism.as_str().len()
            }
            Some(Command::Pass(_) | Command::Auth { .. } | Command::Xclient(_)) => word,
            Some(Command::Sasl(_) | Command::Unknown(_)) => 0,
            Some(_) => raw.len(),
            None => {
                let first = raw.get(..word).unwrap_or_default();
                let is = |known: &&[u8]| known.eq_ignore_ascii_case(first);
                if HARMLESS.iter().any(is) {
                    raw.len()
                } else if GUARDED.iter().any(is) {
                    word
                } else {
                    0
                }
            }
        }
    }
}

/// Words behind which nothing is secret, and that no slip of the finger makes of PASS, APOP or AUTH.
const HARMLESS: &[&[u8]] = &[
    b"STAT", b"LIST", b"UIDL", b"RETR", b"TOP", b"DELE", b"NOOP", b"RSET", b"QUIT", b"CAPA", b"STLS",
    b"UTF8", b"LANG",
];

/// Words behind which there may be a secret.
const GUARDED: &[&[u8]] = &[b"USER", b"PASS", b"APOP", b"AUTH", b"LAST", b"XCLIENT"];
