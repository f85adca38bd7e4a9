//! Every value of a response or of a command, looked at once; and a response made of slices.

#![allow(unreachable_pub, reason = "as in `inputs`")]

use mailwire::imap::List;
use mailwire::imap::command::{Body, Command, SearchKey, Stored};
use mailwire::imap::fetch::{
    Address, BodyStructure, Disposition, Envelope, Extended, Fetch, FetchItem, Multipart, Parameter, Part,
    PartKind,
};
use mailwire::imap::list::Element;
use mailwire::imap::response::{Response, Search};
use std::hint::black_box;

/// What a client shows of a message: a mail of two parts with an attachment.
pub const FETCH: &str = concat!(
    "* 12 FETCH (UID 48273 FLAGS (\\Seen \\Answered) INTERNALDATE \"17-Jul-2024 02:44:25 -0700\" RFC822.SIZE 44827 ",
    "ENVELOPE (\"Wed, 17 Jul 2024 02:23:25 -0700 (PDT)\" \"Re: the minutes of the meeting, and what we decided\" ",
    "((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\")) ",
    "((\"Terry Gray\" NIL \"gray\" \"cac.washington.example\")) ",
    "((NIL NIL \"imap\" \"cac.washington.example\")(\"Ann \\\"Annie\\\" Lee\" NIL \"ann.lee\" \"mail.example.org\")) ",
    "((NIL NIL \"minutes\" \"CNRI.Reston.VA.example\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.example\")) NIL ",
    "\"<A27397-0100000@cac.washington.example>\" \"<B27397-0100000@cac.washington.example>\") ",
    "BODYSTRUCTURE (((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"FORMAT\" \"flowed\") NIL NIL \"QUOTED-PRINTABLE\" 2279 48 NIL NIL NIL NIL)",
    "(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 9155 120 NIL (\"INLINE\" NIL) NIL NIL) ",
    "\"ALTERNATIVE\" (\"BOUNDARY\" \"b1_d41d8cd98f00b204\") NIL NIL NIL)",
    "(\"APPLICATION\" \"PDF\" (\"NAME\" \"minutes.pdf\") \"<960723163407.20117h@cac.washington.example>\" \"The minutes\" ",
    "\"BASE64\" 28554 NIL (\"ATTACHMENT\" (\"FILENAME\" \"minutes.pdf\")) NIL NIL) ",
    "\"MIXED\" (\"BOUNDARY\" \"b2_d41d8cd98f00b204\") NIL NIL NIL))\r\n",
);

/// Where they are: a value may be large.
fn each<'a, T: Element<'a>>(list: List<'a, T>, mut look: impl FnMut(&T)) {
    let mut elements = list.iter();
    while let Some(element) = &elements.next() {
        look(element.as_ref().expect("an element"));
    }
}

fn all<'a, T: Element<'a>>(list: List<'a, T>) {
    each(list, |element| _ = black_box(element));
}

fn maybe<'a, T: Element<'a>>(list: Option<List<'a, T>>) {
    list.into_iter().for_each(all);
}

pub fn response(response: &Response<'_>) {
    match response {
        Response::Fetch(fetch) => each(fetch.items(), fetch_item),
        Response::List(list) => {
            all(list.attributes);
            maybe(list.extensions);
            black_box((list.delimiter, list.name));
        }
        Response::Search(Search { numbers, modseq }) => {
            all(*numbers);
            black_box(modseq);
        }
        other => _ = black_box(other),
    }
}

fn fetch_item(item: &FetchItem<'_>) {
    match item {
        FetchItem::Flags(flags) => all(*flags),
        FetchItem::Envelope(Some(envelope)) => {
            black_box((envelope.date, envelope.subject, envelope.in_reply_to, envelope.message_id));
            let Envelope { from, sender, reply_to, to, cc, bcc, .. } = *envelope;
            [from, sender, reply_to, to, cc, bcc].into_iter().for_each(maybe);
        }
        FetchItem::Body(Some(body)) | FetchItem::BodyStructure(Some(body)) => structure(body),
        other => _ = black_box(other),
    }
}

