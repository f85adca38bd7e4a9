//! One pass over a document, without a tree: what is open is counted, not kept.

use super::element::Element;
use super::hidden::{Ends, Inside};
use super::layout::{Layout, List};
use super::link::{self, Link};
use super::plain::{self, Kind};
use super::reference::{self, Meaning, Place};
use super::tag::{Attributes, Markup, Tag};
use alloc::string::String;
use memchr::memchr;

/// Writes the text of `html` to `out`.
pub(super) fn read(html: &str, out: &mut String) {
    let mut reader = Reader::new(html, out);
    reader.run(usize::MAX);
    reader.close_link();
    reader.layout.finish();
}

/// Writes the text of `html` to `out` until that has `most` bytes, without the addresses of links.
pub(super) fn read_start(html: &str, most: usize, out: &mut String) -> Extent {
    let mut reader = Reader { links: Links::AsText, ..Reader::new(html, out) };
    reader.run(most);
    reader.layout.finish();
    if reader.at < html.len() { Extent::Start } else { Extent::All }
}

/// How much of something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    All,
    Start,
}

struct Reader<'h, 'o> {
    html: &'h str,
    at: usize,
    layout: Layout<'o>,
    /// The element that is not shown, nor anything in it.
    hidden: Option<Inside<'h>>,
    /// The outermost element whose blanks are kept.
    preformatted: Option<Inside<'h>>,
    link: Option<Link<'h>>,
    /// What an attribute says once its references are read.
    scratch: String,
    links: Links,
}

/// What is written of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    WithAddress,
    AsText,
}

/// What is wanted of the attributes of a tag.
#[derive(Debug, Default)]
struct Wanted<'h> {
    href: Option<&'h str>,
    alt: Option<&'h str>,
    number: Option<i32>,
    is_hidden: bool,
    keeps_blanks: bool,
}

impl<'h, 'o> Reader<'h, 'o> {
    fn new(html: &'h str, out: &'o mut String) -> Self {
        let layout = Layout::new(out);
        let links = Links::WithAddress;
        let scratch = String::new();
        Self { html, at: 0, layout, hidden: None, preformatted: None, link: None, scratch, links }
    }

    /// Reads on until there is text up to the position `end`.
    fn run(&mut self, end: usize) {
        while let Some(rest) = self.rest()
            && self.layout.position() < end
        {
            let Some(&first) = rest.first() else { return };
            if self.hidden.is_some() && first != b'<' {
                self.at += memchr(b'<', rest).unwrap_or(rest.len());
                continue;
            }
            match Kind::of(first) {
                Kind::Plain => self.word(plain::run_len(rest)),
                Kind::Blank if !self.layout.preformatted => {
                    self.at += plain::blanks_len(rest);
                    self.layout.blank();
                }
                Kind::Blank | Kind::Odd => self.character(),
                Kind::Less => self.markup(),
                Kind::Ampersand => self.reference(),
            }
        }
    }

    /// Takes so many bytes as they are.
    fn word(&mut self, len: usize) {
        self.layout.word(self.html.get(self.at..self.at + len).unwrap_or_default());
        self.at += len;
    }

    /// Takes one character.
    fn character(&mut self) {
        let rest = self.html.get(self.at..).unwrap_or_default();
        let Some(mut c) = rest.chars().next() else { return };
        self.at += c.len_utf8();
        if c == '\r' {
            self.at += usize::from(rest.starts_with("\r\n"));
            c = '\n';
        }
        self.layout.character(c);
    }

    fn reference(&mut self) {
        self.at += 1;
        match reference::parse(self.rest().unwrap_or_default(), Place::Text) {
            Some((meaning, len)) => {
                self.at += len;
                match meaning {
                    Meaning::Character(c) => self.layout.character(c),
                    Meaning::Name(text) => text.chars().for_each(|c| self.layout.character(c)),
                }
            }
            None => self.layout.word("&"),
        }
    }

