//! The mails that are read. A module of each target that reads them.

#![allow(dead_code, unreachable_pub, reason = "no target needs all of it")]

use mailwire_benches::work::Input;
use mailwire_testkit::{corpus, generate, mail};

/// Everything but the hostile: the real mails, then the made-up ones.
pub fn all() -> Vec<Input> {
    let mut all = real();
    all.extend(made_up());
    all
}

/// Small real mails with CRLF, then a cut through the corpus by size as its mails came; made-up small mails where
/// there is no corpus.
pub fn real() -> Vec<Input> {
    let Some(mails) = corpus::mails() else {
        println!("in place of small real mails: made-up ones");
        return vec![Input::new("small", small())];
    };
    let mut few = Vec::new();
    let mut classes: Vec<Vec<Vec<u8>>> = SIZES.iter().map(|_| Vec::new()).collect();
    for (name, mail) in mails {
        if name.contains("/stalwart-mail-parser/") {
            few.push(with_crlf(&mail));
        }
        if let Some(class) = SIZES.iter().position(|&(_, limit)| mail.len() < limit) {
            classes[class].push(mail);
        }
    }
    let mut inputs = vec![Input::new("small", few)];
    for ((name, _), mails) in SIZES.iter().zip(classes) {
        let step = mails.len().div_ceil(MOST);
        inputs.push(Input::new(*name, mails.into_iter().step_by(step).collect()));
    }
    inputs
}

/// The mails of every day at the sizes that are compared, and one that is deep.
pub fn made_up() -> Vec<Input> {
    let one = |name: &str, mail| Input::new(name, vec![mail]);
    vec![
        one("newsletter-47k", mail::newsletter(47_000)),
        one("attachment-10m", mail::attachment(10_000_000)),
        one("utf8-1m", mail::cyrillic_text(1_000_000)),
        one("ascii-1m", mail::ascii_text(1_000_000)),
        one("nested-100", mail::nested(100)),
    ]
}

/// A few small mails of different kinds.
pub fn small() -> Vec<Vec<u8>> {
    vec![
        mail::small_text(),
        mail::alternative_with_attachment(),
        mail::newsletter(3000),
        mail::attachment(2000),
        mail::cyrillic_text(1500),
        mail::nested(3),
    ]
}

/// Every hostile input as a mail, at n and at 4n.
pub fn hostile(n: usize) -> Vec<Input> {
    let make = |size: usize, times: &'static str| {
        generate::all_as_mails(size)
            .map(move |(name, mail)| Input::new(format!("hostile/{name}/{times}"), vec![mail]))
    };
    make(n, "n").zip(make(4 * n, "4n")).flat_map(|(small, large)| [small, large]).collect()
}

/// Classes of size: a name, and the size that is too large for it.
const SIZES: &[(&str, usize)] = &[
    ("corpus-2k", 2 << 10),
    ("corpus-8k", 8 << 10),
    ("corpus-32k", 32 << 10),
    ("corpus-128k", 128 << 10),
    ("corpus-more", usize::MAX),
];

/// Mails of one class, at most: evenly taken, and few enough that a round is short.
const MOST: usize = 200;

fn with_crlf(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + mail.len() / 30);
    let mut last = 0;
    for &byte in mail {
        if byte == b'\n' && last != b'\r' {
            out.push(b'\r');
        }
        out.push(byte);
        last = byte;
    }
    out
}
