//! Where a server stands.

use super::{Answer, Config, Identity, Need, ServerStep, TokenError, oauth};
use crate::kind::{Kind, Oauth};
#[cfg(feature = "scram")]
use crate::scram::{Opened, Proving};
use crate::text::is_trace;
use crate::{Message, SaslError};
use alloc::string::{String, ToString};

pub(super) enum State {
    Start(Kind),
    LoginName,
    LoginPassword(String),
    #[cfg(feature = "cram-md5")]
    CramMd5,
    #[cfg(feature = "scram")]
    Proving(Proving),
    /// The proof of both is there; the client has to say an empty word.
    #[cfg(feature = "scram")]
    Proven(Identity),
    /// The error is sent; whatever the client says, it is refused.
    TokenRefused,
    Relay,
    Asked(Asked),
    Over,
    Failed(SaslError),
}

/// What an answer is awaited for.
pub(super) enum Asked {
    /// Yes or no.
    Verdict(Identity),
    Token(Oauth, Identity),
    #[cfg(feature = "scram")]
    Keys(Opened),
    #[cfg(feature = "cram-md5")]
    Secret {
        authcid: String,
        digest: Message,
        challenge: Message,
    },
    Challenge,
}

type Advance = Result<(State, ServerStep), SaslError>;

impl State {
    /// Whether a step may be taken at all.
    pub(super) fn check_turn(&self, initial: bool) -> Result<(), SaslError> {
        match self {
            Self::Failed(error) => Err(*error),
            Self::Over => Err(SaslError::Usage("the exchange is over")),
            Self::Asked(_) => Err(SaslError::Usage("an answer is awaited")),
            Self::Start(_) | Self::Relay => Ok(()),
            _ if initial => Err(SaslError::Usage("the exchange has begun")),
            _ => Ok(()),
        }
    }

    /// Whether it is an answer to what was asked.
    pub(super) fn check_answer(&self, answer: &Answer) -> Result<(), SaslError> {
        let asked = match self {
            Self::Asked(asked) => asked,
            Self::Failed(error) => return Err(*error),
            _ => return Err(SaslError::Usage("this was not asked for")),
        };
        match (asked, answer) {
            #[cfg(feature = "scram")]
            (Asked::Keys(opened), Answer::Keys(keys)) => opened.check(keys),
            #[cfg(feature = "scram")]
            (Asked::Keys(_), Answer::Accept) => Err(SaslError::Usage("this was not asked for")),
            #[cfg(feature = "cram-md5")]
            (Asked::Secret { .. }, Answer::Secret(_)) => Ok(()),
            #[cfg(feature = "cram-md5")]
            (Asked::Secret { .. }, Answer::Accept) => Err(SaslError::Usage("this was not asked for")),
            (Asked::Token(..), Answer::RejectToken(_))
            | (Asked::Challenge, Answer::Challenge(_))
            | (_, Answer::Accept | Answer::Reject) => Ok(()),
            _ => Err(SaslError::Usage("this was not asked for")),
        }
    }

    pub(super) fn step(self, response: Option<&[u8]>, config: &Config) -> Advance {
        if response.is_some_and(|response| response.len() > config.limits.message) {
            return Err(SaslError::TooLong);
        }
        match (self, response) {
            (Self::Start(kind), response) => start(kind, response, config),
            (Self::Relay, response) => {
                Ok(ask(Asked::Challenge, Need::Challenge { response: response.map(Message::from) }))
            }
            (Self::LoginName, Some(user)) => login_name(user),
            (Self::LoginPassword(authcid), Some(password)) => login_password(authcid, password),
            #[cfg(feature = "cram-md5")]
            (Self::CramMd5, Some(response)) => cram_md5(response, config),
            #[cfg(feature = "scram")]
            (Self::Proving(proving), Some(response)) => {
                let verifier = proving.verify(response)?;
                let Opened { authcid, authzid, .. } = proving.opened;
                Ok((Self::Proven(Identity { authcid: Some(authcid), authzid }), ServerStep::Send(verifier)))
            }
            #[cfg(feature = "scram")]
            (Self::Proven(identity), Some(b"")) => Ok((Self::Over, ServerStep::Done(identity))),
            #[cfg(feature = "scram")]
            (Self::Proven(_), _) => Err(SaslError::Malformed("an empty response")),
            (Self::TokenRefused, _) => Err(SaslError::Refused),
            _ => Err(SaslError::Unexpected),
        }
    }

    pub(super) fn provide(self, answer: Answer) -> Advance {
        let Self::Asked(asked) = self else { return Err(SaslError::Unexpected) };
        match (asked, answer) {
            (Asked::Verdict(identity) | Asked::Token(_, identity), Answer::Accept) => {
                Ok((Self::Over, ServerStep::Done(identity)))
            }
            (Asked::Token(oauth, _), Answer::Reject) => Ok(refuse_token(&TokenError::plain(oauth))),
            (Asked::Token(..), Answer::RejectToken(error)) => Ok(refuse_token(&error)),
            #[cfg(feature = "scram")]
            (Asked::Keys(opened), Answer::Keys(keys)) => {
                let (proving, challenge) = opened.challenge(keys);
                Ok((Self::Proving(proving), ServerStep::Send(challenge)))
            }
            #[cfg(feature = "cram-md5")]
            (Asked::Secret { authcid, digest, challenge }, answer) => {
                let (secret, known) = match &answer {
                    Answer::Secret(secret) => (secret.expose(), !secret.is_empty()),
                    _ => (b"".as_slice(), false),
                };
                let expected = crate::cram_md5::digest(secret, challenge.expose());
                if digest.matches(expected.as_bytes()) & known {
                    let identity = Identity { authcid: Some(authcid), authzid: None };
                    return Ok((Self::Over, ServerStep::Done(identity)));
                }
                Err(SaslError::Refused)
            }
            (Asked::Challenge, Answer::Accept) => Ok((Self::Over, ServerStep::Done(Identity::default()))),
            (Asked::Challenge, Answer::Challenge(challenge)) => {
                Ok((Self::Relay, ServerStep::Send(challenge.into())))
            }
            _ => Err(SaslError::Refused),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "not begun",
            Self::Asked(_) => "awaiting an answer",
            Self::Over => "over",
            Self::Failed(_) => "failed",
            _ => "awaiting a response",
        }
    }
}

