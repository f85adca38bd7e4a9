//! What an SMTP server says.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_reply(bytes));
