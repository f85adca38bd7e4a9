//! Real sessions: what is read is written, and read again as the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "conformance/dialogs.rs"]
mod dialogs;

use mailwire_imap::{CommandItem, CommandReader, Limits, ResponseItem, ResponseReader};
use mailwire_testkit::invariants::imap::{check_command, check_response};
use std::fs;
use std::path::Path;

/// With CRLF at the end of every line: captures lie here with LF, too.
fn crlf(capture: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for &byte in capture {
        if byte == b'\n' && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(byte);
    }
    out
}

fn responses(stream: &[u8], name: &str) -> usize {
    let mut reader = ResponseReader::new(Limits::default().with_inline(u64::MAX));
    let (mut input, mut count) = (stream, 0);
    while let Some(item) = reader.next(&mut input).unwrap_or_else(|error| panic!("{name}: {error}")) {
        if let ResponseItem::Frame(frame) = item {
            let response = frame.value().unwrap_or_else(|error| panic!("{name}: {error}"));
            check_response(frame.raw(), response);
            count += 1;
        }
    }
    count
}

#[test]
fn captured_responses_are_written_as_they_were_read() {
    let Some(root) = mailwire_testkit::shared::folder() else { return };
    let root = root.join("traces/imap");
    let mut count = 0;
    for folder in fs::read_dir(root).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let name = file.path().display().to_string();
            // Its literal is announced two octets short.
            if Path::new(&name).ends_with("headers.1+unsolicited-info.txt") {
                continue;
            }
            count += responses(&crlf(&fs::read(file.path()).unwrap()), &name);
        }
    }
    assert!(count > 1000, "{count}");
}

/// One command of each kind, and what is read of it.
#[test]
fn commands_are_written_as_they_were_read() {
    for line in include_str!("data/commands.txt").lines().filter(|line| !line.is_empty()) {
        let stream = line.replace("\\r\\n", "\r\n") + "\r\n";
        let mut reader = CommandReader::new(Limits::default());
        let mut input = stream.as_bytes();
        loop {
            match reader.next(&mut input) {
                Ok(Some(CommandItem::Offer(_))) => reader.accept(),
                Ok(Some(CommandItem::Frame(frame))) => {
                    let command = frame.value().unwrap_or_else(|error| panic!("{line}: {error}"));
                    let mut clean = true;
                    command.explain(frame.raw(), &mailwire_imap::Leniency::default(), &mut |finding, _| {
                        println!("{line}: {finding:?}");
                        clean = false;
                    });
                    assert!(clean, "{line}");
                    check_command(frame.raw(), command);
                    break;
                }
                other => panic!("{line}: {other:?}"),
            }
        }
        assert!(input.is_empty(), "{line}");
    }
}
