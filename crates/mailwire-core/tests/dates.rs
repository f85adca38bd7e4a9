//! Dates to and from the types of other crates.

#![cfg(all(feature = "chrono", feature = "jiff", feature = "time"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use chrono::{FixedOffset, TimeZone as _};
use jiff::ZonedDateTime;
use mailwire_core::DateTime;
use time::OffsetDateTime;

type Chrono = chrono::DateTime<FixedOffset>;

/// Days and seconds far apart, at every hour and at odd offsets.
fn dates() -> impl Iterator<Item = DateTime> {
    let offsets = [-1439, -720, -61, -1, 0, 1, 330, 345, 840, 1439];
    let seconds = (0..1_000_i64).map(|step| -62_167_000_000 + step * 315_569_213);
    seconds.flat_map(move |unix| offsets.map(|offset| DateTime::from_unix(unix, offset))).flatten()
}

#[test]
fn come_back_as_they_went() {
    let mut count = 0;
    for date in dates() {
        count += 1;
        let chrono = Chrono::try_from(date).unwrap();
        assert_eq!(chrono.timestamp(), date.to_unix());
        assert_eq!(chrono.offset().local_minus_utc(), i32::from(date.offset()) * 60);
        assert_eq!(DateTime::try_from(chrono), Ok(date));
        let jiff = ZonedDateTime::try_from(date).unwrap();
        assert_eq!(jiff.timestamp().as_second(), date.to_unix());
        assert_eq!(jiff.offset().seconds(), i32::from(date.offset()) * 60);
        assert_eq!(DateTime::try_from(&jiff), Ok(date));
        let time = OffsetDateTime::try_from(date).unwrap();
        assert_eq!(time.unix_timestamp(), date.to_unix());
        assert_eq!(time.offset().whole_seconds(), i32::from(date.offset()) * 60);
        assert_eq!(DateTime::try_from(time), Ok(date));
    }
    assert!(count > 9_900);
}

#[test]
fn leap_seconds() {
    let leap = DateTime::new(2016, 12, 31, 23, 59, 60, 0).unwrap();
    let next = DateTime::new(2017, 1, 1, 0, 0, 0, 0).unwrap();
    // One of the three has them.
    assert_eq!(DateTime::try_from(Chrono::try_from(leap).unwrap()), Ok(leap));
    assert_eq!(DateTime::try_from(&ZonedDateTime::try_from(leap).unwrap()), Ok(next));
    assert_eq!(DateTime::try_from(OffsetDateTime::try_from(leap).unwrap()), Ok(next));
    // Elsewhere it is another minute's.
    let leap = DateTime::new(2017, 1, 1, 5, 29, 60, 330).unwrap();
    assert_eq!(DateTime::try_from(Chrono::try_from(leap).unwrap()), Ok(leap));
    assert_eq!(ZonedDateTime::try_from(leap).unwrap().timestamp().as_second(), leap.to_unix());
    assert_eq!(OffsetDateTime::try_from(leap).unwrap().unix_timestamp(), leap.to_unix());
}

#[test]
fn an_unknown_offset_is_utc() {
    let unknown = DateTime::new(2024, 2, 29, 12, 0, 0, 0).unwrap().with_unknown_offset();
    let known = DateTime::new(2024, 2, 29, 12, 0, 0, 0).unwrap();
    assert_eq!(DateTime::try_from(Chrono::try_from(unknown).unwrap()), Ok(known));
    assert_eq!(DateTime::try_from(&ZonedDateTime::try_from(unknown).unwrap()), Ok(known));
    assert_eq!(DateTime::try_from(OffsetDateTime::try_from(unknown).unwrap()), Ok(known));
}

#[test]
fn the_edges_of_the_ranges() {
    let first = DateTime::new(0, 1, 1, 0, 0, 0, 0).unwrap();
    let last = DateTime::new(9999, 12, 31, 23, 59, 59, 0).unwrap();
    for date in [first, last] {
        assert_eq!(DateTime::try_from(Chrono::try_from(date).unwrap()), Ok(date));
        assert_eq!(DateTime::try_from(OffsetDateTime::try_from(date).unwrap()), Ok(date));
    }
    assert_eq!(DateTime::try_from(&ZonedDateTime::try_from(first).unwrap()), Ok(first));
    // A zoned time keeps room for every offset at the end of its range.
    assert!(ZonedDateTime::try_from(last).is_err());
    let offset = DateTime::new(2024, 1, 1, 0, 0, 0, 26 * 60).unwrap();
    assert!(Chrono::try_from(offset).is_err());
    assert!(ZonedDateTime::try_from(offset).is_err());
    assert!(OffsetDateTime::try_from(offset).is_err());
    // What other types hold and a mail can't say.
    let year = FixedOffset::east_opt(0).unwrap().with_ymd_and_hms(10_000, 1, 1, 0, 0, 0).unwrap();
    assert!(DateTime::try_from(year).is_err());
    let year = FixedOffset::east_opt(0).unwrap().with_ymd_and_hms(-1, 1, 1, 0, 0, 0).unwrap();
    assert!(DateTime::try_from(year).is_err());
    let seconds = FixedOffset::east_opt(75).unwrap().with_ymd_and_hms(1890, 1, 1, 0, 0, 0).unwrap();
    assert!(DateTime::try_from(seconds).is_err());
    assert_eq!(Chrono::try_from(offset).unwrap_err().to_string(), "the date or its offset is out of range");
}
