//! Replies that nobody asked for, that come too soon, or that make no sense where they come (research R01 to R06).

use crate::script::{Script, Stand, plain, to};
use mailwire_core::Machine;
use mailwire_smtp::{Code, PeerError};

fn unexpected(code: u16) -> PeerError {
    PeerError::Unexpected(Code::new(code).unwrap())
}

/// R01.
#[test]
fn a_second_reply_to_one_command_is_out_of_turn() {
    let lost = "deferred: the connection was lost";
    Script::ready(plain(), "")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\n")
        .s("250 ok\n250 ok\n")
        .c("")
        .fails(PeerError::OutOfTurn)
        .outcome(&[lost])
        .run_whole();
    // The beginning of one is enough.
    Script::ready(plain(), "")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\n")
        .s("250 ok\n25")
        .c("")
        .s("0 ok\n")
        .fails(PeerError::OutOfTurn)
        .run_whole();
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n250 ok\n503 no\n250 more\n")
        .fails(PeerError::OutOfTurn)
        .run();
    // It waits at the server's side while the client is idle.
    Script::ready(plain(), "").s("250 hello?\n").fails(PeerError::OutOfTurn).run();
    Script::ready(plain(), "")
        .s("250 hel")
        .stands(Stand::NeedInput)
        .act(|client| assert!(client.send(&to(1)).is_err()))
        .c("")
        .s("lo?\n")
        .fails(PeerError::OutOfTurn)
        .run();
}

/// R02.
#[test]
fn the_server_closes_an_idle_session() {
    Script::ready(plain(), "")
        .s("421 4.4.2 idle for too long\n")
        .heard(&["Connection 220", "Hello 250", "Nothing 421"])
        .stands(Stand::Closed)
        .c("")
        .no_outcome()
        .run();
}

#[test]
fn the_server_closes_in_the_middle_of_a_mail() {
    let closing = "deferred: 421 4.3.2 shutting down";
    let close = "421 4.3.2 shutting down\n";
    // In the place of each reply in turn.
    for replies in 0..4 {
        let answers: String = ["250 ok\n", "250 ok\n", "550 who?\n"].iter().take(replies).copied().collect();
        let second = if replies == 3 { "refused: 550 who?" } else { closing };
        Script::ready(plain(), "PIPELINING")
            .send(to(2))
            .s(&(answers.clone() + close))
            .stands(Stand::Closed)
            .outcome(&[closing, second])
            .run();
        let script = Script::ready(plain(), "").send(to(2));
        let script = answers.split_inclusive('\n').fold(script, Script::s);
        script.s(close).stands(Stand::Closed).outcome(&[closing, second]).run();
    }
    let begun = |offers| Script::ready(plain(), offers).send(to(1)).s("250 ok\n250 ok\n354 go\n");
    begun("PIPELINING").s(close).stands(Stand::Closed).outcome(&[closing]).run();
    begun("PIPELINING").body("Hi\n").s(close).stands(Stand::Closed).outcome(&[closing]).run();
}

/// R03.
#[test]
fn a_line_that_is_no_reply_loses_the_place() {
    let mut session = mailwire_core::Buffered::new(mailwire_smtp::client::Client::new(plain()));
    session.push(b"220 hi\r\n");
    crate::script::settle(&mut session, &mut Vec::new());
    session.machine_mut().transmit();
    session.push(b"250-mx\r\n250 PIPELINING\r\n");
    crate::script::settle(&mut session, &mut Vec::new());
    session.machine_mut().send(&to(2)).unwrap();
    session.machine_mut().transmit();
    session.push(b"250 ok\r\nwarning: disk is nearly full\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    let stand = crate::script::settle(&mut session, &mut Vec::new());
    assert!(matches!(stand, Stand::Failed(PeerError::Unreadable(_))), "{stand:?}");
    let outcome = session.machine_mut().take_outcome().unwrap();
    assert!(outcome.recipients().all(|fate| fate.to_string() == "deferred: the connection was lost"));
}

/// R04.
#[test]
fn go_ahead_is_no_answer_but_to_data() {
    for code in [300, 334, 353, 354, 399] {
        for place in 0..2 {
            let before: String = ["250 ok\n"].iter().cycle().take(place).copied().collect();
            Script::ready(plain(), "PIPELINING")
                .send(to(1))
                .s(&format!("{before}{code} go\n"))
                .fails(unexpected(code))
                .outcome(&["deferred: the connection was lost"])
                .run();
        }
        Script::ready(plain(), "")
            .act(|client| client.reset().unwrap())
            .s(&format!("{code} go\n"))
            .fails(unexpected(code))
            .run();
        Script::ready(plain(), "")
            .act(|client| client.quit().unwrap())
            .s(&format!("{code} go\n"))
            .fails(unexpected(code))
            .run();
    }
    // And 250 is none to DATA, nor any other go-ahead.
    for code in [200, 250, 300, 334, 353] {
        Script::ready(plain(), "PIPELINING")
            .send(to(1))
            .s(&format!("250 ok\n250 ok\n{code} go\n"))
            .fails(unexpected(code))
            .run();
    }
    // The end of the body has no go-ahead behind it: nobody knows whether the mail was taken.
    Script::ready(plain(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("354 more\n")
        .fails(unexpected(354))
        .outcome(&["unknown: the connection was lost behind the end of the mail"])
        .run();
}

/// R05: the codec's, seen from here.
#[test]
fn enhanced_codes_are_kept() {
    Script::ready(plain(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n550-5.7.509 no\n550 5.7.509 way\n550 2.1.5 odd\n503 x\n")
        .outcome(&["refused: 550 5.7.509 no way", "refused: 550 2.1.5 odd"])
        .run();
}

/// R06.
#[test]
fn a_reply_before_the_end_of_the_body_is_the_last_word() {
    let begun = || {
        Script::ready(plain(), "PIPELINING")
            .send(to(1))
            .s("250 ok\n250 ok\n354 go\n")
            .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
    };
    begun()
        .act(|client| assert_eq!(client.data(b"half of a"), Ok(9)))
        .c("half of a")
        .s("552 5.3.4 too big\n")
        // Neither the rest nor QUIT: both would be a part of the body.
        .c("")
        .heard(&["Connection 220", "Hello 250", "Mail 250", "Recipient(0) 250", "Data 354", "Body 552"])
        .stands(Stand::Closed)
        .act(|client| assert!(client.data(b"x").is_err()))
        .outcome(&["refused: 552 5.3.4 too big"])
        .run();
    // Right behind the 354.
    begun()
        .s("451 4.3.0 changed my mind\n")
        .stands(Stand::Closed)
        .outcome(&["deferred: 451 4.3.0 changed my mind"])
        .run();
    // Nothing can have been taken yet.
    begun()
        .s("250 taken\n")
        .fails(PeerError::OutOfTurn)
        .outcome(&["deferred: the connection was lost"])
        .run();
}
