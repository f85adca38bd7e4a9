//! Sentences of the transcribed grammar of RFC 9051 §9: each is read strictly, without a defect.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

#[path = "grammar/command.rs"]
mod command;
#[path = "grammar/response.rs"]
mod response;

use mailwire_testkit::random::Random;

type Rule = fn(&mut Random) -> String;

fn any(random: &mut Random, of: &str, least: usize, most: usize) -> String {
    let of: Vec<char> = of.chars().collect();
    (0..least + random.below(most - least + 1)).map(|_| *random.pick(&of)).collect()
}

/// A token in any case.
fn word(random: &mut Random, word: &str) -> String {
    word.chars().map(|c| if random.below(2) == 0 { c.to_ascii_lowercase() } else { c }).collect()
}

fn one_of(random: &mut Random, words: &[&str]) -> String {
    let chosen = *random.pick(words);
    word(random, chosen)
}

/// `1*(rule)` with spaces between.
fn some(random: &mut Random, rule: Rule) -> String {
    (0..=random.below(3)).map(|_| rule(random)).collect::<Vec<_>>().join(" ")
}

fn optional(random: &mut Random, before: &str, rule: Rule) -> String {
    if random.below(2) == 0 { String::new() } else { format!("{before}{}", rule(random)) }
}

const ATOM_CHAR: &str = "aZ09!#$&'+,-./:;<=>?@[^_`|}~";

/// `tag`
fn tag(random: &mut Random) -> String {
    any(random, "aZ09!#$&',-./:;<=>?@[]^_`|}~", 1, 6)
}

/// `atom`
fn atom(random: &mut Random) -> String {
    any(random, ATOM_CHAR, 1, 8)
}

/// `quoted`, in ASCII
fn quoted(random: &mut Random) -> String {
    let text: String = (0..random.below(6))
        .map(|_| *random.pick(&["a", " ", "{3}", "(", ")", "%*", "]", "\\\"", "\\\\", "\t", "\x7f", "NIL"]))
        .collect();
    format!("\"{text}\"")
}

/// `literal`; `CHAR8` in ASCII here, since a sentence is a `String`
fn literal(random: &mut Random) -> String {
    let octets: String =
        (0..random.below(4)).map(|_| *random.pick(&["a", "\r\n", "{1}\r\n", "\"", ")", "]", "\n"])).collect();
    let sync = *random.pick(&["", "+"]);
    format!("{{{:0width$}{sync}}}\r\n{octets}", octets.len(), width = random.below(4))
}

/// `string`
fn string(random: &mut Random) -> String {
    if random.below(3) == 0 { literal(random) } else { quoted(random) }
}

/// `astring`
fn astring(random: &mut Random) -> String {
    if random.below(2) == 0 { string(random) } else { any(random, &format!("{ATOM_CHAR}]"), 1, 8) }
}

/// `mailbox`
fn mailbox(random: &mut Random) -> String {
    if random.below(3) == 0 { word(random, "INBOX") } else { astring(random) }
}

/// `nz-number`
fn nz_number(random: &mut Random) -> String {
    (*random.pick(&["1", "7", "10", "4294967295"])).to_owned()
}

/// `number64`
fn number64(random: &mut Random) -> String {
    (*random.pick(&["0", "00", "1", "4294967296", "9223372036854775807"])).to_owned()
}

/// `nz-number64`
fn nz_number64(random: &mut Random) -> String {
    (*random.pick(&["1", "4294967296", "9223372036854775807"])).to_owned()
}

/// `seq-number`
fn seq_number(random: &mut Random) -> String {
    if random.below(4) == 0 { "*".to_owned() } else { nz_number(random) }
}

/// `sequence-set`
fn sequence_set(random: &mut Random) -> String {
    if random.below(6) == 0 {
        return "$".to_owned();
    }
    let set = seq_number(random) + &optional(random, ":", seq_number);
    if random.below(2) == 0 { set } else { format!("{set},{}", sequence_set(random)) }
}

/// `date-month`
fn month(random: &mut Random) -> String {
    one_of(random, &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
}

/// `date-time`
fn date_time(random: &mut Random) -> String {
    let day = [format!(" {}", 1 + random.below(9)), format!("{:02}", 1 + random.below(28))];
    format!(
        "\"{}-{}-{:04} {:02}:{:02}:{:02} {}{:02}{:02}\"",
        random.pick(&day),
        month(random),
        random.below(10_000),
        random.below(24),
        random.below(60),
        random.below(60),
        random.pick(&["+", "-"]),
        random.below(14),
        random.below(60)
    )
}

/// `flag`
fn flag(random: &mut Random) -> String {
    match random.below(3) {
        0 => one_of(random, &["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"]),
        1 => flag_keyword(random),
        _ => format!("\\{}", atom(random)),
    }
}

/// `flag-keyword`
fn flag_keyword(random: &mut Random) -> String {
    match random.below(2) {
        0 => one_of(random, &["$MDNSent", "$Forwarded", "$Junk", "$NotJunk", "$Phishing"]),
        _ => atom(random),
    }
}

/// `flag-list`
fn flag_list(random: &mut Random) -> String {
    if random.below(4) == 0 { "()".to_owned() } else { format!("({})", some(random, flag)) }
}

/// `base64`
fn base64(random: &mut Random) -> String {
    let digits = any(random, "aZ09+/", 0, 5).len() * 4;
    format!("{}{}", "A".repeat(digits), random.pick(&["QUFB", "QQ==", "QUE="]))
}

/// `option-val-comp`
fn option_val_comp(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("({})", option_val_comp(random)),
        1 => format!("{} {}", option_val_comp(random), astring(random)),
        _ => astring(random),
    }
}

/// `section-part`
fn section_part(random: &mut Random) -> String {
    (0..=random.below(3)).map(|_| nz_number(random)).collect::<Vec<_>>().join(".")
}

/// `section-msgtext`
fn section_msgtext(random: &mut Random) -> String {
    match random.below(3) {
        0 => word(random, "HEADER"),
        1 => word(random, "TEXT"),
        _ => {
            format!("{} ({})", one_of(random, &["HEADER.FIELDS", "HEADER.FIELDS.NOT"]), some(random, astring))
        }
    }
}

/// `section`
fn section(random: &mut Random) -> String {
    let inside = match random.below(5) {
        0 => String::new(),
        1 => section_msgtext(random),
        2 => section_part(random),
        3 => format!("{}.{}", section_part(random), section_msgtext(random)),
        _ => format!("{}.{}", section_part(random), word(random, "MIME")),
    };
    format!("[{inside}]")
}

/// `section-binary`
fn section_binary(random: &mut Random) -> String {
    if random.below(3) == 0 { "[]".to_owned() } else { format!("[{}]", section_part(random)) }
}

/// `tagged-ext-val`
fn tagged_ext_val(random: &mut Random) -> String {
    match random.below(4) {
        0 => "()".to_owned(),
        1 => format!("({})", option_val_comp(random)),
        2 => sequence_set(random),
        _ => number64(random),
    }
}

/// `capability`
fn capability(random: &mut Random) -> String {
    if random.below(3) == 0 { format!("{}{}", word(random, "AUTH="), atom(random)) } else { atom(random) }
}
