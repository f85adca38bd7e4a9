//! Authentication: every mechanism against its server's side, and all the ways in which it fails.

use crate::script::{Script, Stand, plain, settle, to};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use mailwire_core::{Buffered, Machine};
use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::{Credentials, Mechanism, SaslError, Server, ServerStep};
use mailwire_smtp::client::{Authentication, Awaited, Client};
use mailwire_smtp::{ClientConfig, PeerError, Security};
use mailwire_testkit::sasl::{self, MECHANISMS, User};

fn config(credentials: Credentials) -> ClientConfig {
    plain().with_security(Security::Tls).with_sasl_limits(sasl::limits()).with_credentials(credentials)
}

fn tim() -> Credentials {
    Credentials::password("tim", "tanstaaftanstaaf")
}

fn began(credentials: Credentials, offers: &str) -> Script {
    Script::new(config(credentials))
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s(&format!("250-mx\n250 AUTH {offers}\n"))
}

/// What a server says to a line of the client.
fn answer(server: &mut Option<Server>, user: &User, line: &str) -> String {
    let line = line.strip_suffix("\r\n").expect("a whole line");
    let mut step = match line.strip_prefix("AUTH ") {
        Some(rest) => {
            let (name, initial) = rest.split_once(' ').map_or((rest, None), |(name, ir)| (name, Some(ir)));
            let mechanism = Mechanism::new(name.as_bytes()).unwrap();
            let initial = initial.map(|ir| if ir == "=" { Vec::new() } else { BASE64.decode(ir).unwrap() });
            assert!(line.len() + 2 <= 512, "a line of {} octets", line.len());
            server.insert(Server::new(mechanism, sasl::config(mechanism)).unwrap()).step(initial.as_deref())
        }
        None if line == "*" => return "501 5.7.0 cancelled\r\n".to_owned(),
        None => server.as_mut().unwrap().step(Some(&BASE64.decode(line).unwrap())),
    };
    loop {
        match step {
            Ok(ServerStep::Send(challenge)) => {
                return format!("334 {}\r\n", BASE64.encode(challenge.expose()));
            }
            Ok(ServerStep::NeedCredentials(need)) => {
                step = server.as_mut().unwrap().provide(user.look_up(&need));
            }
            Ok(ServerStep::Done(_)) => return "235 2.7.0 in\r\n".to_owned(),
            Ok(_) => panic!("another step"),
            Err(_) => return "535 5.7.8 no\r\n".to_owned(),
        }
    }
}

/// A session up to the end of its authentication; the lines of the client, and how it ended.
fn meet(credentials: Credentials, offers: &str, user: &User, piece: usize) -> (Vec<String>, Authentication) {
    let mut session = Buffered::new(Client::new(config(credentials)));
    let mut server = None;
    let mut lines = Vec::new();
    let mut said = "220 hi\r\n".to_owned();
    loop {
        for octets in said.as_bytes().chunks(piece) {
            session.push(octets);
            let stand = settle(&mut session, &mut Vec::new());
            assert!(matches!(stand, Stand::NeedInput | Stand::Idle), "{stand:?}");
        }
        let Some(line) = session.machine_mut().transmit() else {
            return (lines, session.machine().authentication());
        };
        let line = String::from_utf8(line.to_vec()).unwrap();
        said = match line.as_str() {
            "EHLO me.example\r\n" => format!("250-mx\r\n250 AUTH {offers}\r\n"),
            line => answer(&mut server, user, line),
        };
        lines.push(line);
    }
}

#[test]
fn every_mechanism_meets_its_server() {
    let user = User::default();
    for &mechanism in MECHANISMS {
        for piece in [1, 7, 10_000] {
            let (lines, end) = meet(user.credentials(mechanism), mechanism.as_str(), &user, piece);
            assert_eq!(end, Authentication::Done, "{mechanism}: {lines:?}");
            assert!(lines[1].starts_with(&format!("AUTH {mechanism}")));
            // EHLO is not said again.
            assert_eq!(lines.iter().filter(|line| line.starts_with("EHLO")).count(), 1);
        }
        let wrong = User { name: "root".to_owned(), ..user.clone() };
        let (lines, end) = meet(wrong.credentials(mechanism), mechanism.as_str(), &user, 10_000);
        assert_eq!(end, Authentication::Refused, "{mechanism}: {lines:?}");
    }
}

