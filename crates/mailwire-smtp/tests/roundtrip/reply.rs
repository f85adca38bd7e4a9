//! Replies and capabilities.

use mailwire_core::{DateTime, Defects, frame::Value};
use mailwire_smtp::capability::{AnnouncedLimits, Words};
use mailwire_smtp::{
    Answer, Capability, Code, EnhancedCode, Keyword, Leniency, Reply, ReplyReader, ReplyText, ServerName,
};
use proptest::prelude::*;

type Found = Defects<<Reply<'static> as Value>::Defect>;

fn read(wire: &[u8]) -> (Reply<'_>, Found) {
    let mut defects = Defects::NONE;
    let reply = Reply::parse_with(wire, &Leniency::default(), &mut defects).unwrap();
    let mut input = wire;
    let frame = ReplyReader::default().next(&mut input).unwrap().unwrap();
    assert_eq!((frame.value(), frame.raw(), input), (Ok(reply), wire, b"".as_slice()));
    assert_eq!(frame.defects(), defects);
    let mut again = Vec::new();
    reply.encode(&mut again);
    assert_eq!(again, wire);
    let owned = reply.into_owned();
    assert_eq!((owned.as_reply(), owned.as_reply().enhanced()), (reply, reply.enhanced()));
    (reply, defects)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~\t]{1,40}", "[ -~]{500,1200}", "[x]{500,1200}", "[a-z ]{1000,1100}", "[é x]{200,600}"]
}

/// A text that is no enhanced code and begins with none.
fn plain(text: &str) -> bool {
    EnhancedCode::parse_prefix(text.as_bytes()).is_none()
}

proptest! {
    #[test]
    fn answers(code in 200_u16..560, subject in 0_u16..1000, detail in 0_u16..1000, with in any::<bool>(), texts in proptest::collection::vec(text(), 1..5)) {
        let code = Code::new(code).unwrap();
        prop_assume!(texts.iter().all(|text| plain(text)));
        let texts: Vec<ReplyText<'_>> = texts.iter().map(|text| ReplyText::utf8(text).unwrap()).collect();
        let class = u8::try_from(code.as_u16() / 100).unwrap();
        let enhanced = EnhancedCode::new(class, subject, detail).filter(|_| with);
        let mut answer = Answer::lines(code, texts[0], &texts[1..]);
        if let Some(enhanced) = enhanced {
            answer = answer.with_enhanced(enhanced);
        }
        let mut wire = Vec::new();
        answer.encode(&mut wire);
        for line in wire.split_inclusive(|&byte| byte == b'\n') {
            // A challenge is never split.
            prop_assert!(line.len() <= 512 || code == Code::CHALLENGE);
            prop_assert!(line.ends_with(b"\r\n"));
            prop_assert!(core::str::from_utf8(line).is_ok(), "cut in a character");
        }
        let (reply, _) = read(&wire);
        prop_assert_eq!((reply.code(), reply.enhanced()), (answer.code(), answer.enhanced()));
        // Only spaces at which a line was broken may be missing.
        let squeezed = |text: &[u8]| text.iter().copied().filter(|&byte| byte != b' ').collect::<Vec<u8>>();
        let written: Vec<u8> = texts.iter().flat_map(|text| squeezed(text.as_str().as_bytes())).collect();
        let back: Vec<u8> = reply.lines().flat_map(squeezed).collect();
        prop_assert_eq!(back, written);
        if texts.iter().all(|text| text.as_str().len() < 400) {
            let lines: Vec<&[u8]> = reply.lines().collect();
            let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_str().as_bytes()).collect();
            prop_assert_eq!(lines, texts);
        }
    }

    #[test]
    fn greetings(name in "[a-z0-9.-]{1,40}", text in proptest::option::of("[!-~][ -~]{0,40}")) {
        let text = text.as_deref().map(|text| ReplyText::new(text).unwrap());
        let name = ServerName::new(&name).unwrap();
        let five = EnhancedCode::new(2, 0, 0).unwrap();
        for answer in [Answer::greeting(name, text), Answer::helo(name, text)] {
            let mut wire = Vec::new();
            answer.with_enhanced(five).encode(&mut wire);
            prop_assert!(!wire[4..].starts_with(b"2.0.0 "));
            let (reply, defects) = read(&wire);
            prop_assert!(defects.is_empty() && reply.code() == answer.code());
            if plain(core::str::from_utf8(&wire[4..wire.len() - 2]).unwrap()) {
                prop_assert_eq!(reply.capabilities().name(), name.as_str().as_bytes());
                prop_assert_eq!(reply.capabilities().text(), text.map_or("", ReplyText::as_str).as_bytes());
            }
        }
    }

    #[test]
    fn challenges(base64 in "[A-Za-z0-9+/]{0,2000}={0,2}") {
        let mut wire = Vec::new();
        Answer::challenge(base64.as_bytes()).unwrap().encode(&mut wire);
        let (reply, defects) = read(&wire);
        prop_assert!(defects.is_empty());
        prop_assert_eq!(reply.challenge().unwrap().expose(), base64.as_bytes());
    }

    #[test]
    fn announcements(seeds in proptest::collection::vec(seed(), 0..40)) {
        let capabilities: Vec<Capability<'_>> = seeds.iter().map(capability).collect();
        let mut wire = Vec::new();
        Answer::ehlo(ServerName::new("mx.example.org").unwrap(), None, &capabilities).encode(&mut wire);
        let (reply, _) = read(&wire);
        prop_assert_eq!(reply.lines().count(), capabilities.len() + 1);
        let back: Vec<Capability<'_>> = reply.capabilities().iter().collect();
        prop_assert_eq!(&back, &capabilities);
        for capability in &capabilities {
            prop_assert!(reply.capabilities().supports(capability.keyword()));
            let mut line = Vec::new();
            capability.encode(&mut line);
            prop_assert_eq!(Capability::parse(&line), Ok(*capability));
        }
    }

    #[test]
    fn what_was_read_once_is_read_again(raw in proptest::collection::vec(any::<u8>(), 0..40), code in 190_u16..610) {
        let wire = [code.to_string().as_bytes(), &raw].concat();
        if let Ok(reply) = Reply::parse(&wire) {
            let mut again = Vec::new();
            reply.encode(&mut again);
            prop_assert_eq!(Reply::parse(&again), Ok(reply));
        }
    }
}

