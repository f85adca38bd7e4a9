//! Sentences of the transcribed grammar: each is read strictly, without a defect.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

use mailwire_core::Defects;
use mailwire_pop3::response::{Answer, Listing, Response};
use mailwire_pop3::{Command, Leniency};
use mailwire_testkit::random::Random;

fn any(random: &mut Random, of: &str, least: usize, most: usize) -> String {
    let of: Vec<char> = of.chars().collect();
    (0..least + random.below(most - least + 1)).map(|_| *random.pick(&of)).collect()
}

fn case(random: &mut Random, word: &str) -> String {
    word.chars().map(|c| if random.below(2) == 0 { c.to_ascii_lowercase() } else { c }).collect()
}

fn one_of(random: &mut Random, words: &[&str]) -> String {
    (*random.pick(words)).to_owned()
}

/// `VCHAR` of every kind.
const VCHAR: &str = "aZ09!~<>[]{}.,;:@=+-/\"\\";

fn number(random: &mut Random) -> String {
    format!("{}{}", 1 + random.below(9), any(random, "0123456789", 0, 8))
}

fn base64(random: &mut Random) -> String {
    let quads = random.below(5);
    "A+/9".repeat(quads)
        + &one_of(random, if quads == 0 { &["QQ==", "QUE=", "QUFB"] } else { &["", "QQ==", "QUE="] })
}

/// RFC 2449 §3 over RFC 1939 §9, RFC 2595 §4, RFC 5034 §5, RFC 6856
fn command(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{} {}", case(random, "USER"), any(random, VCHAR, 1, 12)),
        1 => format!("{} {}", case(random, "PASS"), any(random, "aZ09!~ \t<>[].", 0, 12)),
        2 => format!(
            "{} {} {}",
            case(random, "APOP"),
            any(random, VCHAR, 1, 12),
            any(random, "0123456789abcdef", 32, 32)
        ),
        3 => {
            let name = any(random, "ABZ09-_", 1, 20);
            let initial = if random.below(3) == 0 { "=".to_owned() } else { base64(random) };
            let auth = case(random, "AUTH");
            if random.below(2) == 0 { format!("{auth} {name}") } else { format!("{auth} {name} {initial}") }
        }
        4 => {
            let word = one_of(
                random,
                &["STAT", "LIST", "UIDL", "NOOP", "RSET", "QUIT", "CAPA", "STLS", "UTF8", "LANG", "LAST"],
            );
            case(random, &word)
        }
        5 => format!("{} {}", case(random, "LIST"), number(random)),
        6 => format!("{} {}", case(random, "UIDL"), number(random)),
        7 => format!("{} {}", case(random, "RETR"), number(random)),
        8 => format!("{} {} {}", case(random, "TOP"), number(random), any(random, "0123456789", 1, 9)),
        9 => format!("{} {}", case(random, "DELE"), number(random)),
        _ => format!("{} {}", case(random, "LANG"), one_of(random, &["*", "en", "i-klingon", "zh-Hans-CN"])),
    }
}

/// `single-line` (RFC 2449 §3, §8)
fn status(random: &mut Random) -> String {
    let code = format!(
        "[{}] ",
        one_of(random, &["IN-USE", "LOGIN-DELAY", "SYS/TEMP", "SYS/PERM", "AUTH", "UTF8", "X-A/b/c"])
    );
    let code = if random.below(2) == 0 { code } else { String::new() };
    let text = any(random, "ab Z.,~<@>", 0, 30);
    let indicator = one_of(random, &["+OK", "-ERR"]);
    if code.is_empty() && text.is_empty() { indicator } else { format!("{indicator} {code}{text}") }
}

fn capability(random: &mut Random) -> String {
    let expire = one_of(random, &["60", "0", "NEVER", "30 USER"]);
    match random.below(8) {
        0 => one_of(
            random,
            &["TOP", "USER", "RESP-CODES", "PIPELINING", "UIDL", "STLS", "LANG", "AUTH-RESP-CODE"],
        ),
        1 => format!("SASL {}", one_of(random, &["PLAIN", "CRAM-MD5 KERBEROS_V4"])),
        2 => format!("LOGIN-DELAY {}", one_of(random, &["900", "120 USER"])),
        3 => format!("EXPIRE {expire}"),
        4 => format!("IMPLEMENTATION {}", any(random, VCHAR, 1, 20)),
        5 => one_of(random, &["UTF8", "UTF8 USER"]),
        _ => format!("X{} {}", any(random, "AZ09-", 0, 9), any(random, VCHAR, 1, 9)),
    }
}

#[test]
fn every_command_of_the_grammar_is_read() {
    let mut random = Random::new(1939);
    for _ in 0..200_000 {
        let line = command(&mut random) + "\r\n";
        let mut defects = Defects::NONE;
        let value = Command::parse_with(line.as_bytes(), &Leniency::default(), &mut defects);
        let value = value.unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert!(defects.is_empty() && !matches!(value, Command::Unknown(_)), "{line:?}: {defects:?}");
    }
}

#[test]
fn every_response_of_the_grammar_is_read() {
    let mut random = Random::new(2449);
    for _ in 0..200_000 {
        let mut defects = Defects::NONE;
        let (first, listed) = match random.below(7) {
            0 | 1 => (Some((Answer::Status, status(&mut random))), None),
            2 => (
                Some((
                    Answer::Exchange,
                    format!("+ {}", if random.below(3) == 0 { String::new() } else { base64(&mut random) }),
                )),
                None,
            ),
            3 => (None, Some((Listing::Capabilities, capability(&mut random)))),
            4 => (
                None,
                Some((
                    Listing::Sizes,
                    format!("{} {}", number(&mut random), any(&mut random, "0123456789", 1, 19)),
                )),
            ),
            5 => (
                None,
                Some((
                    Listing::UniqueIds,
                    format!("{} {}", number(&mut random), any(&mut random, VCHAR, 1, 70)),
                )),
            ),
            _ => {
                let language = one_of(
                    &mut random,
                    &["en English", "de Deutsch", "i-default Default language", "mul Various, été"],
                );
                (None, Some((Listing::Languages, language)))
            }
        };
        if let Some((answer, line)) = first {
            let line = line + "\r\n";
            let value = Response::parse_first(line.as_bytes(), answer, &Leniency::default(), &mut defects);
            match value.unwrap_or_else(|error| panic!("{line:?}: {error}")) {
                Response::Challenge(challenge) => assert!(challenge.base64().is_ok(), "{line:?}"),
                value => assert!(matches!(value, Response::Status(_)), "{line:?}"),
            }
            assert!(defects.is_empty(), "{line:?}: {defects:?}");
        }
        if let Some((listing, line)) = listed {
            let line = line + "\r\n";
            let Ok(Response::Line(value)) =
                Response::parse_listed(line.as_bytes(), listing, &Leniency::default(), &mut defects)
            else {
                panic!("{line:?}")
            };
            value.entry_with(&mut defects).unwrap_or_else(|error| panic!("{line:?}: {error}"));
            assert!(defects.is_empty(), "{line:?}: {defects:?}");
        }
    }
}
