//! The exchanges that are here.

use crate::Mechanism;
#[cfg(feature = "scram")]
use crate::scram::Hash;

/// Which exchange a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Login,
    External,
    Anonymous,
    Oauth(Oauth),
    #[cfg(feature = "scram")]
    Scram(Hash, Plus),
    #[cfg(feature = "cram-md5")]
    CramMd5,
}

/// The two mechanisms that send a bearer token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oauth {
    Xoauth2,
    Oauthbearer,
}

/// Whether the name ends in `-PLUS`: the exchange is bound to its channel.
#[cfg(feature = "scram")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plus {
    Bound,
    Unbound,
}

/// Best first. PLAIN and LOGIN stand above CRAM-MD5, since they are only chosen on a channel that nobody listens to, where
/// they work with every way of keeping passwords.
pub(crate) const ALL: &[(Mechanism<'static>, Kind)] = &[
    (Mechanism::EXTERNAL, Kind::External),
    (Mechanism::OAUTHBEARER, Kind::Oauth(Oauth::Oauthbearer)),
    (Mechanism::XOAUTH2, Kind::Oauth(Oauth::Xoauth2)),
    #[cfg(feature = "scram")]
    (Mechanism::SCRAM_SHA_256_PLUS, Kind::Scram(Hash::Sha256, Plus::Bound)),
    #[cfg(feature = "scram")]
    (Mechanism::SCRAM_SHA_1_PLUS, Kind::Scram(Hash::Sha1, Plus::Bound)),
    #[cfg(feature = "scram")]
    (Mechanism::SCRAM_SHA_256, Kind::Scram(Hash::Sha256, Plus::Unbound)),
    #[cfg(feature = "scram")]
    (Mechanism::SCRAM_SHA_1, Kind::Scram(Hash::Sha1, Plus::Unbound)),
    (Mechanism::PLAIN, Kind::Plain),
    (Mechanism::LOGIN, Kind::Login),
    #[cfg(feature = "cram-md5")]
    (Mechanism::CRAM_MD5, Kind::CramMd5),
    (Mechanism::ANONYMOUS, Kind::Anonymous),
];

impl Kind {
    pub(crate) fn of(mechanism: Mechanism<'_>) -> Option<Self> {
        ALL.iter().find(|(name, _)| *name == mechanism).map(|&(_, kind)| kind)
    }
}
