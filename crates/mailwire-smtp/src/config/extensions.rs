//! What a server offers besides the commands of RFC 5321.

use core::fmt;

/// A set of extensions. SIZE, STARTTLS, AUTH and LIMITS are not in it: they follow from the rest of the configuration.
///
/// ```
/// use mailwire_smtp::config::Extensions;
///
/// let extensions = Extensions::default().with(Extensions::DSN).without(Extensions::CHUNKING);
/// assert!(extensions.contains(Extensions::DSN) && !extensions.contains(Extensions::CHUNKING));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extensions(u16);

macro_rules! extensions {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Extensions {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*

            const NAMES: &[(&str, Self)] = &[$((stringify!($name), Self::$name)),*];
        }
    };
}

extensions! {
    /// Several commands may be sent at once (RFC 2920).
    PIPELINING = 0;
    /// Bodies with octets over 127 (RFC 6152).
    EIGHT_BIT_MIME = 1;
    /// Addresses and header fields in UTF-8 (RFC 6531).
    SMTPUTF8 = 2;
    /// BDAT (RFC 3030 §2).
    CHUNKING = 3;
    /// Bodies of any octets, with BDAT (RFC 3030 §3). Only with `CHUNKING`.
    BINARYMIME = 4;
    /// RET, ENVID, NOTIFY and ORCPT (RFC 3461): who offers it has to send the notices.
    DSN = 5;
    /// REQUIRETLS (RFC 8689), offered inside TLS only: who offers it has to find a way in TLS, or none.
    REQUIRETLS = 6;
    /// MT-PRIORITY (RFC 6710).
    MT_PRIORITY = 7;
    /// BY (RFC 2852).
    DELIVERBY = 8;
    /// RRVS (RFC 7293).
    RRVS = 9;
    /// VRFY is answered.
    VRFY = 10;
    /// EXPN is answered.
    EXPN = 11;
    /// ETRN (RFC 1985).
    ETRN = 12;
    /// XCLIENT, in which a client says for whom it speaks: only for peers that are trusted to say so (Postfix).
    XCLIENT = 13;
    /// XFORWARD, in which a client says where a mail is from: only for peers that are trusted to say so (Postfix).
    XFORWARD = 14;
}

impl Default for Extensions {
    /// What every server of today can do: `PIPELINING`, `EIGHT_BIT_MIME`, `SMTPUTF8` and `CHUNKING`.
    fn default() -> Self {
        Self::PIPELINING.with(Self::EIGHT_BIT_MIME).with(Self::SMTPUTF8).with(Self::CHUNKING)
    }
}

impl Extensions {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These and those.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of those are in it.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(Self::NAMES.iter().filter(|(_, one)| self.contains(*one)).map(|(name, _)| name))
            .finish()
    }
}
