//! Charsets: the labels of the WHATWG Encoding Standard, the further ones that mail uses, UTF-7 and UTF-32.
//!
//! ```
//! use mailwire_encoding::charset::{self, Charset, Fallback};
//!
//! let text = charset::decode(Some(b"KOI8-R"), b"\xd0\xd2\xc9\xd7\xc5\xd4", Fallback::Body);
//! assert_eq!(text.text(), "привет");
//!
//! // Nobody knows this one, so the bytes decide: they are UTF-8.
//! let text = charset::decode(Some(b"x-unknown"), "привет".as_bytes(), Fallback::Body);
//! assert_eq!((text.text(), text.charset()), ("привет", Charset::UTF_8));
//! ```
//!
//! Rules that differ between mail programs, and what this one does:
//!
//! | declared | bytes | read as |
//! |---|---|---|
//! | nothing, or a label nobody knows | UTF-8 | UTF-8 |
//! | | anything else, in a header | windows-1252 |
//! | | anything else, in a body | UTF-8, with U+FFFD for what is none |
//! | us-ascii | ASCII | us-ascii |
//! | | anything else | as if nothing were declared |
//! | iso-8859-1 | any | windows-1252, its superset, as in browsers |
//! | utf-8, utf-16, utf-32 | a byte order mark in front | the mark is dropped |
//! | utf-16, utf-32 | no byte order mark | big-endian (RFC 2781 §4.3), unless the zeros at the front tell otherwise |
//! | iso-2022-jp | an escape followed by another | the first one means nothing and is dropped |
//! | hz-gb-2312 | a line end within Chinese | Chinese ends there too |
//! | | `~` before anything that is no escape | a `~` |
//!
//! A [`Decoder`] reads what comes in pieces by the same rules, those for bodies.

mod hz;
mod iso_2022_jp;
mod label;
mod push;
mod unicode;
mod utf7;

use crate::{Text, text::Loss};
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use encoding_rs::Encoding;

pub use push::{Decoder, Reading};

/// A charset that can be read.
///
/// ```
/// use mailwire_encoding::Charset;
///
/// assert_eq!(Charset::for_label(b"\"Latin1\""), Some(Charset::WINDOWS_1252));
/// assert_eq!(Charset::for_label(b"x-nobodys"), None);
/// assert_eq!(Charset::SHIFT_JIS.decode(b"\x83\x81\x81[\x83\x8b").text(), "メール");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Charset(Kind);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Standard(&'static Encoding),
    Ascii,
    Hz,
    Utf7,
    /// Big-endian unless the bytes say otherwise.
    Utf16,
    Utf32,
    Utf32Be,
    Utf32Le,
}

impl Charset {
    /// UTF-8.
    pub const UTF_8: Self = Self(Kind::Standard(&encoding_rs::UTF_8_INIT));
    /// US-ASCII.
    pub const US_ASCII: Self = Self(Kind::Ascii);
    /// windows-1252, and what is labelled iso-8859-1.
    pub const WINDOWS_1252: Self = Self(Kind::Standard(&encoding_rs::WINDOWS_1252_INIT));
    /// windows-1251: Cyrillic.
    pub const WINDOWS_1251: Self = Self(Kind::Standard(&encoding_rs::WINDOWS_1251_INIT));
    /// KOI8-R: Russian.
    pub const KOI8_R: Self = Self(Kind::Standard(&encoding_rs::KOI8_R_INIT));
    /// ISO-8859-2: Central European.
    pub const ISO_8859_2: Self = Self(Kind::Standard(&encoding_rs::ISO_8859_2_INIT));
    /// ISO-8859-15: Western European with the euro.
    pub const ISO_8859_15: Self = Self(Kind::Standard(&encoding_rs::ISO_8859_15_INIT));
    /// ISO-2022-JP: Japanese in seven bits.
    pub const ISO_2022_JP: Self = Self(Kind::Standard(&encoding_rs::ISO_2022_JP_INIT));
    /// `Shift_JIS`: Japanese.
    pub const SHIFT_JIS: Self = Self(Kind::Standard(&encoding_rs::SHIFT_JIS_INIT));
    /// EUC-JP: Japanese.
    pub const EUC_JP: Self = Self(Kind::Standard(&encoding_rs::EUC_JP_INIT));
    /// EUC-KR: Korean, with all of its extension, windows-949.
    pub const EUC_KR: Self = Self(Kind::Standard(&encoding_rs::EUC_KR_INIT));
    /// Big5: traditional Chinese.
    pub const BIG5: Self = Self(Kind::Standard(&encoding_rs::BIG5_INIT));
    /// GBK: simplified Chinese, and what is labelled gb2312.
    pub const GBK: Self = Self(Kind::Standard(&encoding_rs::GBK_INIT));
    /// GB18030: Chinese, all of Unicode.
    pub const GB18030: Self = Self(Kind::Standard(&encoding_rs::GB18030_INIT));
    /// HZ-GB-2312: simplified Chinese in seven bits (RFC 1843).
    pub const HZ_GB_2312: Self = Self(Kind::Hz);
    /// UTF-7 (RFC 2152).
    pub const UTF_7: Self = Self(Kind::Utf7);
    /// UTF-16: the byte order mark says which, else the zeros in it, else big-endian (RFC 2781).
    pub const UTF_16: Self = Self(Kind::Utf16);
    /// UTF-16, big-endian.
    pub const UTF_16BE: Self = Self(Kind::Standard(&encoding_rs::UTF_16BE_INIT));
    /// UTF-16, little-endian.
    pub const UTF_16LE: Self = Self(Kind::Standard(&encoding_rs::UTF_16LE_INIT));
    /// UTF-32: the byte order mark says which, else the zeros in it, else big-endian.
    pub const UTF_32: Self = Self(Kind::Utf32);
    /// UTF-32, big-endian.
    pub const UTF_32BE: Self = Self(Kind::Utf32Be);
    /// UTF-32, little-endian.
    pub const UTF_32LE: Self = Self(Kind::Utf32Le);

