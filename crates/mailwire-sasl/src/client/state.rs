//! Where a client stands.

use super::{ClientAnswer, ClientStep};
use crate::kind::Oauth;
#[cfg(feature = "scram")]
use crate::scram::{Answered, First, Greeted};
use crate::{Limits, Message, SaslError};

pub(super) enum State {
    /// The client speaks first: the message is ready.
    First(Message, Next),
    LoginName {
        user: Message,
        password: Message,
    },
    LoginPassword {
        password: Message,
    },
    #[cfg(feature = "cram-md5")]
    CramMd5 {
        user: Message,
        password: Message,
    },
    /// The token is sent; any challenge is an error's.
    Oauth(Oauth),
    /// The error is answered: only the failure is missing.
    OauthRefused,
    #[cfg(feature = "scram")]
    ScramFirst(First, Option<Message>),
    #[cfg(feature = "scram")]
    ScramKey(Greeted),
    #[cfg(feature = "scram")]
    ScramAnswered(Answered),
    Relay,
    /// Was there a challenge?
    RelayAsked(Asked),
    Relaying,
    /// All is said: success is due.
    Complete,
    Over,
    Failed(SaslError),
}

/// What comes behind a first message.
pub(super) enum Next {
    Complete,
    Oauth(Oauth),
    #[cfg(feature = "scram")]
    Scram(First, Option<Message>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    First,
    Later,
}

impl State {
    /// Whether a step may be taken at all.
    pub(super) fn check_turn(&self, initial: bool) -> Result<(), SaslError> {
        match self {
            Self::Failed(error) => Err(*error),
            Self::Over => Err(SaslError::Usage("the exchange is over")),
            Self::RelayAsked(_) => Err(SaslError::Usage("an answer is awaited")),
            #[cfg(feature = "scram")]
            Self::ScramKey(_) => Err(SaslError::Usage("an answer is awaited")),
            Self::First(..) | Self::LoginName { .. } | Self::Relay => Ok(()),
            #[cfg(feature = "cram-md5")]
            Self::CramMd5 { .. } => Ok(()),
            _ if initial => Err(SaslError::Usage("the exchange has begun")),
            _ => Ok(()),
        }
    }

    pub(super) fn step(
        self,
        challenge: Option<&[u8]>,
        limits: &Limits,
        refusal: &mut Option<Message>,
    ) -> Result<(Self, ClientStep), SaslError> {
        if challenge.is_some_and(|challenge| challenge.len() > limits.message) {
            return Err(SaslError::TooLong);
        }
        let send = |state, message| Ok((state, ClientStep::Send(message)));
        match (self, challenge) {
            (Self::First(message, next), None | Some(b"")) => send(next.state(), message),
            (Self::First(..), Some(_)) => Err(SaslError::Malformed("an empty challenge")),
            (Self::Relay, None) => Ok((Self::RelayAsked(Asked::First), ClientStep::NeedResponse(None))),
            (Self::Relay | Self::Relaying, Some(challenge)) => {
                Ok((Self::RelayAsked(Asked::Later), ClientStep::NeedResponse(Some(challenge.into()))))
            }
            (state, None) => Ok((state, ClientStep::Wait)),
            // What the challenges say is not looked at: servers differ.
            (Self::LoginName { user, password }, Some(_)) => send(Self::LoginPassword { password }, user),
            (Self::LoginPassword { password }, Some(_)) => send(Self::Complete, password),
            #[cfg(feature = "cram-md5")]
            (Self::CramMd5 { user, password }, Some(challenge)) => {
                if challenge.is_empty() {
                    return Err(SaslError::Malformed("a challenge"));
                }
                let mut message = user.into_octets();
                message.push(b' ');
                message.extend_from_slice(crate::cram_md5::digest(password.expose(), challenge).as_bytes());
                send(Self::Complete, message.into())
            }
            (Self::Oauth(oauth), Some(error)) => {
                *refusal = Some(error.into());
                let dummy: &[u8] = match oauth {
                    Oauth::Xoauth2 => b"",
                    Oauth::Oauthbearer => b"\x01",
                };
                send(Self::OauthRefused, dummy.into())
            }
            #[cfg(feature = "scram")]
            (Self::ScramFirst(first, password), Some(challenge)) => {
                let greeted = first.greeted(challenge, limits)?;
                let Some(password) = password else {
                    let request = greeted.request.clone();
                    return Ok((Self::ScramKey(greeted), ClientStep::NeedKey(request)));
                };
                let salted = greeted.request.derive(password.expose());
                let (answered, message) = greeted.answer(&salted);
                send(Self::ScramAnswered(answered), message)
            }
            #[cfg(feature = "scram")]
            (Self::ScramAnswered(answered), Some(challenge)) => {
                answered.verify(challenge).map_err(|(error, said)| {
                    *refusal = said;
                    error
                })?;
                send(Self::Complete, Message::default())
            }
            _ => Err(SaslError::Unexpected),
        }
    }

    pub(super) fn provide(self, answer: ClientAnswer) -> (Self, Result<ClientStep, SaslError>) {
        match (self, answer) {
            #[cfg(feature = "scram")]
            (Self::ScramKey(greeted), ClientAnswer::Key(key)) if key.hash() == greeted.request.hash => {
                let (answered, message) = greeted.answer(&key);
                (Self::ScramAnswered(answered), Ok(ClientStep::Send(message)))
            }
            (Self::RelayAsked(_), ClientAnswer::Response(response)) => {
                (Self::Relaying, Ok(ClientStep::Send(response.into())))
            }
            (Self::RelayAsked(Asked::First), ClientAnswer::Wait) => (Self::Relaying, Ok(ClientStep::Wait)),
            (Self::Failed(error), _) => (Self::Failed(error), Err(error)),
            (state, _) => (state, Err(SaslError::Usage("this was not asked for"))),
        }
    }

    /// Whether the protocol's success may be believed; if not, also what the server said.
    pub(super) fn succeeded(&self, data: Option<&[u8]>) -> Result<(), (SaslError, Option<Message>)> {
        let error = match (self, data) {
            (Self::Complete | Self::Oauth(_), None) | (Self::Relaying, _) => return Ok(()),
            #[cfg(feature = "scram")]
            (Self::ScramAnswered(answered), Some(data)) => return answered.verify(data),
            #[cfg(feature = "scram")]
            (
                Self::ScramAnswered(_)
                | Self::ScramFirst(..)
                | Self::ScramKey(_)
                | Self::First(_, Next::Scram(..)),
                _,
            ) => SaslError::ServerNotVerified,
            (Self::Failed(error), _) => *error,
            (Self::Over, _) => SaslError::Usage("the exchange is over"),
            _ => SaslError::Unexpected,
        };
        Err((error, None))
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::Over => "over",
            Self::Complete | Self::OauthRefused => "awaiting the outcome",
            Self::RelayAsked(_) => "awaiting an answer",
            #[cfg(feature = "scram")]
            Self::ScramKey(_) => "awaiting an answer",
            _ => "going on",
        }
    }
}

impl Next {
    fn state(self) -> State {
        match self {
            Self::Complete => State::Complete,
            Self::Oauth(oauth) => State::Oauth(oauth),
            #[cfg(feature = "scram")]
            Self::Scram(first, password) => State::ScramFirst(first, password),
        }
    }
}
