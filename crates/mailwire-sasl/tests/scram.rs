//! The examples of the standards for SCRAM, octet for octet, and messages that are none.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![cfg(feature = "scram")]

mod steps;

use mailwire_sasl::scram::{Hash, SaltedPassword, StoredKeys};
use mailwire_sasl::server::{Answer, Need};
use mailwire_sasl::{
    ChannelBinding, Client, ClientStep, Config, Credentials, Mechanism, SaslError, Server, client,
};
use steps::{challenge, done, need, sent};

struct Scram {
    mechanism: Mechanism<'static>,
    hash: Hash,
    client_nonce: &'static str,
    server_nonce: &'static str,
    salt: &'static [u8],
    messages: [&'static str; 4],
}

/// RFC 5802 §5 and RFC 7677 §3.
const SCRAM: [Scram; 2] = [
    Scram {
        mechanism: Mechanism::SCRAM_SHA_1,
        hash: Hash::Sha1,
        client_nonce: "fyko+d2lbbFgONRv9qkxdawL",
        server_nonce: "3rfcNHYJY1ZVvWVs7j",
        salt: b"A%\xc2G\xe4:\xb1\xe9<m\xffv",
        messages: [
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
        ],
    },
    Scram {
        mechanism: Mechanism::SCRAM_SHA_256,
        hash: Hash::Sha256,
        client_nonce: "rOprNGfwEbeRWgbNEkqO",
        server_nonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        salt: b"[m\x99h\x9d\x12\x35\x8e\xec\xa0K\x14\x12\x36\xfa\x81",
        messages: [
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ],
    },
];

#[test]
fn scram_clients() {
    for Scram { mechanism, client_nonce, messages: [first, greeting, proof, verifier], .. } in SCRAM {
        let credentials = Credentials::password("user", "pencil").with_nonce(client_nonce);
        let mut client = Client::new(mechanism, credentials).unwrap();
        assert_eq!(sent(client.step(None)), first.as_bytes());
        assert_eq!(sent(client.step(Some(greeting.as_bytes()))), proof.as_bytes());
        assert_eq!(sent(client.step(Some(verifier.as_bytes()))), b"");
        client.succeeded(None).unwrap();
    }
}

/// Protocols that have a place for it send the verifier with their success.
#[test]
fn scram_verifiers_that_come_with_success() {
    for Scram { mechanism, client_nonce, messages: [_, greeting, _, verifier], .. } in SCRAM {
        for data in [verifier.to_owned(), format!("{verifier},x=optional")] {
            let credentials = Credentials::password("user", "pencil").with_nonce(client_nonce);
            let mut client = Client::new(mechanism, credentials).unwrap();
            client.step(None).unwrap();
            client.step(Some(greeting.as_bytes())).unwrap();
            client.succeeded(Some(data.as_bytes())).unwrap();
        }
    }
}

#[test]
fn scram_keys_that_are_derived_elsewhere() {
    for Scram { mechanism, hash, client_nonce, salt, messages: [first, greeting, proof, verifier], .. } in
        SCRAM
    {
        let mut client =
            Client::new(mechanism, Credentials::derived("user").with_nonce(client_nonce)).unwrap();
        assert_eq!(sent(client.step(None)), first.as_bytes());
        let Ok(ClientStep::NeedKey(request)) = client.step(Some(greeting.as_bytes())) else { panic!() };
        assert_eq!((request.hash, request.salt.as_slice(), request.iterations), (hash, salt, 4096));
        assert!(matches!(client.step(Some(b"")), Err(SaslError::Usage(_))), "an answer is awaited");
        let other = if hash == Hash::Sha1 { Hash::Sha256 } else { Hash::Sha1 };
        let wrong = SaltedPassword::derive(other, b"pencil", salt, 1);
        assert!(matches!(client.provide(client::ClientAnswer::Key(wrong)), Err(SaslError::Usage(_))));
        let key = request.derive(b"pencil");
        let key = SaltedPassword::from_octets(hash, key.expose()).unwrap();
        assert_eq!(sent(client.provide(client::ClientAnswer::Key(key))), proof.as_bytes());
        assert_eq!(sent(client.step(Some(verifier.as_bytes()))), b"");
        client.succeeded(None).unwrap();
    }
}

#[test]
fn scram_servers() {
    for Scram { mechanism, hash, server_nonce, salt, messages: [first, greeting, proof, verifier], .. } in
        SCRAM
    {
        for initial in [true, false] {
            let mut server = Server::new(mechanism, Config::default().with_nonce(server_nonce)).unwrap();
            if !initial {
                assert_eq!(challenge(server.step(None)), b"");
            }
            let Need::Keys { authcid, authzid, hash: asked, .. } = need(server.step(Some(first.as_bytes())))
            else {
                panic!()
            };
            assert_eq!((authcid.as_str(), authzid, asked), ("user", None, hash));
            let keys = StoredKeys::derive(hash, b"pencil", salt, 4096).unwrap();
            let kept = StoredKeys::new(hash, salt, 4096, keys.stored_key(), keys.server_key()).unwrap();
            assert_eq!(challenge(server.provide(Answer::Keys(kept))), greeting.as_bytes());
            assert_eq!(challenge(server.step(Some(proof.as_bytes()))), verifier.as_bytes());
            assert_eq!(done(server.step(Some(b""))), (Some("user".to_owned()), None));
        }
    }
}

/// Who isn't there gets the same messages as who is, and the same error as with a wrong password.
#[test]
fn scram_users_who_are_not_there() {
    for Scram { mechanism, hash, server_nonce, salt, messages: [first, greeting, proof, _], .. } in SCRAM {
        let known = StoredKeys::derive(hash, b"pencil", salt, 4096).unwrap();
        let others = [
            StoredKeys::unknown(hash, salt, 4096).unwrap(),
            known.refused(),
            StoredKeys::derive(hash, b"pencils", salt, 4096).unwrap(),
        ];
        for keys in others {
            let mut server = Server::new(mechanism, Config::default().with_nonce(server_nonce)).unwrap();
            need(server.step(Some(first.as_bytes())));
            assert_eq!(challenge(server.provide(Answer::Keys(keys))), greeting.as_bytes());
            assert_eq!(server.step(Some(proof.as_bytes())).unwrap_err(), SaslError::Refused);
        }
    }
}

#[test]
fn scram_errors_that_the_server_names() {
    for Scram { mechanism, client_nonce, messages: [_, greeting, ..], .. } in SCRAM {
        let credentials = Credentials::password("user", "pencil").with_nonce(client_nonce);
        let mut client = Client::new(mechanism, credentials).unwrap();
        client.step(None).unwrap();
        client.step(Some(greeting.as_bytes())).unwrap();
        assert_eq!(client.step(Some(b"e=invalid-proof,x=y")).unwrap_err(), SaslError::Refused);
        assert_eq!(client.refusal(), Some(b"invalid-proof".as_slice()));
        assert_eq!(client.succeeded(None), Err(SaslError::Refused));
    }
}

/// No standard has an example with a binding, so the messages are built here by hand: `c=` is the header and the octets.
#[test]
fn scram_bound_to_its_channel() {
    let binding = || ChannelBinding::tls_exporter(b"0123456789").unwrap();
    let credentials = Credentials::password("us=er,", "pencil")
        .with_authzid("a,b")
        .with_nonce("rOprNGfwEbeRWgbNEkqO")
        .with_channel_binding(binding());
    let mut client = Client::new(Mechanism::SCRAM_SHA_256_PLUS, credentials).unwrap();
    let first = sent(client.step(None));
    assert_eq!(first, b"p=tls-exporter,a=a=2Cb,n=us=3Der=2C,r=rOprNGfwEbeRWgbNEkqO");
    let config = Config::default().with_nonce("3rfcNHYJY1ZVvWVs7j").with_channel_binding(binding());
    let mut server = Server::new(Mechanism::SCRAM_SHA_256_PLUS, config).unwrap();
    let Need::Keys { authcid, authzid, hash, .. } = need(server.step(Some(&first))) else { panic!() };
    assert_eq!((authcid.as_str(), authzid.as_deref()), ("us=er,", Some("a,b")));
    let keys = StoredKeys::derive(hash, b"pencil", b"salt", 4096).unwrap();
    let greeting = challenge(server.provide(Answer::Keys(keys)));
    let proof = sent(client.step(Some(&greeting)));
    // base64 of `p=tls-exporter,a=a=2Cb,0123456789`
    assert!(proof.starts_with(b"c=cD10bHMtZXhwb3J0ZXIsYT1hPTJDYiwwMTIzNDU2Nzg5,r="));
    let verifier = challenge(server.step(Some(&proof)));
    assert_eq!(sent(client.step(Some(&verifier))), b"");
    assert_eq!(done(server.step(Some(b""))), (Some("us=er,".to_owned()), Some("a,b".to_owned())));
    client.succeeded(None).unwrap();
}

#[test]
fn scram_first_messages() {
    let bad = [
        "",
        "n",
        "n,",
        "n,,",
        "x,,n=user,r=abc",
        "N,,n=user,r=abc",
        "n,b=x,n=user,r=abc",
        "n,a=,n=user,r=abc",
        "n,a=x=y,n=user,r=abc",
        "n,,n=,r=abc",
        "n,,n=a=b,r=abc",
        "n,,n=a=2c,r=abc",
        "n,,n=user",
        "n,,n=user,r=",
        "n,,n=user,r=a b",
        "n,,n=user,r=ä",
        "n,,r=abc,n=user",
        "n,,m=x,n=user,r=abc",
        "n,,n=user,r=abc,m=x",
        "n,,n=user,r=abc,",
        "n,,n=user,r=abc,x",
        "n,,n=user,r=abc,x=",
        "n,,n=user,r=abc,1=x",
        "n,,n=user,r=abc,xy=z",
        "n,,n=us\0er,r=abc",
        "n,a=us\0er,n=user,r=abc",
        "p=,,n=user,r=abc",
        "p=a_b,,n=user,r=abc",
    ];
    for message in bad {
        let mut server =
            Server::new(Mechanism::SCRAM_SHA_1, Config::default().with_nonce("3rfcNHYJY1ZVvWVs7j")).unwrap();
        let error = server.step(Some(message.as_bytes())).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_)), "{message:?}: {error}");
    }
    let mut server =
        Server::new(Mechanism::SCRAM_SHA_1, Config::default().with_nonce("3rfcNHYJY1ZVvWVs7j")).unwrap();
    need(server.step(Some(b"n,,n=user,r=abc,x=optional,y=too")));
}

