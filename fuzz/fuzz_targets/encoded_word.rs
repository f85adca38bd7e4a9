//! Header values with encoded-words.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::encoded_word(bytes));
