//! Which mechanism is taken.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use mailwire_sasl::{Channel, ChannelBinding, Credentials, Mechanism, choose};
use std::collections::HashSet;

const ALL: &str = "ANONYMOUS CRAM-MD5 login Plain NTLM bad=name SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS \
    XOAUTH2 OAUTHBEARER EXTERNAL GSSAPI DIGEST-MD5";

fn chosen(offered: &str, channel: Channel, credentials: &Credentials) -> Option<String> {
    let names = offered.split(' ').map(str::as_bytes);
    choose(names, channel, credentials).map(|mechanism| mechanism.as_str().to_owned())
}

/// Takes the best, then the best of what is left, and so on.
fn ranking(channel: Channel, credentials: &Credentials) -> String {
    let mut left: Vec<_> = ALL.split(' ').collect();
    let mut taken = Vec::new();
    while let Some(best) = chosen(&left.join(" "), channel, credentials) {
        left.retain(|name| *name != best);
        taken.push(best);
    }
    taken.join(" ")
}

#[test]
fn passwords() {
    let plain = Credentials::password("user", "pencil");
    let nonce = plain.clone().with_nonce("client+nonce+0000");
    let bound = nonce.clone().with_channel_binding(ChannelBinding::tls_exporter(b"x").unwrap());
    let clear = if cfg!(feature = "cram-md5") { "CRAM-MD5" } else { "" };
    let join = |words: &str| format!("{words} {clear}").trim().to_owned();
    for channel in [Channel::Tls, Channel::Trusted] {
        assert_eq!(ranking(channel, &plain), join("Plain login"));
        assert_eq!(ranking(channel, &nonce), join("SCRAM-SHA-256 SCRAM-SHA-1 Plain login"));
        assert_eq!(
            ranking(channel, &bound),
            join("SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 Plain login")
        );
        assert_eq!(ranking(channel, &plain.clone().with_authzid("other")), "Plain");
    }
    assert_eq!(ranking(Channel::Plaintext, &plain), clear);
    assert_eq!(ranking(Channel::Plaintext, &nonce), join("SCRAM-SHA-256 SCRAM-SHA-1"));
    let derived = Credentials::derived("user").with_nonce("client+nonce+0000");
    assert_eq!(ranking(Channel::Tls, &derived), "SCRAM-SHA-256 SCRAM-SHA-1");
}

#[test]
fn each_kind_of_credentials_meets_its_own() {
    let token = Credentials::token("user", "token");
    assert_eq!(ranking(Channel::Tls, &token), "OAUTHBEARER XOAUTH2");
    assert_eq!(ranking(Channel::Plaintext, &token), "");
    assert_eq!(ranking(Channel::Plaintext, &Credentials::external()), "EXTERNAL");
    assert_eq!(ranking(Channel::Plaintext, &Credentials::anonymous("")), "ANONYMOUS");
    assert!(ranking(Channel::Tls, &Credentials::relayed()).starts_with("NTLM GSSAPI DIGEST-MD5"));
    assert_eq!(chosen("", Channel::Tls, &token), None);
}

#[test]
fn names_are_equal_without_regard_to_case() {
    let mut names = HashSet::from([Mechanism::PLAIN]);
    assert!(!names.insert(Mechanism::new(b"plAin").unwrap()));
    assert!(names.insert(Mechanism::new(b"PLAINX").unwrap()));
    for bad in [b"".as_slice(), b"A B", b"A=B", b"\xff", b"ABCDEFGHIJKLMNOPQRSTU", b"A\0"] {
        assert!(Mechanism::new(bad).is_err());
    }
    assert!(Mechanism::new(b"scram-sha-256").unwrap().is_supported());
    assert!(!Mechanism::new(b"NTLM").unwrap().is_supported());
    assert!(Mechanism::new(b"xoauth2").unwrap().reveals_secret());
    assert!(!Mechanism::SCRAM_SHA_1.reveals_secret());
}
