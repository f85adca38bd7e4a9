//! Text whose line breaks are soft: `text/plain; format=flowed` (RFC 3676).
//!
//! ```text
//! >> This paragraph has been wrapped, ␣      a blank at the end: the next line continues this one
//! >> and ends here.                          no blank: the paragraph ends
//! -- ␣                                       the signature's separator: neither
//! ```
//!
//! [`unflow`] gives the text as it was meant, one line a paragraph; [`paragraphs`] what a reader needs that wraps it
//! anew: each with its depth of quoting. [`Part::text_unflowed`](crate::Part::text_unflowed) does it for a part that
//! asks for it.

use alloc::borrow::Cow;
use alloc::string::String;
use core::iter::FusedIterator;
use memchr::memchr;

/// What becomes of the blank before a soft line break: the parameter `delsp` of the type (RFC 3676 §4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the parameter is yes or no")]
pub enum DelSp {
    /// It stays, since it stands between two words: `delsp=no`, and where the type does not say.
    #[default]
    No,
    /// It goes, since it was put there: `delsp=yes`, for scripts without blanks.
    Yes,
}

/// `text` with every paragraph in one line.
///
/// Quoted paragraphs keep their `>`, with a blank behind them where there is text; the blanks that protect a line are taken off (RFC
/// 3676 §4.4). Each paragraph keeps the line end of its last line. Borrowed where the text has nothing of all that.
///
/// # Examples
///
/// ```
/// use mailwire_message::flowed::{DelSp, unflow};
///
/// let text = "> Take some \r\n>more tea.\r\nI've had \r\nnothing yet.\r\n-- \r\nAlice\r\n";
/// let meant = "> Take some more tea.\r\nI've had nothing yet.\r\n-- \r\nAlice\r\n";
/// assert_eq!(unflow(text, DelSp::No), meant);
/// assert_eq!(unflow("一二 \n三\n", DelSp::Yes), "一二三\n");
/// ```
pub fn unflow(text: &str, delsp: DelSp) -> Cow<'_, str> {
    let is_plain = |line: &str| !line.starts_with([' ', '>']) && (line == SIGNATURE || !line.ends_with(' '));
    if lines(text).all(|(line, _)| is_plain(line)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for paragraph in paragraphs(text, delsp) {
        out.extend(core::iter::repeat_n('>', paragraph.quote_depth));
        if paragraph.quote_depth > 0 && !paragraph.text.is_empty() {
            out.push(' ');
        }
        out.push_str(&paragraph.text);
        out.push_str(paragraph.line_end);
    }
    Cow::Owned(out)
}

/// The paragraphs of a flowed text, in order.
///
/// A line that ends with a blank is continued by the next, unless that has another depth of quoting ("quote-depth wins", §4.5)
/// or is the separator of the signature (§4.3).
///
/// # Examples
///
/// ```
/// use mailwire_message::flowed::{DelSp, paragraphs};
///
/// let all: Vec<_> = paragraphs(">> a \n>> b\n> c \n d", DelSp::No).collect();
/// let shown: Vec<_> = all.iter().map(|paragraph| (paragraph.quote_depth(), paragraph.text())).collect();
/// assert_eq!(shown, [(2, "a b"), (1, "c "), (0, "d")]);
/// ```
pub fn paragraphs(text: &str, delsp: DelSp) -> Paragraphs<'_> {
    Paragraphs { lines: lines(text), delsp, next: None }
}

/// The paragraphs of a text. See [`paragraphs`].
#[derive(Clone, Debug)]
pub struct Paragraphs<'a> {
    lines: Lines<'a>,
    delsp: DelSp,
    /// A line that was read and did not continue the paragraph before it.
    next: Option<Line<'a>>,
}

/// One paragraph of a flowed text, or a line of its own: what stands between two hard line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    quote_depth: usize,
    text: Cow<'a, str>,
    line_end: &'a str,
    is_signature: bool,
}

impl Paragraph<'_> {
    /// How many times it was quoted.
    pub fn quote_depth(&self) -> usize {
        self.quote_depth
    }

    /// Its text, without the quoting and without line breaks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is the line `-- ` before a signature (RFC 3676 §4.3).
    pub fn is_signature_separator(&self) -> bool {
        self.is_signature
    }
}

impl<'a> Iterator for Paragraphs<'a> {
    type Item = Paragraph<'a>;

    fn next(&mut self) -> Option<Paragraph<'a>> {
        let first = self.next.take().or_else(|| self.read())?;
        let mut paragraph = Paragraph {
            quote_depth: first.quote_depth,
            text: Cow::Borrowed(first.content),
            line_end: first.end,
            is_signature: first.kind == Kind::Signature,
        };
        let mut kind = first.kind;
        while kind == Kind::Flowed {
            let Some(line) = self.read() else { break };
            if line.quote_depth != first.quote_depth || line.kind == Kind::Signature {
                self.next = Some(line);
                break;
            }
            paragraph.text.to_mut().push_str(line.content);
            paragraph.line_end = line.end;
            kind = line.kind;
        }
        Some(paragraph)
    }
}

impl FusedIterator for Paragraphs<'_> {}

impl<'a> Paragraphs<'a> {
    fn read(&mut self) -> Option<Line<'a>> {
        let (line, end) = self.lines.next()?;
        Some(Line::read(line, end, self.delsp))
    }
}

#[derive(Clone, Debug)]
struct Line<'a> {
    quote_depth: usize,
    content: &'a str,
    end: &'a str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fixed,
    Flowed,
    Signature,
}

impl<'a> Line<'a> {
    /// Quote marks, then stuffing, then the soft line break: the order of RFC 3676 §4.4.
    fn read(line: &'a str, end: &'a str, delsp: DelSp) -> Self {
        let unquoted = line.trim_start_matches('>');
        let quote_depth = line.len() - unquoted.len();
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        // "An (optionally quoted or quoted and stuffed) line consisting of DASH DASH SP is neither fixed nor flowed."
        let is_signature = content == SIGNATURE && (quote_depth > 0 || line == SIGNATURE);
        let (kind, content) = match content.strip_suffix(' ') {
            _ if is_signature => (Kind::Signature, content),
            None => (Kind::Fixed, content),
            Some(deleted) if delsp == DelSp::Yes => (Kind::Flowed, deleted),
            Some(_) => (Kind::Flowed, content),
        };
        Self { quote_depth, content, end, kind }
    }
}

const SIGNATURE: &str = "-- ";

fn lines(text: &str) -> Lines<'_> {
    Lines { rest: text }
}

/// Lines and their line ends; none behind the last.
#[derive(Clone, Debug)]
struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |line_end| line_end + 1);
        let (whole, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let line = whole.strip_suffix('\n').map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line));
        whole.split_at_checked(line.len())
    }
}