/// RFC 4954 §4, and the limit of 512 octets that is met by long tokens.
#[test]
fn a_long_first_message_waits_for_the_empty_challenge() {
    let longest = (1..600)
        .rev()
        .find(|&len| {
            let user = User { token: "t".repeat(len), ..User::default() };
            let (lines, end) = meet(user.credentials(Mechanism::XOAUTH2), "XOAUTH2", &user, 10_000);
            assert_eq!(end, Authentication::Done);
            lines.len() == 2
        })
        .unwrap();
    let user = User { token: "t".repeat(longest), ..User::default() };
    let (lines, _) = meet(user.credentials(Mechanism::XOAUTH2), "XOAUTH2", &user, 10_000);
    assert!(lines[1].len() > 508 && lines[1].len() <= 512, "{}", lines[1].len());
    for len in 350..400 {
        let user = User { password: "p".repeat(len), ..User::default() };
        let (lines, end) = meet(user.credentials(Mechanism::PLAIN), "PLAIN", &user, 10_000);
        assert!(end == Authentication::Done && lines[1].len() <= 512);
    }
    let user = User { token: "t".repeat(5000), ..User::default() };
    let (lines, end) = meet(user.credentials(Mechanism::XOAUTH2), "XOAUTH2", &user, 10_000);
    assert_eq!((lines[1].as_str(), lines.len(), end), ("AUTH XOAUTH2\r\n", 3, Authentication::Done));
}

#[test]
fn what_waits_for_the_empty_challenge_does_not_go_to_another_one() {
    began(Credentials::token("tim", &"t".repeat(5000)), "XOAUTH2")
        .c("AUTH XOAUTH2\n")
        .s("334 eyJzdGF0dXMiOiI0MDAifQ==\n")
        .c("*\n")
        .run();
    // Nor is a success believed that has not seen it.
    began(Credentials::token("tim", &"t".repeat(5000)), "XOAUTH2")
        .c("AUTH XOAUTH2\n")
        .s("235 in\n")
        .fails(PeerError::Unproven(SaslError::Unexpected))
        .run();
}

#[test]
fn an_empty_first_message_is_not_none() {
    let credentials = Credentials::external();
    began(credentials, "EXTERNAL").c("AUTH EXTERNAL =\n").s("235 in\n").stands(Stand::Idle).run();
}

#[test]
fn the_challenge_may_lack_its_padding_or_its_blank() {
    began(tim(), "LOGIN")
        .c("AUTH LOGIN\n")
        .raw(b"334\r\n")
        .c("dGlt\n")
        .s("334 UGFzc3dvcmQ6AA\n")
        .c("dGFuc3RhYWZ0YW5zdGFhZg==\n")
        .s("235 in\n")
        .act(|client| assert_eq!(client.authentication(), Authentication::Done))
        .run();
}

#[test]
fn a_challenge_that_is_no_base64_is_cancelled() {
    began(tim(), "LOGIN")
        .c("AUTH LOGIN\n")
        .s("334 Username:\n")
        .c("*\n")
        .s("501 cancelled\n")
        .stands(Stand::Idle)
        .act(|client| {
            let failed = Authentication::Failed(SaslError::Malformed("base64"));
            assert_eq!(client.authentication(), failed);
            // No mail without it.
            assert!(client.send(&to(1)).is_err());
            client.authenticate(tim()).unwrap();
        })
        .c("AUTH LOGIN\n")
        .run();
    let unproven = PeerError::Unproven(SaslError::Malformed("base64"));
    began(tim(), "LOGIN").s("334 Username:\n").s("235 in\n").fails(unproven).run();
    // And that is the end.
    for answer in ["334 \n", "235 in\n"] {
        let script = began(tim(), "LOGIN").c("AUTH LOGIN\n").s("334 Username:\n").c("*\n").s(answer).c("");
        script.act(|client| assert_ne!(client.authentication(), Authentication::Done)).run();
    }
}

