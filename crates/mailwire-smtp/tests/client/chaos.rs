//! A server that says anything, and a caller that calls anything at any time.

use crate::script::to;
use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::{Credentials, Mechanism};
use mailwire_smtp::client::{Aborted, Client, Fate};
use mailwire_smtp::config::{Chunking, PlaintextAuth, StartTlsPolicy};
use mailwire_smtp::{ClientConfig, Command, Host, Limits};
use mailwire_testkit::random::Random;

const SAID: &[&str] = &[
    "250 ok\r\n",
    "250 ok\r\n",
    "250 ok\r\n",
    "250 ok\r\n",
    "354 go\r\n",
    "354 go\r\n",
    "334 \r\n",
    "235 you are\r\n",
    "221 bye\r\n",
    "550 no\r\n",
    "452 too many\r\n",
    "421 bye\r\n",
    "554 no\r\n",
    "250-more\r\n",
    "25",
    "x\r\n",
];

fn config(random: &mut Random) -> ClientConfig {
    let host = Host::new(b"me.example").unwrap();
    let config = if random.below(3) == 0 { ClientConfig::lmtp(host) } else { ClientConfig::new(host) };
    let config = config
        .with_start_tls(*random.pick(&[
            StartTlsPolicy::Never,
            StartTlsPolicy::Never,
            StartTlsPolicy::Opportunistic,
        ]))
        .with_chunking(*random.pick(&[Chunking::WhenNeeded, Chunking::WhenOffered]))
        .with_window(*random.pick(&[1, 3, 100]))
        .with_plaintext_auth(PlaintextAuth::Allow)
        .with_limits(Limits::default().with_output(*random.pick(&[10, 90, 1000])));
    if random.below(4) == 0 {
        config.with_credentials(Credentials::password("tim", "tanstaaf"))
    } else {
        config
    }
}

/// What is known of the mail that is open.
#[derive(Default)]
struct Mail {
    is_open: bool,
    /// Its end was handed over, and then written.
    is_ended: bool,
    is_written: bool,
}

impl Mail {
    fn check(&mut self, client: &mut Client) {
        let Some(outcome) = client.take_outcome() else { return };
        assert!(core::mem::take(&mut self.is_open), "an outcome of no mail");
        for fate in outcome.recipients() {
            match fate {
                Fate::Delivered(reply) => {
                    assert!(
                        self.is_written && reply.code().is_completed(),
                        "delivered before its end: {reply}"
                    );
                }
                Fate::Permanent(_, reply) | Fate::TooMany(reply) => assert!(!reply.code().is_completed()),
                Fate::Ambiguous => assert!(self.is_ended, "nobody can have it"),
                _ => {}
            }
        }
        *self = Self::default();
    }

    /// Calls something, whether it makes sense or not.
    fn call(&mut self, client: &mut Client, random: &mut Random) {
        match random.below(24) {
            0..5 => {
                if client.send(&to(1 + random.below(4))).is_ok() {
                    assert!(!self.is_open, "two mails at once");
                    self.is_open = true;
                }
            }
            5..13 => {
                let body =
                    random.pick::<&[u8]>(&[b"a line\r\n", b".\r\n", b"", b"half\r", b"\nx\r\n", b"bare\n"]);
                _ = client.data(body);
            }
            13..17 => self.is_ended |= client.end_of_data().is_ok(),
            17 => {
                if client.abort().is_ok_and(|aborted| aborted == Aborted::InOrder) {
                    self.is_ended = false;
                }
            }
            18 => _ = client.reset(),
            19 => _ = client.command(Command::Help(None)),
            20 => _ = client.authenticate(Credentials::password("tim", "tanstaaf")),
            21 => _ = client.authenticate_with(Mechanism::LOGIN, Credentials::password("tim", "tanstaaf")),
            22 => _ = client.provide(ClientAnswer::Response(b"x".to_vec())),
            _ => _ = if random.below(3) == 0 { client.quit() } else { client.cancel_authentication() },
        }
        self.check(client);
    }
}

/// What a server says to a line, if it is one that it takes for a command.
fn answer(line: &str, random: &mut Random) -> &'static str {
    let or_not = |yes, random: &mut Random| {
        if random.below(12) == 0 { *random.pick(&["550 no\r\n", "452 no\r\n", "421 bye\r\n"]) } else { yes }
    };
    match line.split([' ', '\r']).next().unwrap_or_default() {
        "EHLO" | "LHLO" => "250-mx.example\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 AUTH PLAIN LOGIN\r\n",
        "AUTH" => or_not("235 you are\r\n", random),
        "DATA" => or_not("354 go\r\n", random),
        "MAIL" | "RCPT" | "RSET" | "HELP" | "BDAT" | "." => or_not("250 ok\r\n", random),
        "QUIT" => "221 bye\r\n",
        _ => "",
    }
}

fn play(seed: u64) -> (&'static str, usize) {
    let random = &mut Random::new(seed);
    let mut session = Buffered::new(Client::new(config(random)));
    let mut mail = Mail::default();
    let mut delivered = 0;
    session.push(b"220 mx.example\r\n");
    for _ in 0..150 {
        let over = match session.poll() {
            Ok((Step::Event(_), client)) => {
                mail.check(client);
                if random.below(3) == 0 {
                    mail.call(client, random);
                }
                continue;
            }
            Ok((Step::Upgrade(_), client)) => {
                client.upgraded();
                continue;
            }
            Ok((Step::Closed, _)) => "closed",
            Err(error) => {
                assert_eq!(session.poll().err(), Some(error));
                "failed"
            }
            Ok((step, client)) => {
                mail.check(client);
                assert!(!matches!(step, Step::NeedInput) || client.patience().is_some(), "for ever");
                if matches!(step, Step::Idle) {
                    assert!(!mail.is_open, "a mail without an outcome");
                }
                for _ in 0..random.below(4) {
                    mail.call(client, random);
                }
                mail.check(client);
                if matches!(step, Step::Blocked) && random.below(2) == 0 {
                    continue;
                }
                ""
            }
        };
        let client = session.machine_mut();
        if !over.is_empty() {
            mail.check(client);
            assert!(!mail.is_open, "a mail without an outcome, at the end");
            while client.transmit().is_some() {}
            mail.call(client, random);
            client.upgraded();
            assert!(!mail.is_open && client.transmit().is_none() && client.patience().is_none());
            return (over, delivered);
        }
        let mut said = Vec::new();
        while let Some(octets) = client.transmit() {
            said.extend_from_slice(&octets);
        }
        assert!(said.len() < 4000, "{}", said.len());
        mail.is_written = mail.is_ended;
        delivered += usize::from(mail.is_written);
        match random.below(300) {
            0 => client.eof(),
            1 => client.expired(),
            2 => client.upgraded(),
            _ => {}
        }
        if random.below(20) == 0 {
            (0..=random.below(3)).for_each(|_| session.push(random.pick(SAID).as_bytes()));
            continue;
        }
        for line in String::from_utf8(said).unwrap().split_inclusive("\r\n") {
            session.push(answer(line, random).as_bytes());
        }
    }
    ("open", delivered)
}

#[test]
fn whatever_is_said_and_called_each_mail_has_one_outcome_that_can_be_believed() {
    let (mut closed, mut failed, mut ended) = (0, 0, 0);
    for seed in 1..20_000 {
        let (end, written) = play(seed);
        closed += usize::from(end == "closed");
        failed += usize::from(end == "failed");
        ended += written;
    }
    assert!(closed > 100 && failed > 100 && ended > 100, "{closed} {failed} {ended}");
}
