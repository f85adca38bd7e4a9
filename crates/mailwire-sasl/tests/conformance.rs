//! The examples of the standards, octet for octet, on both sides.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod steps;

use mailwire_sasl::server::{Answer, Need, TokenError};
use mailwire_sasl::{Client, ClientStep, Config, Credentials, Mechanism, SaslError, Server, client};
use steps::{challenge, done, need, sent};

/// RFC 4616 §4.
#[test]
fn plain() {
    let mut client = Client::new(Mechanism::PLAIN, Credentials::password("tim", "tanstaaftanstaaf")).unwrap();
    let message = sent(client.step(Some(b"")));
    assert_eq!(message, b"\0tim\0tanstaaftanstaaf");
    let mut server = Server::new(Mechanism::PLAIN, Config::default()).unwrap();
    assert_eq!(challenge(server.step(None)), b"");
    let Need::Password { authcid, authzid, password, .. } = need(server.step(Some(&message))) else {
        panic!()
    };
    assert_eq!((authcid.as_str(), authzid, password.expose()), ("tim", None, b"tanstaaftanstaaf".as_slice()));
    assert_eq!(done(server.provide(Answer::Accept)), (Some("tim".to_owned()), None));
    client.succeeded(None).unwrap();

    let credentials = Credentials::password("Kurt", "xipj3plmq").with_authzid("Ursel");
    let mut client = Client::new(Mechanism::PLAIN, credentials).unwrap();
    let message = sent(client.step(None));
    assert_eq!(message, b"Ursel\0Kurt\0xipj3plmq");
    let mut server = Server::new(Mechanism::PLAIN, Config::default()).unwrap();
    let Need::Password { authzid, .. } = need(server.step(Some(&message))) else { panic!() };
    assert_eq!(authzid.as_deref(), Some("Ursel"));
    assert_eq!(server.provide(Answer::Reject).unwrap_err(), SaslError::Refused);
}

#[test]
fn plain_messages_that_are_none() {
    let messages: [&[u8]; 12] = [
        b"",
        b"\0",
        b"\0\0",
        b"\0tim",
        b"tim\0pass",
        b"\0\0pass",
        b"\0tim\0",
        b"\0tim\0pass\0",
        b"\0tim\0pa\0ss",
        b"\0\xff\0pass",
        b"\xff\0tim\0pass",
        b"a\0b\0c\0d",
    ];
    for message in messages {
        let mut server = Server::new(Mechanism::PLAIN, Config::default()).unwrap();
        let error = server.step(Some(message)).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_)), "{}", message.escape_ascii());
        assert_eq!(server.step(Some(b"\0tim\0pass")).unwrap_err(), error, "an error stays");
    }
}

/// No standard; as Outlook does it, and as servers ask.
#[test]
fn login() {
    for initial in [None, Some(b"tim".as_slice())] {
        let mut server = Server::new(Mechanism::LOGIN, Config::default()).unwrap();
        let mut step = server.step(initial);
        if initial.is_none() {
            assert_eq!(challenge(step), b"Username:");
            step = server.step(Some(b"tim"));
        }
        assert_eq!(challenge(step), b"Password:");
        let Need::Password { authcid, password, .. } = need(server.step(Some(b"tanstaaf"))) else { panic!() };
        assert!(authcid == "tim" && password.matches(b"tanstaaf"));
        assert_eq!(done(server.provide(Answer::Accept)).0.as_deref(), Some("tim"));
    }
    for words in [[b"Username:".as_slice(), b"Password:"], [b"User Name\0", b"Password\0"], [b"", b""]] {
        let mut client = Client::new(Mechanism::LOGIN, Credentials::password("tim", "tanstaaf")).unwrap();
        assert!(matches!(client.step(None), Ok(ClientStep::Wait)));
        assert_eq!(sent(client.step(Some(words[0]))), b"tim");
        assert_eq!(sent(client.step(Some(words[1]))), b"tanstaaf");
        client.succeeded(None).unwrap();
    }
}

