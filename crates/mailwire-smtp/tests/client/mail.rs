//! Mails: who gets them, who doesn't, and who may get them later.

use crate::script::{Script, Stand, lmtp, plain, settle, to};
use mailwire_core::{Buffered, Machine, Step};
use mailwire_smtp::client::{Client, Fate, ReplyTo, Scope};
use mailwire_smtp::{Envelope, Notify, PeerError, Recipient, Ret};

const ENVELOPE: &str = "MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n";

#[test]
fn commands_go_in_one_group_where_it_is_offered() {
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nRCPT TO:<c1@d.example>\nDATA\n")
        .s("250 ok\n250 ok\n250 ok\n354 go\n")
        .stands(Stand::Blocked)
        .body("Hi\n")
        .c("Hi\n.\n")
        .s("250 ok\n")
        .heard(&[
            "Connection 220",
            "Hello 250",
            "Mail 250",
            "Recipient(0) 250",
            "Recipient(1) 250",
            "Data 354",
            "Body 250",
        ])
        .stands(Stand::Idle)
        .outcome(&["delivered: 250 ok", "delivered: 250 ok"])
        .no_outcome()
        .run();
}

#[test]
fn and_one_by_one_where_it_is_not() {
    Script::ready(plain(), "")
        .send(to(2))
        .c("MAIL FROM:<a@b.example>\n")
        .s("250 ok\n")
        .c("RCPT TO:<c0@d.example>\n")
        .s("250 ok\n")
        .c("RCPT TO:<c1@d.example>\n")
        .s("251 ok\n")
        .c("DATA\n")
        .s("354 go\n")
        .body("Hi\n")
        .c("Hi\n.\n")
        .s("250 ok\n")
        .stands(Stand::Idle)
        .outcome(&["delivered: 250 ok", "delivered: 250 ok"])
        .run();
}

#[test]
fn the_window_bounds_what_is_outstanding() {
    Script::ready(plain().with_window(4), "PIPELINING")
        .send(to(5))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nRCPT TO:<c1@d.example>\nRCPT TO:<c2@d.example>\n")
        .s("250 ok\n")
        .c("")
        .s("250 ok\n")
        .c("RCPT TO:<c3@d.example>\nRCPT TO:<c4@d.example>\n")
        .s("250 ok\n")
        .c("")
        .s("250 ok\n")
        .c("DATA\n")
        .s("250 ok\n250 ok\n354 go\n")
        .stands(Stand::Blocked)
        .run();
}

#[test]
fn the_output_bounds_it_too() {
    let config = plain().with_window(1000).with_limits(mailwire_smtp::Limits::default().with_output(200));
    Script::ready(config, "PIPELINING")
        .forget()
        .send(to(1000))
        .act(|client| assert!(client.transmit().unwrap().len() < 230))
        .run_whole();
}

#[test]
fn an_outcome_that_nobody_took_is_not_the_next_one() {
    Script::ready(plain(), "").send(to(1)).s("550 no\n").stands(Stand::Idle).send(to(1)).no_outcome().run();
}

#[test]
fn some_refused_recipients_do_not_stop_the_others() {
    Script::ready(plain(), "PIPELINING")
        .send(to(4))
        .s("250 ok\n550 5.1.1 who?\n250 ok\n450 4.2.1 busy\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 2.0.0 queued\n")
        .stands(Stand::Idle)
        .outcome(&[
            "refused: 550 5.1.1 who?",
            "delivered: 250 2.0.0 queued",
            "deferred: 450 4.2.1 busy",
            "delivered: 250 2.0.0 queued",
        ])
        .run();
}

