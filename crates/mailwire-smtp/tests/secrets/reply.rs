//! Challenges of SASL.

use mailwire_smtp::{Answer, ReplyReader};

const SECRET: &str = "c2VjcmV0";

#[test]
fn no_challenge_is_shown() {
    for stream in [
        format!("334 {SECRET}\r\n"),
        format!("334-{SECRET}\r\n334 {SECRET}\r\n"),
        format!("250-a\r\n334 {SECRET}\r\n"),
        format!("334-{SECRET}\r\n250 a\r\n"),
        format!("334{SECRET}\r\n"),
        format!("34 {SECRET}\r\n"),
        format!(" 334 {SECRET}\r\n"),
        format!("+ {SECRET}\r\n"),
        format!("{SECRET}\r\n"),
        format!("334 {SECRET}\0\r\n"),
        format!("250-a\r\n{SECRET}\r\n"),
        format!("334 \x01{SECRET}\r\n"),
    ] {
        let mut input = stream.as_bytes();
        let frame = ReplyReader::default().next(&mut input).unwrap().unwrap();
        let mut shown = format!("{frame:?} {} {:?}", frame.redacted(), frame.redacted());
        shown += &frame.value().map_or_else(
            |error| format!("{error} {error:?}"),
            |reply| {
                let owned = reply.into_owned();
                format!(
                    "{reply} {reply:?} {} {:?} {:?} {owned} {owned:?} {:?} {:?}",
                    reply.text(),
                    reply.text(),
                    reply.lines(),
                    reply.challenge(),
                    reply.capabilities()
                )
            },
        );
        assert!(!shown.contains(SECRET), "{stream:?}: {shown}");
    }
}

#[test]
fn what_is_no_secret_is_shown() {
    let mut input: &[u8] = b"250-mx.example.org\r\n535 5.7.8 no\r\n";
    let frame = ReplyReader::default().next(&mut input).unwrap().unwrap();
    assert_eq!(frame.redacted().to_string(), r"250-mx.example.org\r\n535 5.7.8 no");
    let mut input: &[u8] = b"334 VXNlcm5hbWU6\r\n";
    let frame = ReplyReader::default().next(&mut input).unwrap().unwrap();
    assert_eq!(frame.redacted().to_string(), "334 <12 octets>");
}

#[test]
fn an_answer_hides_its_challenge() {
    let answer = Answer::challenge(SECRET.as_bytes()).unwrap();
    assert!(!format!("{answer:?}").contains(SECRET));
    let error = Answer::challenge(b"c2Vj!cmV0").unwrap_err();
    assert!(!format!("{error} {error:?}").contains('!'));
}
