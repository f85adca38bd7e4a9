//! Mailboxes: the vectors, separators in all their forms, a naive twin.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

use mailwire_core::{Defect, DefectKind};
use mailwire_message::flowed::{DelSp, unflow};
use mailwire_message::mbox::{
    Dialect, Entry, Item, Leniency, Limits, MboxDefect, Messages, NoEmptyLine, Separator, Splitter,
    Unescaper, escape_into, messages, unescape,
};
use mailwire_testkit::random::Random;
use mailwire_testkit::vectors::{Got, check};
use mailwire_testkit::{generate, invariants};

fn shown(entry: Entry<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(separator) = entry.separator() {
        out.extend(separator.sender());
        let date = separator.date().map_or("none".to_owned(), |date| date.to_string());
        out.extend(format!(" {date} ").into_bytes());
    }
    [&out[..], b"<", &entry.unescaped(), b">"].concat()
}

#[test]
fn vectors() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mbox.vec"), |vector| {
        let dialect = match vector.first("dialect") {
            None => Dialect::Mboxrd,
            Some(b"mboxo") => Dialect::Mboxo,
            Some(b"mboxcl2") => Dialect::Mboxcl2,
            Some(_) => panic!("a dialect that is none"),
        };
        let separates = vector.has("leniency").then_some(NoEmptyLine::Separates);
        let mut limits = Limits::default();
        if vector.has("lookahead") {
            limits = limits.with_lookahead(vector.text("lookahead").parse().unwrap());
        }
        let leniency = Leniency::default().with_no_empty_line(separates.unwrap_or_default());
        let splitter = Splitter::new(dialect).with_leniency(leniency).with_limits(limits);
        let mut defects: Vec<Defect<MboxDefect>> = Vec::new();
        let mut all = Messages::new(vector.bytes("in"), splitter);
        let mut found = Vec::new();
        while let Some(entry) = all.next_with(&mut defects) {
            found.push(shown(entry));
        }
        let defects = defects.iter().map(|defect| format!("{} {:?}", defect.kind().name(), defect.range()));
        Got::new().many("message", found).many("defect", defects)
    });
}

/// (line, sender, date): the forms that delivery agents, readers and archives write.
const SEPARATORS: &[(&str, &str, &str)] = &[
    ("From a@b.example Fri Nov 21 09:55:06 1997", "a@b.example", "1997-11-21T09:55:06-00:00"),
    ("From a@b.example  Fri Nov  1 09:55:06 1997\r\n", "a@b.example", "1997-11-01T09:55:06-00:00"),
    ("From MAILER-DAEMON Fri Nov 21 09:55:06 1997\n", "MAILER-DAEMON", "1997-11-21T09:55:06-00:00"),
    ("From - Fri Nov 21 09:55:06 1997", "-", "1997-11-21T09:55:06-00:00"),
    ("From  Fri Nov 21 09:55:06 1997", "", "1997-11-21T09:55:06-00:00"),
    ("From Fri Nov 21 09:55:06 1997", "", "1997-11-21T09:55:06-00:00"),
    ("From ???@??? Fri Nov 21 09:55:06 1997", "???@???", "1997-11-21T09:55:06-00:00"),
    ("From bob at b.example  Fri Nov 21 09:55:06 1997", "bob at b.example", "1997-11-21T09:55:06-00:00"),
    ("From \"a b\"@c.example Fri Nov 21 09:55:06 1997", "\"a b\"@c.example", "1997-11-21T09:55:06-00:00"),
    ("From a!b!c Fri Nov 21 09:55 1997 remote from host", "a!b!c", "1997-11-21T09:55:00-00:00"),
    ("From a Fri Nov 21 09:55:06 1997 +0100", "a", "1997-11-21T09:55:06+01:00"),
    ("From a Fri Nov 21 09:55:06 1997 +0100 (CET)", "a", "1997-11-21T09:55:06+01:00"),
    ("From a Fri Nov 21 09:55:06 -0500 1997", "a", "1997-11-21T09:55:06-05:00"),
    ("From a Fri Nov 21 09:55:06 EST 1997", "a", "1997-11-21T09:55:06-05:00"),
    ("From a Fri Nov 21 09:55:06 MET DST 1997", "a", "1997-11-21T09:55:06-00:00"),
    ("From a Fri Nov 21 09:55:06 97", "a", "1997-11-21T09:55:06-00:00"),
    ("From a Nov 21 09:55:06 1997", "a", "1997-11-21T09:55:06-00:00"),
    ("From a Friday November 21 9:55:06 1997", "a", "1997-11-21T09:55:06-00:00"),
    ("From a\tFRI NOV 21 09:55:06 1997", "a", "1997-11-21T09:55:06-00:00"),
    ("From a Fri, 21 Nov 1997 09:55:06 -0600", "a", "1997-11-21T09:55:06-06:00"),
    ("From a 21 Nov 1997 09:55:06", "a", "1997-11-21T09:55:06-00:00"),
    // The shape decides; the day that there never was has no date.
    ("From a Mon Feb 31 09:55:06 1997", "a", "none"),
];

