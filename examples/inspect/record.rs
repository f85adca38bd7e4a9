//! One mail as a line of JSON.

use crate::json::Json;
use crate::path::Path;
use mailwire::address::{AddrSpec, Addresses, Item};
use mailwire::encoding::TransferEncoding;
use mailwire::encoding::charset::{self, Fallback};
use mailwire::message::value::{Disposition, DispositionKind};
use mailwire::message::{Message, Parser, Part, PartKind};
use sha1_smol::Sha1;
use std::borrow::Cow;

/// Everything about a mail that two readers should agree on.
///
/// Bodies count decoded, with LF for every line end unless they are base64 and no text; their second digest is
/// without line ends at the end.
pub fn line(file: &str, message: &Message<'_>, parser: &Parser) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.name("file").string(file);
        json.name("tree").list(|json| tree(message.root(), parser, &mut Path::default(), json));
        json.name("subject").string_or_null(message.subject().as_deref());
        json.name("from").list(|json| mailboxes(message.from(), json));
        json.name("to").list(|json| mailboxes(message.to(), json));
        json.name("cc").list(|json| mailboxes(message.cc(), json));
        match message.date() {
            Some(date) => json.name("date").number(date.to_unix()),
            None => json.name("date").null(),
        }
        let id = message.message_id();
        json.name("message_id").string_or_null(id.as_ref().map(|id| id.to_text()).as_deref());
        json.name("attachments").list(|json| {
            message.walk().outermost().filter_map(file_name).for_each(|name| json.string(&name));
        });
        json.name("text_sha1").string_or_null(text(message).as_deref());
    });
    json.into_string()
}

/// The parts from `root` on, which is the next part of `path`; encoded messages are opened.
fn tree(root: Part<'_, '_>, parser: &Parser, path: &mut Path, json: &mut Json) {
    let above = path.depth();
    for part in root.walk() {
        path.enter(above + usize::from(part.depth()));
        json.list(|json| node(part, path, json));
        if let Some(message) = part.nested(parser) {
            tree(message.root(), parser, path, json);
        }
    }
}

fn node(part: Part<'_, '_>, path: &Path, json: &mut Json) {
    let content_type = part.content_type();
    json.string(&path.to_string());
    json.string(&content_type.to_string());
    if is_container(part) {
        (0..3).for_each(|_| json.null());
        return;
    }
    let body = part.decoded();
    let as_it_is = part.transfer_encoding() == TransferEncoding::Base64 && !content_type.is_text();
    let body = if as_it_is { body } else { with_lf(body) };
    json.number(i64::try_from(body.len()).unwrap_or(i64::MAX));
    json.string(&sha1(&body));
    json.string(&sha1(if as_it_is { &body } else { without_trailing(&body, b"\n") }));
}

/// Whether a part has parts or a message in it, by its type: also where none could be found.
fn is_container(part: Part<'_, '_>) -> bool {
    let content_type = part.content_type();
    let is_message = ["rfc822", "global", "news"].iter().any(|subtype| content_type.is("message", subtype));
    is_message || content_type.is_multipart()
}

/// The people in a list, groups opened; what is no address stands as it came.
fn mailboxes(addresses: Addresses<'_>, json: &mut Json) {
    let foreign = |bytes| charset::decode(None, bytes, Fallback::Header).into_text().into_owned();
    for item in addresses {
        let (name, address) = match item {
            Item::Mailbox(mailbox) => {
                let address =
                    mailbox.address().map(address).or_else(|| mailbox.invalid_address().map(foreign));
                (mailbox.display_name(), address)
            }
            Item::Junk(junk) => (None, Some(foreign(junk))),
            _ => continue,
        };
        json.list(|json| {
            json.string(&name.unwrap_or_default());
            json.string(&address.unwrap_or_default());
        });
    }
}

