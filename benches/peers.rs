//! The peers, each by the best way its interface has for the same work.

use crate::work::{Work, Worker};
use mail_parser::{HeaderForm, HeaderName, HeaderValue, Message, MessageBuffers, MessageParser, PartKind};
use mailparse::body::Body;
use mailparse::{MailHeaderMap, ParsedMail, addrparse_header, dateparse, msgidparse};
use std::hint::black_box;

/// All of them.
pub fn workers(work: Work) -> Vec<Worker> {
    match work {
        Work::Structure => vec![
            Worker::new("mail-parser lean", structure(lean())),
            Worker::new("mail-parser lean, reused", structure_reused(lean())),
            Worker::new("mail-parser", structure(as_it_comes())),
            Worker::new("mailparse", mailparse_structure),
        ],
        Work::Headers => vec![
            Worker::new("mail-parser lean", headers(lean())),
            Worker::new("mail-parser", headers(as_it_comes())),
            Worker::new("mailparse", mailparse_headers),
        ],
        Work::Summary => vec![
            Worker::new("mail-parser lean", summary(listing(), keep_summary)),
            Worker::new("mail-parser lean, reused", summary_reused(listing(), keep_summary)),
            Worker::new("mail-parser lean, borrowed", summary_reused(listing(), read_summary)),
            Worker::new("mail-parser", summary(as_it_comes(), keep_summary)),
        ],
        Work::Everything => vec![
            Worker::new("mail-parser lean", everything(lean())),
            Worker::new("mail-parser lean, reused", everything_reused(lean())),
            Worker::new("mail-parser", everything(as_it_comes())),
            Worker::new("mailparse", mailparse_everything),
        ],
    }
}

/// The default configuration, but for a depth above that of any input here.
fn as_it_comes() -> MessageParser {
    MessageParser::new().max_depth(100_000)
}

/// The same, and what nobody here asks for is left alone.
fn lean() -> MessageParser {
    let unread = [
        HeaderName::Received,
        HeaderName::ReturnPath,
        HeaderName::Cc,
        HeaderName::ReplyTo,
        HeaderName::References,
        HeaderName::InReplyTo,
        HeaderName::ListId,
        HeaderName::ListPost,
        HeaderName::ListHelp,
        HeaderName::ListUnsubscribe,
    ];
    unread.into_iter().fold(as_it_comes().unknown_headers(HeaderForm::Ignore), |parser, name| {
        parser.header(name, HeaderForm::Ignore)
    })
}

/// The same for a list of mails, which shows more.
fn listing() -> MessageParser {
    let unread = [
        HeaderName::Received,
        HeaderName::ReturnPath,
        HeaderName::ListId,
        HeaderName::ListPost,
        HeaderName::ListHelp,
        HeaderName::ListUnsubscribe,
    ];
    unread.into_iter().fold(as_it_comes().unknown_headers(HeaderForm::Ignore), |parser, name| {
        parser.header(name, HeaderForm::Ignore)
    })
}

fn structure(parser: MessageParser) -> impl FnMut(&[u8]) {
    move |raw| {
        black_box(parser.parse(black_box(raw)).map(|message| message.parts().len()));
    }
}

fn structure_reused(parser: MessageParser) -> impl FnMut(&[u8]) {
    let mut buffers = MessageBuffers::new();
    move |raw| {
        if let Some(message) = parser.parse_with(black_box(raw), &mut buffers) {
            black_box(message.parts().len());
            buffers = message.into_buffers();
        }
    }
}

fn headers(parser: MessageParser) -> impl FnMut(&[u8]) {
    move |raw| {
        if let Some(message) = parser.parse_headers(black_box(raw)) {
            read_headers(&message);
        }
    }
}

