//! Commands as they are read.

use super::clean::clean_line;
use super::text::{CommandText, printable};
use super::{
    Attributes, Auth, Base64, Bdat, Command, Host, Mail, Mechanism, Parameters, Rcpt, SaslLine, Unknown,
};
use crate::SmtpDefect;
use crate::leniency::{BarePath, Leniency};
use mailwire_address::{AddrSpec, ForwardPath, ReversePath};
use mailwire_core::frame::Value;
use mailwire_core::{ParseError, Sink};

impl<'a> Command<'a> {
    /// Reads a line, with or without its end.
    ///
    /// # Errors
    ///
    /// At the first octet that the grammar has no place for. Parameters are read later, when they are asked for.
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        match clean_line(line) {
            Some(command) => Ok(command),
            _ => Self::parse_with(line, &Leniency::default(), &mut ()),
        }
    }

    /// The same, with what is forgiven, and what was.
    ///
    /// # Errors
    ///
    /// At the first octet that the grammar has no place for.
    pub fn parse_with(
        line: &'a [u8],
        leniency: &Leniency,
        sink: &mut impl Sink<SmtpDefect>,
    ) -> Result<Self, ParseError> {
        let whole = line;
        let line = without_end(line, sink);
        check(line)?;
        let (verb, rest) = line.split_at_checked(4).unwrap_or((line, b""));
        if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return other(line, sink);
        }
        let arguments = || Behind { line, at: 4, rest };
        match fold(verb) {
            EHLO => arguments().host(sink).map(Self::Ehlo),
            HELO => arguments().host(sink).map(Self::Helo),
            LHLO => arguments().host(sink).map(Self::Lhlo),
            MAIL => arguments().mail(leniency, sink),
            RCPT => arguments().rcpt(leniency, sink),
            DATA => arguments().none(sink).map(|()| Self::Data),
            RSET => arguments().none(sink).map(|()| Self::Rset),
            QUIT => arguments().none(sink).map(|()| Self::Quit),
            // Nothing is forgiven where octets are counted.
            BDAT if whole.len() == line.len() + 1 => {
                Err(ParseError::new(line, line.len(), "a carriage return"))
            }
            BDAT => Bdat::parse(rest).map(Self::Bdat).map_err(|error| error.shifted(4)),
            NOOP => arguments().text().map(Self::Noop),
            HELP => arguments().text().map(Self::Help),
            VRFY => arguments().some_text().map(Self::Vrfy),
            EXPN => arguments().some_text().map(Self::Expn),
            ETRN => arguments().some_text().map(Self::Etrn),
            AUTH => arguments().auth(sink).map(Self::Auth),
            BURL => arguments().some_text().map(Self::Burl),
            ATRN => arguments().text().map(Self::Atrn),
            _ => other(line, sink),
        }
    }

    /// Reads a line inside of an authentication, with or without its end: [`Command::Sasl`].
    ///
    /// # Errors
    ///
    /// Where it is neither base64 nor a star alone.
    ///
    /// ```
    /// use mailwire_smtp::{Command, Leniency, SaslLine};
    ///
    /// let line = Command::parse_sasl(b"*\r\n", &Leniency::default(), &mut ())?;
    /// assert_eq!(line, Command::Sasl(SaslLine::Cancel));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse_sasl(
        line: &'a [u8],
        _: &Leniency,
        sink: &mut impl Sink<SmtpDefect>,
    ) -> Result<Self, ParseError> {
        SaslLine::parse(without_end(line, sink)).map(Self::Sasl)
    }
}

/// Whether a line that could not be read announces octets of a body all the same, to somebody.
pub(crate) fn announces_octets(line: &[u8]) -> bool {
    let line = behind_blanks(line);
    fold(line.get(..4).unwrap_or_default()) == BDAT
        && line.get(4).is_none_or(|byte| !byte.is_ascii_alphabetic())
}

/// Some servers skip blanks before a verb.
fn behind_blanks(line: &[u8]) -> &[u8] {
    let blanks = line.iter().take_while(|&&byte| byte <= b' ').count();
    line.get(blanks..).unwrap_or_default()
}