#[test]
fn a_refused_sender_refuses_all_and_every_reply_is_still_read() {
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .s("550 5.7.1 not you\n503 no MAIL\n503 no MAIL\n503 no RCPT\n")
        .heard(&[
            "Connection 220",
            "Hello 250",
            "Mail 550",
            "Recipient(0) 503",
            "Recipient(1) 503",
            "Data 503",
        ])
        .stands(Stand::Idle)
        .outcome(&["refused: 550 5.7.1 not you", "refused: 550 5.7.1 not you"])
        // Nothing is left behind: no RSET.
        .forget()
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
        .run();
    Script::ready(plain(), "")
        .send(to(2))
        .c("MAIL FROM:<a@b.example>\n")
        .s("451 4.3.0 later\n")
        .c("")
        .stands(Stand::Idle)
        .outcome(&["deferred: 451 4.3.0 later", "deferred: 451 4.3.0 later"])
        .run();
}

#[test]
fn a_recipient_that_is_taken_without_a_sender_gets_nothing() {
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .c(&format!("{ENVELOPE}DATA\n"))
        .s("550 no\n250 ok\n354 go\n")
        .c("")
        .fails(PeerError::Unexpected(mailwire_smtp::Code::START_MAIL_INPUT))
        .outcome(&["refused: 550 no"])
        .run();
}

/// Research P06: RFC 2920 §3.1.
#[test]
fn data_without_recipients_gets_a_dot_alone() {
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .c(&format!("{ENVELOPE}DATA\n"))
        .s("250 ok\n550 who?\n354 go\n")
        .c(".\n")
        .stands(Stand::NeedInput)
        .s("554 no recipients\n")
        .stands(Stand::Idle)
        .outcome(&["refused: 550 who?"])
        .send(to(1))
        // The dot has cleared it.
        .c(&format!("{ENVELOPE}DATA\n"))
        .run();
    // Whatever is said of it.
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n550 who?\n354 go\n")
        .s("250 thanks\n")
        .outcome(&["refused: 550 who?"])
        .run();
}