/// RFC 4422 appendix A.2.
#[test]
fn external() {
    let mut client = Client::new(Mechanism::EXTERNAL, Credentials::external()).unwrap();
    assert_eq!(sent(client.step(None)), b"", "empty is not absent");
    client.succeeded(None).unwrap();
    let mut server = Server::new(Mechanism::EXTERNAL, Config::default()).unwrap();
    assert_eq!(challenge(server.step(None)), b"");
    assert!(matches!(need(server.step(Some(b""))), Need::External { authzid: None, .. }));
    assert_eq!(done(server.provide(Answer::Accept)), (None, None));

    let credentials = Credentials::external().with_authzid("fred@example.com");
    let mut client = Client::new(Mechanism::EXTERNAL, credentials).unwrap();
    let message = sent(client.step(None));
    assert_eq!(message, b"fred@example.com");
    let mut server = Server::new(Mechanism::EXTERNAL, Config::default()).unwrap();
    let Need::External { authzid: Some(authzid), .. } = need(server.step(Some(&message))) else { panic!() };
    assert_eq!(authzid, "fred@example.com");
    assert_eq!(server.provide(Answer::Reject).unwrap_err(), SaslError::Refused);
}

#[test]
fn an_empty_initial_response_is_not_none() {
    let mut server = Server::new(Mechanism::EXTERNAL, Config::default()).unwrap();
    assert!(matches!(need(server.step(Some(b""))), Need::External { authzid: None, .. }));
    let mut server = Server::new(Mechanism::LOGIN, Config::default()).unwrap();
    assert!(matches!(server.step(Some(b"")), Err(SaslError::Malformed(_))), "nobody's name is empty");
}

/// RFC 4505 §4.
#[test]
fn anonymous() {
    let mut client = Client::new(Mechanism::ANONYMOUS, Credentials::anonymous("sirhc")).unwrap();
    let message = sent(client.step(Some(b"")));
    assert_eq!(message, b"sirhc");
    let mut server = Server::new(Mechanism::ANONYMOUS, Config::default()).unwrap();
    assert_eq!(challenge(server.step(None)), b"");
    let Need::Anonymous { trace, .. } = need(server.step(Some(&message))) else { panic!() };
    assert_eq!(trace, "sirhc");
    assert_eq!(done(server.provide(Answer::Accept)), (None, None));
    for bad in [b"two\r\nlines".as_slice(), b"\xff", &[b'x'; 256]] {
        let mut server = Server::new(Mechanism::ANONYMOUS, Config::default()).unwrap();
        assert!(matches!(server.step(Some(bad)), Err(SaslError::Malformed(_))));
    }
}

const TOKEN: &str = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

/// RFC 7628 §4.1.
#[test]
fn oauthbearer() {
    let credentials = Credentials::token("user@example.com", TOKEN).with_server("server.example.com", 143);
    let mut client = Client::new(Mechanism::OAUTHBEARER, credentials).unwrap();
    let message = sent(client.step(None));
    let wanted = format!(
        "n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer {TOKEN}\x01\x01"
    );
    assert_eq!(message, wanted.as_bytes());
    let mut server = Server::new(Mechanism::OAUTHBEARER, Config::default()).unwrap();
    let Need::Token { authzid, token, host, port, .. } = need(server.step(Some(&message))) else { panic!() };
    assert_eq!(authzid.as_deref(), Some("user@example.com"));
    assert_eq!((host.as_deref(), port), (Some("server.example.com"), Some(143)));
    assert!(token.matches(TOKEN.as_bytes()));
    assert_eq!(done(server.provide(Answer::Accept)), (None, Some("user@example.com".to_owned())));
    client.succeeded(None).unwrap();
}

