//! Replies and capabilities; real servers' answers.

use mailwire_core::FrameError;
use mailwire_smtp::capability::Words;
use mailwire_smtp::{Answer, Capability, Code, Keyword, Limits, Reply, ReplyReader, ReplyText};
use mailwire_testkit::{feed::feed, shared};

#[test]
fn a_blank_line_of_an_announcement_was_a_keyword_without_a_name() {
    let reply = Reply::parse(b"250-mx\r\n250- \r\n250- STARTTLS\r\n250 DSN\r\n").unwrap();
    let found: Vec<Capability<'_>> = reply.capabilities().iter().collect();
    assert_eq!(found, [Capability::StartTls, Capability::Dsn]);
    assert!(reply.capabilities().supports(Keyword::STARTTLS));
}

/// The reader of a reply that is all there did not count its last line.
#[test]
fn a_limit_of_no_lines_depended_on_the_cuts() {
    let limits = Limits::default().with_reply_lines(0);
    for cuts in [&[][..], &[3]] {
        let mut reader = ReplyReader::new(limits);
        feed(b"250 ok\r\n", cuts, |input| {
            let Some(frame) = reader.next(input).unwrap() else { return false };
            assert!(frame.value().unwrap_err().is_too_long());
            true
        });
        assert_eq!(reader.offset(), 8);
    }
}

/// A challenge may be written as text, too.
#[test]
fn a_challenge_of_text_was_split_and_shown() {
    let challenge = "aHVudGVyMg".repeat(100);
    let answer = Answer::new(Code::CHALLENGE, ReplyText::new(&challenge).unwrap());
    let mut out = Vec::new();
    answer.encode(&mut out);
    assert_eq!(out, format!("334 {challenge}\r\n").as_bytes());
    assert!(!format!("{answer:?}").contains("aHVu"), "{answer:?}");
}

#[test]
fn text_of_another_reply_cannot_be_smuggled_into_an_answer() {
    for text in ["ok\r\n250 evil", "ok\nevil", "ok\revil", "a\0", "\x1b[31m", "\x7f", ""] {
        assert!(ReplyText::new(text).is_err() && ReplyText::utf8(text).is_err(), "{text:?}");
    }
}

/// A line that says SIZE could be made of a capability that claims to be unknown.
#[test]
fn a_known_capability_was_made_an_unknown_one() {
    for keyword in ["SIZE", "starttls", "AUTH=LOGIN", "size=", "Auth=", "ENHANCEDSTATUSCODES"] {
        let keyword = Keyword::new(keyword.as_bytes()).unwrap();
        assert!(Capability::other(keyword, Words::EMPTY).is_err(), "{keyword}");
    }
    for keyword in ["SIZES", "STARTTLS=1", "XAUTH=LOGIN", "ENHANCEDSTATUSCODEZ"] {
        let other = Capability::other(Keyword::new(keyword.as_bytes()).unwrap(), Words::EMPTY).unwrap();
        assert_eq!(Capability::parse(keyword.as_bytes()), Ok(other));
    }
}

/// Each line of a reply over its limit had as much patience as the whole reply.
#[test]
fn a_reply_over_its_limit_was_dropped_twice_as_long() {
    let limits = Limits::default().with_reply_line(100).with_dropped(1000);
    let line = |first: &str, len: usize| format!("{first}{}\r\n", "x".repeat(len));
    let streams = [
        // It crosses the limit in its second line, in its first, in a short line, in one without an end.
        line("250-", 900) + &line("250-", 900) + &line("250 ", 1),
        line("250-", 1900) + &line("250 ", 1),
        line("250-", 200) + &line("250-", 90).repeat(20) + &line("250 ", 1),
        line("250-", 90) + &line("250-", 200) + &line("250-", 5000),
    ];
    for stream in streams {
        for step in [1, 7, 64, stream.len()] {
            let mut reader = ReplyReader::new(limits);
            let cuts: Vec<usize> = (1..stream.len()).filter(|cut| cut % step == 0).collect();
            let mut error = None;
            feed(stream.as_bytes(), &cuts, |input| match reader.next(input) {
                Ok(frame) => frame.is_some(),
                Err(found) => {
                    error = Some(found);
                    false
                }
            });
            assert_eq!(error, Some(FrameError::Endless { at: 1000 }), "{step}");
        }
    }
    // What one reply spends is there again for the next.
    let long = line("250-", 400) + &line("250 ", 400);
    let stream = long.repeat(3) + "250 x\r\n";
    let mut reader = ReplyReader::new(limits);
    let mut input = stream.as_bytes();
    for _ in 0..3 {
        let frame = reader.next(&mut input).unwrap().unwrap();
        assert!(frame.value().unwrap_err().is_too_long() && frame.len() == long.len() as u64);
    }
    assert!(reader.next(&mut input).unwrap().unwrap().value().is_ok());
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
