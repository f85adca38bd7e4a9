//! Where to post to a mailing list (RFC 2369 §3.4), and how to leave it with one click (RFC 8058).

use super::cursor::{Cursor, ends_word};
use super::scan::range_in;
use super::{Uris, ValueDefect};
use mailwire_core::Sink;
use mailwire_core::class::trim;

/// The value of a List-Post field.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::ListPost;
///
/// assert!(matches!(ListPost::parse(b" NO (posting not allowed on this list)"), ListPost::No));
/// let ListPost::To(mut uris) = ListPost::parse(b"<mailto:list@host.example>") else { unreachable!() };
/// assert_eq!(uris.next().unwrap().as_bytes(), b"mailto:list@host.example");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ListPost<'a> {
    /// `NO`: nobody may post.
    No,
    /// Post to one of these; the first is preferred.
    To(Uris<'a>),
}

impl<'a> ListPost<'a> {
    /// Reads the value.
    pub fn parse(value: &'a [u8]) -> Self {
        Self::parse_with(value, &mut ())
    }

    /// [`parse`](Self::parse), and what was wrong. The URIs tell their own defects when they are read.
    pub fn parse_with(value: &'a [u8], sink: &mut impl Sink<ValueDefect>) -> Self {
        let mut cursor = Cursor::new(value);
        cursor.skip(&mut ());
        let word = cursor.take(|byte| byte == b',' || ends_word(byte));
        if !word.eq_ignore_ascii_case(b"NO") {
            return Self::To(Uris::new(value));
        }
        cursor.skip(sink);
        if !cursor.rest.is_empty() {
            cursor.report(ValueDefect::UriJunk, trim(cursor.rest), sink);
        }
        Self::No
    }
}

/// Whether the value of a List-Unsubscribe-Post field is `List-Unsubscribe=One-Click`, the only one there is (RFC 8058
/// §5). [`Headers::one_click_unsubscribe`](crate::Headers::one_click_unsubscribe) asks for the URI, too.
///
/// ```
/// use mailwire_message::value::is_one_click;
///
/// assert!(is_one_click(b" List-Unsubscribe=One-Click\r\n"));
/// assert!(!is_one_click(b" List-Unsubscribe=Two-Clicks\r\n"));
/// ```
pub fn is_one_click(value: &[u8]) -> bool {
    is_one_click_with(value, &mut ())
}

/// [`is_one_click`], and what was wrong.
pub fn is_one_click_with(value: &[u8], sink: &mut impl Sink<ValueDefect>) -> bool {
    let is = trim(value).eq_ignore_ascii_case(b"List-Unsubscribe=One-Click");
    if !is {
        sink.report(ValueDefect::BadUnsubscribePost, range_in(value, trim(value)));
    }
    is
}
