//! Envelopes out of headers, and mails without Bcc.

use mailwire_message::Message;
use mailwire_smtp::Envelope;
use mailwire_smtp::envelope::{HeaderError, WithoutBcc};

fn of(raw: &str) -> Result<String, HeaderError> {
    let envelope = Envelope::from_headers(&Message::parse(raw.as_bytes()))?;
    let recipients: Vec<String> = envelope.recipients().iter().map(ToString::to_string).collect();
    Ok(format!("{} > {}", envelope.sender().unwrap().as_str(), recipients.join(" ")))
}

fn left(raw: &str) -> String {
    let message = Message::parse(raw.as_bytes());
    String::from_utf8(WithoutBcc::new(&message).slices().concat()).unwrap()
}

#[test]
fn sender_stands_before_from() {
    assert_eq!(
        of("From: a@x.example, b@x.example\nTo: c@x.example\n\n"),
        Ok("a@x.example > <c@x.example>".into())
    );
    let raw = "From: a@x.example\nSender: s@x.example\nTo: c@x.example\n\n";
    assert_eq!(of(raw), Ok("s@x.example > <c@x.example>".into()));
}

#[test]
fn what_was_sent_again_goes_to_whom_it_was_sent_again() {
    let raw = "Resent-From: r@x.example\nResent-To: t@x.example\nResent-Bcc: u@x.example\n\
        Received: by x.example\nResent-From: old@x.example\nResent-To: older@x.example\n\
        From: a@x.example\nTo: c@x.example\nBcc: d@x.example\n\n";
    assert_eq!(of(raw), Ok("r@x.example > <t@x.example> <u@x.example>".into()));
    assert!(!left(raw).contains("Bcc"));
    let raw = "Resent-From: r@x.example\nResent-Sender: s@x.example\nResent-To: t@x.example\n\n";
    assert_eq!(of(raw), Ok("s@x.example > <t@x.example>".into()));
}

#[test]
fn groups_lists_and_names_are_read_and_nobody_gets_it_twice() {
    let raw = "From: \"A, B\" <a@x.example>\nTo: friends: b@x.example, \"C\" <c@X.example>;, b@X.EXAMPLE\n\
        Cc: undisclosed-recipients:;\nCc: \"q d\"@x.example\n\n";
    assert_eq!(of(raw), Ok("a@x.example > <b@x.example> <c@X.example> <\"q d\"@x.example>".into()));
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(of("To: c@x.example\n\n"), Err(HeaderError::NoSender));
    assert_eq!(of("From: a@x.example\nTo: nobody:;\n\n"), Err(HeaderError::NoRecipient));
    assert_eq!(of("From: a@x.example\nTo: c@x.example, local\n\n"), Err(HeaderError::Address(35)));
}

#[test]
fn every_bcc_is_cut_and_nothing_else() {
    assert_eq!(left("Bcc: a@x.example\n\nBcc: b\n"), "\nBcc: b\n");
    assert_eq!(left("A: 1\nBCC : x,\n y\nB: 2\nbcc:\nBccc: z\n\n"), "A: 1\nB: 2\nBccc: z\n\n");
    assert_eq!(left("A: 1\n"), "A: 1\n");
    assert_eq!(left(""), "");
}
