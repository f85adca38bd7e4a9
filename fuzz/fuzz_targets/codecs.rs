//! base64 and quoted-printable, there and back.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mailwire_testkit::invariants::codecs(bytes));
