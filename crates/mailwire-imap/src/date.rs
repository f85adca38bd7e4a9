//! Dates: `date-time` and `date` (RFC 9051 §9).

use crate::ImapDefect;
use crate::cursor::{Cursor, Failed, Quick};
use crate::out::Out;
use mailwire_core::DateTime;

const MONTHS: &[&[u8; 3]; 12] =
    &[b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// A day without a time, as SEARCH has it: `1-Feb-1994`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day that there is, of the years 0 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        DateTime::new(year, month, day, 0, 0, 0, 0).map(|_| Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.day
    }

    pub(crate) fn take(cursor: &mut Cursor<'_, '_>) -> Result<Self, Failed> {
        let quoted = cursor.eat(b'"');
        let start = cursor.at;
        let day = digits(cursor, 2, "a day")?;
        let before = cursor.at;
        let (month, year) = month_year(cursor)?;
        if cursor.at - before != "-Feb-1994".len() {
            cursor.report(ImapDefect::OddDate, start);
        }
        let date = u8::try_from(day).ok().and_then(|day| Self::new(year, month, day));
        let date = date.ok_or_else(|| cursor.error_at(start, "a day that there is"))?;
        if quoted {
            cursor.expect(b'"', "`\"`")?;
        }
        Ok(date)
    }

    pub(crate) fn write(self, out: &mut Out) {
        out.number(u64::from(self.day));
        month_out(self.month, self.year, out);
    }
}

fn digits(cursor: &mut Cursor<'_, '_>, most: usize, expected: &'static str) -> Result<u16, Failed> {
    let start = cursor.at;
    let mut number = 0;
    while let Some(digit @ b'0'..=b'9') = cursor.peek()
        && cursor.at < start + most
    {
        number = number * 10 + u16::from(digit - b'0');
        cursor.at += 1;
    }
    if cursor.at == start { Err(cursor.error(expected)) } else { Ok(number) }
}

fn month_year(cursor: &mut Cursor<'_, '_>) -> Result<(u8, u16), Failed> {
    cursor.expect(b'-', "`-`")?;
    let found = MONTHS.iter().zip(1..).find(|(name, _)| cursor.eat_word(&name[..]));
    let Some((_, month)) = found else { return Err(cursor.error("a month")) };
    cursor.expect(b'-', "`-`")?;
    Ok((month, digits(cursor, 4, "a year")?))
}

fn month_out(month: u8, year: u16, out: &mut Out) {
    out.byte(b'-');
    out.raw(MONTHS.get(usize::from(month).saturating_sub(1)).map_or(b"Jan", |name| &name[..]));
    out.byte(b'-');
    pad(u64::from(year), 4, out);
}

fn pad(number: u64, width: u32, out: &mut Out) {
    for power in (1..width).rev() {
        if number < 10_u64.pow(power) {
            out.byte(b'0');
        }
    }
    out.number(number);
}

/// As the grammar has it, with the months as nearly everybody writes them: `"17-Jul-1996 02:44:25 -0700"`.
fn strict(text: &[u8; 28]) -> Option<DateTime> {
    const FRONT: Template = Template::new(*b"\"?0-???-");
    const YEAR: Template = Template::new(*b"0000 00:");
    const TIME: Template = Template::new(*b"00:00 ?0");
    const ZONE: Template = Template::new(*b"0 ?0000\"");
    let (&front, rest) = text.split_first_chunk()?;
    let (&year, rest) = rest.split_first_chunk()?;
    let (&[_, tens, _, _, m1, m2, m3, _], &[_, _, _, _, _, _, sign, _]) = (&front, rest.first_chunk()?);
    let [_, _, day, ..] = FRONT.digits(front)?;
    let [y1, y2, y3, y4, _, h1, h2, _] = YEAR.digits(year)?;
    let [n1, n2, _, s1, s2, ..] = TIME.digits(*rest.first_chunk()?)?;
    let [_, _, _, z1, z2, z3, z4, _] = ZONE.digits(*text.last_chunk()?)?;
    let pair = |tens: u8, ones: u8| tens * 10 + ones;
    let tens = match tens {
        b' ' => 0,
        digit => digit.checked_sub(b'0').filter(|digit| *digit < 10)?,
    };
    let month = match &[m1, m2, m3] {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    };
    let zone = i16::from(pair(z1, z2)) * 60 + i16::from(pair(z3, z4));
    let zone = match sign {
        b'+' => zone,
        b'-' => -zone,
        _ => return None,
    };
    let year = u16::from(pair(y1, y2)) * 100 + u16::from(pair(y3, y4));
    DateTime::new(year, month, pair(tens, day), pair(h1, h2), pair(n1, n2), pair(s1, s2), zone)
}

