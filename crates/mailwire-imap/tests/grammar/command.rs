//! `command`.

use super::*;
use mailwire_imap::command::Body;
use mailwire_imap::response::Finding;
use mailwire_imap::{CommandItem, CommandReader, Leniency, Limits};
use mailwire_testkit::invariants::{imap::check_command, imap_command};

/// `list-mailbox`
fn list_mailbox(random: &mut Random) -> String {
    if random.below(3) == 0 { string(random) } else { any(random, &format!("{ATOM_CHAR}]%*"), 1, 8) }
}

/// `date`
fn date(random: &mut Random) -> String {
    let day = [format!("{}", 1 + random.below(28)), format!("{:02}", 1 + random.below(28))];
    let date = format!("{}-{}-{:04}", random.pick(&day), month(random), random.below(10_000));
    if random.below(2) == 0 { format!("\"{date}\"") } else { date }
}

/// `append`, with `append-data` of RFC 3516 §6 and the several messages of RFC 3502
fn append(random: &mut Random) -> String {
    let mut out = format!("{} {}", word(random, "APPEND"), mailbox(random));
    for _ in 0..=random.below(2) {
        out += &optional(random, " ", flag_list);
        out += &optional(random, " ", date_time);
        out += if random.below(4) == 0 { " ~" } else { " " };
        out += &literal(random);
    }
    out
}

/// `authenticate`; the lines behind it are commands of their own to a reader
fn authenticate(random: &mut Random) -> String {
    let initial = if random.below(3) == 0 { "=".to_owned() } else { base64(random) };
    let initial = if random.below(2) == 0 { String::new() } else { format!(" {initial}") };
    format!("{} {}{initial}", word(random, "AUTHENTICATE"), atom(random))
}

/// `option-extension`: a tag that no reader takes for a value
fn option_extension(random: &mut Random) -> String {
    let value = if random.below(2) == 0 { String::new() } else { format!(" ({})", option_val_comp(random)) };
    format!("X{}{value}", atom(random))
}

/// `list-select-opts`
fn list_select_opts(random: &mut Random) -> String {
    let option: Rule = |random| {
        if random.below(3) == 0 {
            option_extension(random)
        } else {
            one_of(random, &["SUBSCRIBED", "REMOTE", "RECURSIVEMATCH"])
        }
    };
    match random.below(3) {
        0 => "()".to_owned(),
        _ => format!("({} {})", word(random, "SUBSCRIBED"), some(random, option)),
    }
}

