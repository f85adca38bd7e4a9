//! Servers that say anything.

use crate::script::{lmtp, plain, to};
use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::Credentials;
use mailwire_smtp::client::{Client, Fate};
use mailwire_smtp::config::{Chunking, PlaintextAuth, StartTlsPolicy};
use mailwire_smtp::{ClientConfig, Limits, PeerError};
use proptest::prelude::*;

/// What a server may say: sense, nonsense, and nothing at all.
fn lines() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let reply = prop_oneof![
        8 => Just("250 ok".to_owned()),
        4 => Just("354 go".to_owned()),
        3 => Just("220 hi".to_owned()),
        3 => Just("250-mx\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN SCRAM-SHA-1".to_owned()),
        2 => Just("550 no".to_owned()),
        2 => Just("452 no".to_owned()),
        2 => Just("334 VXNlcg==".to_owned()),
        1 => Just("334 ".to_owned()),
        2 => Just("235 in".to_owned()),
        1 => Just("421 bye".to_owned()),
        1 => Just("503-no\r\n503 way".to_owned()),
        1 => (0_u16..700).prop_map(|code| format!("{code} x")),
    ];
    let line = prop_oneof![
        20 => reply.prop_map(|text| format!("{text}\r\n").into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(line, 0..40)
}

fn config() -> impl Strategy<Value = ClientConfig> {
    (any::<[bool; 4]>(), 0_u32..5, 64_usize..300).prop_map(|([local, chunks, auth, tls], window, output)| {
        let config = if local { lmtp() } else { plain() };
        let config = config
            .with_window(window)
            .with_plaintext_auth(PlaintextAuth::Allow)
            .with_limits(Limits::default().with_output(output).with_outcome(64));
        let config = if chunks { config.with_chunking(Chunking::WhenOffered) } else { config };
        let config = if tls { config.with_starttls(StartTlsPolicy::Opportunistic) } else { config };
        let credentials = Credentials::password("tim", "tanstaaf").with_nonce("client+nonce+0000");
        if auth { config.with_credentials(credentials) } else { config }
    })
}

/// Does whatever can be done.
fn play(config: ClientConfig, lines: &[Vec<u8>], cut: usize) -> Option<PeerError> {
    let output = config.limits.output;
    let mut session = Buffered::new(Client::new(config));
    let (mut sent, mut body, mut steps) = (0, 0, 0);
    let stream = lines.concat();
    let mut pieces = stream.chunks(cut);
    loop {
        steps += 1;
        assert!(steps < 100_000, "it goes on for ever");
        let step = match session.poll() {
            Ok((step, _)) => match step {
                Step::Event(_) => continue,
                Step::NeedInput => Step::NeedInput,
                Step::Idle => Step::Idle,
                Step::Blocked => Step::Blocked,
                Step::Upgrade(upgrade) => Step::Upgrade(upgrade),
                Step::Closed => Step::<()>::Closed,
            },
            Err(error) => {
                assert_eq!(session.poll().err(), Some(error));
                check(&mut session, sent);
                return Some(error);
            }
        };
        let mut held = 0;
        while let Some(octets) = session.machine_mut().transmit() {
            assert!(!octets.is_empty());
            held += octets.len();
        }
        assert!(held <= 2 * output + 700, "{held} octets were held, {output} at most");
        let machine = session.machine_mut();
        match step {
            Step::Idle if sent < 3 => {
                sent += 1;
                body = 500;
                let _ = machine.take_outcome();
                if machine.send(&to(7)).is_err() {
                    machine.quit().unwrap();
                }
                continue;
            }
            Step::Blocked => {
                match machine.data(&vec![b'.'; body]) {
                    Ok(taken) => body -= taken,
                    Err(_) => machine.cancel_authentication().unwrap(),
                }
                if body == 0 {
                    machine.end_of_data().unwrap();
                }
                continue;
            }
            Step::Upgrade(_) => {
                machine.upgraded();
                continue;
            }
            Step::Closed => {
                check(&mut session, sent);
                return None;
            }
            _ => {}
        }
        match pieces.next() {
            Some(piece) => session.push(piece),
            None => session.machine_mut().eof(),
        }
    }
}

/// Whoever has sent has an outcome, in which all recipients are.
fn check(session: &mut Buffered<Client>, sent: usize) {
    if let Some(outcome) = session.machine_mut().take_outcome() {
        assert!(sent > 0 && outcome.recipients().len() == 7);
        for fate in outcome.recipients() {
            match fate {
                Fate::Delivered(reply) => assert!(reply.code().is_completed()),
                Fate::Permanent(_, reply) => assert!(reply.code().is_permanent()),
                Fate::Transient(_, Some(reply)) => assert!(reply.code().is_transient()),
                _ => {}
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_said_it_ends(config in config(), lines in lines(), cut in 1_usize..50) {
        play(config, &lines, cut);
    }

    /// Where everything is asked for one by one, and nothing comes together.
    #[test]
    fn single_octets_are_no_different(config in config(), lines in lines()) {
        let _ = play(config, &lines, 1);
    }
}

#[test]
fn long_replies_meet_their_limit() {
    let mut session = Buffered::new(Client::new(plain()));
    let mut events = Vec::new();
    for _ in 0..100_000 {
        session.push(b"220-welcome\r\n");
        let stand = crate::script::settle(&mut session, &mut events);
        if stand != crate::script::Stand::NeedInput {
            break;
        }
        assert!(session.rest().len() <= 1 << 16);
    }
    let stand = crate::script::settle(&mut session, &mut events);
    assert!(matches!(stand, crate::script::Stand::Failed(_)), "{stand:?}");
}

/// A reply of 60 KiB for each of 1,000 recipients: the codes are kept, the texts are not.
#[test]
fn a_thousand_long_replies_are_not_kept() {
    let mut session = Buffered::new(Client::new(plain()));
    let mut events = Vec::new();
    session.push(b"220 hi\r\n");
    crate::script::settle(&mut session, &mut events);
    session.push(b"250-mx\r\n250 PIPELINING\r\n");
    crate::script::settle(&mut session, &mut events);
    session.machine_mut().send(&to(1000)).unwrap();
    session.push(b"250 ok\r\n");
    for number in 0..1000 {
        let line = format!("550-5.1.1 {number}{}\r\n", "x".repeat(7000));
        session.push(format!("{}550 5.1.1 no\r\n", line.repeat(8)).as_bytes());
        crate::script::settle(&mut session, &mut events);
        while session.machine_mut().transmit().is_some() {}
    }
    session.push(b"503 nobody\r\n");
    crate::script::settle(&mut session, &mut events);
    let outcome = session.machine_mut().take_outcome().unwrap();
    let kept: usize = outcome.recipients().map(|fate| fate.to_string().len()).sum();
    assert!(kept < (1 << 20) + 1000 * 30, "{kept}");
    assert!(outcome.recipients().all(|fate| fate.to_string().starts_with("refused: 550 5.1.1")));
}
