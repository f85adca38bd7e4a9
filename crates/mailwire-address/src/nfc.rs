//! Unicode normalisation form C, which RFC 6532 §3.1 recommends for addresses.

use crate::Address;
use alloc::borrow::Cow;
use icu_normalizer::ComposingNormalizerBorrowed;
use mailwire_core::ParseError;

/// `text` in form C.
pub(crate) fn normalize(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

impl Address {
    /// Whether the address is in Unicode normalisation form C, as RFC 6532 §3.1 asks of one.
    pub fn is_nfc(&self) -> bool {
        ComposingNormalizerBorrowed::new_nfc().is_normalized(self.as_str())
    }

    /// The address in Unicode normalisation form C.
    ///
    /// # Errors
    ///
    /// Where what comes out is no address: U+037E becomes a semicolon, U+1FEF a grave accent.
    ///
    /// ```
    /// use mailwire_address::Address;
    ///
    /// let address: Address = "e\u{301}va@example.com".parse()?;
    /// assert_eq!(address.to_nfc()?.as_str(), "éva@example.com");
    /// assert!(Address::parse("me@a\u{37e}.com")?.to_nfc().is_err());
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn to_nfc(&self) -> Result<Self, ParseError> {
        match normalize(self.as_str()) {
            Cow::Borrowed(_) => Ok(self.clone()),
            Cow::Owned(text) => Self::parse(&text),
        }
    }
}
