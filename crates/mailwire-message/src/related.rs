//! Parts that point at each other: the root of a multipart/related, and `cid:` URLs.

use crate::header::FieldName;
use crate::part::Part;
use crate::value::MessageId;
use alloc::borrow::Cow;
use alloc::vec::Vec;
use memchr::memchr;

impl Part<'_, '_> {
    /// Of a multipart/related, the part to begin with (RFC 2387 §3.2): the one whose Content-ID its parameter `start` names, else the first.
    /// `None` for other parts, and where there is no part.
    ///
    /// The [body lists](Self::bodies) of RFC 8621 do without it: for them only the first part can be the text.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Content-Type: multipart/related; boundary=b; start=\"<text@a.example>\"\n\n\
    ///     --b\nContent-ID: <logo@a.example>\n\n...\n--b\nContent-ID: <text@a.example>\n\nHello\n--b--\n";
    /// let message = Parser::new().parse(raw);
    /// let root = message.root().related_root().unwrap();
    /// assert_eq!(root.raw_body(), b"Hello");
    /// ```
    pub fn related_root(self) -> Option<Self> {
        let content_type = self.content_type();
        if !content_type.is("multipart", "related") {
            return None;
        }
        let named = content_type.parameters().get("start").and_then(|start| {
            let id = MessageId::parse(start.as_bytes()).ok()?;
            self.children().find(|part| part.has_content_id(id.as_bytes()))
        });
        named.or_else(|| self.children().next())
    }

    /// The first part, of this one and those below it, with this Content-ID (RFC 2392 §2, RFC 2557 §8.3): an identifier, with
    /// or without angle brackets, or the `cid:` URL that HTML names it by, with its escapes. What lies inside embedded messages is
    /// not looked at.
    ///
    /// Where no identifier is what the URL means, one that is what it says is taken: not everybody escapes.
    ///
    /// It looks at every part: for many URLs, collect the identifiers once.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Content-Type: multipart/related; boundary=b\n\n\
    ///     --b\nContent-Type: text/html\n\n<img src=\"cid:foo%25%40a.example\">\n\
    ///     --b\nContent-ID: <foo%@a.example>\nContent-Type: image/png\n\n...\n--b--\n";
    /// let message = Parser::new().parse(raw);
    /// let image = message.by_content_id("cid:foo%25%40a.example").unwrap();
    /// assert_eq!(image.id(), 2);
    /// assert!(message.by_content_id("cid:bar@a.example").is_none());
    /// ```
    pub fn by_content_id(self, id: &str) -> Option<Self> {
        let find = |id: &[u8]| {
            (!id.is_empty()).then(|| self.walk().outermost().find(|part| part.has_content_id(id))).flatten()
        };
        let id = id.trim();
        let scheme = id.split_at_checked(4).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("cid:"));
        let Some((_, url)) = scheme else {
            let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
            return find(inner.unwrap_or(id).as_bytes());
        };
        match unescaped(url.as_bytes()) {
            Cow::Owned(meant) => find(&meant).or_else(|| find(url.as_bytes())),
            Cow::Borrowed(meant) => find(meant),
        }
    }

    fn has_content_id(self, id: &[u8]) -> bool {
        let field = self.headers().first(FieldName::CONTENT_ID);
        field.and_then(|field| MessageId::parse(field.value()).ok()).is_some_and(|own| own.as_bytes() == id)
    }
}

/// `%hh` as the byte it stands for; a `%` without two digits stands for itself.
fn unescaped(url: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'%', url).is_none() {
        return Cow::Borrowed(url);
    }
    let mut out = Vec::with_capacity(url.len());
    let mut rest = url;
    while let [first, tail @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let escaped = match rest {
            [b'%', high, low, behind @ ..] => {
                digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4 | low, behind))
            }
            _ => None,
        };
        let (byte, behind) = escaped.unwrap_or((*first, tail));
        out.push(byte);
        rest = behind;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_urls() {
        assert_eq!(&*unescaped(b"foo4%25foo1@bar.example"), b"foo4%foo1@bar.example");
        assert_eq!(&*unescaped(b"%3c%3C%4x%%41%"), b"<<%4x%A%");
        assert!(matches!(unescaped(b"a@b"), Cow::Borrowed(b"a@b")));
    }
}
