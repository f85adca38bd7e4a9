//! Random streams of telling pieces, cut at random, against the naive twins.
#![allow(clippy::unwrap_used, reason = "a test may")]

use mailwire_imap::{CommandReader, Limits, ResponseReader};
use mailwire_testkit::feed::{bytewise, mutations};
use mailwire_testkit::invariants::imap;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const LINES: &[&str] = &[
    "a NOOP\r\n",
    "a LOGIN {3}\r\nabc {2+}\r\nde\r\n",
    "a IDLE\r\n",
    "DONE\r\n",
    "DONE{2+}\r\n",
    "a AUTHENTICATE PLAIN\r\n",
    "\r\n",
    "YQ==\r\n",
    "a APPEND x {7}\r\nmessage",
    "a APPEND x (\\Seen) {7+}\r\nmes\nage",
    "a APPEND {1}\r\nx \"date\" ~{6}\r\nab\0def",
    " {5+}\r\n12345",
    "a X \"{2+}\r\n",
    "a X \"\\\"{2}\r\n",
    "{1+}\r\n",
    "{99999999999999999999}\r\n",
    "{18+}\r\n",
    "a {0}\r\n",
    " {00000000000000000000000000000000000003+}\r\n",
    "\r",
    "\n",
    "\0",
    "\"",
    " ",
    "}",
    "{1",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "a",
];

const ANSWERS: &[&str] = &[
    "* OK hello {11}\r\n",
    "*  OK two blanks {2}\r\n",
    "*\t3 FETCH (BODY[] {5}\r\n",
    "+ {3}\r\n",
    "a OK done {1}\r\n",
    "* NO [BADCHARSET ({3}\r\nabc \"x)\" {1}\r\nd)] no {9}\r\n",
    "* 1 EXISTS\r\n",
    "* 1 FETCH (BODY[] {5}\r\n12345)\r\n",
    "* 2 FETCH (BODY[HEADER.FIELDS ({4}\r\nDATE)] {6}\r\nDate: ",
    " UID 1 BINARY[1]<0> ~{5}\r\nab\0de",
    " RFC822 {6}\r\n123456",
    " X {6}\r\n123456",
    ")\r\n",
    "* LIST () \"/\" {5}\r\na\r\nb\n\r\n",
    "* LIST {0+}\r\n",
    "* X {-1}\r\n",
    "* X {smile}\r\n",
    "{60}\r\n",
    "\r",
    "\n",
    "\0",
    "(",
    "[",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "* ",
    " {00000000000000000000000000000000000003}\r\n",
];

fn sorted(cuts: &[Index], len: usize) -> Vec<usize> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(len + 1)).collect();
    cuts.sort_unstable();
    cuts
}

fn limits() -> impl Strategy<Value = Limits> {
    select(vec![Limits::DEFAULT, imap::SMALL, imap::SMALL.with_line(16).with_response(20)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn commands(lines in vec(select(LINES), 0..12), cuts in vec(any::<Index>(), 0..9), limits in limits()) {
        let stream = lines.concat().into_bytes();
        let twin = imap::naive_commands(&stream, limits);
        prop_assert_eq!(imap::commands(&stream, limits, &sorted(&cuts, stream.len())), twin.clone());
        prop_assert_eq!(imap::commands(&stream, limits, &bytewise(stream.len())), twin);
    }

    #[test]
    fn responses(lines in vec(select(ANSWERS), 0..12), cuts in vec(any::<Index>(), 0..9), limits in limits()) {
        let stream = lines.concat().into_bytes();
        let twin = imap::naive_responses(&stream, limits);
        prop_assert_eq!(imap::responses(&stream, limits, &sorted(&cuts, stream.len())), twin.clone());
        prop_assert_eq!(imap::responses(&stream, limits, &bytewise(stream.len())), twin);
    }
}

#[test]
fn damaged_streams_equal_the_naive_twin() {
    for stream in mutations(LINES.concat().as_bytes()).step_by(3) {
        assert_eq!(
            imap::commands(&stream, imap::SMALL, &bytewise(stream.len())),
            imap::naive_commands(&stream, imap::SMALL)
        );
    }
    for stream in mutations(ANSWERS.concat().as_bytes()).step_by(3) {
        assert_eq!(
            imap::responses(&stream, imap::SMALL, &bytewise(stream.len())),
            imap::naive_responses(&stream, imap::SMALL)
        );
    }
}

const _: () = {
    const fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<CommandReader>();
    anywhere::<ResponseReader>();
};