    /// The charset of a label: of any case, with blanks or quotes around it.
    ///
    /// `None` for labels nobody knows, and for those the WHATWG standard maps to its "replacement" (iso-2022-kr …),
    /// which would make one U+FFFD of a whole body.
    pub fn for_label(label: &[u8]) -> Option<Self> {
        label::find(label)
    }

    /// Its name, in the spelling of the IANA register or of the WHATWG standard.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Standard(encoding) => encoding.name(),
            Kind::Ascii => "US-ASCII",
            Kind::Hz => "HZ-GB-2312",
            Kind::Utf7 => "UTF-7",
            Kind::Utf16 => "UTF-16",
            Kind::Utf32 => "UTF-32",
            Kind::Utf32Be => "UTF-32BE",
            Kind::Utf32Le => "UTF-32LE",
        }
    }

    /// The text that `bytes` are in this charset. Never fails: what means nothing becomes U+FFFD, and the text says
    /// so. Borrows where the bytes are UTF-8 already.
    ///
    /// [`US_ASCII`](Self::US_ASCII) with bytes of eight bits is read as if nothing were declared, as in a body.
    pub fn decode(self, bytes: &[u8]) -> Text<'_> {
        let (text, loss) = match self.0 {
            Kind::Ascii => return ascii(bytes, Fallback::Body),
            Kind::Standard(encoding) if encoding == encoding_rs::UTF_8 => {
                standard(encoding, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            }
            Kind::Standard(encoding) if encoding == encoding_rs::UTF_16LE => {
                standard(encoding, bytes.strip_prefix(b"\xff\xfe").unwrap_or(bytes))
            }
            Kind::Standard(encoding) if encoding == encoding_rs::UTF_16BE => {
                standard(encoding, bytes.strip_prefix(b"\xfe\xff").unwrap_or(bytes))
            }
            Kind::Standard(encoding) if encoding == encoding_rs::ISO_2022_JP => iso_2022_jp::decode(bytes),
            Kind::Standard(encoding) => standard(encoding, bytes),
            Kind::Utf16 => {
                let (encoding, mark) = utf16_order(bytes);
                standard(encoding, bytes.get(mark..).unwrap_or_default())
            }
            Kind::Utf7 => return self.decode_shifted(b'+', bytes),
            Kind::Hz => return self.decode_shifted(b'~', bytes),
            Kind::Utf32 | Kind::Utf32Be | Kind::Utf32Le => return self.decode_owned(bytes),
        };
        Text::with_loss(text, self, loss)
    }

    /// A decoder for bytes that come in pieces.
    pub fn decoder(self) -> Decoder {
        Decoder::new(self)
    }

    /// ASCII, in which `shift` begins everything else.
    fn decode_shifted(self, shift: u8, bytes: &[u8]) -> Text<'_> {
        let plain = bytes.is_ascii() && memchr::memchr(shift, bytes).is_none();
        match core::str::from_utf8(bytes) {
            Ok(text) if plain => Text::with_loss(Cow::Borrowed(text), self, Loss::None),
            _ => self.decode_owned(bytes),
        }
    }

    fn decode_owned(self, bytes: &[u8]) -> Text<'static> {
        let (mut decoder, mut text) = (self.decoder(), String::new());
        decoder.push(bytes, &mut text);
        let loss = if decoder.finish(&mut text).is_lossy() { Loss::Some } else { Loss::None };
        Text::with_loss(Cow::Owned(text), self, loss)
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Charset").field(&self.name()).finish()
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What bytes are that are not UTF-8 and whose charset is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a rule for each place where text stands in a message")]
pub enum Fallback {
    /// In a body: UTF-8 with U+FFFD for what is none.
    Body,
    /// In a header: windows-1252, where every byte has a meaning.
    Header,
}

