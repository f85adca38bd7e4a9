//! Names and passwords that are not ASCII.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![cfg(feature = "saslprep")]

use mailwire_sasl::{Client, ClientStep, Credentials, Mechanism, SaslError, saslprep};

/// RFC 4013 §3.
#[test]
fn examples_of_the_standard() {
    for (text, wanted) in [
        ("I\u{ad}X", Some("IX")),
        ("user", Some("user")),
        ("USER", Some("USER")),
        ("\u{aa}", Some("a")),
        ("\u{2168}", Some("IX")),
        ("\u{7}", None),
        ("\u{627}\u{31}", None),
        ("a\u{a0}b", Some("a b")),
        ("\u{ad}", None),
        ("", Some("")),
        ("\u{221}", None),
    ] {
        let prepared = saslprep(text).ok();
        assert_eq!(prepared.as_deref(), wanted, "{text:?}");
    }
}

/// The feature changes nothing: only who asks gets it.
#[test]
fn only_who_asks_gets_it() {
    let first = |credentials| {
        let Ok(ClientStep::Send(message)) = Client::new(Mechanism::PLAIN, credentials).unwrap().step(None)
        else {
            panic!()
        };
        message.into_octets()
    };
    let credentials = Credentials::password("\u{2168}", "p\u{aa}ss").with_authzid("o\u{ad}ther");
    assert_eq!(first(credentials.clone()), "o\u{ad}ther\0\u{2168}\0p\u{aa}ss".as_bytes());
    assert_eq!(first(credentials.prepared().unwrap()), b"other\0IX\0pass");
    let bad = Credentials::password("x", "\u{7}").prepared();
    assert!(matches!(bad, Err(SaslError::Invalid(_))));
}
