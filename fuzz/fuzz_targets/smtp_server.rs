//! A client that says anything to SMTP's server.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::smtp_server(bytes));