/// Whether a line may announce octets of which only the front was kept.
pub(crate) fn may_announce_octets(front: &[u8]) -> bool {
    let front = behind_blanks(front);
    let shorter = b"BDAT".get(..front.len());
    announces_octets(front) || shorter.is_some_and(|shorter| shorter.eq_ignore_ascii_case(front))
}

/// The line without its CRLF. A bare LF has been let through by who cut the line, and is reported.
fn without_end<'a>(line: &'a [u8], sink: &mut impl Sink<SmtpDefect>) -> &'a [u8] {
    let Some(bare) = line.strip_suffix(b"\n") else { return line };
    bare.strip_suffix(b"\r").unwrap_or_else(|| {
        sink.report(SmtpDefect::BareLf, bare.len()..line.len());
        bare
    })
}

/// No controls anywhere, and what is not ASCII is UTF-8.
#[inline]
fn check(line: &[u8]) -> Result<(), ParseError> {
    let Some(last) = line.last_chunk() else {
        let plain = line.iter().all(|octet| (b' '..127).contains(octet));
        return if plain { Ok(()) } else { check_closely(line) };
    };
    let mut odd = odd_octets(u64::from_le_bytes(*last));
    for word in line.as_chunks().0 {
        odd |= odd_octets(u64::from_le_bytes(*word));
    }
    if odd == 0 { Ok(()) } else { check_closely(line) }
}

/// Not zero if one of eight octets is a control or not ASCII.
#[inline]
const fn odd_octets(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let control = word.wrapping_sub(ONES * 0x20);
    let delete = (word ^ (ONES * 127)).wrapping_sub(ONES);
    (control | delete | word) & (ONES * 0x80)
}

#[cold]
fn check_closely(line: &[u8]) -> Result<(), ParseError> {
    printable(line).map(|_| ())
}

/// Four octets as a number, letters of either case as the small ones.
#[inline]
pub(super) const fn fold(verb: &[u8]) -> u32 {
    match verb {
        [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]) | 0x2020_2020,
        _ => 0,
    }
}

pub(super) const EHLO: u32 = fold(b"ehlo");
pub(super) const HELO: u32 = fold(b"helo");
pub(super) const LHLO: u32 = fold(b"lhlo");
pub(super) const MAIL: u32 = fold(b"mail");
pub(super) const RCPT: u32 = fold(b"rcpt");
pub(super) const DATA: u32 = fold(b"data");
pub(super) const RSET: u32 = fold(b"rset");
pub(super) const QUIT: u32 = fold(b"quit");
const BDAT: u32 = fold(b"bdat");
pub(super) const NOOP: u32 = fold(b"noop");
const HELP: u32 = fold(b"help");
const VRFY: u32 = fold(b"vrfy");
const EXPN: u32 = fold(b"expn");
const ETRN: u32 = fold(b"etrn");
const AUTH: u32 = fold(b"auth");
const BURL: u32 = fold(b"burl");
const ATRN: u32 = fold(b"atrn");

/// A verb that is not known by four letters.
#[cold]
fn other<'a>(line: &'a [u8], sink: &mut impl Sink<SmtpDefect>) -> Result<Command<'a>, ParseError> {
    let at = line.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(line.len());
    let (verb, rest) = line.split_at_checked(at).unwrap_or((line, b""));
    let arguments = Behind { line, at, rest };
    if verb.is_empty() {
        return Err(ParseError::new(line, 0, "a verb"));
    }
    if verb.eq_ignore_ascii_case(b"STARTTLS") {
        return arguments.none(sink).map(|()| Command::StartTls);
    }
    for (name, make) in [
        (&b"XCLIENT"[..], Command::Xclient as fn(Attributes<'a>) -> Command<'a>),
        (b"XFORWARD", Command::Xforward),
    ] {
        if verb.eq_ignore_ascii_case(name) {
            let (at, text) = arguments.behind_blank(sink)?;
            return Attributes::parse(text).map(make).map_err(|error| error.shifted(at));
        }
    }
    Unknown::kept(verb, arguments.text()?).map(Command::Unknown)
}

