//! What is wrong with bodies.

use super::At;
use crate::part::Part;
use crate::value::ValueDefect;
use alloc::vec::Vec;
use mailwire_core::Sink;
use mailwire_encoding::EncodingDefect;
use mailwire_encoding::charset::Charset;

/// File names that differ, and so may reach two readers as two files.
pub(super) fn examine_names(part: Part<'_, '_>, sink: &mut At<'_>) {
    let header = 0..part.raw_headers().len();
    part.file_names().first_with(&mut |kind: ValueDefect, _| sink.report(kind, header.clone()));
}

/// What is wrong with a body: its transfer encoding and, where it is text, its charset.
pub(super) fn examine_body(part: Part<'_, '_>, scratch: &mut Vec<u8>, sink: &mut At<'_>) {
    scratch.clear();
    part.decode_into(scratch, sink);
    let content_type = part.content_type();
    if !content_type.is_text() {
        return;
    }
    let whole = 0..part.raw_body().len();
    let label = content_type.charset();
    let declared = label.as_deref().and_then(|label| Charset::for_label(label.as_bytes()));
    if label.is_some() && declared.is_none() {
        sink.report(EncodingDefect::UnknownCharset, whole.clone());
    }
    let text = part.to_text(scratch);
    // Only plain text is ASCII where it does not say what it is: others have defaults of their own, or say it inside
    // (RFC 6657 §3).
    let is_ascii = match declared {
        Some(charset) => charset == Charset::US_ASCII,
        None => label.is_none() && content_type.is("text", "plain"),
    };
    if is_ascii && !scratch.is_ascii() {
        sink.report(EncodingDefect::CharsetFallback, whole.clone());
    }
    if text.is_lossy() {
        sink.report(EncodingDefect::LossyText, whole);
    }
}