#[test]
fn separators_of_all_forms() {
    for &(line, sender, date) in SEPARATORS {
        let separator = Separator::parse(line.as_bytes()).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(separator.sender(), sender.as_bytes(), "{line}");
        assert_eq!(separator.date().map_or("none".into(), |date| date.to_string()), date, "{line}");
        assert_eq!(separator.line(), line.as_bytes());
    }
}

#[test]
fn lines_that_are_none() {
    for line in [
        "",
        "From",
        "From ",
        "From a@b.example",
        "from a Fri Nov 21 09:55:06 1997",
        "From: a Fri Nov 21 09:55:06 1997",
        ">From a Fri Nov 21 09:55:06 1997",
        "From a Fri Nov 21 1997",
        "From a Fri Nov 09:55:06 1997",
        "From a Fri Nov 21 09:55:06",
        "From a Fri Nob 21 09:55:06 1997",
        "From a Fri Nov 21 09:55:06 1997.",
        "From a Fri Nov 21 09:55:06 1997 we had rain",
        "From a Fri Nov 21 09:55:06 1997 remote from",
        "From a Fri Nov 21 095:506 1997",
        "From a Fri Nov 21 09:55:06 19970",
        "From Monday to Friday: 9:00 to 17:00",
    ] {
        assert!(Separator::parse(line.as_bytes()).is_none(), "{line}");
    }
    let long = |len: usize| format!("From {} Fri Nov 21 09:55:06 1997\n", "a".repeat(len - 31));
    assert!(Separator::parse(long(1024).as_bytes()).is_some());
    assert!(Separator::parse(long(1025).as_bytes()).is_none());
}

/// Line by line, as anybody would write it, without lengths.
fn twin(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut after_empty_line = true;
    let mut open = false;
    for (at, line) in raw.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let is_first = at == 0 && line.starts_with(b"From ") && line.len() <= 1024;
        if is_first || after_empty_line && Separator::parse(line).is_some() {
            found.last_mut().map(without_empty_line);
            found.push(Vec::new());
            open = true;
        } else {
            if !open {
                found.push(Vec::new());
                open = true;
            }
            found.last_mut().unwrap().extend(line);
        }
        after_empty_line = line == b"\n" || line == b"\r\n";
    }
    found.last_mut().map(without_empty_line);
    if !raw.starts_with(b"From ") && found.first().is_some_and(Vec::is_empty) {
        found.remove(0);
    }
    found
}

fn without_empty_line(message: &mut Vec<u8>) {
    for empty in [&b"\r\n"[..], b"\n"] {
        let rest = message.strip_suffix(empty);
        if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.ends_with(b"\n")) {
            message.truncate(rest.len());
            return;
        }
    }
}

#[test]
fn agrees_with_its_twin() {
    let pieces: &[&[u8]] = &[
        b"\n",
        b"\n\n",
        b"\r\n",
        b"\r",
        b"text\n",
        b"From ",
        b"From a Fri Nov 21 09:55:06 1997\n",
        b"From b Fri Nov 21 09:55:06 1997\r\n",
        b"\nFrom c Fri Nov 21 09:55:06 1997\n",
        b">",
        b"x",
        b"Fro",
        &[b'y'; 1020],
    ];
    let mut random = Random::new(7);
    for _ in 0..20_000 {
        let raw: Vec<u8> = (0..random.below(12)).flat_map(|_| random.pick(pieces).to_vec()).collect();
        for dialect in [Dialect::Mboxo, Dialect::Mboxrd, Dialect::Mboxcl2] {
            let ours: Vec<_> = messages(&raw, dialect).map(|entry| entry.raw().to_vec()).collect();
            assert_eq!(ours, twin(&raw), "{}", raw.escape_ascii());
        }
    }
}