/// Whether a verb has a variant of its own.
pub(crate) fn is_known(verb: &[u8]) -> bool {
    const KNOWN: [u32; 17] = [
        EHLO, HELO, LHLO, MAIL, RCPT, DATA, RSET, QUIT, BDAT, NOOP, HELP, VRFY, EXPN, ETRN, AUTH, BURL, ATRN,
    ];
    let long = [&b"STARTTLS"[..], b"XCLIENT", b"XFORWARD"];
    KNOWN.contains(&fold(verb)) || long.iter().any(|known| verb.eq_ignore_ascii_case(known))
}

/// What stands behind the verb.
#[derive(Clone, Copy)]
struct Behind<'a> {
    line: &'a [u8],
    at: usize,
    rest: &'a [u8],
}

impl<'a> Behind<'a> {
    fn error(&self, at: usize, expected: &'static str) -> ParseError {
        ParseError::new(self.line, at, expected)
    }

    /// The rest without the blanks at its end.
    fn trimmed(&self, sink: &mut impl Sink<SmtpDefect>) -> &'a [u8] {
        let mut rest = self.rest;
        while let [head @ .., b' '] = rest {
            rest = head;
        }
        if rest.len() < self.rest.len() {
            sink.report(SmtpDefect::TrailingBlank, self.at + rest.len()..self.line.len());
        }
        rest
    }

    fn none(&self, sink: &mut impl Sink<SmtpDefect>) -> Result<(), ParseError> {
        match self.rest {
            [] => Ok(()),
            _ => match self.trimmed(sink) {
                [] => Ok(()),
                [b' ', ..] => Err(self.error(self.at + 1, "no argument")),
                _ => Err(self.error(self.at, "the end of the line")),
            },
        }
    }

    /// What is behind the blank that follows the verb, and where that is; a verb alone is followed by nothing.
    fn behind_blank(&self, sink: &mut impl Sink<SmtpDefect>) -> Result<(usize, &'a [u8]), ParseError> {
        match self.trimmed(sink) {
            [] => Ok((self.at, b"")),
            [b' ', text @ ..] => Ok((self.at + 1, text)),
            _ => Err(self.error(self.at, "a space")),
        }
    }

    /// Text is kept as it came, blanks at its end included.
    fn text(&self) -> Result<Option<CommandText<'a>>, ParseError> {
        match self.rest {
            [] | [b' '] => Ok(None),
            [b' ', text @ ..] => CommandText::new(text).map(Some).map_err(|error| error.shifted(self.at + 1)),
            _ => Err(self.error(self.at, "a space")),
        }
    }

    fn some_text(&self) -> Result<CommandText<'a>, ParseError> {
        self.text()?.ok_or_else(|| self.error(self.line.len(), "an argument"))
    }

    fn host(&self, sink: &mut impl Sink<SmtpDefect>) -> Result<Host<'a>, ParseError> {
        let (at, text) = self.behind_blank(sink)?;
        Host::new(text).map_err(|error| self.error(at + error.offset(), error.expected()))
    }

    fn auth(&self, sink: &mut impl Sink<SmtpDefect>) -> Result<Auth<'a>, ParseError> {
        let (at, text) = self.behind_blank(sink)?;
        let end = text.iter().position(|&byte| byte == b' ').unwrap_or(text.len());
        let (name, initial) = text.split_at_checked(end).unwrap_or((text, b""));
        let mechanism = Mechanism::new(name).map_err(|error| error.shifted(at))?;
        let initial = match initial.strip_prefix(b" ") {
            None => None,
            Some(b"=") => Some(Base64::EMPTY),
            Some(b"") => return Err(self.error(at + end + 1, "base64 or `=`")),
            Some(text) => Some(Base64::new(text).map_err(|error| error.shifted(at + end + 1))?),
        };
        Ok(Auth { mechanism, initial })
    }

    /// What is behind ` FROM:` or ` TO:`, and where that is.
    #[inline]
    fn behind_colon(
        &self,
        word: &[u8],
        expected: &'static str,
        sink: &mut impl Sink<SmtpDefect>,
    ) -> Result<(usize, &'a [u8]), ParseError> {
        let (found, rest) = self.rest.split_at_checked(word.len()).unwrap_or((self.rest, b""));
        if !found.eq_ignore_ascii_case(word) {
            let same = found.iter().zip(word).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
            return Err(self.error(self.at + same, expected));
        }
        let at = self.at + word.len();
        match rest {
            [b' ', path @ ..] => {
                sink.report(SmtpDefect::BlankBeforePath, at..at + 1);
                Ok((at + 1, path))
            }
            path => Ok((at, path)),
        }
    }

    #[inline]
    fn mail(&self, leniency: &Leniency, sink: &mut impl Sink<SmtpDefect>) -> Result<Command<'a>, ParseError> {
        let (at, rest) = self.behind_colon(b" FROM:", "` FROM:`", sink)?;
        let path = match bare(rest, leniency) {
            Some(address) => {
                let found = AddrSpec::parse(address, leniency.paths).and_then(ReversePath::try_from);
                sink.report(SmtpDefect::BarePath, at..at + address.len());
                found.map(|path| (path, address.len()))
            }
            None => ReversePath::parse_prefix(rest, leniency.paths),
        };
        let (path, len) = path.map_err(|error| error.shifted(at))?;
        let parameters = self.parameters(at + len, sink)?;
        Ok(Command::Mail(Mail { path, parameters }))
    }

    #[inline]
    fn rcpt(&self, leniency: &Leniency, sink: &mut impl Sink<SmtpDefect>) -> Result<Command<'a>, ParseError> {
        let (at, rest) = self.behind_colon(b" TO:", "` TO:`", sink)?;
        let path = match bare(rest, leniency) {
            Some(address) => {
                let found = AddrSpec::parse(address, leniency.paths).and_then(ForwardPath::try_from);
                sink.report(SmtpDefect::BarePath, at..at + address.len());
                found.map(|path| (path, address.len()))
            }
            None => ForwardPath::parse_prefix(rest, leniency.paths),
        };
        let (path, len) = path.map_err(|error| error.shifted(at))?;
        let parameters = self.parameters(at + len, sink)?;
        Ok(Command::Rcpt(Rcpt { path, parameters }))
    }

    /// What stands behind the path.
    #[inline]
    fn parameters(&self, at: usize, sink: &mut impl Sink<SmtpDefect>) -> Result<Parameters<'a>, ParseError> {
        let rest = self.line.get(at..).unwrap_or_default();
        match rest {
            [] => Ok(Parameters::NONE),
            [b' ', ..] => {
                let text = Behind { line: self.line, at, rest }.trimmed(sink);
                if has_double_blank(text) {
                    let double = text.windows(2).position(|pair| pair == b"  ").unwrap_or_default();
                    sink.report(SmtpDefect::DoubleBlank, at + double..at + double + 2);
                }
                Ok(Parameters::wire(text))
            }
            _ => Err(self.error(at, "a space")),
        }
    }
}