#[test]
fn a_challenge_behind_the_whole_message_is_cancelled() {
    began(tim(), "PLAIN")
        .c("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n")
        .s("334 \n")
        .c("*\n")
        .s("501 cancelled\n")
        .act(|client| assert_eq!(client.authentication(), Authentication::Failed(SaslError::Unexpected)))
        .run();
}

#[test]
fn a_refusal_leaves_the_session() {
    for code in [421, 432, 454, 500, 501, 503, 504, 530, 534, 535, 538, 550] {
        let stand = if code == 421 { Stand::Closed } else { Stand::Idle };
        began(tim(), "PLAIN")
            .c("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n")
            .s(&format!("{code} no\n"))
            .c("")
            .stands(stand)
            .act(move |client| {
                assert_ne!(client.authentication(), Authentication::Done);
                assert!(client.send(&to(1)).is_err());
            })
            .run();
    }
    let script = began(tim(), "PLAIN").c("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n").s("354 go\n");
    script.fails(PeerError::Unexpected(mailwire_smtp::Code::START_MAIL_INPUT)).run();
}

#[test]
fn a_success_that_was_not_proven_is_none() {
    let credentials = || Credentials::password("user", "pencil").with_nonce("fyko+d2lbbFgONRv9qkx");
    began(credentials(), "SCRAM-SHA-1")
        .c("AUTH SCRAM-SHA-1 biwsbj11c2VyLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3g=\n")
        .s("235 in\n")
        .c("")
        .fails(PeerError::Unproven(SaslError::ServerNotVerified))
        .run();
    began(tim(), "LOGIN")
        .c("AUTH LOGIN\n")
        .s("235 in\n")
        .fails(PeerError::Unproven(SaslError::Unexpected))
        .run();
}

#[test]
fn what_is_asked_without_credentials_is_not_asked() {
    Script::ready(plain(), "AUTH PLAIN")
        .act(|client| assert_eq!(client.authentication(), Authentication::NotAsked))
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\n")
        .run();
    began(tim(), "DIGEST-MD5 NTLM")
        .c("")
        .stands(Stand::Idle)
        .act(|client| assert_eq!(client.authentication(), Authentication::NoMechanism))
        .run();
    // What the credentials lack is found before anything is said.
    Script::ready(plain(), "AUTH SCRAM-SHA-1")
        .act(|client| client.authenticate_with(Mechanism::SCRAM_SHA_1, tim()).unwrap())
        .c("")
        .stands(Stand::Idle)
        .act(|client| {
            assert_eq!(client.authentication(), Authentication::Failed(SaslError::Missing("a nonce")));
        })
        .run();
}

#[test]
fn nobody_authenticates_twice() {
    began(tim(), "PLAIN")
        .s("235 in\n")
        .stands(Stand::Idle)
        .act(|client| assert!(client.authenticate(tim()).is_err()))
        .run();
}

#[test]
fn a_key_can_be_derived_elsewhere() {
    let mut session =
        Buffered::new(Client::new(config(Credentials::derived("us=er,").with_nonce("client+nonce+0000"))));
    let user = User::default();
    let mut server = None;
    let mut said = "220 hi\r\n".to_owned();
    let mut derived = 0;
    let end = loop {
        session.push(said.as_bytes());
        let mut stand = settle(&mut session, &mut Vec::new());
        if stand == Stand::Blocked {
            let Some(Awaited::Key(request)) = session.machine().awaited() else { panic!() };
            let key = request.derive(user.password.as_bytes());
            assert!(session.machine_mut().provide(ClientAnswer::Wait).is_err());
            session.machine_mut().provide(ClientAnswer::Key(key)).unwrap();
            derived += 1;
            stand = settle(&mut session, &mut Vec::new());
        }
        let Some(line) = session.machine_mut().transmit() else { break stand };
        let line = String::from_utf8(line.to_vec()).unwrap();
        said = match line.as_str() {
            "EHLO me.example\r\n" => "250-mx\r\n250 AUTH SCRAM-SHA-256\r\n".to_owned(),
            line => answer(&mut server, &user, line),
        };
    };
    assert_eq!((end, derived), (Stand::Idle, 1));
    assert_eq!(session.machine().authentication(), Authentication::Done);
}

