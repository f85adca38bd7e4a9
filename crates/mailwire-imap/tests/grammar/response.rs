//! `response`.

use super::*;
use mailwire_imap::response::Finding;
use mailwire_imap::{ImapDefect, Leniency, Limits, Response, ResponseItem, ResponseReader};
use mailwire_testkit::invariants::{imap::check_response, imap_response};

/// `1*(rule)` with nothing between.
fn joined(random: &mut Random, rule: Rule) -> String {
    (0..=random.below(3)).map(|_| rule(random)).collect()
}

/// `nil`
fn nil(random: &mut Random) -> String {
    word(random, "NIL")
}

/// `nstring`
fn nstring(random: &mut Random) -> String {
    if random.below(3) == 0 { nil(random) } else { string(random) }
}

/// `number`
fn number(random: &mut Random) -> String {
    (*random.pick(&["0", "7", "007", "4294967295"])).to_owned()
}

/// `text`, that does not begin like a code
fn text(random: &mut Random) -> String {
    format!("a{}", any(random, "aZ 09[](){}\"\\*%\x01\x7f", 0, 12))
}

/// `flag-perm`
fn flag_perm(random: &mut Random) -> String {
    if random.below(4) == 0 { "\\*".to_owned() } else { flag(random) }
}

/// `uid-set`
fn uid_set(random: &mut Random) -> String {
    let one: Rule = |random| format!("{}{}", nz_number(random), optional(random, ":", nz_number));
    some(random, one).replace(' ', ",")
}

/// `charset`
fn charset(random: &mut Random) -> String {
    if random.below(2) == 0 { atom(random) } else { quoted(random) }
}

/// `capability-data`
fn capability_data(random: &mut Random) -> String {
    let before = if random.below(2) == 0 { String::new() } else { format!(" {}", some(random, capability)) };
    let data = format!("{}{before} {}", word(random, "CAPABILITY"), word(random, "IMAP4rev2"));
    data + &optional(random, " ", capability)
}

/// `resp-text-code`
fn resp_text_code(random: &mut Random) -> String {
    match random.below(9) {
        0 if random.below(2) == 0 => word(random, "BADCHARSET"),
        0 => format!("{} ({})", word(random, "BADCHARSET"), some(random, charset)),
        1 => capability_data(random),
        2 if random.below(3) == 0 => format!("{} ()", word(random, "PERMANENTFLAGS")),
        2 => format!("{} ({})", word(random, "PERMANENTFLAGS"), some(random, flag_perm)),
        3 => format!("{} {}", one_of(random, &["UIDNEXT", "UIDVALIDITY"]), nz_number(random)),
        4 => format!("{} {} {}", word(random, "APPENDUID"), nz_number(random), uid_set(random)),
        5 => {
            let validity = nz_number(random);
            format!("{} {validity} {} {}", word(random, "COPYUID"), uid_set(random), uid_set(random))
        }
        // Parentheses and quotes would hide the bracket.
        6 => format!("X{}{}", atom(random), optional(random, " ", |random| any(random, "aZ 09[{}*%", 1, 9))),
        _ => one_of(
            random,
            &[
                "ALERT",
                "PARSE",
                "READ-ONLY",
                "READ-WRITE",
                "TRYCREATE",
                "UIDNOTSTICKY",
                "UNAVAILABLE",
                "AUTHENTICATIONFAILED",
                "AUTHORIZATIONFAILED",
                "EXPIRED",
                "PRIVACYREQUIRED",
                "CONTACTADMIN",
                "NOPERM",
                "INUSE",
                "EXPUNGEISSUED",
                "CORRUPTION",
                "SERVERBUG",
                "CLIENTBUG",
                "CANNOT",
                "LIMIT",
                "OVERQUOTA",
                "ALREADYEXISTS",
                "NONEXISTENT",
                "NOTSAVED",
                "HASCHILDREN",
                "CLOSED",
                "UNKNOWN-CTE",
            ],
        ),
    }
}

/// `resp-text`
fn resp_text(random: &mut Random) -> String {
    let code = if random.below(2) == 0 { String::new() } else { format!("[{}] ", resp_text_code(random)) };
    code + &text(random)
}

/// `mailbox-list`
fn mailbox_list(random: &mut Random) -> String {
    let flags: Rule = |random| {
        let known = [
            "\\Noinferiors",
            "\\HasChildren",
            "\\HasNoChildren",
            "\\Subscribed",
            "\\Remote",
            "\\NonExistent",
            "\\Noselect",
            "\\Marked",
            "\\Unmarked",
        ];
        if random.below(4) == 0 { format!("\\{}", atom(random)) } else { one_of(random, &known) }
    };
    let item: Rule = |random| format!("{} {}", astring(random), tagged_ext_val(random));
    let flags = if random.below(3) == 0 { String::new() } else { some(random, flags) };
    let extended = match random.below(4) {
        0 => " ()".to_owned(),
        1 => format!(" ({})", some(random, item)),
        _ => String::new(),
    };
    format!("{} ({flags}) {} {}{extended}", word(random, "LIST"), delimiter(random), mailbox(random))
}

