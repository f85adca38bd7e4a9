//! Secrets are planted everywhere; nothing that is for a log shows one.
#![allow(clippy::unwrap_used, reason = "a test may")]

use mailwire_pop3::{Command, CommandReader, Item, Limits, ResponseReader};

const SECRETS: &[&str] = &["hunter2", "aHVudGVyMg", "c4c9334bac560ecc", "ya29"];

fn assert_hidden(shown: &str, of: &[u8]) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{shown} of {}", of.escape_ascii());
    }
}

#[test]
fn no_secret_of_a_client_is_shown() {
    let lines: &[&[u8]] = &[
        b"PASS hunter2\r\n",
        b"pass  hunter2 \r\n",
        b"PASS hunter2\x00\r\n",
        b"PASS\thunter2\r\n",
        b"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n",
        b"APOP mrose  C4c9334bac560ecc979e58001b3e22fbhunter2\r\n",
        b"APOP hunter2\r\n",
        b"AUTH PLAIN aHVudGVyMg==\r\n",
        b"AUTH PLAIN  aHVudGVyMg== \r\n",
        b"AUTH PLAIN aHVudGVyMg=x\r\n",
        b"AUTH XOAUTH2 ya29\r\n",
        b"AUTH aHVudGVyMg==\r\n",
        b"AUTH =aHVudGVyMg==\r\n",
        b"AUTH hunter2 hunter2\r\n",
        b"USER mrose hunter2\x01\r\n",
        b"USER mrose hunter2\r\n",
        b"USER mrose PASS hunter2\r\n",
        b"APOP mrose hunter2 c4c9334bac560ecc979e58001b3e22fb\r\n",
        b"XCLIENT FORWARD=aHVudGVyMg==\r\n",
        b"XCLIENT hunter2\r\n",
        b"LAST hunter2\r\n",
        b"PAS hunter2\r\n",
        b"PASSS hunter2\r\n",
        b"PASS: hunter2\r\n",
        b" PASS hunter2\r\n",
        b"\xffPASS hunter2\r\n",
        b"PASS\xc2\xa0hunter2\r\n",
        b"AUHT PLAIN aHVudGVyMg==\r\n",
        b"hunter2\r\n",
        b"aHVudGVyMg==\r\n",
        b"hunter2 \x00\r\n",
    ];
    for &line in lines {
        let mut reader = CommandReader::new(Limits::default());
        let mut input = line;
        let frame = reader.next(&mut input).unwrap().unwrap();
        assert_hidden(&format!("{frame:?} {:#?} {} {:?}", frame.value(), frame.redacted(), reader), line);
        if let Err(error) = frame.value() {
            assert_hidden(&error.to_string(), line);
        }
    }
    for line in [&b"aHVudGVyMg==\r\n"[..], b"hunter2\r\n", b"hunter2!\r\n", b"PASS hunter2\r\n", b"STAT\r\n"]
    {
        let mut reader = CommandReader::new(Limits::default());
        reader.expect_response();
        let mut input = line;
        let frame = reader.next(&mut input).unwrap().unwrap();
        assert_hidden(&format!("{frame:?} {:?}", frame.value()), line);
    }
}

/// A line of an exchange is hidden also if its grammar was broken.
#[test]
fn a_broken_line_of_an_exchange_is_hidden() {
    let mut reader = CommandReader::new(Limits::default());
    reader.expect_response();
    let mut input: &[u8] = b"hunter2 hunter2\r\n";
    let frame = reader.next(&mut input).unwrap().unwrap();
    assert!(frame.value().is_err());
    assert_eq!(frame.redacted().to_string(), "<15 octets>");
}

#[test]
fn what_is_no_secret_is_shown() {
    let shown = |line: &[u8]| {
        let mut input = line;
        let frame = CommandReader::new(Limits::default()).next(&mut input).unwrap().unwrap();
        frame.redacted().to_string()
    };
    assert_eq!(shown(b"RETR 12\r\n"), "RETR 12");
    assert_eq!(shown(b"RETR none\r\n"), "RETR none");
    assert_eq!(shown(b"USER mrose\r\n"), "USER mrose");
    assert_eq!(shown(b"PASS hunter2\r\n"), "PASS<8 octets>");
    assert_eq!(shown(b"AUTH PLAIN aHVudGVyMg==\r\n"), "AUTH PLAIN<13 octets>");
    assert_eq!(shown(b"AUTH aHVudGVyMg==\r\n"), "AUTH<13 octets>");
    assert_eq!(shown(b"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"), "APOP mrose<33 octets>");
    assert_eq!(shown(b"PAS hunter2\r\n"), "<11 octets>");
}

#[test]
fn no_challenge_of_a_server_is_shown() {
    let mut reader = ResponseReader::new(Limits::default());
    let mut input: &[u8] = b"+OK\r\n+ aHVudGVyMg==\r\n+aHVudGVyMg==\r\naHVudGVyMg==\r\n";
    let mut asked = 0;
    while let Some(Item::Frame(frame)) = reader.next(&mut input).unwrap() {
        assert_hidden(&format!("{frame:?} {:?} {}", frame.value(), frame.redacted()), frame.raw());
        asked += 1;
        reader.expect(&Command::parse(b"AUTH PLAIN").unwrap());
    }
    assert_eq!(asked, 4);
}
