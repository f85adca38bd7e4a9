//! Runs the invariants of the fuzz targets without a fuzzer: over the seeds (what was once a finding is one of them),
//! over hostile inputs, and over random ones.

use mailwire_testkit::invariants::TARGETS;
use mailwire_testkit::{generate, stack, strategies};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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
    for (name, make) in mails.chain(others) {
        let input = make(50_000);
        for (target, invariant) in TARGETS {
            println!("{target}: {name}");
            stack::small(|| invariant(&input));
        }
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
