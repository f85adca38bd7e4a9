//! What is asked of a whole message: its bodies, its sections, its parts by name.

use crate::bodies::Bodies;
use crate::message::{Message, OwnedMessage};
use crate::part::Part;
use crate::section::Section;
use crate::{body_text, preview};
use alloc::borrow::Cow;
use alloc::string::String;

/// The methods of both message types: `$a` is how long what they return may live.
macro_rules! methods {
    ($a:lifetime) => {
        /// The body lists of the message (RFC 8621 §4.1.4), all three at once.
        pub fn bodies(&self) -> Bodies<'_, $a> {
            self.root().bodies()
        }

        /// The parts to show as the text of the message, text/plain where there is a choice: `textBody` of RFC 8621
        /// §4.1.4. Not only plain text: HTML where there is no other, and images between texts. See [`Bodies`].
        pub fn text_body(&self) -> impl Iterator<Item = Part<'_, $a>> {
            self.bodies().into_text()
        }

        /// The parts to show as the text of the message, text/html where there is a choice: `htmlBody` of RFC 8621
        /// §4.1.4. See [`Bodies`].
        pub fn html_body(&self) -> impl Iterator<Item = Part<'_, $a>> {
            self.bodies().into_html()
        }

        /// What comes with the text: `attachments` of RFC 8621 §4.1.4. See [`Bodies`].
        pub fn attachments(&self) -> impl Iterator<Item = Part<'_, $a>> {
            self.bodies().into_attachments()
        }

        /// Whether there is an attachment that is not declared inline: `hasAttachment` of RFC 8621 §4.1.4.
        pub fn has_attachment(&self) -> bool {
            self.bodies().has_attachment()
        }

        /// The text of the message, as plain text in one piece.
        ///
        /// All that is text in the [text body](Self::text_body), each part on lines of its own; where there is only HTML, what
        /// [`html_to_text`](crate::html_to_text) makes of it. Soft line breaks are undone
        /// (`format=flowed`). Images in between leave nothing. Each part is decoded
        /// from its own charset as [`Part::text`] does it, with U+FFFD for what means nothing: ask the parts which
        /// charsets they were and whether something was lost. Line ends are LF. Borrowed where that is the mail as it is.
        ///
        /// A text body with nothing but blanks gives way to the HTML body; a multipart without a boundary that works is read as it
        /// stands. Empty where there is no text.
        ///
        /// ```
        /// use mailwire_message::Parser;
        ///
        /// let raw = b"Content-Type: text/html\r\n\r\n<p>Dear Bob,<p>thanks!";
        /// assert_eq!(Parser::new().parse(raw).body_text(), "Dear Bob,\n\nthanks!");
        /// ```
        pub fn body_text(&self) -> Cow<$a, str> {
            body_text::plain(self.root())
        }

        /// The text of the message, as HTML in one piece.
        ///
        /// All that is text in the [HTML body](Self::html_body), one part behind the other: HTML as it came, decoded from its
        /// charset, plain text as [`text_to_html`](crate::text_to_html) writes it, in a `<div>`. Images of the list are left
        /// out: where each has its place, show the parts one by one. So should who fears that a part with an open comment
        /// swallows the next. A `<meta charset>` in it no longer means anything.
        ///
        /// It is what the sender wrote, scripts, forms and remote images too: nothing to show without a filter.
        ///
        /// ```
        /// use mailwire_message::Parser;
        ///
        /// let message = Parser::new().parse(b"Subject: a\r\n\r\n1 < 2");
        /// assert_eq!(message.body_html(), "<div>1 &lt; 2</div>");
        /// ```
        pub fn body_html(&self) -> Cow<$a, str> {
            body_text::html(self.root())
        }

        /// The first words of the text, in one line of at most `max_chars` characters: the `preview` of RFC 8621 §4.1.4,
        /// which JMAP wants with 256.
        ///
        /// It is made from the [text body](Self::text_body), or from HTML where there is no other. White space becomes one
        /// blank; left out are quoted lines and what introduces them, everything behind the line `-- `, drawn lines,
        /// addresses in angle brackets behind the text they belong to, `[image: …]`, controls and invisible characters.
        /// Where nothing is left, quotes and signature are taken all the same. It is cut between two characters (code points), and
        /// no dots are added.
        ///
        /// The work is bounded by `max_chars`, and not by the mail: of each body only the start is decoded, at first as
        /// much as probably holds so much text, up to half a kilobyte for each character (and 128 KiB) in all.
        ///
        /// ```
        /// use mailwire_message::Parser;
        ///
        /// let raw = b"Subject: Re: a\n\nOn Monday Bob wrote:\n> Coming?\n\nYes,\n  at noon!\n-- \nJane";
        /// let message = Parser::new().parse(raw);
        /// assert_eq!(message.preview(256), "Yes, at noon!");
        /// assert_eq!(message.preview(6), "Yes, a");
        /// ```
        pub fn preview(&self, max_chars: usize) -> String {
            preview::preview(&self.bodies(), max_chars)
        }

        /// The part with this Content-ID or `cid:` URL; see [`Part::by_content_id`].
        pub fn by_content_id(&self, id: &str) -> Option<Part<'_, $a>> {
            self.root().by_content_id(id)
        }

        /// The bytes of a section, as they came: line ends are not changed, nothing is decoded (RFC 9051 §6.4.5.1).
        ///
        /// `None` where the message has no such part, and where `HEADER` or `TEXT` is asked of a part that is no message. A
        /// message that is no multipart has one part, 1; so has an embedded one. An encoded or otherwise unopened
        /// message or multipart is a part without parts. `MIME` and `HEADER` end with the empty line, where there is
        /// one. Lines of a header block that are no fields come with `HEADER` and `MIME`, but not with `HEADER.FIELDS.NOT`. A
        /// byte order mark or a line `From ` before the header is not of the message.
        ///
        /// ```
        /// use mailwire_message::{Parser, Section};
        ///
        /// let message = Parser::new().parse(b"Subject: a\r\n\r\ntext\r\n");
        /// let section = |spec| Section::parse(spec).map(|section| message.section(section));
        /// assert_eq!(section(b"1")?.as_deref(), Some(&b"text\r\n"[..]));
        /// assert_eq!(section(b"header")?.as_deref(), Some(&b"Subject: a\r\n\r\n"[..]));
        /// assert_eq!(section(b"2")?, None);
        /// # Ok::<(), mailwire_core::ParseError>(())
        /// ```
        pub fn section(&self, section: Section<'_>) -> Option<Cow<$a, [u8]>> {
            section.cut(self.root())
        }

        /// The part that a section is about: whose body or header block it names. `BINARY[1.2]` (RFC 9051 §6.4.5) is its
        /// [decoded](Part::decoded) body.
        pub fn part_by_section(&self, section: Section<'_>) -> Option<Part<'_, $a>> {
            section.find(self.root())
        }
    };
}

impl<'a> Message<'a> {
    methods!('a);
}

impl OwnedMessage {
    methods!('_);
}
