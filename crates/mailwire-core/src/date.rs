//! A civil date and time with its offset from UTC.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod rfc3339;
#[cfg(feature = "time")]
mod time;

use core::fmt;

/// A date and time as a mail states it: civil fields, and the offset that ties them to UTC.
///
/// Two values are equal when all fields are; compare [`to_unix`](Self::to_unix) to ask for the same instant.
/// How a mail writes a date is the business of each crate that reads one; `Display` and `FromStr` are RFC 3339, and so is
/// the string that feature `serde` makes of it.
///
/// # Examples
///
/// ```
/// use mailwire_core::DateTime;
///
/// let date = DateTime::new(2024, 2, 29, 23, 30, 0, 120).unwrap();
/// assert_eq!(date.to_unix(), 1_709_242_200);
/// assert_eq!(date.to_string(), "2024-02-29T23:30:00+02:00");
/// assert_eq!(DateTime::from_unix(1_709_242_200, 120), Some(date));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    offset: i16,
    offset_known: bool,
}

impl DateTime {
    /// A date and time, or `None` when a field is out of range.
    ///
    /// Year 0–9999 (proleptic Gregorian), month 1–12, day 1 to the month's last, hour 0–23, minute 0–59,
    /// second 0–60 (60 is a leap second, RFC 5322 §3.3), offset in minutes east of UTC, within ±99:59.
    pub fn new(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8, offset: i16) -> Option<Self> {
        let valid = year <= 9999
            && (1..=12).contains(&month)
            && day > 0
            && (day <= 28 || day <= days_in_month(year, month))
            && hour < 24
            && minute < 60
            && second <= 60
            && offset.unsigned_abs() < 100 * 60;
        valid.then_some(Self { year, month, day, hour, minute, second, offset, offset_known: true })
    }

    /// The civil date and time at `seconds` since 1970-01-01T00:00:00Z, seen `offset` minutes east of UTC.
    /// `None` outside the years 0–9999 or when the offset is out of range.
    pub fn from_unix(seconds: i64, offset: i16) -> Option<Self> {
        let local = seconds.checked_add(i64::from(offset) * 60)?;
        let (year, month, day) = civil(local.div_euclid(86_400))?;
        let of_day = u32::try_from(local.rem_euclid(86_400)).ok()?;
        Self::new(
            year,
            month,
            day,
            u8::try_from(of_day / 3600).ok()?,
            u8::try_from(of_day / 60 % 60).ok()?,
            u8::try_from(of_day % 60).ok()?,
            offset,
        )
    }

    /// The same fields with the offset marked as unknown: `-0000`, a time in UTC that says nothing of where it
    /// was written (RFC 5322 §3.3).
    #[must_use]
    pub fn with_unknown_offset(self) -> Self {
        Self { offset: 0, offset_known: false, ..self }
    }

    /// Seconds since 1970-01-01T00:00:00Z. A leap second counts as the first second of the next minute.
    pub fn to_unix(&self) -> i64 {
        days(self.year, self.month, self.day) * 86_400
            + i64::from(self.hour) * 3600
            + i64::from(self.minute) * 60
            + i64::from(self.second)
            - i64::from(self.offset) * 60
    }

    /// The year, 0–9999.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, 1–31.
    pub fn day(&self) -> u8 {
        self.day
    }

    /// The hour, 0–23.
    pub fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute, 0–59.
    pub fn minute(&self) -> u8 {
        self.minute
    }

    /// The second, 0–60.
    pub fn second(&self) -> u8 {
        self.second
    }

    /// The offset in minutes east of UTC; 0 where it is unknown.
    pub fn offset(&self) -> i16 {
        self.offset
    }

    /// False for a date whose writer's offset is unknown (`-0000`, or no zone at all).
    pub fn is_offset_known(&self) -> bool {
        self.offset_known
    }

    /// The day of the week, 0 for Sunday to 6 for Saturday.
    pub fn weekday(&self) -> u8 {
        // 1970-01-01 was a Thursday. The remainder is 0..7, so the conversion can't fail.
        u8::try_from((days(self.year, self.month, self.day) + 4).rem_euclid(7)).unwrap_or(0)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, .. } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let sign = if self.offset < 0 || !self.offset_known { '-' } else { '+' };
        let offset = self.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

/// A date that the type it should be converted to can't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the date or its offset is out of range")
    }
}

impl core::error::Error for OutOfRange {}

/// Conversions have this in common: an offset in seconds that is no whole number of minutes does not fit.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
fn minutes(seconds: i32) -> Result<i16, OutOfRange> {
    if seconds % 60 == 0 { i16::try_from(seconds / 60).map_err(|_| OutOfRange) } else { Err(OutOfRange) }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a civil date, counted in years that begin in March so that the leap day comes last.
fn days(year: u16, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let month = (i64::from(month) + 9) % 12;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days`].
fn civil(days: i64) -> Option<(u16, u8, u8)> {
    let days = days.checked_add(719_468)?;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    Some((u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_day_of_ten_thousand_years_round_trips() {
        let mut expected = DateTime::new(0, 1, 1, 0, 0, 0, 0).unwrap().to_unix();
        for year in 0..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let date = DateTime::new(year, month, day, 0, 0, 0, 0).unwrap();
                    assert_eq!(date.to_unix(), expected);
                    assert_eq!(DateTime::from_unix(expected, 0), Some(date));
                    expected += 86_400;
                }
            }
        }
        assert_eq!(expected, 253_402_300_800);
    }

    #[test]
    fn fields_out_of_range_are_refused() {
        assert_eq!(DateTime::new(2023, 2, 29, 0, 0, 0, 0), None);
        assert_eq!(DateTime::new(1900, 2, 29, 0, 0, 0, 0), None);
        assert_eq!(DateTime::new(10_000, 1, 1, 0, 0, 0, 0), None);
        assert_eq!(DateTime::new(2023, 1, 1, 24, 0, 0, 0), None);
        assert_eq!(DateTime::new(2023, 1, 1, 0, 0, 61, 0), None);
        assert_eq!(DateTime::new(2023, 1, 1, 0, 0, 0, -6000), None);
        assert_eq!(DateTime::from_unix(i64::MAX, 0), None);
        assert_eq!(DateTime::from_unix(i64::MIN, -1), None);
    }

    #[test]
    fn weekdays_and_offsets() {
        let date = DateTime::new(1997, 11, 21, 9, 55, 6, -360).unwrap();
        assert_eq!(date.weekday(), 5);
        assert_eq!(date.to_unix(), 880_127_706);
        assert_eq!(date.to_string(), "1997-11-21T09:55:06-06:00");
        assert_eq!(date.with_unknown_offset().to_string(), "1997-11-21T09:55:06-00:00");
    }
}
