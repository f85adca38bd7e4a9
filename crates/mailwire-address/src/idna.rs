//! Domains in other scripts, and their form in ASCII (RFC 5890, by the processing of UTS 46).

use crate::DomainName;
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// A domain with a label that IDNA does not allow: an A-label that stands for nothing, a character that no label may have, a
/// script that runs both ways at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdnaError(());

impl fmt::Display for IdnaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the domain has a label that IDNA does not allow")
    }
}

impl core::error::Error for IdnaError {}

impl<'a> DomainName<'a> {
    /// The form in ASCII, for DNS and for servers without `SMTPUTF8`. A name that is ASCII already is given as it is.
    ///
    /// What UTS 46 maps is mapped: `K.example` (with a Kelvin sign) becomes `k.example`; [`is_idna`](Self::is_idna) tells.
    ///
    /// # Errors
    ///
    /// Where IDNA does not allow a label.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect, Domain};
    ///
    /// let address = AddrSpec::parse("ann@blåbær.example".as_bytes(), Dialect::SMTPUTF8)?;
    /// let Some(Domain::Name(name)) = address.domain() else { panic!() };
    /// assert_eq!(name.to_ascii()?, "xn--blbr-roah.example");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_ascii(&self) -> Result<Cow<'a, str>, IdnaError> {
        let text = self.to_text();
        if text.is_ascii() {
            return Ok(text);
        }
        let ascii = Uts46::new().to_ascii(
            text.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        );
        ascii.map(|ascii| Cow::Owned(ascii.into_owned())).map_err(|_| IdnaError(()))
    }

    /// The form to show.
    ///
    /// # Errors
    ///
    /// Where IDNA does not allow a label, be it an A-label: `xn--0049` would be shown as something that it is not.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect, Domain};
    ///
    /// let name = |text: &'static [u8]| match AddrSpec::parse(text, Dialect::SMTP).unwrap().domain() {
    ///     Some(Domain::Name(name)) => name,
    ///     _ => panic!(),
    /// };
    /// assert_eq!(name(b"ann@xn--blbr-roah.example").to_unicode()?, "blåbær.example");
    /// assert!(name(b"ann@xn--0049.example").to_unicode().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_unicode(&self) -> Result<Cow<'a, str>, IdnaError> {
        unicode(&self.to_text()).map(Cow::Owned)
    }

    /// Whether every label is one of RFC 5890 as it stands, with nothing to be mapped: LDH, an A-label that stands for a
    /// U-label, or a U-label.
    pub fn is_idna(&self) -> bool {
        let text = self.to_text();
        if text.is_ascii() {
            return unicode(&text).is_ok();
        }
        self.to_ascii().and_then(|ascii| unicode(&ascii)).is_ok_and(|shown| same(&shown, &text))
    }
}

fn unicode(text: &str) -> Result<String, IdnaError> {
    // In ASCII a label may be what it likes; what is not must not become a semicolon or a bracket.
    let refused = if text.is_ascii() { AsciiDenyList::EMPTY } else { AsciiDenyList::STD3 };
    let (unicode, result) = Uts46::new().to_unicode(text.as_bytes(), refused, Hyphens::Allow);
    result.map(|()| unicode.into_owned()).map_err(|_| IdnaError(()))
}

/// Whether the labels are the same, but for the case of those that are ASCII.
fn same(shown: &str, text: &str) -> bool {
    let same = |(shown, label): (&str, &str)| {
        shown == label || label.is_ascii() && shown.eq_ignore_ascii_case(label)
    };
    shown.split('.').count() == text.split('.').count() && shown.split('.').zip(text.split('.')).all(same)
}
