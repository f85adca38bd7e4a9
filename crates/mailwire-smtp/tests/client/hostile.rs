//! Servers that say anything.

use crate::script::{Stand, plain, settle, to};
use mailwire_core::{Buffered, Machine};
use mailwire_smtp::client::Client;
use mailwire_testkit::invariants::smtp_client;
use proptest::prelude::*;

/// What a server may say: a good beginning as a rule, and then sense, nonsense, and nothing at all.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    const OFFERS: &str =
        "250-mx\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN SCRAM-SHA-1";
    let reply = prop_oneof![
        20 => Just("250 ok".to_owned()),
        5 => Just("354 go".to_owned()),
        1 => Just("220 hi".to_owned()),
        1 => Just(OFFERS.to_owned()),
        2 => Just("550 no".to_owned()),
        2 => Just("452 no".to_owned()),
        1 => Just("334 VXNlcg==".to_owned()),
        1 => Just("334 ".to_owned()),
        1 => Just("235 in".to_owned()),
        1 => Just("421 bye".to_owned()),
        1 => Just("503-no\r\n503 way".to_owned()),
        1 => (0_u16..700).prop_map(|code| format!("{code} x")),
    ];
    let line = prop_oneof![
        40 => reply.prop_map(|text| format!("{text}\r\n").into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    let begun = prop_oneof![
        1 => Just(String::new()),
        3 => Just("220 hi\r\n250 mx\r\n".to_owned()),
        3 => Just(format!("220 hi\r\n{OFFERS}\r\n")),
    ];
    (begun, prop::collection::vec(line, 0..60))
        .prop_map(|(begun, lines)| [begun.into_bytes(), lines.concat()].concat())
}

proptest! {
    #[test]
    fn whatever_is_said_it_ends(how in any::<u8>(), cut in any::<u8>(), stream in stream()) {
        smtp_client(&[&[how, cut], stream.as_slice()].concat());
        smtp_client(&[&[how, 0], stream.as_slice()].concat());
    }
}

#[test]
fn long_replies_meet_their_limit() {
    let mut session = Buffered::new(Client::new(plain()));
    let mut events = Vec::new();
    for _ in 0..100_000 {
        session.push(b"220-welcome\r\n");
        let stand = settle(&mut session, &mut events);
        if stand != Stand::NeedInput {
            break;
        }
        assert!(session.rest().len() <= 1 << 16);
    }
    let stand = settle(&mut session, &mut events);
    assert!(matches!(stand, Stand::Failed(_)), "{stand:?}");
}

/// A reply of 60 KiB for each of 1,000 recipients: the codes are kept, the texts are not.
#[test]
fn a_thousand_long_replies_are_not_kept() {
    let mut session = Buffered::new(Client::new(plain()));
    let mut events = Vec::new();
    session.push(b"220 hi\r\n");
    settle(&mut session, &mut events);
    session.machine_mut().transmit();
    session.push(b"250-mx\r\n250 PIPELINING\r\n");
    settle(&mut session, &mut events);
    session.machine_mut().send(&to(1000)).unwrap();
    session.machine_mut().transmit();
    session.push(b"250 ok\r\n");
    for number in 0..1000 {
        let line = format!("550-5.1.1 {number}{}\r\n", "x".repeat(7000));
        session.push(format!("{}550 5.1.1 no\r\n", line.repeat(8)).as_bytes());
        settle(&mut session, &mut events);
        while session.machine_mut().transmit().is_some() {}
    }
    session.push(b"503 nobody\r\n");
    settle(&mut session, &mut events);
    let outcome = session.machine_mut().take_outcome().unwrap();
    let kept: usize = outcome.recipients().map(|fate| fate.to_string().len()).sum();
    assert!(kept < (1 << 20) + 1000 * 30, "{kept}");
    assert!(outcome.recipients().all(|fate| fate.to_string().starts_with("refused: 550 5.1.1")));
}
