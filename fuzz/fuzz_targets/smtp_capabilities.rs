//! What the answer to EHLO announces.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_capabilities(bytes));
