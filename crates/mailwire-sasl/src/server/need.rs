//! What a server has to look up, and what comes of it.

use super::TokenError;
use crate::Message;
#[cfg(feature = "scram")]
use crate::scram::{Hash, StoredKeys};
use alloc::string::String;
use alloc::vec::Vec;

/// What has to be looked up or checked.
///
/// Names are as the client sent them, UTF-8 without NUL. Who keeps prepared names prepares these too (feature `saslprep`).
///
/// Some clients repeat their own name as `authzid`: that is nobody else.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Need {
    /// Is this the user's password? [`Answer::Accept`] or [`Answer::Reject`]. For PLAIN and LOGIN.
    ///
    /// An unknown user must take as long as a known one: check against some other password's hash.
    #[non_exhaustive]
    Password {
        /// Who it is; never empty.
        authcid: String,
        /// As whom it wants to act, if as somebody else.
        authzid: Option<String>,
        /// The password; never empty, and possibly not UTF-8.
        password: Message,
    },
    /// Is this token good, and this user's? [`Answer::Accept`], [`Answer::RejectToken`] or [`Answer::Reject`]. For
    /// OAUTHBEARER and XOAUTH2.
    #[non_exhaustive]
    Token {
        /// Whose mail is wanted. The token has to be for this user: the name alone proves nothing.
        authzid: Option<String>,
        /// The token. An empty one is a question: where to get one.
        token: Message,
        /// The host that the client believes to be connected to. A server that knows its own name must compare (RFC 7628
        /// §3.2).
        host: Option<String>,
        /// The port of it.
        port: Option<u16>,
    },
    /// Who is on this channel, by its certificate or otherwise? And may it act as this? [`Answer::Accept`] or
    /// [`Answer::Reject`]. For EXTERNAL.
    #[non_exhaustive]
    External {
        /// As whom it wants to act; `None` leaves it to the server.
        authzid: Option<String>,
    },
    /// Is nobody in particular welcome? [`Answer::Accept`] or [`Answer::Reject`]. For ANONYMOUS.
    #[non_exhaustive]
    Anonymous {
        /// For the log, without controls; may be empty.
        trace: String,
    },
    /// The keys of this user: [`Answer::Keys`], also for one who isn't there ([`StoredKeys::unknown`]) or may not act as
    /// `authzid` ([`StoredKeys::refused`]). For SCRAM.
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    #[non_exhaustive]
    Keys {
        /// For which digest.
        hash: Hash,
        /// Who it is; never empty.
        authcid: String,
        /// As whom it wants to act, if as somebody else.
        authzid: Option<String>,
    },
    /// The password of this user: [`Answer::Secret`] or [`Answer::Reject`]. For CRAM-MD5. The digest of an unknown user is
    /// computed with nothing, so that it takes as long.
    #[cfg(feature = "cram-md5")]
    #[cfg_attr(docsrs, doc(cfg(feature = "cram-md5")))]
    #[non_exhaustive]
    Secret {
        /// Who it is; never empty.
        authcid: String,
    },
    /// What follows upon this response? [`Answer::Challenge`], [`Answer::Accept`] or [`Answer::Reject`]. For what is relayed.
    #[non_exhaustive]
    Challenge {
        /// The response; `None` if there was no initial one.
        response: Option<Message>,
    },
}

/// What was found, to be [provided](super::Server::provide).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// It is right.
    Accept,
    /// It is wrong. To a client with a token an error is sent that says no more.
    Reject,
    /// The token is wrong, and this is told.
    RejectToken(TokenError),
    /// The keys of the user.
    #[cfg(feature = "scram")]
    #[cfg_attr(docsrs, doc(cfg(feature = "scram")))]
    Keys(StoredKeys),
    /// The password of the user.
    #[cfg(feature = "cram-md5")]
    #[cfg_attr(docsrs, doc(cfg(feature = "cram-md5")))]
    Secret(Message),
    /// The next challenge of a relayed exchange.
    Challenge(Vec<u8>),
}

/// Who the client is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub(super) authcid: Option<String>,
    pub(super) authzid: Option<String>,
}

impl Identity {
    /// Whose password was shown; `None` where the mechanism has no such name: the caller knows whose certificate or token it
    /// was.
    pub fn authcid(&self) -> Option<&str> {
        self.authcid.as_deref()
    }

    /// As whom the client wants to act, if it said so. The caller decides whether it may.
    pub fn authzid(&self) -> Option<&str> {
        self.authzid.as_deref()
    }
}
