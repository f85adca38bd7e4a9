//! Transcripts: what the server says, what the client has to say, what is done, where it stands.

use alloc::rc::Rc;
use mailwire_core::{Buffered, Machine, Step, Upgrade};
use mailwire_smtp::client::{Client, SendError};
use mailwire_smtp::config::StartTlsPolicy;
use mailwire_smtp::{ClientConfig, Envelope, Host, PeerError};

/// Where a session stands when it has nothing more to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    NeedInput,
    Idle,
    Blocked,
    Upgrade,
    Closed,
    Failed(PeerError),
}

#[derive(Clone)]
enum Turn {
    Server(Vec<u8>),
    Client(Vec<u8>),
    Forget,
    Stands(Stand),
    Heard(Vec<String>),
    Act(Rc<dyn Fn(&mut Client)>),
    Outcome(Vec<String>),
}

/// A transcript, and how its session is configured.
#[derive(Clone)]
pub(crate) struct Script {
    config: ClientConfig,
    turns: Vec<Turn>,
}

/// How the server's octets come.
#[derive(Clone, Copy, Debug)]
enum Feed {
    Whole,
    Bytewise,
    /// In two, in this turn and here.
    Split(usize, usize),
}

/// A session that does not ask for TLS.
pub(crate) fn plain() -> ClientConfig {
    ClientConfig::new(Host::new(b"me.example").unwrap()).with_start_tls(StartTlsPolicy::Never)
}

/// A session for LMTP.
pub(crate) fn lmtp() -> ClientConfig {
    ClientConfig::lmtp(Host::new(b"me.example").unwrap())
}

/// From a@b.example to c0@d.example, c1@d.example and so on.
pub(crate) fn to(recipients: usize) -> Envelope {
    (0..recipients).fold(Envelope::new("a@b.example".parse().unwrap()), |envelope, number| {
        envelope.with_recipient(format!("c{number}@d.example").parse().unwrap())
    })
}

