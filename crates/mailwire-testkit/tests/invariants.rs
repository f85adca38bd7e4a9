//! Runs the invariants of the fuzz targets without a fuzzer: over the seeds (what was once a finding is one of them),
//! over hostile inputs, and over random ones.

use mailwire_message::{Index, Parser};
use mailwire_testkit::invariants::{TARGETS, attach_input};
use mailwire_testkit::{generate, stack, strategies};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn every_seed_keeps_the_invariants() {
    for (target, invariant) in TARGETS {
        let mut seeds = 0;
        for entry in fs::read_dir(fuzz().join("corpus").join(target)).unwrap() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            invariant(&fs::read(path).unwrap());
            seeds += 1;
        }
        assert!(seeds > 0, "{target} has no seeds");
    }
}

#[test]
fn hostile_inputs_keep_the_invariants_on_a_small_stack() {
    let mails = generate::MAILS.iter().chain(generate::MAILBOXES).map(|&(name, make)| (name, make));
    let others = generate::VALUES.iter().chain(generate::BODIES).map(|&(name, _, make)| (name, make));
    let html = generate::HTML.iter().map(|&(name, make)| (name, make));
    for (name, make) in mails.chain(others).chain(html) {
        let input = make(50_000);
        for (target, invariant) in TARGETS {
            println!("{target}: {name}");
            stack::small(|| invariant(&input));
        }
    }
}

/// The seeds of `attach` are what this version of the index makes of those of `message`: with `MAILWIRE_BLESS=1` new ones
/// are written, old ones never again. What was stored once must be read for ever.
#[test]
fn indexes_that_were_stored_still_fit() {
    let corpus = fuzz().join("corpus");
    for entry in fs::read_dir(corpus.join("message")).unwrap() {
        let path = entry.unwrap().path();
        let raw = fs::read(&path).unwrap();
        let seed = corpus.join("attach").join(path.file_name().unwrap());
        if !seed.exists() && env::var_os("MAILWIRE_BLESS").is_some() {
            let stored = Parser::new().index(&raw).to_bytes();
            fs::write(&seed, attach_input(&stored, &raw)).unwrap();
        }
        let Ok(input) = fs::read(&seed) else { continue };
        let (len, rest) = input.split_first_chunk().unwrap();
        let (stored, mail) = rest.split_at(usize::from(u16::from_be_bytes(*len)));
        assert_eq!(mail, raw, "{}", seed.display());
        let index = Index::from_bytes(stored).unwrap();
        assert_eq!(index.to_bytes(), stored);
        assert!(index.attach(mail).is_ok(), "{}", seed.display());
    }
}

proptest! {
    #[test]
    fn random_inputs_keep_the_invariants(
        bytes in strategies::bytes(),
        value in strategies::value(),
        mail in strategies::damaged(strategies::mail()),
    ) {
        for (_, invariant) in TARGETS {
            invariant(&bytes);
            invariant(&value);
            invariant(&mail);
        }
    }
}

/// A target without an invariant, a dictionary or a place in the list is not run by anybody.
#[test]
fn targets_are_the_same_everywhere() {
    let listed: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("fuzz_targets"), listed);
    assert_eq!(names("dict"), listed);
    assert_eq!(names("corpus"), listed);
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for name in listed {
        assert!(manifest.contains(&format!("\nname = \"{name}\"\n")), "fuzz/Cargo.toml has no {name}");
    }
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(fuzz().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}
