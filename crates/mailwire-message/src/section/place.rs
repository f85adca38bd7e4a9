//! What a part is called.

use super::{Section, SectionText};
use crate::index::PartKind;
use crate::part::Part;
use core::fmt;

/// Where a part stands in its message, in the words of IMAP: `1.2`, or `3.TEXT` for the multipart that is the body of
/// a message. Made by [`Part::place`].
///
/// What it displays is a [`Section`] that names the body of the part: for the multipart that is a message
/// itself this is `TEXT`, since a number names only the part around it (RFC 9051 §6.4.5.1).
///
/// # Examples
///
/// ```
/// use mailwire_message::{Parser, Section};
///
/// let raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n\
///     --b\r\n\r\none\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\ntwo\r\n--b--\r\n";
/// let message = Parser::new().parse(raw);
/// let places: Vec<String> = message.walk().map(|part| part.place().to_string()).collect();
/// assert_eq!(places, ["TEXT", "1", "2", "2.1"]);
/// let two = message.section(Section::parse(b"2.1")?);
/// assert_eq!(two.as_deref(), Some(&b"two"[..]));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Place<'m, 'a> {
    part: Part<'m, 'a>,
}

impl<'m, 'a> Place<'m, 'a> {
    /// The numbers, from the outside in; none for the message itself.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + use<'m, 'a> {
        let part = self.part;
        // From the root down, since the numbers come in that order: each level is left through the child that holds
        // the part.
        let mut at = Some(part.with_id(0));
        let mut is_message = true;
        core::iter::from_fn(move || {
            loop {
                let here = at?;
                if is_message && !is_multipart(here) {
                    is_message = false;
                    return Some(1);
                }
                if here.id() >= part.id() {
                    at = None;
                    return None;
                }
                is_message = here.kind() == PartKind::Message;
                let mut children = (1..).zip(here.children());
                let found = children.find(|(_, child)| part.id() < child.entry().next);
                at = found.map(|(_, child)| child);
                if !is_message {
                    return found.map(|(number, _)| number);
                }
            }
        })
    }

    /// Whether the part is the multipart that is a message itself, which numbers can't name.
    fn is_text(&self) -> bool {
        let is_root = self.part.parent().is_none_or(|parent| parent.kind() == PartKind::Message);
        is_root && is_multipart(self.part)
    }
}

impl<'m, 'a> Part<'m, 'a> {
    /// What IMAP calls it: see [`Place`].
    ///
    /// The number of a child takes a look at its elder siblings; to number all parts, count them while you
    /// [walk](Self::walk).
    pub fn place(self) -> Place<'m, 'a> {
        Place { part: self }
    }
}

impl fmt::Display for Place<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut dot = "";
        for number in self.numbers() {
            write!(f, "{dot}{number}")?;
            dot = ".";
        }
        if self.is_text() { write!(f, "{dot}TEXT") } else { Ok(()) }
    }
}

impl fmt::Debug for Place<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

impl Section<'_> {
    /// The part it names, in the message whose root this is.
    pub(crate) fn find<'m, 'a>(self, root: Part<'m, 'a>) -> Option<Part<'m, 'a>> {
        let (holder, is_message) = self.descend(root)?;
        match self.text {
            SectionText::Whole | SectionText::Mime => Some(holder),
            _ if is_message => Some(holder),
            _ if holder.kind() == PartKind::Message => holder.children().next(),
            _ => None,
        }
    }

    /// The part that the numbers name; without a number the root, which is then meant as a message.
    fn descend<'m, 'a>(self, root: Part<'m, 'a>) -> Option<(Part<'m, 'a>, bool)> {
        let mut part = root;
        // Whether the next number counts the parts of a message, not of a multipart.
        let mut is_message = true;
        for number in self.numbers() {
            if !is_message && part.kind() == PartKind::Message {
                part = part.children().next()?;
                is_message = true;
            }
            if is_multipart(part) {
                part = part.children().nth(usize::try_from(number).ok()?.checked_sub(1)?)?;
            } else if !is_message || number != 1 {
                // "MIME messages that are not multipart […] only have a part 1".
                return None;
            }
            is_message = false;
        }
        Some((part, is_message))
    }
}

fn is_multipart(part: Part<'_, '_>) -> bool {
    matches!(part.kind(), PartKind::Multipart | PartKind::Digest)
}
