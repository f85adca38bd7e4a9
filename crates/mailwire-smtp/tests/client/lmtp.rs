//! LMTP: a reply for each recipient behind the end (RFC 2033, research R07).

use crate::script::{Script, Stand, lmtp, to};
use mailwire_smtp::PeerError;
use mailwire_smtp::config::Chunking;

#[test]
fn each_accepted_recipient_has_an_answer() {
    Script::ready(lmtp(), "PIPELINING")
        .send(to(4))
        .s("250 ok\n250 ok\n550 who?\n250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 first\n452 4.2.2 third is full\n")
        .stands(Stand::NeedInput)
        .s("250 fourth\n")
        .stands(Stand::Idle)
        .outcome(&[
            "delivered: 250 first",
            "refused: 550 who?",
            "deferred: 452 4.2.2 third is full",
            "delivered: 250 fourth",
        ])
        .heard(&[
            "Connection 220",
            "Hello 250",
            "Mail 250",
            "Recipient(0) 250",
            "Recipient(1) 550",
            "Recipient(2) 250",
            "Recipient(3) 250",
            "Data 354",
            "RecipientBody(0) 250",
            "RecipientBody(2) 452",
            "RecipientBody(3) 250",
        ])
        .run();
}

#[test]
fn one_answer_too_many_is_out_of_turn() {
    Script::ready(lmtp(), "PIPELINING")
        .send(to(1))
        .s("250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 first\n250 second?\n")
        .fails(PeerError::OutOfTurn)
        .outcome(&["delivered: 250 first"])
        .run();
}

#[test]
fn one_answer_too_few_is_awaited() {
    Script::ready(lmtp(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 for all?\n")
        .stands(Stand::NeedInput)
        .act(mailwire_core::Machine::expired)
        .fails(PeerError::Expired("end of data"))
        .outcome(&["delivered: 250 for all?", "unknown: the connection was lost behind the end of the mail"])
        .run();
}

#[test]
fn the_server_closes_between_two_answers() {
    Script::ready(lmtp(), "PIPELINING")
        .send(to(2))
        .s("250 ok\n250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 first\n421 4.3.0 down\n")
        .stands(Stand::Closed)
        .outcome(&["delivered: 250 first", "deferred: 421 4.3.0 down"])
        .run();
}

#[test]
fn the_last_piece_is_answered_for_each_too() {
    Script::ready(lmtp().with_chunking(Chunking::WhenOffered), "PIPELINING,CHUNKING")
        .send(to(3))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nRCPT TO:<c1@d.example>\nRCPT TO:<c2@d.example>\n")
        .s("250 ok\n250 ok\n550 who?\n250 ok\n")
        .stands(Stand::Blocked)
        .body("Hi\n")
        .c("BDAT 4 LAST\nHi\n")
        .s("250 first\n250 third\n")
        .stands(Stand::Idle)
        .outcome(&["delivered: 250 first", "refused: 550 who?", "delivered: 250 third"])
        .run();
    // The last one waits for the answers to the others, since nobody knows how many it has if one of them fails.
    let limits = mailwire_smtp::Limits::default().with_output(128);
    let begun =
        Script::ready(lmtp().with_chunking(Chunking::WhenOffered).with_limits(limits), "PIPELINING,CHUNKING")
            .send(to(1))
            .s("250 ok\n250 ok\n")
            .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
            .act(|client| {
                assert_eq!(client.data(&[b'x'; 64]), Ok(64));
                assert_eq!(client.data(b"y\r\n"), Ok(3));
                client.end_of_data().unwrap();
            })
            .c(&format!("BDAT 64\n{}", "x".repeat(64)))
            .stands(Stand::NeedInput);
    let done = begun.clone().s("250 more\n").c("BDAT 3 LAST\ny\n").s("250 first\n").stands(Stand::Idle);
    done.outcome(&["delivered: 250 first"]).run();
    begun.s("552 full\n").c("").stands(Stand::Idle).outcome(&["refused: 552 full"]).run();
    // With nobody there is no BDAT, since it would have no answer (RFC 2033 §4.3).
    Script::ready(lmtp().with_chunking(Chunking::WhenOffered), "PIPELINING,CHUNKING")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
        .s("250 ok\n550 who?\n")
        .c("")
        .stands(Stand::Idle)
        .outcome(&["refused: 550 who?"])
        .run();
}
