//! Authentications: hostile servers, hostile clients, and somebody in the middle.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::sasl(bytes));
