//! The fast ways through a body against slow ones that nobody can get wrong, cut in every way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::dots::{LineEnds, Nul, Piece, Stray, Stuffer, Tally, Unstuffer};
use mailwire_testkit::feed::feed;
use mailwire_testkit::twins::{self, Unstuffed};
use proptest::collection::vec;
use proptest::prelude::*;

fn unstuff(wire: &[u8], cuts: &[usize]) -> (Unstuffed, Tally) {
    let mut unstuffer = Unstuffer::new();
    let mut got = Unstuffed::default();
    let taken = feed(wire, cuts, |input| match unstuffer.next(input) {
        Some(Piece::Chunk(chunk)) => {
            assert!(!chunk.is_empty());
            got.content.extend(chunk);
            true
        }
        Some(Piece::End) => true,
        None => false,
    });
    assert_eq!(unstuffer.taken(), taken as u64);
    got.end = unstuffer.is_done().then_some(taken);
    let tally = *unstuffer.tally();
    got.strays = [Stray::BareCr, Stray::BareLf, Stray::Nul].map(|stray| tally.first(stray));
    (got, tally)
}

fn check_unstuff(wire: &[u8], cuts: &[usize]) {
    let (got, tally) = unstuff(wire, cuts);
    let naive = twins::unstuff(wire);
    assert_eq!(got, naive, "{:?} cut at {cuts:?}", wire.escape_ascii().to_string());
    assert_eq!(tally.octets(), naive.content.len() as u64);
    assert_eq!(tally.lines(), naive.content.split(|&byte| byte == b'\n').count() as u64 - 1);
    assert_eq!(tally.ends_with_crlf(), naive.content.ends_with(b"\r\n"));
}

/// Every string over a few octets that matter, whole, one octet a call, and cut at each place.
#[test]
fn short_bodies_equal_the_naive_reader_at_any_cut() {
    for len in 0..=6 {
        let mut word = vec![0_usize; len];
        loop {
            let wire: Vec<u8> = word.iter().map(|&i| b"\r\n.A\0"[i]).collect();
            check_unstuff(&wire, &[]);
            check_unstuff(&wire, &(0..wire.len()).collect::<Vec<_>>());
            for cut in 1..wire.len() {
                check_unstuff(&wire, &[cut]);
            }
            let Some(at) = word.iter().rposition(|&i| i < 4) else { break };
            word[at] += 1;
            word[at + 1..].fill(0);
        }
    }
}

#[test]
fn a_dot_alone_between_dotted_lines_and_others_is_the_end() {
    check_unstuff(b"..a\r\n.\r\nb\r\n..c\r\n", &[]);
    check_unstuff(b"..a\r\n..b\r\n.\r\n..c\r\n", &[]);
}

#[test]
fn a_dot_that_was_the_last_octet_surveyed_marks_nothing_later() {
    check_unstuff(b"..a\r\n.b\r\nccc\r\n..d\r\n.e\r\n", &[6]);
    check_unstuff(b"..a\r\n..bbbbbbbbbbbbb\r\nccc\r\n", &[6, 9]);
}

/// Text with what matters in it, around the size of a block.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => Just(b"a line of text\r\n".to_vec()),
        2 => Just(b".dotted\r\n".to_vec()),
        1 => Just(b"..\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        1 => Just(b"\n".to_vec()),
        1 => Just(b".".to_vec()),
        1 => Just(b"\0".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => (1_usize..4200).prop_map(|len| vec![b'x'; len]),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn cuts(len: usize) -> impl Strategy<Value = Vec<usize>> {
    vec(0..=len, 0..8).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts
    })
}

fn with_cuts() -> impl Strategy<Value = (Vec<u8>, Vec<usize>)> {
    bodies().prop_flat_map(|body| (cuts(body.len()), Just(body)).prop_map(|(cuts, body)| (body, cuts)))
}

/// The pieces of `body` between `cuts`.
fn pieces<'a>(body: &'a [u8], cuts: &'a [usize]) -> impl Iterator<Item = &'a [u8]> {
    let starts = [0].into_iter().chain(cuts.iter().copied());
    starts.zip(cuts.iter().copied().chain([body.len()])).map(|(start, end)| &body[start..end])
}

