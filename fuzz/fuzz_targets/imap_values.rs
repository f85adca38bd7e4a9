//! Values of IMAP made by hand: names, sets, words, codes, raw values.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::imap_values(bytes));
