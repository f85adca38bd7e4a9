//! Dates to and from `chrono`.

use super::{DateTime, OutOfRange, minutes};
use chrono::{Datelike, FixedOffset, NaiveDate, Timelike};

/// The same fields and offset; a leap second too. An unknown offset becomes UTC.
///
/// Out of range: an offset of 24 hours or more.
///
/// ```
/// use chrono::FixedOffset;
/// use mailwire_core::DateTime;
///
/// let date = DateTime::new(1997, 11, 21, 9, 55, 6, -360).unwrap();
/// let converted = chrono::DateTime::<FixedOffset>::try_from(date)?;
/// assert_eq!(converted.timestamp(), date.to_unix());
/// assert_eq!(DateTime::try_from(converted)?, date);
/// # Ok::<(), mailwire_core::date::OutOfRange>(())
/// ```
impl TryFrom<DateTime> for chrono::DateTime<FixedOffset> {
    type Error = OutOfRange;

    fn try_from(date: DateTime) -> Result<Self, OutOfRange> {
        // chrono writes a leap second as a second second in the one before.
        let leap = u32::from(date.second == 60);
        let second = u32::from(date.second) - leap;
        NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
            .and_then(|day| day.and_hms_nano_opt(date.hour.into(), date.minute.into(), second, leap * NANOS))
            .zip(FixedOffset::east_opt(i32::from(date.offset) * 60))
            .and_then(|(civil, offset)| civil.and_local_timezone(offset).single())
            .ok_or(OutOfRange)
    }
}

/// The same fields and offset; fractions of a second are cut off.
///
/// Out of range: years before 0 and after 9999, and offsets with seconds in them.
impl TryFrom<chrono::DateTime<FixedOffset>> for DateTime {
    type Error = OutOfRange;

    fn try_from(date: chrono::DateTime<FixedOffset>) -> Result<Self, OutOfRange> {
        let leap = u32::from(date.nanosecond() >= NANOS);
        let byte = |number: u32| u8::try_from(number).map_err(|_| OutOfRange);
        Self::new(
            u16::try_from(date.year()).map_err(|_| OutOfRange)?,
            byte(date.month())?,
            byte(date.day())?,
            byte(date.hour())?,
            byte(date.minute())?,
            byte(date.second() + leap)?,
            minutes(date.offset().local_minus_utc())?,
        )
        .ok_or(OutOfRange)
    }
}

const NANOS: u32 = 1_000_000_000;
