//! Reads one capability.

use super::keyword::Known;
use super::{AnnouncedLimits, Capability, Keyword, Words};
use mailwire_core::{Class, DateTime, ParseError};

impl<'a> Capability<'a> {
    /// Reads the text of one line, without its code.
    ///
    /// Taken although the grammar has no place for it, since servers send it: `AUTH=` and `SIZE=`, spaces at the end, keywords
    /// of any characters.
    ///
    /// # Errors
    ///
    /// Where the arguments of a known keyword are none that it can have: a word behind `STARTTLS`, a number that does not fit into
    /// 64 bits behind `SIZE`. [`Capabilities::iter`](super::Capabilities::iter) keeps such a line as
    /// [`Other`](Self::Other). At 0 if there is no keyword.
    ///
    /// ```
    /// use mailwire_smtp::Capability;
    ///
    /// assert_eq!(Capability::parse(b"size 1000")?, Capability::Size(Some(1000)));
    /// let error = Capability::parse(b"SIZE 18446744073709551616").unwrap_err();
    /// assert_eq!(error.to_string(), "expected a number below 2^64 at byte 5, found `1`");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn parse(line: &'a [u8]) -> Result<Self, ParseError> {
        let (keyword, args) = front(line);
        if keyword.is_empty() {
            return Err(ParseError::new(line, 0, "a keyword"));
        }
        if let Some(at) = keyword.iter().position(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(ParseError::new(line, at, "a keyword"));
        }
        let at = line.len() - args.len();
        Self::typed(Keyword::of_line(keyword), args).map_err(|error| error.shifted(at))
    }

    /// The same of a line that has been checked: what is wrong makes it an [`Other`](Self::Other). `None` if it says nothing.
    #[inline]
    pub(super) fn read(line: &'a [u8]) -> Option<Self> {
        let (keyword, args) = front(line);
        if keyword.is_empty() {
            return None;
        }
        let keyword = Keyword::of_line(keyword);
        match Self::typed(keyword, args) {
            Ok(capability) => Some(capability),
            Err(_) => Some(Self::Other { keyword, args: Words::new(args).ok()? }),
        }
    }

    #[inline]
    fn typed(keyword: Keyword<'a>, args: &'a [u8]) -> Result<Self, ParseError> {
        let words = || Words::new(args);
        let Some(known) = Known::of(keyword.as_bytes()) else {
            return Ok(Self::Other { keyword, args: words()? });
        };
        let flag = match known {
            Known::Size => return Ok(Self::Size(only(args, number)?)),
            Known::Auth => return Ok(Self::Auth(words()?)),
            Known::Limits => return Ok(Self::Limits(AnnouncedLimits::new(words()?))),
            Known::MtPriority => return Ok(Self::MtPriority(words()?)),
            Known::DeliverBy => return Ok(Self::DeliverBy(only(args, seconds)?)),
            Known::FutureRelease => return future_release(args),
            Known::NoSoliciting => return Ok(Self::NoSoliciting(words()?)),
            Known::Burl => return Ok(Self::Burl(words()?)),
            Known::Xclient => return Ok(Self::Xclient(words()?)),
            Known::Xforward => return Ok(Self::Xforward(words()?)),
            Known::EightBitMime => Self::EightBitMime,
            Known::BinaryMime => Self::BinaryMime,
            Known::Chunking => Self::Chunking,
            Known::Pipelining => Self::Pipelining,
            Known::Dsn => Self::Dsn,
            Known::EnhancedStatusCodes => Self::EnhancedStatusCodes,
            Known::StartTls => Self::StartTls,
            Known::SmtpUtf8 => Self::SmtpUtf8,
            Known::RequireTls => Self::RequireTls,
            Known::Etrn => Self::Etrn,
            Known::Atrn => Self::Atrn,
            Known::Vrfy => Self::Vrfy,
            Known::Expn => Self::Expn,
            Known::Help => Self::Help,
            Known::Rrvs => Self::Rrvs,
            Known::Mtrk => Self::Mtrk,
            Known::Conperm => Self::Conperm,
            Known::Conneg => Self::Conneg,
            Known::Prdr => Self::Prdr,
        };
        match word(args) {
            None => Ok(flag),
            Some((at, _)) => Err(ParseError::new(args, at, "end of line")),
        }
    }
}

/// The keyword of a line, and what is behind it. `AUTH=` and `SIZE=` are forms from before RFC 2554 and RFC 1651.
#[inline]
pub(super) fn front(line: &[u8]) -> (&[u8], &[u8]) {
    let line = line.strip_suffix(b"\r\n").unwrap_or(line);
    let end = line.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'=')).unwrap_or(line.len());
    let (name, args) = line.split_at_checked(end).unwrap_or((line, b""));
    let Some(value) = args.strip_prefix(b"=") else { return (name, args) };
    if matches!(Known::of(name), Some(Known::Auth | Known::Size)) {
        return (name, value);
    }
    let end = line.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(line.len());
    line.split_at_checked(end).unwrap_or((line, b""))
}

fn future_release<'a>(args: &[u8]) -> Result<Capability<'a>, ParseError> {
    let missing = || ParseError::new(args, args.len(), "the longest interval and the latest date");
    let (at, interval) = word(args).ok_or_else(missing)?;
    let max_interval = seconds(interval).map_err(|error| error.shifted(at))?;
    let rest = args.get(at + interval.len()..).unwrap_or_default();
    let (gap, date) = word(rest).ok_or_else(missing)?;
    let at = at + interval.len() + gap;
    let text = core::str::from_utf8(date).unwrap_or_default();
    let max_date_time = text.parse::<DateTime>().map_err(|error| error.shifted(at))?;
    match word(rest.get(gap + date.len()..).unwrap_or_default()) {
        None => Ok(Capability::FutureRelease { max_interval, max_date_time }),
        Some((gap, _)) => Err(ParseError::new(args, at + date.len() + gap, "end of line")),
    }
}

/// The first word, and where it is.
fn word(args: &[u8]) -> Option<(usize, &[u8])> {
    let at = Class::WSP.prefix_len(args);
    let rest = args.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.iter().position(|&byte| Class::WSP.contains(byte)).unwrap_or(rest.len());
    rest.get(..end).map(|word| (at, word))
}

/// The only argument, if there is one.
fn only<T>(args: &[u8], parse: impl Fn(&[u8]) -> Result<T, ParseError>) -> Result<Option<T>, ParseError> {
    let Some((at, first)) = word(args) else { return Ok(None) };
    let value = parse(first).map_err(|error| error.shifted(at))?;
    let behind = at + first.len();
    match word(args.get(behind..).unwrap_or_default()) {
        None => Ok(Some(value)),
        Some((gap, _)) => Err(ParseError::new(args, behind + gap, "end of line")),
    }
}

fn seconds(word: &[u8]) -> Result<u32, ParseError> {
    u32::try_from(number(word)?).map_err(|_| ParseError::new(word, 0, "a number below 2^32"))
}

/// A number in decimal digits. One that is too big is an error, and nothing else.
#[inline]
pub(super) fn number(word: &[u8]) -> Result<u64, ParseError> {
    if word.is_empty() {
        return Err(ParseError::new(word, 0, "a number"));
    }
    let mut number = 0_u64;
    for (at, byte) in word.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return Err(ParseError::new(word, at, "a digit"));
        }
        let next = number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit)));
        number = next.ok_or_else(|| ParseError::new(word, 0, "a number below 2^64"))?;
    }
    Ok(number)
}