/// `DQUOTE QUOTED-CHAR DQUOTE / nil`
fn delimiter(random: &mut Random) -> String {
    let delimiter = *random.pick(&["\"/\"", "\".\"", "\"\\\\\"", "\"\\\"\"", "\"(\"", "\"}\"", "NIL", "nil"]);
    delimiter.to_owned()
}

/// `namespace`
fn namespace(random: &mut Random) -> String {
    let extension: Rule = |random| format!(" {} ({})", string(random), some(random, string));
    let descr = |random: &mut Random| {
        let extensions = if random.below(3) == 0 { joined(random, extension) } else { String::new() };
        format!("({} {}{extensions})", string(random), delimiter(random))
    };
    match random.below(3) {
        0 => nil(random),
        _ => {
            format!("({}{})", descr(random), if random.below(2) == 0 { descr(random) } else { String::new() })
        }
    }
}

/// `esearch-response`
fn esearch(random: &mut Random) -> String {
    let data: Rule = |random| match random.below(4) {
        0 => format!("{} {}", one_of(random, &["MIN", "MAX"]), nz_number(random)),
        1 => format!("{} {}", word(random, "ALL"), uid_set(random)),
        2 => format!("{} {}", word(random, "COUNT"), number(random)),
        _ => format!("X{} {}", any(random, "aZ09-_.:", 0, 5), tagged_ext_val(random)),
    };
    let correlator = optional(random, " ", |random| format!("({} {})", word(random, "TAG"), astring(random)));
    let uid = optional(random, " ", |random| word(random, "UID"));
    let data = if random.below(4) == 0 { String::new() } else { format!(" {}", some(random, data)) };
    format!("{}{correlator}{uid}{data}", word(random, "ESEARCH"))
}

/// `status-att-val`
fn status_att_val(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("{} {}", one_of(random, &["MESSAGES", "UNSEEN", "DELETED"]), number(random)),
        1 => format!("{} {}", one_of(random, &["UIDNEXT", "UIDVALIDITY"]), nz_number(random)),
        _ => format!("{} {}", word(random, "SIZE"), number64(random)),
    }
}

/// `address`
fn address(random: &mut Random) -> String {
    format!("({} {} {} {})", nstring(random), nstring(random), nstring(random), nstring(random))
}

/// `envelope`
fn envelope(random: &mut Random) -> String {
    let mut members = vec![nstring(random), nstring(random)];
    for _ in 0..6 {
        let list = if random.below(2) == 0 { nil(random) } else { format!("({})", joined(random, address)) };
        members.push(list);
    }
    members.extend([nstring(random), nstring(random)]);
    format!("({})", members.join(" "))
}

/// `body-fld-param`
fn body_fld_param(random: &mut Random) -> String {
    let pair: Rule = |random| format!("{} {}", string(random), string(random));
    if random.below(2) == 0 { nil(random) } else { format!("({})", some(random, pair)) }
}

/// `body-extension`
fn body_extension(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("({})", some(random, nstring)),
        1 => format!("({} ({}))", number64(random), nstring(random)),
        2 => number64(random),
        _ => nstring(random),
    }
}

/// What is behind the first member of `body-ext-1part` and `body-ext-mpart`
fn body_ext(random: &mut Random) -> String {
    let dsp = if random.below(2) == 0 {
        nil(random)
    } else {
        format!("({} {})", string(random), body_fld_param(random))
    };
    let lang = if random.below(2) == 0 { nstring(random) } else { format!("({})", some(random, string)) };
    match random.below(4) {
        0 => String::new(),
        1 => format!(" {dsp}"),
        2 => format!(" {dsp} {lang}"),
        _ => format!(" {dsp} {lang} {}{}", nstring(random), optional(random, " ", body_extension)),
    }
}

/// `body-fields`
fn body_fields(random: &mut Random) -> String {
    let encodings = ["\"7BIT\"", "\"8BIT\"", "\"BINARY\"", "\"BASE64\"", "\"QUOTED-PRINTABLE\""];
    let encoding = if random.below(4) == 0 { string(random) } else { one_of(random, &encodings) };
    format!(
        "{} {} {} {encoding} {}",
        body_fld_param(random),
        nstring(random),
        nstring(random),
        number(random)
    )
}

/// `body`
fn body(random: &mut Random, deep: usize) -> String {
    if deep > 0 && random.below(3) == 0 {
        let parts: String = (0..=random.below(3)).map(|_| body(random, deep - 1)).collect();
        let ext = optional(random, " ", |random| body_fld_param(random) + &body_ext(random));
        return format!("({parts} {}{ext})", string(random));
    }
    let part = match random.below(3) {
        0 => format!(
            "{} {} {} {}",
            word(random, "\"TEXT\""),
            string(random),
            body_fields(random),
            number64(random)
        ),
        1 if deep > 0 => {
            let media =
                format!("{} {}", word(random, "\"MESSAGE\""), one_of(random, &["\"RFC822\"", "\"GLOBAL\""]));
            let fields = body_fields(random);
            format!("{media} {fields} {} {} {}", envelope(random), body(random, deep - 1), number64(random))
        }
        _ => {
            let media = [
                "\"APPLICATION\"",
                "\"AUDIO\"",
                "\"IMAGE\"",
                "\"FONT\"",
                "\"MODEL\"",
                "\"VIDEO\"",
                "{1}\r\nx",
            ];
            format!("{} {} {}", one_of(random, &media), string(random), body_fields(random))
        }
    };
    format!("({part}{})", optional(random, " ", |random| nstring(random) + &body_ext(random)))
}

