//! The contract of machines, kept by a small one: an echo that can upgrade, and is asked for patience.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

extern crate alloc;

use alloc::collections::VecDeque;
use bytes::Bytes;
use core::convert::Infallible;
use core::future::Future;
use core::ops::ControlFlow;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use mailwire_core::frame::{Line, LineEnd};
use mailwire_core::machine::{AsyncTransport, DriveError, Pause, Received, Transport, drive, drive_async};
use mailwire_core::{Buffered, FrameError, Framer, Machine, Patience, Step, Upgrade, UsageError};

/// Answers lines: each has to be answered before the next is read. `TLS` is answered by the machine itself.
#[derive(Debug, Default)]
struct Echo {
    framer: Framer,
    output: VecDeque<Bytes>,
    unanswered: bool,
    upgrade: bool,
    ended: Option<&'static str>,
    epoch: u32,
    failed: Option<FrameError>,
}

impl Echo {
    fn reply(&mut self, text: &str) -> Result<(), UsageError> {
        if !core::mem::take(&mut self.unanswered) {
            return Err(UsageError::new("a reply", "before a line has come"));
        }
        self.output.push_back(Bytes::copy_from_slice(format!("{text}\n").as_bytes()));
        Ok(())
    }
}

impl Machine for Echo {
    type Event<'b> = &'b [u8];
    type Error = FrameError;

    fn process<'b>(&mut self, input: &mut &'b [u8]) -> Result<Step<&'b [u8]>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.upgrade {
            return Ok(Step::Upgrade(Upgrade::Tls));
        }
        if self.unanswered {
            return Ok(Step::Blocked);
        }
        match self.framer.line(input, 20, LineEnd::CrLf) {
            Ok(Some(Line::Whole(b"TLS\r\n"))) => {
                self.upgrade = true;
                self.output.push_back(Bytes::from_static(b"go\n"));
                if !input.is_empty() {
                    self.failed = Some(FrameError::BareLf { at: self.framer.offset() });
                }
                self.process(input)
            }
            Ok(Some(Line::Whole(b"QUIT\r\n"))) => {
                self.ended = Some("quit");
                self.process(input)
            }
            Ok(Some(Line::Whole(line))) => {
                self.unanswered = true;
                self.epoch += 1;
                Ok(Step::Event(line))
            }
            Ok(Some(_)) => self.process(input),
            Ok(None) if self.ended.is_some() => Ok(Step::Closed),
            Ok(None) => Ok(Step::NeedInput),
            Err(error) => {
                self.failed = Some(error);
                self.output.push_back(Bytes::from_static(b"bad\n"));
                Err(error)
            }
        }
    }

    fn transmit(&mut self) -> Option<Bytes> {
        self.output.pop_front()
    }

    fn eof(&mut self) {
        self.ended = Some("eof");
    }

    fn expired(&mut self) {
        self.ended = Some("expired");
        self.output.push_back(Bytes::from_static(b"too slow\n"));
    }

    fn upgraded(&mut self) {
        self.upgrade = false;
    }

    fn patience(&self) -> Option<Patience> {
        Some(Patience::new("line", Duration::from_secs(300), self.epoch))
    }
}

/// A transport that plays what it was given, in pieces, and keeps what is written.
#[derive(Debug, Default)]
struct Script {
    reads: VecDeque<Option<Vec<u8>>>,
    log: String,
}

impl Script {
    /// `None` lets the patience run out; the end of the list is the end of the stream.
    fn new(reads: &[Option<&str>]) -> Self {
        let reads = reads.iter().map(|read| read.map(|text| text.as_bytes().to_vec()));
        Self { reads: reads.collect(), log: String::new() }
    }
}

impl Transport for Script {
    type Error = Infallible;

    fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> Result<Received, Infallible> {
        assert_eq!(patience.unwrap().kind, "line");
        Ok(match self.reads.pop_front() {
            None => Received::Eof,
            Some(None) => Received::Expired,
            Some(Some(octets)) => {
                room[..octets.len()].copy_from_slice(&octets);
                Received::Octets(octets.len())
            }
        })
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), Infallible> {
        self.log.push_str(str::from_utf8(octets).unwrap());
        Ok(())
    }

    fn upgrade(&mut self, upgrade: Upgrade) -> Result<(), Infallible> {
        self.log.extend(["(", &format!("{upgrade:?}"), ")\n"]);
        Ok(())
    }

    fn shut_down(&mut self) -> Result<(), Infallible> {
        self.log.push_str("(down)\n");
        Ok(())
    }
}

impl AsyncTransport for Script {
    type Error = Infallible;

    async fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> Result<Received, Infallible> {
        Transport::read(self, room, patience)
    }

    async fn write(&mut self, octets: &[u8]) -> Result<(), Infallible> {
        Transport::write(self, octets)
    }

    async fn upgrade(&mut self, upgrade: Upgrade) -> Result<(), Infallible> {
        Transport::upgrade(self, upgrade)
    }

