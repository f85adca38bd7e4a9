//! What of a message is its text, and what comes with it: the body lists of RFC 8621 §4.1.4.

use crate::index::PartKind;
use crate::part::Part;
use crate::value::{ContentType, Disposition, DispositionKind};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

/// The three lists into which the parts of a message fall: text body, HTML body, attachments.
///
/// They are those of JMAP (RFC 8621 §4.1.4): the two bodies by the algorithm that it gives, the attachments by their
/// definition. That says that a part which is in no body is an attachment, where the algorithm forgets what is neither
/// or stands in a list that it has given up; and that an image shown in both bodies is none.
///
/// Embedded messages are attachments and are not looked into; for their own lists ask the root inside,
/// the child of the message part. Multiparts are in no list, even those that have no parts because their boundary is missing. The root
/// that multipart/related names with `start` plays no role here, only the first part does; see
/// [`Part::related_root`].
///
/// One byte for each part is allocated; the lists are walked without.
///
/// # Examples
///
/// ```
/// use mailwire_message::{Parser, Part};
///
/// let raw = b"Content-Type: multipart/mixed; boundary=m\n\n\
///     --m\nContent-Type: multipart/alternative; boundary=a\n\n\
///     --a\n\nplain\n--a\nContent-Type: text/html\n\n<p>rich\n--a--\n\
///     --m\nContent-Type: image/png\n\n...\n--m--\n";
/// let message = Parser::new().parse(raw);
/// let bodies = message.bodies();
/// assert_eq!(bodies.text().map(Part::id).collect::<Vec<_>>(), [2, 4]);
/// assert_eq!(bodies.html().map(Part::id).collect::<Vec<_>>(), [3, 4]);
/// // The image is shown in both, in its place.
/// assert_eq!(bodies.attachments().count(), 0);
/// ```
#[derive(Clone)]
pub struct Bodies<'m, 'a> {
    root: Part<'m, 'a>,
    /// A mark for each part from the root on.
    marks: Vec<u8>,
}

impl<'m, 'a> Bodies<'m, 'a> {
    pub(crate) fn of(root: Part<'m, 'a>) -> Self {
        let count = root.entry().next.saturating_sub(root.id());
        let mut sorting = Sorting { root, marks: vec![0; count as usize], open: None };
        sorting.run();
        Self { root, marks: sorting.marks }
    }

    /// `textBody`: the parts to show one after the other, text/plain where there is a choice.
    pub fn text(&self) -> impl Iterator<Item = Part<'m, 'a>> + '_ {
        marked(self.root, &self.marks, TEXT)
    }

    /// `htmlBody`: the parts to show one after the other, text/html where there is a choice.
    pub fn html(&self) -> impl Iterator<Item = Part<'m, 'a>> + '_ {
        marked(self.root, &self.marks, HTML)
    }

    /// `attachments`: what is in neither body, and images, sounds and films that are not in both.
    pub fn attachments(&self) -> impl Iterator<Item = Part<'m, 'a>> + '_ {
        marked(self.root, &self.marks, ATTACHMENT)
    }

    /// `hasAttachment`: whether an attachment is there that is not declared inline. What HTML shows by `cid:` counts
    /// unless it is.
    pub fn has_attachment(&self) -> bool {
        let is_inline = |disposition: Disposition<'_>| disposition.kind() == DispositionKind::Inline;
        self.attachments().any(|part| !part.disposition().is_some_and(is_inline))
    }

    /// What is in the HTML body alone.
    pub(crate) fn only_html(&self) -> impl Iterator<Item = Part<'m, 'a>> + '_ {
        let is_text = |part: &Part<'_, '_>| self.mark(part.id()) & TEXT != 0;
        self.html().filter(move |part| !is_text(part))
    }

    fn mark(&self, id: u32) -> u8 {
        let at = id.wrapping_sub(self.root.id()) as usize;
        self.marks.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn root(&self) -> Part<'m, 'a> {
        self.root
    }

    pub(crate) fn into_text(self) -> impl Iterator<Item = Part<'m, 'a>> {
        marked(self.root, self.marks, TEXT)
    }

    pub(crate) fn into_html(self) -> impl Iterator<Item = Part<'m, 'a>> {
        marked(self.root, self.marks, HTML)
    }

    pub(crate) fn into_attachments(self) -> impl Iterator<Item = Part<'m, 'a>> {
        marked(self.root, self.marks, ATTACHMENT)
    }
}

impl fmt::Debug for Bodies<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = |list: u8| marked(self.root, &self.marks, list).map(Part::id).collect::<Vec<_>>();
        f.debug_struct("Bodies")
            .field("text", &ids(TEXT))
            .field("html", &ids(HTML))
            .field("attachments", &ids(ATTACHMENT))
            .finish()
    }
}

impl<'m, 'a> Part<'m, 'a> {
    /// The body lists of this part, taken for the root of a message.
    pub fn bodies(self) -> Bodies<'m, 'a> {
        Bodies::of(self)
    }
}

fn marked<'m, 'a, M: AsRef<[u8]>>(
    root: Part<'m, 'a>,
    marks: M,
    list: u8,
) -> impl Iterator<Item = Part<'m, 'a>> {
    let mut next = 0;
    core::iter::from_fn(move || {
        let rest = marks.as_ref().get(next..)?;
        let at = next + rest.iter().position(|mark| mark & list != 0)?;
        next = at + 1;
        Some(root.with_id(root.id() + u32::try_from(at).ok()?))
    })
}

