//! Modified UTF-7 (RFC 3501 §5.1.3).

use alloc::string::String;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// Writes a name in modified UTF-7: printable ASCII stands for itself, but for `&`.
///
/// ```
/// use mailwire_imap::mailbox::{decode, encode};
///
/// assert_eq!(encode("~peter/mail/\u{53f0}\u{5317}"), "~peter/mail/&U,BTFw-");
/// assert_eq!(encode("R&D"), "R&-D");
/// assert_eq!(decode(b"R&-D").as_deref(), Some("R&D"));
/// ```
pub fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&-"),
            ' '..='~' => out.push(c),
            _ => {
                out.push('&');
                let (mut bits, mut count) = (0_u32, 0);
                let mut next = Some(c);
                while let Some(c) = next {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        (bits, count) = (bits << 16 | u32::from(*unit), count + 16);
                        while count >= 6 {
                            count -= 6;
                            out.push(digit(bits >> count));
                        }
                        bits &= (1 << count) - 1;
                    }
                    next = chars.next_if(|c| !matches!(c, ' '..='~'));
                }
                if count > 0 {
                    out.push(digit(bits << (6 - count)));
                }
                out.push('-');
            }
        }
    }
    out
}

fn digit(bits: u32) -> char {
    char::from(DIGITS.get((bits & 63) as usize).copied().unwrap_or(b'A'))
}

/// Reads a name in modified UTF-7. `None` if it is none: octets that are no printable ASCII, base64 that does not end or has bits
/// left, half a surrogate pair.
///
/// That printable ASCII was encoded, or that two runs follow each other, is forgiven.
pub fn decode(name: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let [byte, behind @ ..] = rest {
        rest = behind;
        match byte {
            b'&' => {
                let end = rest.iter().position(|&byte| byte == b'-')?;
                let (run, behind) = rest.split_at_checked(end)?;
                rest = behind.get(1..)?;
                if run.is_empty() { out.push('&') } else { base64(run, &mut out)? }
            }
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => return None,
        }
    }
    Some(out)
}

fn base64(run: &[u8], out: &mut String) -> Option<()> {
    let (mut bits, mut count, mut high) = (0_u32, 0, None);
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b',' | b'/' => 63,
            _ => return None,
        };
        (bits, count) = (bits << 6 | u32::from(value), count + 6);
        if count >= 16 {
            count -= 16;
            let unit = u16::try_from(bits >> count & 0xffff).ok()?;
            bits &= (1 << count) - 1;
            let units = match high.take() {
                Some(high) => [high, unit],
                None if (0xd800..0xdc00).contains(&unit) => {
                    high = Some(unit);
                    continue;
                }
                None => [unit, 0],
            };
            let paired = (0xd800..0xdc00).contains(&units[0]);
            let units = units.get(..1 + usize::from(paired))?;
            out.push(char::decode_utf16(units.iter().copied()).next()?.ok()?);
        }
    }
    (high.is_none() && count < 6 && bits == 0).then_some(())
}
