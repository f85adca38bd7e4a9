//! Charsets: a label, a line end, and bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::charsets(bytes));
