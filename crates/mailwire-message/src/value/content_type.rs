//! The type of a part's content (RFC 2045 §5).

use super::scan::{BLANK, range_in, skip_cfws};
use super::{Parameters, ValueDefect};
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Write as _};
use mailwire_core::class::{trim, trim_end, trim_start};
use mailwire_core::{Class, Escaped, Sink};

/// The value of a Content-Type field.
///
/// ```text
/// content     = type "/" subtype *( ";" parameter )
/// ```
///
/// (RFC 2045 §5.1.) Reading never fails: what has no type and subtype is `text/plain`, as §5.2 says of the missing
/// field, with the parameters that could be found. Comments and blanks may stand anywhere, quotes around it, a type
/// may be said twice (`multipart/multipart/mixed`).
///
/// # Examples
///
/// ```
/// use mailwire_message::value::ContentType;
///
/// let html = ContentType::parse(b" Text/HTML (hello); charset=\"utf-8\"\r\n");
/// assert!(html.is("text", "html"));
/// assert_eq!(html.subtype(), "HTML");
/// assert_eq!(html.charset().unwrap(), "utf-8");
/// assert_eq!(ContentType::parse(b"multipart/mixed; boundary=\"a b \"").boundary().unwrap(), &b"a b"[..]);
/// assert!(!ContentType::parse(b"cannot open").is_written());
/// ```
#[derive(Clone, Copy)]
pub struct ContentType<'a> {
    value: &'a [u8],
    /// Type and subtype, both tokens.
    types: Option<(&'a [u8], &'a [u8])>,
    /// What stands behind type and subtype.
    rest: &'a [u8],
}

impl<'a> ContentType<'a> {
    /// Reads a content type.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The parameters tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let Some((media_type, subtype, rest)) = read(value) else {
            sink.report(ValueDefect::BadContentType, range_in(value, trim(value)));
            let rest = memchr::memchr(b';', value).and_then(|at| value.get(at..)).unwrap_or_default();
            return Self { value, types: None, rest };
        };
        if trim_start(value).len() - rest.len() != media_type.len() + 1 + subtype.len() {
            sink.report(ValueDefect::ContentTypeDecorated, 0..range_in(value, rest).start);
        }
        Self { value, types: Some((media_type, subtype)), rest }
    }

    /// Reads a content type that may be one of a container; `None` where its first letter says that it is not.
    #[inline]
    pub(crate) fn parse_container(value: &'a [u8]) -> Option<Self> {
        match value.strip_prefix(b" ").unwrap_or(value) {
            [letter, ..] if letter.is_ascii_alphabetic() && *letter | 0x20 != b'm' => None,
            _ => Some(Self::parse(value)),
        }
    }

    /// What it means for the structure of a message.
    pub(crate) fn structure(&self) -> Structure {
        let (media_type, subtype) = self.types();
        if is_word(media_type, b"multipart") {
            return if is_word(subtype, b"digest") { Structure::Digest } else { Structure::Multipart };
        }
        let is_message = is_word(media_type, b"message")
            && (is_word(subtype, b"rfc822") || is_word(subtype, b"global") || is_word(subtype, b"news"));
        if is_message { Structure::Message } else { Structure::Leaf }
    }

    fn types(&self) -> (&'a [u8], &'a [u8]) {
        self.types.unwrap_or((b"text", b"plain"))
    }

    /// The type, as it is written; `text` where none can be read.
    pub fn media_type(&self) -> &'a str {
        core::str::from_utf8(self.types().0).unwrap_or_default()
    }

    /// The subtype, as it is written; `plain` where none can be read.
    pub fn subtype(&self) -> &'a str {
        core::str::from_utf8(self.types().1).unwrap_or_default()
    }

    /// Whether type and subtype are these, in any case.
    pub fn is(&self, media_type: &str, subtype: &str) -> bool {
        let (written_type, written_subtype) = self.types();
        written_type.eq_ignore_ascii_case(media_type.as_bytes())
            && written_subtype.eq_ignore_ascii_case(subtype.as_bytes())
    }

    /// Whether this is text of any kind.
    pub fn is_text(&self) -> bool {
        self.is_of("text")
    }

    /// Whether this is a container of parts.
    pub fn is_multipart(&self) -> bool {
        self.is_of("multipart")
    }

    /// Whether the type is this one, in any case.
    pub(crate) fn is_of(&self, media_type: &str) -> bool {
        self.types().0.eq_ignore_ascii_case(media_type.as_bytes())
    }

    /// Whether a type was there to be read; if not, this is `text/plain` by default.
    pub fn is_written(&self) -> bool {
        self.types.is_some()
    }

    /// The parameters, in the order they stand in.
    pub fn parameters(&self) -> Parameters<'a> {
        Parameters::in_value(self.value, self.rest)
    }

    /// The charset parameter, as it is written.
    pub fn charset(&self) -> Option<Cow<'a, str>> {
        self.parameters().get("charset")
    }

    /// The boundary parameter: the bytes that stand between two hyphens and the line end, without blanks at its end.
    pub fn boundary(&self) -> Option<Cow<'a, [u8]>> {
        self.boundary_with(&mut ())
    }

    /// [`boundary`](Self::boundary), and what was wrong with the parameters.
    pub fn boundary_with(&self, sink: &mut impl Sink<ValueDefect>) -> Option<Cow<'a, [u8]>> {
        Some(match self.parameters().bytes_with("boundary", sink)? {
            Cow::Borrowed(boundary) => Cow::Borrowed(trim_end(boundary)),
            Cow::Owned(mut boundary) => {
                boundary.truncate(trim_end(&boundary).len());
                Cow::Owned(boundary)
            }
        })
    }

    /// Type and subtype in lower case, owned.
    pub(crate) fn to_lowercase(self) -> String {
        let mut text = [self.media_type(), "/", self.subtype()].concat();
        text.make_ascii_lowercase();
        text
    }

    /// The value it was read from.
    pub fn raw(&self) -> &'a [u8] {
        self.value
    }
}

