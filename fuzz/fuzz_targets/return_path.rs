//! Return paths.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::return_path(bytes));
