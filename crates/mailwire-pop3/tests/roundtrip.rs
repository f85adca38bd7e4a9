//! What is written is read as it was, for generated values of every kind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use core::num::NonZeroU32;
use mailwire_core::Defects;
use mailwire_core::LineText;
use mailwire_pop3::capability::{Mechanisms, UnknownCapability};
use mailwire_pop3::command::{Attributes, Digest, Name, Password, Unknown};
use mailwire_pop3::language::Language;
use mailwire_pop3::response::{
    Answer, Entry, LanguageListing, Listing, ListingLine, ScanListing, UniqueId, UniqueIdListing,
};
use mailwire_pop3::sasl::{Base64, Challenge, Mechanism, SaslLine};
use mailwire_pop3::{
    Capability, Command, DataWriter, Leniency, Limits, Response, ResponseCode, ResponseItem, ResponseReader,
    Status,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Reads a line that was written, as the strict reader does.
fn strictly(command: Command<'_>) {
    let mut line = Vec::new();
    command.encode(&mut line);
    let mut defects = Defects::NONE;
    let again = match command {
        Command::Sasl(_) => Command::parse_sasl(&line, &Leniency::default(), &mut defects),
        _ => Command::parse_with(&line, &Leniency::default(), &mut defects),
    };
    assert_eq!(again, Ok(command), "{}", line.escape_ascii());
    let allowed = mailwire_pop3::Pop3Defect::BlankInName;
    assert!(defects.iter().all(|defect| defect == allowed), "{defects:?}");
    // And once more: what is read is what was written.
    let mut twice = Vec::new();
    again.unwrap().encode(&mut twice);
    assert_eq!(twice, line);
}

fn number() -> impl Strategy<Value = NonZeroU32> {
    prop_oneof![any::<NonZeroU32>(), (1_u32..20).prop_map(|n| NonZeroU32::new(n).unwrap())]
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>().prop_filter("a line", |byte| !b"\r\n\0".contains(byte)), 0..40)
}

fn base64() -> impl Strategy<Value = String> {
    "([A-Za-z0-9+/]{4}){0,8}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
}

proptest! {
    #[test]
    fn commands(
        message in number(), lines in any::<u64>(), name in "[!-~é]{1,6}( [!-~é]{1,6})?", password in text(),
        digest in "[0-9a-f]{32}", mechanism in "[A-Za-z0-9_-]{1,20}", base64 in base64(), language in "\\*|[a-zA-Z0-9-]{1,12}",
        attributes in "[A-Z]{1,6}=[!-~]{0,9}( [A-Z]{1,6}=[!-~]{0,9}){0,3}", word in "[!-~é]{1,9}", arguments in text(),
    ) {
        let name = Name::new(name.as_bytes()).unwrap();
        let mechanism = Mechanism::new(mechanism.as_bytes()).unwrap();
        let base64 = Base64::new(base64.as_bytes()).unwrap();
        strictly(Command::User(name));
        strictly(Command::Pass(Password::new(&password).unwrap()));
        strictly(Command::Apop { name, digest: Digest::new(digest.as_bytes()).unwrap() });
        strictly(Command::Auth { mechanism, initial: None });
        strictly(Command::Auth { mechanism, initial: Some(base64) });
        strictly(Command::Auth { mechanism, initial: Some(Base64::EMPTY) });
        strictly(Command::Sasl(SaslLine::Response(base64)));
        strictly(Command::List(Some(message)));
        strictly(Command::Uidl(Some(message)));
        strictly(Command::Retr(message));
        strictly(Command::Dele(message));
        strictly(Command::Top { message, lines });
        strictly(Command::Lang(Some(Language::new(language.as_bytes()).unwrap())));
        strictly(Command::Xclient(Attributes::new(attributes.as_bytes()).unwrap()));
        if let Ok(unknown) = Unknown::new(word.as_bytes(), &arguments) {
            strictly(Command::Unknown(unknown));
        }
    }

    #[test]
    fn status_lines(words in text(), code in "[!-.0-\\\\^-~]{1,6}(/[!-.0-\\\\^-~]{1,6}){0,2}", base64 in base64()) {
        let words = LineText::new(&words).unwrap();
        let code = ResponseCode::new(code.as_bytes()).unwrap();
        for status in [Status::ok(words), Status::err(words), Status::ok(words).with_code(code), Status::err(words).with_code(code)] {
            let mut line = Vec::new();
            status.encode(&mut line);
            prop_assert_eq!(Status::parse(&line), Ok(status), "{}", line.escape_ascii());
        }
        let challenge = Challenge::new(Base64::new(base64.as_bytes()).unwrap());
        let mut line = Vec::new();
        challenge.encode(&mut line);
        let again = Response::parse_first(&line, Answer::Exchange, &Leniency::default(), &mut ());
        prop_assert_eq!(again, Ok(Response::Challenge(challenge)));
    }

    #[test]
    fn entries(
        message in number(), octets in any::<u64>(), id in "[!-~]{1,70}", tag in "[a-zA-Z0-9-]{1,12}", words in text(),
        names in "([!-~]{1,9}( [!-~]{1,9}){0,4})?", unknown in "[!--/-~]{1,14}", user in any::<bool>(), days in any::<Option<u64>>(),
    ) {
        let words = LineText::new(&words).unwrap();
        let language = LanguageListing::new(Language::new(tag.as_bytes()).unwrap(), words);
        let id = UniqueId::new(id.as_bytes()).unwrap();
        let mut entries = vec![
            (Listing::Sizes, Entry::Size(ScanListing::new(message, octets))),
            (Listing::UniqueIds, Entry::UniqueId(UniqueIdListing::new(message, id))),
            (Listing::Languages, Entry::Language(language)),
            (Listing::Mechanisms, Entry::Mechanism(Mechanism::new(tag.as_bytes()).unwrap())),
        ];
        let mut capabilities = vec![
            Capability::Top, Capability::User, Capability::RespCodes, Capability::Pipelining, Capability::Uidl,
            Capability::Stls, Capability::Lang, Capability::AuthRespCode, Capability::Implementation(words),
            Capability::Sasl(Mechanisms::new(names.as_bytes()).unwrap()), Capability::Utf8 { user },
            Capability::Expire { days, user }, Capability::LoginDelay { seconds: octets, user },
        ];
        capabilities.extend(UnknownCapability::new(unknown.as_bytes(), words).map(Capability::Unknown));
        entries.extend(capabilities.into_iter().map(|capability| (Listing::Capabilities, Entry::Capability(capability))));
        for (listing, entry) in entries {
            let mut line = Vec::new();
            entry.encode(&mut line);
            let Ok(Response::Line(listed)) = Response::parse_listed(&line, listing, &Leniency::default(), &mut ()) else {
                panic!("{} ends the listing", line.escape_ascii());
            };
            prop_assert_eq!(listed.entry(), Ok(entry), "{}", line.escape_ascii());
            let mut twice = Vec::new();
            listed.encode(&mut twice);
            prop_assert_eq!(twice, line);
        }
        let line = ListingLine::new(Listing::Capabilities, words);
        let mut wire = Vec::new();
        line.encode(&mut wire);
        let again = Response::parse_listed(&wire, Listing::Capabilities, &Leniency::default(), &mut ());
        prop_assert_eq!(again, Ok(Response::Line(line)));
    }

    /// A message comes back with its line ends made CRLF, and nothing else changed.
    #[test]
    fn messages(message in vec(prop_oneof![select(b"\r\n..\0ab")], 0..60), cuts in vec(any::<prop::sample::Index>(), 0..4)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(message.len() + 1)).collect();
        cuts.sort_unstable();
        let mut wire = b"+OK\r\n+OK\r\n".to_vec();
        let (mut body, mut at) = (DataWriter::new(), 0);
        for &cut in cuts.iter().chain([&message.len()]) {
            wire.extend(body.stuff(&message[at..cut]).flatten());
            at = cut;
        }
        wire.extend(body.finish());
        wire.extend(b"+OK\r\n");

        let mut reader = ResponseReader::new(Limits::default());
        let (mut input, mut content) = (wire.as_slice(), Vec::<u8>::new());
        while let Some(item) = reader.next(&mut input).unwrap() {
            if let ResponseItem::Chunk(chunk) = item {
                content.extend(chunk);
            }
            if reader.is_complete() && content.is_empty() && input.len() > 5 {
                reader.expect(&Command::Retr(NonZeroU32::MIN));
            }
        }
        prop_assert!(reader.is_complete() && input.is_empty());
        prop_assert_eq!(content, normalised(&message));
    }
}

