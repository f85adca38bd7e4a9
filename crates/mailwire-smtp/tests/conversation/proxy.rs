//! The header of a proxy.

use mailwire_core::{Buffered, Step};
use mailwire_smtp::config::ProxyHeader;
use mailwire_smtp::proxy::ProxyInfo;
use mailwire_smtp::{PeerError, Server, ServerConfig, ServerEvent, ServerName};

const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0f\xc0\0\x02\x01\xc6\x33\x64\x02\xdc\x04\0\x19\x04\0\0";

fn take(mut input: &[u8]) -> Result<Option<(ProxyInfo<'_>, usize)>, String> {
    let before = input.len();
    let info = ProxyInfo::take(&mut input).map_err(|error| error.to_string())?;
    Ok(info.map(|info| (info, before - input.len())))
}

#[test]
fn both_versions_and_every_part_of_them() {
    let line = b"PROXY TCP6 2001:db8::1 2001:db8::2 56324 25\r\n";
    for (header, source) in [(&line[..], "[2001:db8::1]:56324"), (V2, "192.0.2.1:56324")] {
        for end in 0..header.len() {
            assert_eq!(take(&header[..end]), Ok(None), "{end}");
        }
        let (info, len) =
            take(&[header, b"EHLO"].concat()[..]).unwrap().map(|(info, len)| (info.source, len)).unwrap();
        assert_eq!((info, len), (Some(source.parse().unwrap()), header.len()));
    }
    assert_eq!(take(V2).unwrap().unwrap().0.extra, b"\x04\0\0");
}

#[test]
fn a_proxy_that_speaks_for_itself_or_does_not_know() {
    for header in
        [&b"PROXY UNKNOWN\r\n"[..], b"PROXY UNKNOWN ffff::1 x 1 2\r\n", b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"]
    {
        let (info, len) = take(header).unwrap().unwrap();
        assert_eq!((info.source, info.destination, len), (None, None, header.len()));
    }
}

/// The family of LOCAL "is ignored", says the protocol, and was not.
#[test]
fn a_proxy_that_speaks_for_itself_in_any_family() {
    for family in [0x1f, 0x44, 0xff] {
        let header = [&b"\r\n\r\n\0\r\nQUIT\n\x20"[..], &[family, 0, 0]].concat();
        assert_eq!(take(&header).unwrap().unwrap().0.source, None);
        let header = [&b"\r\n\r\n\0\r\nQUIT\n\x21"[..], &[family, 0, 0]].concat();
        assert!(take(&header).is_err());
    }
}

/// Where there are no addresses of IP, what follows was lost.
#[test]
fn what_a_proxy_says_besides() {
    let unix = [&b"\r\n\r\n\0\r\nQUIT\n\x21\x31\0\xdb"[..], &[0; 216], b"\x04\0\0"].concat();
    for header in [&b"\r\n\r\n\0\r\nQUIT\n\x21\0\0\x03\x04\0\0"[..], &unix] {
        let (info, len) = take(header).unwrap().unwrap();
        assert_eq!((info.source, info.extra, len), (None, &b"\x04\0\0"[..], header.len()));
    }
}

#[test]
fn what_is_no_header_is_an_error() {
    let long = [&b"PROXY TCP4 "[..], &[b'1'; 200]].concat();
    for header in [
        &b"EHLO x\r\n"[..],
        b"PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n",
        b"PROXY TCP4 192.0.2.1 198.51.100.2 56324 25 26\r\n",
        b"PROXY TCP4 192.0.2.1 198.51.100.2 056324 25\r\n",
        b"PROXY TCP4 192.0.2.1 198.51.100.2 +1 25\r\n",
        b"PROXY TCP4 192.0.2.1 198.51.100.2 65536 25\r\n",
        b"PROXY TCP4 ::1 ::1 1 25\r\n",
        b"PROXY TCP4 192.0.2.1 198.51.100.2 56324 25\n",
        &long,
        b"\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x04\0\0\0\0",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff",
    ] {
        assert!(take(header).is_err(), "{}", header.escape_ascii());
    }
}

fn behind_a_proxy() -> Buffered<Server> {
    let name = ServerName::new("mx.test").unwrap();
    Buffered::new(Server::new(ServerConfig::new(name).with_proxy(ProxyHeader::Required)))
}

#[test]
fn the_header_comes_before_the_greeting() {
    let mut session = behind_a_proxy();
    for octet in V2 {
        assert!(matches!(session.poll().unwrap().0, Step::NeedInput));
        session.push(&[*octet]);
    }
    let (Step::Event(ServerEvent::Proxied(info)), _) = session.poll().unwrap() else { panic!() };
    assert_eq!(info.source, Some("192.0.2.1:56324".parse().unwrap()));
    assert!(matches!(session.poll().unwrap().0, Step::Event(ServerEvent::Connected)));
}

#[test]
fn without_the_header_nobody_is_greeted() {
    let mut session = behind_a_proxy();
    session.push(b"EHLO c.test\r\n");
    assert_eq!(session.poll().map(|_| ()), Err(PeerError::Proxy));
    assert_eq!(mailwire_core::Machine::transmit(session.machine_mut()), None);
}
