//! Addresses in every dialect, paths and links.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::dialects(bytes));