    async fn shut_down(&mut self) -> Result<(), Infallible> {
        Transport::shut_down(self)
    }
}

/// Nothing of a script ever waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn run(reads: &[Option<&str>]) -> (String, Result<Pause<()>, DriveError<FrameError, Infallible>>) {
    let mut session = Buffered::new(Echo::default());
    let mut script = Script::new(reads);
    let outcome = drive(&mut session, &mut script, |line, echo| {
        echo.reply(&String::from_utf8_lossy(line.trim_ascii_end())).unwrap();
        assert!(echo.reply("twice").is_err());
        ControlFlow::Continue(())
    });
    let mut session = Buffered::new(Echo::default());
    let mut awaited = Script::new(reads);
    let same = now(drive_async(&mut session, &mut awaited, async |line: &[u8], echo: &mut Echo| {
        echo.reply(&String::from_utf8_lossy(line.trim_ascii_end())).unwrap();
        ControlFlow::Continue(())
    }));
    assert_eq!((&script.log, outcome), (&awaited.log, same));
    (script.log, outcome)
}

#[test]
fn a_session_runs_to_its_end_in_any_pieces() {
    let whole = run(&[Some("one\r\ntwo\r\nTLS\r\n"), Some("three\r\nQUIT\r\n")]);
    assert_eq!(whole, ("one\ntwo\ngo\n(Tls)\nthree\n(down)\n".to_owned(), Ok(Pause::Closed)));
    let text = "one\r\ntwo\r\nTLS\r\n";
    let mut pieces: Vec<Option<&str>> = text.split_inclusive(|_| true).map(Some).collect();
    pieces.push(Some("three\r\nQUIT\r\n"));
    assert_eq!(run(&pieces), whole);
}

#[test]
fn the_last_words_are_written_before_a_fault_is_told() {
    let (log, outcome) = run(&[Some("one\r\nbad\nmore\r\n")]);
    assert_eq!((log.as_str(), outcome), ("one\nbad\n", Err(DriveError::Peer(FrameError::BareLf { at: 8 }))));
}

#[test]
fn plaintext_behind_an_upgrade_never_gets_through() {
    let (log, outcome) = run(&[Some("TLS\r\nevil\r\n")]);
    assert_eq!(log, "go\n");
    assert!(matches!(outcome, Err(DriveError::Peer(_))));
}

#[test]
fn silence_and_the_end_of_the_stream_close_a_session() {
    assert_eq!(run(&[Some("one\r\n"), None]), ("one\ntoo slow\n(down)\n".to_owned(), Ok(Pause::Closed)));
    assert_eq!(run(&[Some("one\r\nhal")]), ("one\n(down)\n".to_owned(), Ok(Pause::Closed)));
}

/// The closure breaks off with a value, and an unanswered event blocks until somebody answers.
#[test]
fn the_application_acts_between_two_drives() {
    let mut session = Buffered::new(Echo::default());
    let mut script = Script::new(&[Some("one\r\ntwo\r\n")]);
    let pause = drive(&mut session, &mut script, |line, _| ControlFlow::Break(line.len()));
    assert_eq!(pause, Ok(Pause::Break(5)));
    let pause = drive(&mut session, &mut script, |_, _| ControlFlow::Continue::<(), ()>(()));
    assert_eq!(pause, Ok(Pause::Blocked));
    session.machine_mut().reply("late").unwrap();
    let pause = drive(&mut session, &mut script, |line, _| ControlFlow::Break(line.len()));
    assert_eq!((pause, script.log.as_str()), (Ok(Pause::Break(5)), "late\n"));
    assert_eq!(session.rest(), b"");
}

#[test]
fn an_event_can_be_held_while_the_machine_is_answered() {
    let mut session = Buffered::new(Echo::default());
    session.push(b"one\r\ntw");
    let room = session.spare_mut(3);
    room[..3].copy_from_slice(b"o\r\n");
    session.filled(3);
    let (step, echo) = session.poll().unwrap();
    let Step::Event(line) = step else { panic!() };
    echo.reply("first").unwrap();
    assert_eq!((line, echo.transmit().as_deref()), (&b"one\r\n"[..], Some(&b"first\n"[..])));
    assert!(matches!(session.poll().unwrap().0, Step::Event(b"two\r\n")));
    assert_eq!(
        UsageError::new("a reply", "before a line has come").to_string(),
        "a reply is not possible before a line has come"
    );
}

/// The future of a session that is concrete can be sent to another thread.
#[test]
fn the_awaited_loop_can_be_sent() {
    fn sent(future: impl Future + Send) -> impl Future + Send {
        future
    }
    let future = sent(async move {
        let mut session = Buffered::new(Echo::default());
        let mut script = Script::new(&[Some("QUIT\r\n")]);
        let _ = drive_async(&mut session, &mut script, async |_: &[u8], _: &mut Echo| {
            ControlFlow::Continue::<(), ()>(())
        })
        .await;
    });
    now(future);
}
