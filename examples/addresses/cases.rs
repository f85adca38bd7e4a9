//! Answers to the questions of a score: which grammars take a text, and what it says.

use mailwire::address::{
    AddrSpec, AddressDefect, Addresses, Allow, Dialect, Domain, ForwardPath, Item, Mailbox, Mailto, Path,
    addresses,
};
use mailwire::core::{Defect, DefectKind, ParseError};
use mailwire_testkit::json::Json;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// The line of JSON that answers the question in `line`.
pub fn answer(line: &str) -> io::Result<String> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "a line is no question");
    let question = Json::parse(line).ok_or_else(broken)?;
    let field = |name| question.member(name).and_then(Json::text);
    let (Some(grammar), Some(input)) = (field("grammar"), field("input")) else { return Err(broken()) };
    let Some(Json::Number(id)) = question.member("id") else { return Err(broken()) };
    let answer = judge(grammar, input).ok_or_else(broken)?;
    Ok(format!("{{\"id\":{id}{}}}", answer.members()))
}

/// What an address says: local part, domain, display name.
struct Said {
    local: String,
    domain: String,
    display: String,
}

#[derive(Default)]
struct Answer {
    error: Option<ParseError>,
    strict: Option<bool>,
    mailboxes: Vec<Said>,
    lenient: Option<Vec<Said>>,
    defects: Vec<&'static str>,
}

/// As the ABNF has it, whatever is registered and whatever RFC 4291 allows besides.
const SMTP: Dialect =
    Dialect::SMTPUTF8.with(Allow::GENERAL_LITERAL).without(Allow::of(AddressDefect::Ipv6OneGroup));

fn judge(grammar: &str, input: &str) -> Option<Answer> {
    let bytes = input.as_bytes();
    Some(match grammar {
        "rfc5321-mailbox" => one(AddrSpec::parse(bytes, SMTP).and_then(|address| known(bytes, address))),
        "rfc5321-path" => path(bytes, 0),
        "rfc5321-path-body" => path(&[b"<", bytes, b">"].concat(), 1),
        "rfc5322-addr-spec" => {
            let strict = AddrSpec::parse(bytes, Dialect::IMF).is_ok();
            let answer = one(AddrSpec::parse(bytes, Dialect::IMF_OBS));
            Answer { strict: Some(strict), lenient: Some(lenient(bytes).0), ..answer }
        }
        "rfc5322-mailbox-list" => {
            list(bytes, Dialect::IMF_OBS.without(Allow::GROUP), Dialect::IMF.without(Allow::GROUP))
        }
        "rfc5322-address-list" => list(bytes, Dialect::IMF_OBS, Dialect::IMF),
        "html5" => one(AddrSpec::parse(bytes, Dialect::HTML5)),
        "rfc6068-mailto" => match Mailto::parse(input) {
            Ok(link) => Answer {
                mailboxes: link.to().iter().map(|address| said(&address.as_spec(), None)).collect(),
                ..Answer::default()
            },
            Err(error) => Answer { error: Some(error), ..Answer::default() },
        },
        _ => return None,
    })
}

/// RFC 6531 takes U-labels, and which they are is known to IDNA.
fn known<'a>(input: &[u8], address: AddrSpec<'a>) -> Result<AddrSpec<'a>, ParseError> {
    match address.domain() {
        Some(Domain::Name(name)) if !name.raw().is_ascii() && !name.is_idna() => {
            Err(ParseError::new(input, address.local_part().raw().len() + 1, "a domain that IDNA allows"))
        }
        _ => Ok(address),
    }
}

fn one(result: Result<AddrSpec<'_>, ParseError>) -> Answer {
    match result {
        Ok(address) => Answer {
            mailboxes: vec![said(&address, None)],
            defects: address.defects().iter().map(DefectKind::name).collect(),
            ..Answer::default()
        },
        Err(error) => Answer { error: Some(error), ..Answer::default() },
    }
}

