//! Text that comes in pieces.

use super::hz::Hz;
use super::unicode::{Order, Utf32};
use super::utf7::Utf7;
use super::{Charset, Kind, UTF_16_SAMPLE, iso_2022_jp, utf16_order};
use crate::text::{Draft, Loss};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use encoding_rs::Encoding;

/// Decodes a charset that comes in chunks of any size: the same text as [`Charset::decode`] over all of it. Holds a few
/// KiB at most.
///
/// ```
/// use mailwire_encoding::Charset;
///
/// let (mut decoder, mut text) = (Charset::UTF_8.decoder(), String::new());
/// for chunk in [&b"caf\xc3"[..], b"\xa9 \xff"] {
///     decoder.push(chunk, &mut text);
/// }
/// assert!(decoder.finish(&mut text).is_lossy());
/// assert_eq!(text, "café \u{fffd}");
/// ```
pub struct Decoder {
    charset: Charset,
    state: State,
    lossy: bool,
    /// Whether the text is ASCII so far.
    ascii: bool,
}

enum State {
    Standard(Standard),
    Iso2022Jp(iso_2022_jp::Reader),
    Hz(Hz),
    Utf7(Utf7),
    Utf32(Utf32),
    /// UTF-16 of a byte order that is not known yet: what there is of its front.
    Utf16(Vec<u8>),
}

/// How bytes were read that came in pieces: what [`Text`](crate::Text) says of those that came as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    charset: Charset,
    lossy: bool,
}

impl Reading {
    /// The charset the bytes were read in: the one declared, or the one that was taken instead.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Whether bytes that mean nothing in the charset became U+FFFD.
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }
}

impl Decoder {
    /// A decoder at the start of a text in `charset`.
    pub fn new(charset: Charset) -> Self {
        let state = match charset.0 {
            Kind::Standard(encoding) if encoding == encoding_rs::ISO_2022_JP => {
                State::Iso2022Jp(iso_2022_jp::Reader::new())
            }
            Kind::Standard(encoding) => State::Standard(Standard::new(encoding)),
            Kind::Ascii => State::Standard(Standard::new(encoding_rs::UTF_8)),
            Kind::Hz => State::Hz(Hz::default()),
            Kind::Utf7 => State::Utf7(Utf7::default()),
            Kind::Utf16 => State::Utf16(Vec::new()),
            Kind::Utf32 => State::Utf32(Utf32::new(Order::Unknown)),
            Kind::Utf32Be => State::Utf32(Utf32::new(Order::Big)),
            Kind::Utf32Le => State::Utf32(Utf32::new(Order::Little)),
        };
        Self { charset, state, lossy: false, ascii: true }
    }

    /// A decoder for a body whose charset is declared by `label`, if at all: the same text as
    /// [`decode`](super::decode) with [`Fallback::Body`](super::Fallback::Body).
    ///
    /// A missing or unknown label means UTF-8, with U+FFFD for what is none. There is none for the other fallback, which
    /// has to see all bytes before it can give out the first: header values are short, and come whole.
    ///
    /// ```
    /// use mailwire_encoding::{Charset, charset::Decoder};
    ///
    /// let (mut decoder, mut text) = (Decoder::for_label(Some(b"us-ascii")), String::new());
    /// decoder.push("naïve".as_bytes(), &mut text);
    /// assert_eq!(decoder.finish(&mut text).charset(), Charset::UTF_8);
    /// ```
    pub fn for_label(label: Option<&[u8]>) -> Self {
        Self::new(label.and_then(Charset::for_label).unwrap_or(Charset::UTF_8))
    }

    /// Decodes the next piece and appends to `text`.
    pub fn push(&mut self, chunk: &[u8], text: &mut String) {
        let start = text.len();
        let mut draft = Draft::new(text);
        match &mut self.state {
            State::Standard(reader) => reader.push(chunk, &mut draft),
            State::Iso2022Jp(reader) => reader.push(chunk, &mut draft),
            State::Hz(reader) => reader.push(chunk, &mut draft),
            State::Utf7(reader) => reader.push(chunk, &mut draft),
            State::Utf32(reader) => reader.push(chunk, &mut draft),
            State::Utf16(front) => {
                let room = UTF_16_SAMPLE - front.len();
                let (head, rest) = chunk.split_at_checked(room).unwrap_or((chunk, &[]));
                front.extend_from_slice(head);
                if front.len() == UTF_16_SAMPLE {
                    let mut reader = Standard::utf16(front, &mut draft);
                    reader.push(rest, &mut draft);
                    self.state = State::Standard(reader);
                }
            }
        }
        self.lossy |= draft.loss == Loss::Some;
        self.look(text, start);
    }

    /// The text ends here.
    pub fn finish(mut self, text: &mut String) -> Reading {
        let start = text.len();
        let mut draft = Draft::new(text);
        match &mut self.state {
            State::Standard(reader) => reader.finish(&mut draft),
            State::Iso2022Jp(reader) => reader.finish(&mut draft),
            State::Hz(reader) => reader.finish(&mut draft),
            State::Utf7(reader) => reader.finish(&mut draft),
            State::Utf32(reader) => reader.finish(&mut draft),
            State::Utf16(front) => Standard::utf16(front, &mut draft).finish(&mut draft),
        }
        self.lossy |= draft.loss == Loss::Some;
        self.look(text, start);
        let charset = if self.ascii { self.charset } else { Charset::UTF_8 };
        Reading { charset, lossy: self.lossy }
    }

    /// What is declared as ASCII is UTF-8 if it is more than that.
    fn look(&mut self, text: &str, start: usize) {
        if self.charset == Charset::US_ASCII && self.ascii {
            self.ascii = text.get(start..).unwrap_or_default().is_ascii();
        }
    }
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("charset", &self.charset)
            .field("lossy", &self.lossy)
            .finish_non_exhaustive()
    }
}

/// A charset of the WHATWG standard.
pub(super) struct Standard {
    decoder: encoding_rs::Decoder,
    /// Where a piece of text is made. The library looks at all the spare room of what it writes to: for a small chunk
    /// and a large room of the caller's, that would be most of the work.
    piece: String,
}

/// So many bytes are decoded at a time.
const PIECE: usize = 4096;

impl Standard {
    pub(super) fn new(encoding: &'static Encoding) -> Self {
        // Of the marks, this takes off only the one of the charset itself.
        Self::with(encoding.new_decoder_with_bom_removal())
    }

    fn with(decoder: encoding_rs::Decoder) -> Self {
        Self { decoder, piece: String::new() }
    }

    /// UTF-16 that begins with `front`.
    fn utf16(front: &[u8], draft: &mut Draft<'_>) -> Self {
        let (encoding, mark) = utf16_order(front);
        let mut reader = Self::with(encoding.new_decoder_without_bom_handling());
        reader.push(front.get(mark..).unwrap_or_default(), draft);
        reader
    }

    pub(super) fn push(&mut self, bytes: &[u8], draft: &mut Draft<'_>) {
        for bytes in bytes.chunks(PIECE) {
            self.decode(bytes, false, draft);
        }
    }

    pub(super) fn finish(&mut self, draft: &mut Draft<'_>) {
        self.decode(b"", true, draft);
    }

    fn decode(&mut self, bytes: &[u8], last: bool, draft: &mut Draft<'_>) {
        self.piece.clear();
        self.piece.reserve(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or_default());
        let (_, _, lossy) = self.decoder.decode_to_string(bytes, &mut self.piece, last);
        draft.text.push_str(&self.piece);
        if lossy {
            draft.loss = Loss::Some;
        }
    }
}
