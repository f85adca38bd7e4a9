//! Commands of SMTP.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_command(bytes));
