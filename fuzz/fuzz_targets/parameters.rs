//! Parameters of content types and dispositions, extended and continued ones included.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::parameters(bytes));
