//! A whole session through SMTP's server machine, beside what its codec alone costs. A module of `wire`.

use crate::codecs::Codec;
use mailwire::core::{Machine, Step};
use mailwire::smtp::capability::{AnnouncedLimits, Words};
use mailwire::smtp::data::{DataItem, DataReader};
use mailwire::smtp::reader::CommandItem;
use mailwire::smtp::{
    Answer, Capability, Code, Command, CommandReader, EnhancedCode, Limits, Parameters, ReplyText, Server,
    ServerConfig, ServerEvent, ServerName,
};
use mailwire_benches::floor;
use mailwire_benches::work::{Input, Worker};
use std::hint::black_box;
use std::sync::Arc;

const HELLO: &str = "EHLO client.example.com\r\n";
const ENVELOPE: &str = "MAIL FROM:<sender@example.com> SIZE=10000\r\nRCPT TO:<alice@example.org>\r\n\
    RCPT TO:<bob@example.org>\r\nRCPT TO:<carol@example.org>\r\nDATA\r\n";

/// EHLO, MAIL, three RCPT, DATA of 10 KB, QUIT.
pub fn session() -> Codec {
    let body = ("x".repeat(76) + "\r\n").repeat(10_000 / 78);
    let stream = [HELLO, ENVELOPE, &body, ".\r\nQUIT\r\n"].concat().into_bytes();
    let config = Arc::new(ServerConfig::new(ServerName::new("mx.example.org").expect("a name")));
    let mut workers = vec![Worker::new("mailwire", move |stream| serve(stream, &config))];
    workers.push(Worker::new("codec alone", read));
    workers.push(Worker::new("floor", floor::scan));
    Codec { input: Input::new("smtp/server-session", vec![stream]), workers }
}

/// As a client sends it that waits where it has to.
fn turns(stream: &[u8]) -> Option<[&[u8]; 4]> {
    let (hello, rest) = stream.split_at_checked(HELLO.len())?;
    let (envelope, body) = rest.split_at_checked(ENVELOPE.len())?;
    Some([b"", hello, envelope, body])
}

fn serve(stream: &[u8], config: &Arc<ServerConfig>) {
    let mut server = Server::new(Arc::clone(config));
    for turn in turns(black_box(stream)).into_iter().flatten() {
        let mut input = turn;
        while let Ok(Step::Event(event)) = server.process(&mut input) {
            match event {
                ServerEvent::Chunk(chunk) => _ = black_box(chunk),
                ServerEvent::Quit => {}
                _ => server.accept().expect("a question"),
            }
        }
        black_box(server.transmit());
    }
}

/// The same octets read, and the same written, with no state between them.
fn read(stream: &[u8]) {
    let mut out = Vec::new();
    let say = |code: Code, detail: (u16, u16), text: &'static str, out: &mut Vec<u8>| {
        let answer = Answer::new(code, ReplyText::new(text).expect("text"));
        let enhanced = EnhancedCode::new(2, detail.0, detail.1).expect("a code");
        answer.with_enhanced(enhanced).encode(out);
    };
    let name = ServerName::new("mx.example.org").expect("a name");
    Answer::greeting(name, Some(ReplyText::new("ESMTP").expect("text"))).encode(&mut out);
    black_box(core::mem::take(&mut out));
    let mut reader = CommandReader::new(Limits::default());
    let Some([_, hello, envelope, mut body]) = turns(black_box(stream)) else { return };
    for turn in [hello, envelope] {
        let mut input = turn;
        while let Ok(Some(item)) = reader.next(&mut input) {
            let CommandItem::Frame(frame) = item else { continue };
            let parameters =
                |parameters: Parameters<'_>| parameters.iter().for_each(|one| _ = black_box(&one));
            match frame.value() {
                Ok(Command::Ehlo(host)) => {
                    black_box(host);
                    let list = [
                        Capability::Size(Some(10_240_000)),
                        Capability::Pipelining,
                        Capability::EightBitMime,
                        Capability::SmtpUtf8,
                        Capability::Chunking,
                        Capability::EnhancedStatusCodes,
                        Capability::Limits(AnnouncedLimits::new(Words::new(b"RCPTMAX=1000").expect("words"))),
                    ];
                    Answer::ehlo(name, None, &list).encode(&mut out);
                }
                Ok(Command::Mail(mail)) => {
                    parameters(mail.parameters);
                    say(Code::OK, (1, 0), "sender ok", &mut out);
                }
                Ok(Command::Rcpt(rcpt)) => {
                    parameters(rcpt.parameters);
                    say(Code::OK, (1, 5), "recipient ok", &mut out);
                }
                Ok(Command::Data) => {
                    say(Code::START_MAIL_INPUT, (0, 0), "end data with <CRLF>.<CRLF>", &mut out);
                }
                _ => {}
            }
        }
        black_box(core::mem::take(&mut out));
    }
    let mut data = DataReader::new();
    while let Some(DataItem::Chunk(chunk)) = data.next(&mut body) {
        black_box(chunk);
    }
    say(Code::OK, (0, 0), "accepted", &mut out);
    black_box(reader.next(&mut body)).ok();
    say(Code::CLOSING, (0, 0), "bye", &mut out);
    black_box(out);
}
