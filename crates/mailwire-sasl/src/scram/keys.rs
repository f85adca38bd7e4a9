//! What both sides know of a password.

use super::Hash;
use crate::{Message, SaslError};
use alloc::vec;
use alloc::vec::Vec;
use subtle::{Choice, ConstantTimeEq};

/// A password after its iterations. A client may keep it in the password's place, as long as the server keeps its salt.
#[derive(Clone, Debug)]
pub struct SaltedPassword {
    hash: Hash,
    octets: Message,
}

impl SaltedPassword {
    /// Works through all iterations. The password is taken as it is; see `saslprep` (feature of that name).
    ///
    /// ```
    /// use mailwire_sasl::scram::{Hash, SaltedPassword};
    ///
    /// let salted = SaltedPassword::derive(Hash::Sha1, b"pencil", b"A%\xc2G\xe4:\xb1\xe9<m\xffv", 4096);
    /// assert_eq!(salted.expose()[..4], [0x1d, 0x96, 0xee, 0x3a]);
    /// ```
    pub fn derive(hash: Hash, password: &[u8], salt: &[u8], iterations: u32) -> Self {
        Self { hash, octets: hash.salted(password, salt, iterations).into() }
    }

    /// Takes what was derived before.
    ///
    /// # Errors
    ///
    /// Another number of octets than the digest has.
    pub fn from_octets(hash: Hash, octets: &[u8]) -> Result<Self, SaslError> {
        check_key(hash, octets)?;
        Ok(Self { hash, octets: octets.into() })
    }

    /// Which digest it is for.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The octets, to be kept like a password.
    pub fn expose(&self) -> &[u8] {
        self.octets.expose()
    }

    pub(super) fn client_key(&self) -> Vec<u8> {
        self.hash.hmac(self.expose(), &[b"Client Key"])
    }

    pub(super) fn server_key(&self) -> Vec<u8> {
        self.hash.hmac(self.expose(), &[b"Server Key"])
    }
}

/// What a client needs to have derived from its password.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyRequest {
    /// With which digest.
    pub hash: Hash,
    /// With this salt, never empty.
    pub salt: Vec<u8>,
    /// So many times, which is within the [`Limits`](crate::Limits).
    pub iterations: u32,
}

impl KeyRequest {
    pub(super) fn new(hash: Hash, salt: Vec<u8>, iterations: u32) -> Self {
        Self { hash, salt, iterations }
    }

    /// Derives it here and now.
    pub fn derive(&self, password: &[u8]) -> SaltedPassword {
        SaltedPassword::derive(self.hash, password, &self.salt, self.iterations)
    }
}

/// What a server keeps of a user: not enough to log in elsewhere, and of the password no more than who guesses it can check.
///
/// ```
/// use mailwire_sasl::scram::{Hash, StoredKeys};
///
/// let keys = StoredKeys::derive(Hash::Sha256, b"pencil", b"sixteen octets..", 4096)?;
/// let kept = (keys.salt().to_vec(), keys.stored_key().to_vec(), keys.server_key().to_vec());
/// let again = StoredKeys::new(Hash::Sha256, &kept.0, 4096, &kept.1, &kept.2)?;
/// # assert_eq!(again.iterations(), 4096);
/// # Ok::<(), mailwire_sasl::SaslError>(())
/// ```
#[derive(Clone, Debug)]
pub struct StoredKeys {
    hash: Hash,
    salt: Vec<u8>,
    iterations: u32,
    stored_key: Message,
    server_key: Message,
    welcome: Welcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Welcome {
    IfProven,
    Never,
}

impl StoredKeys {
    /// Takes the record of a user.
    ///
    /// # Errors
    ///
    /// No salt, no iterations, or keys of another length than the digest has.
    pub fn new(
        hash: Hash,
        salt: &[u8],
        iterations: u32,
        stored_key: &[u8],
        server_key: &[u8],
    ) -> Result<Self, SaslError> {
        if salt.is_empty() || iterations == 0 {
            return Err(SaslError::Invalid("a salt and a number of iterations"));
        }
        check_key(hash, stored_key)?;
        check_key(hash, server_key)?;
        Ok(Self {
            hash,
            salt: salt.to_vec(),
            iterations,
            stored_key: stored_key.into(),
            server_key: server_key.into(),
            welcome: Welcome::IfProven,
        })
    }

    /// Derives the record from a password, for a server that keeps passwords, or when one is set. The salt has to be random,
    /// 16 octets or more, and another for each user.
    ///
    /// # Errors
    ///
    /// No salt or no iterations.
    pub fn derive(hash: Hash, password: &[u8], salt: &[u8], iterations: u32) -> Result<Self, SaslError> {
        Self::of_salted(&SaltedPassword::derive(hash, password, salt, iterations), salt, iterations)
    }

    /// The same, where the salted password is there already.
    ///
    /// # Errors
    ///
    /// No salt or no iterations.
    pub fn of_salted(salted: &SaltedPassword, salt: &[u8], iterations: u32) -> Result<Self, SaslError> {
        let hash = salted.hash();
        Self::new(hash, salt, iterations, &hash.digest(&salted.client_key()), &salted.server_key())
    }

    /// For a user who isn't there: the exchange goes on as with any other, and is refused at its end.
    ///
    /// That nobody can tell, salt and iterations must look like those of a user. The salt must be the same whenever the
    /// same name is asked for: a keyed digest of the name (HMAC with a secret that is never changed), as long as the others.
    ///
    /// # Errors
    ///
    /// No salt or no iterations.
    pub fn unknown(hash: Hash, salt: &[u8], iterations: u32) -> Result<Self, SaslError> {
        let nothing = vec![0; hash.octets()];
        Self::new(hash, salt, iterations, &nothing, &nothing).map(Self::refused)
    }

    /// The same record, but refused at the end whatever the client proves: for a user who is locked out, or who may not act
    /// as somebody else. To refuse at once would tell a stranger that the user is there.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { welcome: Welcome::Never, ..self }
    }

    /// Which digest it is for.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The salt, which the client is told.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// The number of iterations, which the client is told.
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// `StoredKey`: a client's proof is checked with it.
    pub fn stored_key(&self) -> &[u8] {
        self.stored_key.expose()
    }

    /// `ServerKey`: the server proves itself with it.
    pub fn server_key(&self) -> &[u8] {
        self.server_key.expose()
    }

    /// Whether a proof is right, and the user welcome. Both are looked at in any case.
    pub(super) fn accept(&self, proof: &[u8], signed: &[&[u8]]) -> bool {
        let signature = self.hash.hmac(self.stored_key(), signed);
        let right = self.hash.digest(&xor(proof, &signature)).ct_eq(self.stored_key());
        let whole = Choice::from(u8::from(proof.len() == self.hash.octets()));
        let welcome = Choice::from(u8::from(self.welcome == Welcome::IfProven));
        (right & whole & welcome).into()
    }
}

fn check_key(hash: Hash, octets: &[u8]) -> Result<(), SaslError> {
    if octets.len() == hash.octets() {
        return Ok(());
    }
    Err(SaslError::Invalid("a key as long as the digest"))
}

pub(super) fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).map(|(one, other)| one ^ other).collect()
}
