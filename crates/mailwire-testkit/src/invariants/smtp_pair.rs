//! SMTP's client and server, and a wire between them that does them harm.

use crate::random::Random;
use mailwire_core::{Buffered, Machine, Step};
use mailwire_smtp::client::{Client, Fate};
use mailwire_smtp::config::{Chunking, Extensions, StartTlsPolicy};
use mailwire_smtp::{
    Answer, Body, ClientConfig, Code, Envelope, Host, Limits, PeerError, Protocol, ReplyText, Server,
    ServerConfig, ServerEvent, ServerName,
};
use std::collections::BTreeMap;

/// The octets decide what is sent, what the server's application says, how the wire cuts it, and whether it breaks.
///
/// Who was told that a mail is delivered has it delivered, octet for octet; who was told that it isn't, has not. Only where the
/// wire broke behind the end of the body may nobody know.
pub fn smtp_pair(bytes: &[u8]) {
    let seed = bytes.iter().fold(bytes.len() as u64, |seed, &byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
    });
    smtp_mails(seed);
}

/// The same by a number; how many mails had an outcome, and how many recipients got theirs.
pub fn smtp_mails(seed: u64) -> (u32, u32) {
    let mut pair = Pair::new(Random::new(seed));
    pair.run(3);
    (pair.mails, pair.application.delivered.len() as u32)
}

/// What became of each recipient, by the number that is in its address.
type Known = BTreeMap<u32, Option<Code>>;

struct Pair {
    random: Random,
    client: Buffered<Client>,
    server: Buffered<Server>,
    /// What is on the wire, not yet arrived.
    to_server: Vec<u8>,
    to_client: Vec<u8>,
    application: Application,
    /// So many steps until the wire breaks.
    left: u32,
    breaks: bool,
    body: Vec<u8>,
    sent: usize,
    ended: bool,
    mails: u32,
    /// A piece of the body was taken.
    handed: bool,
}

/// What the server's application knows and does: the local part of an address says it, as `451.17@x`.
#[derive(Default)]
struct Application {
    open: Vec<u32>,
    /// What is said to the end of each body: for all, or for each recipient.
    verdicts: Vec<u16>,
    body: Vec<u8>,
    /// The answer that each recipient has got, of those that came through.
    known: Known,
    delivered: BTreeMap<u32, Vec<u8>>,
}

impl Application {
    fn on_event(&mut self, event: ServerEvent<'_>, server: &mut Server, random: &mut Random) {
        let says = |server: &mut Server, code: u16| match code {
            250 => server.accept().unwrap(),
            code => {
                server.reply(Answer::new(Code::new(code).unwrap(), ReplyText::clipped("so it is"))).unwrap()
            }
        };
        match event {
            ServerEvent::Mail(mail) => {
                self.open.clear();
                self.body.clear();
                let code = number(&mail.path.to_string()).0;
                says(server, code);
            }
            ServerEvent::Recipient(rcpt) => {
                let (code, id) = number(&rcpt.path.to_string());
                self.known.insert(id, Code::new(code).filter(|_| code != 250));
                if code == 250 {
                    self.open.push(id);
                }
                says(server, code);
            }
            ServerEvent::Data => says(server, *random.pick(&[250, 250, 250, 250, 451, 554])),
            ServerEvent::Chunk(chunk) => self.body.extend_from_slice(chunk),
            ServerEvent::EndOfData(_) => {
                let answers = if server.config().protocol == Protocol::Lmtp { self.open.len() } else { 1 };
                let verdicts: Vec<u16> =
                    (0..answers).map(|_| *random.pick(&[250, 250, 250, 452, 554])).collect();
                for (at, &id) in self.open.iter().enumerate() {
                    let verdict = verdicts[at.min(answers - 1)];
                    self.known.insert(id, Code::new(verdict));
                    if verdict == 250 {
                        self.delivered.insert(id, self.body.clone());
                    }
                }
                self.verdicts.clone_from(&verdicts);
                for verdict in verdicts {
                    says(server, verdict);
                }
            }
            ServerEvent::Discarded { .. } | ServerEvent::Reset => self.body.clear(),
            ServerEvent::Refused(_) | ServerEvent::Quit => {}
            _ => server.accept().unwrap(),
        }
    }
}

