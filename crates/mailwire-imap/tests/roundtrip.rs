//! Values made by hand are written and read again as the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_core::{DateTime, LineText};
use mailwire_imap::fetch::{
    Address, BodyStructure, Data, Envelope, Extended, Fetch, FetchItem, Form, Label, Multipart, Parameter,
    Part, PartKind, Section, SectionText,
};
use mailwire_imap::flag::Flag;
use mailwire_imap::mailbox::{self, MailboxName, Names};
use mailwire_imap::out::{Enabled, Out, Utf8};
use mailwire_imap::response::{
    Code, Condition, Delimiter, ListKind, MailboxList, MailboxStatus, Search, Status, StatusItem,
};
use mailwire_imap::set::{Runs, SequenceSet};
use mailwire_imap::{IString, List, Response};
use proptest::collection::vec;
use proptest::prelude::*;

fn written(response: &Response<'_>, enabled: Enabled) -> Vec<u8> {
    let mut out = Out::server(enabled);
    response.encode(&mut out);
    out.into_bytes()
}

fn same(response: &Response<'_>) {
    for enabled in [Enabled::NONE, Enabled::NONE.with_utf8(Utf8::On)] {
        let bytes = written(response, enabled);
        assert_eq!(Response::parse(&bytes).unwrap(), *response, "{}", bytes.escape_ascii());
    }
}

/// Octets that are hard on quotes and literals.
fn octets() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        Just(b'a'),
        Just(b'"'),
        Just(b'\\'),
        Just(b' '),
        Just(b'\r'),
        Just(b'\n'),
        Just(b'{'),
        Just(b'}'),
        Just(b'('),
        Just(b')'),
        Just(0xfc),
        Just(b'*'),
        Just(b'%'),
        Just(b']'),
        any::<u8>().prop_filter("not NUL", |&byte| byte > 0)
    ];
    prop_oneof![
        vec(byte, 0..12),
        Just(b"NIL".to_vec()),
        Just(b"nil".to_vec()),
        Just("\u{fc}".as_bytes().to_vec())
    ]
}

fn nstring() -> impl Strategy<Value = Option<Vec<u8>>> {
    proptest::option::of(octets())
}