/// The text of bytes whose charset is declared by `label`, if at all. Never fails.
///
/// A label nobody knows is none, and so is us-ascii where there are bytes of eight bits: then the text is UTF-8 if the
/// bytes are, and `fallback` says what it is otherwise. [`Text::charset`] tells what was taken.
///
/// ```
/// use mailwire_encoding::charset::{Fallback, decode};
///
/// assert_eq!(decode(None, b"caf\xe9", Fallback::Header).text(), "café");
/// assert_eq!(decode(None, b"caf\xe9", Fallback::Body).text(), "caf\u{fffd}");
/// ```
pub fn decode<'a>(label: Option<&[u8]>, bytes: &'a [u8], fallback: Fallback) -> Text<'a> {
    decode_with(label.and_then(Charset::for_label), bytes, fallback)
}

/// The same where the label has been looked up.
pub(crate) fn decode_with(charset: Option<Charset>, bytes: &[u8], fallback: Fallback) -> Text<'_> {
    match charset {
        None => undeclared(bytes, fallback),
        Some(Charset::US_ASCII) => ascii(bytes, fallback),
        Some(charset) => charset.decode(bytes),
    }
}

/// What is declared as ASCII. Whether it is that, or UTF-8 in fact, [`Text::charset`] finds out when somebody asks: the
/// text is the same, and one look at the bytes is enough for it.
fn ascii(bytes: &[u8], fallback: Fallback) -> Text<'_> {
    match utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Some(text) => Text::with_loss(Cow::Borrowed(text), Charset::US_ASCII, Loss::None),
        None => undeclared(bytes, fallback),
    }
}

fn undeclared(bytes: &[u8], fallback: Fallback) -> Text<'_> {
    match (utf8(bytes), fallback) {
        (None, Fallback::Header) => Charset::WINDOWS_1252.decode(bytes),
        _ => Charset::UTF_8.decode(bytes),
    }
}

/// `bytes` as text if they are UTF-8: by `encoding_rs`, whose check is many times faster on what is not ASCII.
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    match encoding_rs::UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(Cow::Borrowed(text)) => Some(text),
        _ => None,
    }
}

fn standard<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, Loss) {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    (text, if lossy { Loss::Some } else { Loss::None })
}

/// So many bytes tell the byte order of UTF-16 that has no mark.
const UTF_16_SAMPLE: usize = 1024;

/// The byte order of UTF-16, and the length of its mark. Without one it ought to be big-endian (RFC 2781 §4.3), and
/// often is not: where every other byte is zero, as in most text of the West, those are the high ones.
fn utf16_order(bytes: &[u8]) -> (&'static Encoding, usize) {
    match bytes {
        [0xff, 0xfe, ..] => (encoding_rs::UTF_16LE, 2),
        [0xfe, 0xff, ..] => (encoding_rs::UTF_16BE, 2),
        _ => {
            let (units, _) = bytes.get(..UTF_16_SAMPLE).unwrap_or(bytes).as_chunks::<2>();
            let big = units.iter().filter(|[high, low]| *high == 0 && *low != 0).count();
            let little = units.iter().filter(|[low, high]| *high == 0 && *low != 0).count();
            (if little > big { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE }, 0)
        }
    }
}

#[cfg(test)]
mod tests;
