//! No secret is in a log: not in `Debug`, not in an error, in no state.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use core::fmt::Debug;
use mailwire_sasl::{Client, ClientStep, Message, SaslError, Server, ServerStep};
use mailwire_testkit::sasl::{MECHANISMS, User, binding, config, limits};

const PASSWORD: &str = "hunter2hunter2";
const TOKEN: &str = "t0kent0kent0ken";

fn check(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    for secret in [PASSWORD, TOKEN, "thirty-two"] {
        for piece in secret.as_bytes().windows(6) {
            assert!(!shown.contains(str::from_utf8(piece).unwrap()), "{shown}");
        }
        // As numbers, and in base64.
        let numbers: Vec<_> = secret.bytes().take(4).map(|byte| byte.to_string()).collect();
        assert!(!shown.contains(&numbers.join(", ")), "{shown}");
    }
    assert!(
        !shown.contains("aHVudGVyMmh1bnRlcjI") && !shown.contains(",p=") && !shown.contains("v="),
        "{shown}"
    );
}

#[test]
fn nothing_shows_a_secret() {
    let user = User { password: PASSWORD.to_owned(), token: TOKEN.to_owned(), ..User::default() };
    for &mechanism in MECHANISMS {
        let credentials = user.credentials(mechanism).with_channel_binding(binding());
        check(&credentials);
        let config = config(mechanism);
        check(&config);
        let mut client = Client::new(mechanism, user.credentials(mechanism)).unwrap().with_limits(limits());
        let mut server = Server::new(mechanism, config).unwrap();
        check(&client);
        let mut challenge: Option<Vec<u8>> = None;
        loop {
            let step = client.step(challenge.as_deref());
            check(&step);
            check(&client);
            let response = match step.unwrap() {
                ClientStep::Send(response) => Some(response),
                _ => None,
            };
            let mut step = server.step(response.as_ref().map(Message::expose));
            check(&step);
            check(&server);
            if let Ok(ServerStep::NeedCredentials(need)) = &step {
                let answer = user.look_up(need);
                check(&answer);
                step = server.provide(answer);
                check(&step);
                check(&server);
            }
            match step.unwrap() {
                ServerStep::Send(next) => challenge = Some(next.into_octets()),
                _ => break,
            }
        }
        client.succeeded(None).unwrap();
        check(&client);
        check(&server);
    }
}

#[test]
fn broken_messages_are_in_no_error() {
    let messages = [
        PASSWORD.to_owned(),
        format!("\0user\0{PASSWORD}\0"),
        format!("n,,\u{1}auth=Bearer {TOKEN}"),
        format!("user=x\u{1}auth=Basic {TOKEN}\u{1}\u{1}"),
        format!("n,,n={PASSWORD}"),
    ];
    for &mechanism in MECHANISMS {
        for message in &messages {
            let mut server = Server::new(mechanism, config(mechanism)).unwrap();
            if let Err(error) = server.step(Some(message.as_bytes())) {
                check(&error);
                assert!(!error.to_string().contains("hunter") && !error.to_string().contains("t0ken"));
            }
            check(&server);
            let mut client = Client::new(mechanism, User::default().credentials(mechanism)).unwrap();
            client.step(None).unwrap();
            if let Err(error) = client.step(Some(message.as_bytes())) {
                check(&error);
            }
            check(&client);
        }
    }
}

#[test]
fn errors_are_short_english() {
    for error in [
        SaslError::Unsupported,
        SaslError::Missing("a nonce"),
        SaslError::Invalid("a name"),
        SaslError::Malformed("a name"),
        SaslError::TooLong,
        SaslError::Unexpected,
        SaslError::Iterations,
        SaslError::ChannelBinding,
        SaslError::Downgrade,
        SaslError::ServerNotVerified,
        SaslError::Refused,
        SaslError::Cancelled,
        SaslError::Usage("the exchange is over"),
    ] {
        let text = error.to_string();
        assert!(text.starts_with(char::is_lowercase) && !text.ends_with('.'), "{text}");
    }
}
