//! SMTP's client, and a server that says anything.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_client(bytes));
