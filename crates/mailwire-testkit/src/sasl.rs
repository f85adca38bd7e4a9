//! Both sides of an authentication, with somebody in the middle.

use mailwire_sasl::client::ClientAnswer;
use mailwire_sasl::scram::StoredKeys;
use mailwire_sasl::server::{Answer, Identity, Need};
use mailwire_sasl::{
    ChannelBinding, Client, ClientStep, Config, Credentials, Limits, Mechanism, SaslError, Server, ServerStep,
};

/// Every mechanism that is here.
pub const MECHANISMS: &[Mechanism<'static>] = &[
    Mechanism::PLAIN,
    Mechanism::LOGIN,
    Mechanism::EXTERNAL,
    Mechanism::ANONYMOUS,
    Mechanism::XOAUTH2,
    Mechanism::OAUTHBEARER,
    Mechanism::SCRAM_SHA_1,
    Mechanism::SCRAM_SHA_1_PLUS,
    Mechanism::SCRAM_SHA_256,
    Mechanism::SCRAM_SHA_256_PLUS,
    Mechanism::CRAM_MD5,
];

/// Whether the name ends so that the exchange is bound to its channel.
pub fn is_bound(mechanism: Mechanism<'_>) -> bool {
    mechanism.as_str().ends_with("-PLUS")
}

/// Whether it is one of SCRAM.
pub fn is_scram(mechanism: Mechanism<'_>) -> bool {
    mechanism.as_str().starts_with("SCRAM-")
}

/// Iterations for tests that do not look at the number.
pub const ITERATIONS: u32 = 2;

/// The only user of a server, and all that is known of him.
#[derive(Clone, Debug)]
pub struct User {
    /// His name.
    pub name: String,
    /// As whom he may act besides.
    pub other: Option<String>,
    /// His password.
    pub password: String,
    /// His token.
    pub token: String,
    /// The server's name and port.
    pub server: (String, u16),
}

impl Default for User {
    fn default() -> Self {
        Self {
            name: "us=er,".to_owned(),
            other: None,
            password: "pen,cil=".to_owned(),
            token: "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".to_owned(),
            server: ("server.example.com".to_owned(), 143),
        }
    }
}

impl User {
    /// What the user brings to a mechanism.
    pub fn credentials(&self, mechanism: Mechanism<'_>) -> Credentials {
        let credentials = match mechanism.as_str() {
            "EXTERNAL" => Credentials::external().with_authzid(&self.name),
            "ANONYMOUS" => Credentials::anonymous(&self.name),
            "XOAUTH2" | "OAUTHBEARER" => {
                Credentials::token(&self.name, &self.token).with_server(&self.server.0, self.server.1)
            }
            _ => Credentials::password(&self.name, &self.password).with_nonce("client+nonce+0000"),
        };
        let credentials = match &self.other {
            Some(other) if is_scram(mechanism) || mechanism == Mechanism::PLAIN => {
                credentials.with_authzid(other)
            }
            _ => credentials,
        };
        if is_bound(mechanism) { credentials.with_channel_binding(binding()) } else { credentials }
    }

    /// What the server answers when it has looked.
    pub fn look_up(&self, need: &Need) -> Answer {
        let verdict = |right: bool| if right { Answer::Accept } else { Answer::Reject };
        match need {
            Need::Password { authcid, authzid, password, .. } => verdict(
                *authcid == self.name
                    && self.welcomes(authzid.as_ref())
                    && password.matches(self.password.as_bytes()),
            ),
            Need::Token { authzid, token, host, port, .. } => {
                let there = host.as_ref().is_none_or(|host| *host == self.server.0)
                    && port.is_none_or(|port| port == self.server.1);
                verdict(
                    authzid.as_deref() == Some(&self.name)
                        && there
                        && host.is_some() == port.is_some()
                        && token.matches(self.token.as_bytes()),
                )
            }
            Need::External { authzid, .. } => verdict(authzid.as_deref() == Some(&self.name)),
            Need::Anonymous { trace, .. } => verdict(*trace == self.name),
            Need::Keys { hash, authcid, authzid, .. } => {
                let salt = b"sixteen octets..";
                let keys = if *authcid == self.name {
                    let keys = StoredKeys::derive(*hash, self.password.as_bytes(), salt, ITERATIONS);
                    if self.welcomes(authzid.as_ref()) { keys } else { keys.map(StoredKeys::refused) }
                } else {
                    StoredKeys::unknown(*hash, salt, ITERATIONS)
                };
                Answer::Keys(keys.expect("a salt and iterations"))
            }
            Need::Secret { authcid, .. } if *authcid == self.name => {
                Answer::Secret(self.password.as_str().into())
            }
            _ => Answer::Reject,
        }
    }