/// An address as it was meant: dots out of place are not quoted, as `Display` would for the sake of the next reader.
fn address(address: AddrSpec<'_>) -> String {
    let local = address.local_part();
    match address.domain() {
        _ if local.is_quoted() => address.to_string(),
        Some(domain) => format!("{}@{domain}", local.unquoted()),
        None => local.unquoted().into_owned(),
    }
}

fn file_name<'a>(part: Part<'_, 'a>) -> Option<Cow<'a, str>> {
    (part.is_leaf() || part.kind() == PartKind::Message).then(|| part.file_name()).flatten()
}

/// The digest of the text that a reader shows first.
fn text(message: &Message<'_>) -> Option<String> {
    let shown = |subtype: &str| {
        message.walk().outermost().find(|part| {
            let is_attachment =
                |disposition: Disposition<'_>| disposition.kind() == DispositionKind::Attachment;
            part.is_leaf()
                && part.content_type().is("text", subtype)
                && !part.disposition().is_some_and(is_attachment)
        })
    };
    let part = shown("plain").or_else(|| shown("html"))?;
    let text = part.text();
    let text = with_lf(Cow::Borrowed(text.text().as_bytes()));
    Some(sha1(without_trailing(&text, b" \t\n\r\x0b\x0c")))
}

fn sha1(bytes: &[u8]) -> String {
    Sha1::from(bytes).digest().to_string()
}

/// LF for CRLF and for a bare CR.
fn with_lf(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut lines = bytes.split(|&byte| byte == b'\r');
    out.extend_from_slice(lines.next().unwrap_or_default());
    for line in lines {
        out.push(b'\n');
        out.extend_from_slice(line.strip_prefix(b"\n").unwrap_or(line));
    }
    Cow::Owned(out)
}

fn without_trailing<'b>(bytes: &'b [u8], blanks: &[u8]) -> &'b [u8] {
    let kept = bytes.iter().rposition(|byte| !blanks.contains(byte)).map_or(0, |last| last + 1);
    bytes.get(..kept).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_lf() {
        let lf = |text: &'static str| {
            String::from_utf8(with_lf(Cow::Borrowed(text.as_bytes())).into_owned()).unwrap()
        };
        assert_eq!(lf("a\r\nb\rc\nd\r\r\n\n"), "a\nb\nc\nd\n\n\n");
        assert_eq!(lf("\r"), "\n");
        assert_eq!(lf("a"), "a");
    }

    #[test]
    fn the_line_has_the_form_that_was_agreed() {
        let raw = b"Subject: =?utf-8?Q?caf=C3=A9?=\r\nTo: Jane <jane@example.org>, G: b@example.org;\r\n\
            Date: Thu, 1 Jan 1970 00:00:07 +0000\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
            --b\r\n\r\none\r\ntwo \r\n\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\
            Content-Disposition: attachment; filename=m.eml\r\n\r\n\
            Q29udGVudC1UeXBlOiBpbWFnZS9wbmcNCg0KAA==\r\n--b\r\n\r\n\r\n--b--\r\n";
        let parser = Parser::new();
        let (one_two, one_two_trim) = (sha1(b"one\ntwo \n"), sha1(b"one\ntwo "));
        let (zero, empty, text) = (sha1(b"\0"), sha1(b""), sha1(b"one\ntwo"));
        assert_eq!(
            line("a/b.eml", &parser.parse(raw), &parser),
            format!(
                r#"{{"file":"a/b.eml","tree":[["1","multipart/mixed",null,null,null],["1.1","text/plain",9,"{one_two}","{one_two_trim}"],["1.2","message/rfc822",null,null,null],["1.2.1","image/png",1,"{zero}","{zero}"],["1.3","text/plain",0,"{empty}","{empty}"]],"subject":"café","from":[],"to":[["Jane","jane@example.org"],["","b@example.org"]],"cc":[],"date":7,"message_id":null,"attachments":["m.eml"],"text_sha1":"{text}"}}"#
            )
        );
    }
}
