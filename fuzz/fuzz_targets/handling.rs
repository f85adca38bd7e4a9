//! The small fields that say how to handle a message, and fields in groups.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::handling(bytes));
