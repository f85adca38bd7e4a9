//! The three digits that a reply begins with.

use core::fmt;

/// The code of a reply: 200 to 599.
///
/// The registry is open: a code that is unknown means what its first digit says (RFC 5321 §4.2).
///
/// ```
/// use mailwire_smtp::{Code, reply::ReplySeverity};
///
/// let code = Code::new(450).ok_or("no code")?;
/// assert_eq!(code, Code::MAILBOX_BUSY);
/// assert_eq!(code.severity(), ReplySeverity::Transient);
/// assert_eq!(Code::new(199), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

/// What the first digit of a code says (RFC 5321 §4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "other first digits are no reply")]
pub enum ReplySeverity {
    /// 2yz, positive completion: done.
    Completed,
    /// 3yz, positive intermediate: go on with what belongs to the command.
    Intermediate,
    /// 4yz, transient negative completion: the same may succeed later.
    Transient,
    /// 5yz, permanent negative completion: the same will fail again.
    Permanent,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: Self = Self($code);)*
    };
}

impl Code {
    codes! {
        /// 211: a status, or an answer to HELP.
        SYSTEM_STATUS = 211;
        /// 214: help.
        HELP = 214;
        /// 220: the service is ready; a greeting, and the answer to STARTTLS.
        READY = 220;
        /// 221: the connection is being closed.
        CLOSING = 221;
        /// 235: authenticated (RFC 4954).
        AUTHENTICATED = 235;
        /// 250: done.
        OK = 250;
        /// 251: not here, but it will be forwarded.
        WILL_FORWARD = 251;
        /// 252: can't be verified, but it will be tried.
        CANNOT_VERIFY = 252;
        /// 253: so many mails are waiting (ETRN, RFC 1985).
        MAIL_PENDING = 253;
        /// 334: a challenge of SASL, in base64 (RFC 4954).
        CHALLENGE = 334;
        /// 353: the answers for each recipient follow (PRDR, a draft that Exim speaks).
        RECIPIENT_REPLIES = 353;
        /// 354: send the mail.
        START_MAIL_INPUT = 354;
        /// 421: not available, the connection is being closed. May come at any time.
        NOT_AVAILABLE = 421;
        /// 432: the password has to be changed first (RFC 4954).
        PASSWORD_TRANSITION = 432;
        /// 450: the mailbox is busy, or greylisted.
        MAILBOX_BUSY = 450;
        /// 451: an error in processing.
        LOCAL_ERROR = 451;
        /// 452: no storage left, or too many recipients.
        INSUFFICIENT_STORAGE = 452;
        /// 453: no mail for it (ATRN, RFC 2645).
        NO_MAIL = 453;
        /// 454: TLS, or authentication, is not available now (RFC 3207, RFC 4954).
        TEMPORARILY_UNAVAILABLE = 454;
        /// 455: the parameters can't be taken now.
        PARAMETERS_NOT_ACCOMMODATED = 455;
        /// 458: the queue can't be started (ETRN, RFC 1985).
        CANNOT_QUEUE = 458;
        /// 459: not allowed for that node (ETRN, RFC 1985).
        NODE_NOT_ALLOWED = 459;
        /// 500: no such command, or the line is too long.
        SYNTAX_ERROR = 500;
        /// 501: the arguments are wrong.
        ARGUMENT_ERROR = 501;
        /// 502: known and not implemented.
        NOT_IMPLEMENTED = 502;
        /// 503: not now.
        BAD_SEQUENCE = 503;
        /// 504: the parameter is not implemented.
        PARAMETER_NOT_IMPLEMENTED = 504;
        /// 521: this host takes no mail (RFC 7504).
        HOST_TAKES_NO_MAIL = 521;
        /// 530: authentication, or STARTTLS, has to come first (RFC 4954, RFC 3207).
        AUTHENTICATION_REQUIRED = 530;
        /// 534: the mechanism is too weak (RFC 4954).
        MECHANISM_TOO_WEAK = 534;
        /// 535: the credentials are invalid (RFC 4954).
        CREDENTIALS_INVALID = 535;
        /// 538: the mechanism needs encryption (RFC 4954).
        ENCRYPTION_REQUIRED = 538;
        /// 550: no such mailbox, or refused by policy.
        MAILBOX_UNAVAILABLE = 550;
        /// 551: not here; try the address in the text.
        USER_NOT_LOCAL = 551;
        /// 552: over the storage allowed. At RCPT it may mean too many recipients (RFC 5321 §4.5.3.1.10).
        STORAGE_EXCEEDED = 552;
        /// 553: the name of the mailbox is not allowed.
        MAILBOX_NAME_NOT_ALLOWED = 553;
        /// 554: the transaction failed; as a greeting: no service here.
        TRANSACTION_FAILED = 554;
        /// 555: the parameters are not recognized, or not implemented.
        PARAMETERS_NOT_RECOGNIZED = 555;
        /// 556: the domain takes no mail (RFC 7504).
        DOMAIN_TAKES_NO_MAIL = 556;
    }

    /// A code, if it is one: 200 to 599.
    pub const fn new(code: u16) -> Option<Self> {
        if code >= 200 && code <= 599 { Some(Self(code)) } else { None }
    }

    #[inline]
    pub(super) fn of_digits([hundreds, tens, ones]: [u8; 3]) -> Option<Self> {
        let digit = |byte: u8| u16::from(byte.wrapping_sub(b'0'));
        let (hundreds, tens, ones) = (digit(hundreds), digit(tens), digit(ones));
        let valid = (2..=5).contains(&hundreds) && tens < 10 && ones < 10;
        valid.then_some(Self(hundreds * 100 + tens * 10 + ones))
    }

    /// The number.
    pub const fn as_u16(self) -> u16 {
        self.0
    }

    /// What the first digit says.
    pub fn severity(self) -> ReplySeverity {
        match self.0 {
            ..300 => ReplySeverity::Completed,
            300..400 => ReplySeverity::Intermediate,
            400..500 => ReplySeverity::Transient,
            _ => ReplySeverity::Permanent,
        }
    }

    /// 2yz: what was asked for is done.
    pub fn is_completed(self) -> bool {
        self.severity() == ReplySeverity::Completed
    }

    /// 3yz: the command wants more.
    pub fn is_intermediate(self) -> bool {
        self.severity() == ReplySeverity::Intermediate
    }

    /// 4yz: the same may succeed later.
    pub fn is_transient(self) -> bool {
        self.severity() == ReplySeverity::Transient
    }

    /// 5yz: the same will fail again.
    pub fn is_permanent(self) -> bool {
        self.severity() == ReplySeverity::Permanent
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.0)
    }
}