fn summary(parser: MessageParser, read: fn(&Message<'_>)) -> impl FnMut(&[u8]) {
    move |raw| {
        if let Some(message) = parser.parse(black_box(raw)) {
            read(&message);
        }
    }
}

fn summary_reused(parser: MessageParser, read: fn(&Message<'_>)) -> impl FnMut(&[u8]) {
    let mut buffers = MessageBuffers::new();
    move |raw| {
        if let Some(message) = parser.parse_with(black_box(raw), &mut buffers) {
            read(&message);
            buffers = message.into_buffers();
        }
    }
}

/// The same, kept: every field is made owned, as a `Summary` of ours is.
fn keep_summary(message: &Message<'_>) {
    let owned = |text: Option<&str>| text.map(String::from);
    black_box((owned(message.subject()), message.date(), owned(message.message_id())));
    for list in [message.in_reply_to(), message.references()] {
        black_box(list.iter().flat_map(|list| list.iter()).map(String::from).collect::<Vec<_>>());
    }
    for list in
        [message.from(), message.sender(), message.reply_to(), message.to(), message.cc(), message.bcc()]
    {
        let mailboxes = list.iter().flat_map(|list| list.mailboxes());
        black_box(
            mailboxes.map(|mailbox| (owned(mailbox.name()), owned(mailbox.address()))).collect::<Vec<_>>(),
        );
    }
    black_box(message.body_preview(2 * 256).map(|text| one_line(&text, 256)));
    black_box(message.has_attachments());
    let attachments = message.attachments().map(|part| {
        let media_type = part
            .content_type()
            .map(|found| [found.ctype(), "/", found.subtype().unwrap_or_default()].concat());
        let is_inline = part.content_disposition().is_some_and(|found| found.is_inline());
        (
            owned(part.attachment_name()),
            media_type,
            owned(part.content_id()),
            part.raw_body().len(),
            is_inline,
        )
    });
    black_box(attachments.collect::<Vec<_>>());
}

/// The peer's preview is the front of the text as it stands. A list shows one line: ours is one already, so this
/// is what is left to do for the same. Quotes and links stay in it, which ours leaves out.
fn one_line(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(most));
    for word in text.split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() >= most {
            line.truncate(line.floor_char_boundary(most));
            break;
        }
    }
    line
}

/// The same for who only looks once: nothing is made owned.
fn read_summary(message: &Message<'_>) {
    black_box((message.subject(), message.date(), message.message_id()));
    for list in [message.in_reply_to(), message.references()] {
        list.iter().flat_map(|list| list.iter()).for_each(|id| _ = black_box(id));
    }
    for list in
        [message.from(), message.sender(), message.reply_to(), message.to(), message.cc(), message.bcc()]
    {
        for mailbox in list.iter().flat_map(|list| list.mailboxes()) {
            black_box((mailbox.name(), mailbox.address()));
        }
    }
    black_box(message.body_preview(256));
    black_box(message.has_attachments());
    for part in message.attachments() {
        let media_type = part.content_type().map(|found| (found.ctype(), found.subtype()));
        let is_inline = part.content_disposition().is_some_and(|found| found.is_inline());
        black_box((part.attachment_name(), media_type, part.content_id(), part.raw_body().len(), is_inline));
    }
}

fn everything(parser: MessageParser) -> impl FnMut(&[u8]) {
    move |raw| {
        if let Some(message) = parser.parse(black_box(raw)) {
            read_headers(&message);
            for part in message.parts() {
                match part.kind() {
                    PartKind::Text | PartKind::Html => _ = black_box(part.text()),
                    PartKind::Binary | PartKind::InlineBinary => _ = black_box(part.decoded()),
                    PartKind::Multipart | PartKind::Message(_) => {}
                }
            }
        }
    }
}

/// Text has no form that decodes into lent memory and copies nothing, so it is read as above.
fn everything_reused(parser: MessageParser) -> impl FnMut(&[u8]) {
    let mut buffers = MessageBuffers::new();
    let mut scratch = Vec::new();
    move |raw| {
        if let Some(message) = parser.parse_with(black_box(raw), &mut buffers) {
            read_headers(&message);
            for part in message.parts() {
                match part.kind() {
                    PartKind::Text | PartKind::Html => _ = black_box(part.text()),
                    PartKind::Binary | PartKind::InlineBinary => {
                        if part.encoding() == mail_parser::Encoding::None {
                            black_box(part.raw_body());
                        } else {
                            scratch.clear();
                            part.decode_into(&mut scratch);
                            black_box(scratch.as_slice());
                        }
                    }
                    PartKind::Multipart | PartKind::Message(_) => {}
                }
            }
            buffers = message.into_buffers();
        }
    }
}

fn read_headers(message: &Message<'_>) {
    black_box(message.subject());
    for mailbox in message.from().iter().flat_map(|from| from.mailboxes()) {
        black_box((mailbox.name(), mailbox.address()));
    }
    black_box(message.date());
    black_box(message.message_id());
}

fn mailparse_structure(raw: &[u8]) {
    if let Ok(mail) = mailparse::parse_mail(black_box(raw)) {
        black_box(mail.subparts.len());
        mail.parts().for_each(|part| messages_inside(part, mailparse_structure));
    }
}

fn mailparse_headers(raw: &[u8]) {
    if let Ok((headers, _)) = mailparse::parse_headers(black_box(raw)) {
        read_mailparse_headers(&headers);
    }
}

fn mailparse_everything(raw: &[u8]) {
    if let Ok(mail) = mailparse::parse_mail(black_box(raw)) {
        read_mailparse_headers(&mail.headers);
        read_mailparse_bodies(&mail);
    }
}

