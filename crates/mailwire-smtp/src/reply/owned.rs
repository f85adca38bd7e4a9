//! A reply that outlives the buffer it came in.

use super::{Code, EnhancedCode, Reply};
use alloc::vec::Vec;
use core::fmt;

/// A reply on its own: what a [`Reply`] becomes that has to be kept.
///
/// ```
/// use mailwire_smtp::{Code, Reply};
///
/// let kept = Reply::parse(b"250-mx.example.org\r\n250 SIZE 1000\r\n")?.into_owned();
/// assert_eq!(kept.as_reply().code(), Code::OK);
/// assert_eq!(kept.as_reply().capabilities().size(), Some(1000));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ReplyBuf {
    raw: Vec<u8>,
    code: Code,
    enhanced: Option<EnhancedCode>,
}

impl ReplyBuf {
    pub(super) fn new(reply: Reply<'_>) -> Self {
        Self { raw: reply.raw.to_vec(), code: reply.code, enhanced: reply.enhanced }
    }

    /// The reply.
    pub fn as_reply(&self) -> Reply<'_> {
        Reply { raw: &self.raw, code: self.code, enhanced: self.enhanced }
    }
}

impl PartialEq for ReplyBuf {
    fn eq(&self, other: &Self) -> bool {
        self.as_reply() == other.as_reply()
    }
}

impl Eq for ReplyBuf {}

impl fmt::Display for ReplyBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_reply(), f)
    }
}

impl fmt::Debug for ReplyBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_reply(), f)
    }
}
