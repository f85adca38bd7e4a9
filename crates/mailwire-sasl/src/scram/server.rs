//! The server's half of the exchange.

use super::attributes::{self, Attributes};
use super::{Hash, StoredKeys};
use crate::gs2::{self, Flag};
use crate::kind::Plus;
use crate::{ChannelBinding, Message, SaslError};
use alloc::format;
use alloc::string::{String, ToString};

/// The client's first message is read; the keys are awaited.
pub(crate) struct Opened {
    hash: Hash,
    pub(crate) authcid: String,
    pub(crate) authzid: Option<String>,
    bare: String,
    nonce: String,
    cbind_input: String,
    min_iterations: u32,
}

/// Reads `client-first-message`. With bindings, the mechanism's name with `-PLUS` was in the list.
pub(crate) fn open(
    hash: Hash,
    plus: Plus,
    message: &[u8],
    bindings: &[ChannelBinding],
    nonce: &str,
    min_iterations: u32,
) -> Result<Opened, SaslError> {
    let (header, bare) = gs2::parse(attributes::text(message)?)?;
    let mut input = header.raw.as_bytes().to_vec();
    match (header.flag, plus) {
        (Flag::None, Plus::Unbound) => {}
        (Flag::NotOffered, Plus::Unbound) if bindings.is_empty() => {}
        (Flag::NotOffered, _) => return Err(SaslError::Downgrade),
        (Flag::Bound(name), Plus::Bound) => {
            let binding = bindings.iter().find(|binding| binding.name() == name);
            input.extend_from_slice(binding.ok_or(SaslError::ChannelBinding)?.expose());
        }
        (Flag::None, Plus::Bound) | (Flag::Bound(_), Plus::Unbound) => return Err(SaslError::ChannelBinding),
    }
    let mut attributes = Attributes::new(bare);
    let authcid = gs2::unescape(attributes.take('n', "a name")?)?;
    let client_nonce = attributes.take('r', "a nonce")?;
    attributes.finish()?;
    if !attributes::is_nonce(client_nonce) {
        return Err(SaslError::Malformed("a nonce"));
    }
    Ok(Opened {
        hash,
        authcid,
        authzid: header.authzid,
        bare: bare.to_string(),
        nonce: format!("{client_nonce}{nonce}"),
        cbind_input: attributes::encode(&input),
        min_iterations,
    })
}

impl Opened {
    /// The state that awaits the client's proof, and the challenge for it.
    pub(crate) fn challenge(self, keys: StoredKeys) -> (Proving, Message) {
        let (salt, iterations) = (attributes::encode(keys.salt()), keys.iterations());
        let first = format!("r={},s={salt},i={iterations}", self.nonce);
        let message = first.as_str().into();
        (Proving { opened: self, keys, first }, message)
    }

    /// Whether these keys will do. Clients refuse too few iterations, so who gives them has made a mistake with the users.
    pub(crate) fn check(&self, keys: &StoredKeys) -> Result<(), SaslError> {
        if keys.hash() != self.hash {
            return Err(SaslError::Usage("these are the keys of another digest"));
        }
        if keys.iterations() < self.min_iterations {
            return Err(SaslError::Usage("these keys have too few iterations"));
        }
        Ok(())
    }
}

/// The challenge is sent; the client's proof is awaited.
pub(crate) struct Proving {
    pub(crate) opened: Opened,
    keys: StoredKeys,
    /// `server-first-message`, which is signed.
    first: String,
}

impl Proving {
    /// Reads `client-final-message`, and gives the server's own proof.
    pub(crate) fn verify(&self, message: &[u8]) -> Result<Message, SaslError> {
        let text = attributes::text(message)?;
        let wanted = "a proof at the end";
        let (without_proof, proof) = text.rsplit_once(",p=").ok_or(SaslError::Malformed(wanted))?;
        let proof = attributes::decode(proof, wanted)?;
        let mut attributes = Attributes::new(without_proof);
        let cbind_input = attributes.take('c', "a channel binding")?;
        let nonce = attributes.take('r', "a nonce")?;
        attributes.finish()?;
        if nonce != self.opened.nonce {
            return Err(SaslError::Malformed("the nonce of the challenge"));
        }
        if cbind_input != self.opened.cbind_input {
            return Err(SaslError::ChannelBinding);
        }
        let signed = [&self.opened.bare, ",", &self.first, ",", without_proof].map(str::as_bytes);
        if !self.keys.accept(&proof, &signed) {
            return Err(SaslError::Refused);
        }
        let signature = self.opened.hash.hmac(self.keys.server_key(), &signed);
        Ok(format!("v={}", attributes::encode(&signature)).into())
    }
}