/// Type and subtype in lower case: `text/plain`.
impl fmt::Display for ContentType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.media_type().chars().chain(['/']).chain(self.subtype().chars());
        written.map(|c| c.to_ascii_lowercase()).try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for ContentType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentType({:?})", Escaped(trim(self.value)))
    }
}

/// Type, subtype, and what stands behind them.
type Parts<'a> = (&'a [u8], &'a [u8], &'a [u8]);

fn read(value: &[u8]) -> Option<Parts<'_>> {
    read_plain(value).or_else(|| read_decorated(value))
}

/// The usual spelling: nothing before, between or right behind the two words.
#[inline]
fn read_plain(value: &[u8]) -> Option<Parts<'_>> {
    let value = value.strip_prefix(b" ").unwrap_or(value);
    if let Some(parts) = common(value) {
        return Some(parts);
    }
    let (media_type, rest) = token(value)?;
    let (subtype, behind) = token(rest.strip_prefix(b"/")?)?;
    matches!(behind, [] | [b';' | b' ' | b'\r' | b'\n', ..]).then_some((media_type, subtype, behind))
}

/// The types that most parts have, without a look at each letter.
#[inline]
fn common(value: &[u8]) -> Option<Parts<'_>> {
    const COMMON: [(&[u8], &[u8], &[u8]); 4] = [
        (b"text/plain", b"text", b"plain"),
        (b"text/html", b"text", b"html"),
        (b"multipart/alternative", b"multipart", b"alternative"),
        (b"multipart/mixed", b"multipart", b"mixed"),
    ];
    let behind = |whole| match value.strip_prefix(whole)? {
        behind @ ([] | [b';' | b' ' | b'\r' | b'\n', ..]) => Some(behind),
        _ => None,
    };
    let found = |(whole, media_type, subtype)| Some((media_type, subtype, behind(whole)?));
    COMMON.into_iter().find_map(found)
}

