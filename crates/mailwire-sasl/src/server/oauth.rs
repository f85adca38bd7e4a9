//! Bearer tokens: the client's message, and the error that answers a bad one.

use super::Need;
use crate::gs2::{self, Flag};
use crate::kind::Oauth;
use crate::text::{is_token, is_trace};
use crate::{Message, SaslError};
use alloc::string::{String, ToString};
use core::fmt::Write as _;

/// Why a token is not good, as the JSON of [RFC 7628 §3.2.2].
///
/// ```
/// use mailwire_sasl::server::TokenError;
///
/// let error = TokenError::new("invalid_token").with_scope("example_scope");
/// assert_eq!(error.to_json(), r#"{"status":"invalid_token","scope":"example_scope"}"#);
/// ```
///
/// [RFC 7628 §3.2.2]: https://www.rfc-editor.org/rfc/rfc7628#section-3.2.2
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenError {
    status: String,
    scope: Option<String>,
    configuration: Option<String>,
}

impl TokenError {
    /// A status: `invalid_token`, `invalid_request`, `insufficient_scope` for OAUTHBEARER; a number of HTTP for XOAUTH2.
    pub fn new(status: &str) -> Self {
        Self { status: status.to_string(), scope: None, configuration: None }
    }

    /// The scope that a token needs.
    #[must_use]
    pub fn with_scope(self, scope: &str) -> Self {
        Self { scope: Some(scope.to_string()), ..self }
    }

    /// Where it is told how to get one: an URL of `https`.
    #[must_use]
    pub fn with_openid_configuration(self, url: &str) -> Self {
        Self { configuration: Some(url.to_string()), ..self }
    }

    /// The text that the client is sent.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        let members = [
            ("status", Some(&self.status)),
            ("scope", self.scope.as_ref()),
            ("openid-configuration", self.configuration.as_ref()),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                out.push(if out.is_empty() { '{' } else { ',' });
                string(&mut out, name);
                out.push(':');
                string(&mut out, value);
            }
        }
        out.push('}');
        out
    }

    /// For who rejects without a word.
    pub(super) fn plain(oauth: Oauth) -> Self {
        Self::new(match oauth {
            Oauth::Xoauth2 => "401",
            Oauth::Oauthbearer => "invalid_token",
        })
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}

/// Reads the client's message.
pub(super) fn parse(oauth: Oauth, message: &[u8]) -> Result<Need, SaslError> {
    let text = core::str::from_utf8(message).map_err(|_| SaslError::Malformed("UTF-8"))?;
    match oauth {
        Oauth::Xoauth2 => xoauth2(text),
        Oauth::Oauthbearer => oauthbearer(text),
    }
}

/// `"user=" user %x01 "auth=Bearer " token %x01 %x01`.
fn xoauth2(text: &str) -> Result<Need, SaslError> {
    const WANTED: SaslError = SaslError::Malformed("a user and a token");
    let text = text.strip_prefix("user=").ok_or(WANTED)?;
    let (user, auth) = text.split_once('\u{1}').ok_or(WANTED)?;
    let auth = auth.strip_prefix("auth=").and_then(|auth| auth.strip_suffix("\u{1}\u{1}")).ok_or(WANTED)?;
    if user.is_empty() || !is_trace(user) {
        return Err(WANTED);
    }
    Ok(Need::Token { authzid: Some(user.to_string()), token: token(auth)?, host: None, port: None })
}

/// `gs2-header kvsep *kvpair kvsep` (RFC 7628 §3.1).
fn oauthbearer(text: &str) -> Result<Need, SaslError> {
    const WANTED: SaslError = SaslError::Malformed("pairs of keys and values");
    let (header, rest) = gs2::parse(text)?;
    // The mechanism has no -PLUS: nothing can be bound.
    if matches!(header.flag, Flag::Bound(_)) {
        return Err(SaslError::ChannelBinding);
    }
    if header.authzid.as_deref().is_some_and(|name| !is_trace(name)) {
        return Err(WANTED);
    }
    let pairs = rest.strip_prefix('\u{1}').and_then(|rest| rest.strip_suffix('\u{1}')).ok_or(WANTED)?;
    let (mut auth, mut host, mut port) = (None, None, None);
    for pair in pairs.split_terminator('\u{1}') {
        let (key, value) = pair.split_once('=').ok_or(WANTED)?;
        let is_value = |char: char| matches!(char, ' '..='~' | '\t' | '\r' | '\n');
        if key.is_empty()
            || !key.bytes().all(|byte| byte.is_ascii_alphabetic())
            || !value.chars().all(is_value)
        {
            return Err(WANTED);
        }
        // Others have to be ignored. One that comes twice could be read in two ways.
        let known = match key {
            "auth" => &mut auth,
            "host" => &mut host,
            "port" => &mut port,
            _ => continue,
        };
        if known.replace(value).is_some() {
            return Err(SaslError::Malformed("each key once"));
        }
    }
    let port = port.map(|port| match port.parse() {
        Ok(number) if !port.starts_with(['0', '+']) => Ok(number),
        _ => Err(SaslError::Malformed("a port")),
    });
    if !pairs.is_empty() && !pairs.ends_with('\u{1}')
        || host.is_some_and(|host| !host.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        return Err(WANTED);
    }
    Ok(Need::Token {
        authzid: header.authzid,
        token: token(auth.ok_or(SaslError::Malformed("a token"))?)?,
        host: host.map(ToString::to_string),
        port: port.transpose()?,
    })
}

/// `Bearer`, without regard to case, and the token; or nothing, which asks where to get one (RFC 7628 §4.3).
fn token(auth: &str) -> Result<Message, SaslError> {
    if auth.is_empty() {
        return Ok(Message::default());
    }
    let (scheme, token) = auth.split_once(' ').unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("Bearer") || token.is_empty() || !is_token(token.as_bytes()) {
        return Err(SaslError::Malformed("a bearer token"));
    }
    Ok(token.into())
}
