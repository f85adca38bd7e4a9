//! Bodies: decoded, and as text.

use crate::flowed::{DelSp, unflow};
use crate::html::html_charset;
use crate::part::Part;
use crate::value::{ContentType, Structure};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use mailwire_core::Sink;
use mailwire_encoding::charset::{self, Fallback};
use mailwire_encoding::{Charset, EncodingDefect, Text, TransferEncoding};

impl<'a> Part<'_, 'a> {
    /// The body without its transfer encoding: borrowed from the mail where there is none.
    ///
    /// Nothing fails here: what is broken is decoded as far as it goes, and [`decode_into`](Self::decode_into) or
    /// [`Message::examine`](crate::Message::examine) say what it was. The transfer encoding of a multipart or of
    /// an entered message is ignored, as it is by the parser.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let message = Parser::new().parse(b"Content-Transfer-Encoding: base64\n\nSGVsbG8=\n");
    /// assert_eq!(&*message.root().decoded(), b"Hello");
    /// ```
    pub fn decoded(self) -> Cow<'a, [u8]> {
        if self.body_encoding().is_identity() {
            return Cow::Borrowed(self.raw_body());
        }
        let mut out = Vec::new();
        self.decode_into(&mut out, &mut ());
        Cow::Owned(out)
    }

    /// Appends the decoded body to `out`, and tells `sink` what was wrong with it; ranges count from the start of
    /// the [raw body](Self::raw_body).
    pub fn decode_into(self, out: &mut Vec<u8>, sink: &mut impl Sink<EncodingDefect>) {
        self.body_encoding().decode_into(self.raw_body(), out, sink);
    }

    /// The body as text: decoded, then read in the charset that the type names.
    ///
    /// A missing or unknown charset means UTF-8 if the bytes are valid, else U+FFFD for what is not.
    /// HTML that is no UTF-8 may name its charset [itself](crate::html_charset). [`Text::charset`] and [`Text::is_lossy`] say how it went. Line ends stay as they are. A part of any type
    /// can be asked.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Content-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9";
    /// let text = Parser::new().parse(raw).root().text();
    /// assert_eq!(text.text(), "café");
    /// assert_eq!(text.charset().name(), "windows-1252");
    /// ```
    pub fn text(self) -> Text<'a> {
        match self.decoded() {
            Cow::Borrowed(bytes) => self.to_text(bytes),
            Cow::Owned(bytes) => self.to_text(&bytes).into_owned(),
        }
    }

    /// [`text`](Self::text) that decodes into memory you lend: without an allocation in steady state, unless the
    /// charset asks for one.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let mut scratch = Vec::new();
    /// let message = Parser::new().parse(b"Content-Transfer-Encoding: quoted-printable\n\n=41=\nB");
    /// assert_eq!(message.root().text_in(&mut scratch).text(), "AB");
    /// ```
    pub fn text_in<'s>(self, scratch: &'s mut Vec<u8>) -> Text<'s>
    where
        'a: 's,
    {
        self.to_text(self.decoded_in(scratch))
    }

    /// The decoded body, in the mail or in memory that is lent.
    pub(crate) fn decoded_in<'s>(self, scratch: &'s mut Vec<u8>) -> &'s [u8]
    where
        'a: 's,
    {
        if self.body_encoding().is_identity() {
            return self.raw_body();
        }
        scratch.clear();
        self.decode_into(scratch, &mut ());
        scratch
    }

    /// The body as [`text`](Self::text), its soft line breaks undone where its type says that it has some:
    /// `text/plain; format=flowed` (RFC 3676). All other text is given as it is.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"Content-Type: text/plain; format=flowed; delsp=yes\n\nalto \ngether\n";
    /// assert_eq!(Parser::new().parse(raw).root().text_unflowed(), "altogether\n");
    /// ```
    pub fn text_unflowed(self) -> Cow<'a, str> {
        TextType::of(&self.content_type()).unflowed(self.text().into_text())
    }

    /// The text of the first `most` bytes of the body: [`text_unflowed`](Self::text_unflowed) if it has no more than
    /// that, and else without a character or an escape that is cut in two. `content_type` is that of the part.
    pub(crate) fn text_of_first(self, content_type: &ContentType<'_>, most: usize) -> Cow<'a, str> {
        let text_type = TextType::of(content_type);
        let body = self.raw_body();
        let encoding = self.body_encoding();
        let Some(head) = body.get(..most).filter(|head| head.len() < body.len()) else {
            return text_type.unflowed(text_type.decoded(encoding, body));
        };
        // Between two lines no encoding and no charset of mail is cut in two.
        let lines = memchr::memrchr(b'\n', head).map_or(0, |last| last + 1);
        let head = match head.get(..lines).filter(|lines| lines.len() > most / 2).unwrap_or(head) {
            [whole @ .., b'='] | [whole @ .., b'=', _] if !encoding.is_identity() => whole,
            head => head,
        };
        let text = match text_type.decoded(encoding, head) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(char::REPLACEMENT_CHARACTER)),
            Cow::Owned(mut text) => {
                text.truncate(text.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
                Cow::Owned(text)
            }
        };
        text_type.unflowed(text)
    }

    pub(crate) fn to_text(self, bytes: &[u8]) -> Text<'_> {
        TextType::of(&self.content_type()).text(bytes)
    }

    fn body_encoding(self) -> TransferEncoding {
        if !self.is_leaf() {
            return TransferEncoding::Binary;
        }
        let encoding = self.transfer_encoding();
        let is_container = || matches!(self.structure(), Structure::Multipart | Structure::Digest);
        if encoding.is_identity() || !is_container() { encoding } else { TransferEncoding::Binary }
    }
}

