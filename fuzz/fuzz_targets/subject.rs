//! Subjects, and what they are about.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::subject(bytes));
