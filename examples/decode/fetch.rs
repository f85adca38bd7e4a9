//! The items of a FETCH as JSON, under the names that RFC 9051 has for them.

use crate::line::{joined, string};
use mailwire::imap::fetch::{
    Address, BodyStructure, Data, Disposition, Envelope, Extended, FetchItem, Multipart, Parameter, Part,
    PartKind, Section, SectionText,
};
use mailwire::imap::list::Element;
use mailwire::imap::objectid::ObjectId;
use mailwire::imap::{IString, List};

/// The name of an item and its value.
pub fn item(item: &FetchItem<'_>) -> (String, String) {
    let named = |name: &str, json: String| (name.to_owned(), json);
    match *item {
        FetchItem::Uid(uid) => named("UID", uid.to_string()),
        FetchItem::Size(size) => named("RFC822.SIZE", size.to_string()),
        FetchItem::ModSeq(modseq) => named("MODSEQ", modseq.to_string()),
        FetchItem::GmailMessageId(id) => named("X-GM-MSGID", id.to_string()),
        FetchItem::GmailThreadId(id) => named("X-GM-THRID", id.to_string()),
        FetchItem::InternalDate(date) => named("INTERNALDATE", string(&date.to_string())),
        FetchItem::SaveDate(date) => {
            named("SAVEDATE", date.map_or(NULL.to_owned(), |date| string(&date.to_string())))
        }
        FetchItem::Flags(flags) => {
            named("FLAGS", list(flags, |flag| string(&String::from_utf8_lossy(flag.as_bytes()))))
        }
        FetchItem::GmailLabels(labels) => {
            octets("X-GM-LABELS", &Octets::Many(labels.iter().flatten().map(|label| label.0).collect()))
        }
        FetchItem::EmailId(id) => octets("EMAILID", &Octets::One(Some(id.as_string()))),
        FetchItem::ThreadId(id) => octets("THREADID", &Octets::One(id.map(ObjectId::as_string))),
        FetchItem::Preview(text) => octets("PREVIEW", &Octets::One(text)),
        FetchItem::Envelope(envelope) => {
            named("ENVELOPE", envelope.map_or(NULL.to_owned(), |one| self::envelope(&one)))
        }
        FetchItem::Body(body) => named("BODY", body.map_or(NULL.to_owned(), |body| structure(&body))),
        FetchItem::BodyStructure(body) => {
            named("BODYSTRUCTURE", body.map_or(NULL.to_owned(), |body| structure(&body)))
        }
        FetchItem::Section { section, origin, data } => body(&section_name("BODY", &section, origin), data),
        FetchItem::Binary { section, origin, data } => body(&section_name("BINARY", &section, origin), data),
        FetchItem::BinarySize { section, size } => {
            (section_name("BINARY.SIZE", &section, None), size.to_string())
        }
        FetchItem::Rfc822(data) => body("RFC822", data),
        FetchItem::Rfc822Header(data) => body("RFC822.HEADER", data),
        FetchItem::Rfc822Text(data) => body("RFC822.TEXT", data),
        FetchItem::Unknown(other) => {
            let name = String::from_utf8_lossy(other.name()).to_ascii_uppercase();
            octets(&name, &Octets::One(Some(IString::new(other.value().as_bytes()))))
        }
        _ => named("item", string(&format!("{item:?}"))),
    }
}

const NULL: &str = "null";

/// A string, or several: if one of them is no UTF-8, all are base64, and the name says so.
enum Octets<'a> {
    One(Option<IString<'a>>),
    Many(Vec<IString<'a>>),
}

fn octets(name: &str, octets: &Octets<'_>) -> (String, String) {
    let strings = match octets {
        Octets::One(one) => one.as_slice(),
        Octets::Many(many) => many.as_slice(),
    };
    let text = strings.iter().all(|one| std::str::from_utf8(&one.to_bytes()).is_ok());
    let mut values = strings.iter().map(|one| if text { string(&one.to_str_lossy()) } else { base64(*one) });
    let json = match octets {
        Octets::One(None) => NULL.to_owned(),
        Octets::One(Some(_)) => values.next().unwrap_or_default(),
        Octets::Many(_) => format!("[{}]", joined(values)),
    };
    (format!("{name}{}", if text { "" } else { "_b64" }), json)
}

fn base64(octets: IString<'_>) -> String {
    let mut encoded = Vec::new();
    mailwire::encoding::base64::encode_flat_into(&octets.to_bytes(), &mut encoded);
    string(&String::from_utf8_lossy(&encoded))
}

fn body(name: &str, data: Data<'_>) -> (String, String) {
    match data {
        Data::Nil => (name.to_owned(), NULL.to_owned()),
        Data::Streams(size) => (name.to_owned(), format!("{{\"streams\": {size}}}")),
        Data::Here(here) => octets(name, &Octets::One(Some(here))),
    }
}

/// `BODY[1.HEADER.FIELDS (FROM TO)]<0>`.
fn section_name(word: &str, section: &Section<'_>, origin: Option<u64>) -> String {
    let names = |names: List<'_, IString<'_>>| {
        let names: Vec<String> =
            names.iter().flatten().map(|name| name.to_str_lossy().into_owned()).collect();
        names.join(" ")
    };
    let text = match section.text() {
        SectionText::Header => "HEADER".to_owned(),
        SectionText::HeaderFields(fields) => format!("HEADER.FIELDS ({})", names(fields)),
        SectionText::HeaderFieldsNot(fields) => format!("HEADER.FIELDS.NOT ({})", names(fields)),
        SectionText::Text => "TEXT".to_owned(),
        SectionText::Mime => "MIME".to_owned(),
        _ => String::new(),
    };
    let numbers = section.part().map(|number| number.to_string());
    let inside: Vec<String> = numbers.chain(Some(text).filter(|text| !text.is_empty())).collect();
    let origin = origin.map_or(String::new(), |origin| format!("<{origin}>"));
    format!("{word}[{}]{origin}", inside.join("."))
}

/// The members of an object.
#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    fn json(mut self, name: &str, json: impl std::fmt::Display) -> Self {
        self.0.push(format!("{}: {json}", string(name)));
        self
    }

    fn text(self, name: &str, text: Option<IString<'_>>) -> Self {
        let (name, json) = octets(name, &Octets::One(text));
        self.json(&name, json)
    }

    fn end(self) -> String {
        format!("{{{}}}", joined(self.0.into_iter()))
    }
}