#[test]
fn lmtp_cannot_know_how_many_replies_a_dot_alone_has() {
    let error = PeerError::Unexpected(mailwire_smtp::Code::START_MAIL_INPUT);
    Script::ready(lmtp(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n550 who?\n354 go\n")
        .fails(error)
        .outcome(&["refused: 550 who?"])
        .run();
}

#[test]
fn what_is_left_at_the_server_is_reset_before_the_next_mail_and_not_sooner() {
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .c(&format!("{ENVELOPE}DATA\n"))
        .s("250 ok\n550 who?\n503 nobody\n")
        .stands(Stand::Idle)
        .c("")
        .send(to(1))
        .c(&format!("RSET\n{ENVELOPE}DATA\n"))
        .s("250 reset\n250 ok\n250 ok\n354 go\n")
        .body("")
        .c(".\n")
        .s("250 ok\n")
        .outcome(&["delivered: 250 ok"])
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
        .run();
    // In lock-step nobody is asked for a body that nobody gets.
    Script::ready(plain(), "")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\n")
        .s("250 ok\n")
        .c("RCPT TO:<c0@d.example>\n")
        .s("550 who?\n")
        .c("")
        .stands(Stand::Idle)
        .outcome(&["refused: 550 who?"])
        .send(to(1))
        .c("RSET\n")
        .s("250 ok\n")
        .c("MAIL FROM:<a@b.example>\n")
        .run();
}

#[test]
fn recipients_that_a_refused_reset_leaves_behind_get_nothing() {
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n250 ok\n451 no DATA now\n")
        .outcome(&["deferred: 451 no DATA now"])
        .send(to(1))
        .s("500 no RSET\n")
        .fails(PeerError::Unexpected(mailwire_smtp::Code::SYNTAX_ERROR))
        .outcome(&["deferred: the connection was lost"])
        .run();
}

#[test]
fn data_that_is_refused_refuses_whom_it_was_for() {
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n250 ok\n550 who?\n451 4.3.0 disk\n")
        .stands(Stand::Idle)
        .outcome(&["deferred: 451 4.3.0 disk", "refused: 550 who?"])
        .run();
}

#[test]
fn the_end_may_be_refused() {
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n250 ok\n250 ok\n354 go\n")
        .body("spam\n")
        .s("550 5.7.1 spam\n")
        .stands(Stand::Idle)
        .outcome(&["refused: 550 5.7.1 spam", "refused: 550 5.7.1 spam"])
        .forget()
        .send(to(1))
        .c(&format!("{ENVELOPE}DATA\n"))
        .run();
}

/// RFC 5321 §4.5.3.1.10.
#[test]
fn too_many_recipients_is_no_refusal() {
    for code in [452, 552] {
        let too_many = format!("{code} 5.5.3 enough\n").replace("452 5", "452 4");
        let left_over = format!("left over: {}", too_many.trim_end());
        Script::ready(plain(), "PIPELINING")
            .send(to(3))
            .s(&format!("250 ok\n250 ok\n{too_many}{too_many}354 go\n"))
            .body("Hi\n")
            .s("250 ok\n")
            .act(move |client| {
                let outcome = client.take_outcome().unwrap();
                let rest = to(3).rest(&outcome).unwrap();
                let rest: Vec<String> = rest.recipients().iter().map(ToString::to_string).collect();
                assert_eq!(rest, ["<c1@d.example>", "<c2@d.example>"]);
                assert!(outcome.recipient(0).unwrap().is_delivered() && !outcome.is_delivered());
                assert_eq!(outcome.recipient(1).unwrap().to_string(), left_over);
            })
            .run();
    }
    // The first one is not too many.
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n552 full\n452 full\n503 nobody\n")
        .outcome(&["refused: 552 full", "deferred: 452 full"])
        .run();
}

#[test]
fn a_failure_says_what_it_is_about() {
    let scopes = |answer: &'static str, transient: bool, scope: Scope| {
        Script::ready(plain(), "PIPELINING")
            .send(to(1))
            .s(answer)
            .act(move |client| {
                let outcome = client.take_outcome().unwrap();
                match outcome.recipient(0).unwrap() {
                    Fate::Transient(found, _) => assert_eq!((true, found), (transient, scope), "{answer}"),
                    Fate::Permanent(found, _) => assert_eq!((false, found), (transient, scope), "{answer}"),
                    fate => panic!("{answer}: {fate}"),
                }
            })
            .run_whole();
    };
    scopes("250 ok\n450 busy\n503 x\n", true, Scope::Recipient);
    scopes("250 ok\n550 who\n503 x\n", false, Scope::Recipient);
    scopes("250 ok\n556 takes no mail\n503 x\n", false, Scope::Recipient);
    scopes("250 ok\n521 takes no mail\n503 x\n", false, Scope::Host);
    scopes("550 you?\n503 x\n503 x\n", false, Scope::Message);
    scopes("451 later\n503 x\n503 x\n", true, Scope::Message);
    scopes("452 disk\n503 x\n503 x\n", true, Scope::Host);
    scopes("556 no mail\n503 x\n503 x\n", false, Scope::Host);
    scopes("521 no mail\n503 x\n503 x\n", false, Scope::Host);
    scopes("250 ok\n250 ok\n554 no\n", false, Scope::Message);
    scopes("250 ok\n250 ok\n421 no\n", true, Scope::Host);
}

#[test]
fn notices_are_asked_for_only_where_the_server_knows_them() {
    let envelope = || {
        let recipient: Recipient = "c@d.example".parse().unwrap();
        Envelope::null()
            .with_ret(Ret::Headers)
            .with_envid("a b")
            .unwrap()
            .with_recipient(recipient.with_notify(Notify::NEVER).with_orcpt("x+y@z.example").unwrap())
            .with_recipient(Recipient::POSTMASTER)
    };
    Script::ready(plain(), "PIPELINING,DSN")
        .send(envelope())
        .c("MAIL FROM:<> RET=HDRS ENVID=a+20b\n\
            RCPT TO:<c@d.example> NOTIFY=NEVER ORCPT=rfc822;x+2By@z.example\nRCPT TO:<Postmaster>\nDATA\n")
        .run();
    Script::ready(plain(), "PIPELINING")
        .send(envelope())
        .c("MAIL FROM:<>\nRCPT TO:<c@d.example>\nRCPT TO:<Postmaster>\nDATA\n")
        .run();
}

#[test]
fn calls_out_of_their_place_change_nothing() {
    use mailwire_smtp::Command;
    let nothing = |client: &mut Client| {
        assert!(client.send(&to(1)).is_err() && client.quit().is_err() && client.reset().is_err());
        assert!(client.command(Command::Noop(None)).is_err());
        assert!(client.authenticate(mailwire_sasl::Credentials::external()).is_err());
    };
    Script::new(plain())
        .act(nothing)
        .s("220 hi\n")
        .act(nothing)
        .c("EHLO me.example\n")
        .s("250 mx\n")
        .act(|client| {
            assert!(client.data(b"x").is_err() && client.end_of_data().is_err() && client.abort().is_err());
            assert!(client.send(&to(0)).is_err());
            for command in [Command::Data, Command::Quit, Command::Rset, Command::StartTls] {
                assert!(client.command(command).is_err());
            }
        })
        .c("")
        .send(to(1))
        .act(nothing)
        .c("MAIL FROM:<a@b.example>\n")
        .s("250 ok\n")
        .act(nothing)
        .c("RCPT TO:<c0@d.example>\n")
        .s("250 ok\n")
        .act(nothing)
        .c("DATA\n")
        .s("354 go\n")
        .act(nothing)
        .body("Hi\n")
        .act(|client| assert!(client.data(b"x").is_err() && client.end_of_data().is_err()))
        .c("Hi\n.\n")
        .s("250 ok\n")
        .act(|client| client.quit().unwrap())
        .act(nothing)
        .c("QUIT\n")
        .s("221 bye\n")
        .stands(Stand::Closed)
        .act(nothing)
        .run();
}

#[test]
fn one_command_can_be_said_by_hand() {
    use mailwire_smtp::CommandText;
    use mailwire_smtp::{Command, Unknown};
    Script::ready(plain(), "")
        .act(|client| client.command(Command::Vrfy(CommandText::new(b"smith").unwrap())).unwrap())
        .c("VRFY smith\n")
        .s("252 perhaps\n")
        .stands(Stand::Idle)
        .act(|client| client.command(Command::Unknown(Unknown::new(b"XYZZY", b"1").unwrap())).unwrap())
        .c("XYZZY 1\n")
        .s("500 what?\n")
        .act(|client| client.reset().unwrap())
        .c("RSET\n")
        .s("250 ok\n")
        .heard(&["Connection 220", "Hello 250", "Command 252", "Command 500", "Reset 250"])
        .stands(Stand::Idle)
        .run();
}

/// They were believed: a mail was delivered before its end was written.
#[test]
fn answers_to_what_was_not_written_yet() {
    for (early, end, fate) in [
        (
            "250 taken\n",
            Stand::Failed(PeerError::OutOfTurn),
            "unknown: the connection was lost behind the end of the mail",
        ),
        ("552 no\n", Stand::Closed, "refused: 552 no"),
    ] {
        let mut session = Buffered::new(Client::new(plain()));
        let say = |text: &str, session: &mut Buffered<Client>| {
            session.machine_mut().transmit();
            session.push(text.replace('\n', "\r\n").as_bytes());
        };
        for text in ["220 mx.example\n", "250 mx.example\n"] {
            say(text, &mut session);
            assert!(matches!(settle(&mut session, &mut Vec::new()), Stand::NeedInput | Stand::Idle));
        }
        session.machine_mut().send(&to(1)).unwrap();
        for text in ["250 ok\n", "250 ok\n"] {
            say(text, &mut session);
            assert_eq!(settle(&mut session, &mut Vec::new()), Stand::NeedInput);
        }
        say(&format!("354 go\n{early}"), &mut session);
        let (Step::Event(event), client) = session.poll().unwrap() else { panic!() };
        assert_eq!(event.to, ReplyTo::Data);
        client.data(b"Hi\r\n").unwrap();
        client.end_of_data().unwrap();
        assert_eq!(settle(&mut session, &mut Vec::new()), end);
        let outcome = session.machine_mut().take_outcome().unwrap();
        assert_eq!(outcome.recipient(0).unwrap().to_string(), fate);
        assert!(session.machine_mut().transmit().is_none());
    }
}
