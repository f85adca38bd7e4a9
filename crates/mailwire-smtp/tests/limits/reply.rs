//! Replies.

use mailwire_core::FrameError;
use mailwire_smtp::{Code, Limits, ReplyReader};

/// Each frame: where it is, its length, and its code or error; how many octets were held at most; how it ended.
type Outcome = (Vec<(u64, u64, Result<Code, String>)>, usize, Option<FrameError>);

/// Feeds a stream that is made as it goes, 4096 octets a call at most; gives what came of it, and how much was held at most.
fn feed(limits: Limits, mut more: impl FnMut(&mut Vec<u8>) -> bool) -> Outcome {
    let mut reader = ReplyReader::new(limits);
    let mut buffer = Vec::new();
    let mut frames = Vec::new();
    let mut held = 0;
    loop {
        let goes_on = more(&mut buffer);
        let mut input = buffer.as_slice();
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => {
                    let said = frame.value().map(|reply| reply.code()).map_err(|error| {
                        assert!(!error.is_too_long() || frame.raw().is_empty());
                        error.to_string()
                    });
                    frames.push((frame.at(), frame.len(), said));
                }
                Ok(None) => break,
                Err(error) => return (frames, held, Some(error)),
            }
        }
        let taken = buffer.len() - input.len();
        buffer.drain(..taken);
        held = held.max(buffer.len());
        if !goes_on {
            return (frames, held, None);
        }
    }
}

/// `count` times `line`, then `last`.
fn lines(line: &str, count: u64, last: &str) -> impl FnMut(&mut Vec<u8>) -> bool {
    let mut left = count;
    let (line, last) = (line.to_owned(), last.to_owned());
    move |out| {
        let now = left.min(100);
        left -= now;
        for _ in 0..now {
            out.extend_from_slice(line.as_bytes());
        }
        if left == 0 {
            out.extend_from_slice(last.as_bytes());
        }
        left > 0
    }
}

#[test]
fn a_million_lines_cost_no_memory() {
    let patient = Limits::default().with_dropped(1 << 30);
    let (frames, held, error) =
        feed(patient, lines("250-X-FILLER\r\n", 1_000_000, "250 DSN\r\n250 next\r\n"));
    let too_long = Err("expected no further line of the reply at byte 14000, found more".to_owned());
    assert_eq!(frames, [(0, 14_000_009, too_long), (14_000_009, 10, Ok(Code::OK))]);
    assert_eq!(error, None);
    assert!(held <= 65_536 + 8192, "{held} octets held");
}

#[test]
fn a_million_lines_end_the_patience() {
    let (frames, held, error) = feed(Limits::default(), lines("250-X-FILLER\r\n", 1_000_000, "250 DSN\r\n"));
    assert!(frames.is_empty());
    assert!(matches!(error, Some(FrameError::Endless { at }) if at - (1 << 20) < 14), "{error:?}");
    assert!(held <= 65_536 + 8192, "{held} octets held");
}

#[test]
fn a_long_line_costs_one_error() {
    for limit in [8_usize, 100, 8192] {
        let limits = Limits::default().with_reply_line(limit);
        let line = format!("250 {}\r\n", "x".repeat(10_000));
        let (frames, held, error) = feed(limits, lines(&line, 1, "250 x\r\n"));
        let too_long = Err(format!("expected the end of the reply line at byte {limit}, found more"));
        assert_eq!(frames, [(0, 10_006, too_long), (10_006, 7, Ok(Code::OK))]);
        assert_eq!((held, error), (0, None));
    }
}

#[test]
fn a_long_line_in_a_reply_takes_the_reply_with_it() {
    let long = "x".repeat(10_000);
    let stream = format!("250-a\r\n250-{long}\r\n250-b\r\n250 c\r\n354 next\r\n");
    let (frames, _, _) = feed(Limits::default(), lines(&stream, 1, ""));
    let too_long = Err("expected the end of the reply line at byte 8199, found more".to_owned());
    assert_eq!(frames, [(0, 10_027, too_long), (10_027, 10, Ok(Code::START_MAIL_INPUT))]);
}

#[test]
fn a_line_without_end_ends_the_patience() {
    for front in ["250 ", "250-", "garbage"] {
        let (frames, held, error) = feed(Limits::default(), lines("xxxxxxxxxx", 1 << 20, front));
        assert!(frames.is_empty());
        assert_eq!(error, Some(FrameError::Endless { at: 1 << 20 }));
        assert!(held <= 8192, "{held} octets held");
    }
}

#[test]
fn a_reply_within_every_line_limit_can_be_too_long() {
    let limits = Limits::default().with_reply(1000);
    let (frames, held, _) = feed(limits, lines("250-0123456789\r\n", 100, "250 x\r\n250 y\r\n"));
    let too_long = Err("expected the end of the reply at byte 1000, found more".to_owned());
    assert_eq!(frames, [(0, 1607, too_long), (1607, 7, Ok(Code::OK))]);
    assert!(held <= 1008, "{held} octets held");
}

#[test]
fn what_is_within_the_limits_to_the_octet_is_read() {
    let exact = format!("250-{}\r\n250 ab\r\n", "x".repeat(86));
    assert_eq!(exact.len(), 100);
    for (limits, fits) in [
        (Limits::default().with_reply(100), true),
        (Limits::default().with_reply(99), false),
        (Limits::default().with_reply_line(92), true),
        (Limits::default().with_reply_line(91), false),
        (Limits::default().with_reply_lines(2), true),
        (Limits::default().with_reply_lines(1), false),
    ] {
        let mut octets = exact.bytes();
        let bytewise = feed(limits, |out| {
            out.extend(octets.next());
            octets.len() > 0
        });
        let whole = feed(limits, lines(&exact, 1, ""));
        assert_eq!(whole.0, bytewise.0, "{limits:?}");
        assert_eq!(whole.0.len(), 1);
        assert_eq!(whole.0[0].2.is_ok(), fits, "{limits:?}");
    }
}