/// `status-att`
fn status_att(random: &mut Random) -> String {
    one_of(random, &["MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "DELETED", "SIZE"])
}

/// `return-option`
fn return_option(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("{} ({})", word(random, "STATUS"), some(random, status_att)),
        1 => option_extension(random),
        _ => one_of(random, &["SUBSCRIBED", "CHILDREN"]),
    }
}

/// `list`, with the patterns of RFC 5258
fn list(random: &mut Random) -> String {
    let select = optional(random, " ", list_select_opts);
    let patterns =
        if random.below(3) == 0 { format!("({})", some(random, list_mailbox)) } else { list_mailbox(random) };
    let options = if random.below(3) == 0 { String::new() } else { some(random, return_option) };
    let returns =
        if random.below(2) == 0 { String::new() } else { format!(" {} ({options})", word(random, "RETURN")) };
    format!("{}{select} {} {patterns}{returns}", word(random, "LIST"), mailbox(random))
}

/// `partial`
fn partial(random: &mut Random) -> String {
    format!("<{}.{}>", number64(random), nz_number64(random))
}

/// `fetch-att`
fn fetch_att(random: &mut Random) -> String {
    match random.below(4) {
        0 => one_of(random, &["BODY", "BODY.PEEK"]) + &section(random) + &optional(random, "", partial),
        1 => {
            one_of(random, &["BINARY", "BINARY.PEEK"])
                + &section_binary(random)
                + &optional(random, "", partial)
        }
        2 => word(random, "BINARY.SIZE") + &section_binary(random),
        _ => one_of(
            random,
            &["ENVELOPE", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "BODY", "BODYSTRUCTURE", "UID"],
        ),
    }
}

/// `fetch`
fn fetch(random: &mut Random) -> String {
    let items = match random.below(3) {
        0 => one_of(random, &["ALL", "FULL", "FAST"]),
        1 => fetch_att(random),
        _ => format!("({})", some(random, fetch_att)),
    };
    format!("{} {} {items}", word(random, "FETCH"), sequence_set(random))
}

/// `store`
fn store(random: &mut Random) -> String {
    let flags = if random.below(2) == 0 { flag_list(random) } else { some(random, flag) };
    format!(
        "{} {} {}{} {flags}",
        word(random, "STORE"),
        sequence_set(random),
        random.pick(&["", "+", "-"]),
        one_of(random, &["FLAGS", "FLAGS.SILENT"])
    )
}

/// `search-key`
fn search_key(random: &mut Random) -> String {
    match random.below(10) {
        0 => {
            let key = one_of(random, &["BCC", "BODY", "CC", "FROM", "SUBJECT", "TEXT", "TO"]);
            format!("{key} {}", astring(random))
        }
        1 => {
            let key = one_of(random, &["BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE"]);
            format!("{key} {}", date(random))
        }
        2 => format!("{} {}", one_of(random, &["KEYWORD", "UNKEYWORD"]), flag_keyword(random)),
        3 => format!("{} {} {}", word(random, "HEADER"), astring(random), astring(random)),
        4 => format!("{} {}", one_of(random, &["LARGER", "SMALLER"]), number64(random)),
        5 => format!("{} {}", word(random, "NOT"), search_key(random)),
        6 => format!("{} {} {}", word(random, "OR"), search_key(random), search_key(random)),
        7 => format!("{} {}", word(random, "UID"), sequence_set(random)),
        8 => format!("({} {})", search_key(random), search_key(random)),
        _ => match random.below(3) {
            0 => sequence_set(random),
            _ => one_of(
                random,
                &[
                    "ALL",
                    "ANSWERED",
                    "DELETED",
                    "FLAGGED",
                    "SEEN",
                    "UNANSWERED",
                    "UNDELETED",
                    "UNFLAGGED",
                    "UNSEEN",
                    "DRAFT",
                    "UNDRAFT",
                ],
            ),
        },
    }
}

/// `search-return-opt`
fn search_return_opt(random: &mut Random) -> String {
    match random.below(3) {
        // A label that begins with `-` and a digit is a label too, and nobody's.
        0 => {
            let label = any(random, "aZ-_.", 1, 1).replace('-', "-x") + &any(random, "aZ09-_.:", 0, 5);
            format!("{label}{}", optional(random, " ", tagged_ext_val))
        }
        _ => one_of(random, &["MIN", "MAX", "ALL", "COUNT", "SAVE"]),
    }
}

/// `search`
fn search(random: &mut Random) -> String {
    let options = if random.below(3) == 0 { String::new() } else { some(random, search_return_opt) };
    let returns =
        if random.below(2) == 0 { String::new() } else { format!(" {} ({options})", word(random, "RETURN")) };
    let charset = match random.below(4) {
        0 => format!(" {} {}", word(random, "CHARSET"), atom(random)),
        1 => format!(" {} {}", word(random, "CHARSET"), quoted(random)),
        _ => String::new(),
    };
    format!("{}{returns}{charset} {}", word(random, "SEARCH"), some(random, search_key))
}

/// `copy`, `move`
fn copy(random: &mut Random) -> String {
    format!("{} {} {}", one_of(random, &["COPY", "MOVE"]), sequence_set(random), mailbox(random))
}

/// `uid`
fn uid(random: &mut Random) -> String {
    let command = match random.below(5) {
        0 => copy(random),
        1 => fetch(random),
        2 => search(random),
        3 => store(random),
        _ => format!("{} {}", word(random, "EXPUNGE"), sequence_set(random)),
    };
    format!("{} {command}", word(random, "UID"))
}

/// `command`
fn command(random: &mut Random) -> String {
    let body = match random.below(16) {
        0 => one_of(
            random,
            &[
                "CAPABILITY",
                "LOGOUT",
                "NOOP",
                "STARTTLS",
                "CLOSE",
                "UNSELECT",
                "EXPUNGE",
                "NAMESPACE",
                "IDLE",
            ],
        ),
        1 => append(random),
        2 => {
            let verb = one_of(random, &["CREATE", "DELETE", "EXAMINE", "SELECT", "SUBSCRIBE", "UNSUBSCRIBE"]);
            format!("{verb} {}", mailbox(random))
        }
        3 => format!("{} {}", word(random, "ENABLE"), some(random, capability)),
        4 | 5 => list(random),
        6 => format!("{} {} {}", word(random, "RENAME"), mailbox(random), mailbox(random)),
        7 => format!("{} {} ({})", word(random, "STATUS"), mailbox(random), some(random, status_att)),
        8 => format!("{} {} {}", word(random, "LOGIN"), astring(random), astring(random)),
        9 => authenticate(random),
        10 => copy(random),
        11 => fetch(random),
        12 => store(random),
        13 | 14 => search(random),
        _ => uid(random),
    };
    format!("{} {body}\r\n", tag(random))
}

#[test]
fn every_command_of_the_grammar_is_read() {
    let mut random = Random::new(9051);
    for _ in 0..100_000 {
        let line = command(&mut random);
        let mut reader = CommandReader::new(Limits::default().with_inline(u64::MAX));
        let mut input = line.as_bytes();
        let frame = loop {
            match reader.next(&mut input) {
                Ok(Some(CommandItem::Offer(_))) => reader.accept(),
                Ok(Some(CommandItem::Frame(frame))) => break frame,
                other => panic!("{line:?}: {other:?}"),
            }
        };
        assert!(input.is_empty(), "{line:?}: {input:?}");
        assert!(frame.defects().is_empty(), "{line:?}: {:?}", frame.defects());
        let command = frame.value().unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert!(!matches!(command.body(), Body::Unknown(_)), "{line:?}");
        command.explain(frame.raw(), &Leniency::default(), &mut |finding, _| {
            assert!(matches!(finding, Finding::Unknown(_)), "{line:?}: {finding:?}");
        });
        check_command(frame.raw(), command);
        // One octet of it changed, now and then: the invariants hold.
        if random.below(20) == 0 {
            let mut line = line.into_bytes();
            let at = random.below(line.len());
            line[at] = *random.pick(b"\r\n\0 \t.(){}[]+*%\"\\aA09\x7f\xc3");
            imap_command(&line);
        }
    }
}
