//! Each side against the other, with the wrong user, and with somebody in the middle.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use mailwire_sasl::scram::{SaltedPassword, StoredKeys};
use mailwire_sasl::server::{Answer, Need};
use mailwire_sasl::{
    Channel, ChannelBinding, Client, ClientStep, Config, Credentials, Mechanism, Message, SaslError, Server,
    ServerStep, choose,
};
use mailwire_testkit::sasl::{
    From, ITERATIONS, MECHANISMS, Outcome, User, binding, config, is_bound, is_scram, limits, meet, talk,
};

fn quiet(_: usize, _: &mut Vec<u8>) {}

#[test]
fn everybody_gets_in_who_should() {
    for &mechanism in MECHANISMS {
        let mut user = User::default();
        for other in [None, Some("post=master,".to_owned())] {
            user.other = other;
            let outcome = meet(mechanism, &user, &user, quiet);
            assert!(outcome.is_success(), "{mechanism}: {outcome:?}");
            let identity = outcome.server.unwrap();
            if is_scram(mechanism) || mechanism == Mechanism::PLAIN {
                assert_eq!(identity.authcid(), Some(user.name.as_str()));
                assert_eq!(identity.authzid(), user.other.as_deref());
            }
        }
    }
}

#[test]
fn nobody_gets_in_who_should_not() {
    let known = User::default();
    let strangers = [
        User { name: "us=er".to_owned(), ..known.clone() },
        User { name: "us=er,,".to_owned(), ..known.clone() },
        User { name: "US=ER,".to_owned(), ..known.clone() },
    ];
    let wrong = [
        User { password: "pen,cil".to_owned(), token: "x".to_owned(), ..known.clone() },
        User { password: "pen,cil=\u{301}".to_owned(), token: format!("{}=", known.token), ..known.clone() },
        User { password: "Pen,cil=".to_owned(), token: known.token.to_lowercase(), ..known.clone() },
    ];
    for &mechanism in MECHANISMS {
        for stranger in &strangers {
            let outcome = meet(mechanism, &known, stranger, quiet);
            assert_eq!(outcome.server.unwrap_err(), SaslError::Refused, "{mechanism}");
            assert!(outcome.client.is_err());
        }
        if mechanism == Mechanism::EXTERNAL || mechanism == Mechanism::ANONYMOUS {
            continue;
        }
        for wrong in &wrong {
            let outcome = meet(mechanism, &known, wrong, quiet);
            assert_eq!(outcome.server.unwrap_err(), SaslError::Refused, "{mechanism}");
            assert!(outcome.client.is_err());
        }
        if is_scram(mechanism) || mechanism == Mechanism::PLAIN {
            let comes = User { other: Some("root".to_owned()), ..known.clone() };
            assert_eq!(meet(mechanism, &known, &comes, quiet).server.unwrap_err(), SaslError::Refused);
        }
    }
}

/// The messages to a user who isn't there, and to one with a wrong password, differ in nothing but the name.
#[test]
fn unknown_users_look_like_known_ones() {
    let known = User { name: "ann".to_owned(), ..User::default() };
    let wrong = User { password: "wrong".to_owned(), token: "wrong".to_owned(), ..known.clone() };
    let unknown = User { name: "bob".to_owned(), ..wrong.clone() };
    for &mechanism in MECHANISMS {
        if mechanism == Mechanism::EXTERNAL || mechanism == Mechanism::ANONYMOUS {
            continue;
        }
        let [one, other] = [&wrong, &unknown].map(|comes| meet(mechanism, &known, comes, quiet));
        assert_eq!(one.server.unwrap_err(), other.server.unwrap_err());
        let said = |messages: &[(From, Vec<u8>)]| {
            messages.iter().filter(|(from, _)| *from == From::Server).cloned().collect::<Vec<_>>()
        };
        assert_eq!(said(&one.messages), said(&other.messages), "{mechanism}");
    }
}

/// What may be changed without any harm: the words of LOGIN, which nobody looks at, and the case of `Bearer`.
fn is_harmless(mechanism: Mechanism<'_>, number: usize, before: &[u8], after: &[u8]) -> bool {
    let scheme = |text: &[u8]| {
        let at = text.windows(12).position(|window| window.eq_ignore_ascii_case(b"auth=bearer "))?;
        let (front, rest) = text.split_at(at + "auth=".len());
        let (word, back) = rest.split_at("bearer".len());
        Some([front, &word.to_ascii_lowercase(), back].concat())
    };
    match mechanism.as_str() {
        "LOGIN" => number.is_multiple_of(2),
        "XOAUTH2" | "OAUTHBEARER" => scheme(before).is_some() && scheme(before) == scheme(after),
        _ => false,
    }
}

