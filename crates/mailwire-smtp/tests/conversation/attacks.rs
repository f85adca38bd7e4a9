//! Sizes and numbers that nobody needs.

use super::script::Session;
use mailwire_core::{Machine, Step};
use mailwire_smtp::{Limits, Server, ServerConfig, ServerEvent, ServerName};

fn config() -> ServerConfig {
    ServerConfig::new(ServerName::new("mx.test").unwrap()).with_max_size(None)
}

fn server() -> Server {
    Server::new(config())
}

/// Feeds `piece` so many times, or until the session is over; how often it was.
fn flood(session: &mut Session, piece: &[u8], times: u32) -> u32 {
    for time in 0..times {
        session.machine.push(piece);
        session.go();
        session.outcome.events.clear();
        session.outcome.said.clear();
        assert!(session.machine.rest().len() < 4096);
        if session.outcome.end != "open" {
            return time;
        }
    }
    times
}

#[test]
fn a_million_noops_meet_their_limit() {
    let mut session = Session::new(server());
    session.go();
    assert_eq!(flood(&mut session, b"NOOP\r\n", 1_000_000), 120);
    assert_eq!(session.outcome.end, "tiresome");
}

#[test]
fn a_million_hellos_meet_their_limit() {
    let mut session = Session::new(server());
    session.go();
    assert_eq!(flood(&mut session, b"EHLO c.test\r\n", 1_000_000), 121);
}

#[test]
fn a_million_recipients_meet_their_limit() {
    let mut session = Session::new(server());
    session.go();
    flood(&mut session, b"EHLO c.test\r\n", 1);
    flood(&mut session, b"MAIL FROM:<a@c.test>\r\n", 1);
    assert_eq!(flood(&mut session, b"RCPT TO:<b@mx.test>\r\n", 1_000_000), 1020);
}

#[test]
fn a_million_chunks_of_an_octet_meet_their_limit() {
    let mut session = Session::new(server());
    session.go();
    for line in ["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n", "RCPT TO:<b@mx.test>\r\n"] {
        flood(&mut session, line.as_bytes(), 1);
    }
    assert_eq!(flood(&mut session, b"BDAT 1\r\nx", 1_000_000), 100_000);
    assert_eq!(session.outcome.end, "tiresome");
}

/// A BDAT that was refused was no longer counted.
#[test]
fn chunks_behind_a_refused_one_meet_their_limit() {
    let mut session = Session::new(Server::new(
        config().with_max_size(Some(65_536)).with_limits(Limits::DEFAULT.with_chunks(50)),
    ));
    session.go();
    for line in ["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n", "RCPT TO:<b@mx.test>\r\n", "BDAT 70000\r\n"] {
        flood(&mut session, line.as_bytes(), 1);
    }
    flood(&mut session, &[b'x'; 1000], 70);
    assert_eq!(flood(&mut session, b"BDAT 1\r\nx", 100_000), 49);
    assert_eq!(session.outcome.end, "tiresome");
}

#[test]
fn a_line_without_end_meets_its_limit() {
    let mut session = Session::new(server());
    session.go();
    assert!(flood(&mut session, &[b'x'; 1000], 100_000) < 2000);
    assert_eq!(session.outcome.end, "frame");
}

/// A gigabyte goes through, and nothing is held of it.
#[test]
fn a_gigabyte_by_data_and_by_bdat() {
    for by in ["DATA\r\n", "BDAT 1073741824 LAST\r\n"] {
        let mut server = server();
        let mut octets = 0;
        let mut drive = |mut input: &[u8], octets: &mut u64| {
            loop {
                match server.process(&mut input).unwrap() {
                    Step::Event(ServerEvent::Chunk(chunk)) => *octets += chunk.len() as u64,
                    Step::Event(_) => server.accept().unwrap(),
                    Step::NeedInput => break,
                    step => panic!("{step:?}"),
                }
            }
            assert!(input.len() < 8, "{}", input.len());
            server.transmit().map_or(0, |said| said.len())
        };
        for line in ["", "EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n", "RCPT TO:<b@mx.test>\r\n", by] {
            drive(line.as_bytes(), &mut octets);
        }
        let line = [&[b'x'; 62][..], b"\r\n"].concat();
        let block = line.repeat(1024);
        for _ in 0..(1 << 30) / block.len() {
            drive(&block, &mut octets);
        }
        if by == "DATA\r\n" {
            assert!(drive(b".\r\n", &mut octets) > 0);
        }
        assert_eq!(octets, 1 << 30);
    }
}
