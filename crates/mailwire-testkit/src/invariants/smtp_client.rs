//! SMTP's client, and a server that says anything.

use mailwire_core::machine::{Buffered, Machine, Step};
use mailwire_sasl::Credentials;
use mailwire_smtp::client::{Client, Fate};
use mailwire_smtp::config::{Chunking, PlaintextAuth, StartTlsPolicy};
use mailwire_smtp::{ClientConfig, Envelope, Host, Limits};

/// The first octet says how the client is configured, the second how the rest comes, which is what the server says: line by line, octet by
/// octet, or in pieces.
///
/// The session ends, an error is final, little is held, and every mail that was begun has an outcome that replies bear out.
pub fn smtp_client(bytes: &[u8]) {
    let [how, cut, stream @ ..] = bytes else { return };
    let pieces: Vec<&[u8]> = match cut {
        0..128 => stream.split_inclusive(|&byte| byte == b'\n').collect(),
        _ => stream.chunks(usize::from(cut - 127)).collect(),
    };
    play(config(*how), &pieces);
}

/// Recipients of each mail, and octets of its body.
const RECIPIENTS: usize = 7;
const BODY: usize = 500;
/// Mails of a session.
const MAILS: usize = 3;

fn config(how: u8) -> ClientConfig {
    let is = |bit: u32| how >> bit & 1 == 1;
    let host = Host::new(b"me.example").expect("a host's name");
    let config = if is(0) { ClientConfig::lmtp(host) } else { ClientConfig::new(host) };
    let config = config
        .with_start_tls(if is(1) { StartTlsPolicy::Opportunistic } else { StartTlsPolicy::Never })
        .with_chunking(if is(2) { Chunking::WhenOffered } else { Chunking::WhenNeeded })
        .with_window(if is(4) { 3 } else { 100 })
        .with_plaintext_auth(PlaintextAuth::Allow)
        .with_sasl_limits(crate::sasl::limits())
        .with_limits(Limits::default().with_output(if is(5) { 90 } else { 250 }).with_outcome(64));
    let tim = Credentials::password("tim", "tanstaaf").with_nonce("client+nonce+0000");
    if is(3) { config.with_credentials(tim) } else { config }
}

fn envelope() -> Envelope {
    (0..RECIPIENTS).fold(Envelope::null(), |envelope, number| {
        envelope.with_recipient(format!("c{number}@d.example").parse().expect("an address"))
    })
}

/// Does whatever can be done, until it is over.
fn play(config: ClientConfig, pieces: &[&[u8]]) {
    let output = config.limits.output;
    let total: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut session = Buffered::new(Client::new(config));
    let mut pieces = pieces.iter();
    let (mut sent, mut body, mut steps) = (0, 0, 0);
    let mut taken = None;
    loop {
        steps += 1;
        assert!(steps < 10 * total + 5000, "it goes on for ever");
        let step = match session.poll() {
            Ok((step, _)) => step,
            Err(error) => {
                assert_eq!(session.poll().err(), Some(error), "an error is final");
                return check(&mut session, sent);
            }
        };
        let (step, replied) = match step {
            Step::Event(event) => (Step::<()>::NeedInput, Some(event.to)),
            Step::NeedInput => (Step::NeedInput, None),
            Step::Idle => (Step::Idle, None),
            Step::Blocked => (Step::Blocked, None),
            Step::Upgrade(upgrade) => (Step::Upgrade(upgrade), None),
            Step::Closed => (Step::Closed, None),
        };
        if replied.is_some() {
            continue;
        }
        let machine = session.machine_mut();
        let mut held = 0;
        while let Some(octets) = machine.transmit() {
            assert!(!octets.is_empty());
            held += octets.len();
        }
        assert!(held <= 2 * output + 700, "{held} octets were held, {output} at most");
        match step {
            Step::Idle if sent < MAILS => {
                check(&mut session, sent);
                sent += 1;
                body = BODY;
                if session.machine_mut().send(&envelope()).is_err() {
                    session.machine_mut().quit().expect("it is idle");
                }
            }
            Step::Blocked => match machine.data(&vec![b'.'; body]) {
                Ok(0) if body > 0 => assert_ne!(taken.replace(0), Some(0), "it takes nothing, and waits"),
                Ok(len) => {
                    taken = Some(len);
                    body -= len;
                    if body == 0 {
                        machine.end_of_data().expect("a body of lines");
                    }
                }
                Err(_) => machine.cancel_authentication().expect("it waits for something"),
            },
            Step::Upgrade(_) => machine.upgraded(),
            Step::Closed => return check(&mut session, sent),
            Step::NeedInput | Step::Idle | Step::Event(()) => match pieces.next() {
                Some(piece) => session.push(piece),
                None => machine.eof(),
            },
        }
    }
}

fn check(session: &mut Buffered<Client>, sent: usize) {
    let Some(outcome) = session.machine_mut().take_outcome() else { return };
    assert!(sent > 0 && outcome.recipients().len() == RECIPIENTS);
    for fate in outcome.recipients() {
        match fate {
            Fate::Delivered(reply) => assert!(reply.code().is_completed()),
            Fate::Permanent(_, reply) => assert!(reply.code().is_permanent()),
            Fate::Transient(_, Some(reply)) => assert!(reply.code().is_transient()),
            _ => {}
        }
    }
}
