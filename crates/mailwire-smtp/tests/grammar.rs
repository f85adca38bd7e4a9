//! Sentences of the transcribed grammar: each is read strictly, without a defect.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

use core::fmt::{Debug, Write};
use mailwire_core::{Defects, frame::Value};
use mailwire_smtp::{Command, Leniency, Reply, SmtpDefect};
use mailwire_testkit::random::Random;
use mailwire_testkit::sentences::mailbox_smtp;

fn any(random: &mut Random, of: &str, least: usize, most: usize) -> String {
    let of: Vec<char> = of.chars().collect();
    (0..least + random.below(most - least + 1)).map(|_| *random.pick(&of)).collect()
}

fn case(random: &mut Random, word: &str) -> String {
    word.chars().map(|c| if random.below(2) == 0 { c.to_ascii_lowercase() } else { c }).collect()
}

const LDH: &str = "aZ0-";
const PRINTABLE: &str = "aZ09 .,:;<>@[]=+-\"\\()";

/// `Domain / address-literal` (RFC 5321 §4.1.2, §4.1.3)
fn host(random: &mut Random) -> String {
    let mailbox = mailbox_smtp(random);
    mailbox.rsplit_once('@').unwrap().1.to_owned()
}

/// `Path`, with a route now and then
fn path(random: &mut Random) -> String {
    let route = if random.below(5) == 0 { "@a.example,@b.example:" } else { "" };
    format!("<{route}{}>", mailbox_smtp(random))
}

/// `xtext` (RFC 3461 §4)
fn xtext(random: &mut Random, most: usize) -> String {
    (0..random.below(most))
        .map(|_| *random.pick(&["a", "Z", "!", "~", "<", ">", "+2B", "+3D", "+20", "-", ";"]))
        .collect()
}

/// `date-time` (RFC 3339 §5.6)
fn date(random: &mut Random) -> String {
    let zone = *random.pick(&["Z", "+01:00", "-11:30", "-00:00"]);
    format!(
        "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
        random.below(99),
        1 + random.below(12),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60)
    )
}

fn mail_parameter(random: &mut Random) -> String {
    match random.below(14) {
        0 => format!("{}={}", case(random, "SIZE"), any(random, "0123456789", 1, 19)),
        1 => format!("{}={}", case(random, "BODY"), random.pick(&["7BIT", "8BITMIME", "binarymime"])),
        2 => case(random, "SMTPUTF8"),
        3 => format!("{}={}", case(random, "RET"), random.pick(&["FULL", "hdrs"])),
        4 => format!("{}={}", case(random, "ENVID"), xtext(random, 30)),
        5 => {
            format!("{}={}", case(random, "AUTH"), random.pick(&["<>", "a@b.example", "e+3Dmc2@example.com"]))
        }
        6 => {
            let (sign, mode) = *random.pick(&[("", "R"), ("+", "RT"), ("-", "N"), ("", "nt"), ("", "r")]);
            format!("{}={sign}1{};{mode}", case(random, "BY"), any(random, "0123456789", 0, 8))
        }
        7 => format!("{}=1{}", case(random, "HOLDFOR"), any(random, "0123456789", 0, 8)),
        8 => format!("{}={}", case(random, "HOLDUNTIL"), date(random)),
        9 => format!("{}={}", case(random, "MT-PRIORITY"), random.pick(&["0", "-9", "9", "-1", "3"])),
        10 => case(random, "REQUIRETLS"),
        11 => format!("X{}", any(random, LDH, 0, 8)),
        _ => format!("X{}={}", any(random, LDH, 0, 8), any(random, "aZ!~<>;:,.-+\"", 1, 9)),
    }
}

fn rcpt_parameter(random: &mut Random) -> String {
    match random.below(5) {
        0 => {
            let all = ["NEVER", "SUCCESS", "FAILURE,DELAY", "delay,Success,FAILURE"];
            format!("{}={}", case(random, "NOTIFY"), random.pick(&all))
        }
        1 => format!(
            "{}={};{}",
            case(random, "ORCPT"),
            random.pick(&["rfc822", "X400", "x-a"]),
            xtext(random, 30)
        ),
        2 => {
            let address: String = (0..=random.below(9))
                .map(|_| {
                    *random.pick(&["a", "@", ".", r"\x{F6}", r"\x{1F600}", r"\x{20}", r"\x{5C}", "ö", "漢"])
                })
                .collect();
            format!("{}=utf-8;{address}", case(random, "ORCPT"))
        }
        3 => format!("{}={}{}", case(random, "RRVS"), date(random), random.pick(&["", ";C", ";R"])),
        _ => format!("X{}={}", any(random, LDH, 0, 8), any(random, "aZ!~<>;:,.-+\"", 1, 9)),
    }
}

/// `base64` (RFC 4954 §8)
fn base64(random: &mut Random) -> String {
    let digits = any(random, "aZ09+/", 0, 5).len() * 4;
    let end = *random.pick(&["", "QQ==", "QUE="]);
    "A".repeat(digits) + if digits == 0 && end.is_empty() { "QUFB" } else { end }
}

