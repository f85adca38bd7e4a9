//! SCRAM-SHA-256 as RFC 5802 §3 writes it down, slowly, against the exchanges.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![cfg(feature = "scram")]

mod steps;

use mailwire_sasl::scram::{Hash, SaltedPassword, StoredKeys};
use mailwire_sasl::server::Answer;
use mailwire_sasl::{Client, Config, Credentials, Mechanism, SaslError, Server};
use mailwire_testkit::sasl::limits;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use steps::{challenge, done, need, sent};

fn h(octets: &[u8]) -> Vec<u8> {
    Sha256::digest(octets).to_vec()
}

/// RFC 2104 §2.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { h(key) } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |byte: u8| block.iter().map(|key| key ^ byte).collect::<Vec<_>>();
    h(&[pad(0x5c), h(&[pad(0x36).as_slice(), text].concat())].concat())
}

fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(one, other)| one ^ other).collect()
}

/// `Hi(str, salt, i)`.
fn hi(password: &[u8], salt: &[u8], iterations: u32) -> Vec<u8> {
    let mut u = hmac(password, &[salt, &[0, 0, 0, 1]].concat());
    let mut sum = u.clone();
    for _ in 1..iterations {
        u = hmac(password, &u);
        sum = xor(&sum, &u);
    }
    sum
}

fn base64(octets: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in octets.chunks(3) {
        let bits = three.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let byte = *DIGITS.get((bits >> (18 - 6 * digit) & 63) as usize).unwrap();
            out.push(if digit <= three.len() { char::from(byte) } else { '=' });
        }
    }
    out
}

/// The proof and the verifier of an `AuthMessage`.
fn proofs(salted: &[u8], message: &str) -> (String, String) {
    let client_key = hmac(salted, b"Client Key");
    let proof = xor(&client_key, &hmac(&h(&client_key), message.as_bytes()));
    (base64(&proof), base64(&hmac(&hmac(salted, b"Server Key"), message.as_bytes())))
}

const CLIENT: &str = "client+nonce+0000";
const SERVER: &str = "server+nonce+0000";

fn server() -> Server {
    let config = Config::default().with_nonce(SERVER).with_limits(limits());
    Server::new(Mechanism::SCRAM_SHA_256, config).unwrap()
}

proptest! {
    #[test]
    fn both_sides_are_as_it_is_written(
        password in "[^\\x00]{1,90}",
        salt in prop::collection::vec(any::<u8>(), 1..40),
        iterations in 1..5u32,
    ) {
        let salted = hi(password.as_bytes(), &salt, iterations);
        let derived = SaltedPassword::derive(Hash::Sha256, password.as_bytes(), &salt, iterations);
        prop_assert_eq!(derived.expose(), &salted);
        let keys = StoredKeys::of_salted(&derived, &salt, iterations).unwrap();
        prop_assert_eq!(keys.stored_key(), &h(&hmac(&salted, b"Client Key")));
        prop_assert_eq!(keys.server_key(), &hmac(&salted, b"Server Key"));

        let bare = format!("n=user,r={CLIENT}");
        let first = format!("r={CLIENT}{SERVER},s={},i={iterations}", base64(&salt));
        let last = format!("c=biws,r={CLIENT}{SERVER}");
        let (proof, verifier) = proofs(&salted, &format!("{bare},{first},{last}"));

        let credentials = Credentials::password("user", &password).with_nonce(CLIENT);
        let mut client = Client::new(Mechanism::SCRAM_SHA_256, credentials).unwrap().with_limits(limits());
        prop_assert_eq!(sent(client.step(None)), format!("n,,{bare}").into_bytes());
        prop_assert_eq!(sent(client.step(Some(first.as_bytes()))), format!("{last},p={proof}").into_bytes());
        client.succeeded(Some(format!("v={verifier}").as_bytes())).unwrap();

        let mut server = server();
        need(server.step(Some(format!("n,,{bare}").as_bytes())));
        prop_assert_eq!(challenge(server.provide(Answer::Keys(keys))), first.into_bytes());
        let answer = challenge(server.step(Some(format!("{last},p={proof}").as_bytes())));
        prop_assert_eq!(answer, format!("v={verifier}").into_bytes());
        done(server.step(Some(b"")));
    }
}

/// Who knows the password can sign anything; nonce and binding have to be those of this exchange nevertheless.
#[test]
fn what_is_signed_has_to_be_right_too() {
    let salted = hi(b"pencil", b"salt", 2);
    let bare = format!("n=user,r={CLIENT}");
    let first = format!("r={CLIENT}{SERVER},s={},i=2", base64(b"salt"));
    let wrong = SaslError::Malformed("the nonce of the challenge");
    for (last, expected) in [
        (format!("c=biws,r={CLIENT}{SERVER}"), None),
        (format!("c=biws,r={CLIENT}{SERVER},x=optional"), None),
        (format!("c=biws,r={CLIENT}{SERVER}x"), Some(wrong)),
        (format!("c=biws,r={CLIENT}"), Some(wrong)),
        (format!("c=biws,r={SERVER}"), Some(wrong)),
        (format!("c=eSws,r={CLIENT}{SERVER}"), Some(SaslError::ChannelBinding)),
        (format!("c=biwsAA==,r={CLIENT}{SERVER}"), Some(SaslError::ChannelBinding)),
        (
            format!("c=biws,r={CLIENT}{SERVER},m=x"),
            Some(SaslError::Malformed("no extension that must be understood")),
        ),
        (format!("c=biws,x=y,r={CLIENT}{SERVER}"), Some(SaslError::Malformed("a nonce"))),
    ] {
        let (proof, _) = proofs(&salted, &format!("{bare},{first},{last}"));
        let mut server = server();
        need(server.step(Some(format!("n,,{bare}").as_bytes())));
        let keys = StoredKeys::derive(Hash::Sha256, b"pencil", b"salt", 2).unwrap();
        challenge(server.provide(Answer::Keys(keys)));
        let step = server.step(Some(format!("{last},p={proof}").as_bytes()));
        assert_eq!(step.err(), expected, "{last}");
    }
}
