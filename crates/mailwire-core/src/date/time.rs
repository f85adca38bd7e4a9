//! Dates to and from `time`.

use super::{DateTime, OutOfRange, minutes};
use time::{OffsetDateTime, UtcOffset};

/// The same moment and offset. A leap second becomes the first second of the next minute, an unknown offset UTC.
///
/// Out of range: an offset of 26 hours or more, and the last leap second of the year 9999.
///
/// ```
/// use mailwire_core::DateTime;
/// use time::OffsetDateTime;
///
/// let date = DateTime::new(1997, 11, 21, 9, 55, 6, -360).unwrap();
/// let converted = OffsetDateTime::try_from(date)?;
/// assert_eq!(converted.unix_timestamp(), date.to_unix());
/// assert_eq!(DateTime::try_from(converted)?, date);
/// # Ok::<(), mailwire_core::date::OutOfRange>(())
/// ```
impl TryFrom<DateTime> for OffsetDateTime {
    type Error = OutOfRange;

    fn try_from(date: DateTime) -> Result<Self, OutOfRange> {
        let offset = UtcOffset::from_whole_seconds(i32::from(date.offset) * 60).map_err(|_| OutOfRange)?;
        let moment = Self::from_unix_timestamp(date.to_unix()).map_err(|_| OutOfRange)?;
        moment.checked_to_offset(offset).ok_or(OutOfRange)
    }
}

/// The same fields and offset; fractions of a second are cut off.
///
/// Out of range: years before 0 and after 9999, and offsets with seconds in them.
impl TryFrom<OffsetDateTime> for DateTime {
    type Error = OutOfRange;

    fn try_from(date: OffsetDateTime) -> Result<Self, OutOfRange> {
        Self::new(
            u16::try_from(date.year()).map_err(|_| OutOfRange)?,
            date.month().into(),
            date.day(),
            date.hour(),
            date.minute(),
            date.second(),
            minutes(date.offset().whole_seconds())?,
        )
        .ok_or(OutOfRange)
    }
}
