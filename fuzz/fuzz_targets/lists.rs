//! URIs and identifiers of mailing lists.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::lists(bytes));
