//! A message, in the shape that the module's documentation gives.

use crate::examine::examine;
use crate::header::{Field, FieldName, Headers};
use crate::index::Index;
use crate::message::{Message, OwnedMessage};
use crate::part::Part;
use crate::summary::{Summary, mailboxes, text, texts};
use crate::value::Disposition;
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use mailwire_core::DefectKind;
use mailwire_encoding::{Charset, TransferEncoding};
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

/// In the shape that [`serialize`](crate::serialize) describes.
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.root(), self.index(), serializer)
    }
}

/// In the shape that [`serialize`](crate::serialize) describes.
impl Serialize for OwnedMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.root(), self.index(), serializer)
    }
}

fn serialize<S: Serializer>(root: Part<'_, '_>, index: &Index, serializer: S) -> Result<S::Ok, S::Error> {
    let headers = root.headers();
    let summary = Summary::of(root);
    let listed = |name: FieldName<'_>| {
        let field = headers.first(name)?;
        Some(mailboxes(field.addresses()))
    };
    let ids = |name: FieldName<'_>| headers.first(name).map(|field| texts(field.message_ids()));
    let bodies = root.bodies();
    let mut out = serializer.serialize_struct("Message", 20)?;
    out.serialize_field("size", &summary.size)?;
    out.serialize_field("messageId", &summary.message_id.map(|id| vec![id]))?;
    out.serialize_field("inReplyTo", &ids(FieldName::IN_REPLY_TO))?;
    out.serialize_field("references", &ids(FieldName::REFERENCES))?;
    out.serialize_field("sender", &listed(FieldName::SENDER))?;
    out.serialize_field("from", &listed(FieldName::FROM))?;
    out.serialize_field("to", &listed(FieldName::TO))?;
    out.serialize_field("cc", &listed(FieldName::CC))?;
    out.serialize_field("bcc", &listed(FieldName::BCC))?;
    out.serialize_field("replyTo", &listed(FieldName::REPLY_TO))?;
    out.serialize_field("subject", &headers.subject())?;
    out.serialize_field("sentAt", &headers.date())?;
    out.serialize_field("headers", &Fields(headers))?;
    out.serialize_field("hasAttachment", &summary.has_attachment)?;
    out.serialize_field("preview", &summary.preview)?;
    out.serialize_field("textBody", &bodies.text().map(Part::id).collect::<Vec<_>>())?;
    out.serialize_field("htmlBody", &bodies.html().map(Part::id).collect::<Vec<_>>())?;
    out.serialize_field("attachments", &bodies.attachments().map(Part::id).collect::<Vec<_>>())?;
    out.serialize_field("parts", &Parts(root, index))?;
    out.serialize_field("defects", &Defects(root, index))?;
    out.end()
}

struct Fields<'m, 'a>(Headers<'m, 'a>);

impl Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape<'f> {
            name: Cow<'f, str>,
            value: Cow<'f, str>,
        }

        fn shape(field: Field<'_>) -> Shape<'_> {
            Shape { name: String::from_utf8_lossy(field.name()), value: field.text() }
        }

        serializer.collect_seq(self.0.iter().map(shape))
    }
}

struct Parts<'m, 'a>(Part<'m, 'a>, &'m Index);

impl Serialize for Parts<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(root, index) = self;
        let mut scratch = Vec::new();
        let mut parts = serializer.serialize_seq(Some(index.part_count()))?;
        for part in root.walk() {
            parts.serialize_element(&PartShape::of(part, &mut scratch))?;
        }
        parts.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartShape<'s> {
    part_id: u32,
    parent: Option<u32>,
    #[serde(rename = "type")]
    media_type: String,
    charset: Option<&'static str>,
    disposition: Option<String>,
    cid: Option<String>,
    name: Option<Cow<'s, str>>,
    size: usize,
    headers: Option<Fields<'s, 's>>,
    value: Option<Cow<'s, str>>,
    is_encoding_problem: bool,
}

impl<'s> PartShape<'s> {
    fn of(part: Part<'s, 's>, scratch: &'s mut Vec<u8>) -> Self {
        let content_type = part.content_type();
        let decoded = part.decoded_in(scratch);
        let read = (part.is_leaf() && content_type.is_text()).then(|| part.to_text(decoded));
        let is_unknown = || {
            part.transfer_encoding() == TransferEncoding::Unknown
                || content_type.charset().is_some_and(|label| Charset::for_label(label.as_bytes()).is_none())
        };
        Self {
            part_id: part.id(),
            parent: part.parent().map(Part::id),
            media_type: content_type.to_string(),
            charset: read.as_ref().map(|text| text.charset().name()),
            disposition: part.disposition().and_then(word),
            cid: part.headers().content_id().map(|id| text(&id)),
            name: part.file_name(),
            size: decoded.len(),
            headers: (part.id() != 0).then(|| Fields(part.headers())),
            is_encoding_problem: read.as_ref().is_some_and(|text| text.is_lossy() || is_unknown()),
            value: read.map(|text| with_lf(text.into_text())),
        }
    }
}

fn word(disposition: Disposition<'_>) -> Option<String> {
    let word = String::from_utf8_lossy(disposition.written()).to_ascii_lowercase();
    (!word.is_empty()).then_some(word)
}

fn with_lf(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { text }
}

struct Defects<'m, 'a>(Part<'m, 'a>, &'m Index);

impl Serialize for Defects<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape {
            kind: &'static str,
            severity: Cow<'static, str>,
            start: usize,
            end: usize,
        }

        let all = examine(self.0, self.1);
        serializer.collect_seq(all.iter().map(|defect| Shape {
            kind: defect.kind().name(),
            severity: Cow::Owned(defect.severity().to_string()),
            start: defect.range().start,
            end: defect.range().end,
        }))
    }
}