/// Lines around the length of a word of marks, most of them dotted.
fn dotted() -> impl Strategy<Value = Vec<u8>> {
    let line = (0..5_u8, 0_usize..140, 0..20_u8).prop_map(|(dot, len, end)| {
        let front: &[u8] = if dot > 0 { b"." } else { b"" };
        let end: &[u8] = match end {
            0 => b"\n",
            1 => b"\r",
            2 => b"\r\n\r\n",
            _ => b"\r\n",
        };
        [front, &vec![b'.'; len % 3], &vec![b'x'; len], end].concat()
    });
    vec(line, 0..150).prop_map(|lines| lines.concat())
}

fn dotted_with_cuts() -> impl Strategy<Value = (Vec<u8>, Vec<usize>)> {
    dotted().prop_flat_map(|body| (cuts(body.len()), Just(body)).prop_map(|(cuts, body)| (body, cuts)))
}

proptest! {
    #[test]
    fn dotted_lines_equal_the_naive_reader((wire, cuts) in dotted_with_cuts()) {
        check_unstuff(&wire, &cuts);
    }

    #[test]
    fn bodies_equal_the_naive_reader((wire, cuts) in with_cuts()) {
        check_unstuff(&wire, &cuts);
    }

    /// From a file to the wire and back: its lines, each with its end.
    #[test]
    fn normalised_and_stuffed_equals_the_naive_writer((body, cuts) in with_cuts()) {
        let mut stuffer = Stuffer::new().with_line_ends(LineEnds::Normalise).with_nul(Nul::Keep);
        let mut wire = Vec::new();
        for piece in pieces(&body, &cuts) {
            for slice in stuffer.stuff(piece).unwrap() {
                prop_assert!(!slice.is_empty());
                wire.extend(slice);
            }
        }
        prop_assert_eq!(stuffer.tally().octets(), body.len() as u64);
        wire.extend(stuffer.finish().unwrap());
        prop_assert_eq!(&wire, &twins::stuff(&twins::normalise(&body)));
        let (back, _) = unstuff(&wire, &cuts);
        let mut whole = twins::normalise(&body);
        if !whole.is_empty() && !whole.ends_with(b"\r\n") {
            whole.extend(b"\r\n");
        }
        prop_assert_eq!(back.content, whole);
        prop_assert_eq!(back.end, Some(wire.len()));
    }

    /// What is refused is refused at the first such octet, whatever the cuts, and none of it has left.
    #[test]
    fn a_stray_is_refused_before_it_leaves((body, cuts) in with_cuts()) {
        let mut tally = Tally::new();
        tally.add(&body);
        tally.finish();
        let first = tally.strays().map(|(_, at)| at).min();
        let mut stuffer = Stuffer::new();
        let mut wire = Vec::new();
        let mut refused = None;
        for piece in pieces(&body, &cuts) {
            match stuffer.stuff(piece) {
                Ok(slices) => wire.extend(slices.flatten()),
                Err(error) => {
                    prop_assert_eq!(stuffer.stuff(b"more").unwrap_err(), error);
                    refused = Some(error);
                    break;
                }
            }
        }
        let end = stuffer.finish();
        prop_assert_eq!(end.err().map(|error| error.at()), first);
        if let Some(first) = first {
            if let Some(refused) = refused {
                prop_assert_eq!(refused.at(), first);
            }
            let front = twins::stuff(&body[..usize::try_from(first).unwrap()]);
            prop_assert!(front.starts_with(&wire), "nothing of the stray is on the wire");
        } else {
            wire.extend(end.unwrap());
            prop_assert_eq!(wire, twins::stuff(&body));
        }
    }

    #[test]
    fn a_tally_is_the_same_for_any_cut((body, cuts) in with_cuts()) {
        let mut whole = Tally::new();
        whole.add(&body);
        let mut cut = Tally::new();
        for piece in pieces(&body, &cuts) {
            cut.add(piece);
        }
        prop_assert_eq!(cut, whole);
    }
}
