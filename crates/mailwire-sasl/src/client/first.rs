//! How each mechanism begins.

use super::state::{Next, State};
use crate::credentials::Secret;
use crate::gs2::{self, Flag};
#[cfg(feature = "scram")]
use crate::kind::Plus;
use crate::kind::{Kind, Oauth};
use crate::text::{is_token, is_trace};
use crate::{Credentials, Message, SaslError};
use alloc::string::{String, ToString};

const PASSWORD: SaslError = SaslError::Missing("a name and a password");
const NO_AUTHZID: SaslError = SaslError::Invalid("no other identity: the mechanism has no place for one");

/// Checks the credentials, and makes the first message where the client speaks first.
pub(super) fn state(kind: Kind, credentials: Credentials) -> Result<State, SaslError> {
    for name in [Some(&credentials.authcid), credentials.authzid.as_ref()].into_iter().flatten() {
        if name.contains('\0') {
            return Err(SaslError::Invalid("a name without NUL"));
        }
    }
    match kind {
        Kind::Plain => plain(&credentials),
        Kind::Login => {
            let (user, password) = password(&credentials)?;
            if credentials.authzid.is_some() {
                return Err(NO_AUTHZID);
            }
            Ok(State::LoginName { user: user.into(), password })
        }
        Kind::External => match credentials.secret {
            Secret::External => {
                Ok(State::First(credentials.authzid.unwrap_or_default().into(), Next::Complete))
            }
            _ => Err(SaslError::Missing("credentials that are external")),
        },
        Kind::Anonymous => match credentials.secret {
            Secret::Anonymous(trace) if !is_trace(&trace) => {
                Err(SaslError::Invalid("a trace of at most 255 characters without controls"))
            }
            Secret::Anonymous(trace) => Ok(State::First(trace.into(), Next::Complete)),
            _ => Err(SaslError::Missing("credentials of nobody")),
        },
        Kind::Oauth(oauth) => self::oauth(oauth, &credentials),
        #[cfg(feature = "scram")]
        Kind::Scram(hash, plus) => scram(hash, plus, credentials),
        #[cfg(feature = "cram-md5")]
        Kind::CramMd5 => {
            let (user, password) = password(&credentials)?;
            if credentials.authzid.is_some() {
                return Err(NO_AUTHZID);
            }
            Ok(State::CramMd5 { user: user.into(), password })
        }
    }
}

fn password(credentials: &Credentials) -> Result<(&str, Message), SaslError> {
    let Secret::Password(password) = &credentials.secret else { return Err(PASSWORD) };
    if credentials.authcid.is_empty() || password.is_empty() {
        return Err(PASSWORD);
    }
    if password.expose().contains(&0) {
        return Err(SaslError::Invalid("a password without NUL"));
    }
    Ok((&credentials.authcid, password.clone()))
}

/// `[authzid] UTF8NUL authcid UTF8NUL passwd` (RFC 4616 §2).
fn plain(credentials: &Credentials) -> Result<State, SaslError> {
    let (user, password) = password(credentials)?;
    let authzid = credentials.authzid.as_deref().unwrap_or_default();
    let message = [authzid.as_bytes(), user.as_bytes(), password.expose()].join(&0);
    Ok(State::First(message.into(), Next::Complete))
}

fn oauth(oauth: Oauth, credentials: &Credentials) -> Result<State, SaslError> {
    let Secret::Token(token) = &credentials.secret else { return Err(SaslError::Missing("a token")) };
    let token = token.expose();
    // An empty one asks the server where to get one (RFC 7628 §4.3).
    if !is_token(token) {
        return Err(SaslError::Invalid("a token of printable characters"));
    }
    let user = credentials.authzid.as_deref().unwrap_or(&credentials.authcid);
    if !is_trace(user) {
        return Err(SaslError::Invalid("a name of at most 255 characters without controls"));
    }
    let mut message = String::new();
    match oauth {
        Oauth::Xoauth2 if user.is_empty() => return Err(SaslError::Missing("a name")),
        Oauth::Xoauth2 => message.extend(["user=", user, "\u{1}"]),
        Oauth::Oauthbearer => {
            gs2::write(&mut message, Flag::None, Some(user).filter(|user| !user.is_empty()));
            message.push('\u{1}');
            if let Some((host, port)) = &credentials.server {
                if !host.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(SaslError::Invalid("the name of a host"));
                }
                let port = port.to_string();
                message.extend(["host=", host, "\u{1}port=", &port, "\u{1}"]);
            }
        }
    }
    message.push_str(if token.is_empty() { "auth=" } else { "auth=Bearer " });
    let mut message = message.into_bytes();
    message.extend_from_slice(token);
    message.extend_from_slice(b"\x01\x01");
    Ok(State::First(message.into(), Next::Oauth(oauth)))
}

#[cfg(feature = "scram")]
fn scram(hash: crate::scram::Hash, plus: Plus, credentials: Credentials) -> Result<State, SaslError> {
    let secret = match &credentials.secret {
        Secret::Derived if credentials.authcid.is_empty() => return Err(SaslError::Missing("a name")),
        Secret::Derived => None,
        _ => Some(password(&credentials)?.1),
    };
    let binding = credentials.binding.as_ref();
    // Who could bind, and doesn't, says so: the server knows whether it offered to.
    let flag = match (plus, binding) {
        (Plus::Bound, None) => return Err(SaslError::Missing("a channel binding")),
        (Plus::Bound, Some(binding)) => Flag::Bound(binding.name()),
        (Plus::Unbound, Some(_)) => Flag::NotOffered,
        (Plus::Unbound, None) => Flag::None,
    };
    let nonce = credentials.nonce.ok_or(SaslError::Missing("a nonce"))?;
    crate::scram::check_nonce(&nonce)?;
    let (first, message) = crate::scram::First::new(
        hash,
        flag,
        binding,
        credentials.authzid.as_deref(),
        &credentials.authcid,
        nonce,
    );
    Ok(State::First(message, Next::Scram(first, secret)))
}
