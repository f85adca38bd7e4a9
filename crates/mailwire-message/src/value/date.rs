//! Dates of messages (RFC 5322 §3.3 and §4.3), and what software writes instead.

use super::ValueDefect;
use super::scan::{BLANK, range_in, skip_cfws};
use mailwire_core::class::trim;
use mailwire_core::{Class, DateTime, ParseError, Sink, Trace};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{cut, eof, map_opt, not, opt, verify};
use nom::error::context;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// Reads a date.
///
/// ```text
/// date-time   = [ day-of-week "," ] date time [CFWS]
/// date        = day month year
/// time        = hour ":" minute [ ":" second ] FWS zone
/// ```
///
/// (RFC 5322 §3.3.) Comments and folds may stand anywhere, names may be written out, and years of two and three digits
/// and the zones' names are read as §4.3 says: a zone whose meaning is not known is `-0000`. Beyond the standard
/// the orders of C (`Fri Nov 21 09:55:06 1997`), of America (`Nov 21, 1997 9:55 AM`) and of ISO 8601 are read, and a
/// missing zone or time.
///
/// # Errors
///
/// [`ParseError`] where no date of any of these forms goes on, or where a field is out of its range.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::date;
///
/// let sent = date::parse(b" Fri, 21 Nov 1997 09:55:06 -0600\r\n")?;
/// assert_eq!(sent.to_string(), "1997-11-21T09:55:06-06:00");
/// assert_eq!(date::parse(b"21 Nov 97 09:55 (about) CST")?.to_unix(), sent.to_unix() - 6);
/// assert!(date::parse(b"tomorrow").is_err());
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
#[inline]
pub fn parse(value: &[u8]) -> Result<DateTime, ParseError> {
    match canonical(value).or_else(|| folded(value)) {
        Some(date) => Ok(date),
        None => lenient(value, &mut ()),
    }
}

/// [`parse`], and what was wrong.
///
/// # Errors
///
/// Those of [`parse`], reported to `sink` as well.
pub fn parse_with(value: &[u8], sink: &mut impl Sink<ValueDefect>) -> Result<DateTime, ParseError> {
    // Only the day's name can be wrong in the canonical form; whoever forgets the defects does not pay for them.
    match canonical(value).or_else(|| folded(value)) {
        Some(date) if is_weekday_right(day_name_of(value), date) => Ok(date),
        _ => lenient(value, sink),
    }
}

