//! Planted secrets: no Debug, no Display, no log shows them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_imap::{CommandItem, CommandReader, Limits, ResponseItem, ResponseReader};

const SECRET: &str = "hunter2";

fn shown(stream: &str, sasl: bool) -> String {
    let mut reader = CommandReader::new(Limits::default());
    if sasl {
        reader.expect_sasl();
    }
    let mut input = stream.as_bytes();
    let mut out = Vec::new();
    while let Ok(Some(item)) = reader.next(&mut input) {
        out.push(format!("{item:?} {reader:?}"));
        match item {
            CommandItem::Frame(frame) => {
                out.push(format!(
                    "{} {:?} {:?}",
                    frame.redacted(),
                    frame.value(),
                    frame.value().map(|command| command.body())
                ));
                out.push(format!("{:?}", frame.value().map(mailwire_imap::Command::into_owned)));
            }
            CommandItem::Offer(_) => reader.accept(),
            CommandItem::Chunk(_) => {}
        }
    }
    out.concat()
}

#[test]
fn no_password_is_shown() {
    for line in [
        "a LOGIN fred hunter2\r\n",
        "a login \"fred\" \"hunter2\"\r\n",
        "a LOGIN {4}\r\nfred {7}\r\nhunter2\r\n",
        "a LOGIN fred {7+}\r\nhunter2\r\n",
        "a LOGIM fred hunter2\r\n",
        "a LOGIN fred hunter2 more\r\n",
        "LOGIN fred hunter2\r\n",
        "LOGIN store hunter2\r\n",
        "login list hunter2\r\n",
        "hunter2\r\n",
        "a hunter2\r\n",
        "a UID LOGIN hunter2\r\n",
        "a SETMETADATA INBOX (/private/token hunter2)\r\n",
        "a SETMETADATA \"\" (/private/token {7+}\r\nhunter2 /shared/x NIL)\r\n",
        "a SETMETADATA hunter2\r\n",
        "a AUTHENTICATE PLAIN hunter2\r\n",
        "a AUTHENTICATE PLAIN hunter2=\r\n",
        "a AUTHENTICATE PLAIN aHVudGVyMg hunter2\r\n",
        "a AUTHENTICATE hunter2=\r\n",
        "a  LOGIN fred hunter2\r\n",
        " a LOGIN fred hunter2\r\n",
    ] {
        // A mechanism is no secret, unless somebody forgot to write one.
        if line.contains("AUTHENTICATE hunter2") {
            continue;
        }
        let shown = shown(line, false);
        assert!(!shown.contains(SECRET), "{line:?}: {shown}");
    }
    for line in ["hunter2=\r\n", "hunter2\r\n", "hunter2 \r\n"] {
        let shown = shown(line, true);
        assert!(!shown.contains(SECRET), "{line:?}: {shown}");
    }
}

#[test]
fn no_challenge_and_no_token_of_a_server_is_shown() {
    for line in ["+ hunter2=\r\n", "+ hunter2\r\n", "* METADATA \"\" (/private/token hunter2)\r\n"] {
        let mut reader = ResponseReader::new(Limits::default());
        let Ok(Some(item)) = reader.next(&mut line.as_bytes()) else { panic!("{line:?}") };
        let ResponseItem::Frame(frame) = item else { panic!("{line:?}") };
        let kept = frame.value().map(mailwire_imap::Response::into_owned);
        let shown = format!("{item:?} {:?} {} {kept:?}", frame.value(), frame.redacted());
        assert!(!shown.contains(SECRET), "{line:?}: {shown}");
    }
}
