//! IMAP: what a client reads of a server, what a server reads of a client, and what both write. A module of each target
//! that measures them.

#![allow(unreachable_pub, reason = "as in `inputs`")]

#[path = "imap_walk.rs"]
mod walk;

use crate::codecs::Codec;
use mailwire::imap::fetch::{Data, Fetch, FetchItem, Form, Section};
use mailwire::imap::out::{Enabled, Out};
use mailwire::imap::set::Runs;
use mailwire::imap::{
    CommandItem, CommandReader, IString, Limits, List, Response, ResponseItem, ResponseReader,
};
use mailwire_benches::floor;
use mailwire_benches::work::{Input, Worker};
use std::fmt::Write as _;
use std::hint::black_box;

/// All of it.
pub fn all() -> Vec<Codec> {
    let mut all = vec![
        codec("imap/fetch", walk::FETCH.repeat(100).into_bytes(), responses),
        codec("imap/fetch-owned", walk::FETCH.repeat(100).into_bytes(), owned),
        codec("imap/fetch-4k-reads", walk::FETCH.repeat(1000).into_bytes(), in_reads),
        codec("imap/flags", flags(), responses),
        codec("imap/list", list(), responses),
        codec("imap/search", search(100_000), responses),
        codec("imap/literals", literals(2000), responses),
        codec("imap/literals-4k-reads", literals(2000), in_reads),
    ];
    all.extend(COMMANDS.iter().map(|(name, text)| codec(name, text.repeat(200).into_bytes(), commands)));
    all.push(codec("imap/encode-fetch", walk::FETCH.as_bytes().to_vec(), encode_fetch()));
    all.push(codec("imap/encode-literal", vec![b'x'; 1 << 20], encode_literal()));
    for count in [4000, 16_000] {
        all.push(codec(&format!("imap/encode-set-{count}"), set(count), encode_set()));
    }
    all
}

fn codec(name: &str, stream: Vec<u8>, ours: impl FnMut(&[u8]) + 'static) -> Codec {
    let mut workers = vec![Worker::new("mailwire", ours)];
    #[cfg(feature = "versus")]
    workers.extend(mailwire_benches::imap_peers::workers(name));
    workers.push(Worker::new("floor", floor::scan));
    Codec { input: Input::new(name, vec![stream]), workers }
}

const COMMANDS: &[(&str, &str)] = &[
    ("imap/login", "A0001 LOGIN alice@example.org \"correct horse battery\"\r\n"),
    ("imap/select", "A0002 SELECT INBOX\r\n"),
    (
        "imap/uid-fetch",
        "A0003 UID FETCH 1:500,600,700:800 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE \
         BODY.PEEK[HEADER.FIELDS (References X-Priority)])\r\n",
    ),
    (
        "imap/search-command",
        "A0004 UID SEARCH UNSEEN SINCE 1-Feb-2024 FROM \"Smith\" OR SUBJECT report NOT LARGER 10000\r\n",
    ),
    ("imap/store", "A0005 UID STORE 1:100,203 +FLAGS.SILENT (\\Seen \\Deleted $Forwarded)\r\n"),
    (
        "imap/append",
        "A0006 APPEND Sent (\\Seen) \" 7-Feb-2024 21:52:25 -0800\" {164+}\r\nDate: Mon, 7 Feb 2024 21:52:25 -0800\r\n\
         From: Fred Foobar <foobar@blurdybloop.example>\r\nTo: mooch@owatagu.example\r\nSubject: afternoon meeting\r\n\
         \r\nHello Joe, at 3:30?\r\n\r\n",
    ),
];

fn flags() -> Vec<u8> {
    let mut stream = String::new();
    for n in 1..=2000 {
        let _ = write!(
            stream,
            "* {n} FETCH (UID {} FLAGS (\\Seen $Forwarded) RFC822.SIZE {} MODSEQ ({}))\r\n",
            n + 40_000,
            n * 37,
            n + 900_000_000
        );
    }
    stream.into_bytes()
}

