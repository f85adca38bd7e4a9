//! Stored indexes: any bytes as an index, and a mail that it may fit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::attach(bytes));
