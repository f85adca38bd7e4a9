//! How sessions end that end too soon: the end of the stream, and silence.

use crate::script::{Script, Stand, lmtp, plain, to};
use core::time::Duration;
use mailwire_core::Machine;
use mailwire_smtp::PeerError;
use mailwire_smtp::client::{Aborted, Client};

const LOST: &str = "deferred: the connection was lost";
const UNKNOWN: &str = "unknown: the connection was lost behind the end of the mail";

fn begun() -> Script {
    Script::ready(plain(), "PIPELINING").send(to(2)).s("250 ok\n250 ok\n550 who?\n354 go\n")
}

#[test]
fn the_stream_ends_before_the_greeting() {
    Script::new(plain()).eof().fails(PeerError::Eof).run();
    Script::new(plain()).s("220 h").eof().fails(PeerError::Eof).run();
    Script::new(plain()).s("220 hi\n").eof().fails(PeerError::Eof).run();
}

#[test]
fn the_stream_ends_while_idle() {
    Script::ready(plain(), "").eof().stands(Stand::Closed).c("").no_outcome().run();
    Script::ready(plain(), "").act(|client| client.quit().unwrap()).eof().stands(Stand::Closed).run();
    Script::ready(plain(), "").act(|client| client.reset().unwrap()).eof().fails(PeerError::Eof).run();
}

#[test]
fn the_stream_ends_in_the_middle_of_a_mail() {
    Script::ready(plain(), "PIPELINING").send(to(2)).eof().fails(PeerError::Eof).outcome(&[LOST, LOST]).run();
    Script::ready(plain(), "").send(to(2)).eof().fails(PeerError::Eof).outcome(&[LOST, LOST]).run();
    begun().eof().fails(PeerError::Eof).outcome(&[LOST, "refused: 550 who?"]).run();
    // What was taken without a dot was not taken.
    begun()
        .act(|client| assert_eq!(client.data(b"Hi\r\n"), Ok(4)))
        .eof()
        .fails(PeerError::Eof)
        .outcome(&[LOST, "refused: 550 who?"])
        .run();
}

/// RFC 1047.
#[test]
fn behind_the_end_of_a_mail_nobody_knows() {
    begun().body("Hi\n").eof().fails(PeerError::Eof).outcome(&[UNKNOWN, "refused: 550 who?"]).run();
    begun()
        .body("Hi\n")
        .s("250 ok, and her")
        .eof()
        .fails(PeerError::Eof)
        .outcome(&[UNKNOWN, "refused: 550 who?"])
        .run();
    // The reply is read before the end is.
    begun().body("Hi\n").act(Machine::eof).fails(PeerError::Eof).run();
    begun()
        .body("Hi\n")
        .s("250 ok\n")
        .eof()
        .stands(Stand::Closed)
        .outcome(&["delivered: 250 ok", "refused: 550 who?"])
        .run();
}

#[test]
fn in_lmtp_each_recipient_is_known_or_not() {
    Script::ready(lmtp(), "PIPELINING")
        .send(to(3))
        .s("250 ok\n250 ok\n250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 first\n452 second\n")
        .eof()
        .fails(PeerError::Eof)
        .outcome(&["delivered: 250 first", "deferred: 452 second", UNKNOWN])
        .run();
}

#[test]
fn silence_is_borne_as_long_as_the_rfc_says() {
    fn bears(client: &mut Client, kind: &str, minutes: u64) {
        let patience = client.patience().unwrap();
        assert_eq!((patience.kind, patience.limit), (kind, Duration::from_secs(60 * minutes)));
    }
    Script::new(plain())
        .act(|client| bears(client, "greeting", 5))
        .s("220 hi\n")
        .act(|client| bears(client, "command", 5))
        .s("250 mx\n")
        .act(|client| assert!(client.patience().is_none()))
        .send(to(1))
        .act(|client| bears(client, "MAIL", 5))
        .s("250 ok\n")
        .act(|client| bears(client, "RCPT", 5))
        .s("250 ok\n")
        .act(|client| bears(client, "DATA", 2))
        .s("354 go\n")
        .act(|client| bears(client, "data block", 3))
        .act(|client| {
            let before = client.patience().unwrap();
            assert_eq!(client.data(b"Hi\r\n"), Ok(4));
            assert_ne!(client.patience(), Some(before));
            client.end_of_data().unwrap();
        })
        .act(|client| bears(client, "end of data", 10))
        .act(Machine::expired)
        .fails(PeerError::Expired("end of data"))
        .outcome(&[UNKNOWN])
        .run();
}