    fn welcomes(&self, authzid: Option<&String>) -> bool {
        authzid.is_none_or(|authzid| Some(authzid) == self.other.as_ref())
    }
}

/// What both ends of the channel know.
pub fn binding() -> ChannelBinding {
    ChannelBinding::tls_exporter(b"thirty-two octets that TLS gave.").expect("octets")
}

/// Limits for few iterations.
pub fn limits() -> Limits {
    Limits::default().with_min_iterations(1).with_max_iterations(100)
}

/// A server's configuration for a mechanism.
pub fn config(mechanism: Mechanism<'_>) -> Config {
    let config = Config::default()
        .with_limits(limits())
        .with_nonce("server+nonce+0000")
        .with_challenge("<1896.697170952@postoffice.reston.mci.net>");
    if is_bound(mechanism) { config.with_channel_binding(binding()) } else { config }
}

/// Who said a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// How an exchange ended.
#[derive(Debug)]
pub struct Outcome {
    /// For the server.
    pub server: Result<Identity, SaslError>,
    /// For the client.
    pub client: Result<(), SaslError>,
    /// Every message as it was sent, with who sent it.
    pub messages: Vec<(From, Vec<u8>)>,
}

impl Outcome {
    /// Whether both believe that it succeeded.
    pub fn is_success(&self) -> bool {
        self.server.is_ok() && self.client.is_ok()
    }
}

/// Lets two sides talk until one has had enough. `middle` gets the number of each message, and may change it.
pub fn talk(
    client: &mut Client,
    server: &mut Server,
    mut look_up: impl FnMut(&Need) -> Answer,
    mut middle: impl FnMut(usize, &mut Vec<u8>),
) -> Outcome {
    let mut messages = Vec::new();
    let mut carry = |from, octets: Vec<u8>| {
        let mut arrived = octets.clone();
        middle(messages.len(), &mut arrived);
        messages.push((from, octets));
        arrived
    };
    let mut challenge: Option<Vec<u8>> = None;
    let server_says = loop {
        let response = match client.step(challenge.as_deref()) {
            Ok(ClientStep::Send(response)) => Some(carry(From::Client, response.into_octets())),
            Ok(ClientStep::Wait) => None,
            Ok(step) => panic!("nobody was told of {step:?}"),
            Err(_) => break Err(server.cancel()),
        };
        let mut step = server.step(response.as_deref());
        if let Ok(ServerStep::NeedCredentials(need)) = &step {
            let answer = look_up(need);
            step = server.provide(answer);
        }
        match step {
            Ok(ServerStep::Send(next)) => challenge = Some(carry(From::Server, next.into_octets())),
            Ok(ServerStep::Done(identity)) => break Ok(identity),
            Ok(step) => panic!("nobody was told of {step:?}"),
            Err(error) => break Err(error),
        }
    };
    let client_says = match &server_says {
        Ok(_) => client.succeeded(None),
        Err(_) => {
            client.cancel();
            Err(client.succeeded(None).expect_err("cancelled"))
        }
    };
    assert_stays(client, server, &client_says, &server_says);
    Outcome { server: server_says, client: client_says, messages }
}

/// What is over stays over, and what failed stays failed.
fn assert_stays(
    client: &mut Client,
    server: &mut Server,
    client_says: &Result<(), SaslError>,
    server_says: &Result<Identity, SaslError>,
) {
    for message in [None, Some(b"".as_slice()), Some(b"x")] {
        let (after, answered) = (client.step(message), client.provide(ClientAnswer::Wait));
        match client_says {
            Ok(()) => assert!(matches!(after, Err(SaslError::Usage(_)))),
            Err(error) => assert_eq!((after.err(), answered.err()), (Some(*error), Some(*error))),
        }
        let (after, answered) = (server.step(message), server.provide(Answer::Accept));
        match server_says {
            Ok(_) => {
                assert!(
                    matches!(after, Err(SaslError::Usage(_))) && matches!(answered, Err(SaslError::Usage(_)))
                );
            }
            Err(error) => assert_eq!((after.err(), answered.err()), (Some(*error), Some(*error))),
        }
    }
}

/// The user of a server, and whoever comes.
pub fn meet(
    mechanism: Mechanism<'_>,
    known: &User,
    comes: &User,
    middle: impl FnMut(usize, &mut Vec<u8>),
) -> Outcome {
    let mut client =
        Client::new(mechanism, comes.credentials(mechanism)).expect("credentials").with_limits(limits());
    let mut server = Server::new(mechanism, config(mechanism)).expect("a configuration");
    talk(&mut client, &mut server, |need| known.look_up(need), middle)
}
