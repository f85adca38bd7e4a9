//! HTML as text, text as HTML, and the charset that HTML names itself.

mod charset;
mod element;
mod hidden;
mod layout;
mod link;
mod names;
mod plain;
mod reader;
mod reference;
mod tag;
mod write;

pub use charset::html_charset;
pub(crate) use reader::Extent;
pub use write::text_to_html;

use alloc::string::String;

/// The text of an HTML document, as somebody would read it: for a view without HTML, a search index, a preview.
///
/// Paragraphs, headings, lists, quotes, tables and preformatted text become lines; white space is made one blank
/// as browsers do it. What a browser does not show is left out: scripts, styles, comments, what is hidden by its
/// attributes, the invisible characters that push a text out of previews. Links are written as `text <address>` if the
/// address says more than the text, pictures as their alternative text.
///
/// No line ends with a blank, no two blank lines follow each other, and nothing but letters, blanks, tabs and `\n`
/// comes out. Any input is read in linear time, without recursion; the text is at most twelve times as long.
///
/// ```
/// use mailwire_message::html_to_text;
///
/// let html = "<p>Dear&nbsp;Bob,<p>see <a href='https://example.org/'>this</a>:<ul><li>one<li>two</ul>";
/// assert_eq!(html_to_text(html), "Dear Bob,\n\nsee this <https://example.org/>:\n\n* one\n* two");
/// ```
pub fn html_to_text(html: &str) -> String {
    let mut out = String::new();
    html_to_text_into(html, &mut out);
    out
}

/// [`html_to_text`], appended to `out`.
///
/// ```
/// let mut out = String::from("Text: ");
/// mailwire_message::html_to_text_into("a<br>b", &mut out);
/// assert_eq!(out, "Text: a\nb");
/// ```
pub fn html_to_text_into(html: &str, out: &mut String) {
    reader::read(html, out);
}

/// The first words of an HTML document, without the addresses of its links: all of it, or somewhat more than `most` bytes
/// of text.
pub(crate) fn first_words(html: &str, most: usize) -> (String, Extent) {
    let mut out = String::with_capacity(most.min(html.len()));
    let extent = reader::read_start(html, most, &mut out);
    (out, extent)
}