/// What can't be read in a list is `null`; why is said beside the frame.
fn list<'a, T: Element<'a>>(list: List<'a, T>, json: impl Fn(T) -> String) -> String {
    format!("[{}]", joined(list.iter().map(|one| one.map_or(NULL.to_owned(), &json))))
}

fn envelope(envelope: &Envelope<'_>) -> String {
    let Envelope { from, sender, reply_to, to, cc, bcc, .. } = *envelope;
    let lists =
        [("from", from), ("sender", sender), ("reply-to", reply_to), ("to", to), ("cc", cc), ("bcc", bcc)];
    let front = Object::default().text("date", envelope.date).text("subject", envelope.subject);
    let lists = lists.into_iter().fold(front, |object, (name, addresses)| {
        object.json(name, addresses.map_or(NULL.to_owned(), |addresses| list(addresses, |one| address(&one))))
    });
    lists.text("in-reply-to", envelope.in_reply_to).text("message-id", envelope.message_id).end()
}

fn address(address: &Address<'_>) -> String {
    let object = Object::default().text("name", address.name).text("adl", address.route);
    object.text("mailbox", address.mailbox).text("host", address.host).end()
}

fn structure(body: &BodyStructure<'_>) -> String {
    match body {
        BodyStructure::Part(part) => self::part(part),
        BodyStructure::Multipart(Multipart { parts, subtype, parameters, extended }) => {
            let object = Object::default().json("parts", list(*parts, |part| structure(&part)));
            let object = object.text("subtype", Some(*subtype)).json("parameters", pairs(*parameters));
            extension(object, extended).end()
        }
    }
}

fn part(part: &Part<'_>) -> String {
    let object = Object::default().text("type", Some(part.media_type)).text("subtype", Some(part.subtype));
    let object = object.json("parameters", pairs(part.parameters)).text("id", part.id);
    let object = object.text("description", part.description).text("encoding", Some(part.encoding));
    let mut object = object.json("size", part.octets.to_string());
    match part.kind {
        PartKind::Basic => {}
        PartKind::Text { lines } => object = object.json("lines", lines.to_string()),
        PartKind::Message { envelope, body, lines } => {
            let inner = envelope.and_then(|one| one.first().ok());
            object = object.json("envelope", inner.map_or(NULL.to_owned(), |one| self::envelope(&one)));
            let inner = body.and_then(|one| one.first().ok());
            object = object.json("body", inner.map_or(NULL.to_owned(), |one| structure(&one)));
            object = object.json("lines", lines.to_string());
        }
    }
    extension(object.text("md5", part.md5), &part.extended).end()
}

fn pairs(parameters: Option<List<'_, Parameter<'_>>>) -> String {
    let pair = |one: Parameter<'_>| {
        Object::default().text("attribute", Some(one.name)).text("value", Some(one.value)).end()
    };
    parameters.map_or(NULL.to_owned(), |parameters| list(parameters, pair))
}

fn extension(object: Object, extended: &Extended<'_>) -> Object {
    let disposition = |one: Disposition<'_>| {
        let object = Object::default().text("type", Some(one.kind));
        object.json("parameters", pairs(one.parameters)).end()
    };
    let object = object.json("disposition", extended.disposition.map_or(NULL.to_owned(), disposition));
    let object = match extended.language {
        None => object.json("language", NULL.to_owned()),
        Some(tags) => {
            let (name, json) = octets("language", &Octets::Many(tags.iter().flatten().collect()));
            object.json(&name, json)
        }
    };
    let object = object.text("location", extended.location);
    if extended.more.is_empty() {
        return object;
    }
    let more = extended.more.iter().flatten().map(|raw| IString::new(raw.as_bytes())).collect();
    let (name, json) = octets("extension", &Octets::Many(more));
    object.json(&name, json)
}
