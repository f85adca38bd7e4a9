//! Replies and capabilities; real servers' answers.

use mailwire_smtp::{Capability, Keyword, Reply, ReplyReader, ReplyText};
use mailwire_testkit::shared;

#[test]
fn a_blank_line_of_an_announcement_was_a_keyword_without_a_name() {
    let reply = Reply::parse(b"250-mx\r\n250- \r\n250- STARTTLS\r\n250 DSN\r\n").unwrap();
    let found: Vec<Capability<'_>> = reply.capabilities().iter().collect();
    assert_eq!(found, [Capability::StartTls, Capability::Dsn]);
    assert!(reply.capabilities().supports(Keyword::STARTTLS));
}

#[test]
fn text_of_another_reply_cannot_be_smuggled_into_an_answer() {
    for text in ["ok\r\n250 evil", "ok\nevil", "ok\revil", "a\0", "\x1b[31m", "\x7f", ""] {
        assert!(ReplyText::new(text).is_err() && ReplyText::utf8(text).is_err(), "{text:?}");
    }
}

/// What real servers say is read without an error; what is kept unknown has its name here.
#[test]
fn real_replies_are_read() {
    let Some(folder) = shared::folder() else { return };
    let mut unknown = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder.join("traces/smtp")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap().replace("\r\n", "\n");
        let stream = text.replace('\n', "\r\n");
        let mut input = stream.as_bytes();
        let mut reader = ReplyReader::default();
        while let Some(frame) = reader.next(&mut input).unwrap() {
            let reply = frame.value().unwrap();
            assert!(frame.defects().is_empty(), "{reply}: {:?}", frame.defects());
            if text.contains("250-SIZE") {
                for line in reply.capabilities().lines() {
                    if let Capability::Other { keyword, .. } = Capability::parse(line).unwrap() {
                        unknown.push(keyword.to_string());
                    }
                }
            }
            count += 1;
        }
        assert!(input.is_empty());
    }
    assert!(count >= 18, "{count}");
    assert_eq!(unknown, ["X-EXPS"]);
}