/// What eight octets have to be, all of them looked at together.
struct Template {
    octets: u64,
    /// Sets the high bit of what is not as it has to be.
    carry: u64,
    /// Those high bits that count.
    high: u64,
}

impl Template {
    /// `0` stands for a digit, `?` for anything.
    const fn new(template: [u8; 8]) -> Self {
        let (mut carry, mut high) = (0, 0);
        let mut rest: &[u8] = &template;
        let mut shift = 0;
        while let [octet, behind @ ..] = rest {
            let (add, counts) = match octet {
                b'0' => (0x76, 0x80),
                b'?' => (0, 0),
                _ => (0x7f, 0x80),
            };
            carry |= add << shift;
            high |= counts << shift;
            shift += 8;
            rest = behind;
        }
        Self { octets: u64::from_le_bytes(template), carry, high }
    }

    /// The values of the digits.
    #[inline]
    fn digits(&self, text: [u8; 8]) -> Option<[u8; 8]> {
        let values = u64::from_le_bytes(text) ^ self.octets;
        let odd = (values.wrapping_add(self.carry) | values) & self.high;
        (odd == 0).then_some(values.to_le_bytes())
    }
}

/// The same, with its quotes; if it is [`strict`].
#[inline]
pub(crate) fn quick_date_time(quick: &mut Quick<'_>) -> Option<DateTime> {
    let text = quick.rest()?.first_chunk()?;
    quick.go(quick.place() + text.len());
    strict(text)
}

/// `"17-Jul-1996 02:44:25 -0700"`, in quotes.
pub(crate) fn date_time(cursor: &mut Cursor<'_, '_>) -> Result<DateTime, Failed> {
    if let Some(date) = cursor.quick(quick_date_time) {
        return Ok(date);
    }
    let quoted = cursor.eat(b'"');
    let start = cursor.at;
    let blank = cursor.eat(b' ');
    let mut odd = !quoted;
    let before = cursor.at;
    let day = digits(cursor, 2, "a day")?;
    odd |= cursor.at - before + usize::from(blank) != 2;
    let before = cursor.at;
    let (month, year) = month_year(cursor)?;
    cursor.space()?;
    let hour = digits(cursor, 2, "an hour")?;
    cursor.expect(b':', "`:`")?;
    let minute = digits(cursor, 2, "a minute")?;
    cursor.expect(b':', "`:`")?;
    let second = digits(cursor, 2, "a second")?;
    let mut offset = 0_i16;
    if cursor.peek() == Some(b' ') {
        cursor.at += 1;
        let negative = match cursor.peek() {
            Some(b'-') => true,
            Some(b'+') => false,
            _ => return Err(cursor.error("a zone")),
        };
        cursor.at += 1;
        let zone = digits(cursor, 4, "a zone")?;
        offset = i16::try_from(zone / 100 * 60 + zone % 100).unwrap_or(i16::MAX);
        offset = if negative { -offset } else { offset };
    }
    odd |= cursor.at - before != "-Jul-1996 02:44:25 -0700".len();
    let small = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
    let date = DateTime::new(year, month, small(day), small(hour), small(minute), small(second), offset);
    let date = date.ok_or_else(|| cursor.error_at(start, "a time that there is"))?;
    if quoted {
        cursor.expect(b'"', "`\"`")?;
    }
    if odd {
        cursor.report(ImapDefect::OddDate, start);
    }
    Ok(date)
}

pub(crate) fn write_date_time(date: DateTime, out: &mut Out) {
    out.byte(b'"');
    if date.day() < 10 {
        out.byte(b' ');
    }
    out.number(u64::from(date.day()));
    month_out(date.month(), date.year(), out);
    for (mark, part) in [(b' ', date.hour()), (b':', date.minute()), (b':', date.second())] {
        out.byte(mark);
        pad(u64::from(part), 2, out);
    }
    let offset = date.offset();
    out.raw(if offset < 0 { b" -" } else { b" +" });
    let minutes = u64::from(offset.unsigned_abs());
    pad(minutes / 60 * 100 + minutes % 60, 4, out);
    out.byte(b'"');
}
