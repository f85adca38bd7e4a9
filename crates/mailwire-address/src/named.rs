//! Addresses with names, groups of them, and lists: owned, to be written.

use crate::compose::{self, Form};
use crate::{Address, Addresses, Item, Mailbox, addresses};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;
use mailwire_core::ParseError;
use mailwire_core::escape::is_deceptive;

/// The name of a person or a group, as readable text.
///
/// It has no controls in it, so it can be written anywhere.
///
/// ```
/// use mailwire_address::DisplayName;
///
/// assert_eq!(DisplayName::new("Bell, Ann")?.to_string(), "\"Bell, Ann\"");
/// assert!(DisplayName::new("Ann\r\nBcc: b@example.com").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DisplayName(Box<str>);

impl DisplayName {
    /// A name that says `text`.
    ///
    /// # Errors
    ///
    /// At a control character or a line separator.
    pub fn new(text: &str) -> Result<Self, ParseError> {
        match text.find(is_control) {
            Some(place) => Err(ParseError::new(text.as_bytes(), place, "no control character")),
            None => Ok(Self(text.into())),
        }
    }

    /// The same, with U+FFFD for controls.
    fn lossy(text: &str) -> Self {
        Self(text.chars().map(|c| if is_control(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a character of it is invisible or changes the direction of the text around it.
    pub fn is_deceptive(&self) -> bool {
        self.0.chars().any(is_deceptive)
    }
}

fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// As it stands in a header, in UTF-8: quoted where it has to be.
impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&compose::name(&self.0, Form::Utf8))
    }
}

impl fmt::Debug for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DisplayName({:?})", mailwire_core::Escaped(self.0.as_bytes()))
    }
}

/// An address with the name of who reads there: a `mailbox` of RFC 5322 §3.4, owned.
///
/// `Display` writes it for a header, in UTF-8; [`pieces`](Self::pieces) for a header that has to be ASCII, or folded. What
/// is written is read as the same again.
///
/// ```
/// use mailwire_address::{Address, DisplayName, Form, NamedAddress};
///
/// let ann = NamedAddress::new(DisplayName::new("Ann Bäll")?, "ann@example.com".parse()?);
/// assert_eq!(ann.to_string(), "Ann Bäll <ann@example.com>");
/// assert_eq!(ann.pieces(Form::Ascii), ["=?utf-8?Q?Ann_B=C3=A4ll?=", "<ann@example.com>"]);
/// assert_eq!("Ann Bäll <ann@example.com>".parse::<NamedAddress>()?, ann);
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NamedAddress {
    name: Option<DisplayName>,
    address: Address,
}

impl NamedAddress {
    /// An address and a name; an empty name is none.
    pub fn new(name: DisplayName, address: Address) -> Self {
        Self { name: Some(name).filter(|name| !name.0.trim().is_empty()), address }
    }

    /// The mailbox that is written as `text`, whatever dialect its address is of.
    #[cfg(feature = "serde")]
    pub(crate) fn written(text: &str) -> Option<Self> {
        let mut items = addresses(text.as_bytes());
        let Some(Item::Mailbox(mailbox)) = items.next() else { return None };
        let alone = items.next().is_none();
        mailbox.to_named().filter(|named| alone && alloc::string::ToString::to_string(named) == text)
    }

    /// The name.
    pub fn name(&self) -> Option<&DisplayName> {
        self.name.as_ref()
    }

    /// The address.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// What stands in a header, cut where it may be folded: joined by single spaces, or by line breaks and spaces, it says
    /// the same. No piece but an address or a word of somebody's choosing is longer than 75 characters.
    pub fn pieces(&self, form: Form) -> Vec<String> {
        compose::mailbox(self.name.as_ref().map(DisplayName::as_str), &self.address, form)
    }
}

impl From<Address> for NamedAddress {
    fn from(address: Address) -> Self {
        Self { name: None, address }
    }
}

impl Mailbox<'_> {
    /// The mailbox, owned: with the name that [`Display`](fmt::Display) shows. `None` where there is no address that can be
    /// written to.
    pub fn to_named(&self) -> Option<NamedAddress> {
        let address = self.address()?.to_address()?;
        let name = self.shown_name().map(|name| DisplayName::lossy(&name));
        Some(NamedAddress { name, address })
    }
}

