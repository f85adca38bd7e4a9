//! FETCH: what is known of a message (RFC 9051 §7.5.2).

mod address;
mod body_structure;
mod envelope;
mod extended;
mod item;
mod section;

pub use address::Address;
pub use body_structure::{BodyStructure, Multipart, Parameter, Part, PartKind};
pub use envelope::Envelope;
pub use extended::{Disposition, Extended};
pub use item::{Data, FetchItem, Label};
pub use section::{Section, SectionText};

use crate::cursor::{Cursor, Failed, Quick};
use crate::list::{Invalid, List};
use crate::out::Out;

/// What the number of a [`Fetch`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Form {
    /// `FETCH`: a message number.
    Sequence,
    /// `UIDFETCH`: a UID (RFC 9586).
    Uid,
}

/// Which piece of the response a [`Fetch`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Place {
    /// All of it.
    Whole,
    /// Its front, up to a body that streams.
    First,
    /// Between two bodies that stream.
    Middle,
    /// What is behind the last body that streamed.
    Last,
}

/// A FETCH, or a piece of one.
///
/// ```
/// use mailwire_imap::fetch::FetchItem;
/// use mailwire_imap::Response;
///
/// let Response::Fetch(fetch) = Response::parse(b"* 12 FETCH (UID 4827313 RFC822.SIZE oops FLAGS (\\Seen))\r\n")? else { panic!() };
/// let mut items = fetch.items().iter();
/// assert_eq!(items.next(), Some(Ok(FetchItem::Uid(4_827_313))));
/// // One bad value does not lose the others.
/// let invalid = items.next().unwrap().unwrap_err();
/// assert_eq!(invalid.name(), b"RFC822.SIZE");
/// assert!(matches!(items.next(), Some(Ok(FetchItem::Flags(flags))) if flags.iter().count() == 1));
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fetch<'a> {
    number: u32,
    form: Form,
    place: Place,
    items: List<'a, FetchItem<'a>>,
}

impl<'a> Fetch<'a> {
    /// A response. If one of its items [streams](Data::Streams), what is written ends there: then come the octets, and then
    /// [`behind`](Self::behind) with what is left.
    ///
    /// ```
    /// use mailwire_imap::fetch::{Data, Fetch, FetchItem, Form, Section};
    /// use mailwire_imap::{List, Response, out::{Enabled, Out}};
    ///
    /// let body = FetchItem::Section { section: Section::ALL, origin: None, data: Data::Streams(1 << 30) };
    /// let mut out = Out::server(Enabled::NONE);
    /// Response::Fetch(Fetch::new(3, Form::Sequence, List::from(&[body][..]))).encode(&mut out);
    /// assert_eq!(out.bytes(), b"* 3 FETCH (BODY[] {1073741824}\r\n");
    /// // So many octets are sent, and then:
    /// out.clear();
    /// Response::Fetch(Fetch::behind(3, Form::Sequence, List::from(&[FetchItem::Uid(7)][..]))).encode(&mut out);
    /// assert_eq!(out.bytes(), b" UID 7)\r\n");
    /// ```
    pub fn new(number: u32, form: Form, items: List<'a, FetchItem<'a>>) -> Self {
        let place = if items.iter().any(streams) { Place::First } else { Place::Whole };
        Self { number, form, place, items }
    }

    /// What is behind a body that has streamed; up to the next one that does, or to the end of the response.
    pub fn behind(number: u32, form: Form, items: List<'a, FetchItem<'a>>) -> Self {
        let place = if items.iter().any(streams) { Place::Middle } else { Place::Last };
        Self { number, form, place, items }
    }

    pub(crate) const fn piece(number: u32, form: Form, place: Place, items: List<'a, FetchItem<'a>>) -> Self {
        Self { number, form, place, items }
    }

    /// The message number, or the UID. A piece has that of its response.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What the number is.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Which piece of the response it is.
    pub fn place(&self) -> Place {
        self.place
    }

    /// What is said about the message. In a piece before a body that streams, that body is the last item, and its data is
    /// [`Data::Streams`].
    pub fn items(&self) -> List<'a, FetchItem<'a>> {
        self.items
    }

    /// The body that follows in chunks.
    pub fn streams(&self) -> Option<FetchItem<'a>> {
        let open = matches!(self.place, Place::First | Place::Middle);
        self.items.iter().find(|item| streams(*item)).and_then(Result::ok).filter(|_| open)
    }

    /// All of a line behind its star and blank.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "so that the item of a reader is made in its place")]
    pub(crate) fn quick(mut line: Quick<'a>, depth: u8) -> Option<Self> {
        let number = u32::try_from(line.number()?).ok().filter(|&number| number > 0)?;
        line.word(b" FETCH (").then_some(())?;
        let items = line.rest()?.strip_suffix(b")\r\n")?;
        Some(Self::piece(number, Form::Sequence, Place::Whole, List::wire(items, depth.checked_sub(1)?)))
    }

    pub(crate) fn open(
        cursor: &mut Cursor<'a, '_>,
        number: u32,
        form: Form,
        place: Place,
    ) -> Result<Self, Failed> {
        if matches!(place, Place::Whole | Place::First) {
            cursor.space()?;
            cursor.expect(b'(', "`(`")?;
        }
        let depth = cursor.deeper()?;
        let mut raw = cursor.rest();
        if matches!(place, Place::Whole | Place::Last) {
            let trimmed = raw.trim_ascii_end();
            let end = cursor.at + trimmed.len();
            let Some(inside) = trimmed.strip_suffix(b")") else {
                return Err(cursor.error_at(end, "`)`"));
            };
            raw = inside;
            cursor.at = end;
        } else {
            cursor.at = cursor.text.len();
        }
        Ok(Self { number, form, place, items: List::wire(raw, depth) })
    }

    /// Up to the body that streams, if there is one.
    pub(crate) fn write_items(&self, out: &mut Out) {
        self.items.write_until(b" ", item_streams, out);
    }

    pub(crate) fn write(&self, out: &mut Out) {
        if matches!(self.place, Place::Whole | Place::First) {
            out.raw(b"* ");
            out.number(u64::from(self.number));
            out.raw(match self.form {
                Form::Sequence => b" FETCH (",
                Form::Uid => b" UIDFETCH (",
            });
        } else if !self.items.is_empty() {
            out.byte(b' ');
        }
        self.write_items(out);
        if matches!(self.place, Place::Whole | Place::Last) {
            out.raw(b")\r\n");
        }
    }
}

#[expect(clippy::large_types_passed_by_value, reason = "taken as lists hand it out")]
fn streams(item: Result<FetchItem<'_>, Invalid<'_>>) -> bool {
    item.as_ref().is_ok_and(item_streams)
}

fn item_streams(item: &FetchItem<'_>) -> bool {
    use FetchItem::{Binary, Rfc822, Rfc822Header, Rfc822Text, Section};
    matches!(
        item,
        Section { data, .. } | Binary { data, .. } | Rfc822(data) | Rfc822Header(data) | Rfc822Text(data)
            if matches!(data, Data::Streams(_))
    )
}