    fn rest(&self) -> Option<&'h [u8]> {
        self.html.as_bytes().get(self.at..)
    }

    /// Takes what begins with `<`.
    #[inline]
    fn markup(&mut self) {
        let Some(rest) = self.rest() else { return };
        match Markup::parse(rest) {
            Markup::Text => {
                if self.hidden.is_none() {
                    self.layout.word("<");
                }
                self.at += 1;
            }
            Markup::Nothing(len) => self.at += len,
            Markup::Start(tag) => {
                self.at += 1 + tag.name.len();
                let mut wanted = Wanted::default();
                if self.attributes(|name, value| wanted.take(tag.element, name, value)) {
                    self.start(&tag, &wanted);
                }
            }
            Markup::End(tag) => {
                self.at += 2 + tag.name.len();
                if self.attributes(|_, _| {}) {
                    self.end(&tag);
                }
            }
        }
    }

    /// Reads the attributes and goes behind the tag. Where the document ends in it, it is none.
    #[inline]
    fn attributes(&mut self, mut take: impl FnMut(&'h [u8], &'h str)) -> bool {
        if let Some([b'>', ..]) = self.rest() {
            self.at += 1;
            return true;
        }
        let mut attributes = Attributes::new(self.html.as_bytes(), self.at);
        while let Some((name, value)) = attributes.next() {
            take(name, self.html.get(value).unwrap_or_default());
        }
        let end = attributes.end();
        self.at = end.map_or(self.html.len(), |end| end + 1);
        end.is_some()
    }

    fn start(&mut self, tag: &Tag<'h>, wanted: &Wanted<'h>) {
        if let Some(hidden) = &mut self.hidden {
            if hidden.start(tag) == Ends::Not {
                if tag.element == Element::Raw || tag.element == Element::Literal {
                    self.skip_raw(tag);
                }
                return;
            }
            self.hidden = None;
        }
        if self.preformatted.as_mut().is_some_and(|element| element.start(tag) == Ends::Before) {
            self.end_preformatted();
        }
        if wanted.is_hidden || tag.element == Element::Template {
            match tag.element {
                Element::Raw | Element::Literal => self.skip_raw(tag),
                element if element.is_void() => {}
                _ => self.hidden = Some(Inside::new(tag)),
            }
            return;
        }
        let keeps_blanks = wanted.keeps_blanks || tag.element == Element::Preformatted;
        if keeps_blanks && self.preformatted.is_none() && !tag.element.is_void() {
            self.preformatted = Some(Inside::new(tag));
            self.layout.preformatted = true;
        }
        self.show(tag, wanted);
    }

    fn show(&mut self, tag: &Tag<'h>, wanted: &Wanted<'h>) {
        let layout = &mut self.layout;
        match tag.element {
            Element::Inline | Element::Void | Element::Template => {}
            Element::Block => layout.block(),
            Element::Paragraph | Element::Heading => layout.paragraph(),
            Element::Break => layout.line_break(),
            Element::Rule => layout.rule(),
            Element::Unordered => layout.begin_list(List::Bullets),
            Element::Ordered => layout.begin_list(List::Numbers(wanted.number.unwrap_or(1))),
            Element::Definitions => layout.begin_list(List::Terms),
            Element::Item => layout.begin_item(wanted.number),
            Element::Term => layout.begin_definition(List::Terms),
            Element::Description => layout.begin_definition(List::Descriptions),
            Element::Quote => layout.begin_quote(),
            Element::Table => layout.begin_table(),
            Element::Row => layout.row(),
            Element::Cell => layout.cell(),
            Element::Anchor => {
                self.close_link();
                if let Some(href) = wanted.href.filter(|_| self.links == Links::WithAddress) {
                    let start = self.layout.position();
                    self.link = Some(Link { href, start, has_image: false });
                }
            }
            Element::Image => self.image(wanted.alt.unwrap_or_default()),
            Element::Preformatted => {
                layout.paragraph();
                // "If the next token is a U+000A LINE FEED (LF) character token, then ignore that token".
                match self.rest() {
                    Some([b'\n', ..]) => self.at += 1,
                    Some([b'\r', b'\n', ..]) => self.at += 2,
                    _ => {}
                }
            }
            Element::Raw => self.skip_raw(tag),
            Element::Literal => {
                layout.paragraph();
                layout.preformatted = true;
                let end = self.at + self.raw_len(tag);
                self.literal(end);
            }
            Element::PlainText => {
                layout.paragraph();
                layout.preformatted = true;
                self.literal(self.html.len());
            }
        }
    }

    fn end(&mut self, tag: &Tag<'h>) {
        if let Some(hidden) = &mut self.hidden {
            match hidden.end(tag) {
                Ends::Not => return,
                Ends::Behind => {
                    self.hidden = None;
                    return;
                }
                Ends::Before => self.hidden = None,
            }
        }
        if self.preformatted.as_mut().is_some_and(|element| element.end(tag) != Ends::Not) {
            self.end_preformatted();
        }
        let layout = &mut self.layout;
        match tag.element {
            Element::Block | Element::Term | Element::Description => layout.block(),
            Element::Paragraph | Element::Heading | Element::Preformatted | Element::Literal => {
                layout.paragraph();
            }
            // Browsers take it for a `<br>`.
            Element::Break => layout.line_break(),
            Element::Unordered | Element::Ordered | Element::Definitions => layout.end_list(),
            Element::Item => layout.end_item(),
            Element::Quote => layout.end_quote(),
            Element::Table => layout.end_table(),
            Element::Row => layout.row_break(),
            Element::Anchor => self.close_link(),
            _ => {}
        }
    }

    fn end_preformatted(&mut self) {
        self.preformatted = None;
        self.layout.preformatted = false;
    }

    fn image(&mut self, alt: &str) {
        if alt.is_empty() {
            if let Some(link) = &mut self.link {
                link.has_image = true;
            }
            return;
        }
        let alt = link::attribute(alt, &mut self.scratch);
        // A picture of a character stands in its word; any other is a thing of its own.
        let apart = alt.chars().any(char::is_alphanumeric);
        if apart {
            self.layout.blank();
        }
        alt.chars().for_each(|c| self.layout.character(c));
        if apart {
            self.layout.blank();
        }
    }

    fn close_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let text = self.layout.written(link.start).trim_ascii();
        if text.is_empty() && !link.has_image {
            return;
        }
        let href = link::attribute(link.href, &mut self.scratch);
        if let Some(url) = link::worth_reading(href, text) {
            if text.is_empty() {
                self.layout.open();
                self.layout.append(|out| link::write(url, out));
            } else {
                self.layout.append(|out| {
                    out.push(' ');
                    link::write(url, out);
                });
            }
        }
    }

    /// Writes what is between here and `end` as it is.
    fn literal(&mut self, end: usize) {
        while self.at < end {
            let rest = self.html.as_bytes().get(self.at..end).unwrap_or_default();
            match rest.first().map(|&first| Kind::of(first)) {
                Some(Kind::Plain) => self.word(plain::run_len(rest)),
                Some(Kind::Less | Kind::Ampersand) => self.word(1),
                _ => self.character(),
            }
        }
        self.layout.preformatted = self.preformatted.is_some();
    }

    /// Goes to the end tag of an element that has no tags in it.
    fn skip_raw(&mut self, tag: &Tag<'_>) {
        self.at += self.raw_len(tag);
    }

    /// How much there is before the end tag; all of the rest where there is none.
    fn raw_len(&self, tag: &Tag<'_>) -> usize {
        let rest = self.rest().unwrap_or_default();
        for at in memchr::memchr_iter(b'<', rest) {
            if let Some([b'/', name @ ..]) = rest.get(at + 1..) {
                let (name, behind) = name.split_at_checked(tag.name.len()).unwrap_or_default();
                let ends = matches!(behind, [b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>', ..]);
                if ends && name.eq_ignore_ascii_case(tag.name) {
                    return at;
                }
            }
        }
        rest.len()
    }
}

impl<'h> Wanted<'h> {
    fn take(&mut self, element: Element, name: &[u8], value: &'h str) {
        // The first of each name counts, as in browsers.
        match name.len() {
            3 if element == Element::Image && self.alt.is_none() && name.eq_ignore_ascii_case(b"alt") => {
                self.alt = Some(value);
            }
            4 if element == Element::Anchor && self.href.is_none() && name.eq_ignore_ascii_case(b"href") => {
                self.href = Some(value);
            }
            5 if name.eq_ignore_ascii_case(b"style") => self.style(value),
            5 if element == Element::Ordered && name.eq_ignore_ascii_case(b"start")
                || element == Element::Item && name.eq_ignore_ascii_case(b"value") =>
            {
                self.number = value.trim().parse().ok();
            }
            6 if name.eq_ignore_ascii_case(b"hidden") => self.is_hidden = true,
            _ => {}
        }
    }

    /// Looks for the declarations that hide, and for those that keep blanks.
    fn style(&mut self, style: &str) {
        let (mut no_height, mut clipped) = (false, false);
        let mut rest = style.as_bytes();
        while !rest.is_empty() {
            let end = memchr(b';', rest).unwrap_or(rest.len());
            let declaration = rest.get(..end).unwrap_or_default().trim_ascii_start();
            rest = rest.get(end + 1..).unwrap_or_default();
            if !matches!(
                declaration,
                [b'd' | b'D' | b'v' | b'V' | b'm' | b'M' | b'o' | b'O' | b'w' | b'W', ..]
            ) {
                continue;
            }
            let Some(colon) = memchr(b':', declaration) else { continue };
            let name = declaration.get(..colon).unwrap_or_default().trim_ascii_end();
            let value = declaration.get(colon + 1..).unwrap_or_default().trim_ascii_start();
            let is =
                |word: &[u8]| value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            if name.eq_ignore_ascii_case(b"display") {
                self.is_hidden |= is(b"none");
            } else if name.eq_ignore_ascii_case(b"visibility") {
                self.is_hidden |= is(b"hidden") || is(b"collapse");
            } else if name.eq_ignore_ascii_case(b"max-height") {
                no_height = is(b"0") && !is(b"0.");
            } else if name.eq_ignore_ascii_case(b"overflow") {
                clipped = is(b"hidden");
            } else if name.eq_ignore_ascii_case(b"white-space") {
                self.keeps_blanks = is(b"pre") && !is(b"pre-line");
            }
        }
        self.is_hidden |= no_height && clipped;
    }
}