fn command(random: &mut Random) -> String {
    let list = |random: &mut Random, of: fn(&mut Random) -> String| -> String {
        (0..random.below(4)).flat_map(|_| [" ".to_owned(), of(random)]).collect()
    };
    match random.below(16) {
        0 => format!("{} {}", case(random, "EHLO"), host(random)),
        1 => format!("{} {}", case(random, "HELO"), host(random)),
        2 | 3 => {
            let path = if random.below(4) == 0 { "<>".to_owned() } else { path(random) };
            format!("{}:{path}{}", case(random, "MAIL FROM"), list(random, mail_parameter))
        }
        4 | 5 => {
            let path =
                if random.below(4) == 0 { format!("<{}>", case(random, "POSTMASTER")) } else { path(random) };
            format!("{}:{path}{}", case(random, "RCPT TO"), list(random, rcpt_parameter))
        }
        6 => format!(
            "{} {}{}",
            case(random, "BDAT"),
            any(random, "0123456789", 1, 19),
            random.pick(&["", " LAST", " last"])
        ),
        7 => {
            let verb: &&str = random.pick(&["DATA", "RSET", "QUIT", "STARTTLS"]);
            case(random, verb)
        }
        8 => format!("{} {}", case(random, "VRFY"), any(random, PRINTABLE, 1, 9)),
        9 => format!("{} {}", case(random, "EXPN"), any(random, PRINTABLE, 1, 9)),
        10 => case(random, "HELP") + *random.pick(&["", " MAIL"]),
        11 => case(random, "NOOP") + *random.pick(&["", " ignored"]),
        12 => format!("{} {}", case(random, "ETRN"), random.pick(&["example.com", "@example.com", "#queue"])),
        13 => format!("{} {}", case(random, "LHLO"), host(random)),
        14 => {
            let name = any(random, "ABZ09-_", 1, 20);
            let initial = if random.below(3) == 0 { " =".to_owned() } else { format!(" {}", base64(random)) };
            format!("{} {name}{}", case(random, "AUTH"), if random.below(2) == 0 { "" } else { &initial })
        }
        _ => format!(
            "{} NAME=mx.example.org ADDR=IPV6:{} PROTO=ESMTP",
            case(random, "XCLIENT"),
            any(random, ":09af", 2, 9)
        ),
    }
}

/// `Reply-line` (RFC 5321 §4.2), with the codes of RFC 2034
fn reply(random: &mut Random) -> String {
    let code = format!("{}{}{}", 2 + random.below(4), random.below(6), random.below(10));
    let class = code.get(..1).unwrap();
    let enhanced = if class != "3" && random.below(2) == 0 {
        format!("{class}.{}.{} ", random.below(1000), random.below(8))
    } else {
        String::new()
    };
    let mut out = String::new();
    let lines = random.below(4);
    for line in 0..=lines {
        let separator = if line == lines { ' ' } else { '-' };
        let text = any(random, "ab Z.,\t~", usize::from(line == lines), 40);
        let text = if line == lines && text.is_empty() { "x".to_owned() } else { text };
        write!(out, "{code}{separator}{enhanced}{text}\r\n").unwrap();
    }
    out
}

fn strictly<'a, T: Value<Defect = SmtpDefect>, E: Debug>(
    line: &'a str,
    read: impl Fn(&'a [u8], &mut Defects<SmtpDefect>) -> Result<T, E>,
) -> T {
    let mut defects = Defects::NONE;
    let value = read(line.as_bytes(), &mut defects).unwrap_or_else(|error| panic!("{line:?}: {error:?}"));
    assert!(defects.is_empty(), "{line:?}: {defects:?}");
    value
}

#[test]
fn every_command_of_the_grammar_is_read() {
    let mut random = Random::new(5321);
    for _ in 0..200_000 {
        let line = command(&mut random) + "\r\n";
        let value = strictly(&line, |line, defects| Command::parse_with(line, &Leniency::default(), defects));
        if let Command::Mail(mailwire_smtp::Mail { parameters, .. })
        | Command::Rcpt(mailwire_smtp::Rcpt { parameters, .. }) = value
        {
            for parameter in parameters.iter() {
                parameter.unwrap_or_else(|invalid| panic!("{line:?}: {invalid}"));
            }
        }
        assert!(!matches!(value, Command::Unknown(_)), "{line:?}");
        mutated(&mut random, line.as_bytes(), mailwire_testkit::invariants::smtp_command);
    }
}

#[test]
fn every_reply_of_the_grammar_is_read() {
    let mut random = Random::new(2034);
    for _ in 0..100_000 {
        let lines = reply(&mut random);
        strictly(&lines, |line, defects| Reply::parse_with(line, &Leniency::default(), defects));
        mutated(&mut random, lines.as_bytes(), mailwire_testkit::invariants::smtp_reply);
    }
}

/// One octet of it changed, now and then: the invariants hold.
fn mutated(random: &mut Random, line: &[u8], holds: impl Fn(&[u8])) {
    if random.below(20) > 0 {
        return;
    }
    let mut line = line.to_vec();
    let at = random.below(line.len());
    line[at] = *random.pick(b"\r\n\0 \t.-=+<>;\\\"aA09\x7f\x80\xc3");
    holds(&line);
}