/// In the text body. Of an open multipart: something in it is.
const TEXT: u8 = 1;
/// In the HTML body, likewise.
const HTML: u8 = 1 << 1;
/// An attachment.
const ATTACHMENT: u8 = 1 << 2;
/// An open multipart/alternative.
const ALTERNATIVE: u8 = 1 << 3;
/// An open multipart/related.
const RELATED: u8 = 1 << 4;
/// Of an open multipart: it is a multipart/alternative or lies in one.
const IN_ALTERNATIVE: u8 = 1 << 5;
/// Of an open multipart: what follows in it is not for the text body (`textBody = null` in the algorithm).
const NO_TEXT: u8 = 1 << 6;
/// Of an open multipart: what follows in it is not for the HTML body.
const NO_HTML: u8 = 1 << 7;

/// The walk over the parts. What the algorithm of RFC 8621 has on its stack stands in the marks of the open multiparts.
struct Sorting<'m, 'a> {
    root: Part<'m, 'a>,
    marks: Vec<u8>,
    /// The innermost open multipart.
    open: Option<Part<'m, 'a>>,
}

impl Sorting<'_, '_> {
    fn run(&mut self) {
        let mut part = self.root;
        loop {
            let next = if matches!(part.kind(), PartKind::Multipart | PartKind::Digest) {
                self.enter(part);
                part.id() + 1
            } else {
                self.place(part);
                part.entry().next
            };
            while let Some(open) = self.open
                && next >= open.entry().next
            {
                self.leave(open);
            }
            if self.open.is_none() {
                return;
            }
            part = self.root.with_id(next);
        }
    }

    fn enter(&mut self, part: Part<'_, '_>) {
        let inherited = self.frame() & (IN_ALTERNATIVE | NO_TEXT | NO_HTML);
        let content_type = part.content_type();
        let own = if content_type.is("multipart", "alternative") {
            ALTERNATIVE | IN_ALTERNATIVE
        } else if content_type.is("multipart", "related") {
            RELATED
        } else {
            0
        };
        self.set(part.id(), inherited | own);
        self.open = Some(self.root.with_id(part.id()));
    }

    fn place(&mut self, part: Part<'_, '_>) {
        let content_type = part.content_type();
        if content_type.is_multipart() {
            // One that could not be entered.
            return;
        }
        let kind = Kind::of(&content_type);
        let mut frame = self.frame();
        let mut lists = 0;
        if kind != Kind::Other && self.is_shown(part, kind, frame) {
            if frame & ALTERNATIVE != 0 {
                lists = match kind {
                    Kind::Plain => TEXT,
                    Kind::Html => HTML,
                    Kind::Media | Kind::Other => 0,
                };
            } else {
                match kind {
                    Kind::Plain if frame & IN_ALTERNATIVE != 0 => frame |= NO_HTML,
                    Kind::Html if frame & IN_ALTERNATIVE != 0 => frame |= NO_TEXT,
                    _ => {}
                }
                lists = TEXT | HTML;
            }
            if frame & NO_TEXT != 0 {
                lists &= !TEXT;
            }
            if frame & NO_HTML != 0 {
                lists &= !HTML;
            }
            if let Some(open) = self.open {
                self.set(open.id(), frame | lists);
            }
        }
        // Whether an image is in both bodies is known when the alternatives around it end.
        let is_attachment = lists == 0 || (kind == Kind::Media && lists != TEXT | HTML);
        self.set(part.id(), if is_attachment { lists | ATTACHMENT } else { lists });
    }

    /// Whether a part is in the text, or an attachment to it.
    fn is_shown(&self, part: Part<'_, '_>, kind: Kind, frame: u8) -> bool {
        let is_attachment = |disposition: Disposition<'_>| disposition.kind() == DispositionKind::Attachment;
        // "If a text part with a filename, and not the first item in the multipart, assume it is an attachment."
        let is_first = self.open.is_none_or(|open| open.id() + 1 == part.id());
        !part.disposition().is_some_and(is_attachment)
            && (is_first || (frame & RELATED == 0 && (kind == Kind::Media || part.file_name().is_none())))
    }

    /// Closes the innermost multipart. An alternative in which only one of the bodies found something lends it to the
    /// other.
    fn leave(&mut self, part: Part<'_, '_>) {
        let mark = self.mark(part.id());
        let mut lists = mark & (TEXT | HTML);
        if mark & ALTERNATIVE != 0 && mark & (NO_TEXT | NO_HTML) == 0 && (lists == TEXT || lists == HTML) {
            // Behind this both bodies have something in all multiparts around, so that no part is looked at twice.
            for id in part.id() + 1..part.entry().next {
                if self.mark(id) & lists != 0 {
                    self.set(id, TEXT | HTML);
                }
            }
            lists = TEXT | HTML;
        }
        self.set(part.id(), 0);
        self.open = part
            .parent()
            .filter(|_| part.id() != self.root.id())
            .map(|parent| self.root.with_id(parent.id()));
        if let Some(open) = self.open {
            let mark = self.mark(open.id());
            self.set(open.id(), mark | lists);
        }
    }

    /// The mark of the innermost open multipart.
    fn frame(&self) -> u8 {
        self.open.map_or(0, |open| self.mark(open.id()))
    }

    fn mark(&self, id: u32) -> u8 {
        let at = id.wrapping_sub(self.root.id()) as usize;
        self.marks.get(at).copied().unwrap_or_default()
    }

    fn set(&mut self, id: u32, mark: u8) {
        let at = id.wrapping_sub(self.root.id()) as usize;
        if let Some(place) = self.marks.get_mut(at) {
            *place = mark;
        }
    }
}

/// What the algorithm asks of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
    Media,
    Other,
}

impl Kind {
    fn of(content_type: &ContentType<'_>) -> Self {
        if content_type.is("text", "plain") {
            Self::Plain
        } else if content_type.is("text", "html") {
            Self::Html
        } else if ["image", "audio", "video"].iter().any(|media| content_type.is_of(media)) {
            Self::Media
        } else {
            Self::Other
        }
    }
}
