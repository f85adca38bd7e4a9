//! How long a message waits.

/// How many seconds a message waits before it is delivered.
///
/// Grammar: `1*9DIGIT` ([RFC 4865 §3](https://www.rfc-editor.org/rfc/rfc4865#section-3)).
///
/// ```
/// use mailwire_smtp::HoldFor;
///
/// assert_eq!(HoldFor::new(3600).map(HoldFor::seconds), Some(3600));
/// assert_eq!(HoldFor::new(1_000_000_000), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldFor(u32);

impl HoldFor {
    /// So many seconds; `None` above nine digits.
    pub const fn new(seconds: u32) -> Option<Self> {
        if seconds <= 999_999_999 { Some(Self(seconds)) } else { None }
    }

    /// Seconds.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}
