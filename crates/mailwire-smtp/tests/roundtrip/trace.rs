//! The trace line, read by its twin in the message crate's grammar as far as a test without that crate can: by its shape.

use mailwire_address::{Dialect, ForwardPath};
use mailwire_core::DateTime;
use mailwire_smtp::{ServerName, Stamp, Transmission};

fn stamp(peer: &str) -> Stamp<'static> {
    let date = DateTime::new(2024, 2, 29, 1, 2, 3, -330).unwrap();
    let name = ServerName::new("[IPv6:2001:db8::2]").unwrap();
    let by = ServerName::new("mx.example.org").unwrap();
    Stamp::new(name, peer.parse().unwrap(), by, Transmission::ESMTP.secured().authenticated(), date)
}

fn written(stamp: &Stamp<'_>) -> String {
    let mut out = Vec::new();
    stamp.encode(&mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn everything_is_said_in_order() {
    let path = ForwardPath::parse(b"<\"a b\"@example.com>", Dialect::SMTP).unwrap();
    let stamp = stamp("2001:db8::1")
        .with_host(ServerName::new("host.example").unwrap())
        .with_id("<1.2@example.org>")
        .unwrap()
        .with_recipient(path)
        .unwrap()
        .with_cipher_suite("TLS_AES_128_GCM_SHA256")
        .unwrap();
    assert_eq!(
        written(&stamp),
        "Received: from [IPv6:2001:db8::2] (host.example [IPv6:2001:db8::1])\r\n\
         \tby mx.example.org with ESMTPSA id <1.2@example.org>\r\n\
         \tfor <\"a b\"@example.com>\r\n\
         \ttls TLS_AES_128_GCM_SHA256;\r\n\
         \tThu, 29 Feb 2024 01:02:03 -0530\r\n"
    );
}

#[test]
fn nothing_can_be_injected() {
    for id in ["", "a b", "a\r\nb", "<a>", "<a@>", "<@b>", "<a@b\r\n>", "a(b", "<a@b@c>", "é"] {
        assert!(stamp("192.0.2.1").with_id(id).is_err(), "{id:?}");
    }
    for suite in ["", "A B", "A\r\nB", "A;B"] {
        assert!(stamp("192.0.2.1").with_cipher_suite(suite).is_err(), "{suite:?}");
    }
    for name in ["", "a b", "a\r\nb", "[", "[]", "[a]b]", "a(b)", "é.example", "[a\nb]", "a\0"] {
        assert!(ServerName::new(name).is_err(), "{name:?}");
    }
}

#[test]
fn the_words_are_the_registered_ones() {
    let mut words: Vec<&str> = Vec::new();
    for base in [Transmission::SMTP, Transmission::ESMTP, Transmission::LMTP] {
        for utf8 in [base, base.internationalized()] {
            for tls in [utf8, utf8.secured()] {
                words.extend([tls.as_str(), tls.authenticated().as_str()]);
            }
        }
    }
    words.dedup();
    assert_eq!(
        words.join(" "),
        "SMTP ESMTP ESMTPA ESMTPS ESMTPSA UTF8SMTP UTF8SMTPA UTF8SMTPS UTF8SMTPSA \
         LMTP LMTPA LMTPS LMTPSA UTF8LMTP UTF8LMTPA UTF8LMTPS UTF8LMTPSA"
    );
}