/// The one form that nearly all mail has: `Fri, 21 Nov 1997 09:55:06 -0600`, with or without the day's name, with or
/// without a comment behind it. A twin of the grammar below for that form.
#[inline]
fn canonical(value: &[u8]) -> Option<DateTime> {
    let value = value.strip_prefix(b" ").unwrap_or(value);
    let rest = match value {
        [a, b, c, b',', b' ', rest @ ..] if Class::ALPHA.contains_all(&[*a, *b, *c]) => rest,
        _ => value,
    };
    let (d1, d2, rest) = match rest {
        [b' ', d2, b' ', rest @ ..] | [d2, b' ', rest @ ..] => (b'0', *d2, rest),
        [d1, d2, b' ', rest @ ..] => (*d1, *d2, rest),
        _ => return None,
    };
    let (fixed, rest) = rest.split_first_chunk()?;
    let [a, b, c, b' ', y1, y2, y3, y4, b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', sign, z1, z2, z3, z4] =
        *fixed
    else {
        return None;
    };
    let digits = [d1, d2, y1, y2, y3, y4, h1, h2, m1, m2, s1, s2, z1, z2, z3, z4]
        .map(|digit| digit.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) || !ends(rest) {
        return None;
    }
    let [d1, d2, y1, y2, y3, y4, h1, h2, m1, m2, s1, s2, z1, z2, z3, z4] = digits;
    let year = u16::from(y1 * 10 + y2) * 100 + u16::from(y3 * 10 + y4);
    let offset = i16::from(z1 * 10 + z2) * 60 + i16::from(z3 * 10 + z4);
    let offset = match sign {
        _ if z3 > 5 => return None,
        b'+' => offset,
        b'-' => -offset,
        _ => return None,
    };
    let date = DateTime::new(
        year,
        month([a, b, c])?,
        d1 * 10 + d2,
        h1 * 10 + h2,
        m1 * 10 + m2,
        s1 * 10 + s2,
        offset,
    )?;
    Some(if sign == b'-' && offset == 0 { date.with_unknown_offset() } else { date })
}

/// [`canonical`], for a value that only its folds keep from being that: long trace fields are broken inside of their dates.
#[cold]
fn folded(value: &[u8]) -> Option<DateTime> {
    const MOST: usize = 64;
    let value = trim(value);
    if value.len() > MOST || !value.iter().any(|&byte| Class::CRLF.contains(byte)) {
        return None;
    }
    let mut line = [0; MOST];
    let mut len = 0;
    let mut blank = false;
    for &byte in value {
        let was_blank = core::mem::replace(&mut blank, BLANK.contains(byte));
        if !(blank && was_blank) {
            *line.get_mut(len)? = if blank { b' ' } else { byte };
            len += 1;
        }
    }
    canonical(line.get(..len)?)
}

/// Whether nothing but blanks and one plain comment is left.
#[inline]
fn ends(rest: &[u8]) -> bool {
    match trim(rest) {
        [] => true,
        [b'(', inner @ .., b')'] => Class::ATEXT.or(Class::WSP).contains_all(inner),
        _ => false,
    }
}

/// The number of the month whose name begins with these letters. Its last two letters tell it by a table, without a
/// branch: months come at random.
#[inline]
fn month(name: [u8; 3]) -> Option<u8> {
    let name = name.map(|byte| byte | 0x20);
    let [_, b, c] = name;
    let (known, number) = *MONTHS.get(usize::from(b.wrapping_add(c) % 32))?;
    (known == name).then_some(number)
}

/// The months' names, each at the sum of its second and third letter modulo 32, which are all different.
static MONTHS: [([u8; 3], u8); 32] = months();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn months() -> [([u8; 3], u8); 32] {
    let mut table = [([0; 3], 0); 32];
    let mut month = 0_u8;
    while month < 12 {
        let [a, b, c, ..] = *MONTH_NAMES[month as usize] else { return table };
        table[b.wrapping_add(c) as usize % 32] = ([a, b, c], month + 1);
        month += 1;
    }
    table
}

pub(crate) const MONTH_NAMES: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

/// The letters at the front of `value`: the day's name, in the canonical form.
fn day_name_of(value: &[u8]) -> &[u8] {
    let value = trim(value);
    value.get(..Class::ALPHA.prefix_len(value)).unwrap_or_default()
}

/// Whether a day's name, if there is one, is that of the date.
fn is_weekday_right(name: &[u8], date: DateTime) -> bool {
    const NAMES: [&[u8]; 7] =
        [b"sunday", b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday"];
    let right = NAMES.get(usize::from(date.weekday())).copied().unwrap_or_default();
    name.is_empty()
        || name.len() >= 3 && right.get(..name.len()).is_some_and(|right| right.eq_ignore_ascii_case(name))
}

/// A date as it was written, before its parts are held against each other.
struct Written<'a> {
    standard_order: bool,
    day_name: &'a [u8],
    year: &'a [u8],
    month: u8,
    day: u8,
    time: Option<Time<'a>>,
    /// Empty where there is none.
    zone: &'a [u8],
    /// What stands behind it all.
    rest: &'a [u8],
}

struct Time<'a> {
    hour: u8,
    minute: u8,
    second: u8,
    /// `AM` or `PM`; empty on a clock of 24 hours.
    half: &'a [u8],
}

enum Zone {
    Offset(i16),
    Named(i16),
    /// `-0000`, and what §4.3 makes equal to it.
    Unknown,
    Unreadable,
}

#[cold]
fn lenient(value: &[u8], sink: &mut dyn Sink<ValueDefect>) -> Result<DateTime, ParseError> {
    let mut kind = ValueDefect::BadDate;
    let read = written(value).map_err(|error| match error {
        nom::Err::Error(trace) | nom::Err::Failure(trace) => trace.locate(value),
        nom::Err::Incomplete(_) => ParseError::new(value, value.len(), "a date"),
    });
    let result = read.and_then(|(_, written)| {
        let date = written.date().ok_or_else(|| {
            kind = ValueDefect::DateRange;
            ParseError::new(value, range_in(value, written.year).start, "a day of that month")
        })?;
        written.report(date, value, sink);
        Ok(date)
    });
    if let Err(error) = &result {
        sink.report(kind, error.offset()..value.len());
    }
    result
}

