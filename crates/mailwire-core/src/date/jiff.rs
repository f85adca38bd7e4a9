//! Dates to and from `jiff`.

use super::{DateTime, OutOfRange, minutes};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

/// The same moment, in a time zone that is the date's offset and nothing else. A leap second becomes the first second
/// of the next minute, an unknown offset UTC.
///
/// Out of range: an offset of 26 hours or more.
///
/// ```
/// use jiff::ZonedDateTime;
/// use mailwire_core::DateTime;
///
/// let date = DateTime::new(1997, 11, 21, 9, 55, 6, -360).unwrap();
/// let converted = ZonedDateTime::try_from(date)?;
/// assert_eq!(converted.timestamp().as_second(), date.to_unix());
/// assert_eq!(DateTime::try_from(&converted)?, date);
/// # Ok::<(), mailwire_core::date::OutOfRange>(())
/// ```
impl TryFrom<DateTime> for ZonedDateTime {
    type Error = OutOfRange;

    fn try_from(date: DateTime) -> Result<Self, OutOfRange> {
        let offset = Offset::from_seconds(i32::from(date.offset) * 60).map_err(|_| OutOfRange)?;
        let moment = Timestamp::from_second(date.to_unix()).map_err(|_| OutOfRange)?;
        Ok(moment.to_zoned_datetime(TimeZone::fixed(offset)))
    }
}

/// The same civil time and offset; the name of the time zone is lost, and fractions of a second are cut off.
///
/// Out of range: years before 0, and offsets with seconds in them.
impl TryFrom<&ZonedDateTime> for DateTime {
    type Error = OutOfRange;

    fn try_from(date: &ZonedDateTime) -> Result<Self, OutOfRange> {
        let civil: civil::DateTime = date.datetime();
        let byte = |number: i8| u8::try_from(number).map_err(|_| OutOfRange);
        Self::new(
            u16::try_from(civil.year()).map_err(|_| OutOfRange)?,
            byte(civil.month())?,
            byte(civil.day())?,
            byte(civil.hour())?,
            byte(civil.minute())?,
            byte(civil.second())?,
            minutes(date.offset().seconds())?,
        )
        .ok_or(OutOfRange)
    }
}
