//! Lines of listings.

use super::{LanguageListing, ScanListing, UniqueIdListing};
use crate::Pop3Defect;
use crate::capability::Capability;
use crate::sasl::Mechanism;
use alloc::vec::Vec;
use mailwire_core::class::trim_end;
use mailwire_core::{LineText, ParseError, Sink};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Listing {
    /// Capabilities: `CAPA`.
    Capabilities,
    /// Messages and their sizes: `LIST`.
    Sizes,
    /// Messages and their unique-ids: `UIDL`.
    UniqueIds,
    /// Mechanisms: `AUTH`.
    Mechanisms,
    /// Languages: `LANG`.
    Languages,
}

/// A line of a listing, its dot unstuffed, not read yet: a line that is wrong does not spoil the others.
///
/// ```
/// use mailwire_pop3::response::{Entry, Listing, ListingLine};
/// use mailwire_core::LineText;
///
/// let line = ListingLine::new(Listing::Sizes, LineText::new(b"1 120")?);
/// let Entry::Size(scan) = line.entry()? else { panic!() };
/// assert_eq!((scan.message().get(), scan.octets()), (1, 120));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListingLine<'a> {
    listing: Listing,
    text: LineText<'a>,
}

impl<'a> ListingLine<'a> {
    /// A line without its line end.
    pub fn new(listing: Listing, text: LineText<'a>) -> Self {
        Self { listing, text }
    }

    pub(super) fn unstuffed(line: &'a [u8], listing: Listing) -> Result<Self, ParseError> {
        let text = line.strip_prefix(b".").unwrap_or(line);
        match LineText::new(text) {
            Ok(text) => Ok(Self { listing, text }),
            Err(error) => Err(error.shifted(line.len() - text.len())),
        }
    }

    /// What it is a line of.
    pub fn listing(&self) -> Listing {
        self.listing
    }

    /// The line, without its line end.
    pub fn text(&self) -> LineText<'a> {
        self.text
    }

    /// What it says.
    ///
    /// # Errors
    ///
    /// At the first octet of the [text](Self::text) that such an entry can't have there.
    pub fn entry(&self) -> Result<Entry<'a>, ParseError> {
        self.entry_with(&mut ())
    }

    /// The same, with what is forgiven and where.
    ///
    /// # Errors
    ///
    /// As [`entry`](Self::entry).
    #[inline]
    pub fn entry_with(&self, sink: &mut impl Sink<Pop3Defect>) -> Result<Entry<'a>, ParseError> {
        let text = self.text.as_bytes();
        match self.listing {
            Listing::Capabilities => Capability::parse_with(text, sink).map(Entry::Capability),
            Listing::Sizes => ScanListing::parse_with(text, sink).map(Entry::Size),
            Listing::UniqueIds => UniqueIdListing::parse_with(text, sink).map(Entry::UniqueId),
            Listing::Languages => LanguageListing::parse_with(text, sink).map(Entry::Language),
            Listing::Mechanisms => {
                let name = trim_end(text);
                if name.len() < text.len() {
                    sink.report(Pop3Defect::TrailingBlank, name.len()..text.len());
                }
                Mechanism::new(name).map(Entry::Mechanism)
            }
        }
    }

    /// Writes the line, stuffed, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        if self.text.as_bytes().starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(self.text.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

/// What a line of a listing says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// A capability.
    Capability(Capability<'a>),
    /// A message and its size.
    Size(ScanListing),
    /// A message and its unique-id.
    UniqueId(UniqueIdListing<'a>),
    /// A mechanism.
    Mechanism(Mechanism<'a>),
    /// A language and what it is called.
    Language(LanguageListing<'a>),
}

impl Entry<'_> {
    /// Writes the line, stuffed, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Capability(capability) => capability.encode(out),
            Self::Size(scan) => scan.encode(out),
            Self::UniqueId(listing) => listing.encode(out),
            Self::Mechanism(mechanism) => {
                let text = LineText::new(mechanism.as_str().as_bytes()).unwrap_or_default();
                ListingLine::new(Listing::Mechanisms, text).encode(out);
            }
            Self::Language(language) => language.encode(out),
        }
    }
}