impl<'a> Written<'a> {
    fn new(year: &'a [u8], month: u8, day: u8, time: Option<Time<'a>>) -> Self {
        Self { standard_order: false, day_name: &[], year, month, day, time, zone: &[], rest: &[] }
    }

    fn date(&self) -> Option<DateTime> {
        let (hour, minute, second) = match &self.time {
            Some(time) => (time.on_24_hours(), time.minute, time.second),
            None => (0, 0, 0),
        };
        let (offset, known) = match zone(self.zone) {
            Zone::Offset(offset) | Zone::Named(offset) => (offset, true),
            Zone::Unknown | Zone::Unreadable => (0, false),
        };
        let date = DateTime::new(year(self.year)?, self.month, self.day, hour, minute, second, offset)?;
        Some(if known { date } else { date.with_unknown_offset() })
    }

    fn report(&self, date: DateTime, value: &[u8], sink: &mut dyn Sink<ValueDefect>) {
        let mut report = |kind, part| sink.report(kind, range_in(value, part));
        if !is_weekday_right(self.day_name, date) {
            report(ValueDefect::DateWeekday, self.day_name);
        }
        if !self.standard_order {
            report(ValueDefect::DateOrder, value);
        }
        if self.year.len() < 4 {
            report(ValueDefect::DateShortYear, self.year);
        }
        match &self.time {
            None => report(ValueDefect::DateNoTime, self.rest),
            Some(Time { half: [], .. }) => {}
            Some(time) => report(ValueDefect::DateTwelveHours, time.half),
        }
        match zone(self.zone) {
            Zone::Offset(_) => {}
            Zone::Unreadable => report(ValueDefect::DateBadZone, self.zone),
            Zone::Unknown if self.zone.is_empty() => report(ValueDefect::DateNoZone, self.zone),
            Zone::Unknown if self.zone == b"-0000" => {}
            Zone::Named(_) | Zone::Unknown => report(ValueDefect::DateObsoleteZone, self.zone),
        }
        if !self.rest.is_empty() {
            report(ValueDefect::DateTrailing, self.rest);
        }
    }
}

impl Time<'_> {
    fn on_24_hours(&self) -> u8 {
        match self.half {
            [b'p' | b'P', ..] if self.hour < 12 => self.hour + 12,
            [b'a' | b'A', ..] if self.hour == 12 => 0,
            _ => self.hour,
        }
    }
}

/// "If a two digit year is encountered whose value is between 00 and 49, the year is interpreted by adding 2000 […].
/// If a two digit year is encountered with a value between 50 and 99, or any three digit year is encountered, the year
/// is interpreted by adding 1900" (RFC 5322 §4.3).
fn year(digits: &[u8]) -> Option<u16> {
    let year = number(digits)?;
    Some(match digits.len() {
        0 | 1 => return None,
        2 if year < 50 => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    })
}

fn number(digits: &[u8]) -> Option<u16> {
    digits
        .iter()
        .try_fold(0_u16, |number, digit| number.checked_mul(10)?.checked_add(u16::from(digit - b'0')))
}

/// A zone: `( "+" / "-" ) 4DIGIT`, one of the names of RFC 5322 §4.3, or UTC's name with an offset behind it.
fn zone(zone: &[u8]) -> Zone {
    let (name, behind) = zone.split_at_checked(Class::ALPHA.prefix_len(zone)).unwrap_or_default();
    match (named(name), behind) {
        (zone, []) => zone,
        (_, behind) if name.is_empty() => offset(behind),
        (Zone::Named(0), behind) => match offset(behind) {
            Zone::Offset(minutes) => Zone::Named(minutes),
            zone => zone,
        },
        _ => Zone::Unreadable,
    }
}