fn string(octets: Option<&[u8]>) -> Option<IString<'_>> {
    octets.map(IString::new)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn envelopes(strings in vec(nstring(), 8), count in 1_usize..3) {
        let address = Address { name: string(strings[0].as_deref()), route: None, mailbox: string(strings[1].as_deref()), host: string(strings[2].as_deref()) };
        let addresses = vec![address; count];
        let list = Some(List::from(&addresses[..]));
        let envelope = Envelope {
            date: string(strings[3].as_deref()), subject: string(strings[4].as_deref()), from: list, sender: None, reply_to: list, to: None, cc: list, bcc: None,
            in_reply_to: string(strings[5].as_deref()), message_id: string(strings[6].as_deref()),
        };
        let items = [
            FetchItem::Uid(7), FetchItem::Envelope(Some(envelope)),
            FetchItem::Section { section: Section::new(b"1.2", SectionText::Mime).unwrap(), origin: Some(3), data: string(strings[7].as_deref()).map_or(Data::Nil, Data::Here) },
            FetchItem::Preview(string(strings[7].as_deref())),
        ];
        same(&Response::Fetch(Fetch::new(3, Form::Sequence, List::from(&items[..]))));
    }

    #[test]
    fn structures(strings in vec(octets(), 6), numbers in vec(any::<u64>(), 3), more in any::<bool>()) {
        let text: Vec<IString<'_>> = strings.iter().map(|octets| IString::new(octets)).collect();
        let parameters = [Parameter { name: text[0], value: text[1] }];
        let languages = [text[2], text[3]];
        let extended = if more {
            Extended::new(None, Some(List::from(&languages[..])), Some(text[4]))
        } else {
            Extended::default()
        };
        let part = Part {
            media_type: "TEXT".into(), subtype: text[5], parameters: Some(List::from(&parameters[..])), id: None, description: Some(text[1]),
            encoding: text[0], octets: numbers[0], kind: PartKind::Text { lines: numbers[1] }, md5: None, extended,
        };
        let leaf = [BodyStructure::Part(part)];
        let envelope = [Envelope::default()];
        let message = Part {
            media_type: "MESSAGE".into(), subtype: "RFC822".into(), parameters: None,
            kind: PartKind::Message { envelope: Some((&envelope).into()), body: Some((&leaf).into()), lines: 1 }, extended: Extended::default(), ..part
        };
        let parts = [leaf[0], BodyStructure::Part(message)];
        let mixed = Multipart { parts: List::from(&parts[..]), subtype: text[3], parameters: None, extended };
        let items = [FetchItem::BodyStructure(Some(BodyStructure::Multipart(mixed))), FetchItem::Size(numbers[2])];
        let response = Response::Fetch(Fetch::new(1, Form::Uid, List::from(&items[..])));
        // How many members of extension data were there is kept apart, and is not compared: what is written twice is the same.
        let once = written(&response, Enabled::NONE);
        let again = Response::parse(&once).unwrap();
        prop_assert_eq!(written(&again, Enabled::NONE).escape_ascii().to_string(), once.escape_ascii().to_string());
    }

    #[test]
    fn mailboxes(name in octets(), delimiter in proptest::option::of(1_u8..128), n in any::<u64>()) {
        let delimiter = delimiter.and_then(Delimiter::new);
        let attributes = [Flag::HAS_CHILDREN, Flag::SENT];
        let name = MailboxName::new(IString::new(&name));
        same(&Response::List(MailboxList { kind: ListKind::List, attributes: List::from(&attributes[..]), delimiter, name, extensions: None }));
        let items = [StatusItem::Messages(n), StatusItem::AppendLimit(None), StatusItem::Size(n)];
        same(&Response::MailboxStatus(MailboxStatus { mailbox: name, items: List::from(&items[..]) }));
    }

    #[test]
    fn labels_and_flags(octets in octets()) {
        let labels = [Label(IString::new(b"\\Inbox")), Label(IString::new(&octets))];
        let flags = [Flag::SEEN, Flag::FORWARDED];
        let date = DateTime::new(1996, 7, 7, 2, 44, 25, -420).unwrap();
        let items = [FetchItem::GmailLabels(List::from(&labels[..])), FetchItem::Flags(List::from(&flags[..])), FetchItem::InternalDate(date)];
        same(&Response::Fetch(Fetch::new(3, Form::Sequence, List::from(&items[..]))));
    }

    #[test]
    fn searches_and_sets(numbers in vec(1_u32.., 0..50), most in 1_usize..40) {
        same(&Response::Search(Search { numbers: List::from(&numbers[..]), modseq: Some(5) }));
        same(&Response::Sort(Search { numbers: List::from(&numbers[..]), modseq: None }));
        let runs: Runs = numbers.iter().copied().collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let split: Vec<u32> = runs.split_by_bytes(most).flat_map(|set| SequenceSet::new(&set).unwrap().numbers().collect::<Vec<_>>()).collect();
        prop_assert_eq!(split, sorted);
    }

    #[test]
    fn statuses(text in "[ -~]{1,20}", uid in 1_u32..) {
        prop_assume!(!text.starts_with('['));
        let text = LineText::new(text.as_bytes()).unwrap();
        for code in [None, Some(Code::Alert), Some(Code::UidNext(uid)), Some(Code::CopyUid { validity: uid, from: SequenceSet::ALL, to: SequenceSet::SAVED })] {
            same(&Response::Status(Status::new(Condition::No, code, text)));
        }
    }

    #[test]
    fn names_in_modified_utf_7(name in "\\PC{0,12}") {
        let wire = mailbox::encode(&name);
        prop_assert!(wire.is_ascii());
        prop_assert_eq!(mailbox::decode(wire.as_bytes()), Some(name.clone()));
        prop_assert_eq!(MailboxName::new(wire.as_str().into()).decoded(Names::ModifiedUtf7), name);
    }

    #[test]
    fn any_octets_are_decoded_without_harm(wire in vec(any::<u8>(), 0..20)) {
        let _ = mailbox::decode(&wire);
        let _ = MailboxName::new(IString::new(&wire)).decoded(Names::ModifiedUtf7);
    }
}
