//! What a step has to be.
#![allow(dead_code, reason = "each test uses some")]

use mailwire_sasl::server::Need;
use mailwire_sasl::{ClientStep, SaslError, ServerStep};

pub(crate) fn sent(step: Result<ClientStep, SaslError>) -> Vec<u8> {
    match step {
        Ok(ClientStep::Send(message)) => message.into_octets(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn challenge(step: Result<ServerStep, SaslError>) -> Vec<u8> {
    match step {
        Ok(ServerStep::Send(message)) => message.into_octets(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn need(step: Result<ServerStep, SaslError>) -> Need {
    match step {
        Ok(ServerStep::NeedCredentials(need)) => need,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn done(step: Result<ServerStep, SaslError>) -> (Option<String>, Option<String>) {
    match step {
        Ok(ServerStep::Done(identity)) => {
            (identity.authcid().map(str::to_owned), identity.authzid().map(str::to_owned))
        }
        other => panic!("{other:?}"),
    }
}
