//! Whole messages: structure, headers, bodies, defects.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::message(bytes));