/// Made of what matters, so that lengths, separators and pieces meet in every way.
#[test]
fn random_mailboxes_keep_the_invariants() {
    let mut random = Random::new(11);
    for _ in 0..1500 {
        let mut raw = Vec::new();
        for _ in 0..random.below(14) {
            match random.below(12) {
                0..3 => raw.extend(b"From a Fri Nov 21 09:55:06 1997\n"),
                3 => raw.extend(b"\nFrom b Fri Nov 21 09:55:06 1997\r\n"),
                4 | 5 => raw.extend(format!("Content-Length: {}\n\n", random.below(120)).into_bytes()),
                6 => raw.extend(b"\r\n"),
                7 => raw.extend(b"\n\n"),
                8 => raw.extend(b">From x\n"),
                9 => raw.extend(b"From "),
                10 => raw.extend(random.bytes(3)),
                _ => raw.push(b'\n'),
            }
        }
        println!("{}", raw.escape_ascii());
        invariants::mbox(&raw);
    }
}

/// Whoever looked at anything again for each line would not come to the end of these in a day.
#[test]
fn hostile_mailboxes_take_linear_time() {
    for (name, make) in generate::MAILBOXES {
        println!("{name}");
        let raw = make(1 << 20);
        for dialect in [Dialect::Mboxo, Dialect::Mboxrd, Dialect::Mboxcl2] {
            let bytes: usize = messages(&raw, dialect).map(|entry| entry.unescaped().len()).sum();
            assert!(bytes <= raw.len());
            assert!(in_pieces(&raw, Splitter::new(dialect)) <= raw.len());
            let leniency = Leniency::default().with_no_empty_line(NoEmptyLine::Separates);
            assert!(in_pieces(&raw, Splitter::new(dialect).with_leniency(leniency)) <= raw.len());
        }
        let mut escaped = Vec::new();
        escape_into(&raw, &mut escaped);
        assert!(unescape(&escaped, Dialect::Mboxrd) == raw);
        let text = String::from_utf8_lossy(&raw);
        assert!(unflow(&text, DelSp::Yes).len() <= 2 * text.len());
    }
}

/// Each message without an empty line has a header block that goes on and on.
#[test]
fn joined_headers_without_end_were_searched_again_for_each_message() {
    let leniency = Leniency::default().with_no_empty_line(NoEmptyLine::Separates);
    let splitter = || Splitter::new(Dialect::Mboxcl2).with_leniency(leniency);
    let one = b"From a Fri Nov 21 09:55:06 1997\nContent-Length: 5\n";
    let raw = one.repeat((1 << 22) / one.len());
    assert_eq!(Messages::new(&raw, splitter()).count(), raw.len() / one.len());
    assert_eq!(in_pieces(&raw, splitter()), raw.len() / one.len() * b"Content-Length: 5\n".len());
}

/// The bytes of all messages; read by 4 KiB, with no more in memory than the splitter asks for.
fn in_pieces(raw: &[u8], mut splitter: Splitter) -> usize {
    let (mut taken, mut read, mut bytes) = (0, 0, 0);
    loop {
        let mut rest = &raw[taken..read];
        while let Some(item) = splitter.next(&mut rest) {
            if let Item::Chunk(chunk) = item {
                bytes += chunk.len();
            }
        }
        taken = read - rest.len();
        if read == raw.len() {
            if rest.is_empty() {
                return bytes;
            }
            splitter.eof();
        }
        read = raw.len().min(read + splitter.wants(rest.len()).max(4096));
    }
}

#[test]
fn splitters_cross_threads() {
    fn all<T: Send + Sync + 'static>() {}
    all::<Splitter>();
    all::<Unescaper>();
}
