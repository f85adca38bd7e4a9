//! What is written says what was meant: parse∘encode is the identity on generated values.

use mailwire_address::Address;
use mailwire_core::DateTime;
use mailwire_smtp::{
    Attribute, AttributeValue, Attributes, Auth, Base64, Bdat, Body, By, ByMode, Chunk, Command, CommandText,
    Envid, EsmtpValue, HoldFor, Host, Mail, Mechanism, MtPriority, Notify, Orcpt, Parameter, Parameters,
    Rcpt, Ret, Rrvs, RrvsAction, SaslLine, Unknown, Word, Xtext,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Written and read again: the same, whole lines only, and nothing that ends one early.
fn check(command: &Command<'_>) {
    let mut line = Vec::new();
    command.encode(&mut line);
    let text = line.strip_suffix(b"\r\n").unwrap();
    assert!(!text.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{}", line.escape_ascii());
    let read = Command::parse(&line);
    assert_eq!(read.as_ref(), Ok(command), "{}", line.escape_ascii());
    let mut again = Vec::new();
    read.unwrap().encode(&mut again);
    assert_eq!(again, line);
}

fn word() -> impl Strategy<Value = String> {
    "[!-~é例]{1,12}"
}

fn keyword() -> impl Strategy<Value = String> {
    "[A-Za-z0-9][A-Za-z0-9-]{0,9}"
}

fn address() -> impl Strategy<Value = Address> {
    let local = prop_oneof!["[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,9}", "[ -~é]{0,12}"];
    let domain = prop_oneof![
        "[a-z][a-z0-9]{0,5}(\\.[a-z][a-z0-9]{0,5}){0,2}",
        Just("[192.0.2.7]".to_owned()),
        Just("[IPv6:2001:db8::7]".to_owned()),
    ];
    (local, domain).prop_filter_map("an address", |(local, domain)| Address::new(&local, &domain).ok())
}

/// What a parameter is made of, owned.
#[derive(Clone, Debug)]
enum Made {
    Size(u64),
    Body(Body),
    SmtpUtf8,
    Ret(Ret),
    Envid(String),
    Notify(u8),
    Orcpt(String),
    Auth(Option<String>),
    By(i32, ByMode, Option<()>),
    HoldFor(u32),
    HoldUntil(i64),
    MtPriority(i8),
    RequireTls,
    Rrvs(i64, Option<RrvsAction>),
    Other(String, Option<String>),
}

fn made() -> impl Strategy<Value = Made> {
    let printable = || "[ -~é]{0,20}";
    let seconds = || 0_i64..4_000_000_000;
    prop_oneof![
        any::<u64>().prop_map(Made::Size),
        prop_oneof![Just(Body::SevenBit), Just(Body::EightBitMime), Just(Body::BinaryMime)]
            .prop_map(Made::Body),
        Just(Made::SmtpUtf8),
        prop_oneof![Just(Ret::Full), Just(Ret::Headers)].prop_map(Made::Ret),
        printable().prop_map(Made::Envid),
        (0_u8..8).prop_map(Made::Notify),
        "[ -~éß例]{1,20}".prop_map(Made::Orcpt),
        option::of(printable()).prop_map(Made::Auth),
        (
            -999_999_999..=999_999_999,
            prop_oneof![Just(ByMode::Notify), Just(ByMode::Return)],
            option::of(Just(()))
        )
            .prop_map(|(seconds, mode, traced)| Made::By(seconds, mode, traced)),
        (0_u32..=999_999_999).prop_map(Made::HoldFor),
        seconds().prop_map(Made::HoldUntil),
        (-9_i8..=9).prop_map(Made::MtPriority),
        Just(Made::RequireTls),
        (seconds(), option::of(prop_oneof![Just(RrvsAction::Continue), Just(RrvsAction::Reject)]))
            .prop_map(|(since, action)| Made::Rrvs(since, action)),
        ("X-[A-Z0-9]{1,9}", option::of(word())).prop_map(|(keyword, value)| Made::Other(keyword, value)),
    ]
}

impl Made {
    fn parameter(&self) -> Option<Parameter<'_>> {
        Some(match self {
            Self::Size(size) => Parameter::Size(*size),
            Self::Body(body) => Parameter::Body(*body),
            Self::SmtpUtf8 => Parameter::SmtpUtf8,
            Self::Ret(ret) => Parameter::Ret(*ret),
            Self::Envid(text) => Parameter::Envid(Envid::new(text.as_bytes()).ok()?),
            Self::Notify(bits) => Parameter::Notify(
                [Notify::SUCCESS, Notify::FAILURE, Notify::DELAY]
                    .into_iter()
                    .enumerate()
                    .filter(|(bit, _)| bits >> bit & 1 == 1)
                    .fold(Notify::NEVER, |all, (_, one)| all.and(one)),
            ),
            Self::Orcpt(address) => Parameter::Orcpt(Orcpt::new(address).ok()?),
            Self::Auth(text) => {
                Parameter::Auth(text.as_ref().map(|text| Xtext::new(text.as_bytes()).unwrap()))
            }
            Self::By(seconds, mode, traced) => {
                let by = By::new(*seconds, *mode)?;
                Parameter::By(if traced.is_some() { by.traced() } else { by })
            }
            Self::HoldFor(seconds) => Parameter::HoldFor(HoldFor::new(*seconds)?),
            Self::HoldUntil(seconds) => Parameter::HoldUntil(DateTime::from_unix(*seconds, 0)?),
            Self::MtPriority(priority) => Parameter::MtPriority(MtPriority::new(*priority)?),
            Self::RequireTls => Parameter::RequireTls,
            Self::Rrvs(since, action) => {
                Parameter::Rrvs(Rrvs { since: DateTime::from_unix(*since, 60)?, action: *action })
            }
            Self::Other(keyword, value) => {
                let value = value.as_ref().map(|value| EsmtpValue::new(value.as_bytes()).unwrap());
                Parameter::other(Word::new(keyword.as_bytes()).unwrap(), value).unwrap()
            }
        })
    }
}

proptest! {
    #[test]
    fn envelopes(sender in option::of(address()), recipient in option::of(address()), made in vec(made(), 0..5)) {
        let list: Vec<Parameter<'_>> = made.iter().filter_map(Made::parameter).collect();
        let parameters = Parameters::new(&list);
        let path = sender.as_ref().map_or(mailwire_address::ReversePath::Null, Into::into);
        check(&Command::Mail(Mail { path, parameters }));
        let path = recipient.as_ref().map_or(mailwire_address::ForwardPath::Postmaster, Into::into);
        check(&Command::Rcpt(Rcpt { path, parameters }));
    }

    #[test]
    fn words_and_texts(host in word(), text in "[ -~é]{1,12}", verb in "[A-Z]{5,12}") {
        let host = Host::new(host.as_bytes()).unwrap();
        for command in [Command::Helo(host), Command::Ehlo(host), Command::Lhlo(host)] {
            check(&command);
        }
        let text = CommandText::new(text.as_bytes()).unwrap();
        for command in [Command::Vrfy, Command::Expn, Command::Etrn, Command::Burl] {
            check(&command(text));
        }
        for command in [Command::Noop, Command::Help, Command::Atrn] {
            check(&command(Some(text)));
            check(&command(None));
        }
        check(&Command::Unknown(Unknown::new(verb.as_bytes(), text.as_bytes()).unwrap()));
        check(&Command::Unknown(Unknown::new(verb.as_bytes(), b"").unwrap()));
    }

    #[test]
    fn authentication(mechanism in "[A-Z0-9_-]{1,20}", initial in option::of("([A-Za-z0-9+/]{4}){0,6}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")) {
        let mechanism = Mechanism::new(mechanism.as_bytes()).unwrap();
        let initial = initial.as_ref().map(|text| Base64::new(text.as_bytes()).unwrap());
        check(&Command::Auth(Auth { mechanism, initial }));
        if let Some(response) = initial {
            let mut line = Vec::new();
            SaslLine::Response(response).encode(&mut line);
            prop_assert_eq!(SaslLine::parse(&line), Ok(SaslLine::Response(response)));
        }
    }

    #[test]
    fn attributes(list in vec((keyword(), option::of("[ -~é]{0,12}")), 1..5)) {
        let list: Vec<Attribute<'_>> = list.iter().map(|(name, value)| Attribute {
            name: Word::new(name.as_bytes()).unwrap(),
            value: match value {
                Some(text) => AttributeValue::Text(Xtext::new(text.as_bytes()).unwrap()),
                None => AttributeValue::Unavailable,
            },
        }).filter(|attribute| !matches!(attribute.value, AttributeValue::Text(text) if is_mark(text))).collect();
        prop_assume!(!list.is_empty());
        check(&Command::Xclient(Attributes::new(&list).unwrap()));
        check(&Command::Xforward(Attributes::new(&list).unwrap()));
    }

    #[test]
    fn chunks(size in any::<u64>()) {
        check(&Command::Bdat(Bdat { size, chunk: Chunk::More }));
        check(&Command::Bdat(Bdat { size, chunk: Chunk::Last }));
    }
}

