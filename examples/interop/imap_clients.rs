//! Python's imaplib and imapclient read the responses that we encode, and find the values that are in them.
//!
//! `MAILWIRE_PYTHON` is a Python that has `IMAPClient`. The script in `imap_clients.py` says what the values are.

use mailwire::core::{DateTime, LineText};
use mailwire::imap::command::Body;
use mailwire::imap::fetch::{
    Address, BodyStructure, Data, Disposition, Envelope, Extended, Fetch, FetchItem, Form, Multipart,
    Parameter, Part, PartKind, Section,
};
use mailwire::imap::flag::Flag;
use mailwire::imap::mailbox::MailboxName;
use mailwire::imap::out::{Enabled, Out};
use mailwire::imap::response::{
    Code, Condition, Delimiter, Field, ListKind, MailboxList, MailboxStatus, Namespace, NamespaceEntry,
    Search, Status, StatusItem,
};
use mailwire::imap::{Capability, Command, CommandItem, CommandReader, IString, Limits, List, Response};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

const BODY: &[u8] = b"Subject: a (b) \"c\" {3}\r\n\r\n* 1 EXISTS\r\n)\r\na2 OK\r\n";

fn text(text: &str) -> IString<'_> {
    IString::from(text)
}

fn status<'a>(condition: Condition, code: Option<Code<'a>>, text: &'a str) -> Status<'a> {
    Status::new(condition, code, LineText::new(text.as_bytes()).unwrap())
}

fn address<'a>(name: Option<&'a str>, mailbox: &'a str, host: Option<&'a str>) -> Address<'a> {
    Address { name: name.map(text), route: None, mailbox: Some(text(mailbox)), host: host.map(text) }
}

/// A message of two parts, with everything in it that has to be quoted.
fn message(out: &mut Out) {
    let from = [address(Some("A \"quoted\" \\ name"), "a.b", Some("example.test"))];
    let to = [
        address(None, "c", Some("example.test")),
        address(None, "group", None),
        Address::default(),
        address(Some("J\u{f6}rg"), "j", Some("example.test")),
    ];
    let envelope = Envelope {
        date: Some(text("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)")),
        subject: Some(text("two\r\nlines {5} (and) \"quotes\"")),
        from: Some(List::from(&from[..])),
        to: Some(List::from(&to[..])),
        message_id: Some(text("<1@example.test>")),
        ..Envelope::default()
    };
    let charset = [Parameter { name: text("charset"), value: text("utf-8") }];
    let file = [Parameter { name: text("filename"), value: text("a \"b\".pdf") }];
    let disposition = Disposition { kind: text("attachment"), parameters: Some(List::from(&file[..])) };
    let part = |media_type, subtype, kind, extended| {
        BodyStructure::Part(Part {
            media_type: text(media_type),
            subtype: text(subtype),
            parameters: Some(List::from(&charset[..])),
            id: None,
            description: Some(text("what it is")),
            encoding: text("7BIT"),
            octets: 5_000_000_000,
            kind,
            md5: None,
            extended,
        })
    };
    let language = [text("de"), text("en")];
    let parts = [
        part(
            "TEXT",
            "PLAIN",
            PartKind::Text { lines: 48 },
            Extended::new(None, Some(List::from(&language[..])), None),
        ),
        part(
            "APPLICATION",
            "PDF",
            PartKind::Basic,
            Extended::new(Some(disposition), None, Some(text("here"))),
        ),
    ];
    let structure = BodyStructure::Multipart(Multipart {
        parts: List::from(&parts[..]),
        subtype: text("MIXED"),
        parameters: None,
        extended: Extended::new(None, None, None),
    });
    let flags = [Flag::SEEN, Flag::new(b"$Forwarded").unwrap()];
    let items = [
        FetchItem::Uid(4_294_967_295),
        FetchItem::Flags(List::from(&flags[..])),
        FetchItem::InternalDate(DateTime::new(1996, 7, 7, 2, 44, 25, -7 * 60).unwrap()),
        FetchItem::Size(5_000_000_000),
        FetchItem::ModSeq(12_121_231_000),
        FetchItem::Envelope(Some(envelope)),
        FetchItem::BodyStructure(Some(structure)),
        FetchItem::Section { section: Section::ALL, origin: None, data: Data::Here(IString::new(BODY)) },
    ];
    Response::Fetch(Fetch::new(1, Form::Sequence, List::from(&items[..]))).encode(out);
}

fn mailboxes(out: &mut Out) {
    let attributes = [Flag::HAS_NO_CHILDREN, Flag::MARKED];
    for name in ["INBOX", "two words", "a \"b\" \\ c", "NIL", "Entw&APw-rfe", "a]b{3}", "line\r\nbreak"] {
        Response::List(MailboxList {
            kind: ListKind::List,
            attributes: List::from(&attributes[..]),
            delimiter: Some(Delimiter::SLASH),
            name: MailboxName::new(text(name)),
            extensions: None,
        })
        .encode(out);
    }
}