/// Without a branch, so that many octets are looked at together.
fn has_double_blank(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(0, |found, (&a, &b)| found | (u8::from(a == b' ') & u8::from(b == b' '))) != 0
}

/// An address without brackets, if one stands there and is forgiven.
#[inline]
fn bare<'a>(rest: &'a [u8], leniency: &Leniency) -> Option<&'a [u8]> {
    if leniency.bare_path == BarePath::Refuse || rest.first() == Some(&b'<') {
        return None;
    }
    rest.split(|&byte| byte == b' ').next()
}

impl Value for Command<'_> {
    type Defect = SmtpDefect;

    fn open(raw: &[u8], value: Option<&Self>) -> usize {
        match value {
            // The verb, the blank, the mechanism; what else stands there may be a secret in the wrong place.
            Some(Self::Auth(auth)) if auth.mechanism.is_named() => 5 + auth.mechanism.as_str().len(),
            Some(Self::Auth(_)) => 4,
            Some(Self::Sasl(_)) => 0,
            Some(Self::Unknown(unknown)) => unknown.open(),
            Some(_) => raw.len(),
            None => {
                let verb = fold(raw.get(..4).unwrap_or_default());
                // Base64 may begin like a verb, but has no blank.
                let behind = raw.get(4).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
                if behind && matches!(verb, EHLO | HELO | LHLO | MAIL | RCPT | DATA | RSET | QUIT | BDAT) {
                    raw.len()
                } else {
                    0
                }
            }
        }
    }
}
