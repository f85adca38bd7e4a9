//! What goes over the wire: commands, replies and bodies. A module of each target that measures them.

#![allow(unreachable_pub, reason = "as in `inputs`")]

#[path = "session.rs"]
mod session;

use crate::codecs::Codec;
use mailwire::core::dots::{Piece, Unstuffer};
use mailwire::smtp::data::{DataItem, DataReader, DataWriter};
use mailwire::smtp::reader::CommandItem;
use mailwire::smtp::{Command, CommandReader, Limits, Parameters, Reply, ReplyReader};
use mailwire_benches::floor;
use mailwire_benches::work::{Input, Worker};
use std::hint::black_box;

/// All of it: streams of a thousand commands or replies, and bodies of about `size` octets.
pub fn all(size: usize) -> Vec<Codec> {
    let mut all = commands();
    all.extend(replies());
    all.extend(bodies(size));
    all.push(session::session());
    all
}

fn codec(name: &str, stream: Vec<u8>, ours: impl FnMut(&[u8]) + 'static) -> Codec {
    let mut workers = vec![Worker::new("mailwire", ours)];
    #[cfg(feature = "versus")]
    workers.extend(mailwire_benches::wire_peers::workers(name));
    workers.push(Worker::new("floor", floor::scan));
    Codec { input: Input::new(name, vec![stream]), workers }
}

fn lines(lines: &[&str]) -> Vec<u8> {
    let once: Vec<u8> = lines.iter().flat_map(|line| line.bytes().chain(*b"\r\n")).collect();
    once.repeat(1000)
}

fn commands() -> Vec<Codec> {
    let session = [
        "EHLO client.example.com",
        "MAIL FROM:<sender@example.com> SIZE=1223",
        "RCPT TO:<alice@example.org>",
        "RCPT TO:<bob.builder@mail.example.net>",
        "DATA",
        "RSET",
        "NOOP",
        "QUIT",
    ];
    let kinds: [(&str, &[&str]); 5] = [
        ("smtp/session", &session),
        ("smtp/ehlo", &["EHLO client.example.com"]),
        ("smtp/rcpt", &["RCPT TO:<alice@example.org>"]),
        (
            "smtp/mail-parameters",
            &["MAIL FROM:<sender@example.com> SIZE=1223 BODY=8BITMIME RET=HDRS ENVID=abc123"],
        ),
        (
            "smtp/rcpt-parameters",
            &["RCPT TO:<alice@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;alice@example.org"],
        ),
    ];
    let mut all: Vec<Codec> =
        kinds.iter().map(|(name, text)| codec(name, lines(text), read_commands)).collect();
    all.push(codec("smtp/session-7-octet-reads", lines(&session), read_commands_in_sevens));
    all
}

fn read_commands(stream: &[u8]) {
    let mut reader = CommandReader::new(Limits::default());
    let mut input = black_box(stream);
    while let Ok(Some(item)) = reader.next(&mut input) {
        look_at(&item);
    }
}

/// What was not taken is moved to the front of a buffer, as a caller with a socket does it.
fn read_commands_in_sevens(stream: &[u8]) {
    let mut reader = CommandReader::new(Limits::default());
    let mut buffer = Vec::with_capacity(128);
    for piece in stream.chunks(7) {
        buffer.extend_from_slice(piece);
        let mut input = buffer.as_slice();
        while let Ok(Some(item)) = reader.next(&mut input) {
            look_at(&item);
        }
        let taken = buffer.len() - input.len();
        buffer.drain(..taken);
    }
}

/// Every parameter is read.
fn look_at(item: &CommandItem<'_>) {
    let CommandItem::Frame(frame) = black_box(item) else { return };
    let parameters = match frame.value() {
        Ok(Command::Mail(mail)) => mail.parameters,
        Ok(Command::Rcpt(rcpt)) => rcpt.parameters,
        _ => Parameters::NONE,
    };
    for parameter in parameters.iter() {
        let _ = black_box(&parameter);
    }
}