/// What is answered before the tagged response.
fn answer(body: &Body<'_>, out: &mut Out) {
    let capabilities =
        ["IMAP4rev1", "NAMESPACE", "ID", "UIDPLUS"].map(|name| Capability::new(name.as_bytes()).unwrap());
    match body {
        Body::Capability => Response::Capability(List::from(&capabilities[..])).encode(out),
        Body::Id(_) => {
            let fields = [
                Field { name: text("name"), value: Some(text("mail\"wire")) },
                Field { name: text("version"), value: None },
            ];
            Response::Id(Some(List::from(&fields[..]))).encode(out);
        }
        Body::Select { .. } | Body::Examine { .. } => {
            let flags = [Flag::SEEN, Flag::DELETED, Flag::new(b"$Junk").unwrap()];
            let kept = [Flag::SEEN, Flag::new(b"\\*").unwrap()];
            Response::Flags(List::from(&flags[..])).encode(out);
            Response::Exists(23).encode(out);
            Response::Recent(0).encode(out);
            let codes = [
                Code::UidValidity(3_857_529_045),
                Code::UidNext(4392),
                Code::PermanentFlags(List::from(&kept[..])),
            ];
            for code in codes {
                Response::Status(status(Condition::Ok, Some(code), "so it is")).encode(out);
            }
        }
        Body::List { .. } => mailboxes(out),
        Body::Namespace => {
            let entry = |prefix| NamespaceEntry {
                prefix: MailboxName::new(text(prefix)),
                delimiter: Some(Delimiter::SLASH),
                extensions: List::EMPTY,
            };
            let (own, shared) = ([entry("")], [entry("#shared/"), entry("#ne\"ws/")]);
            let (personal, shared) = (Some(List::from(&own[..])), Some(List::from(&shared[..])));
            Response::Namespace(Namespace { personal, other_users: None, shared }).encode(out);
        }
        Body::Status { mailbox, .. } => {
            let items = [StatusItem::Messages(231), StatusItem::UidNext(44_292), StatusItem::Unseen(0)];
            Response::MailboxStatus(MailboxStatus { mailbox: *mailbox, items: List::from(&items[..]) })
                .encode(out);
        }
        Body::Search { .. } => {
            let numbers = [2, 84, 4_294_967_295];
            Response::Search(Search { numbers: List::from(&numbers[..]), modseq: None }).encode(out);
        }
        Body::Fetch { .. } => message(out),
        Body::Expunge => [3, 3, 5].into_iter().for_each(|n| Response::Expunge(n).encode(out)),
        Body::Logout => Response::Status(status(Condition::Bye, None, "see you")).encode(out),
        _ => {}
    }
}

fn serve(mut stream: TcpStream) {
    let mut out = Out::server(Enabled::NONE);
    Response::Status(status(Condition::Ok, None, "ready")).encode(&mut out);
    let mut reader = CommandReader::new(Limits::default());
    let mut buffer = Vec::new();
    loop {
        stream.write_all(out.bytes()).unwrap();
        out.clear();
        let mut input = buffer.as_slice();
        let mut ended = false;
        while let Some(item) = reader.next(&mut input).unwrap() {
            match item {
                CommandItem::Frame(frame) => {
                    let command: Command<'_> =
                        frame.value().unwrap_or_else(|error| panic!("{frame:?}: {error}"));
                    answer(&command.body(), &mut out);
                    let code = matches!(command.body(), Body::Select { .. }).then_some(Code::ReadWrite);
                    let tag = command.tag().unwrap();
                    Response::Tagged { tag, status: status(Condition::Ok, code, "done") }.encode(&mut out);
                    ended = matches!(command.body(), Body::Logout);
                }
                CommandItem::Chunk(_) => {}
                CommandItem::Offer(_) => {
                    let text = LineText::new(b"go on").unwrap();
                    Response::Continuation(mailwire::imap::response::Continuation::new(text))
                        .encode(&mut out);
                    reader.accept();
                }
            }
        }
        let taken = buffer.len() - input.len();
        buffer.drain(..taken);
        if ended {
            return stream.write_all(out.bytes()).unwrap();
        }
        if out.bytes().is_empty() {
            let mut more = [0; 4096];
            match stream.read(&mut more).unwrap() {
                0 => return,
                count => buffer.extend_from_slice(more.get(..count).unwrap()),
            }
        }
    }
}

#[test]
fn python_reads_what_we_encode() {
    let Ok(python) = std::env::var("MAILWIRE_PYTHON") else {
        println!("skipped: MAILWIRE_PYTHON names no Python");
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    #[expect(clippy::disallowed_methods, reason = "a server beside its client")]
    std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.unwrap())));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/interop/imap_clients.py");
    let status = std::process::Command::new(python).args([script, &port]).status().unwrap();
    assert!(status.success());
}
