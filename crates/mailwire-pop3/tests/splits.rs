//! Random streams of telling pieces, cut at random, against the naive twins.
#![allow(clippy::unwrap_used, reason = "a test may")]

use mailwire_pop3::leniency::{BareLf, EqualsSign};
use mailwire_pop3::{Command, CommandReader, Leniency, Limits, ResponseReader};
use mailwire_testkit::invariants::pop3;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const LINES: &[&str] = &[
    "STAT\r\n",
    "RETR 1\r\n",
    "PASS  a \r\n",
    "AUTH PLAIN\r\n",
    "AUTH PLAIN =\r\n",
    "YQ==\r\n",
    "=\r\n",
    "*\r\n",
    "XTND a\r\n",
    "\r\n",
    "\r",
    "\n",
    "\0",
    " ",
    "QUIT now\r\n",
    "PASS aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "a",
];

const ANSWERS: &[&str] = &[
    "+OK\r\n",
    "+OK 1 2\r\n",
    "-ERR [AUTH] no\r\n",
    "+ YQ==\r\n",
    "+ \r\n",
    "1 120\r\n",
    ".\r\n",
    "..\r\n",
    ".",
    "\r",
    "\n",
    "\0",
    "\r\n",
    "+ok\r\n",
    "+OK aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
    "TOP\r\n",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "-ERR\n",
];

const ASKED: &[&str] =
    &["LIST", "LIST 1", "UIDL", "CAPA", "AUTH", "AUTH PLAIN", "LANG", "RETR 1", "TOP 1 0", "STAT", "XTND"];

fn leniency() -> impl Strategy<Value = Leniency> {
    let ends = select(&[BareLf::Refuse, BareLf::Refuse, BareLf::EndsLine][..]);
    (ends, select(&[EqualsSign::Refuse, EqualsSign::Empty][..]))
        .prop_map(|(ends, equals)| Leniency::default().with_bare_lf(ends).with_equals_sign(equals))
}

fn limits() -> impl Strategy<Value = Limits> {
    select(&[Limits::DEFAULT, pop3::SMALL][..])
}

fn sorted(cuts: &[Index], len: usize) -> Vec<usize> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(len + 1)).collect();
    cuts.sort_unstable();
    cuts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn commands(lines in vec(select(LINES), 0..12), cuts in vec(any::<Index>(), 0..9), limits in limits(), leniency in leniency()) {
        let stream = lines.concat().into_bytes();
        let twin = pop3::naive_commands(&stream, limits, leniency);
        prop_assert_eq!(pop3::commands(&stream, limits, leniency, &sorted(&cuts, stream.len())), twin);
    }

    #[test]
    fn responses(
        asked in vec(select(ASKED), 0..6), lines in vec(select(ANSWERS), 0..20), cuts in vec(any::<Index>(), 0..9),
        limits in limits(), leniency in leniency(),
    ) {
        let asked: Vec<Command<'_>> = asked.iter().map(|line| Command::parse(line.as_bytes()).unwrap()).collect();
        let stream = ["+OK\r\n", &lines.concat()].concat().into_bytes();
        let twin = pop3::naive_responses(&stream, &asked, limits, leniency);
        prop_assert_eq!(pop3::responses(&stream, &asked, limits, leniency, &sorted(&cuts, stream.len())), twin);
    }
}

const _: () = {
    const fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<CommandReader>();
    anywhere::<ResponseReader>();
};
