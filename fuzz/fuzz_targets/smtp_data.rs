//! Bodies of SMTP, both ways.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_data(bytes));
