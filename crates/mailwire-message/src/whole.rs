//! What is asked of a whole message: its bodies, its sections, its parts by name.

use crate::bodies::Bodies;
use crate::message::{Message, OwnedMessage};
use crate::part::Part;
use crate::section::Section;
use alloc::borrow::Cow;

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
