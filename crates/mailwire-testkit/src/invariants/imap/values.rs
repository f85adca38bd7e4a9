//! Values made by hand, of any octets: what a constructor takes is one frame, and is read as the same.

use super::*;
use mailwire_imap::command::{
    Attribute, Body, Change, EntryType, Modifier, Pattern, SearchKey, Stored, Tag, Unknown as UnknownCommand,
    Word,
};
use mailwire_imap::fetch::{Fetch, FetchItem, Form, Label, Section, SectionText};
use mailwire_imap::flag::Flag;
use mailwire_imap::mailbox::{self, MailboxName, Names};
use mailwire_imap::objectid::ObjectId;
use mailwire_imap::raw::{Other, Raw};
use mailwire_imap::response::{
    Argument, Code, Condition, Continuation, Delimiter, EsearchItem, Extension, ListKind, MailboxList,
    MailboxStatus, Resource, ResourceName, Status, StatusItem, Unit, Unknown, UnknownCode,
};
use mailwire_imap::sasl::{Base64, SaslLine};
use mailwire_imap::set::{Runs, SequenceSet};
use mailwire_imap::{Capability, IString, List};

/// Everything that can be made of these octets.
pub fn imap_values(bytes: &[u8]) {
    names(bytes);
    responses_of(bytes);
    commands_of(bytes);
}

fn names(bytes: &[u8]) {
    let name = MailboxName::new(IString::new(bytes));
    let _ = (name.decoded(Names::Utf8), name.decoded(Names::ModifiedUtf7), name.is_inbox());
    if let Some(decoded) = mailbox::decode(bytes) {
        let encoded = mailbox::encode(&decoded);
        assert!(encoded.is_ascii());
        assert_eq!(mailbox::decode(encoded.as_bytes()), Some(decoded), "{}", bytes.escape_ascii());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(mailbox::decode(mailbox::encode(text).as_bytes()).as_deref(), Some(text));
    }
    let runs: Runs =
        bytes.chunks(4).map(|chunk| chunk.iter().fold(0, |n, &byte| n << 8 | u32::from(byte))).collect();
    let set = runs.to_bytes();
    if let Ok(set) = SequenceSet::new(&set) {
        let members =
            runs.split_by_bytes(40).map(|set| SequenceSet::new(&set).map_or(0, |set| set.iter().count()));
        assert_eq!(members.sum::<usize>(), set.iter().count());
    }
}

