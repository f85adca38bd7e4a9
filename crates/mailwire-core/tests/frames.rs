//! Lines and runs of octets, cut in every way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::frame::{Line, LineEnd};
use mailwire_core::{FrameError, Framer};
use proptest::prelude::*;

/// What comes of a stream: lines (`None` for a dropped one, with its length), and how it ended.
type Outcome = (Vec<(Option<Vec<u8>>, u64)>, Option<FrameError>);

fn naive(stream: &[u8], limit: usize, dropped: u64, end: LineEnd) -> Outcome {
    let mut lines = Vec::new();
    let mut start = 0;
    for at in 0..stream.len() {
        let len = at + 1 - start;
        let over = len > limit;
        if stream[at] == b'\n' {
            let crlf = at > start && stream[at - 1] == b'\r';
            if end == LineEnd::CrLf && !crlf {
                return (lines, Some(FrameError::BareLf { at: at as u64 }));
            }
            let line = if over { None } else { Some(stream[start..=at].to_vec()) };
            lines.push((line, len as u64));
            start = at + 1;
        } else if over && len as u64 >= dropped {
            return (lines, Some(FrameError::Endless { at: at as u64 + 1 }));
        }
    }
    (lines, None)
}

fn fed(stream: &[u8], limit: usize, dropped: u64, end: LineEnd, cuts: &[usize]) -> Outcome {
    let mut framer = Framer::new().with_dropped(dropped);
    let mut lines = Vec::new();
    let mut taken = 0;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            // A look at a few octets says the same as a whole one, wherever it is tried.
            if cut % 2 == 0 && framer.is_waiting(input, limit) {
                assert!(!input.contains(&b'\n'));
                break;
            }
            match framer.line(&mut input, limit, end) {
                Ok(Some(Line::Whole(line))) => lines.push((Some(line.to_vec()), line.len() as u64)),
                Ok(Some(Line::Head(head))) => assert_eq!(head.len(), limit),
                Ok(Some(Line::Dropped(len))) => lines.push((None, len)),
                Ok(None) => break,
                Err(error) => return (lines, Some(error)),
            }
        }
        taken = cut.max(taken) - input.len();
        assert_eq!(framer.offset(), taken as u64);
    }
    (lines, None)
}

#[test]
fn short_streams_equal_the_naive_framer_at_any_cut() {
    for len in 0..=7 {
        let mut word = vec![0_usize; len];
        loop {
            let stream: Vec<u8> = word.iter().map(|&i| b"\r\nA"[i]).collect();
            for end in [LineEnd::CrLf, LineEnd::CrLfOrLf] {
                for (limit, dropped) in [(100, 100), (3, 100), (3, 5)] {
                    let expected = naive(&stream, limit, dropped, end);
                    let bytewise: Vec<usize> = (0..len).collect();
                    assert_eq!(fed(&stream, limit, dropped, end, &[]), expected, "{stream:?}");
                    assert_eq!(fed(&stream, limit, dropped, end, &bytewise), expected, "{stream:?}");
                    for cut in 1..len {
                        assert_eq!(fed(&stream, limit, dropped, end, &[cut]), expected, "{stream:?} {cut}");
                    }
                }
            }
            let Some(at) = word.iter().rposition(|&i| i < 2) else { break };
            word[at] += 1;
            word[at + 1..].fill(0);
        }
    }
}

proptest! {
    #[test]
    fn announced_octets_are_counted_off(body in proptest::collection::vec(any::<u8>(), 0..200), left in 0_u64..250, cut in 0_usize..200) {
        let mut framer = Framer::new();
        let (mut rest, mut got) = (left, Vec::<u8>::new());
        let cut = cut.min(body.len());
        for piece in [&body[..cut], &body[cut..]] {
            let mut input = piece;
            while let Some(octets) = framer.octets(&mut input, &mut rest) {
                prop_assert!(!octets.is_empty());
                got.extend(octets);
            }
            prop_assert!(input.is_empty() || rest == 0);
        }
        let len = body.len().min(usize::try_from(left).unwrap());
        prop_assert_eq!(&got, &body[..len]);
        prop_assert_eq!(rest, left - len as u64);
    }
}