/// The answer to EHLO of a server that knows everything.
const EHLO: &str = "250-mx.example.org greets client.example.com\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-VRFY\r\n250-ETRN\r\n\
    250-STARTTLS\r\n250-AUTH PLAIN LOGIN SCRAM-SHA-256\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-DSN\r\n250-SMTPUTF8\r\n250 CHUNKING\r\n";

fn replies() -> Vec<Codec> {
    let session = [
        "220 mx.example.org ESMTP",
        "250 2.1.0 Ok",
        "250 2.1.5 Ok",
        "354 End data with <CR><LF>.<CR><LF>",
        "250 2.0.0 Ok: queued as 4XyZ12abcD",
        "550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown",
        "221 2.0.0 Bye",
    ];
    let read = |stream: &[u8]| {
        let mut reader = ReplyReader::new(Limits::default());
        let mut input = black_box(stream);
        while let Ok(Some(frame)) = reader.next(&mut input) {
            let _ = black_box(frame.value().map(|reply| (reply.code(), reply.enhanced())));
        }
    };
    let capabilities = |stream: &[u8]| {
        let reply = Reply::parse(black_box(stream)).expect("a reply");
        reply.capabilities().iter().for_each(|capability| _ = black_box(&capability));
    };
    vec![
        codec("smtp/replies", lines(&session), read),
        codec("smtp/replies-7-octet-reads", lines(&session), read_replies_in_sevens),
        codec("smtp/ehlo-reply", EHLO.as_bytes().to_vec(), capabilities),
    ]
}

fn read_replies_in_sevens(stream: &[u8]) {
    let mut reader = ReplyReader::new(Limits::default());
    let mut buffer = Vec::with_capacity(128);
    for piece in stream.chunks(7) {
        buffer.extend_from_slice(piece);
        let mut input = buffer.as_slice();
        while let Ok(Some(frame)) = reader.next(&mut input) {
            let _ = black_box(frame.value().map(|reply| (reply.code(), reply.enhanced())));
        }
        let taken = buffer.len() - input.len();
        buffer.drain(..taken);
    }
}

fn bodies(size: usize) -> Vec<Codec> {
    let text = "x".repeat(76) + "\r\n";
    let plain = text.repeat(size / text.len());
    let dots = ".a line of dots\r\n".repeat(size / 17);
    let stuffed = |body: &str| {
        let mut writer = DataWriter::new();
        let mut wire: Vec<u8> = writer.stuff(body.as_bytes()).expect("lines").flatten().copied().collect();
        wire.extend(writer.finish().expect("lines"));
        wire
    };
    vec![
        codec("smtp/data", stuffed(&plain), |stream| read_body(stream, usize::MAX)),
        codec("smtp/data-8k-reads", stuffed(&plain), |stream| read_body(stream, 8192)),
        codec("smtp/data-all-dots", stuffed(&dots), |stream| read_body(stream, usize::MAX)),
        codec("smtp/stuffing", plain.into_bytes(), |body| {
            DataWriter::new().stuff(black_box(body)).expect("lines").for_each(|slice| _ = black_box(slice));
        }),
        codec("pop3/retr", stuffed(&text.repeat(size / text.len())), |stream| {
            let (mut unstuffer, mut input) = (Unstuffer::new(), black_box(stream));
            while let Some(Piece::Chunk(chunk)) = unstuffer.next(&mut input) {
                black_box(chunk);
            }
        }),
    ]
}

/// Every chunk is looked at where it stands; nothing is copied.
fn read_body(stream: &[u8], read: usize) {
    let mut reader = DataReader::new();
    for piece in stream.chunks(read.min(stream.len())) {
        let mut input = black_box(piece);
        while let Some(DataItem::Chunk(chunk)) = reader.next(&mut input) {
            black_box(chunk);
        }
    }
}
