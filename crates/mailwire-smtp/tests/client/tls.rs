//! STARTTLS: what is injected, what is stripped, what is forgotten (RFC 3207, research T03 to T07).

use crate::script::{Script, Stand, plain, to};
use mailwire_core::Machine;
use mailwire_sasl::Credentials;
use mailwire_smtp::client::{Authentication, Client, Unsendable};
use mailwire_smtp::config::{PlaintextAuth, StartTlsPolicy};
use mailwire_smtp::{ClientConfig, Code, Envelope, Keyword, PeerError, Security};

fn required() -> ClientConfig {
    plain()
        .with_start_tls(StartTlsPolicy::Required)
        .with_credentials(Credentials::password("tim", "tanstaaftanstaaf"))
}

fn opportunistic() -> ClientConfig {
    plain().with_start_tls(StartTlsPolicy::Opportunistic)
}

fn asked(config: ClientConfig) -> Script {
    Script::new(config)
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s("250-mx\n250-AUTH PLAIN\n250-SIZE 10\n250 STARTTLS\n")
        .c("STARTTLS\n")
}

#[test]
fn plaintext_behind_220_is_injected() {
    for injected in ["250-INJECTED\r\n250 AUTH LOGIN\r\n", "25", "\r\n", "\x16\x03\x01"] {
        for config in [required(), opportunistic()] {
            let octets = format!("220 go\r\n{injected}");
            let script = asked(config).raw(octets.as_bytes()).c("").fails(PeerError::Injected);
            script.clone().run();
            script.heard(&["Connection 220", "Hello 250"]).run_whole();
        }
    }
}

#[test]
fn what_was_learnt_before_tls_is_forgotten() {
    asked(required())
        .s("220-go\n220 ahead\n")
        .stands(Stand::Upgrade)
        .act(Client::upgraded)
        .act(|client| assert!(client.capabilities().is_none()))
        .c("EHLO me.example\n")
        .s("250-mx\n250 STARTTLS\n")
        // AUTH was only offered in the clear, and a second STARTTLS is not asked for.
        .c("")
        .stands(Stand::Idle)
        .act(|client| {
            assert_eq!(client.security(), Security::Tls);
            assert_eq!(client.authentication(), Authentication::NoMechanism);
            assert!(client.capabilities().unwrap().size().is_none());
            assert!(client.send(&to(1)).is_err());
        })
        .c("")
        .run();
}

#[test]
fn no_helo_after_tls() {
    asked(opportunistic())
        .s("220 go\n")
        .act(Client::upgraded)
        .c("EHLO me.example\n")
        .s("502 no\n")
        .c("QUIT\n")
        .stands(Stand::Closed)
        .run();
}

#[test]
fn a_refused_starttls_ends_what_requires_it() {
    for code in [454, 501, 502, 503, 554] {
        let answer = format!("{code} no\n");
        asked(required()).s(&answer).c("QUIT\n").fails(PeerError::NoTls).run();
        asked(opportunistic()).s(&answer).c("").stands(Stand::Idle).run();
    }
    for code in [200, 221, 250, 334, 354] {
        let error = PeerError::Unexpected(Code::new(code).unwrap());
        asked(required()).s(&format!("{code} no\n")).c("").fails(error).run();
        asked(opportunistic()).s(&format!("{code} no\n")).c("").fails(error).run();
    }
    asked(required()).s("421 no\n").c("").stands(Stand::Closed).run();
}

#[test]
fn a_stripped_starttls_ends_what_requires_it() {
    for offers in ["250 mx\n", "250-mx\n250-XSTARTTLS\n250 AUTH PLAIN\n"] {
        Script::new(required())
            .s("220 hi\n")
            .c("EHLO me.example\n")
            .s(offers)
            .c("QUIT\n")
            .fails(PeerError::NoTls)
            .run();
    }
    // Nor does HELO help.
    Script::new(required())
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s("502 no\n")
        .c("HELO me.example\n")
        .s("250 mx\n")
        .c("QUIT\n")
        .fails(PeerError::NoTls)
        .run();
}

#[test]
fn a_password_does_not_go_out_in_the_clear() {
    let config = || opportunistic().with_credentials(Credentials::password("tim", "tanstaaftanstaaf"));
    let hello =
        |config| Script::new(config).s("220 hi\n").c("EHLO me.example\n").s("250-mx\n250 AUTH PLAIN LOGIN\n");
    hello(config())
        .c("")
        .stands(Stand::Idle)
        .act(|client| assert_eq!(client.authentication(), Authentication::NoMechanism))
        .act(|client| {
            let credentials = Credentials::password("tim", "tanstaaftanstaaf");
            let error = client.authenticate_with(mailwire_sasl::Mechanism::PLAIN, credentials).unwrap_err();
            assert_eq!(
                error.to_string(),
                "a mechanism that reveals a secret is not possible on a stream in the clear"
            );
        })
        .c("")
        .run();
    hello(config().with_plaintext_auth(PlaintextAuth::Allow))
        .c("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n")
        .run();
}

#[test]
fn tls_from_the_start_needs_no_starttls() {
    Script::new(required().with_security(Security::Tls))
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s("250-mx\n250-STARTTLS\n250 AUTH PLAIN\n")
        .c("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n")
        .s("235 ok\n")
        .stands(Stand::Idle)
        .run();
}

#[test]
fn octets_after_the_offer_of_an_upgrade_are_injected_too() {
    asked(opportunistic()).s("220 go\n").stands(Stand::Upgrade).s("250 x\n").fails(PeerError::Injected).run();
}

#[test]
fn requiretls_needs_tls_and_the_offer() {
    let envelope: fn() -> Envelope = || to(1).with_required_tls();
    Script::ready(plain(), "REQUIRETLS").cannot_send(envelope(), Unsendable::RequireTls).run();
    let tls = plain().with_security(Security::Tls);
    Script::ready(tls.clone(), "SIZE").cannot_send(envelope(), Unsendable::RequireTls).run();
    Script::ready(tls, "REQUIRETLS")
        .act(|client| assert!(client.capabilities().unwrap().supports(Keyword::REQUIRETLS)))
        .send(envelope())
        .c("MAIL FROM:<a@b.example> REQUIRETLS\n")
        .run();
}