/// RFC 7628 §4.3: an empty token is a question, the error is the answer, and an octet 0x01 ends it.
#[test]
fn oauthbearer_refused() {
    let credentials = Credentials::token("user@example.com", "").with_server("server.example.com", 143);
    let mut client = Client::new(Mechanism::OAUTHBEARER, credentials).unwrap();
    let message = sent(client.step(None));
    assert_eq!(message, b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=\x01\x01");
    let mut server = Server::new(Mechanism::OAUTHBEARER, Config::default()).unwrap();
    let Need::Token { token, .. } = need(server.step(Some(&message))) else { panic!() };
    assert!(token.is_empty());
    let error = TokenError::new("invalid_token")
        .with_scope("example_scope")
        .with_openid_configuration("https://example.com/.well-known/openid-configuration");
    let json = challenge(server.provide(Answer::RejectToken(error)));
    let wanted = r#"{"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/.well-known/openid-configuration"}"#;
    assert_eq!(json, wanted.as_bytes());
    let dummy = sent(client.step(Some(&json)));
    assert_eq!(dummy, b"\x01");
    assert_eq!(client.refusal(), Some(wanted.as_bytes()));
    assert_eq!(server.step(Some(&dummy)).unwrap_err(), SaslError::Refused);
    assert_eq!(client.succeeded(None), Err(SaslError::Unexpected), "it was refused");
}

/// The same with the protocol's own way to give up, §4.3 at its end.
#[test]
fn oauthbearer_cancelled() {
    let mut server = Server::new(Mechanism::OAUTHBEARER, Config::default()).unwrap();
    need(server.step(Some(b"n,,\x01auth=\x01\x01")));
    assert_eq!(challenge(server.provide(Answer::Reject)), br#"{"status":"invalid_token"}"#);
    assert_eq!(server.cancel(), SaslError::Cancelled);
    assert_eq!(server.step(Some(b"\x01")).unwrap_err(), SaslError::Cancelled);
}

#[test]
fn oauthbearer_messages() {
    for good in ["n,,\x01auth=bEaReR x\x01\x01", "y,a=us=2Cer,\x01auth=Bearer x\x01other=\t x\r\n\x01\x01"] {
        let mut server = Server::new(Mechanism::OAUTHBEARER, Config::default()).unwrap();
        assert!(matches!(need(server.step(Some(good.as_bytes()))), Need::Token { .. }));
    }
    let bad = [
        "",
        "\x01",
        "n,,\x01\x01",
        "n,,\x01auth=Bearer x\x01",
        "n,,\x01auth=Bearer x",
        "n,,auth=Bearer x\x01\x01",
        "n,,\x01auth=Basic x\x01\x01",
        "n,,\x01auth=Bearer \x01\x01",
        "n,,\x01auth=Bearer x y\x01\x01",
        "n,,\x01auth=Bearer x\x01auth=Bearer y\x01\x01",
        "n,,\x01auth=Bearer x\x01\x01\x01",
        "p=tls-exporter,,\x01auth=Bearer x\x01\x01",
        "n,user=a,\x01auth=Bearer x\x01\x01",
        "n,a=,\x01auth=Bearer x\x01\x01",
        "n,a=a=b,\x01auth=Bearer x\x01\x01",
        "n,a=a\x01b,\x01auth=Bearer x\x01\x01",
        "n,,\x01port=0\x01auth=Bearer x\x01\x01",
        "n,,\x01port=65536\x01auth=Bearer x\x01\x01",
        "n,,\x01port=+1\x01auth=Bearer x\x01\x01",
        "n,,\x01host=a b\x01auth=Bearer x\x01\x01",
        "n,,\x01a-b=c\x01auth=Bearer x\x01\x01",
        "n,,\x01x=ä\x01auth=Bearer x\x01\x01",
        "n,,\x01=x\x01auth=Bearer x\x01\x01",
    ];
    for message in bad {
        let mut server = Server::new(Mechanism::OAUTHBEARER, Config::default()).unwrap();
        let error = server.step(Some(message.as_bytes())).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_) | SaslError::ChannelBinding), "{message:?}: {error}");
    }
}

