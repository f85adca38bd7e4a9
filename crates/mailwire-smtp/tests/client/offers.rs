//! What a server announces, and what a mail needs.

use crate::script::{Script, Stand, plain, to};
use mailwire_smtp::client::Unsendable;
use mailwire_smtp::{Body, EnhancedCode, Envelope};

fn mail(offers: &str, envelope: Envelope, line: &str) {
    Script::ready(plain(), offers).send(envelope).c(&format!("{line}\n")).run();
}

#[test]
fn a_mail_that_is_too_large_is_not_begun() {
    Script::ready(plain(), "SIZE 1000").cannot_send(to(1).with_size(1001), Unsendable::TooLarge(1000)).run();
    mail("SIZE 1000", to(1).with_size(1000), "MAIL FROM:<a@b.example> SIZE=1000");
    mail("SIZE 0", to(1).with_size(u64::MAX), "MAIL FROM:<a@b.example> SIZE=18446744073709551615");
    mail("SIZE", to(1).with_size(1), "MAIL FROM:<a@b.example> SIZE=1");
    mail("DSN", to(1).with_size(1), "MAIL FROM:<a@b.example>");
    assert_eq!(Unsendable::TooLarge(1).enhanced(), EnhancedCode::new(5, 3, 4));
}

#[test]
fn eight_bits_need_8bitmime() {
    let envelope = || to(1).with_body(Body::EightBitMime);
    Script::ready(plain(), "SIZE").cannot_send(envelope(), Unsendable::EightBit).run();
    mail("8BITMIME", envelope(), "MAIL FROM:<a@b.example> BODY=8BITMIME");
}

#[test]
fn binary_needs_binarymime_and_chunking() {
    let envelope = || to(1).with_body(Body::BinaryMime);
    Script::ready(plain(), "8BITMIME,CHUNKING").cannot_send(envelope(), Unsendable::Binary).run();
    Script::ready(plain(), "8BITMIME,BINARYMIME").cannot_send(envelope(), Unsendable::Binary).run();
    mail("BINARYMIME,CHUNKING", envelope(), "MAIL FROM:<a@b.example> BODY=BINARYMIME");
}

#[test]
fn utf8_needs_smtputf8() {
    let sender =
        || Envelope::new("jörg@b.example".parse().unwrap()).with_recipient("c@d.example".parse().unwrap());
    let recipient = || to(1).with_recipient("jörg@d.example".parse().unwrap());
    let headers = || to(1).with_utf8_headers();
    for envelope in [sender(), recipient(), headers()] {
        Script::ready(plain(), "8BITMIME").cannot_send(envelope, Unsendable::Utf8).run();
    }
    mail("SMTPUTF8", sender(), "MAIL FROM:<jörg@b.example> SMTPUTF8");
    mail("SMTPUTF8", recipient(), "MAIL FROM:<a@b.example> SMTPUTF8");
    mail("SMTPUTF8", headers(), "MAIL FROM:<a@b.example> SMTPUTF8");
    mail("SMTPUTF8", to(1), "MAIL FROM:<a@b.example>");
}

/// RFC 9422.
#[test]
fn recipients_over_the_announced_limit_are_left_over() {
    Script::ready(plain(), "PIPELINING,LIMITS RCPTMAX=2")
        .send(to(5))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nRCPT TO:<c1@d.example>\nDATA\n")
        .s("250 ok\n250 ok\n550 who?\n354 go\n")
        .body("Hi\n")
        .s("250 ok\n")
        .act(|client| {
            let outcome = client.take_outcome().unwrap();
            let rest = to(5).rest(&outcome).unwrap();
            assert_eq!(rest.recipients().len(), 3);
            client.send(&rest).unwrap();
        })
        .c("Hi\n.\nMAIL FROM:<a@b.example>\nRCPT TO:<c2@d.example>\nRCPT TO:<c3@d.example>\nDATA\n")
        .s("250 ok\n250 ok\n250 ok\n354 go\n")
        .body("Hi\n")
        .s("250 ok\n")
        .outcome(&["delivered: 250 ok", "delivered: 250 ok", "not attempted"])
        .run();
    // A sender that is refused is refused for those it was said for.
    Script::ready(plain(), "LIMITS RCPTMAX=1")
        .send(to(2))
        .s("550 no\n")
        .outcome(&["refused: 550 no", "not attempted"])
        .run();
}

#[test]
fn domains_over_the_announced_limit_are_left_over() {
    let envelope = ["a@x.example", "b@X.example", "c@y.example", "d@x.example"]
        .into_iter()
        .fold(Envelope::null(), |envelope, to| envelope.with_recipient(to.parse().unwrap()));
    Script::ready(plain(), "PIPELINING,LIMITS RCPTDOMAINMAX=1")
        .send(envelope)
        .c("MAIL FROM:<>\nRCPT TO:<a@x.example>\nRCPT TO:<b@X.example>\nDATA\n")
        .run();
}

#[test]
fn mails_over_the_announced_limit_want_another_session() {
    Script::ready(plain(), "LIMITS MAILMAX=1")
        .send(to(1))
        .s("550 no\n")
        .c("MAIL FROM:<a@b.example>\n")
        .stands(Stand::Idle)
        .cannot_send(to(1), Unsendable::SessionFull)
        .run();
}

#[test]
fn a_limit_of_nothing_is_no_limit_that_makes_sense() {
    Script::ready(plain(), "PIPELINING,LIMITS RCPTMAX=0 RCPTDOMAINMAX=0")
        .send(to(2))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
        .run();
}
