//! What an authentication leaves behind.

use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::Mechanism;
use mailwire_sasl::server::{Answer, Config, Need};
use mailwire_smtp::{Code, ReplyText, Security, Server, ServerConfig, ServerEvent, ServerName};

#[test]
fn the_identity_and_the_word_of_the_trace_line() {
    let config = ServerConfig::new(ServerName::new("mx.test").unwrap())
        .with_security(Security::Tls)
        .with_mechanism(Mechanism::PLAIN);
    let mut session = Buffered::new(Server::new(config));
    let mut events = Vec::new();
    for line in [
        "",
        "EHLO c.test\r\n",
        "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n",
        "MAIL FROM:<a@c.test> SMTPUTF8\r\n",
    ] {
        session.push(line.as_bytes());
        while let (Step::Event(event), server) = session.poll().unwrap() {
            match event {
                ServerEvent::Auth(mechanism) => {
                    assert_eq!(mechanism, Mechanism::PLAIN);
                    assert!(server.accept().is_err());
                    server.authenticate(Config::default()).unwrap();
                    assert!(server.authenticate(Config::default()).is_err());
                }
                ServerEvent::Credentials => {
                    assert!(
                        matches!(server.need(), Some(Need::Password { authcid, .. }) if authcid == "tim")
                    );
                    assert!(!format!("{server:?}").contains("tanstaaf"));
                    server.provide(Answer::Accept).unwrap();
                    assert!(server.provide(Answer::Accept).is_err());
                }
                ServerEvent::Authenticated => {}
                _ => server.accept().unwrap(),
            }
            events.push(format!("{event:?}").split('(').next().unwrap().to_owned());
        }
        session.machine_mut().transmit();
    }
    assert_eq!(events, ["Connected", "Hello", "Auth", "Credentials", "Authenticated", "Mail"]);
    let server = session.machine();
    assert_eq!(server.identity().unwrap().authcid(), Some("tim"));
    assert_eq!(server.transmission().as_str(), "UTF8SMTPSA");
}

/// Up to the question for what SCRAM needs, which was not told yet.
fn in_scram() -> Buffered<Server> {
    let config =
        ServerConfig::new(ServerName::new("mx.test").unwrap()).with_mechanism(Mechanism::SCRAM_SHA_256);
    let mut session = Buffered::new(Server::new(config));
    for line in ["", "EHLO c.test\r\n", "AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=\r\n"]
    {
        session.push(line.as_bytes());
        while let (Step::Event(event), server) = session.poll().unwrap() {
            match event {
                ServerEvent::Auth(_) => {
                    server.authenticate(Config::default().with_nonce("%hvYDpWUa2RaTCAfuxFIlj)hNlF")).unwrap();
                    server.transmit();
                    return session;
                }
                _ => server.accept().unwrap(),
            }
        }
        session.machine_mut().transmit();
    }
    panic!("no AUTH came");
}

/// The question came behind its answer.
#[test]
fn an_answer_before_the_question_is_the_answer_to_it() {
    let mut session = in_scram();
    let keys = mailwire_sasl::scram::StoredKeys::derive(
        mailwire_sasl::scram::Hash::Sha256,
        b"pencil",
        b"salt of the test",
        4096,
    );
    session.machine_mut().provide(Answer::Keys(keys.unwrap())).unwrap();
    // `AUTH` in numbers: the line of a login that was read was shown.
    assert!(!format!("{session:?}").contains("65, 85, 84, 72"));
    // `334 cj1` in numbers: a challenge that waits was shown.
    assert!(!format!("{session:?}").contains("51, 51, 52, 32, 99, 106, 49"));
    assert!(matches!(session.poll().unwrap().0, Step::NeedInput));
    assert!(session.machine_mut().transmit().unwrap().starts_with(b"334 "));

    let no = || mailwire_smtp::Answer::new(Code::TEMPORARILY_UNAVAILABLE, ReplyText::clipped("not now"));
    let mut session = in_scram();
    session.machine_mut().reply(no()).unwrap();
    assert!(matches!(session.poll().unwrap().0, Step::NeedInput));

    let mut session = in_scram();
    session.machine_mut().close(no());
    assert!(matches!(session.poll().unwrap().0, Step::Closed));
}