/// `msg-att-dynamic / msg-att-static`
fn msg_att(random: &mut Random) -> String {
    match random.below(10) {
        0 => format!("{} {}", word(random, "FLAGS"), flag_list(random)),
        1 => format!("{} (\\Recent)", word(random, "FLAGS")),
        2 => format!("{} {}", word(random, "ENVELOPE"), envelope(random)),
        3 => format!("{} {}", word(random, "INTERNALDATE"), date_time(random)),
        4 => format!("{} {}", word(random, "RFC822.SIZE"), number64(random)),
        5 => format!("{} {}", one_of(random, &["BODY", "BODYSTRUCTURE"]), body(random, 3)),
        6 => {
            let origin = optional(random, "", |random| format!("<{}>", number(random)));
            format!("{}{}{origin} {}", word(random, "BODY"), section(random), nstring(random))
        }
        7 => {
            let data = if random.below(2) == 0 { nstring(random) } else { "~{3}\r\na\0b".to_owned() };
            format!("{}{} {data}", word(random, "BINARY"), section_binary(random))
        }
        8 => format!("{}{} {}", word(random, "BINARY.SIZE"), section_binary(random), number(random)),
        _ => format!("{} {}", word(random, "UID"), nz_number(random)),
    }
}

/// `continue-req`, `response-data`, `response-tagged`
fn response(random: &mut Random) -> String {
    let data = match random.below(16) {
        0 => {
            return format!(
                "+ {}\r\n",
                if random.below(2) == 0 { base64(random) } else { resp_text(random) }
            );
        }
        1 | 2 => {
            return format!(
                "{} {} {}\r\n",
                tag(random),
                one_of(random, &["OK", "NO", "BAD"]),
                resp_text(random)
            );
        }
        3 | 4 => format!("{} {}", one_of(random, &["OK", "NO", "BAD", "BYE", "PREAUTH"]), resp_text(random)),
        5 => capability_data(random),
        6 if random.below(3) == 0 => word(random, "ENABLED"),
        6 => format!("{} {}", word(random, "ENABLED"), some(random, capability)),
        7 => format!("{} {}", word(random, "FLAGS"), flag_list(random)),
        8 => mailbox_list(random),
        9 => esearch(random),
        10 => {
            let list = if random.below(4) == 0 { String::new() } else { some(random, status_att_val) };
            format!("{} {} ({list})", word(random, "STATUS"), mailbox(random))
        }
        11 => format!("{} {}", number(random), one_of(random, &["EXISTS", "RECENT"])),
        12 => {
            let lists = [namespace(random), namespace(random), namespace(random)].join(" ");
            format!("{} {lists}", word(random, "NAMESPACE"))
        }
        13 => word(random, "SEARCH") + &optional(random, " ", |random| some(random, nz_number)),
        14 => format!("{} {}", nz_number(random), word(random, "EXPUNGE")),
        _ => format!("{} {} ({})", nz_number(random), word(random, "FETCH"), some(random, msg_att)),
    };
    format!("* {data}\r\n")
}

#[test]
fn every_response_of_the_grammar_is_read() {
    let mut random = Random::new(3501);
    for _ in 0..100_000 {
        let text = response(&mut random);
        let mut reader = ResponseReader::new(Limits::default().with_inline(u64::MAX));
        let mut input = text.as_bytes();
        let item = reader.next(&mut input);
        let Ok(Some(ResponseItem::Frame(frame))) = item else { panic!("{text:?}: {item:?}") };
        assert!(input.is_empty(), "{text:?}: {input:?}");
        let response = frame.value().unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert!(!matches!(response, Response::Unknown(_)), "{text:?}");
        response.explain(frame.raw(), &Leniency::default(), &mut |finding, _| {
            // `literal` has a plus sign for both sides, and the text of §4.3 takes it from one.
            let fine = matches!(finding, Finding::Unknown(_) | Finding::Defect(ImapDefect::ServerNonSync));
            assert!(fine, "{text:?}: {finding:?}");
        });
        check_response(frame.raw(), response);
        // One octet of it changed, now and then: the invariants hold.
        if random.below(20) == 0 {
            let mut text = text.into_bytes();
            let at = random.below(text.len());
            text[at] = *random.pick(b"\r\n\0 \t.(){}[]+*%\"\\aA09\x7f\xc3");
            imap_response(&text);
        }
    }
}
