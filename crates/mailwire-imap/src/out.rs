//! Where commands and responses are written, and where the writer has to wait.

use crate::class::Class;
use crate::plain::plain;
use crate::reader::announce::{Announced, announced, content};
use crate::reader::quote::Quote;
use alloc::vec::Vec;

/// What both sides have agreed on: it decides in which form a string is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Enabled {
    /// Which literals a client may send without waiting.
    pub literals: Literals,
    /// Whether UTF-8 may stand in quoted strings: `UTF8=ACCEPT` or `IMAP4rev2` was enabled.
    pub utf8: Utf8,
    /// Whether there are literals with NUL: BINARY was offered, or `IMAP4rev2` enabled.
    pub binary: Binary,
}

/// Which literals a client may send without waiting for a continuation (RFC 7888).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 7888 has these two")]
pub enum Literals {
    /// None: it waits before each.
    #[default]
    Wait,
    /// `LITERAL-`, and `IMAP4rev2`: those of at most 4,096 octets.
    Minus,
    /// `LITERAL+`: all.
    Plus,
}

/// What quoted strings may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Utf8 {
    /// ASCII.
    #[default]
    Off,
    /// UTF-8.
    On,
}

/// Whether there is `~{n}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Binary {
    /// No: a NUL goes into a literal that should have none.
    #[default]
    Off,
    /// Yes.
    On,
}

impl Enabled {
    /// Nothing: plain `IMAP4rev1`.
    pub const NONE: Self = Self { literals: Literals::Wait, utf8: Utf8::Off, binary: Binary::Off };

    /// The same with another [`literals`](Self::literals).
    #[must_use]
    pub const fn with_literals(self, literals: Literals) -> Self {
        Self { literals, ..self }
    }

    /// The same with another [`utf8`](Self::utf8).
    #[must_use]
    pub const fn with_utf8(self, utf8: Utf8) -> Self {
        Self { utf8, ..self }
    }

    /// The same with another [`binary`](Self::binary).
    #[must_use]
    pub const fn with_binary(self, binary: Binary) -> Self {
        Self { binary, ..self }
    }
}

/// What is to be sent: octets, and the places in them where a client has to wait for a continuation.
///
/// ```
/// use mailwire_imap::out::{Enabled, Out};
/// use mailwire_imap::{Command, IString, command::{Body, Tag}};
///
/// let login = Body::Login { user: IString::from("fred"), password: IString::from("p\u{e4}ss").into() };
/// let mut out = Out::client(Enabled::NONE);
/// Command::new(Tag::new(b"a1")?, login).encode(&mut out);
/// assert_eq!(out.bytes(), "a1 LOGIN fred {5}\r\np\u{e4}ss\r\n".as_bytes());
/// // Send up to there, wait for `+`, send the rest.
/// assert_eq!(out.stops(), [19]);
/// # Ok::<(), mailwire_imap::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Out {
    bytes: Vec<u8>,
    stops: Vec<usize>,
    /// Where the line begins that is being written, or what is behind the last literal in it.
    line: usize,
    /// The deepest list that was copied.
    depth: u8,
    side: Side,
    enabled: Enabled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Client,
    Server,
    /// Nobody: what is written is read again, and says exactly the same.
    Kept,
}

/// The longest string that goes in quotes; RFC 2683 §3.2.1.5 wants lines short.
const LONGEST_QUOTED: usize = 1000;

impl Out {
    /// For commands.
    pub const fn client(enabled: Enabled) -> Self {
        Self { bytes: Vec::new(), stops: Vec::new(), line: 0, depth: 0, side: Side::Client, enabled }
    }

    /// For responses: a server never waits.
    pub const fn server(enabled: Enabled) -> Self {
        Self { bytes: Vec::new(), stops: Vec::new(), line: 0, depth: 0, side: Side::Server, enabled }
    }

    pub(crate) fn kept(size: usize) -> Self {
        Self { bytes: Vec::with_capacity(size), side: Side::Kept, ..Self::server(Enabled::NONE) }
    }