fn crlf(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

impl Script {
    pub(crate) fn new(config: ClientConfig) -> Self {
        Self { config, turns: Vec::new() }
    }

    /// One that is idle, with a server that announced these.
    pub(crate) fn ready(config: ClientConfig, offers: &str) -> Self {
        let hello = if config.protocol == mailwire_smtp::Protocol::Lmtp { "LHLO" } else { "EHLO" };
        let mut answer = "250 mx.example\n".to_owned();
        for offer in offers.split_terminator(',') {
            answer = answer.replace("250 ", "250-") + &format!("250 {offer}\n");
        }
        Self::new(config)
            .s("220 mx.example ESMTP\n")
            .c(&format!("{hello} me.example\n"))
            .s(&answer)
            .stands(Stand::Idle)
    }

    /// The server says this; a line feed is a CRLF.
    pub(crate) fn s(self, text: &str) -> Self {
        self.raw(&crlf(text))
    }

    /// The server says exactly this.
    pub(crate) fn raw(self, octets: &[u8]) -> Self {
        self.with(Turn::Server(octets.to_vec()))
    }

    /// The client has said this, and nothing else, since it was last asked.
    pub(crate) fn c(self, text: &str) -> Self {
        self.with(Turn::Client(crlf(text)))
    }

    /// Whatever the client has said, it does not matter.
    pub(crate) fn forget(self) -> Self {
        self.with(Turn::Forget)
    }

    pub(crate) fn stands(self, stand: Stand) -> Self {
        self.with(Turn::Stands(stand))
    }

    pub(crate) fn fails(self, error: PeerError) -> Self {
        self.stands(Stand::Failed(error))
    }

    /// The replies that were heard, since last asked, and to what.
    pub(crate) fn heard(self, events: &[&str]) -> Self {
        self.with(Turn::Heard(events.iter().map(ToString::to_string).collect()))
    }

    pub(crate) fn act(self, act: impl Fn(&mut Client) + 'static) -> Self {
        self.with(Turn::Act(Rc::new(act)))
    }

    pub(crate) fn send(self, envelope: Envelope) -> Self {
        self.act(move |client| client.send(&envelope).unwrap())
    }

    pub(crate) fn cannot_send(self, envelope: Envelope, error: impl Into<SendError>) -> Self {
        let error = error.into();
        self.act(move |client| assert_eq!(client.send(&envelope), Err(error))).c("").stands(Stand::Idle)
    }

    /// The client hands over a whole body.
    pub(crate) fn body(self, text: &str) -> Self {
        let body = crlf(text);
        self.act(move |client| {
            assert_eq!(client.data(&body), Ok(body.len()));
            client.end_of_data().unwrap();
        })
    }

    pub(crate) fn outcome(self, fates: &[&str]) -> Self {
        self.with(Turn::Outcome(fates.iter().map(ToString::to_string).collect()))
    }

    /// There is no outcome.
    pub(crate) fn no_outcome(self) -> Self {
        self.act(|client| assert!(client.take_outcome().is_none()))
    }

    /// The server closes its side.
    pub(crate) fn eof(self) -> Self {
        self.act(Machine::eof)
    }

    fn with(mut self, turn: Turn) -> Self {
        self.turns.push(turn);
        self
    }

    /// Whole, octet by octet, and split everywhere.
    pub(crate) fn run(self) {
        self.play(Feed::Whole);
        self.play(Feed::Bytewise);
        for (number, turn) in self.turns.iter().enumerate() {
            if let Turn::Server(octets) = turn {
                (1..octets.len()).for_each(|at| self.play(Feed::Split(number, at)));
            }
        }
    }

    /// Whole only: where it matters what comes together.
    pub(crate) fn run_whole(self) {
        self.play(Feed::Whole);
    }

    fn play(&self, feed: Feed) {
        let mut session = Buffered::new(Client::new(self.config.clone()));
        let mut events = Vec::new();
        let mut stand = settle(&mut session, &mut events);
        let mut said = Vec::new();
        for (number, turn) in self.turns.iter().enumerate() {
            let at = format!("turn {number} of {feed:?}");
            match turn {
                Turn::Server(octets) => {
                    // As a driver does it before each read.
                    transmit(&mut session, &mut said);
                    let pieces: Vec<&[u8]> = match feed {
                        Feed::Bytewise => octets.chunks(1).collect(),
                        Feed::Split(here, at) if here == number => vec![&octets[..at], &octets[at..]],
                        _ => vec![octets],
                    };
                    for piece in pieces {
                        session.push(piece);
                        stand = settle(&mut session, &mut events);
                        transmit(&mut session, &mut said);
                    }
                }
                Turn::Client(octets) => {
                    transmit(&mut session, &mut said);
                    let [text, wanted] = [&said, octets].map(|text| String::from_utf8_lossy(text));
                    assert_eq!(text, wanted, "what the client said in {at}");
                    said.clear();
                }
                Turn::Forget => {
                    transmit(&mut session, &mut said);
                    said.clear();
                }
                Turn::Stands(wanted) => assert_eq!(stand, *wanted, "{at}, after {events:?}"),
                Turn::Heard(wanted) => assert_eq!(core::mem::take(&mut events), *wanted, "{at}"),
                Turn::Act(act) => {
                    act(session.machine_mut());
                    stand = settle(&mut session, &mut events);
                }
                Turn::Outcome(wanted) => {
                    let outcome = session.machine_mut().take_outcome().expect(&at);
                    let fates: Vec<String> = outcome.recipients().map(|fate| fate.to_string()).collect();
                    assert_eq!(fates, *wanted, "{at}");
                }
            }
        }
    }
}

/// Adds to `said` what is to be written.
pub(crate) fn transmit(session: &mut Buffered<Client>, said: &mut Vec<u8>) {
    while let Some(octets) = session.machine_mut().transmit() {
        said.extend_from_slice(&octets);
    }
}

/// Polls until something else has to be done. Errors are said again.
pub(crate) fn settle(session: &mut Buffered<Client>, events: &mut Vec<String>) -> Stand {
    loop {
        return match session.poll() {
            Ok((Step::Event(event), _)) => {
                events.push(format!("{:?} {}", event.to, event.reply.code()));
                continue;
            }
            Ok((Step::NeedInput, _)) => Stand::NeedInput,
            Ok((Step::Idle, _)) => Stand::Idle,
            Ok((Step::Blocked, _)) => Stand::Blocked,
            Ok((Step::Upgrade(upgrade), _)) => {
                assert_eq!(upgrade, Upgrade::Tls);
                Stand::Upgrade
            }
            Ok((Step::Closed, _)) => Stand::Closed,
            Err(error) => {
                assert_eq!(session.poll().err(), Some(error), "an error is final");
                Stand::Failed(error)
            }
        };
    }
}
