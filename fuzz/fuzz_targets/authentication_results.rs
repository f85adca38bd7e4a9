//! Authentication results and their properties.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::authentication_results(bytes));