fn is_mark(text: Xtext<'_>) -> bool {
    let text = text.to_text();
    text.eq_ignore_ascii_case("[UNAVAILABLE]") || text.eq_ignore_ascii_case("[TEMPUNAVAIL]")
}

#[test]
fn words_alone() {
    for command in [Command::Data, Command::Rset, Command::Quit, Command::StartTls] {
        check(&command);
    }
    let mut line = Vec::new();
    SaslLine::Cancel.encode(&mut line);
    assert_eq!(SaslLine::parse(&line), Ok(SaslLine::Cancel));
}

/// What would break out of its line can't be made at all (research vectors of CRLF injection).
#[test]
fn nothing_that_ends_a_line_can_be_made() {
    for evil in ["x\r\nMAIL", "a\nb", "a\0b", "a\rb"] {
        let bytes = evil.as_bytes();
        assert!(Host::new(bytes).is_err());
        assert!(CommandText::new(bytes).is_err());
        assert!(Xtext::new(bytes).is_err() && Xtext::parse(bytes).is_err());
        assert!(Word::new(bytes).is_err());
        assert!(Mechanism::new(bytes).is_err());
        assert!(Base64::new(bytes).is_err());
        assert!(Orcpt::new(evil).is_err());
        assert!(
            Address::new(evil, "x.example").is_err()
                && Address::verbatim(&format!("{evil}@x.example")).is_err()
        );
    }
    assert!(Xtext::parse(b"a+0D+0A").is_err() && Xtext::parse(b"a+00").is_err());
    assert!(Address::verbatim("a@b> NOTIFY=NEVER").is_err());
    assert!(Parameter::parse(b"SIZE=1\r\n").is_err());
}
