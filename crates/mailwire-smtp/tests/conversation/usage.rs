//! Calls that make no sense, and the ends of a session.

use super::script::Session;
use mailwire_core::{Buffered, Machine, Step};
use mailwire_smtp::config::StartTls;
use mailwire_smtp::{Answer, Code, PeerError, ReplyText, Server, ServerConfig, ServerEvent, ServerName};

fn server() -> Server {
    Server::new(ServerConfig::new(ServerName::new("mx.test").unwrap()))
}

fn say(code: u16) -> Answer<'static> {
    Answer::new(Code::new(code).unwrap(), ReplyText::new("so it is").unwrap())
}

fn said(server: &mut Server) -> String {
    String::from_utf8(server.transmit().unwrap_or_default().to_vec()).unwrap()
}

/// Up to the event behind the last line, which is not answered.
fn up_to(lines: &[&str]) -> Buffered<Server> {
    let mut session = Buffered::new(server());
    for line in lines {
        while let (Step::Event(_), server) = session.poll().unwrap() {
            server.accept().unwrap();
        }
        session.machine_mut().transmit();
        session.push(line.as_bytes());
    }
    assert!(matches!(session.poll().unwrap().0, Step::Event(_)));
    session
}

#[test]
fn an_answer_to_nothing_is_a_usage_error() {
    let mut server = server();
    assert!(server.accept().is_err() && server.reply(say(250)).is_err());
    assert!(server.authenticate(mailwire_sasl::server::Config::default()).is_err());
    assert!(server.provide(mailwire_sasl::server::Answer::Accept).is_err());
    assert!(server.transmit().is_none());
}

#[test]
fn nothing_is_read_before_the_answer() {
    let mut session = up_to(&["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\nRCPT TO:<b@mx.test>\r\n"]);
    assert!(matches!(session.poll().unwrap().0, Step::Blocked));
    assert!(session.machine().patience().is_none());
    assert_eq!(session.rest(), b"RCPT TO:<b@mx.test>\r\n");
}

#[test]
fn a_code_that_is_no_answer_changes_nothing() {
    let mut session = up_to(&["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n"]);
    assert!(session.machine_mut().reply(say(354)).is_err());
    session.machine_mut().reply(say(250)).unwrap();
    assert_eq!(said(session.machine_mut()), "250 so it is\r\n");
}

#[test]
fn data_is_not_begun_with_250() {
    let mut session =
        up_to(&["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n", "RCPT TO:<b@mx.test>\r\n", "DATA\r\n"]);
    assert!(session.machine_mut().reply(say(250)).is_err());
    session.machine_mut().reply(say(354)).unwrap();
}

#[test]
fn a_refused_body_of_bdat_is_read_to_its_end() {
    let lines = [
        "EHLO c.test\r\n",
        "MAIL FROM:<a@c.test>\r\n",
        "RCPT TO:<b@mx.test>\r\n",
        "BDAT 6\r\nRSET\r\nBDAT 2 LAST\r\n\r\nNOOP\r\n",
    ];
    let mut session = up_to(&lines);
    session.machine_mut().reply(say(452)).unwrap();
    assert!(matches!(session.poll().unwrap().0, Step::NeedInput));
    assert_eq!(said(session.machine_mut()), "452 so it is\r\n452 so it is\r\n250 2.0.0 ok\r\n");
}

#[test]
fn a_refused_greeting_leaves_nothing_but_quit() {
    let mut session = Buffered::new(server());
    let (Step::Event(ServerEvent::Connected), server) = session.poll().unwrap() else { panic!() };
    server.reply(say(554)).unwrap();
    assert_eq!(said(server), "554 so it is\r\n");
    session.push(b"EHLO c.test\r\n");
    while let Step::Event(_) = session.poll().unwrap().0 {}
    assert_eq!(said(session.machine_mut()), "503 5.3.2 no service here\r\n");
    session.push(b"QUIT\r\n");
    while let Step::Event(_) = session.poll().unwrap().0 {}
    assert!(matches!(session.poll().unwrap().0, Step::Closed));
}