    #[inline]
    pub(crate) fn is_kept(&self) -> bool {
        self.side == Side::Kept
    }

    /// A list as it came.
    pub(crate) fn copy(&mut self, list: &[u8], depth: u8) {
        self.depth = self.depth.max(depth.saturating_add(1));
        self.raw(list.strip_prefix(b" ").unwrap_or(list));
    }

    /// How deep a reader must be able to read.
    pub(crate) fn depth(&self) -> u8 {
        self.depth.max(crate::Limits::DEFAULT.depth)
    }

    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where in the octets a continuation has to be awaited, in order. What is in front of a stop can be sent.
    pub fn stops(&self) -> &[usize] {
        &self.stops
    }

    /// The octets, to be kept.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Forgets what was written and keeps the room for it.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.stops.clear();
        self.line = 0;
    }

    /// What was agreed on.
    pub fn enabled(&self) -> Enabled {
        self.enabled
    }

    #[inline]
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    #[inline]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn number(&mut self, number: u64) {
        let (mut digits, mut at, mut rest) = ([0_u8; 20], 20, number);
        loop {
            at -= 1;
            if let Some(digit) = digits.get_mut(at) {
                *digit = b'0' + (rest % 10) as u8;
            }
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.raw(digits.get(at..).unwrap_or_default());
    }

    /// Text of a line: what no line has is written as `?`, so that nothing can be injected, and no word made of two halves.
    pub(crate) fn text(&mut self, text: &[u8]) {
        if self.is_kept() || memchr::memchr3(0, b'\r', b'\n', text).is_none() {
            return self.raw(text);
        }
        self.bytes
            .extend(text.iter().map(|&byte| if matches!(byte, 0 | b'\r' | b'\n') { b'?' } else { byte }));
    }

    /// What was written from `start` on is text of a line, whatever it was.
    pub(crate) fn flatten(&mut self, start: usize) {
        if !self.is_kept() {
            let written = self.bytes.get_mut(start..).unwrap_or_default();
            written.iter_mut().filter(|byte| matches!(byte, 0 | b'\r' | b'\n')).for_each(|byte| *byte = b'?');
            self.line = self.line.min(start);
        }
    }

    /// Octets of a frame, literals included, as they came; outside of literals as [`text`](Self::text), and without a quote that
    /// nobody closes: behind one, the announcement of a literal would be text. Whether a literal waits is decided by who reads
    /// this, not by who wrote it: what does not wait where it has to is a command of its own.
    pub(crate) fn verbatim(&mut self, raw: &[u8]) {
        if self.is_kept() {
            return self.raw(raw);
        }
        let mut rest = raw;
        while let Some(at) = memchr::memchr(b'\n', rest) {
            let (line, behind) = rest.split_at_checked(at + 1).unwrap_or((rest, b""));
            rest = behind;
            let text = content(line);
            let Announced::Literal { size, sync } = announced(text) else {
                self.closed(line);
                continue;
            };
            let Some((octets, behind)) =
                usize::try_from(size).ok().and_then(|size| rest.split_at_checked(size))
            else {
                self.closed(line);
                continue;
            };
            let plus = !sync && self.side == Side::Client && !self.waits(size);
            self.closed(if plus { text } else { text.strip_suffix(b"+}").unwrap_or(text) });
            self.raw(if sync || plus { b"\r\n" } else { b"}\r\n" });
            if !plus && self.side == Side::Client {
                self.stops.push(self.bytes.len());
            }
            self.octets(octets);
            rest = behind;
        }
        self.closed(rest);
    }

    fn closed(&mut self, text: &[u8]) {
        let start = self.bytes.len();
        self.text(text);
        let written = self.bytes.get_mut(start..).unwrap_or_default();
        if Quote::Outside.behind(written).is_open() {
            written.iter_mut().filter(|byte| **byte == b'"').for_each(|byte| *byte = b'?');
        }
    }

    /// As `string`.
    pub(crate) fn string(&mut self, octets: &[u8]) {
        if !self.is_kept() && octets.len() <= LONGEST_QUOTED && plain(octets, 0) == octets.len() {
            self.byte(b'"');
            self.raw(octets);
            return self.byte(b'"');
        }
        // A quote that nobody closes may stand in a list that was copied: none is added that would close it.
        let quotable = !self.is_kept()
            && octets.len() <= LONGEST_QUOTED
            && !octets.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n'))
            && (octets.is_ascii() || self.enabled.utf8 == Utf8::On && core::str::from_utf8(octets).is_ok());
        if quotable { self.quoted(octets) } else { self.literal(octets) }
    }

    pub(crate) fn quoted(&mut self, octets: &[u8]) {
        self.byte(b'"');
        if octets.iter().any(|byte| matches!(byte, b'"' | b'\\')) {
            for &byte in octets {
                if matches!(byte, b'"' | b'\\') {
                    self.byte(b'\\');
                }
                self.byte(byte);
            }
        } else {
            self.raw(octets);
        }
        self.byte(b'"');
    }

    pub(crate) fn literal(&mut self, octets: &[u8]) {
        let nul = self.enabled.binary == Binary::On && memchr::memchr(0, octets).is_some();
        self.announce(octets.len() as u64, nul);
        self.octets(octets);
    }

    /// Of a literal.
    pub(crate) fn octets(&mut self, octets: &[u8]) {
        self.raw(octets);
        self.line = self.bytes.len();
    }

    /// Whether a literal of so many octets waits for a continuation.
    fn waits(&self, size: u64) -> bool {
        self.side == Side::Client
            && match self.enabled.literals {
                Literals::Wait => true,
                Literals::Minus => size > 4096,
                Literals::Plus => false,
            }
    }

    /// `{n}` or `{n+}`, and the line end.
    pub(crate) fn announce(&mut self, size: u64, binary: bool) {
        let waits = self.waits(size);
        self.raw(if binary { b"~{" } else { b"{" });
        self.number(size);
        self.raw(if waits || self.side != Side::Client { b"}\r\n" } else { b"+}\r\n" });
        if waits {
            self.stops.push(self.bytes.len());
        }
    }

    /// As `astring`. What reads like NIL is quoted.
    pub(crate) fn astring(&mut self, octets: &[u8]) {
        if !octets.is_empty() && Class::ASTRING.contains_all(octets) && !octets.eq_ignore_ascii_case(b"NIL") {
            self.raw(octets);
        } else {
            self.string(octets);
        }
    }

    /// As `astring` where no literal can be.
    pub(crate) fn line_astring(&mut self, octets: &[u8]) {
        if !octets.is_empty() && Class::ASTRING.contains_all(octets) && !octets.eq_ignore_ascii_case(b"NIL") {
            self.raw(octets);
        } else {
            self.line_string(octets);
        }
    }

    /// As `string` where no literal can be: what would need one is written as `?`.
    pub(crate) fn line_string(&mut self, octets: &[u8]) {
        let odd = |byte: &u8| matches!(byte, 0 | b'\r' | b'\n');
        if self.is_kept() {
            self.string(octets);
        } else if octets.iter().any(odd) {
            let octets: Vec<u8> = octets.iter().map(|byte| if odd(byte) { b'?' } else { *byte }).collect();
            self.quoted(&octets);
        } else {
            self.quoted(octets);
        }
    }

    pub(crate) fn nstring(&mut self, string: Option<crate::IString<'_>>) {
        match string {
            Some(string) => string.write(self),
            None => self.raw(b"NIL"),
        }
    }

    pub(crate) fn crlf(&mut self) {
        self.octets(b"\r\n");
    }

    /// The end of a command or of a response with data: nothing in it is the announcement of a literal. A word of the peer may look
    /// like one where it never stood at the end of a line.
    pub(crate) fn end(&mut self) {
        let line = self.bytes.get(self.line..).unwrap_or_default();
        if !self.is_kept() && announced(line) != Announced::Nothing {
            self.bytes.pop();
            self.byte(b'?');
        }
        self.crlf();
    }
}