fn ok(code: Code<'_>) -> Response<'_> {
    Response::Status(Status::new(Condition::Ok, Some(code), LineText::new(b"done").unwrap()))
}

fn responses_of(bytes: &[u8]) {
    let one = check_made_response;
    if let Ok(text) = LineText::new(bytes) {
        one(Response::Continuation(Continuation::new(text)));
        if !bytes.is_empty() && !bytes.starts_with(b"[") {
            one(Response::Status(Status::new(Condition::No, None, text)));
        }
    }
    if let Ok(unknown) = Unknown::new(bytes) {
        one(Response::Unknown(unknown));
    }
    if let Ok(code) = UnknownCode::new(bytes) {
        one(ok(Code::Unknown(code)));
    }
    if let Ok(argument) = Argument::new(bytes) {
        one(ok(Code::BadUrl(argument)));
    }
    if let Ok(id) = ObjectId::new(bytes) {
        one(ok(Code::MailboxId(id)));
    }
    if let Ok(set) = SequenceSet::new(bytes) {
        one(ok(Code::Modified(set)));
        one(Response::Vanished(set));
    }
    if let Ok(word) = Capability::new(bytes) {
        one(ok(Code::Capability(List::from(&[word][..]))));
        one(Response::Capability(List::from(&[word][..])));
    }
    if let Ok(flag) = Flag::new(bytes) {
        one(ok(Code::PermanentFlags(List::from(&[flag, flag][..]))));
    }
    let string = IString::new(bytes);
    one(ok(Code::BadCharset(List::from(&[string][..]))));
    let name = MailboxName::new(string);
    if let Ok(value) = Raw::new(bytes) {
        let extensions = [Extension { name: string, value }];
        let delimiter = bytes.first().copied().and_then(Delimiter::new);
        one(Response::List(MailboxList {
            kind: ListKind::List,
            attributes: List::EMPTY,
            delimiter,
            name,
            extensions: Some(List::from(&extensions[..])),
        }));
    }
    for (front, back) in [(bytes, &b"7"[..]), (b"X", bytes)] {
        let Ok(other) = Raw::new(back).and_then(|value| Other::new(front, value)) else { continue };
        let items = [StatusItem::Unknown(other), StatusItem::Messages(7)];
        one(Response::MailboxStatus(MailboxStatus { mailbox: name, items: List::from(&items[..]) }));
        let items = [FetchItem::Unknown(other), FetchItem::Uid(7)];
        one(Response::Fetch(Fetch::new(7, Form::Sequence, List::from(&items[..]))));
        let items = [EsearchItem::Unknown(other), EsearchItem::Count(7)];
        let esearch = mailwire_imap::response::Esearch {
            tag: Some(string),
            unit: Unit::Uid,
            items: List::from(&items[..]),
        };
        one(Response::Esearch(esearch));
    }
    if let Ok(name) = ResourceName::new(bytes) {
        let resources = [Resource { name, usage: 1, limit: 2 }];
        one(Response::Quota(mailwire_imap::response::Quota {
            root: string,
            resources: List::from(&resources[..]),
        }));
    }
    let labels = [Label(string)];
    let items = [FetchItem::GmailLabels(List::from(&labels[..])), FetchItem::Preview(Some(string))];
    one(Response::Fetch(Fetch::new(7, Form::Uid, List::from(&items[..]))));
}

fn commands_of(bytes: &[u8]) {
    let one = |body: Body<'_>| {
        if let Ok(tag) = Tag::new(b"a1") {
            check_made_command(Command::new(tag, body));
        }
    };
    let string = IString::new(bytes);
    let name = MailboxName::new(string);
    one(Body::Login { user: string, password: string.into() });
    one(Body::Lsub { reference: name, pattern: Pattern(string) });
    if let Ok(tag) = Tag::new(bytes) {
        check_made_command(Command::new(tag, Body::Noop));
    }
    if let Ok(unknown) = UnknownCommand::new(bytes) {
        one(Body::Unknown(unknown));
    }
    if let Ok(base64) = Base64::new(bytes) {
        one(Body::Sasl(SaslLine::Response(base64)));
        if let Ok(mechanism) = Capability::new(b"X") {
            one(Body::Authenticate { mechanism, initial: Some(base64) });
        }
    }
    if let Ok(word) = Word::new(bytes) {
        let items = [Attribute::Word(word)];
        one(Body::Fetch {
            unit: Unit::Uid,
            set: SequenceSet::ALL,
            items: List::from(&items[..]),
            modifiers: List::EMPTY,
        });
    }
    if let Ok(section) = Section::new(bytes, SectionText::Text) {
        let items = [Attribute::BinarySize(section), Attribute::PreviewLazy];
        one(Body::Fetch {
            unit: Unit::Sequence,
            set: SequenceSet::SAVED,
            items: List::from(&items[..]),
            modifiers: List::EMPTY,
        });
    }
    if let Ok(flag) = Flag::new(bytes) {
        let stored = Stored::Flags(List::from(core::slice::from_ref(&flag)));
        one(Body::Store {
            unit: Unit::Uid,
            set: SequenceSet::ALL,
            modifiers: List::EMPTY,
            change: Change::Add,
            answer: mailwire_imap::command::Answer::Silent,
            stored,
        });
        let keys = [
            SearchKey::ModSeq { entry: Some((flag, EntryType::All)), value: 7 },
            if flag.is_system() { SearchKey::Seen } else { SearchKey::Keyword(flag) },
        ];
        one(Body::Search {
            unit: Unit::Uid,
            returns: None,
            charset: Some(string),
            keys: List::from(&keys[..]),
        });
    }
    for (front, back) in [(bytes, None), (bytes, Some(&b"7"[..])), (b"X", Some(bytes))] {
        let Ok(modifier) = Modifier::new(front, back) else { continue };
        let two = [modifier, modifier];
        one(Body::Select { mailbox: name, parameters: List::from(&two[..]) });
        let keys = [SearchKey::Everything];
        one(Body::Search {
            unit: Unit::Sequence,
            returns: Some(List::from(&two[..])),
            charset: None,
            keys: List::from(&keys[..]),
        });
    }
}

/// It is one frame, and is read as the same.
fn check_made_response(response: Response<'_>) {
    for enabled in [Enabled::NONE, Enabled::NONE.with_utf8(Utf8::On).with_binary(Binary::On)] {
        let mut out = Out::server(enabled);
        response.encode(&mut out);
        let written = out.bytes();
        let mut reader = ResponseReader::new(Limits::default().with_inline(u64::MAX));
        let mut input = written;
        let item = reader.next(&mut input);
        let Ok(Some(ResponseItem::Frame(frame))) = item else {
            panic!("{item:?} of {}", written.escape_ascii())
        };
        assert!(input.is_empty(), "more than one response: {}", written.escape_ascii());
        assert_eq!(frame.value(), Ok(response), "{}", written.escape_ascii());
    }
    kept_response(response);
}

fn check_made_command(command: Command<'_>) {
    for enabled in [Enabled::NONE, Enabled::NONE.with_utf8(Utf8::On).with_binary(Binary::On)] {
        let mut out = Out::client(enabled);
        command.encode(&mut out);
        let written = out.bytes();
        let mut reader = CommandReader::new(Limits::default().with_line(1 << 20).with_inline(u64::MAX));
        if matches!(command.body(), Body::Sasl(_)) {
            reader.expect_sasl();
        }
        let mut input = written;
        let frame = loop {
            match reader.next(&mut input) {
                Ok(Some(CommandItem::Offer(_))) => reader.accept(),
                Ok(Some(CommandItem::Frame(frame))) => break frame,
                other => panic!("{other:?} of {}", written.escape_ascii()),
            }
        };
        assert!(input.is_empty(), "more than one command: {}", written.escape_ascii());
        assert_eq!(frame.value(), Ok(command), "{}", written.escape_ascii());
    }
    kept_command(command);
}