#[test]
fn the_end_of_the_stream_comes_behind_what_was_said() {
    let mut session = up_to(&["EHLO c.test\r\n"]);
    session.push(b"QUIT\r\n");
    session.machine_mut().eof();
    session.machine_mut().accept().unwrap();
    assert!(matches!(session.poll().unwrap().0, Step::Event(ServerEvent::Quit)));
    assert!(matches!(session.poll().unwrap().0, Step::Closed));

    let mut session = Session::new(server());
    session.go();
    session.machine.push(b"EHLO c.test\r\nMAIL");
    session.machine.machine_mut().eof();
    session.go();
    assert_eq!(session.outcome.end, "out-of-turn");
}

#[test]
fn silence_is_told_and_ends() {
    let mut session = Session::new(server());
    session.go();
    let patience = session.machine.machine().patience().unwrap();
    assert_eq!((patience.kind, patience.limit.as_secs()), ("command", 300));
    session.machine.push(b"NOO");
    session.go();
    assert_eq!(session.machine.machine().patience(), Some(patience), "single octets renew nothing");
    session.machine.push(b"P\r\n");
    session.go();
    assert_ne!(session.machine.machine().patience(), Some(patience));
    session.machine.machine_mut().expired();
    assert_eq!(session.machine.poll().map(|_| ()), Err(PeerError::Expired("command")));
    assert_eq!(said(session.machine.machine_mut()), "421 4.4.2 silent for too long\r\n");
}

/// One octet every few minutes kept a session for ever.
#[test]
fn single_octets_of_a_body_renew_no_patience() {
    for by in ["DATA\r\n", "BDAT 70000\r\n"] {
        let mut session = Session::new(server());
        for line in ["", "EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n", "RCPT TO:<b@mx.test>\r\n", by] {
            session.machine.push(line.as_bytes());
            session.go();
        }
        let patience = session.machine.machine().patience();
        assert_eq!(patience.unwrap().kind, "data block");
        for _ in 0..999 {
            session.machine.push(b"x");
            session.go();
            assert_eq!(session.machine.machine().patience(), patience);
        }
        session.machine.push(b"x");
        session.go();
        assert_ne!(session.machine.machine().patience(), patience, "a block does");
    }
}

#[test]
fn a_server_that_goes_says_so() {
    let mut session = up_to(&["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n"]);
    session.machine_mut().close(say(421));
    assert!(matches!(session.poll().unwrap().0, Step::Closed));
    assert_eq!(said(session.machine_mut()), "421 so it is\r\n");
}

#[test]
fn a_patience_that_runs_out_while_an_answer_is_owed_ends_nothing() {
    let mut session = up_to(&["EHLO c.test\r\n", "MAIL FROM:<a@c.test>\r\n"]);
    session.machine_mut().expired();
    assert!(matches!(session.poll().unwrap().0, Step::Blocked));
    session.machine_mut().accept().unwrap();
    assert!(matches!(session.poll().unwrap().0, Step::NeedInput));
}

/// The upgrade was offered again and again.
#[test]
fn a_client_that_is_gone_before_tls_is_gone() {
    let config = ServerConfig::new(ServerName::new("mx.test").unwrap()).with_start_tls(StartTls::Offered);
    for (end, error) in
        [(Server::eof as fn(&mut Server), PeerError::Eof), (Server::expired, PeerError::Expired("TLS"))]
    {
        let mut session = Buffered::new(Server::new(config.clone()));
        for line in ["", "EHLO c.test\r\n", "STARTTLS\r\n"] {
            session.push(line.as_bytes());
            while let (Step::Event(_), server) = session.poll().unwrap() {
                server.accept().unwrap();
            }
            session.machine_mut().transmit();
        }
        assert!(matches!(session.poll().unwrap().0, Step::Upgrade(_)));
        end(session.machine_mut());
        assert_eq!(session.poll().map(|_| ()), Err(error));
        assert!(session.machine_mut().transmit().is_none());
        session.machine_mut().upgraded();
        assert_eq!(session.poll().map(|_| ()), Err(error));
    }
}

#[test]
fn nobody_is_greeted_with_250() {
    let mut server = server();
    let mut input: &[u8] = b"";
    assert!(matches!(server.process(&mut input), Ok(Step::Event(ServerEvent::Connected))));
    assert!(server.reply(say(250)).is_err());
    server.reply(say(220)).unwrap();
    assert_eq!(said(&mut server), "220 so it is\r\n");
}