/// `<451.17@x>` is 451 and 17.
fn number(path: &str) -> (u16, u32) {
    let local = path.trim_start_matches('<').split('@').next().unwrap();
    let (code, id) = local.split_once('.').unwrap();
    (code.parse().unwrap(), id.parse().unwrap())
}

impl Pair {
    fn new(mut random: Random) -> Self {
        let lmtp = random.below(3) == 0;
        let mut extensions = Extensions::default();
        for extension in [Extensions::PIPELINING, Extensions::CHUNKING, Extensions::EIGHT_BIT_MIME] {
            if random.below(3) == 0 {
                extensions = extensions.without(extension);
            }
        }
        let server = ServerConfig::new(ServerName::new("mx.test").unwrap())
            .with_protocol(if lmtp { Protocol::Lmtp } else { Protocol::Smtp })
            .with_extensions(extensions.with(Extensions::BINARYMIME))
            .with_max_size((random.below(3) == 0).then_some(300))
            .with_limits(Limits::default().with_recipients(4).with_errors(1000));
        let host = Host::new(b"client.test").unwrap();
        let client = if lmtp { ClientConfig::lmtp(host) } else { ClientConfig::new(host) };
        let client = client
            .with_start_tls(StartTlsPolicy::Never)
            .with_window(1 + random.below(4) as u32)
            .with_limits(Limits::default().with_output(64 + random.below(200)))
            .with_chunking(if random.below(2) == 0 { Chunking::WhenOffered } else { Chunking::WhenNeeded });
        let breaks = random.below(3) == 0;
        Self {
            left: if breaks { random.below(200) as u32 } else { 100_000 },
            breaks,
            random,
            client: Buffered::new(Client::new(client)),
            server: Buffered::new(Server::new(server)),
            to_server: Vec::new(),
            to_client: Vec::new(),
            application: Application::default(),
            body: Vec::new(),
            sent: 0,
            ended: false,
            mails: 0,
            handed: false,
        }
    }

    fn run(&mut self, mails: u32) {
        let mut next_id = 0;
        for _ in 0..mails {
            if !self.until_idle() {
                return;
            }
            let (envelope, ids) = self.envelope(&mut next_id);
            if self.client.machine_mut().send(&envelope).is_err() {
                continue;
            }
            (self.sent, self.ended) = (0, false);
            let alive = self.until_idle();
            let outcome = self.client.machine_mut().take_outcome().expect("an outcome of each mail");
            self.mails += 1;
            for (&id, fate) in ids.iter().zip(outcome.recipients()) {
                self.check(id, &fate);
            }
            if !alive {
                return;
            }
        }
        let quit = self.client.machine_mut().quit();
        assert!(quit.is_ok() || self.breaks && self.left == 0);
        while self.client_moves() != Some(false) && self.step() {}
    }

    fn check(&self, id: u32, fate: &Fate<'_>) {
        let delivered = self.application.delivered.get(&id);
        match fate {
            Fate::Delivered(reply) => {
                assert!(reply.code().is_completed());
                assert_eq!(delivered, Some(&self.body), "{id} has not what was sent");
            }
            Fate::Ambiguous => assert!(self.breaks && self.left == 0 && self.ended),
            Fate::Permanent(_, reply) => {
                assert!(reply.code().is_permanent());
                assert!(delivered.is_none(), "{id} was refused, and has it");
            }
            fate => assert!(delivered.is_none(), "{id} has it: {fate}"),
        }
        if !self.breaks
            && let Some(Some(code)) = self.application.known.get(&id)
        {
            match fate {
                Fate::Delivered(reply) | Fate::Permanent(_, reply) | Fate::Transient(_, Some(reply)) => {
                    assert_eq!(reply.code(), *code, "{id}: {fate}");
                }
                // It was too many for the server, or the body was refused before anybody was asked.
                _ => assert!(delivered.is_none()),
            }
        }
    }

