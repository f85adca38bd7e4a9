//! The text of a whole message, in one piece.

use crate::part::Part;
use crate::{html_to_text, text_to_html};
use alloc::borrow::Cow;
use alloc::string::String;
use memchr::{memchr, memchr_iter};

/// The text body as plain text.
pub(crate) fn plain<'a>(root: Part<'_, 'a>) -> Cow<'a, str> {
    let bodies = root.bodies();
    let text = joined(bodies.text().filter_map(as_text));
    if !text.trim().is_empty() {
        return text;
    }
    // An alternative that was left empty, or one without a boundary, of which no list knows.
    let html = joined(bodies.html().filter_map(as_text));
    if html.trim().is_empty() && is_unopened(root) { with_lf(root.text().into_text()) } else { html }
}

/// The HTML body as HTML.
pub(crate) fn html<'a>(root: Part<'_, 'a>) -> Cow<'a, str> {
    if is_unopened(root) {
        return Cow::Owned(from_plain(root));
    }
    joined(root.bodies().html().filter_map(as_html))
}

/// Whether a message is a multipart in which no part can be found. Readers show it as it is.
pub(crate) fn is_unopened(root: Part<'_, '_>) -> bool {
    root.is_leaf() && root.content_type().is_multipart()
}

fn as_text<'a>(part: Part<'_, 'a>) -> Option<Cow<'a, str>> {
    let content_type = part.content_type();
    if content_type.is("text", "html") {
        Some(Cow::Owned(html_to_text(part.text().text())))
    } else {
        content_type.is_text().then(|| with_lf(part.text_unflowed()))
    }
}

fn as_html<'a>(part: Part<'_, 'a>) -> Option<Cow<'a, str>> {
    let content_type = part.content_type();
    if content_type.is("text", "html") {
        Some(part.text().into_text())
    } else {
        content_type.is_text().then(|| Cow::Owned(from_plain(part)))
    }
}

fn from_plain(part: Part<'_, '_>) -> String {
    ["<div>", &text_to_html(&part.text_unflowed()), "</div>"].concat()
}

/// Texts one behind the other, each on lines of its own.
fn joined<'a>(texts: impl Iterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut whole = Cow::Borrowed("");
    for text in texts {
        if whole.is_empty() {
            whole = text;
        } else if !text.is_empty() {
            let whole = whole.to_mut();
            if !whole.ends_with('\n') {
                whole.push('\n');
            }
            whole.push_str(&text);
        }
    }
    whole
}

/// LF for CRLF and for a bare CR.
fn with_lf(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for at in memchr_iter(b'\r', text.as_bytes()) {
        out.push_str(text.get(copied..at).unwrap_or_default());
        copied = at + 1;
        if text.as_bytes().get(copied) != Some(&b'\n') {
            out.push('\n');
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_lf() {
        let lf = |text: &'static str| with_lf(Cow::Borrowed(text)).into_owned();
        assert_eq!(lf("a\r\nb\rc\nd\r\r\n\né"), "a\nb\nc\nd\n\n\né");
        assert_eq!(lf("\r"), "\n");
        assert!(matches!(with_lf(Cow::Borrowed("a\nb")), Cow::Borrowed("a\nb")));
    }
}