fn named(name: &[u8]) -> Zone {
    const NAMES: [(&[u8], i16); 11] = [
        (b"UT", 0),
        (b"UTC", 0),
        (b"GMT", 0),
        (b"EDT", -4),
        (b"EST", -5),
        (b"CDT", -5),
        (b"CST", -6),
        (b"MDT", -6),
        (b"MST", -7),
        (b"PDT", -7),
        (b"PST", -8),
    ];
    let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map_or(Zone::Unknown, |(_, hours)| Zone::Named(hours * 60))
}

/// `+0100`, `+01:00`, `+01`, `-600`. "The offset MUST be within the range -9959 through +9959" (RFC 5322 §3.3).
fn offset(offset: &[u8]) -> Zone {
    let (sign, digits) = match offset {
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return Zone::Unreadable,
    };
    let (hours, minutes) = match digits {
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => ([*h1, *h2], [*m1, *m2]),
        [h, m1, m2] => ([b'0', *h], [*m1, *m2]),
        [h1, h2] => ([*h1, *h2], *b"00"),
        [h] => ([b'0', *h], *b"00"),
        _ => return Zone::Unreadable,
    };
    let ([h1, h2], [m1, m2]) = (hours, minutes);
    match (two(h1, h2), two(m1, m2)) {
        (Some(0), Some(0)) if sign < 0 => Zone::Unknown,
        (Some(hours), Some(minutes)) if hours < 99 || minutes < 60 => {
            Zone::Offset(sign * (i16::from(hours) * 60 + i16::from(minutes)))
        }
        _ => Zone::Unreadable,
    }
}

fn two(ten: u8, one: u8) -> Option<u8> {
    let (ten, one) = (ten.wrapping_sub(b'0'), one.wrapping_sub(b'0'));
    (ten <= 9 && one <= 9).then(|| ten * 10 + one)
}

type Parsed<'a, T> = IResult<&'a [u8], T, Trace>;

/// `[CFWS] [ day-of-week "," ] date`, in one of four orders.
fn written(input: &[u8]) -> Parsed<'_, Written<'_>> {
    let date = |input| alt((day_first, month_first, year_last, year_first)).parse(input);
    let named = (day_name, date).map(|(day_name, date)| Written { day_name, ..date });
    alt((date, named)).parse(skip_cfws(input))
}

/// `day month year [time [zone]]`: RFC 5322 and, with hyphens, RFC 850.
fn day_first(input: &[u8]) -> Parsed<'_, Written<'_>> {
    let (input, (day, hyphen, month, _, year)) = (day, joint, month_name, joint, year_digits).parse(input)?;
    let (input, (_, time)) = (opt(lexeme(tag_no_case("at"))), time_or_nothing).parse(input)?;
    finish(input, Written { standard_order: hyphen.is_none(), ..Written::new(year, month, day, time) })
}

/// `month day [","] year [time [zone]]`: as it is spoken in America.
fn month_first(input: &[u8]) -> Parsed<'_, Written<'_>> {
    let (input, (month, _, day, _, year)) = (month_name, joint, day, joint, year_digits).parse(input)?;
    let (input, (_, time)) = (opt(lexeme(tag_no_case("at"))), time_or_nothing).parse(input)?;
    finish(input, Written::new(year, month, day, time))
}

/// `month day time [zone] year [zone]`: C's `asctime`, Unix' `date`.
fn year_last(input: &[u8]) -> Parsed<'_, Written<'_>> {
    let (input, (month, day, time, zone, year)) =
        (month_name, day, time, opt(lexeme(letters)), year_digits).parse(input)?;
    finish(input, Written { zone: zone.unwrap_or_default(), ..Written::new(year, month, day, Some(time)) })
}

/// `year month day [day-of-week] [time [zone]]`, the month in digits: ISO 8601 and RFC 3339.
fn year_first(input: &[u8]) -> Parsed<'_, Written<'_>> {
    let year = verify(year_digits, |digits: &[u8]| digits.len() == 4);
    let joint = || lexeme(one_of("-/"));
    let (input, (year, _, month, _, day)) =
        (year, joint(), digits(1, 12, "a month"), joint(), day).parse(input)?;
    let (input, (_, time)) = (opt(lexeme(letters)), time_or_nothing).parse(input)?;
    finish(input, Written::new(year, month, day, time))
}