    fn envelope(&mut self, next_id: &mut u32) -> (Envelope, Vec<u32>) {
        let random = &mut self.random;
        let code = |random: &mut Random, good: usize| {
            if random.below(good) == 0 { *random.pick(&[450_u16, 550, 553]) } else { 250 }
        };
        let mut envelope = Envelope::new(format!("{}.0@c.test", code(random, 12)).parse().unwrap());
        let mut ids = Vec::new();
        for _ in 0..=random.below(6) {
            *next_id += 1;
            ids.push(*next_id);
            let recipient = format!("{}.{next_id}@mx.test", code(random, 4));
            envelope = envelope.with_recipient(recipient.parse().unwrap());
        }
        self.body.clear();
        let lines: [&[u8]; 6] = [b".\r\n", b"..\r\n", b"\r\n", b"QUIT\r\n", b"a line\r\n", b".dot\r\n"];
        let longest = if random.below(8) == 0 { 200 } else { 8 };
        for _ in 0..random.below(longest) {
            self.body.extend_from_slice(random.pick::<&[u8]>(&lines));
        }
        envelope = envelope.with_body(if random.below(3) == 0 { Body::EightBitMime } else { Body::SevenBit });
        (envelope, ids)
    }

    /// Until the client has nothing more to do; false if the session is over.
    fn until_idle(&mut self) -> bool {
        loop {
            match self.advance() {
                Some(true) => return true,
                Some(false) => return false,
                None => {}
            }
        }
    }

    /// One move of somebody. `Some` if the client is idle (true) or its session over (false).
    fn advance(&mut self) -> Option<bool> {
        let state = self.client_moves();
        if state == Some(false) {
            return state;
        }
        // What was handed over may be held for what follows: a CR is.
        let handed = core::mem::take(&mut self.handed);
        let moved = self.step() || handed;
        match state {
            // Whatever is on its way may still concern it.
            Some(true) => Some(true),
            None if moved => None,
            None => panic!("both wait for the other"),
            other => other,
        }
    }

    fn client_moves(&mut self) -> Option<bool> {
        loop {
            let step = match self.client.poll() {
                Ok((Step::Event(_), _)) => continue,
                Ok((step, _)) => step,
                Err(error) => {
                    assert!(self.breaks || error != PeerError::OutOfTurn, "{error}");
                    return Some(false);
                }
            };
            match step {
                Step::Idle => return Some(true),
                Step::Closed => return Some(false),
                Step::Blocked => {
                    if self.sent == self.body.len() {
                        if !self.ended {
                            self.client.machine_mut().end_of_data().unwrap();
                            self.ended = true;
                        }
                        return None;
                    }
                    let rest = &self.body[self.sent..];
                    let some = 1 + self.random.below(rest.len());
                    let taken = self.client.machine_mut().data(&rest[..some]).unwrap();
                    self.sent += taken;
                    self.handed = taken > 0;
                    return None;
                }
                _ => return None,
            }
        }
    }

    /// Something is written, or arrives, or breaks. False if nothing moves any more.
    fn step(&mut self) -> bool {
        if self.breaks {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                self.to_server.clear();
                self.to_client.clear();
                self.server.machine_mut().eof();
                self.client.machine_mut().eof();
                self.client_moves();
                return true;
            }
        }
        let mut moved = false;
        while let Some(octets) = self.client.machine_mut().transmit() {
            assert!(octets.len() < 4096);
            self.to_server.extend_from_slice(&octets);
            moved = true;
        }
        if self.random.below(2) == 0 || self.to_client.is_empty() {
            moved |= arrive(&mut self.to_server, &mut self.server, &mut self.random);
            loop {
                match self.server.poll() {
                    Ok((Step::Event(event), server)) => {
                        self.application.on_event(event, server, &mut self.random);
                        moved = true;
                    }
                    Ok((Step::Blocked, _)) => panic!("a question without an answer"),
                    Ok(_) | Err(_) => break,
                }
            }
            while let Some(octets) = self.server.machine_mut().transmit() {
                self.to_client.extend_from_slice(&octets);
                moved = true;
            }
        }
        if self.random.below(2) == 0 || self.to_server.is_empty() {
            moved |= arrive(&mut self.to_client, &mut self.client, &mut self.random);
        }
        moved || !self.to_server.is_empty() || !self.to_client.is_empty()
    }
}

/// Some of what is on the wire arrives.
fn arrive<M: Machine>(wire: &mut Vec<u8>, at: &mut Buffered<M>, random: &mut Random) -> bool {
    if wire.is_empty() {
        return false;
    }
    let some = match random.below(3) {
        0 => 1,
        1 => 1 + random.below(wire.len()),
        _ => wire.len(),
    };
    let octets: Vec<u8> = wire.drain(..some).collect();
    at.push(&octets);
    true
}
