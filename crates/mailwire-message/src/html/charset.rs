//! The charset that an HTML document names itself.

use super::tag::{Attributes, Markup};
use mailwire_core::class;
use mailwire_encoding::Charset;

/// The label of the charset that an HTML document declares: by a byte order mark, by `<meta charset=…>`, or by
/// `<meta http-equiv=content-type content="…; charset=…">` in its first 1024 bytes.
///
/// As the prescan of the HTML standard (§13.2.3.2) finds it: comments are skipped, labels that nobody knows too, and UTF-16
/// in a document that can be read so far means UTF-8.
///
/// ```
/// use mailwire_message::html_charset;
///
/// let html = b"<html><META http-equiv=Content-Type content='text/html; charset=koi8-r'>";
/// assert_eq!(html_charset(html), Some(&b"koi8-r"[..]));
/// assert_eq!(html_charset(b"<!-- <meta charset=koi8-r> -->"), None);
/// ```
pub fn html_charset(html: &[u8]) -> Option<&[u8]> {
    match html {
        [0xef, 0xbb, 0xbf, ..] => return Some(b"utf-8"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some(b"utf-16"),
        _ => {}
    }
    let html = html.get(..PRESCANNED).unwrap_or(html);
    let mut at = 0;
    loop {
        let rest = html.get(at..)?;
        at += memchr::memchr(b'<', rest)?;
        let rest = html.get(at..)?;
        at += match Markup::parse(rest) {
            Markup::Text => 1,
            Markup::Nothing(len) => len,
            Markup::Start(tag) => {
                let mut attributes = Attributes::new(rest, 1 + tag.name.len());
                let mut meta = Meta::default();
                while let Some((name, value)) = attributes.next() {
                    meta.take(name, rest.get(value).unwrap_or_default());
                }
                // A tag that is cut off says nothing.
                let end = attributes.end()?;
                match meta.label().filter(|_| tag.name.eq_ignore_ascii_case(b"meta")) {
                    Some(label) => return Some(label),
                    None => end + 1,
                }
            }
            Markup::End(tag) => {
                let mut attributes = Attributes::new(rest, 2 + tag.name.len());
                while attributes.next().is_some() {}
                attributes.end()? + 1
            }
        };
    }
}

/// What a `<meta>` says. The first attribute of each name counts.
#[derive(Debug, Default)]
struct Meta<'h> {
    charset: Option<&'h [u8]>,
    content: Option<&'h [u8]>,
    http_equiv: Option<&'h [u8]>,
}

impl<'h> Meta<'h> {
    fn take(&mut self, name: &[u8], value: &'h [u8]) {
        for (known, place) in [
            (&b"charset"[..], &mut self.charset),
            (b"content", &mut self.content),
            (b"http-equiv", &mut self.http_equiv),
        ] {
            if name.eq_ignore_ascii_case(known) {
                place.get_or_insert(value);
            }
        }
    }

    /// The label, if it is one that somebody knows.
    fn label(&self) -> Option<&'h [u8]> {
        let is_type = self.http_equiv.is_some_and(|name| name.eq_ignore_ascii_case(b"content-type"));
        let label = self.charset.or_else(|| self.content.filter(|_| is_type).and_then(in_content))?;
        let charset = Charset::for_label(label)?;
        let is_utf16 = [Charset::UTF_16, Charset::UTF_16BE, Charset::UTF_16LE].contains(&charset);
        Some(if is_utf16 { b"utf-8" } else { class::trim(label) })
    }
}

/// The charset in the `content` of a `<meta>`.
fn in_content(content: &[u8]) -> Option<&[u8]> {
    let mut rest = content;
    loop {
        let at = rest.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))?;
        rest = rest.get(at + NAME.len()..)?;
        let [b'=', value @ ..] = rest.trim_ascii_start() else { continue };
        return match value.trim_ascii_start() {
            [quote @ (b'"' | b'\''), value @ ..] => {
                let end = value.iter().position(|byte| byte == quote)?;
                value.get(..end)
            }
            value => {
                let ends = |byte: &u8| *byte == b';' || byte.is_ascii_whitespace();
                value.get(..value.iter().position(ends).unwrap_or(value.len()))
            }
        };
    }
}

const NAME: &[u8] = b"charset";
const PRESCANNED: usize = 1024;
