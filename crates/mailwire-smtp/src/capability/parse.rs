//! Reads one capability.

use super::keyword::Known;
use super::words::blank;
use super::{AnnouncedLimits, Capability, Keyword, Words};
use crate::reply::cut_line;
use crate::scan::{front_key, word};
use mailwire_core::{Class, DateTime, LineText, ParseError};

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
        let line = LineText::new(line.strip_suffix(b"\r\n").unwrap_or(line))?.as_bytes();
        let front = Front::new(line);
        if front.keyword.is_empty() {
            return Err(ParseError::new(line, line.len(), "a keyword"));
        }
        front.typed().map_err(|error| error.shifted(line.len() - front.args.len()))
    }

    /// The same of a line that has been checked, and that does not begin with a letter or a digit; `None` if it says nothing.
    #[cold]
    pub(super) fn read_odd(line: &'a [u8]) -> Option<Self> {
        let front = Front::new(line);
        if front.keyword.is_empty() { None } else { Some(front.typed().unwrap_or_else(|_| front.other())) }
    }

    /// The same of a line that has been checked, and whose first word is known: what is wrong makes it an [`Other`](Self::Other).
    #[inline(never)]
    pub(super) fn read(line: &'a [u8], word: usize, key: u64) -> Self {
        let front = Front::of(line, word, key);
        front.typed().unwrap_or_else(|_| front.other())
    }

    /// The same where a line begins, and what is behind its end, if it is what most lines are: a known word and nothing else, a size,
    /// mechanisms.
    #[inline]
    pub(super) fn plain(text: &'a [u8]) -> Option<(Self, Option<&'a [u8]>)> {
        let (known, behind) = Known::prefix(front_key(text)?, text)?;
        match (known, behind) {
            (known, [b'\r', b'\n', next @ ..]) => known.flag().map(|flag| (flag, Some(next))),
            (known, []) => known.flag().map(|flag| (flag, None)),
            (Known::Size, [b' ', args @ ..]) => match digits(args) {
                (size, [b'\r', b'\n', next @ ..]) => Some((Self::Size(Some(size?)), Some(next))),
                (size, []) => Some((Self::Size(Some(size?)), None)),
                _ => None,
            },
            (Known::Auth, [b' ', args @ ..]) => {
                let (words, next) = cut_line(args);
                Some((Self::Auth(Words::of_line(words)), next))
            }
            _ => None,
        }
    }
}

/// The number at the front, if it is one that fits wherever it ends, and what is behind its digits.
#[inline]
fn digits(text: &[u8]) -> (Option<u64>, &[u8]) {
    let (mut number, mut rest) = (0, text);
    while let [digit @ b'0'..=b'9', behind @ ..] = rest
        && text.len() - rest.len() < 19
    {
        number = number * 10 + u64::from(digit - b'0');
        rest = behind;
    }
    ((rest.len() < text.len()).then_some(number), rest)
}

/// The keyword of a line that has been checked.
pub(super) fn keyword(line: &[u8]) -> Keyword<'_> {
    Keyword::of_line(Front::new(line).keyword)
}

/// Whether a line that begins with this keyword is one of a variant of its own.
pub(super) fn is_known(keyword: Keyword<'_>) -> bool {
    Front::new(keyword.as_bytes()).known.is_some()
}

/// A line, cut behind its keyword.
#[derive(Clone, Copy)]
struct Front<'a> {
    keyword: &'a [u8],
    known: Option<Known>,
    args: &'a [u8],
}

impl<'a> Front<'a> {
    /// Blanks before the keyword are nothing.
    fn new(line: &'a [u8]) -> Self {
        let line = line.get(Class::WSP.prefix_len(line)..).unwrap_or_default();
        let (len, key) = word(line);
        Self::of(line, len, key)
    }

    /// `AUTH=` and `SIZE=` are forms of old servers; in any other keyword the character means nothing.
    #[inline]
    fn of(line: &'a [u8], word: usize, key: u64) -> Self {
        let (keyword, args) = line.split_at_checked(word).unwrap_or((line, b""));
        let known = Known::of(key, keyword);
        match (args, known) {
            ([] | [b' ', ..], _) => Self { keyword, known, args },
            ([b'=', args @ ..], Some(Known::Auth | Known::Size)) => Self { keyword, known, args },
            _ => {
                let (keyword, args) = line.split_at_checked(blank(line)).unwrap_or((line, b""));
                Self { keyword, known: known.filter(|_| keyword.len() == word), args }
            }
        }
    }

