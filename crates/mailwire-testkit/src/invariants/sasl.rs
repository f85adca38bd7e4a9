//! Authentications, both sides.

use crate::sasl::{MECHANISMS, User, config, is_bound, is_scram, limits, meet};
use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::scram::KeyRequest;
use mailwire_sasl::server::{Answer, Need};
use mailwire_sasl::{Client, ClientStep, Config, Credentials, Mechanism, SaslError, Server, ServerStep};

/// The first octet says who is hostile, the second which mechanism it is. The rest are messages, with 0xFF between them.
///
/// Nobody gets in, and no server is believed, who does not know the password; what a man in the middle changes is no success;
/// and whatever names and passwords there are, both sides agree on them.
pub fn sasl(bytes: &[u8]) {
    let [who, which, rest @ ..] = bytes else { return };
    let mechanism = MECHANISMS[usize::from(*which) % MECHANISMS.len()];
    match who % 5 {
        0 => hostile_client(mechanism, *who < 128, rest),
        1 => hostile_server(mechanism, rest),
        2 => middle(mechanism, rest),
        3 => any_user(mechanism, rest),
        _ => relayed(rest),
    }
}

fn messages(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == 0xFF)
}

/// A server that knows a user whose password no client could have guessed.
fn hostile_client(mechanism: Mechanism<'_>, initial: bool, bytes: &[u8]) {
    let user = User {
        name: "user".to_owned(),
        password: "nobody could guess this".to_owned(),
        token: "nobody-could-guess-this".to_owned(),
        ..User::default()
    };
    let mut server = Server::new(mechanism, config(mechanism)).unwrap();
    if !initial {
        server.step(None).unwrap();
    }
    for message in messages(bytes) {
        let mut step = server.step(Some(message));
        if let Ok(ServerStep::NeedCredentials(need)) = &step {
            check_need(need);
            step = server.provide(user.look_up(need));
        }
        match step {
            Ok(ServerStep::Send(_)) => {}
            Ok(ServerStep::Done(_)) => {
                let no_secret = mechanism == Mechanism::EXTERNAL || mechanism == Mechanism::ANONYMOUS;
                assert!(no_secret, "{mechanism} let somebody in");
                return;
            }
            Ok(step) => panic!("{step:?}"),
            Err(error) => {
                assert!(!matches!(error, SaslError::Usage(_)));
                assert_eq!(server.step(Some(message)).unwrap_err(), error);
                assert_eq!(server.cancel(), error);
                return;
            }
        }
    }
    assert_eq!(server.cancel(), SaslError::Cancelled);
}

fn check_need(need: &Need) {
    match need {
        Need::Password { authcid, authzid, password, .. } => {
            assert!(!password.is_empty() && !password.expose().contains(&0));
            check_names(authcid, authzid.as_ref());
        }
        Need::Keys { authcid, authzid, .. } => check_names(authcid, authzid.as_ref()),
        Need::Secret { authcid, .. } => check_names(authcid, None),
        Need::Token { authzid, token, .. } => {
            assert!(authzid.as_ref().is_none_or(|name| !name.is_empty() && !name.contains(['\0', '\u{1}'])));
            assert!(token.expose().iter().all(u8::is_ascii_graphic));
        }
        Need::Anonymous { trace, .. } => assert!(!trace.contains(char::is_control)),
        _ => {}
    }
}

fn check_names(authcid: &str, authzid: Option<&String>) {
    assert!(!authcid.is_empty() && !authcid.contains('\0'));
    assert!(authzid.is_none_or(|name| !name.is_empty() && !name.contains('\0')));
}

/// A client that talks to somebody who knows nothing, once with its password and once with the key derived elsewhere.
fn hostile_server(mechanism: Mechanism<'_>, bytes: &[u8]) {
    let user = User { password: "nobody could guess this".to_owned(), ..User::default() };
    let mut credentials = vec![user.credentials(mechanism)];
    if is_scram(mechanism) && !is_bound(mechanism) {
        credentials.push(Credentials::derived("user").with_nonce("client+nonce+0000"));
    }
    for credentials in credentials {
        let mut client = Client::new(mechanism, credentials).unwrap().with_limits(limits());
        let mut messages = messages(bytes);
        // Some say that it succeeded, with their last message.
        let data = messages.next().filter(|data| !data.is_empty());
        let mut step = client.step(None);
        for message in messages {
            step = client.step(Some(message));
            if let Ok(ClientStep::NeedKey(request)) = &step {
                check_request(request);
                step = client.provide(ClientAnswer::Key(request.derive(user.password.as_bytes())));
            }
            if step.is_err() {
                break;
            }
        }
        let before = step.as_ref().err().copied();
        let outcome = client.succeeded(data);
        assert!(!is_scram(mechanism) || outcome.is_err(), "{mechanism} believed somebody");
        if let Some(error) = before {
            assert_eq!(outcome, Err(error));
        }
    }
}

