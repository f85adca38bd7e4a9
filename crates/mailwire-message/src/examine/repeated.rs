//! Fields that stand more than once in a header block, and may not.

use super::At;
use crate::defect::FormatDefect;
use crate::header::{FieldName, Headers};
use mailwire_core::{Sink, class};

/// What a header block may have once (the table of RFC 5322 §3.6, RFC 2045 §3, RFC 1864, RFC 2557 §4.2, RFC 3282 §2). The three fields
/// that decide how a body is read are told by the parser.
const ONCE: [FieldName<'static>; 17] = [
    FieldName::DATE,
    FieldName::FROM,
    FieldName::SENDER,
    FieldName::REPLY_TO,
    FieldName::TO,
    FieldName::CC,
    FieldName::BCC,
    FieldName::MESSAGE_ID,
    FieldName::IN_REPLY_TO,
    FieldName::REFERENCES,
    FieldName::SUBJECT,
    FieldName::MIME_VERSION,
    FieldName::CONTENT_ID,
    FieldName::CONTENT_DESCRIPTION,
    FieldName::CONTENT_LOCATION,
    FieldName::CONTENT_LANGUAGE,
    FieldName::new("Content-MD5"),
];

/// Tells of each field that repeats another one. `sink` begins where the mail does.
pub(super) fn examine_repeated(headers: Headers<'_, '_>, sink: &mut At<'_>) {
    let mut firsts = [None; ONCE.len()];
    for field in headers.iter() {
        let known = ONCE.iter().zip(&mut firsts).find(|(name, _)| field.is(**name));
        let Some((_, first)) = known else { continue };
        let value = class::trim(field.value());
        match *first {
            None => *first = Some(value),
            Some(first) if first == value => sink.report(FormatDefect::RepeatedField, field.range()),
            Some(_) => sink.report(FormatDefect::DuplicateField, field.range()),
        }
    }
}