fn read_mailparse_bodies(mail: &ParsedMail<'_>) {
    for part in mail.parts().filter(|part| part.subparts.is_empty()) {
        if part.ctype.mimetype.starts_with("text/") {
            _ = black_box(part.get_body());
        } else if part.ctype.mimetype == "message/rfc822" {
            messages_inside(part, |raw| {
                if let Ok(mail) = mailparse::parse_mail(raw) {
                    read_mailparse_bodies(&mail);
                }
            });
        } else {
            match part.get_body_encoded() {
                Body::Base64(body) | Body::QuotedPrintable(body) => _ = black_box(body.get_decoded()),
                Body::SevenBit(body) | Body::EightBit(body) => _ = black_box(body.get_raw()),
                Body::Binary(body) => _ = black_box(body.get_raw()),
            }
        }
    }
}

/// A message inside a message is a leaf there, which the others enter.
fn messages_inside(part: &ParsedMail<'_>, mut read: impl FnMut(&[u8])) {
    if part.ctype.mimetype == "message/rfc822" {
        match part.get_body_encoded() {
            Body::Base64(body) | Body::QuotedPrintable(body) => read(&body.get_decoded().unwrap_or_default()),
            Body::SevenBit(body) | Body::EightBit(body) => read(body.get_raw()),
            Body::Binary(body) => read(body.get_raw()),
        }
    }
}

fn read_mailparse_headers(headers: &[mailparse::MailHeader<'_>]) {
    black_box(headers.get_first_value("Subject"));
    black_box(headers.get_first_header("From").map(addrparse_header));
    black_box(headers.get_first_value("Date").map(|value| dateparse(&value)));
    black_box(headers.get_first_value("Message-ID").map(|value| msgidparse(&value)));
}

/// Those who read the values of this kind, from bare bytes.
pub fn values(name: &str) -> Vec<Worker> {
    if name == "html/text" {
        return vec![Worker::new("mail-parser", |html| {
            let html = std::str::from_utf8(black_box(html)).expect("a newsletter in UTF-8");
            black_box(mail_parser::html_to_text(html));
        })];
    }
    let form = match name {
        "address/bare" => return bare_addresses(),
        "address/spans" => HeaderForm::Addresses,
        "value/addresses" => HeaderForm::Addresses,
        "value/dates" => HeaderForm::Date,
        "value/texts" => HeaderForm::Text,
        "value/content-types" => HeaderForm::ContentType,
        "value/message-ids" => HeaderForm::MessageIds,
        "value/received" => HeaderForm::Received,
        _ => return Vec::new(),
    };
    let mut workers = vec![Worker::new("mail-parser", move |value| {
        let parsed = form.parse(black_box(value));
        match parsed.value() {
            HeaderValue::Address(list) => {
                list.mailboxes().for_each(|mailbox| _ = black_box((mailbox.name(), mailbox.address())));
            }
            HeaderValue::ContentType(content_type) => {
                black_box((content_type.ctype(), content_type.subtype()));
                let parameter = |name| content_type.attribute(name);
                black_box((parameter("charset"), parameter("boundary"), parameter("name")));
            }
            HeaderValue::Received(received) => {
                black_box((received.from(), received.helo(), received.from_iprev(), received.from_ip()));
                black_box((received.by(), received.via(), received.with(), received.id(), received.for_()));
                black_box((received.tls_version(), received.tls_cipher(), received.date()));
            }
            HeaderValue::TextList(list) => list.iter().for_each(|text| _ = black_box(text)),
            other => _ = black_box(other),
        }
    })];
    if matches!(form, HeaderForm::Addresses) {
        workers.push(Worker::new("mailparse", |value| {
            if let Ok(text) = std::str::from_utf8(value) {
                _ = black_box(mailparse::addrparse(black_box(text)));
            }
        }));
    }
    workers
}

/// Those who read one address alone.
fn bare_addresses() -> Vec<Worker> {
    vec![
        Worker::new("mail-parser", |value| {
            let parsed = HeaderForm::Addresses.parse(black_box(value));
            if let HeaderValue::Address(list) = parsed.value() {
                list.mailboxes().for_each(|mailbox| _ = black_box(mailbox.address()));
            }
        }),
        Worker::new("email_address", |value| {
            let text = std::str::from_utf8(value).unwrap_or_default();
            _ = black_box(email_address::EmailAddress::is_valid(black_box(text)));
        }),
        Worker::new("lettre", |value| {
            let text = std::str::from_utf8(value).unwrap_or_default();
            _ = black_box(black_box(text).parse::<lettre::Address>());
        }),
    ]
}