fn structure(body: &BodyStructure<'_>) {
    let extended = match body {
        BodyStructure::Part(part) => {
            black_box((part.media_type, part.subtype, part.id, part.description, part.encoding));
            black_box((part.octets, part.md5));
            maybe(part.parameters);
            if let PartKind::Message { envelope, body, lines } = &part.kind {
                envelope.iter().for_each(|envelope| all(envelope.list()));
                body.iter().for_each(|body| each(body.list(), structure));
                black_box(lines);
            } else {
                black_box(&part.kind);
            }
            &part.extended
        }
        BodyStructure::Multipart(multipart) => {
            each(multipart.parts, structure);
            black_box(multipart.subtype);
            maybe(multipart.parameters);
            &multipart.extended
        }
    };
    if let Some(Disposition { kind, parameters }) = extended.disposition {
        black_box(kind);
        maybe(parameters);
    }
    maybe(extended.language);
    black_box(extended.location);
    all(extended.more);
}

pub fn command(command: &Command<'_>) {
    black_box(command.tag());
    match command.body() {
        Body::Fetch { unit, set, items, modifiers } => {
            black_box(unit);
            set.iter().for_each(|member| _ = black_box(member));
            all(items);
            all(modifiers);
        }
        Body::Search { unit, returns, charset, keys } => {
            black_box((unit, charset));
            maybe(returns);
            each(keys, search_key);
        }
        Body::Store { unit, set, modifiers, change, answer, stored } => {
            black_box((unit, change, answer));
            set.iter().for_each(|member| _ = black_box(member));
            all(modifiers);
            if let Stored::Flags(flags) = stored {
                all(flags);
            }
        }
        Body::Append(append) => each(append.messages, |message| {
            black_box(message);
            maybe(message.flags);
        }),
        Body::Rest(messages) => all(messages),
        other => _ = black_box(other),
    }
}

fn search_key(key: &SearchKey<'_>) {
    match key {
        SearchKey::Not(keys) => each(keys.list(), search_key),
        SearchKey::Or(keys) => each(keys.list(), search_key),
        SearchKey::All(keys) => each(*keys, search_key),
        other => _ = black_box(other),
    }
}

/// The same response, of slices instead of a frame. They are leaked: a bench makes one.
pub fn built(frame: &[u8]) -> Response<'static> {
    let frame: &'static [u8] = frame.to_vec().leak();
    let Ok(Response::Fetch(fetch)) = Response::parse(frame) else { panic!("a FETCH") };
    let items = slice_with(fetch.items(), |item| match item {
        FetchItem::Flags(flags) => FetchItem::Flags(slice(flags)),
        FetchItem::Envelope(Some(envelope)) => FetchItem::Envelope(Some(built_envelope(envelope))),
        FetchItem::BodyStructure(Some(body)) => FetchItem::BodyStructure(Some(built_structure(body))),
        other => other,
    });
    Response::Fetch(Fetch::new(fetch.number(), fetch.form(), items))
}

fn slice_with<T: Element<'static>>(list: List<'static, T>, own: impl Fn(T) -> T) -> List<'static, T> {
    let elements: Vec<T> = list.iter().map(|element| own(element.expect("an element"))).collect();
    List::from(&*elements.leak())
}

fn slice<T: Element<'static>>(list: List<'static, T>) -> List<'static, T> {
    slice_with(list, |element| element)
}

fn built_envelope(envelope: Envelope<'static>) -> Envelope<'static> {
    let own = |list: Option<List<'static, Address<'static>>>| list.map(slice);
    Envelope {
        from: own(envelope.from),
        sender: own(envelope.sender),
        reply_to: own(envelope.reply_to),
        to: own(envelope.to),
        cc: own(envelope.cc),
        bcc: own(envelope.bcc),
        ..envelope
    }
}

fn built_structure(body: BodyStructure<'static>) -> BodyStructure<'static> {
    let own = |list: Option<List<'static, Parameter<'static>>>| list.map(slice);
    let extended = |extended: Extended<'static>| {
        let disposition = extended.disposition;
        let disposition = disposition.map(|one| Disposition { parameters: own(one.parameters), ..one });
        Extended::new(disposition, extended.language.map(slice), extended.location)
    };
    match body {
        BodyStructure::Part(part) => BodyStructure::Part(Part {
            parameters: own(part.parameters),
            extended: extended(part.extended),
            ..part
        }),
        BodyStructure::Multipart(multipart) => BodyStructure::Multipart(Multipart {
            parts: slice_with(multipart.parts, built_structure),
            parameters: own(multipart.parameters),
            extended: extended(multipart.extended),
            ..multipart
        }),
    }
}
