//! The seeds of the fuzz targets, damaged at random: what a fuzzer finds first is found here.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

use mailwire_testkit::invariants::{imap_command, imap_response, imap_values};
use mailwire_testkit::random::Random;

const PIECES: &[&[u8]] = &[
    b"(",
    b")",
    b"\"",
    b" ",
    b"NIL",
    b"{1}\r\n",
    b"\r\n",
    b"\\",
    b"\0",
    b"0",
    b"-1",
    b"[",
    b"]",
    b"\xfc",
    b"{",
    b"}",
    b"\r",
    b"()",
    b"* OK [",
    b"~{2}\r\n",
    b"1.5e3",
    b",",
    b":",
    b"*",
    b"<",
    b">",
    b"\"\"",
    b"  ",
    b"BODY[",
    b"{0}\r\n",
];

fn damaged(seeds: &[Vec<u8>], rounds: usize, run: fn(&[u8])) {
    let mut random = Random::new(7);
    for round in 0..rounds {
        let mut input = seeds[round % seeds.len()].clone();
        for _ in 0..=random.below(4) {
            let at = random.below(input.len() + 1);
            match random.below(4) {
                0 if at < input.len() => {
                    input.remove(at);
                }
                1 => {
                    let end = (at + random.below(12)).min(input.len());
                    input.drain(at..end);
                }
                2 => {
                    let other = &seeds[random.below(seeds.len())];
                    let from = random.below(other.len() + 1);
                    let end = (from + random.below(20)).min(other.len());
                    input.splice(at..at, other[from..end].iter().copied());
                }
                _ => {
                    let piece = PIECES[random.below(PIECES.len())];
                    input.splice(at..at, piece.iter().copied());
                }
            }
        }
        assert!(std::panic::catch_unwind(|| run(&input)).is_ok(), "round {round}: {}", input.escape_ascii());
    }
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/../../fuzz/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// More of them: `MAILWIRE_ROUNDS=1000000`.
fn rounds() -> usize {
    std::env::var("MAILWIRE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3000)
}

#[test]
fn damaged_responses() {
    damaged(&seeds("imap_response"), rounds(), imap_response);
}

#[test]
fn damaged_commands() {
    damaged(&seeds("imap_command"), rounds(), imap_command);
}

#[test]
fn damaged_values() {
    damaged(&seeds("imap_values"), rounds() * 4, imap_values);
}

/// What a fuzzer has found is among them.
#[test]
fn seeds_as_they_are() {
    for seed in seeds("imap_response") {
        imap_response(&seed);
    }
    for seed in seeds("imap_command") {
        imap_command(&seed);
    }
    for seed in seeds("imap_values") {
        imap_values(&seed);
    }
}
