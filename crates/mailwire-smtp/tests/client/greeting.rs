//! Up to the first mail: greetings and hellos as servers really say them.

use crate::script::{Script, Stand, plain};
use mailwire_smtp::{Code, Keyword, PeerError};

fn unexpected(code: u16) -> PeerError {
    PeerError::Unexpected(Code::new(code).unwrap())
}

#[test]
fn a_server_that_wants_nobody_gets_quit() {
    for greeting in ["554 no service\n", "521 no mail\n", "450 busy\n", "220-hello\n521 blocked\n"] {
        let last = greeting.lines().last().unwrap();
        Script::new(plain())
            .s(greeting)
            .c("QUIT\n")
            .stands(Stand::Closed)
            .no_outcome()
            .act(move |client| {
                let closing = client.closing_reply().unwrap();
                assert_eq!(closing.code().to_string(), last.get(..3).unwrap());
            })
            .run();
    }
    Script::new(plain()).s("421 too busy\n").c("").heard(&["Connection 421"]).stands(Stand::Closed).run();
}

#[test]
fn a_greeting_that_is_none_ends_the_session() {
    for code in [200, 221, 250, 300, 334, 354] {
        Script::new(plain()).s(&format!("{code} x\n")).c("").fails(unexpected(code)).run();
    }
}

#[test]
fn ehlo_falls_back_to_helo_only_where_it_is_not_known() {
    for code in [500, 501, 502, 504, 550] {
        Script::new(plain())
            .s("220 hi\n")
            .c("EHLO me.example\n")
            .s(&format!("{code} what?\n"))
            .c("HELO me.example\n")
            .s("250-mx\n250 STARTTLS\n")
            .stands(Stand::Idle)
            // It said so to HELO: that announces nothing.
            .act(|client| assert!(client.capabilities().is_none()))
            .run();
    }
    for code in [421, 450, 503, 521, 530, 554] {
        let quit = if code == 421 { "" } else { "QUIT\n" };
        let script = Script::new(plain()).s("220 hi\n").c("EHLO me.example\n").s(&format!("{code} no\n"));
        script.c(quit).stands(Stand::Closed).run();
    }
    for code in [220, 221, 251, 334, 354] {
        let script = Script::new(plain()).s("220 hi\n").c("EHLO me.example\n").s(&format!("{code} no\n"));
        script.c("").fails(unexpected(code)).run();
    }
}

#[test]
fn helo_that_is_refused_ends_the_session() {
    Script::new(plain())
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s("502 no\n")
        .c("HELO me.example\n")
        .s("502 no\n")
        .c("QUIT\n")
        .stands(Stand::Closed)
        .run();
}

#[test]
fn odd_offers_do_not_fail_the_hello() {
    Script::new(plain())
        .s("220 hi\n")
        .c("EHLO me.example\n")
        .s("250-mx\n250-\n250-X_ODD!=1\n250-SIZE none\n250-AUTH=LOGIN PLAIN\n250-AUTH LOGIN\n250 PIPELINING\n")
        .stands(Stand::Idle)
        .act(|client| {
            let offers = client.capabilities().unwrap();
            assert!(offers.supports(Keyword::PIPELINING) && offers.offers_mechanism(b"plain"));
            assert_eq!(offers.size(), None);
        })
        .run();
    // An empty 250.
    Script::new(plain()).s("220 hi\n").c("EHLO me.example\n").raw(b"250\r\n").stands(Stand::Idle).run();
}

#[test]
fn lmtp_says_lhlo_and_falls_back_to_nothing() {
    Script::new(crate::script::lmtp())
        .s("220 hi\n")
        .c("LHLO me.example\n")
        .s("500 what?\n")
        .c("QUIT\n")
        .stands(Stand::Closed)
        .run();
}

#[test]
fn the_server_speaks_behind_its_greeting() {
    Script::new(plain()).s("220 hi\n250 hello\n").c("").fails(PeerError::OutOfTurn).run_whole();
    Script::new(plain()).s("220 hi\n421 bye\n").c("").stands(Stand::Closed).run_whole();
    // Half of a line is enough not to answer.
    Script::new(plain()).s("220 hi\n25").c("").stands(Stand::NeedInput).run_whole();
}

#[test]
fn what_is_no_reply_is_final() {
    for line in ["SSH-2.0-x\n", "hello\n", "22X hi\n", "220hi\n", "699 x\n", "100 x\n", "000 x\n", "999 x\n"]
    {
        let mut session = mailwire_core::Buffered::new(mailwire_smtp::client::Client::new(plain()));
        session.push(line.replace('\n', "\r\n").as_bytes());
        let stand = crate::script::settle(&mut session, &mut Vec::new());
        assert!(matches!(stand, Stand::Failed(PeerError::Unreadable(_))), "{line:?}: {stand:?}");
    }
    let mut session = mailwire_core::Buffered::new(mailwire_smtp::client::Client::new(plain()));
    session.push(b"220 hi\n");
    let stand = crate::script::settle(&mut session, &mut Vec::new());
    assert!(matches!(stand, Stand::Failed(PeerError::Frame(_))));
}
