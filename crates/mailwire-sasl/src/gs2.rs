//! The header that SCRAM and OAUTHBEARER begin with.

use crate::{SaslError, binding};
use alloc::string::String;

/// `gs2-header = gs2-cbind-flag "," [ authzid ] ","` (RFC 5801 §4, RFC 5802 §7).
#[derive(Debug)]
pub(crate) struct Gs2<'a> {
    pub(crate) flag: Flag<'a>,
    pub(crate) authzid: Option<String>,
    /// As it was written, with both commas.
    #[cfg_attr(not(feature = "scram"), expect(dead_code, reason = "only SCRAM sends it back"))]
    pub(crate) raw: &'a str,
}

/// What the client says about channel binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag<'a> {
    /// `n`: it has none.
    None,
    /// `y`: it has, but believes that the server has not.
    NotOffered,
    /// `p=`: it binds, in this way.
    Bound(&'a str),
}

/// Reads the header from the front of a message, and gives the rest.
pub(crate) fn parse(text: &str) -> Result<(Gs2<'_>, &str), SaslError> {
    const WANTED: SaslError = SaslError::Malformed("a gs2-header");
    let (flag, rest) = text.split_once(',').ok_or(WANTED)?;
    let (authzid, rest) = rest.split_once(',').ok_or(WANTED)?;
    let flag = match flag {
        "n" => Flag::None,
        "y" => Flag::NotOffered,
        _ => Flag::Bound(flag.strip_prefix("p=").filter(|name| binding::is_name(name)).ok_or(WANTED)?),
    };
    let authzid = match authzid {
        "" => None,
        _ => Some(unescape(authzid.strip_prefix("a=").ok_or(WANTED)?)?),
    };
    let raw = text.get(..text.len() - rest.len()).ok_or(WANTED)?;
    Ok((Gs2 { flag, authzid, raw }, rest))
}

/// Writes the header.
pub(crate) fn write(out: &mut String, flag: Flag<'_>, authzid: Option<&str>) {
    match flag {
        Flag::None => out.push('n'),
        Flag::NotOffered => out.push('y'),
        Flag::Bound(name) => {
            out.push_str("p=");
            out.push_str(name);
        }
    }
    out.push(',');
    if let Some(authzid) = authzid {
        out.push_str("a=");
        escape(out, authzid);
    }
    out.push(',');
}

/// `saslname = 1*(value-safe-char / "=2C" / "=3D")`.
pub(crate) fn escape(out: &mut String, name: &str) {
    for char in name.chars() {
        match char {
            ',' => out.push_str("=2C"),
            '=' => out.push_str("=3D"),
            _ => out.push(char),
        }
    }
}

/// Reads a `saslname`. Any other `=` must fail the authentication (RFC 5802 §5.1).
pub(crate) fn unescape(name: &str) -> Result<String, SaslError> {
    const WANTED: SaslError = SaslError::Malformed("a name");
    let mut parts = name.split('=');
    let mut out = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let (char, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (_, Some(rest)) => ('=', rest),
            _ => return Err(WANTED),
        };
        out.push(char);
        out.push_str(rest);
    }
    if out.is_empty() || out.contains('\0') {
        return Err(WANTED);
    }
    Ok(out)
}