type Seed = (u8, Option<u64>, String, String);

fn seed() -> impl Strategy<Value = Seed> {
    (any::<u8>(), any::<Option<u64>>(), "[A-Z0-9=_-]{1,24}", "([!-~]{1,9}( [!-~]{1,9}){0,3})?")
}

fn capability((pick, number, keyword, args): &Seed) -> Capability<'_> {
    let words = Words::new(args.as_bytes()).unwrap();
    let number32 = number.map(|number| u32::try_from(number >> 32).unwrap());
    match pick % 31 {
        0 => Capability::Size(*number),
        1 => Capability::EightBitMime,
        2 => Capability::BinaryMime,
        3 => Capability::Chunking,
        4 => Capability::Pipelining,
        5 => Capability::Dsn,
        6 => Capability::EnhancedStatusCodes,
        7 => Capability::StartTls,
        8 => Capability::SmtpUtf8,
        9 => Capability::RequireTls,
        10 => Capability::Auth(words),
        11 => Capability::Limits(AnnouncedLimits::new(words)),
        12 => Capability::MtPriority(words),
        13 => Capability::DeliverBy(number32),
        14 => Capability::FutureRelease {
            max_interval: number32.unwrap_or(7),
            max_date_time: DateTime::from_unix(i64::from(number32.unwrap_or(0)), i16::from(*pick)).unwrap(),
        },
        15 => Capability::NoSoliciting(words),
        16 => Capability::Burl(words),
        17 => Capability::Etrn,
        18 => Capability::Atrn,
        19 => Capability::Vrfy,
        20 => Capability::Expn,
        21 => Capability::Help,
        22 => Capability::Rrvs,
        23 => Capability::Mtrk,
        24 => Capability::Conperm,
        25 => Capability::Conneg,
        26 => Capability::Prdr,
        27 => Capability::Xclient(words),
        28 => Capability::Xforward(words),
        _ => {
            let keyword = Keyword::new(keyword.as_bytes()).unwrap();
            Capability::other(keyword, words).unwrap_or(Capability::Dsn)
        }
    }
}