/// A forward path that begins `before` bytes before what was asked.
fn path(bytes: &[u8], before: usize) -> Answer {
    let shift = |error: ParseError| {
        let offset = error.offset().saturating_sub(before);
        ParseError::new(bytes.get(before..).unwrap_or_default(), offset, error.expected())
    };
    let dialect = SMTP.with(Allow::ANY_LENGTH);
    match ForwardPath::parse(bytes, dialect).map_err(shift) {
        Ok(ForwardPath::Path(path)) => routed(&path),
        Ok(_) => Answer::default(),
        Err(error) => Answer { error: Some(error), ..Answer::default() },
    }
}

fn routed(path: &Path<'_>) -> Answer {
    let route = path.route().next().map(|_| DefectKind::name(AddressDefect::SourceRoute));
    let answer = one(Ok(path.address()));
    Answer { defects: answer.defects.iter().copied().chain(route).collect(), ..answer }
}

fn list(bytes: &[u8], obsolete: Dialect, strict: Dialect) -> Answer {
    let (lenient, defects) = lenient(bytes);
    let strict = Some(Addresses::parse(bytes, strict).is_ok());
    let answer = Answer { strict, lenient: Some(lenient), defects, ..Answer::default() };
    match Addresses::parse(bytes, obsolete) {
        Ok(list) => Answer { mailboxes: all(list), ..answer },
        Err(error) => Answer { error: Some(error), ..answer },
    }
}

fn all(list: Addresses<'_>) -> Vec<Said> {
    list.mailboxes().map(|mailbox| mailbox_said(&mailbox)).collect()
}

fn lenient(bytes: &[u8]) -> (Vec<Said>, Vec<&'static str>) {
    let mut defects: Vec<Defect<AddressDefect>> = Vec::new();
    let mut list = addresses(bytes);
    let mut mailboxes = Vec::new();
    while let Some(item) = list.next_with(&mut defects) {
        if let Item::Mailbox(mailbox) = item {
            mailboxes.push(mailbox_said(&mailbox));
        }
    }
    (mailboxes, defects.iter().map(|defect| defect.kind().name()).collect())
}

fn mailbox_said(mailbox: &Mailbox<'_>) -> Said {
    let display = mailbox.display_name().map(Cow::into_owned);
    match mailbox.address() {
        Some(address) => said(&address, display),
        None => Said { local: String::new(), domain: String::new(), display: display.unwrap_or_default() },
    }
}

fn said(address: &AddrSpec<'_>, display: Option<String>) -> Said {
    let domain = address.domain().map(|domain| match domain {
        // As it was written: what is asked is what was read, not how it would be written.
        Domain::Ipv6(_) => String::from_utf8_lossy(literal(address.raw())).into_owned(),
        domain => domain.to_string(),
    });
    Said {
        local: address.local_part().unquoted().into_owned(),
        domain: domain.unwrap_or_default(),
        display: display.unwrap_or_default(),
    }
}

/// The last thing in brackets.
fn literal(raw: &[u8]) -> &[u8] {
    let open = raw.iter().rposition(|&byte| byte == b'[').unwrap_or_default();
    raw.get(open..).unwrap_or_default()
}

impl Answer {
    /// All members but the first, each with its comma.
    fn members(&self) -> String {
        let mut out = format!(",\"valid\":{}", self.error.is_none());
        // Writing to a string can't fail.
        if let Some(strict) = self.strict {
            let _ = write!(out, ",\"valid_strict\":{strict}");
        }
        let _ = write!(out, ",\"mailboxes\":{}", people(&self.mailboxes));
        if let Some(lenient) = &self.lenient {
            let _ = write!(out, ",\"lenient\":{}", people(lenient));
        }
        if let Some(error) = &self.error {
            let _ = write!(out, ",\"error\":{},\"offset\":{}", string(&error.to_string()), error.offset());
        }
        let defects: Vec<_> = self.defects.iter().map(|name| string(name)).collect();
        let _ = write!(out, ",\"defects\":[{}]", defects.join(","));
        out
    }
}

fn people(people: &[Said]) -> String {
    let person = |Said { local, domain, display }: &Said| {
        let [local, domain, display] = [local, domain, display].map(|text| string(text));
        format!("{{\"local\":{local},\"domain\":{domain},\"display\":{display}}}")
    };
    format!("[{}]", people.iter().map(person).collect::<Vec<_>>().join(","))
}

fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