fn ask(asked: Asked, need: Need) -> (State, ServerStep) {
    (State::Asked(asked), ServerStep::NeedCredentials(need))
}

fn start(
    kind: Kind,
    response: Option<&[u8]>,
    #[cfg_attr(
        not(any(feature = "scram", feature = "cram-md5")),
        expect(unused_variables, reason = "no nonce")
    )]
    config: &Config,
) -> Advance {
    let send = |state, challenge: &[u8]| Ok((state, ServerStep::Send(challenge.into())));
    match (kind, response) {
        (Kind::Login, None) => send(State::LoginName, b"Username:"),
        (Kind::Login, Some(user)) => login_name(user),
        #[cfg(feature = "cram-md5")]
        (Kind::CramMd5, None) => {
            send(State::CramMd5, config.challenge.as_ref().map(Message::expose).unwrap_or_default())
        }
        #[cfg(feature = "cram-md5")]
        (Kind::CramMd5, Some(_)) => Err(SaslError::Malformed("no initial response")),
        // The client speaks first: it is asked to.
        (kind, None) => send(State::Start(kind), b""),
        (Kind::Plain, Some(message)) => plain(message),
        (Kind::External, Some(message)) => {
            let authzid = if message.is_empty() { None } else { Some(name(message)?) };
            let identity = Identity { authcid: None, authzid: authzid.clone() };
            Ok(ask(Asked::Verdict(identity), Need::External { authzid }))
        }
        (Kind::Anonymous, Some(message)) => {
            let trace = core::str::from_utf8(message).ok().filter(|trace| is_trace(trace));
            let trace = trace.ok_or(SaslError::Malformed("a trace"))?.to_string();
            Ok(ask(Asked::Verdict(Identity::default()), Need::Anonymous { trace }))
        }
        (Kind::Oauth(oauth), Some(message)) => {
            let need = oauth::parse(oauth, message)?;
            let mut identity = Identity::default();
            if let Need::Token { authzid, .. } = &need {
                identity.authzid.clone_from(authzid);
            }
            Ok(ask(Asked::Token(oauth, identity), need))
        }
        #[cfg(feature = "scram")]
        (Kind::Scram(hash, plus), Some(message)) => {
            let nonce = config.nonce.as_deref().unwrap_or_default();
            let floor = config.limits.min_iterations;
            let opened = crate::scram::open(hash, plus, message, &config.bindings, nonce, floor)?;
            let need = Need::Keys { hash, authcid: opened.authcid.clone(), authzid: opened.authzid.clone() };
            Ok(ask(Asked::Keys(opened), need))
        }
    }
}

/// A name in UTF-8, not empty, without NUL.
fn name(octets: &[u8]) -> Result<String, SaslError> {
    let name = core::str::from_utf8(octets).ok().filter(|name| !name.is_empty() && !name.contains('\0'));
    name.map(ToString::to_string).ok_or(SaslError::Malformed("a name in UTF-8"))
}

/// `[authzid] UTF8NUL authcid UTF8NUL passwd` (RFC 4616 §2).
fn plain(message: &[u8]) -> Advance {
    let mut parts = message.split(|&byte| byte == 0);
    let (Some(other), Some(user), Some(password), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(SaslError::Malformed("two names and a password"));
    };
    let authzid = if other.is_empty() { None } else { Some(name(other)?) };
    Ok(ask_password(name(user)?, authzid, checked(password)?))
}

fn login_name(user: &[u8]) -> Advance {
    Ok((State::LoginPassword(name(user)?), ServerStep::Send("Password:".into())))
}

fn login_password(authcid: String, password: &[u8]) -> Advance {
    Ok(ask_password(authcid, None, checked(password)?))
}

/// An empty password is never right: directories take a bind without one for an anonymous one.
fn checked(password: &[u8]) -> Result<Message, SaslError> {
    if password.is_empty() || password.contains(&0) {
        return Err(SaslError::Malformed("a password"));
    }
    Ok(password.into())
}

fn ask_password(authcid: String, other: Option<String>, password: Message) -> (State, ServerStep) {
    let identity = Identity { authcid: Some(authcid.clone()), authzid: other.clone() };
    ask(Asked::Verdict(identity), Need::Password { authcid, authzid: other, password })
}

/// The name may have spaces, so the digest is behind the last (RFC 2195 §2).
#[cfg(feature = "cram-md5")]
fn cram_md5(response: &[u8], config: &Config) -> Advance {
    let space = response.iter().rposition(|&byte| byte == b' ');
    let parts = space.and_then(|space| Some((response.get(..space)?, response.get(space + 1..)?)));
    let (user, digest) = parts.ok_or(SaslError::Malformed("a name and a digest"))?;
    let authcid = name(user)?;
    let challenge = config.challenge.clone().unwrap_or_default();
    let asked = Asked::Secret { authcid: authcid.clone(), digest: digest.into(), challenge };
    Ok(ask(asked, Need::Secret { authcid }))
}

fn refuse_token(error: &TokenError) -> (State, ServerStep) {
    (State::TokenRefused, ServerStep::Send(error.to_json().into()))
}
