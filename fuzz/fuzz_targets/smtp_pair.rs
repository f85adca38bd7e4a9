//! SMTP's client and server over a wire that does them harm.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_pair(bytes));
