//! Commands, and the lines of SASL exchanges between them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::pop3_command(bytes));
