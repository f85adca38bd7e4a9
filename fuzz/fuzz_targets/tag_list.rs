//! Tag lists, signatures and seals.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::tag_list(bytes));