#[test]
fn a_changed_octet_is_never_a_success() {
    let user = User { name: "ann".to_owned(), ..User::default() };
    for &mechanism in MECHANISMS {
        let honest = meet(mechanism, &user, &user, quiet);
        for (number, (_, message)) in honest.messages.iter().enumerate() {
            for at in 0..message.len() {
                for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                    let mut changed = message.clone();
                    changed[at] ^= change;
                    let outcome = replace(mechanism, &user, number, &changed);
                    let harmless = is_harmless(mechanism, number, message, &changed);
                    assert_eq!(
                        outcome.is_success(),
                        harmless,
                        "{mechanism}, message {number}: {}",
                        changed.escape_ascii()
                    );
                }
            }
        }
    }
}

#[test]
fn a_cut_message_is_never_a_success() {
    let user = User { name: "ann".to_owned(), ..User::default() };
    for &mechanism in MECHANISMS {
        let honest = meet(mechanism, &user, &user, quiet);
        for (number, (_, message)) in honest.messages.iter().enumerate() {
            for end in 0..message.len() {
                for cut in [&message[..end], &message[end + 1..]] {
                    let outcome = replace(mechanism, &user, number, cut);
                    let harmless = is_harmless(mechanism, number, message, cut);
                    assert_eq!(
                        outcome.is_success(),
                        harmless,
                        "{mechanism}, message {number}: {}",
                        cut.escape_ascii()
                    );
                }
            }
            for more in [b"\0".as_slice(), b"x", b",", b"\x01", b" "] {
                let outcome = replace(mechanism, &user, number, &[message.as_slice(), more].concat());
                let harmless =
                    is_harmless(mechanism, number, message, message) && mechanism == Mechanism::LOGIN;
                assert_eq!(
                    outcome.is_success(),
                    harmless,
                    "{mechanism}, message {number} and {}",
                    more.escape_ascii()
                );
            }
        }
    }
}

fn replace(mechanism: Mechanism<'_>, user: &User, number: usize, with: &[u8]) -> Outcome {
    meet(mechanism, user, user, |at, message| {
        if at == number {
            *message = with.to_vec();
        }
    })
}

/// Messages of one exchange are of no use in another.
#[test]
fn a_recorded_proof_opens_nothing() {
    let user = User::default();
    for &mechanism in
        MECHANISMS.iter().filter(|&&mechanism| is_scram(mechanism) || mechanism == Mechanism::CRAM_MD5)
    {
        let recorded = meet(mechanism, &user, &user, quiet);
        let config =
            config(mechanism).with_nonce("another+nonce+0000").with_challenge("<another@example.com>");
        let mut server = Server::new(mechanism, config).unwrap();
        let mut step = if is_scram(mechanism) { None } else { Some(server.step(None)) };
        for (_, message) in recorded.messages.iter().filter(|(from, _)| *from == From::Client) {
            let mut next = server.step(Some(message));
            if let Ok(ServerStep::NeedCredentials(need)) = &next {
                next = server.provide(user.look_up(need));
            }
            step = Some(next);
            if matches!(step, Some(Err(_))) {
                break;
            }
        }
        assert!(matches!(step, Some(Err(_))), "{mechanism}");
    }
}

