//! Which mechanism to take.

use crate::kind::ALL;
use crate::{Credentials, Mechanism};

/// Who can listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum Channel {
    /// TLS, with a certificate that was checked.
    Tls,
    /// In the clear: nothing is chosen that reveals a password or a token.
    Plaintext,
    /// In the clear, and everything may be said nevertheless: a socket of this machine, or a user who insists.
    Trusted,
}

/// The best mechanism of a server's list that the credentials suffice for, in the order below; `None` if there is none.
///
/// EXTERNAL, OAUTHBEARER, XOAUTH2, SCRAM-SHA-256-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, LOGIN, CRAM-MD5,
/// ANONYMOUS: a kind of credentials only ever meets its own. What
/// [reveals a secret](Mechanism::reveals_secret) is left out on [`Channel::Plaintext`]. Words of the list that name nothing
/// are skipped. Relayed credentials take the first name that nothing is known of, or the best.
///
/// ```
/// use mailwire_sasl::{Channel, Credentials, Mechanism, choose};
///
/// let credentials = Credentials::password("tim", "tanstaaftanstaaf").with_nonce("rOprNGfwEbeRWgbNEkqO");
/// let offered = [b"PLAIN".as_slice(), b"LOGIN", b"scram-sha-1"];
/// assert_eq!(choose(offered, Channel::Plaintext, &credentials), Some(Mechanism::SCRAM_SHA_1));
/// assert_eq!(choose([b"PLAIN".as_slice()], Channel::Plaintext, &credentials), None);
/// assert_eq!(choose([b"PLAIN".as_slice()], Channel::Tls, &credentials), Some(Mechanism::PLAIN));
/// ```
pub fn choose<'a>(
    offered: impl IntoIterator<Item = &'a [u8]>,
    channel: Channel,
    credentials: &Credentials,
) -> Option<Mechanism<'a>> {
    let rank = |mechanism| ALL.iter().position(|(name, _)| *name == mechanism);
    let mechanisms = offered.into_iter().filter_map(|name| Mechanism::new(name).ok());
    mechanisms
        .filter(|mechanism| channel != Channel::Plaintext || !mechanism.reveals_secret())
        .filter(|&mechanism| credentials.suffice_for(mechanism))
        .min_by_key(|&mechanism| rank(mechanism))
}
