//! A strict server that decides by chance, behind a hostile pipe: whatever happens, both sides agree on who has the mail.

use crate::script::{Stand, lmtp, plain, settle};
use alloc::collections::BTreeSet;
use mailwire_core::{Buffered, Machine};
use mailwire_smtp::client::{Client, Fate};
use mailwire_smtp::config::Chunking;
use mailwire_smtp::{
    Chunk, Command, CommandItem, CommandReader, DataItem, DataReader, Envelope, Limits, Protocol,
};
use mailwire_testkit::random::Random;

struct Model {
    random: Random,
    protocol: Protocol,
    pipelining: bool,
    input: Vec<u8>,
    out: Vec<u8>,
    state: State,
    reader: CommandReader,
    /// Recipients that were taken; `None` without MAIL.
    mail: Option<Vec<usize>>,
    /// What a BDAT still has to bring, and whether it is the last.
    chunk: Option<(u64, Chunk)>,
    /// A piece was refused: nothing more is taken before RSET.
    broken: bool,
    body: Vec<u8>,
    delivered: BTreeSet<usize>,
    closed: bool,
}

enum State {
    Commands,
    Data(DataReader),
}

impl Model {
    /// Says something: 250, or a refusal. Says whether it was the first.
    fn answer(&mut self, ok: &str) -> bool {
        match self.random.below(200) {
            0 => {
                self.say("421 4.3.2 down");
                self.closed = true;
                false
            }
            1..=15 => {
                self.say("450-4.2.0 not\r\n450 4.2.0 now");
                false
            }
            16..=30 => {
                self.say("550 5.1.1 never");
                false
            }
            31..=40 if ok == "250 recipient ok" => {
                self.say("452 4.5.3 enough");
                false
            }
            _ => {
                self.say(ok);
                true
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    fn hear(&mut self, octets: &[u8]) {
        self.input.extend_from_slice(octets);
        let input = core::mem::take(&mut self.input);
        let mut rest = input.as_slice();
        while !self.closed && self.step(&mut rest) {}
        self.input = rest.to_vec();
    }

    /// Whoever does not offer it gets one command at a time.
    fn check_sync(&self, rest: &[u8]) {
        assert!(self.pipelining || rest.is_empty(), "pipelined: {}", rest.escape_ascii());
    }

    fn step(&mut self, rest: &mut &[u8]) -> bool {
        if let State::Data(reader) = &mut self.state {
            let Some(item) = reader.next(rest) else { return false };
            match item {
                DataItem::Chunk(octets) => {
                    self.body.extend_from_slice(octets);
                    if self.random.below(100) == 0 {
                        self.say("552 5.3.4 that is enough");
                        self.closed = true;
                    }
                }
                DataItem::Frame(frame) => {
                    assert!(frame.value().is_ok(), "a stray in the body");
                    self.state = State::Commands;
                    self.reader = CommandReader::new(Limits::default());
                    assert!(rest.is_empty(), "something behind the end of the body");
                    self.deliver();
                    self.mail = None;
                }
            }
            return true;
        }
        let Some(item) = self.reader.next(rest).expect("readable") else { return false };
        match item {
            CommandItem::Frame(frame) => {
                let command = frame.value().expect("a command");
                self.obey(command, rest);
            }
            CommandItem::Chunk(octets) => {
                self.body.extend_from_slice(octets);
                let (left, chunk) = self.chunk.expect("a BDAT");
                self.chunk = Some((left - octets.len() as u64, chunk));
                self.end_chunk(rest);
            }
        }
        true
    }

    fn obey(&mut self, command: Command<'_>, rest: &[u8]) {
        match command {
            Command::Mail(_) => {
                assert!(self.mail.is_none() && !self.broken, "MAIL in a mail");
                self.check_sync(rest);
                self.body.clear();
                if self.answer("250 sender ok") {
                    self.mail = Some(Vec::new());
                }
            }
            Command::Rcpt(rcpt) => {
                self.check_sync(rest);
                let path = rcpt.path.to_string();
                let index = path.strip_prefix("<c").unwrap().split('@').next().unwrap().parse().unwrap();
                if self.mail.is_none() {
                    self.say("503 no sender");
                } else if self.answer("250 recipient ok") {
                    self.mail.as_mut().unwrap().push(index);
                }
            }
            Command::Data => {
                assert!(rest.is_empty(), "something behind DATA");
                let nobody = self.mail.as_ref().is_none_or(Vec::is_empty);
                // Some go on all the same, where one reply is sure to follow.
                let goes_on = !nobody || (self.protocol == Protocol::Smtp && self.random.below(2) == 0);
                if !goes_on {
                    self.say("503 nobody to get it");
                } else if self.answer("354 go ahead") {
                    self.state = State::Data(DataReader::new());
                }
            }
            Command::Bdat(bdat) => {
                assert!(self.mail.as_ref().is_some_and(|all| !all.is_empty()), "BDAT for nobody");
                self.chunk = Some((bdat.size, bdat.chunk));
                self.end_chunk(rest);
            }
            Command::Rset => {
                self.check_sync(rest);
                (self.mail, self.broken) = (None, false);
                self.say("250 reset");
            }
            Command::Quit => {
                assert!(rest.is_empty());
                self.say("221 bye");
                self.closed = true;
            }
            command => panic!("{command:?}"),
        }
    }

    fn end_chunk(&mut self, rest: &[u8]) {
        let Some((0, chunk)) = self.chunk else { return };
        self.chunk = None;
        self.check_sync(rest);
        match chunk {
            _ if self.broken => self.say("503 after a refused piece"),
            Chunk::More => self.broken = !self.answer("250 more"),
            Chunk::Last => {
                self.deliver();
                // Left as it is if it was refused: it takes RSET.
                self.broken = self.delivered.is_empty();
                self.mail = None;
            }
        }
    }

    fn deliver(&mut self) {
        let all = self.mail.clone().unwrap_or_default();
        match self.protocol {
            Protocol::Lmtp => {
                for index in all {
                    if !self.closed && self.answer("250 delivered") {
                        self.delivered.insert(index);
                    }
                }
            }
            _ => {
                if self.answer("250 queued") {
                    self.delivered.extend(all);
                }
            }
        }
    }
}

/// What the client says, to the model; what the model says, to the client; all of it in pieces.
fn exchange(session: &mut Buffered<Client>, model: &mut Model) -> Stand {
    loop {
        let mut stand = settle(session, &mut Vec::new());
        let mut moved = false;
        while let Some(octets) = session.machine_mut().transmit() {
            let mut rest = &octets[..];
            while !rest.is_empty() {
                let len = (1 + model.random.below(40)).min(rest.len());
                // Where the peer is synchronised with, its commands come one by one, and each of them whole.
                let len = if model.pipelining { len } else { rest.len() };
                model.hear(&rest[..len]);
                rest = &rest[len..];
            }
            moved = true;
        }
        let mut said = core::mem::take(&mut model.out);
        // Somebody stumbles over the cable.
        if !said.is_empty() && model.random.below(100) == 0 {
            said.truncate(model.random.below(said.len()));
            model.closed = true;
        }
        let mut rest = said.as_slice();
        while !rest.is_empty() && !matches!(stand, Stand::Failed(_)) {
            let len = (1 + model.random.below(60)).min(rest.len());
            session.push(&rest[..len]);
            rest = &rest[len..];
            stand = settle(session, &mut Vec::new());
            moved = true;
        }
        if !moved && stand == Stand::NeedInput {
            assert!(model.closed, "both wait");
            session.machine_mut().eof();
            return settle(session, &mut Vec::new());
        }
        if stand != Stand::NeedInput {
            return stand;
        }
    }
}

fn play(seed: u64) -> [usize; 3] {
    let mut random = Random::new(seed);
    let local = random.below(3) == 0;
    let pipelining = random.below(2) == 0;
    let chunking = random.below(3) == 0;
    let config = if local { lmtp() } else { plain() };
    let config = config
        .with_window(u32::try_from(random.below(8)).unwrap())
        .with_chunking(if chunking { Chunking::WhenOffered } else { Chunking::WhenNeeded })
        .with_limits(Limits::default().with_output(100 + random.below(200)));
    let mut model = Model {
        protocol: config.protocol,
        pipelining,
        input: Vec::new(),
        out: Vec::new(),
        state: State::Commands,
        reader: CommandReader::new(Limits::default()),
        mail: None,
        chunk: None,
        broken: false,
        body: Vec::new(),
        delivered: BTreeSet::new(),
        closed: false,
        random: random.clone(),
    };
    let mut session = Buffered::new(Client::new(config));
    let offers = if pipelining { "250-PIPELINING\r\n250 CHUNKING\r\n" } else { "250 CHUNKING\r\n" };
    session.push(b"220 hi\r\n");
    settle(&mut session, &mut Vec::new());
    while session.machine_mut().transmit().is_some() {}
    session.push(format!("250-model\r\n{offers}").as_bytes());
    assert_eq!(settle(&mut session, &mut Vec::new()), Stand::Idle);
    let mut fates = [0; 3];
    for _ in 0..4 {
        let recipients = 1 + random.below(12);
        let envelope = (0..recipients).fold(Envelope::null(), |envelope, number| {
            envelope.with_recipient(format!("c{number}@d.example").parse().unwrap())
        });
        let lines = random.below(20);
        let body: String =
            (0..lines).map(|_| *random.pick(&[".\r\n", "..x\r\n", "\r\n", "a line\r\n"])).collect();
        model.delivered.clear();
        session.machine_mut().send(&envelope).unwrap();
        let mut rest = body.as_bytes();
        let mut gave_up = false;
        let stand = loop {
            match exchange(&mut session, &mut model) {
                Stand::Blocked if random.below(150) == 0 => {
                    let _ = session.machine_mut().abort().unwrap();
                    gave_up = true;
                }
                Stand::Blocked if rest.is_empty() => session.machine_mut().end_of_data().unwrap(),
                Stand::Blocked => {
                    let len = rest.len().min(1 + random.below(30));
                    rest = &rest[session.machine_mut().data(&rest[..len]).unwrap()..];
                }
                stand => break stand,
            }
        };
        let outcome = session.machine_mut().take_outcome().expect("an outcome");
        for (index, fate) in outcome.recipients().enumerate() {
            let has_it = model.delivered.contains(&index);
            match fate {
                Fate::Delivered(_) => assert!(has_it && model.body == body.as_bytes(), "{index}: {fate}"),
                Fate::Ambiguous => {}
                _ => assert!(!has_it, "{index}: {fate}"),
            }
            let kind = match fate {
                Fate::Delivered(_) => 0,
                Fate::Ambiguous => 1,
                _ => 2,
            };
            fates[kind] += 1;
        }
        assert!(!gave_up || model.delivered.is_empty());
        if stand != Stand::Idle {
            return fates;
        }
        assert!(!model.closed || !model.out.is_empty() || gave_up || stand == Stand::Idle);
    }
    session.machine_mut().quit().unwrap();
    let stand = exchange(&mut session, &mut model);
    assert!(matches!(stand, Stand::Closed), "{stand:?}");
    fates
}

#[test]
fn both_sides_agree_on_who_has_the_mail() {
    let mut all = [0; 3];
    for seed in 0..20_000 {
        let fates = std::panic::catch_unwind(|| play(seed)).unwrap_or_else(|_| panic!("seed {seed}"));
        all.iter_mut().zip(fates).for_each(|(all, fates)| *all += fates);
    }
    println!("{} delivered, {} unknown, {} not", all[0], all[1], all[2]);
    assert!(all[0] > 1000 && all[1] > 10 && all[2] > 1000);
}
