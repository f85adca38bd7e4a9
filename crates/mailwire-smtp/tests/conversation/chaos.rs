//! A client that says anything, and an application that calls anything at any time.

use mailwire_core::{Buffered, Machine, Step};
use mailwire_sasl::Mechanism;
use mailwire_sasl::server::{Answer as SaslAnswer, Config as SaslConfig};
use mailwire_smtp::config::{Extensions, PipelineSync, PlaintextAuth, StartTls};
use mailwire_smtp::{
    Answer, Code, Limits, Protocol, ReplyText, Server, ServerConfig, ServerEvent, ServerName, Strays,
};
use mailwire_testkit::random::Random;

const SAID: &[&str] = &[
    "EHLO c.test\r\n",
    "LHLO c.test\r\n",
    "HELO c.test\r\n",
    "MAIL FROM:<a@c.test>\r\n",
    "MAIL FROM:<a@c.test> BODY=BINARYMIME\r\n",
    "RCPT TO:<b@mx.test>\r\n",
    "DATA\r\n",
    "BDAT 3\r\nabc",
    "BDAT 2 LAST\r\n\r\n",
    "BDAT 0\r\n",
    "BDAT 0 LAST\r\n",
    "RSET\r\n",
    "NOOP\r\n",
    "VRFY x\r\n",
    "ETRN x\r\n",
    "XCLIENT NAME=x\r\n",
    "XFORWARD NAME=x\r\n",
    "STARTTLS\r\n",
    "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n",
    "AUTH PLAIN\r\n",
    "AUTH LOGIN\r\n",
    "AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n",
    "*\r\n",
    "a line\r\n",
    "..\r\n",
    ".\r\n",
    ".\r\n",
    "\n",
    "QUIT\r\n",
    "DATA x\r\n",
    "BDAT x\r\n",
];

fn config(random: &mut Random) -> ServerConfig {
    let extensions = Extensions::default()
        .with(Extensions::BINARYMIME)
        .with(Extensions::VRFY)
        .with(Extensions::ETRN)
        .with(Extensions::XCLIENT)
        .with(Extensions::XFORWARD);
    let limits = Limits::default().with_errors(3).with_junk(2).with_recipients(3).with_chunks(9);
    ServerConfig::new(ServerName::new("mx.test").unwrap())
        .with_protocol(*random.pick(&[Protocol::Smtp, Protocol::Smtp, Protocol::Lmtp]))
        .with_sync(*random.pick(&[PipelineSync::Enforce, PipelineSync::Report, PipelineSync::Off]))
        .with_start_tls(*random.pick(&[StartTls::Never, StartTls::Offered, StartTls::Required]))
        .with_strays(*random.pick(&[Strays::Refuse, Strays::Keep]))
        .with_mechanism(Mechanism::PLAIN)
        .with_mechanism(Mechanism::LOGIN)
        .with_plaintext_auth(PlaintextAuth::Allow)
        .with_extensions(extensions)
        .with_max_size(Some(12))
        .with_limits(limits)
}

fn say(random: &mut Random) -> Answer<'static> {
    let code = *random.pick(&[220_u16, 250, 250, 354, 334, 235, 421, 450, 452, 521, 550, 550, 554]);
    Answer::new(Code::new(code).unwrap(), ReplyText::clipped("so it is"))
}

/// Calls something. True if the machine took it for an answer.
fn call(server: &mut Server, random: &mut Random) -> bool {
    match random.below(12) {
        0..6 => server.accept().is_ok(),
        6..9 => server.reply(say(random)).is_ok(),
        9 => server.authenticate(SaslConfig::default()).is_ok(),
        _ => server
            .provide(random.pick::<fn() -> SaslAnswer>(&[|| SaslAnswer::Accept, || SaslAnswer::Reject])())
            .is_ok(),
    }
}

fn asks(event: &ServerEvent<'_>) -> bool {
    !matches!(
        event,
        ServerEvent::Proxied(_)
            | ServerEvent::Chunk(_)
            | ServerEvent::Discarded { .. }
            | ServerEvent::Reset
            | ServerEvent::Authenticated
            | ServerEvent::Refused(_)
            | ServerEvent::Quit
    )
}

/// Whole replies, and nothing behind the last word.
fn check(said: &str, is_over: bool) {
    let codes: Vec<&str> = said.split_terminator("\r\n").map(|line| &line[..3]).collect();
    assert!(said.is_empty() || said.ends_with("\r\n"), "{said:?}");
    for (at, code) in codes.iter().enumerate() {
        if matches!(*code, "421" | "221" | "521") {
            assert!(is_over && at + 1 == codes.len(), "{said}");
        }
    }
}

fn play(seed: u64) -> &'static str {
    let random = &mut Random::new(seed);
    let mut session = Buffered::new(Server::new(config(random)));
    let mut said = String::new();
    let mut owed = false;
    for _ in 0..200 {
        let step = match session.poll() {
            Ok((Step::Event(event), server)) => {
                assert!(!owed, "{event:?} before an answer: {said}");
                if let ServerEvent::Chunk(chunk) = event {
                    assert!(!chunk.is_empty());
                }
                owed = asks(&event);
                // The usual answer, most of the time.
                if owed && random.below(3) > 0 {
                    owed = match event {
                        ServerEvent::Auth(_) => server.authenticate(SaslConfig::default()).is_err(),
                        ServerEvent::Credentials => server.provide(SaslAnswer::Accept).is_err(),
                        // LMTP asks once, and has several answers.
                        ServerEvent::EndOfData(_) => {
                            server.accept().unwrap();
                            while server.accept().is_ok() {}
                            false
                        }
                        _ => server.accept().is_err(),
                    };
                    assert!(!owed, "{event:?}: {said}");
                }
                continue;
            }
            Ok((step, server)) => {
                if matches!(step, Step::Blocked) {
                    // It may have gone on by itself where an authentication needs nothing more.
                    if call(server, random) || random.below(40) == 0 && server.reply(say(random)).is_ok() {
                        owed = false;
                    }
                    continue;
                }
                assert!(!owed || matches!(step, Step::Closed), "{step:?} with an answer owed: {said}");
                match step {
                    Step::NeedInput => "",
                    Step::Upgrade(_) => {
                        server.upgraded();
                        continue;
                    }
                    Step::Closed => "closed",
                    _ => panic!("{step:?}"),
                }
            }
            Err(_) => "failed",
        };
        let machine = session.machine_mut();
        if random.below(2) == 0 {
            assert!(!call(machine, random), "an answer to nothing: {said}");
        }
        while let Some(octets) = machine.transmit() {
            said.push_str(core::str::from_utf8(&octets).unwrap());
        }
        check(&said, !step.is_empty());
        if !step.is_empty() {
            machine.close(say(random));
            machine.eof();
            machine.upgraded();
            assert!(!call(machine, random) && machine.transmit().is_none() && machine.patience().is_none());
            return step;
        }
        match random.below(150) {
            0 => machine.close(Answer::new(Code::NOT_AVAILABLE, ReplyText::clipped("bye"))),
            1 => machine.eof(),
            2 => machine.expired(),
            3 => machine.upgraded(),
            _ => {}
        }
        for _ in 0..=random.below(3) {
            session.push(random.pick(SAID).as_bytes());
        }
    }
    "open"
}

#[test]
fn whatever_is_said_and_called_the_last_word_is_the_last() {
    let (mut closed, mut failed) = (0, 0);
    for seed in 1..5000 {
        match play(seed) {
            "closed" => closed += 1,
            "failed" => failed += 1,
            _ => {}
        }
    }
    assert!(closed > 100 && failed > 100, "{closed} {failed}");
}