#[test]
fn scram_greetings() {
    let nonce = "rOprNGfwEbeRWgbNEkqO";
    let good = format!("r={nonce}x,s=QSXCR+Q6sek8bf92,i=4096,x=optional");
    let bad = [
        "",
        "r=",
        "e=no-resources",
        "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=QSXCR+Q6sek8bf92,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=QSXCR+Q6sek8bf92,i=4096",
        "r=ROprNGfwEbeRWgbNEkqOx,s=QSXCR+Q6sek8bf92,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSX,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXCR-Q6sek8bf92,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSW=,i=",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=+4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=04096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=-1",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=4096,",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=4096,m=x",
        "s=QSXC,r=rOprNGfwEbeRWgbNEkqOx,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx y,s=QSXC,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSX=,i=4096",
    ];
    let client = || {
        let credentials = Credentials::password("user", "pencil").with_nonce(nonce);
        let mut client = Client::new(Mechanism::SCRAM_SHA_1, credentials).unwrap();
        client.step(None).unwrap();
        client
    };
    sent(client().step(Some(good.as_bytes())));
    for message in bad {
        let mut client = client();
        let error = client.step(Some(message.as_bytes())).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_)), "{message:?}: {error}");
        assert_eq!(client.step(Some(good.as_bytes())).unwrap_err(), error, "an error stays");
    }
}
