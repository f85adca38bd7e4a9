//! Nothing grows, and nothing that can't be sent is taken.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::server::Answer;
use mailwire_sasl::{
    ChannelBinding, Client, ClientStep, Config, Credentials, Limits, Mechanism, SaslError, Server,
};
use mailwire_testkit::sasl::{MECHANISMS, User, config};

#[test]
fn long_messages_are_refused() {
    let long = vec![b'x'; Limits::default().message + 1];
    for &mechanism in MECHANISMS {
        let mut server = Server::new(mechanism, config(mechanism)).unwrap();
        assert_eq!(server.step(Some(&long)).unwrap_err(), SaslError::TooLong);
        assert_eq!(server.step(Some(b"")).unwrap_err(), SaslError::TooLong);
        let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
        client.step(None).unwrap();
        assert_eq!(client.step(Some(&long)).unwrap_err(), SaslError::TooLong);
        let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
        assert_eq!(client.succeeded(Some(&long)), Err(SaslError::TooLong));
    }
}

#[test]
fn relays_do_not_go_on_for_ever() {
    let name = Mechanism::new(b"NTLM").unwrap();
    let limits = Limits::default().with_messages(3);
    let mut client = Client::new(name, Credentials::relayed()).unwrap().with_limits(limits);
    let mut server = Server::new(name, Config::default().with_limits(limits).relayed()).unwrap();
    for _ in 0..3 {
        client.step(Some(b"x")).unwrap();
        client.provide(ClientAnswer::Response(vec![])).unwrap();
        server.step(Some(b"x")).unwrap();
        server.provide(Answer::Challenge(vec![])).unwrap();
    }
    assert_eq!(client.step(Some(b"x")).unwrap_err(), SaslError::TooLong);
    assert_eq!(server.step(Some(b"x")).unwrap_err(), SaslError::TooLong);
}

#[test]
fn iterations_have_a_floor_and_a_ceiling() {
    for (iterations, right) in [
        ("1", false),
        ("4095", false),
        ("4096", true),
        ("5000", true),
        ("5001", false),
        ("4294967295", false),
        ("4294967296", false),
        ("99999999999999999999999", false),
    ] {
        let credentials = Credentials::derived("user").with_nonce("client+nonce+0000");
        let limits = Limits::default().with_max_iterations(5_000);
        let mut client = Client::new(Mechanism::SCRAM_SHA_256, credentials).unwrap().with_limits(limits);
        client.step(None).unwrap();
        let greeting = format!("r=client+nonce+0000x,s=QSXC,i={iterations}");
        match client.step(Some(greeting.as_bytes())) {
            Ok(ClientStep::NeedKey(_)) => assert!(right, "{iterations}"),
            Err(error) => assert_eq!((error, right), (SaslError::Iterations, false), "{iterations}"),
            step => panic!("{step:?}"),
        }
    }
}

#[test]
fn credentials_that_can_not_be_sent() {
    let nonce = "client+nonce+0000";
    let binding = || ChannelBinding::tls_exporter(b"x").unwrap();
    let plus = Mechanism::SCRAM_SHA_1_PLUS;
    let bad = [
        (Mechanism::PLAIN, Credentials::password("", "x")),
        (Mechanism::PLAIN, Credentials::password("x", "")),
        (Mechanism::PLAIN, Credentials::password("x\0", "x")),
        (Mechanism::PLAIN, Credentials::password("x", "x\0")),
        (Mechanism::PLAIN, Credentials::password("x", "x").with_authzid("\0")),
        (Mechanism::PLAIN, Credentials::token("x", "x")),
        (Mechanism::LOGIN, Credentials::external()),
        (Mechanism::LOGIN, Credentials::password("x", "x").with_authzid("y")),
        (Mechanism::EXTERNAL, Credentials::password("x", "x")),
        (Mechanism::EXTERNAL, Credentials::external().with_authzid("\0")),
        (Mechanism::ANONYMOUS, Credentials::external()),
        (Mechanism::ANONYMOUS, Credentials::anonymous("a\nb")),
        (Mechanism::ANONYMOUS, Credentials::anonymous(&"x".repeat(256))),
        (Mechanism::XOAUTH2, Credentials::token("", "x")),
        (Mechanism::XOAUTH2, Credentials::token("x\u{1}", "x")),
        (Mechanism::XOAUTH2, Credentials::token("x", "x\u{1}auth=Bearer y")),
        (Mechanism::OAUTHBEARER, Credentials::token("x\u{1}", "x")),
        (Mechanism::OAUTHBEARER, Credentials::token("x", "x y")),
        (Mechanism::OAUTHBEARER, Credentials::token("x", "x").with_server("a b", 1)),
        (Mechanism::OAUTHBEARER, Credentials::password("x", "x")),
        (Mechanism::SCRAM_SHA_1, Credentials::password("x", "x")),
        (Mechanism::SCRAM_SHA_1, Credentials::password("x", "x").with_nonce("short")),
        (Mechanism::SCRAM_SHA_1, Credentials::password("x", "x").with_nonce("with,comma+0000000")),
        (Mechanism::SCRAM_SHA_1, Credentials::password("x", "x").with_nonce("with space+0000000")),
        (Mechanism::SCRAM_SHA_1, Credentials::password("", "x").with_nonce(nonce)),
        (Mechanism::SCRAM_SHA_1, Credentials::derived("").with_nonce(nonce)),
        (plus, Credentials::password("x", "x").with_nonce(nonce)),
        (plus, Credentials::external().with_nonce(nonce).with_channel_binding(binding())),
    ];
    for (mechanism, credentials) in bad {
        let error = Client::new(mechanism, credentials.clone()).err();
        let right = matches!(error, Some(SaslError::Missing(_) | SaslError::Invalid(_)));
        assert!(right, "{mechanism} of {credentials:?}: {error:?}");
    }
    assert!(
        Client::new(plus, Credentials::password("x", "x").with_nonce(nonce).with_channel_binding(binding()))
            .is_ok()
    );
    assert!(ChannelBinding::tls_unique(b"").is_err());
    assert!(ChannelBinding::new("a b", b"x").is_err());
    assert!(ChannelBinding::new("", b"x").is_err());
    assert_eq!(ChannelBinding::new("tls-new.1", b"x").unwrap().name(), "tls-new.1");
}

#[test]
fn servers_without_what_they_need() {
    let missing = Server::new(Mechanism::SCRAM_SHA_1, Config::default()).unwrap_err();
    assert_eq!(missing, SaslError::Missing("a nonce"));
    assert!(Server::new(Mechanism::SCRAM_SHA_1, Config::default().with_nonce("x,y+z+a+b+c+d+e+f")).is_err());
    let config = Config::default().with_nonce("server+nonce+0000");
    let missing = Server::new(Mechanism::SCRAM_SHA_1_PLUS, config).unwrap_err();
    assert_eq!(missing, SaslError::Missing("a channel binding"));
    #[cfg(feature = "cram-md5")]
    {
        let missing = Server::new(Mechanism::CRAM_MD5, Config::default()).unwrap_err();
        assert_eq!(missing, SaslError::Missing("a challenge"));
        for bad in ["", "x", "<x", "<a b>", "<a\r\nb>"] {
            assert!(Server::new(Mechanism::CRAM_MD5, Config::default().with_challenge(bad)).is_err());
        }
    }
}
