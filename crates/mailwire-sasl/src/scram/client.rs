//! The client's half of the exchange.

use super::attributes::{self, Attributes};
use super::keys::xor;
use super::{Hash, KeyRequest, SaltedPassword};
use crate::gs2::{self, Flag};
use crate::{ChannelBinding, Limits, Message, SaslError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use subtle::ConstantTimeEq;

/// The first message is made; the server's first is awaited.
pub(crate) struct First {
    hash: Hash,
    nonce: String,
    /// `client-first-message-bare`, which is signed.
    bare: String,
    /// What is sent back in `c=`, in base64.
    cbind_input: String,
}

impl First {
    /// The state, and the first message.
    pub(crate) fn new(
        hash: Hash,
        flag: Flag<'_>,
        binding: Option<&ChannelBinding>,
        authzid: Option<&str>,
        user: &str,
        nonce: String,
    ) -> (Self, Message) {
        let mut header = String::new();
        gs2::write(&mut header, flag, authzid);
        let mut bare = String::from("n=");
        gs2::escape(&mut bare, user);
        bare.push_str(",r=");
        bare.push_str(&nonce);
        let message = format!("{header}{bare}").into();
        let mut input = header.into_bytes();
        if let (Flag::Bound(_), Some(binding)) = (flag, binding) {
            input.extend_from_slice(binding.expose());
        }
        (Self { hash, nonce, bare, cbind_input: attributes::encode(&input) }, message)
    }

    /// Reads `server-first-message`.
    pub(crate) fn greeted(self, message: &[u8], limits: &Limits) -> Result<Greeted, SaslError> {
        const NONCE: &str = "a nonce that begins with the client's";
        let text = attributes::text(message)?;
        let mut attributes = Attributes::new(text);
        let nonce = attributes.take('r', NONCE)?;
        let salt = attributes::decode(attributes.take('s', "a salt")?, "a salt in base64")?;
        let iterations = attributes::iterations(attributes.take('i', "a number of iterations")?)?;
        attributes.finish()?;
        if nonce.len() <= self.nonce.len() || !nonce.starts_with(&self.nonce) || !attributes::is_nonce(nonce)
        {
            return Err(SaslError::Malformed(NONCE));
        }
        if !(limits.min_iterations..=limits.max_iterations).contains(&iterations) {
            return Err(SaslError::Iterations);
        }
        let without_proof = format!("c={},r={nonce}", self.cbind_input);
        let signed = format!("{},{text},{without_proof}", self.bare);
        Ok(Greeted { request: KeyRequest::new(self.hash, salt, iterations), without_proof, signed })
    }
}

/// The server's first message is read; the key is awaited.
pub(crate) struct Greeted {
    pub(crate) request: KeyRequest,
    without_proof: String,
    /// `AuthMessage`.
    signed: String,
}

impl Greeted {
    /// The state that awaits the server's proof, and the last message.
    pub(crate) fn answer(self, salted: &SaltedPassword) -> (Answered, Message) {
        let hash = self.request.hash;
        let signed = [self.signed.as_bytes()];
        let client_key = salted.client_key();
        let client_signature = hash.hmac(&hash.digest(&client_key), &signed);
        let proof = attributes::encode(&xor(&client_key, &client_signature));
        let message = format!("{},p={proof}", self.without_proof).into();
        (Answered { signature: hash.hmac(&salted.server_key(), &signed) }, message)
    }
}

/// The proof is sent; that of the server is awaited.
pub(crate) struct Answered {
    signature: Vec<u8>,
}

impl Answered {
    /// Reads `server-final-message`. An error that the server names comes back as `Err` with its value.
    pub(crate) fn verify(&self, message: &[u8]) -> Result<(), (SaslError, Option<Message>)> {
        let mut attributes = Attributes::new(attributes::text(message).map_err(plain)?);
        let wanted = "a verifier";
        if let Some(error) = message.strip_prefix(b"e=") {
            let end = error.iter().position(|&byte| byte == b',').unwrap_or(error.len());
            return Err((SaslError::Refused, error.get(..end).map(Message::from)));
        }
        let verifier = attributes.take('v', wanted).map_err(plain)?;
        let verifier = attributes::decode(verifier, wanted).map_err(plain)?;
        attributes.finish().map_err(plain)?;
        if bool::from(verifier.ct_eq(&self.signature)) {
            Ok(())
        } else {
            Err(plain(SaslError::ServerNotVerified))
        }
    }
}

fn plain(error: SaslError) -> (SaslError, Option<Message>) {
    (error, None)
}