fn check_request(request: &KeyRequest) {
    let limits = limits();
    assert!((limits.min_iterations..=limits.max_iterations).contains(&request.iterations));
    assert!(!request.salt.is_empty());
}

/// Somebody who changes one message.
fn middle(mechanism: Mechanism<'_>, bytes: &[u8]) {
    let [at, keep, from, rest @ ..] = bytes else { return };
    let user = User { name: "user".to_owned(), ..User::default() };
    let mut changed = false;
    let mut turned = None;
    let outcome = meet(mechanism, &user, &user, |number, message| {
        if number == usize::from(*at) {
            let before = message.clone();
            // Some of the front, what the input has, and some of the end.
            let tail = message.split_off(message.len().min(usize::from(*from)));
            message.truncate(usize::from(*keep));
            message.extend_from_slice(rest);
            message.extend_from_slice(&tail);
            changed = *message != before;
            turned = Some(means_the_same(mechanism, number, &before, message));
        }
    });
    if !changed || turned == Some(true) {
        assert!(outcome.is_success() || changed, "{mechanism}: {outcome:?}");
    } else {
        assert!(!outcome.is_success(), "{mechanism}: changed, and believed");
    }
}

/// Where the grammar lets one thing be said in two ways, and where nothing is proved at all.
fn means_the_same(mechanism: Mechanism<'_>, number: usize, before: &[u8], after: &[u8]) -> bool {
    match mechanism.as_str() {
        // Nobody looks at the words of a challenge.
        "LOGIN" => number.is_multiple_of(2) || before == after,
        // The case of `Bearer`, unknown keys, the order of keys, `y` for `n`.
        "XOAUTH2" | "OAUTHBEARER" => {
            let token = User::default().token;
            after.windows(token.len()).any(|window| window == token.as_bytes())
        }
        // What a server adds to its proof is signed by nobody.
        _ if is_scram(mechanism) && number == 3 => {
            after.strip_prefix(before).is_some_and(|more| more.starts_with(b","))
        }
        _ => before == after,
    }
}

/// Whatever the names are, if they can be sent they arrive.
fn any_user(mechanism: Mechanism<'_>, bytes: &[u8]) {
    let mut texts = messages(bytes).map(|text| String::from_utf8_lossy(text).into_owned());
    let mut next = || texts.next().unwrap_or_default();
    let mut user = User { name: next(), password: next(), token: next(), ..User::default() };
    user.other = Some(next()).filter(|other| !other.is_empty());
    user.server.0 = next();
    user.server.1 = user.server.1.max(1);
    if user.token.is_empty() {
        return;
    }
    let credentials = user.credentials(mechanism);
    let Ok(mut client) = Client::new(mechanism, credentials) else { return };
    let Ok(ClientStep::Send(_) | ClientStep::Wait) = client.step(None) else {
        panic!("{mechanism} did not begin")
    };
    if user.name.is_empty() {
        return;
    }
    let outcome = meet(mechanism, &user, &user, |_, _| {});
    if bytes.len() < 500 {
        let identity = outcome.server.expect("what was sent arrives");
        assert!(identity.authcid().is_none_or(|name| name == user.name));
        outcome.client.expect("the client agrees");
    }
}

/// Relayed messages come out as they went in.
fn relayed(bytes: &[u8]) {
    let mechanism = Mechanism::new(b"GSSAPI").unwrap();
    let mut client = Client::new(mechanism, Credentials::relayed()).unwrap();
    let mut server = Server::new(mechanism, Config::default().relayed()).unwrap();
    let mut step = client.step(None);
    for message in messages(bytes) {
        let Ok(ClientStep::NeedResponse(_)) = step else { return };
        let Ok(ClientStep::Send(sent)) = client.provide(ClientAnswer::Response(message.to_vec())) else {
            panic!()
        };
        assert_eq!(sent.expose(), message);
        let Ok(ServerStep::NeedCredentials(Need::Challenge { response: Some(response), .. })) =
            server.step(Some(sent.expose()))
        else {
            return;
        };
        assert_eq!(response.expose(), message);
        let Ok(ServerStep::Send(back)) = server.provide(Answer::Challenge(message.to_vec())) else {
            panic!()
        };
        step = client.step(Some(back.expose()));
    }
}
