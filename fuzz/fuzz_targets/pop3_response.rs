//! Responses to the commands in front of them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::pop3_response(bytes));
