//! The names a part gives its file.

use super::{ContentType, Disposition, ParameterValue, ValueDefect};
use alloc::borrow::Cow;
use mailwire_core::Sink;

/// Every name a part gives its file, the most trusted first: `filename*` and `filename` of its Content-Disposition,
/// `name*` and `name` of its Content-Type.
///
/// The first is *the* file name; a filter looks at all of them, because the reader it protects may take another.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::FileNames;
///
/// let names = FileNames::new(
///     Some(b"attachment; filename=\"=?utf-8?Q?caf=C3=A9.txt?=\""),
///     Some(b"text/plain; name=coffee.exe"),
/// );
/// assert_eq!(names.collect::<Vec<_>>(), ["café.txt", "coffee.exe"]);
/// ```
#[derive(Clone, Debug)]
pub struct FileNames<'a> {
    disposition: Option<ParameterValue<'a>>,
    content_type: Option<ParameterValue<'a>>,
    next: u8,
}

impl<'a> FileNames<'a> {
    /// The names in the values of a part's Content-Disposition and Content-Type fields.
    pub fn new(disposition: Option<&'a [u8]>, content_type: Option<&'a [u8]>) -> Self {
        Self {
            disposition: disposition
                .and_then(|value| Disposition::parse(value).parameters().find("filename")),
            content_type: content_type.and_then(|value| ContentType::parse(value).parameters().find("name")),
            next: 0,
        }
    }

    /// The first name, and a report when another one differs from it. The range of the report is empty: the names come
    /// from two fields.
    pub fn first_with(self, sink: &mut impl Sink<ValueDefect>) -> Option<Cow<'a, str>> {
        let mut names = self;
        let first = names.next()?;
        if names.any(|name| name != first) {
            sink.report(ValueDefect::FileNames, 0..0);
        }
        Some(first)
    }
}

impl<'a> Iterator for FileNames<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        loop {
            self.next = self.next.saturating_add(1);
            let name = match self.next {
                1 => self.disposition.as_ref().and_then(ParameterValue::extended),
                2 => self.disposition.as_ref().and_then(ParameterValue::plain),
                3 => self.content_type.as_ref().and_then(ParameterValue::extended),
                4 => self.content_type.as_ref().and_then(ParameterValue::plain),
                _ => return None,
            };
            if name.as_ref().is_some_and(|name| !name.is_empty()) {
                return name;
            }
        }
    }
}

impl core::iter::FusedIterator for FileNames<'_> {}