/// What a content type says of text, its parameters read once.
struct TextType {
    declared: Option<Charset>,
    is_html: bool,
    /// How soft line breaks are undone, where there are some.
    flow: Option<DelSp>,
}

impl TextType {
    fn of(content_type: &ContentType<'_>) -> Self {
        let [charset, format, delsp] = content_type.parameters().get_each(["charset", "format", "delsp"]);
        let says =
            |found: Option<Cow<'_, str>>, value| found.is_some_and(|found| found.eq_ignore_ascii_case(value));
        let is_flowed = says(format, "flowed") && content_type.is("text", "plain");
        let delsp = if says(delsp, "yes") { DelSp::Yes } else { DelSp::No };
        Self {
            declared: charset.and_then(|label| Charset::for_label(label.as_bytes())),
            is_html: content_type.is("text", "html"),
            flow: is_flowed.then_some(delsp),
        }
    }

    /// The text of a body, or of its front.
    fn decoded<'a>(&self, encoding: TransferEncoding, body: &'a [u8]) -> Cow<'a, str> {
        if encoding.is_identity() {
            return self.text(body).into_text();
        }
        let mut bytes = Vec::new();
        encoding.decode_into(body, &mut bytes, &mut ());
        Cow::Owned(self.text(&bytes).into_text().into_owned())
    }

    /// The text of a body without its transfer encoding.
    fn text<'b>(&self, bytes: &'b [u8]) -> Text<'b> {
        let text = match self.declared {
            Some(charset) => charset.decode(bytes),
            None => charset::decode(None, bytes, Fallback::Body),
        };
        // ASCII is what is put wherever nobody thought of any.
        let is_declared = self.declared.is_some_and(|charset| charset != Charset::US_ASCII);
        if is_declared || !self.is_html {
            return text;
        }
        // Valid UTF-8 is never taken for anything else, but for the one charset that hides in ASCII.
        let escapes = !text.is_lossy() && memchr::memchr(0x1b, bytes).is_some();
        if !text.is_lossy() && !escapes {
            return text;
        }
        let in_document = html_charset(bytes).and_then(Charset::for_label);
        match in_document.filter(|&charset| !escapes || charset == Charset::ISO_2022_JP) {
            Some(charset) => charset.decode(bytes),
            None => text,
        }
    }

    /// The text without soft line breaks.
    fn unflowed<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        match (self.flow, text) {
            (None, text) => text,
            (Some(delsp), Cow::Borrowed(text)) => unflow(text, delsp),
            (Some(delsp), Cow::Owned(text)) => Cow::Owned(unflow(&text, delsp).into_owned()),
        }
    }
}