    fn other(self) -> Capability<'a> {
        Capability::Other { keyword: Keyword::of_line(self.keyword), args: Words::of_line(self.args) }
    }

    #[inline]
    fn typed(self) -> Result<Capability<'a>, ParseError> {
        let Self { known, args, .. } = self;
        let Some(known) = known else { return Ok(self.other()) };
        let flag = match known {
            Known::Size => return Ok(Capability::Size(only(args, number)?)),
            Known::Auth => return Ok(Capability::Auth(Words::of_line(args))),
            Known::Limits => return Ok(Capability::Limits(AnnouncedLimits::new(Words::of_line(args)))),
            Known::MtPriority => return Ok(Capability::MtPriority(Words::of_line(args))),
            Known::DeliverBy => return Ok(Capability::DeliverBy(only(args, seconds)?)),
            Known::FutureRelease => return future_release(args),
            Known::NoSoliciting => return Ok(Capability::NoSoliciting(Words::of_line(args))),
            Known::Burl => return Ok(Capability::Burl(Words::of_line(args))),
            Known::Xclient => return Ok(Capability::Xclient(Words::of_line(args))),
            Known::Xforward => return Ok(Capability::Xforward(Words::of_line(args))),
            flag => flag.flag().unwrap_or_else(|| self.other()),
        };
        if args.is_empty() {
            return Ok(flag);
        }
        match first(args) {
            None => Ok(flag),
            Some((at, _)) => Err(ParseError::new(args, at, "end of line")),
        }
    }
}

impl Known {
    /// What it is if it has no arguments.
    #[inline]
    pub(super) fn flag<'a>(self) -> Option<Capability<'a>> {
        Some(match self {
            Self::EightBitMime => Capability::EightBitMime,
            Self::BinaryMime => Capability::BinaryMime,
            Self::Chunking => Capability::Chunking,
            Self::Pipelining => Capability::Pipelining,
            Self::Dsn => Capability::Dsn,
            Self::EnhancedStatusCodes => Capability::EnhancedStatusCodes,
            Self::StartTls => Capability::StartTls,
            Self::SmtpUtf8 => Capability::SmtpUtf8,
            Self::RequireTls => Capability::RequireTls,
            Self::Etrn => Capability::Etrn,
            Self::Atrn => Capability::Atrn,
            Self::Vrfy => Capability::Vrfy,
            Self::Expn => Capability::Expn,
            Self::Help => Capability::Help,
            Self::Rrvs => Capability::Rrvs,
            Self::Mtrk => Capability::Mtrk,
            Self::Conperm => Capability::Conperm,
            Self::Conneg => Capability::Conneg,
            Self::Prdr => Capability::Prdr,
            _ => return None,
        })
    }
}

fn future_release<'a>(args: &[u8]) -> Result<Capability<'a>, ParseError> {
    let missing = || ParseError::new(args, args.len(), "the longest interval and the latest date");
    let (at, interval) = first(args).ok_or_else(missing)?;
    let max_interval = seconds(interval).map_err(|error| error.shifted(at))?;
    let rest = args.get(at + interval.len()..).unwrap_or_default();
    let (gap, date) = first(rest).ok_or_else(missing)?;
    let at = at + interval.len() + gap;
    let text = core::str::from_utf8(date).unwrap_or_default();
    let max_date_time = text.parse::<DateTime>().map_err(|error| error.shifted(at))?;
    match first(rest.get(gap + date.len()..).unwrap_or_default()) {
        None => Ok(Capability::FutureRelease { max_interval, max_date_time }),
        Some((gap, _)) => Err(ParseError::new(args, at + date.len() + gap, "end of line")),
    }
}

/// The first word, and where it is.
fn first(args: &[u8]) -> Option<(usize, &[u8])> {
    let at = Class::WSP.prefix_len(args);
    let rest = args.get(at..).filter(|rest| !rest.is_empty())?;
    rest.get(..blank(rest)).map(|word| (at, word))
}

/// The only argument, if there is one.
fn only<T>(args: &[u8], parse: impl Fn(&[u8]) -> Result<T, ParseError>) -> Result<Option<T>, ParseError> {
    // Nearly always a space and the word.
    if let [b' ', word @ ..] = args
        && let Ok(value) = parse(word)
    {
        return Ok(Some(value));
    }
    let Some((at, word)) = first(args) else { return Ok(None) };
    let value = parse(word).map_err(|error| error.shifted(at))?;
    let behind = at + word.len();
    match first(args.get(behind..).unwrap_or_default()) {
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
        number = match at {
            // Nineteen digits always fit.
            ..19 => number * 10 + u64::from(digit),
            _ => number
                .checked_mul(10)
                .and_then(|number| number.checked_add(u64::from(digit)))
                .ok_or_else(|| ParseError::new(word, 0, "a number below 2^64"))?,
        };
    }
    Ok(number)
}