proptest! {
    /// TOP by the book: the header, the empty line, and so many lines.
    #[test]
    fn tops(message in vec(select(b"\r\r\n\n\n.ab"), 0..40), lines in 0_u64..6, cuts in vec(any::<prop::sample::Index>(), 0..6)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(message.len() + 1)).collect();
        cuts.sort_unstable();
        let (mut body, mut at, mut wire) = (DataWriter::top(lines), 0, Vec::<u8>::new());
        for &cut in cuts.iter().chain([&message.len()]) {
            wire.extend(body.stuff(&message[at..cut]).flatten());
            at = cut;
        }
        let done = body.is_done();
        wire.extend(body.finish());

        let whole = normalised(&message);
        let mut twin = Vec::new();
        let (mut header, mut left) = (true, lines);
        for line in whole.split_inclusive(|&byte| byte == b'\n') {
            if !header && left == 0 {
                break;
            }
            left -= u64::from(!header);
            header &= line != b"\r\n";
            if line.starts_with(b".") {
                twin.push(b'.');
            }
            twin.extend(line);
        }
        twin.extend(b".\r\n");
        prop_assert_eq!(wire, twin);
        prop_assert!(!done || !header && left == 0);
    }
}

fn select(bytes: &'static [u8]) -> impl Strategy<Value = u8> {
    prop::sample::select(bytes)
}

fn normalised(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = message.get(at) {
        match byte {
            b'\r' if message.get(at + 1) == Some(&b'\n') => {
                out.extend(b"\r\n");
                at += 1;
            }
            b'\r' | b'\n' => out.extend(b"\r\n"),
            _ => out.push(byte),
        }
        at += 1;
    }
    if !out.is_empty() && !out.ends_with(b"\r\n") {
        out.extend(b"\r\n");
    }
    out
}

#[test]
fn words_without_arguments() {
    for command in [
        Command::Mechanisms,
        Command::Stat,
        Command::List(None),
        Command::Uidl(None),
        Command::Noop,
        Command::Rset,
        Command::Quit,
        Command::Capa,
        Command::Stls,
        Command::Utf8,
        Command::Lang(None),
        Command::Last,
        Command::Sasl(SaslLine::Cancel),
    ] {
        strictly(command);
    }
}