fn list() -> Vec<u8> {
    let mut stream = String::new();
    for n in 1..=1000 {
        let _ = write!(stream, "* LIST (\\HasNoChildren \\Marked) \"/\" \"Projects/Year {n}/Reports\"\r\n");
        let _ = write!(stream, "* LIST (\\HasChildren) \"/\" Archive/{n}\r\n");
    }
    stream.into_bytes()
}

fn search(count: u32) -> Vec<u8> {
    let mut line = "* SEARCH".to_owned();
    (0..count).for_each(|n| _ = write!(line, " {}", 1_000_000 + n * 3));
    (line + "\r\n").into_bytes()
}

/// One message with many short headers.
fn literals(count: u32) -> Vec<u8> {
    let mut line = "* 1 FETCH (UID 7".to_owned();
    (1..=count).for_each(|n| _ = write!(line, " BODY[{n}] {{12}}\r\nhello world!"));
    (line + ")\r\n").into_bytes()
}

fn set(count: u32) -> Vec<u8> {
    let numbers: Vec<String> = (1..=count).map(|n| (n * 7 % 100_003 + 1).to_string()).collect();
    numbers.join(",").into_bytes()
}

fn responses(stream: &[u8]) {
    let mut reader = ResponseReader::new(Limits::default());
    let mut input = black_box(stream);
    while let Ok(Some(item)) = reader.next(&mut input) {
        if let ResponseItem::Frame(frame) = item {
            walk::response(&frame.value().expect("a response"));
        }
    }
    assert!(input.is_empty());
}

/// Made owned, and read there.
fn owned(stream: &[u8]) {
    let mut reader = ResponseReader::new(Limits::default());
    let mut input = black_box(stream);
    while let Ok(Some(item)) = reader.next(&mut input) {
        if let ResponseItem::Frame(frame) = item {
            let kept = frame.value().expect("a response").into_owned();
            walk::response(&kept.as_response());
        }
    }
    assert!(input.is_empty());
}

/// What was not taken is moved to the front of a buffer, as a caller with a socket does it.
fn in_reads(stream: &[u8]) {
    let mut reader = ResponseReader::new(Limits::default());
    let mut buffer = Vec::with_capacity(8192);
    for piece in stream.chunks(4096) {
        buffer.extend_from_slice(black_box(piece));
        let mut input = buffer.as_slice();
        while let Ok(Some(item)) = reader.next(&mut input) {
            if let ResponseItem::Frame(frame) = item {
                walk::response(&frame.value().expect("a response"));
            }
        }
        let taken = buffer.len() - input.len();
        buffer.drain(..taken);
    }
    assert!(buffer.is_empty());
}

fn commands(stream: &[u8]) {
    let mut reader = CommandReader::new(Limits::default());
    let mut input = black_box(stream);
    while let Ok(Some(item)) = reader.next(&mut input) {
        match item {
            CommandItem::Frame(frame) => walk::command(&frame.value().expect("a command")),
            CommandItem::Chunk(chunk) => _ = black_box(chunk),
            CommandItem::Offer(_) => reader.accept(),
        }
    }
    assert!(input.is_empty());
}

/// A server's values: slices, not a frame that is read again.
fn encode_fetch() -> impl FnMut(&[u8]) {
    let response = walk::built(walk::FETCH.as_bytes());
    let mut out = Out::server(Enabled::NONE);
    move |_| {
        out.clear();
        black_box(&response).encode(&mut out);
        black_box(out.bytes());
    }
}

fn encode_literal() -> impl FnMut(&[u8]) {
    let mut out = Out::server(Enabled::NONE);
    move |octets| {
        let data = Data::Here(IString::new(black_box(octets)));
        let items = [FetchItem::Section { section: Section::ALL, origin: None, data }];
        out.clear();
        Response::Fetch(Fetch::new(1, Form::Sequence, List::from(&items[..]))).encode(&mut out);
        black_box(out.bytes());
    }
}

/// From numbers, as a client has them.
fn encode_set() -> impl FnMut(&[u8]) {
    let mut numbers = Vec::new();
    move |set| {
        if numbers.is_empty() {
            numbers
                .extend(std::str::from_utf8(set).unwrap_or_default().split(',').flat_map(str::parse::<u32>));
        }
        black_box(numbers.iter().copied().collect::<Runs>().to_bytes());
    }
}