/// Reads a mailbox as a header has it, but strictly: in the dialect [`IMF_OBS`](crate::Dialect::IMF_OBS).
impl FromStr for NamedAddress {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let dialect = crate::Dialect::IMF_OBS.without(crate::Allow::GROUP);
        let mut mailboxes = Addresses::parse(text.as_bytes(), dialect)?.mailboxes();
        let error = || ParseError::new(text.as_bytes(), text.len(), "one mailbox");
        let named = mailboxes.next().and_then(|mailbox| mailbox.to_named()).ok_or_else(error)?;
        if mailboxes.next().is_some() { Err(error()) } else { Ok(named) }
    }
}

impl fmt::Display for NamedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_pieces(&self.pieces(Form::Utf8), f)
    }
}

/// A named list of mailboxes, perhaps of none: a `group` of RFC 5322 §3.4, owned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    name: DisplayName,
    members: Vec<NamedAddress>,
}

impl Group {
    /// A group.
    pub fn new(name: DisplayName, members: Vec<NamedAddress>) -> Self {
        Self { name, members }
    }

    /// Its name.
    pub fn name(&self) -> &DisplayName {
        &self.name
    }

    /// Who is in it.
    pub fn members(&self) -> &[NamedAddress] {
        &self.members
    }
}

/// One item of an owned list: an `address` of RFC 5322 §3.4.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Entry {
    /// One mailbox.
    Mailbox(NamedAddress),
    /// A group of them.
    Group(Group),
}

impl From<NamedAddress> for Entry {
    fn from(mailbox: NamedAddress) -> Self {
        Self::Mailbox(mailbox)
    }
}

impl From<Group> for Entry {
    fn from(group: Group) -> Self {
        Self::Group(group)
    }
}

/// An owned list: what stands in `To` or `Cc`.
///
/// ```
/// use mailwire_address::{AddressList, Form};
///
/// let list = AddressList::read(b"\"Bell, Ann\" <ann@example.com>,\r\n Crew: bo@example.com, c@example.com;");
/// assert_eq!(list.to_string(), "\"Bell, Ann\" <ann@example.com>, Crew: bo@example.com, c@example.com;");
/// assert_eq!(
///     list.pieces(Form::Ascii),
///     ["\"Bell,", "Ann\"", "<ann@example.com>,", "Crew:", "bo@example.com,", "c@example.com;"],
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressList(Vec<Entry>);

impl AddressList {
    /// Reads the value of a field, as [`addresses`] does. What names nobody who can be written to is left out.
    pub fn read(value: &[u8]) -> Self {
        let mut entries = Vec::new();
        let mut group: Option<Group> = None;
        for item in addresses(value) {
            match item {
                Item::Mailbox(mailbox) => {
                    let Some(named) = mailbox.to_named() else { continue };
                    match &mut group {
                        Some(group) => group.members.push(named),
                        None => entries.push(Entry::Mailbox(named)),
                    }
                }
                Item::GroupStart(name) => {
                    group = Some(Group::new(DisplayName::lossy(&name.shown()), Vec::new()));
                }
                Item::GroupEnd => entries.extend(group.take().map(Entry::Group)),
                Item::Junk(_) => {}
            }
        }
        Self(entries)
    }

    /// The items in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The mailboxes in their order, groups opened.
    pub fn mailboxes(&self) -> impl Iterator<Item = &NamedAddress> {
        self.0.iter().flat_map(|entry| match entry {
            Entry::Mailbox(mailbox) => core::slice::from_ref(mailbox),
            Entry::Group(group) => group.members(),
        })
    }

    /// What stands in a header, cut where it may be folded; see [`NamedAddress::pieces`].
    pub fn pieces(&self, form: Form) -> Vec<String> {
        let mut pieces: Vec<String> = Vec::new();
        for entry in &self.0 {
            end_with(&mut pieces, ',');
            match entry {
                Entry::Mailbox(mailbox) => pieces.extend(mailbox.pieces(form)),
                Entry::Group(group) => {
                    pieces.extend(compose::fold(&compose::name(group.name.as_str(), form)));
                    end_with(&mut pieces, ':');
                    for (index, member) in group.members.iter().enumerate() {
                        if index > 0 {
                            end_with(&mut pieces, ',');
                        }
                        pieces.extend(member.pieces(form));
                    }
                    end_with(&mut pieces, ';');
                }
            }
        }
        pieces
    }
}

fn end_with(pieces: &mut [String], c: char) {
    if let Some(last) = pieces.last_mut() {
        last.push(c);
    }
}

impl<T: Into<Entry>> FromIterator<T> for AddressList {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self(entries.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for AddressList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_pieces(&self.pieces(Form::Utf8), f)
    }
}

fn write_pieces(pieces: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, piece) in pieces.iter().enumerate() {
        f.write_str(if index > 0 { " " } else { "" })?;
        f.write_str(piece)?;
    }
    Ok(())
}