#[test]
fn a_success_without_the_servers_proof_is_none() {
    for &mechanism in MECHANISMS.iter().filter(|&&mechanism| is_scram(mechanism)) {
        let user = User::default();
        let honest = meet(mechanism, &user, &user, quiet);
        let said: Vec<_> = honest.messages.iter().filter(|(from, _)| *from == From::Server).collect();
        for steps in 0..=2 {
            for data in [
                None,
                Some(b"".as_slice()),
                Some(b"v="),
                Some(b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ="),
                Some(b"ok"),
            ] {
                let mut client =
                    Client::new(mechanism, user.credentials(mechanism)).unwrap().with_limits(limits());
                if steps > 0 {
                    client.step(None).unwrap();
                }
                if steps > 1 {
                    client.step(Some(&said[0].1)).unwrap();
                }
                assert!(client.succeeded(data).is_err(), "{mechanism} after {steps}");
                assert!(client.succeeded(Some(&said[1].1)).is_err(), "too late");
            }
        }
    }
}

#[test]
fn a_success_before_the_client_has_spoken_is_none() {
    for &mechanism in MECHANISMS {
        let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
        assert!(client.succeeded(None).is_err(), "{mechanism}");
        let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
        if let Ok(ClientStep::Wait) = client.step(None) {
            assert!(client.succeeded(None).is_err(), "{mechanism}");
        }
    }
    let user = User::default();
    let mut client = Client::new(Mechanism::LOGIN, user.credentials(Mechanism::LOGIN)).unwrap();
    client.step(Some(b"Username:")).unwrap();
    assert!(client.succeeded(None).is_err(), "half of it is said");
}

/// Somebody has cut `-PLUS` out of the list. The client, who could bind, chooses what is left, and the server finds out.
#[test]
fn a_cut_list_is_found_out() {
    let offered = [b"SCRAM-SHA-256-PLUS".as_slice(), b"SCRAM-SHA-256"];
    let credentials = Credentials::password("user", "pencil")
        .with_nonce("client+nonce+0000")
        .with_channel_binding(binding());
    assert_eq!(choose(offered, Channel::Tls, &credentials), Some(Mechanism::SCRAM_SHA_256_PLUS));
    let mechanism = choose([offered[1]], Channel::Tls, &credentials).unwrap();
    assert_eq!(mechanism, Mechanism::SCRAM_SHA_256);
    let mut client = Client::new(mechanism, credentials.clone()).unwrap();
    let Ok(ClientStep::Send(first)) = client.step(None) else { panic!() };
    assert!(first.expose().starts_with(b"y,,"));
    let offering = config(mechanism).with_channel_binding(binding());
    let mut server = Server::new(mechanism, offering.clone()).unwrap();
    assert_eq!(server.step(Some(first.expose())).unwrap_err(), SaslError::Downgrade);
    // A server that never offered it takes the same message,
    let mut server = Server::new(mechanism, config(mechanism)).unwrap();
    assert!(matches!(server.step(Some(first.expose())), Ok(ServerStep::NeedCredentials(_))));
    // and who changes the flag besides is found out by the proof.
    for (flag, error) in [("n", SaslError::ChannelBinding), ("p=tls-exporter", SaslError::ChannelBinding)] {
        let user = User { name: "user".to_owned(), password: "pencil".to_owned(), ..User::default() };
        let mut client = Client::new(mechanism, credentials.clone()).unwrap().with_limits(limits());
        let mut server = Server::new(mechanism, offering.clone()).unwrap();
        let outcome = talk(
            &mut client,
            &mut server,
            |need| user.look_up(need),
            |number, message| {
                if number == 0 {
                    *message = [flag.as_bytes(), &message[1..]].concat();
                }
            },
        );
        assert_eq!(outcome.server.unwrap_err(), error, "{flag}");
    }
}

#[test]
fn another_channel_is_found_out() {
    let user = User::default();
    for &mechanism in MECHANISMS.iter().filter(|&&mechanism| is_bound(mechanism)) {
        let others = [
            ChannelBinding::tls_exporter(b"thirty-two octets of another TLS").unwrap(),
            ChannelBinding::tls_unique(binding().expose()).unwrap(),
        ];
        for other in others {
            let credentials = user.credentials(mechanism).with_channel_binding(other);
            let mut client = Client::new(mechanism, credentials).unwrap().with_limits(limits());
            let mut server = Server::new(mechanism, config(mechanism)).unwrap();
            let outcome = talk(&mut client, &mut server, |need| user.look_up(need), quiet);
            assert_eq!(outcome.server.unwrap_err(), SaslError::ChannelBinding);
        }
        for first in [b"n,,n=user,r=abc".as_slice(), b"y,,n=user,r=abc"] {
            let mut server = Server::new(mechanism, config(mechanism)).unwrap();
            assert!(server.step(Some(first)).is_err(), "-PLUS has to bind");
        }
    }
}

/// A server with several certificates, or several types, takes what the client names.
#[test]
fn the_client_names_the_type() {
    let end_point = ChannelBinding::tls_server_end_point(b"a digest").unwrap();
    let user = User::default();
    let mechanism = Mechanism::SCRAM_SHA_256_PLUS;
    for named in [binding(), end_point.clone()] {
        let config = config(mechanism).with_channel_binding(end_point.clone());
        let mut server = Server::new(mechanism, config).unwrap();
        let credentials = user.credentials(mechanism).with_channel_binding(named);
        let mut client = Client::new(mechanism, credentials).unwrap().with_limits(limits());
        assert!(talk(&mut client, &mut server, |need| user.look_up(need), quiet).is_success());
    }
}

#[test]
fn a_cancelled_exchange_is_over() {
    for &mechanism in MECHANISMS {
        let mut server = Server::new(mechanism, config(mechanism)).unwrap();
        server.step(None).unwrap();
        assert_eq!(server.cancel(), SaslError::Cancelled);
        assert_eq!(server.step(Some(b"\0user\0pencil")).unwrap_err(), SaslError::Cancelled);
        assert_eq!(server.provide(Answer::Accept).unwrap_err(), SaslError::Cancelled);
        let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
        client.step(None).unwrap();
        client.cancel();
        assert_eq!(client.step(Some(b"")).unwrap_err(), SaslError::Cancelled);
        assert_eq!(client.succeeded(None), Err(SaslError::Cancelled));
    }
}

/// While a user is looked up nothing else happens, and an answer to another question is none.
#[test]
fn wrong_answers_change_nothing() {
    let user = User::default();
    for &mechanism in MECHANISMS {
        let mut client = Client::new(mechanism, user.credentials(mechanism)).unwrap().with_limits(limits());
        let mut server = Server::new(mechanism, config(mechanism)).unwrap();
        assert!(matches!(server.provide(Answer::Accept), Err(SaslError::Usage(_))));
        let mut challenge: Option<Vec<u8>> = None;
        let need = loop {
            let response = match client.step(challenge.as_deref()).unwrap() {
                ClientStep::Send(response) => Some(response),
                _ => None,
            };
            match server.step(response.as_ref().map(Message::expose)).unwrap() {
                ServerStep::Send(next) => challenge = Some(next.into_octets()),
                ServerStep::NeedCredentials(need) => break need,
                step => panic!("{step:?}"),
            }
        };
        assert!(matches!(server.step(Some(b"x")), Err(SaslError::Usage(_))));
        assert!(matches!(server.step(None), Err(SaslError::Usage(_))));
        assert!(matches!(server.provide(Answer::Challenge(vec![])), Err(SaslError::Usage(_))));
        if let Need::Keys { hash, .. } = &need {
            let few = StoredKeys::derive(*hash, b"x", b"salt", 1).unwrap();
            let strict = config(mechanism).with_limits(limits().with_min_iterations(2));
            assert!(matches!(server.provide(Answer::Accept), Err(SaslError::Usage(_))));
            let mut other = Server::new(mechanism, strict).unwrap();
            let Ok(ClientStep::Send(first)) =
                Client::new(mechanism, user.credentials(mechanism)).unwrap().step(None)
            else {
                panic!()
            };
            other.step(Some(first.expose())).unwrap();
            assert!(matches!(other.provide(Answer::Keys(few)), Err(SaslError::Usage(_))));
        }
        assert!(server.provide(user.look_up(&need)).is_ok(), "{mechanism}");
    }
}

/// A server that keeps salted passwords, and one that keeps keys, are the same to a client.
#[test]
fn keys_come_from_passwords_in_one_way() {
    use mailwire_sasl::scram::Hash;
    for hash in [Hash::Sha1, Hash::Sha256] {
        let salted = SaltedPassword::derive(hash, b"pencil", b"salt", ITERATIONS);
        let one = StoredKeys::of_salted(&salted, b"salt", ITERATIONS).unwrap();
        let other = StoredKeys::derive(hash, b"pencil", b"salt", ITERATIONS).unwrap();
        assert_eq!(one.stored_key(), other.stored_key());
        assert_eq!(one.server_key(), other.server_key());
        assert!(StoredKeys::derive(hash, b"pencil", b"", 1).is_err());
        assert!(StoredKeys::derive(hash, b"pencil", b"salt", 0).is_err());
        assert!(StoredKeys::new(hash, b"salt", 1, b"short", b"short").is_err());
        assert!(SaltedPassword::from_octets(hash, b"short").is_err());
    }
}

#[test]
fn exchanges_may_go_anywhere() {
    fn anywhere<T: Send + Sync + 'static>() {}
    fn copied<T: Copy>() {}
    anywhere::<Client>();
    anywhere::<Server>();
    anywhere::<ClientStep>();
    anywhere::<ServerStep>();
    anywhere::<Credentials>();
    anywhere::<Config>();
    copied::<SaslError>();
}