#[test]
fn whole_replies_renew_the_patience_and_the_end_has_none() {
    let mut before = None;
    let mut session = mailwire_core::Buffered::new(Client::new(plain()));
    for said in ["220 hi\r\n", "250-mx\r\n250 PIPELINING\r\n"] {
        session.push(said.as_bytes());
        crate::script::settle(&mut session, &mut Vec::new());
        session.machine_mut().transmit();
    }
    session.machine_mut().send(&to(3)).unwrap();
    session.machine_mut().transmit();
    session.push(b"250 ok\r\n");
    for _ in 0..3 {
        crate::script::settle(&mut session, &mut Vec::new());
        let now = session.machine().patience();
        assert!(now.is_some() && now != before);
        before = now;
        session.push(b"250 ok\r\n");
    }
    session.push(b"421 bye\r\n");
    assert_eq!(crate::script::settle(&mut session, &mut Vec::new()), Stand::Closed);
    assert_eq!(session.machine().patience(), None);
}

#[test]
fn single_octets_do_not_renew_the_patience() {
    let mut session = mailwire_core::Buffered::new(Client::new(plain()));
    crate::script::settle(&mut session, &mut Vec::new());
    let before = session.machine().patience();
    for octet in b"220-and so on for ever" {
        session.push(&[*octet]);
        crate::script::settle(&mut session, &mut Vec::new());
        assert_eq!(session.machine().patience(), before);
    }
}

#[test]
fn silence_where_nobody_asked_is_none() {
    Script::ready(plain(), "")
        .act(Machine::expired)
        .stands(Stand::Idle)
        .s("421 bye\n")
        .stands(Stand::Closed)
        .run();
    Script::ready(plain(), "")
        .act(|client| client.quit().unwrap())
        .act(Machine::expired)
        .stands(Stand::Closed)
        .run();
    Script::new(plain()).act(Machine::expired).fails(PeerError::Expired("greeting")).run();
}

#[test]
fn a_mail_is_given_up() {
    let gives_up = |how: Aborted| move |client: &mut Client| assert_eq!(client.abort(), Ok(how));
    // In lock-step nothing was said that could become a mail.
    Script::ready(plain(), "")
        .send(to(2))
        .s("250 ok\n")
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
        .act(gives_up(Aborted::InOrder))
        .stands(Stand::NeedInput)
        .s("250 ok\n")
        .c("")
        .stands(Stand::Idle)
        .outcome(&["not attempted", "not attempted"])
        .send(to(1))
        .c("RSET\n")
        .run();
    // DATA is said: a 354 would make an empty mail of it.
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .act(gives_up(Aborted::Closed))
        .c("")
        .stands(Stand::Closed)
        .outcome(&["not attempted"])
        .run();
    begun()
        .act(|client| assert_eq!(client.data(b"Hi\r\n"), Ok(4)))
        .act(gives_up(Aborted::Closed))
        .stands(Stand::Closed)
        .outcome(&["not attempted", "refused: 550 who?"])
        .run();
    begun().body("Hi\n").act(gives_up(Aborted::Closed)).outcome(&[UNKNOWN, "refused: 550 who?"]).run();
}

/// What nobody had asked for stopped the clock: the client waited for the rest of it for ever, and said nothing.
#[test]
fn half_a_reply_that_nobody_asked_for_is_borne_for_a_while() {
    for begin in [
        Script::new(plain()).s("220 mx.example\n").c("EHLO me.example\n").s("250 mx.example\n"),
        Script::new(plain()).s("220 mx.example\n"),
    ] {
        begin
            .raw(b"25")
            .stands(Stand::NeedInput)
            .act(|client| assert_eq!(client.patience().unwrap().kind, "command"))
            .act(Machine::expired)
            .fails(PeerError::Expired("command"))
            .run_whole();
    }
}