/// As Google's description has it: the error is answered with an empty line.
#[test]
fn xoauth2() {
    let credentials =
        Credentials::token("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
    let mut client = Client::new(Mechanism::XOAUTH2, credentials).unwrap();
    let message = sent(client.step(None));
    let wanted =
        b"user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01";
    assert_eq!(message, wanted);
    let mut server = Server::new(Mechanism::XOAUTH2, Config::default()).unwrap();
    let Need::Token { authzid, .. } = need(server.step(Some(&message))) else { panic!() };
    assert_eq!(authzid.as_deref(), Some("someuser@example.com"));
    let json = challenge(server.provide(Answer::Reject));
    assert_eq!(json, br#"{"status":"401"}"#);
    let dummy = sent(client.step(Some(&json)));
    assert_eq!(dummy, b"");
    assert_eq!(server.step(Some(&dummy)).unwrap_err(), SaslError::Refused);
    assert_eq!(client.step(Some(&json)).unwrap_err(), SaslError::Unexpected, "one error is enough");
    for bad in [
        "",
        "user=\x01auth=Bearer x\x01\x01",
        "user=a\x01auth=Bearer x\x01",
        "user=a\x01x\x01auth=Bearer x\x01\x01",
    ] {
        let mut server = Server::new(Mechanism::XOAUTH2, Config::default()).unwrap();
        assert!(matches!(server.step(Some(bad.as_bytes())), Err(SaslError::Malformed(_))), "{bad:?}");
    }
}

#[test]
fn json_is_escaped() {
    assert_eq!(TokenError::new("a\"b\\c\n\u{1f}ä").to_json(), r#"{"status":"a\"b\\c\u000a\u001fä"}"#);
}

/// RFC 2195 §2.
#[cfg(feature = "cram-md5")]
#[test]
fn cram_md5() {
    const CHALLENGE: &str = "<1896.697170952@postoffice.reston.mci.net>";
    let mut client =
        Client::new(Mechanism::CRAM_MD5, Credentials::password("tim", "tanstaaftanstaaf")).unwrap();
    assert!(matches!(client.step(None), Ok(ClientStep::Wait)));
    let message = sent(client.step(Some(CHALLENGE.as_bytes())));
    assert_eq!(message, b"tim b913a602c7eda7a495b4e6e7334d3890");
    client.succeeded(None).unwrap();
    let server = || {
        let mut server =
            Server::new(Mechanism::CRAM_MD5, Config::default().with_challenge(CHALLENGE)).unwrap();
        assert_eq!(challenge(server.step(None)), CHALLENGE.as_bytes());
        server
    };
    let mut right = server();
    let Need::Secret { authcid, .. } = need(right.step(Some(&message))) else { panic!() };
    assert_eq!(authcid, "tim");
    assert!(matches!(right.provide(Answer::Accept), Err(SaslError::Usage(_))), "nothing was proved yet");
    assert_eq!(done(right.provide(Answer::Secret("tanstaaftanstaaf".into()))).0.as_deref(), Some("tim"));
    for answer in [Answer::Secret("tanstaaf".into()), Answer::Secret("".into()), Answer::Reject] {
        let mut server = server();
        need(server.step(Some(&message)));
        assert_eq!(server.provide(answer).unwrap_err(), SaslError::Refused);
    }
    let mut server = Server::new(Mechanism::CRAM_MD5, Config::default().with_challenge(CHALLENGE)).unwrap();
    assert!(matches!(server.step(Some(b"")), Err(SaslError::Malformed(_))), "the server speaks first");
}

/// The digest of nothing must not be the key of who isn't there.
#[cfg(feature = "cram-md5")]
#[test]
fn cram_md5_with_the_empty_password() {
    // HMAC-MD5 with an empty key of `<1@a>`.
    let digest = b"nobody c16f39f77a2be885b6602ac3bdce2e18";
    for answer in [Answer::Reject, Answer::Secret("".into())] {
        let config = Config::default().with_challenge("<1@a>");
        let mut server = Server::new(Mechanism::CRAM_MD5, config).unwrap();
        server.step(None).unwrap();
        need(server.step(Some(digest)));
        assert_eq!(server.provide(answer).unwrap_err(), SaslError::Refused);
    }
}

#[test]
fn relayed() {
    let ntlm = Mechanism::new(b"NTLM").unwrap();
    assert_eq!(Client::new(ntlm, Credentials::external()).unwrap_err(), SaslError::Unsupported);
    assert_eq!(Server::new(ntlm, Config::default()).unwrap_err(), SaslError::Unsupported);
    let mut client = Client::new(ntlm, Credentials::relayed()).unwrap();
    let mut server = Server::new(ntlm, Config::default().relayed()).unwrap();
    assert!(matches!(client.step(None), Ok(ClientStep::NeedResponse(None))));
    assert!(matches!(client.provide(client::ClientAnswer::Wait), Ok(ClientStep::Wait)));
    assert!(matches!(need(server.step(None)), Need::Challenge { response: None, .. }));
    let first = challenge(server.provide(Answer::Challenge(vec![])));
    let Ok(ClientStep::NeedResponse(Some(asked))) = client.step(Some(&first)) else { panic!() };
    assert!(asked.is_empty());
    assert!(matches!(client.provide(client::ClientAnswer::Wait), Err(SaslError::Usage(_))));
    let response = sent(client.provide(client::ClientAnswer::Response(b"NTLMSSP\0".to_vec())));
    let Need::Challenge { response: Some(response), .. } = need(server.step(Some(&response))) else {
        panic!()
    };
    assert_eq!(response.expose(), b"NTLMSSP\0");
    assert_eq!(done(server.provide(Answer::Accept)), (None, None));
    client.succeeded(Some(b"whatever")).unwrap();
}
