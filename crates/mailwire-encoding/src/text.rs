//! Decoded text and what it was decoded from.

use crate::Charset;
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// Text, the charset it was decoded with, and whether something was lost on the way.
///
/// Borrowed when the bytes were UTF-8 already.
///
/// ```
/// use mailwire_encoding::{Charset, charset};
///
/// let text = charset::decode(Some(b"iso-8859-1"), b"caf\xe9", charset::Fallback::Body);
/// assert_eq!(text.text(), "café");
/// assert_eq!(text.charset(), Charset::WINDOWS_1252);
/// assert!(!text.is_lossy());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    content: Cow<'a, str>,
    /// `US_ASCII` stands for what was declared so: the text may be UTF-8 all the same.
    charset: Charset,
    lossy: bool,
}

impl<'a> Text<'a> {
    pub(crate) fn with_loss(text: Cow<'a, str>, charset: Charset, loss: Loss) -> Self {
        Self { content: text, charset, lossy: loss == Loss::Some }
    }

    pub(crate) fn map(self, change: impl FnOnce(Cow<'a, str>) -> Cow<'a, str>) -> Self {
        Self { content: change(self.content), ..self }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.content
    }

    /// The text itself, borrowed from the bytes where that was possible.
    pub fn into_text(self) -> Cow<'a, str> {
        self.content
    }

    /// The charset the bytes were read in: the one declared, or the one that was taken instead.
    pub fn charset(&self) -> Charset {
        if self.charset == Charset::US_ASCII && !self.content.is_ascii() {
            Charset::UTF_8
        } else {
            self.charset
        }
    }

    /// Whether bytes that mean nothing in the charset became U+FFFD.
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }

    /// The same text, which no longer borrows from the bytes.
    pub fn into_owned(self) -> Text<'static> {
        Text { content: Cow::Owned(self.content.into_owned()), charset: self.charset, lossy: self.lossy }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.content)
    }
}

/// Whether a decoder had to write U+FFFD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    None,
    Some,
}

/// Text that grows, and whether something was lost on the way to it.
pub(crate) struct Draft<'a> {
    pub(crate) text: &'a mut String,
    pub(crate) loss: Loss,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(text: &'a mut String) -> Self {
        Self { text, loss: Loss::None }
    }

    /// Bytes that mean nothing.
    pub(crate) fn lose(&mut self) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.loss = Loss::Some;
    }

    /// Bytes that are known to be ASCII.
    pub(crate) fn ascii(&mut self, bytes: &[u8]) {
        self.text.push_str(core::str::from_utf8(bytes).unwrap_or_default());
    }
}