/// What stands behind the date: the zone, if none is known yet, and what does not belong there.
fn finish<'a>(input: &'a [u8], date: Written<'a>) -> Parsed<'a, Written<'a>> {
    let token = take_while1(|byte| !BLANK.contains(byte) && !matches!(byte, b'(' | b','));
    let (rest, zone) =
        if date.zone.is_empty() { opt(lexeme(token)).parse(input)? } else { (input, Some(date.zone)) };
    let none = input.get(..0).unwrap_or_default();
    Ok((rest, Written { zone: zone.unwrap_or(none), rest: trim(rest), ..date }))
}

/// `[day-name] [","]`: any word will do.
fn day_name(input: &[u8]) -> Parsed<'_, &[u8]> {
    let word = take_while1(|byte| Class::ALPHA.or(Class::HIGH).or(Class::DOT).contains(byte));
    terminated(opt(lexeme(word)), opt(lexeme(char(',')))).map(Option::unwrap_or_default).parse(input)
}

fn day(input: &[u8]) -> Parsed<'_, u8> {
    digits(1, 31, "a day of the month").parse(input)
}

/// A month's name, written out or cut to three letters or more.
fn month_name(input: &[u8]) -> Parsed<'_, u8> {
    let number = |word: &[u8]| {
        let number = month(*word.first_chunk()?)?;
        let name = MONTH_NAMES.get(usize::from(number) - 1)?;
        name.get(..word.len())?.eq_ignore_ascii_case(word).then_some(number)
    };
    context("a month", lexeme(terminated(map_opt(letters, number), opt(char('.'))))).parse(input)
}

/// What may join the parts of a date, beside blanks.
fn joint(input: &[u8]) -> Parsed<'_, Option<char>> {
    opt(lexeme(one_of("-/,"))).parse(input)
}

fn year_digits(input: &[u8]) -> Parsed<'_, &[u8]> {
    let year = verify(digit1, |digits: &[u8]| (2..=4).contains(&digits.len()));
    context("a year", lexeme(year)).parse(input)
}

/// The time of day, or nothing at all in the rest of the input.
fn time_or_nothing(input: &[u8]) -> Parsed<'_, Option<Time<'_>>> {
    alt((time.map(Some), eof.map(|_| None))).parse(input)
}

/// `hour ":" minute [ ":" second ]`, with fractions of a second and halves of the day.
fn time(input: &[u8]) -> Parsed<'_, Time<'_>> {
    let colon = || context("`:`", lexeme(char(':')));
    let fraction = || opt(lexeme((one_of(".,"), digit1)));
    let half = alt((tag_no_case("am"), tag_no_case("pm")));
    let half = terminated(half, not(letters));
    let (input, (hour, _, minute)) =
        (digits(0, 23, "an hour"), colon(), digits(0, 59, "a minute")).parse(input)?;
    let (input, second) = opt(preceded(colon(), cut(digits(0, 60, "a second")))).parse(input)?;
    let (input, (_, half)) = (fraction(), opt(lexeme(half))).parse(input)?;
    Ok((input, Time { hour, minute, second: second.unwrap_or(0), half: half.unwrap_or_default() }))
}

/// A number between two bounds, leading zeros and all.
fn digits<'a>(
    least: u16,
    most: u16,
    expected: &'static str,
) -> impl Parser<&'a [u8], Output = u8, Error = Trace> {
    let number = move |digits: &[u8]| {
        let number = number(digits)?;
        (least..=most).contains(&number).then(|| u8::try_from(number).ok()).flatten()
    };
    context(expected, lexeme(map_opt(digit1, number)))
}

fn letters(input: &[u8]) -> Parsed<'_, &[u8]> {
    take_while1(|byte| Class::ALPHA.contains(byte)).parse(input)
}

/// `inner [CFWS]`
fn lexeme<'a, O>(
    mut inner: impl Parser<&'a [u8], Output = O, Error = Trace>,
) -> impl Parser<&'a [u8], Output = O, Error = Trace> {
    move |input| inner.parse(input).map(|(rest, output)| (skip_cfws(rest), output))
}
