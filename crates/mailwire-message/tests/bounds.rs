//! Limits, foreign indexes, and what every type must be.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

use mailwire_core::{DefectKind, Severity};
use mailwire_message::{Headers, Index, Limits, Message, OwnedMessage, Parser, Part, PartKind, Policy};
use mailwire_testkit::{generate, mail};

/// Mails are handed between threads, and an index is kept for ever.
#[test]
fn types_cross_threads() {
    fn all<T: Send + Sync + 'static>() {}
    fn borrowed<T: Send + Sync>() {}
    all::<Parser>();
    all::<Index>();
    all::<OwnedMessage>();
    borrowed::<Message<'_>>();
    borrowed::<Part<'_, '_>>();
    borrowed::<Headers<'_, '_>>();
}

fn names(message: &Message<'_>) -> Vec<&'static str> {
    message.defects().iter().map(|defect| defect.kind().name()).collect()
}

#[test]
fn containers_below_the_depth_limit_are_leaves() {
    let raw = mail::nested(10);
    let parser = Parser::new().with_limits(Limits::default().with_depth(10));
    assert!(names(&parser.parse(&raw)).is_empty());
    let parser = Parser::new().with_limits(Limits::default().with_depth(9));
    let message = parser.parse(&raw);
    assert_eq!(names(&message), ["DepthLimit"]);
    let deepest = message.walk().filter(|part| !part.is_leaf()).map(Part::depth).max();
    assert_eq!(deepest, Some(9));
}

/// The default lets through what was seen in real mail, and the stack has no part in it.
#[test]
fn the_default_depth_is_128() {
    for (depth, limited) in [(128, false), (129, true), (5000, true)] {
        let raw = mail::nested(depth);
        assert_eq!(names(&Parser::new().parse(&raw)).contains(&"DepthLimit"), limited, "{depth}");
    }
}

#[test]
fn the_last_part_before_the_limit_keeps_the_rest() {
    let raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b\n\nthree\n--b--\n";
    let message = Parser::new().with_limits(Limits::default().with_parts(3)).parse(raw);
    let bodies: Vec<&[u8]> = message.walk().skip(1).map(Part::raw_body).collect();
    assert_eq!(bodies, [&b"one"[..], b"two\n--b\n\nthree\n--b--\n"]);
    assert_eq!(names(&message), ["PartLimit", "NoCloseDelimiter"]);
}

#[test]
fn fields_past_the_limit_are_skipped_and_told() {
    let message =
        Parser::new().with_limits(Limits::default().with_fields(2)).parse(b"A: 1\nB: 2\nC: 3\nD: 4\n\nbody");
    assert_eq!(message.headers().len(), 2);
    assert_eq!(message.root().raw_body(), b"body");
    assert_eq!(names(&message), ["FieldLimit"]);
    assert_eq!(message.defects()[0].severity(), Severity::Limit);
}

#[test]
fn defects_past_the_limit_are_counted() {
    let raw = "no colon\n".repeat(1500);
    let message = Parser::new().parse(raw.as_bytes());
    assert_eq!(message.defects().len(), 1000);
    assert_eq!(message.index().defect_count(), 1501);
}

/// Junk does not switch a policy off: what is not listed is refused.
#[test]
fn defects_that_are_not_kept_are_refused() {
    let raw = format!("{}Content-Type: text/plain\nContent-Type: text/html\n\n", ": x\n".repeat(1000));
    let message = Parser::new().parse(raw.as_bytes());
    let refused = message.check(Policy::refusing(Severity::Ambiguous).of_structure()).unwrap_err();
    assert_eq!(refused.kind().name(), "DefectLimit");
    let raw = format!("Content-Transfer-Encoding: base64\n\n{}", "A!".repeat(50_000));
    assert_eq!(Parser::new().parse(raw.as_bytes()).examine().len(), 10_001);
    // Nor does a limit for the structure that lets more through than that.
    let raw = format!("Content-Transfer-Encoding: base64\n{}\nAA!A\n", ": x\n".repeat(12_000));
    let parser = Parser::new().with_limits(Limits::default().with_defects(20_000));
    let refused = parser.parse(raw.as_bytes()).check(Policy::refusing(Severity::Ambiguous)).unwrap_err();
    assert_eq!(refused.kind().name(), "Base64Junk");
}

/// Each of these was once compared with a first value that was unescaped anew.
#[test]
fn many_boundaries_beside_an_escaped_one_take_linear_time() {
    let many = "; boundary=x".repeat(30_000);
    let raw = format!("Content-Type: multipart/mixed; boundary=\"{}\"{many}\n\n", "\\a".repeat(100_000));
    assert_eq!(names(&Parser::new().parse(raw.as_bytes()))[0], "DuplicateBoundary");
}

#[test]
fn an_embedded_message_is_an_attachment() {
    let raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\n--b\n\
        Content-Disposition:\n\ntext\n--b--\n";
    let message = Parser::new().parse(raw);
    assert_eq!(message.attachments().map(Part::id).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_name_of_64_kib_is_no_name() {
    let raw = [&b"x".repeat(65_536)[..], b": 1\nA: 2\n\n"].concat();
    let message = Parser::new().parse(&raw);
    assert_eq!(names(&message), ["NameTooLong"]);
    assert_eq!(message.headers().first("a").unwrap().text(), "2");
    let raw = [&b"x".repeat(65_535)[..], b": 1\n\n"].concat();
    assert_eq!(Parser::new().parse(&raw).headers().len(), 1);
}

#[test]
fn encoded_messages_open_on_request_and_not_for_ever() {
    let parser = Parser::new().with_limits(Limits::default().with_nested(3));
    let mut raw = b"Subject: innermost\n\nhello".to_vec();
    for _ in 0..5 {
        let mut next = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n".to_vec();
        mailwire_encoding::base64::encode_into(&raw, &mut next);
        raw = next;
    }
    let mut message = parser.parse(&raw).into_owned();
    let mut opened = 0;
    while let Some(nested) = message.root().nested(&parser) {
        opened += 1;
        message = nested;
    }
    assert_eq!(opened, 3);
    assert_eq!(message.root().kind(), PartKind::Leaf);
}

#[test]
fn an_index_of_another_mail_is_refused() {
    let raw = mail::alternative_with_attachment();
    let index = Parser::new().index(&raw);
    assert!(index.clone().attach(&raw).is_ok());
    let error = index.clone().attach(&raw[1..]).unwrap_err();
    assert_eq!(error.to_string(), "the index does not fit: the mail has another length");
    assert!(Index::new().attach(b"").is_err());
    assert!(OwnedMessage::attach(raw, index).is_ok());
}

/// What one mail left behind is not seen in the next.
#[test]
fn a_reused_index_is_like_a_new_one() {
    let parser = Parser::new();
    let mut index = Index::new();
    for (name, raw) in generate::all_as_mails(3_000).chain([("small", mail::small_text())]) {
        parser.index_into(&raw, &mut index);
        assert_eq!(format!("{index:?}"), format!("{:?}", parser.index(&raw)), "{name}");
    }
}

#[test]
fn policies_go_by_severity_and_depth() {
    let raw = b"Content-Transfer-Encoding: base64\n: x\n\nAA!A\n";
    let message = Parser::new().parse(raw);
    assert!(message.check(Policy::refusing(Severity::Limit)).is_ok());
    let refused = message.check(Policy::refusing(Severity::Ambiguous)).unwrap_err();
    assert_eq!(refused.kind().name(), "Base64Junk");
    assert!(message.check(Policy::refusing(Severity::Ambiguous).of_structure()).is_ok());
    let refused = message.check(Policy::refusing(Severity::Note).of_structure()).unwrap_err();
    assert_eq!(refused.kind().name(), "EmptyName");
}
