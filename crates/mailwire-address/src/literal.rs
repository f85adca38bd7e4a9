//! What stands between the brackets of a domain literal (RFC 5321 §4.1.3).

use core::net::{Ipv4Addr, Ipv6Addr};
use mailwire_core::Class;

/// The kinds of literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Ipv4(Ipv4Addr),
    /// With its tag; `one_group` if its `::` stands for a single group.
    Ipv6 {
        ip: Ipv6Addr,
        one_group: bool,
    },
    /// Another tag and a text.
    General,
    /// An IPv6 address without its tag; `general` if its first group passes for one.
    Untagged {
        general: bool,
    },
    Other,
}

/// What the literal with `inner` between its brackets is: blanks and needless backslashes in it say nothing.
pub(crate) fn classify(inner: &[u8]) -> Literal {
    let text = crate::text::literal(inner);
    let inner = text.as_bytes();
    if let Some(ip) = ipv4(inner) {
        return Literal::Ipv4(ip);
    }
    if let Some((tag, text)) = inner.split_at_checked(5)
        && tag.eq_ignore_ascii_case(b"IPv6:")
    {
        return ipv6(text).unwrap_or(Literal::Other);
    }
    let mut parts = inner.splitn(2, |&byte| byte == b':');
    let general = match (parts.next(), parts.next()) {
        (Some(tag @ [.., last]), Some(text @ [_, ..])) => {
            last.is_ascii_alphanumeric() && LDH.contains_all(tag) && Class::DTEXT.contains_all(text)
        }
        _ => false,
    };
    match general {
        _ if ipv6(inner).is_some() => Literal::Untagged { general },
        true => Literal::General,
        false => Literal::Other,
    }
}

const LDH: Class = Class::ALPHA.or(Class::DIGIT).or(Class::HYPHEN);

/// `IPv4-address-literal = Snum 3("." Snum)`, where `Snum` is one to three decimal digits, leading zeros and all.
fn ipv4(text: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split(|&byte| byte == b'.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.len() > 3 || part.is_empty() || !Class::DIGIT.contains_all(part) {
            return None;
        }
        let value = part.iter().fold(0_u16, |value, digit| value * 10 + u16::from(digit - b'0'));
        *octet = u8::try_from(value).ok()?;
    }
    parts.next().is_none().then(|| octets.into())
}

/// `IPv6-addr`, in any of its four forms.
fn ipv6(text: &[u8]) -> Option<Literal> {
    let mut groups = [0_u16; 8];
    let mut count = 0;
    let mut gap = None;
    let mut rest = text;
    if let Some(tail) = rest.strip_prefix(b"::") {
        gap = Some(0);
        rest = tail;
    }
    while !rest.is_empty() {
        let len = Class::HEXDIG.prefix_len(rest);
        let (digits, tail) = rest.split_at_checked(len)?;
        if tail.first() == Some(&b'.') {
            let [a, b, c, d] = ipv4(rest)?.octets();
            for group in [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])] {
                *groups.get_mut(count)? = group;
                count += 1;
            }
            break;
        }
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        *groups.get_mut(count)? = u16::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()?;
        count += 1;
        rest = match tail {
            [] => break,
            [b':', b':', tail @ ..] if gap.is_none() => {
                gap = Some(count);
                tail
            }
            [b':', tail @ ..] if !tail.is_empty() => tail,
            _ => return None,
        };
    }
    match gap {
        None if count == 8 => {}
        Some(gap) if count < 8 => groups.get_mut(gap..)?.rotate_right(8 - count),
        _ => return None,
    }
    Some(Literal::Ipv6 { ip: groups.into(), one_group: gap.is_some() && count == 7 })
}
