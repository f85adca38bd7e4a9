//! Whatever can be sent arrives, and nothing else does any harm.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use mailwire_sasl::{Client, Mechanism, Server};
use mailwire_testkit::invariants;
use mailwire_testkit::sasl::{MECHANISMS, User, config, is_scram, limits, talk};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_user_arrives(
        mechanism in prop::sample::select(MECHANISMS),
        name in "[^\\x00]{1,40}",
        password in "[^\\x00]{1,40}",
        token in "[!-~]{1,40}",
        other in prop::option::of("[^\\x00]{1,40}"),
        server in ("[a-z0-9.]{0,20}", 1..=u16::MAX),
    ) {
        let user = User { name, password, token, other, server };
        // The name is a trace, or a user's in a message of OAuth, where there are no controls.
        let plain = is_scram(mechanism)
            || [Mechanism::PLAIN, Mechanism::LOGIN, Mechanism::EXTERNAL, Mechanism::CRAM_MD5].contains(&mechanism);
        let client = Client::new(mechanism, user.credentials(mechanism));
        prop_assert_eq!(client.is_ok(), plain || !user.name.contains(char::is_control));
        if let Ok(client) = client {
            let mut server = Server::new(mechanism, config(mechanism)).unwrap();
            let mut client = client.with_limits(limits());
            let outcome = talk(&mut client, &mut server, |need| user.look_up(need), |_, _| {});
            prop_assert!(outcome.is_success(), "{mechanism}: {outcome:?}");
            if plain && mechanism != Mechanism::EXTERNAL {
                let identity = outcome.server.unwrap();
                prop_assert_eq!(identity.authcid(), Some(user.name.as_str()));
            }
        }
    }

    #[test]
    fn hostile_messages_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        invariants::sasl(&bytes);
    }

    #[test]
    fn hostile_text_does_no_harm(
        who in 0..5u8,
        which in 0..11u8,
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "n,,", "y,,", "p=tls-exporter,,", "n=user", "a=user", ",", "=", "r=client+nonce+0000", "server+nonce+0000", "s=QSXC",
                "i=2", "i=4096", "c=biws", "p=AAAA", "v=AAAA", "e=x", "m=x", "\u{1}", "\0", "auth=Bearer x", "user=user", "host=a", "port=1", "x",
                "<1@a>", " ", "0123456789abcdef", "\u{fffd}",
            ]),
            0..20,
        ),
        cuts in prop::collection::vec(0..20usize, 0..4),
    ) {
        let mut bytes = vec![who, which];
        for (number, piece) in pieces.iter().enumerate() {
            if cuts.contains(&number) {
                bytes.push(0xFF);
            }
            bytes.extend_from_slice(piece.as_bytes());
        }
        invariants::sasl(&bytes);
    }
}
