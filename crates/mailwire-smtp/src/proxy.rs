//! The PROXY protocol: what a proxy writes before the first octet of the client, to tell who that is.
//!
//! ```text
//! PROXY TCP4 192.0.2.1 198.51.100.2 56324 25 CRLF          version 1, a line
//! 0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A | 21 | 11 | 00 0C | …  version 2: signature, command, family, length, addresses
//! ```
//!
//! Whoever can reach a port that reads this can be anybody: such a port belongs behind the proxy, and nowhere else.
//!
//! ```
//! use mailwire_smtp::proxy::ProxyInfo;
//!
//! let mut input: &[u8] = b"PROXY TCP4 192.0.2.1 198.51.100.2 56324 25\r\nEHLO";
//! let info = ProxyInfo::take(&mut input)?.ok_or("not all there")?;
//! assert_eq!(info.source, Some("192.0.2.1:56324".parse()?));
//! assert_eq!(input, b"EHLO");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use mailwire_core::ParseError;

/// What a proxy says of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProxyInfo<'a> {
    /// Where the client is; `None` if the proxy speaks for itself (a check of whether the server lives) or does not know.
    pub source: Option<SocketAddr>,
    /// To which address it connected.
    pub destination: Option<SocketAddr>,
    /// What version 2 says besides, as it came: type, length and value of each.
    pub extra: &'a [u8],
}

const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// The longest line of version 1, its end included.
const LONGEST_LINE: usize = 107;

/// What a header of version 2 has at most behind its first 16 octets. A proxy writes a few hundred.
const LONGEST_BODY: usize = 4096;

impl<'a> ProxyInfo<'a> {
    /// Takes the header from the front of `input`, of either version. `None`: it is not all there.
    ///
    /// # Errors
    ///
    /// If there is none, or one that is not as it has to be.
    pub fn take(input: &mut &'a [u8]) -> Result<Option<Self>, ParseError> {
        let seen = input.len().min(SIGNATURE.len());
        let (info, len) = if input.get(..seen) == SIGNATURE.get(..seen) {
            match binary(input)? {
                Some(found) => found,
                None => return Ok(None),
            }
        } else {
            let seen = input.len().min(6);
            if input.get(..seen) != b"PROXY ".get(..seen) {
                return Err(ParseError::new(input, 0, "a header of the PROXY protocol"));
            }
            let Some(end) = input.iter().take(LONGEST_LINE).position(|&octet| octet == b'\n') else {
                return if input.len() < LONGEST_LINE {
                    Ok(None)
                } else {
                    Err(ParseError::too_long(LONGEST_LINE, "the end of the PROXY line"))
                };
            };
            (line(input.get(..=end).unwrap_or_default())?, end + 1)
        };
        *input = input.get(len..).unwrap_or_default();
        Ok(Some(info))
    }
}

fn line<'a>(line: &[u8]) -> Result<ProxyInfo<'a>, ParseError> {
    let error = |expected| ParseError::new(line, 0, expected);
    let text = line.strip_suffix(b"\r\n").and_then(|text| core::str::from_utf8(text).ok());
    let mut words = text.ok_or_else(|| error("a line of ASCII"))?.split(' ').skip(1);
    let family = words.next();
    if family == Some("UNKNOWN") {
        return Ok(ProxyInfo { source: None, destination: None, extra: b"" });
    }
    let mut next = || words.next().unwrap_or_default();
    let (source, destination, from, to) = (next(), next(), next(), next());
    let address = |text: &str| match family {
        Some("TCP4") => text.parse().ok().map(IpAddr::V4),
        Some("TCP6") => text.parse().ok().map(IpAddr::V6),
        _ => None,
    };
    // `u16::from_str` takes a sign and leading zeros.
    let port = |text: &str| {
        let is_plain =
            text.bytes().all(|octet| octet.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        text.parse().ok().filter(|_| is_plain)
    };
    let socket = |ip: Option<IpAddr>, number: Option<u16>| Some(SocketAddr::new(ip?, number?));
    let source = socket(address(source), port(from));
    let destination = socket(address(destination), port(to));
    if source.is_none() || destination.is_none() || words.next().is_some() {
        return Err(error("`TCP4` or `TCP6`, two addresses and two ports"));
    }
    Ok(ProxyInfo { source, destination, extra: b"" })
}

fn binary(input: &[u8]) -> Result<Option<(ProxyInfo<'_>, usize)>, ParseError> {
    let is_local = match input.get(12) {
        None => return Ok(None),
        Some(0x20) => true,
        Some(0x21) => false,
        Some(_) => return Err(ParseError::new(input, 12, "version 2, and LOCAL or PROXY")),
    };
    let Some(&[family, high, low]) = input.get(13..16) else { return Ok(None) };
    let len = usize::from(u16::from_be_bytes([high, low]));
    if len > LONGEST_BODY {
        return Err(ParseError::too_long(LONGEST_BODY, "the end of the PROXY header"));
    }
    let Some(body) = input.get(16..16 + len) else { return Ok(None) };
    let (pair, addresses) = match family {
        0x00..=0x02 => (None, 0),
        0x10..=0x12 => (v4(body), 12),
        0x20..=0x22 => (v6(body), 36),
        0x30..=0x32 => (None, 216),
        // Of a proxy that speaks for itself the family says nothing.
        _ if is_local => (None, 0),
        _ => return Err(ParseError::new(input, 13, "a family of addresses")),
    };
    if body.len() < addresses && !is_local {
        return Err(ParseError::new(input, 14, "the length of the addresses"));
    }
    let known = pair.filter(|_| !is_local);
    let info = ProxyInfo {
        source: known.map(|pair| pair.0),
        destination: known.map(|pair| pair.1),
        extra: body.get(addresses..).unwrap_or_default(),
    };
    Ok(Some((info, 16 + len)))
}

fn v4(body: &[u8]) -> Option<(SocketAddr, SocketAddr)> {
    let (from, rest) = body.split_first_chunk::<4>()?;
    let (to, rest) = rest.split_first_chunk::<4>()?;
    let (a, b) = ports(rest)?;
    let socket = |octets: [u8; 4], port| SocketAddr::new(IpAddr::V4(Ipv4Addr::from(octets)), port);
    Some((socket(*from, a), socket(*to, b)))
}

fn v6(body: &[u8]) -> Option<(SocketAddr, SocketAddr)> {
    let (from, rest) = body.split_first_chunk::<16>()?;
    let (to, rest) = rest.split_first_chunk::<16>()?;
    let (a, b) = ports(rest)?;
    let socket = |octets: [u8; 16], port| SocketAddr::new(IpAddr::V6(Ipv6Addr::from(octets)), port);
    Some((socket(*from, a), socket(*to, b)))
}

fn ports(octets: &[u8]) -> Option<(u16, u16)> {
    let (from, rest) = octets.split_first_chunk::<2>()?;
    let to = rest.first_chunk::<2>()?;
    Some((u16::from_be_bytes(*from), u16::from_be_bytes(*to)))
}