fn read_decorated(value: &[u8]) -> Option<Parts<'_>> {
    let rest = skip_cfws(value);
    let (media_type, rest) = token(rest.strip_prefix(b"\"").unwrap_or(rest))?;
    let (mut subtype, mut rest) = token(skip_cfws(skip_cfws(rest).strip_prefix(b"/")?))?;
    // Said twice, by software that puts the type before a subtype that already has it.
    if subtype.eq_ignore_ascii_case(media_type)
        && let [b'/', again @ ..] = rest
        && let Some(second) = token(again)
    {
        (subtype, rest) = second;
    }
    let end = rest.iter().position(|&byte| matches!(byte, b';' | b'(') || BLANK.contains(byte));
    let behind = rest.get(end.unwrap_or(rest.len())..)?;
    Some((media_type, subtype, behind))
}

/// Whether a word is `lower` in any case, which most software writes as it is here.
#[inline]
fn is_word(written: &[u8], lower: &[u8]) -> bool {
    written == lower || written.eq_ignore_ascii_case(lower)
}

fn token(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (token, rest) = bytes.split_at_checked(Class::TOKEN.prefix_len(bytes))?;
    (!token.is_empty()).then_some((token, rest))
}

/// What a content type means for the structure of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Structure {
    /// `multipart/…`
    Multipart,
    /// `multipart/digest`: its parts are messages unless they say otherwise.
    Digest,
    /// `message/rfc822`, `message/global`, `message/news`: a message of its own.
    Message,
    /// Anything else.
    Leaf,
}

impl Structure {
    /// Tells it from the value of a Content-Type field, without a look at the parameters.
    #[inline]
    pub(crate) fn of(value: &[u8]) -> Self {
        ContentType::parse_container(value).map_or(Self::Leaf, |found| found.structure())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a capital letter in it a type takes the long way.
    #[test]
    fn common_types_are_read_as_all_others() {
        for name in ["text/plain", "text/html", "multipart/alternative", "multipart/mixed"] {
            for behind in ["", ";", "; a=b", " ; a=b", "\r\n", "\n", "x", "/x", "(c)", "-x; a=b", "\t;"] {
                let plain = [" ", name, behind].concat();
                let capital = plain.replacen(['t', 'm'], "X", 1);
                let [plain, capital] = [&plain, &capital].map(|value| {
                    read(value.as_bytes())
                        .map(|(media_type, subtype, behind)| (media_type.len(), subtype, behind))
                });
                assert_eq!(plain, capital, "{name}{behind}");
            }
        }
    }

    /// The first letter decides most; it must decide as the whole value would.
    #[test]
    fn structure_is_that_of_the_content_type() {
        for (value, expected) in [
            (&b" text/plain; charset=utf-8"[..], Structure::Leaf),
            (b"", Structure::Leaf),
            (b" m", Structure::Leaf),
            (b" multipart", Structure::Leaf),
            (b" multipart/mixed", Structure::Multipart),
            (b"MultiPart/Mixed;boundary=x", Structure::Multipart),
            (b" multipart/multipart/mixed; boundary=x", Structure::Multipart),
            (b"\r\n\tmultipart/digest", Structure::Digest),
            (b" (comment) multipart / digest", Structure::Digest),
            (b" \"multipart/alternative\"", Structure::Multipart),
            (b" multipart/digestive", Structure::Multipart),
            (b" message/rfc822", Structure::Message),
            (b" message/global; x", Structure::Message),
            (b" message/news", Structure::Message),
            (b" message/delivery-status", Structure::Leaf),
            (b" message/rfc822-headers", Structure::Leaf),
            (b" model/multipart", Structure::Leaf),
            (b" x-message/rfc822", Structure::Leaf),
        ] {
            assert_eq!(Structure::of(value), expected, "{}", value.escape_ascii());
            assert_eq!(ContentType::parse(value).structure(), expected, "{}", value.escape_ascii());
        }
    }
}