#[test]
fn a_mechanism_can_be_relayed() {
    let relayed = |script: Script, answer: ClientAnswer| {
        script.stands(Stand::Blocked).act(move |client| client.provide(answer.clone()).unwrap())
    };
    let began = || began(Credentials::relayed(), "NTLM").c("").stands(Stand::Blocked);
    let script = relayed(began(), ClientAnswer::Response(b"hello".to_vec())).c("AUTH NTLM aGVsbG8=\n");
    let script = script.s("334 d2hvPw==\n").c("").act(|client| {
        let Some(Awaited::Response(Some(challenge))) = client.awaited() else { panic!() };
        assert_eq!(challenge.expose(), b"who?");
    });
    let script = relayed(script, ClientAnswer::Response(b"me".to_vec())).c("bWU=\n").s("235 in\n");
    script.stands(Stand::Idle).run();
    relayed(began(), ClientAnswer::Wait).c("AUTH NTLM\n").run();
    // Given up before the server knows of it, and after.
    began()
        .act(|client| client.cancel_authentication().unwrap())
        .c("")
        .stands(Stand::Idle)
        .act(|client| assert_eq!(client.authentication(), Authentication::Failed(SaslError::Cancelled)))
        .run();
    relayed(began(), ClientAnswer::Wait)
        .c("AUTH NTLM\n")
        .s("334 \n")
        .act(|client| client.cancel_authentication().unwrap())
        .c("*\n")
        .s("501 cancelled\n")
        .stands(Stand::Idle)
        .run();
}

#[test]
fn rounds_are_counted() {
    let config =
        || config(Credentials::relayed()).with_sasl_limits(mailwire_sasl::Limits::default().with_messages(3));
    let mut script = Script::new(config())
        .s("220 hi\n")
        .s("250-mx\n250 AUTH NTLM\n")
        .c("EHLO me.example\n")
        .act(|client| client.provide(ClientAnswer::Wait).unwrap())
        .c("AUTH NTLM\n");
    for _ in 0..3 {
        script = script
            .s("334 \n")
            .stands(Stand::Blocked)
            .act(|client| client.provide(ClientAnswer::Response(b"x".to_vec())).unwrap())
            .c("eA==\n");
    }
    script.s("334 \n").c("*\n").run();
}

#[test]
fn the_reason_of_oauth_is_kept() {
    began(Credentials::token("tim", "wrong"), "XOAUTH2")
        .s("334 eyJzdGF0dXMiOiI0MDAifQ==\n")
        .c("AUTH XOAUTH2 dXNlcj10aW0BYXV0aD1CZWFyZXIgd3JvbmcBAQ==\n\n")
        .s("535 5.7.8 no\n")
        .act(|client| {
            assert_eq!(client.auth_refusal(), Some(&b"{\"status\":\"400\"}"[..]));
            assert_eq!(client.authentication(), Authentication::Refused);
        })
        .run();
}

#[test]
fn nothing_secret_is_shown() {
    let mut session = Buffered::new(Client::new(config(tim())));
    session.push(b"220 hi\r\n");
    settle(&mut session, &mut Vec::new());
    session.machine_mut().transmit();
    session.push(b"250-mx\r\n250 AUTH PLAIN\r\n");
    settle(&mut session, &mut Vec::new());
    // What waits to be written is not shown in any form.
    let shown = format!("{:?} {session:?}", session.machine());
    for secret in ["tanstaaf", "AHRpbQ", "65, 72, 82"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(session.machine_mut().transmit().is_some());
}
