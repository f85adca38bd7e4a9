//! Dates: the forms of the standard, the obsolete ones, and what software writes instead.

#![expect(clippy::indexing_slicing, reason = "tables of names")]

use mailwire_core::{DateTime, Defect, DefectKind};
use mailwire_message::value::{ValueDefect, date};
use proptest::prelude::*;

/// A date, how it reads (RFC 3339), and the defects by name.
const READABLE: &[(&str, &str, &str)] = &[
    // RFC 5322 §3.3 and appendix A
    (" Fri, 21 Nov 1997 09:55:06 -0600\r\n", "1997-11-21T09:55:06-06:00", ""),
    ("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", ""),
    ("Tue,  1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", ""),
    ("1 Jul 2003 10:52 +0200", "2003-07-01T10:52:00+02:00", ""),
    (
        "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)\r\n",
        "1969-02-13T23:32:00-03:30",
        "",
    ),
    ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06+00:00", "DateShortYear DateObsoleteZone"),
    // the case of names, blanks, the day's name
    ("FRI, 21 nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("Friday, 21 November 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("Fri,21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("Fri 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("\t Fri , 21\tNov\t1997 9:5:6 -0600", "1997-11-21T09:05:06-06:00", ""),
    (", 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("ri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", "DateWeekday"),
    ("Mon, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", "DateWeekday"),
    ("Fri, 021 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", ""),
    ("Fri, 5 Sept 1997 09:55:06 -0600", "1997-09-05T09:55:06-06:00", ""),
    // comments
    ("Fri, 21 Nov 1997 09:55:06 -0600 (CST)", "1997-11-21T09:55:06-06:00", ""),
    ("Fri, 21 Nov 1997 09:55:06 -0600 (a (nested) \\) one)", "1997-11-21T09:55:06-06:00", ""),
    ("(a)Fri(b),(c)21(d)Nov(e)1997(f)09(g):(h)55(i):(j)06(k)-0600(l)", "1997-11-21T09:55:06-06:00", ""),
    ("Fri, 21 Nov 1997 09:55:06 -0600 (open", "1997-11-21T09:55:06-06:00", ""),
    ("Wed, 9 Nov 2011 18:14:52 +0100 (Westeurop\u{e4}ische Normalzeit)", "2011-11-09T18:14:52+01:00", ""),
    // RFC 5322 §4.3: years
    ("21 Nov 49 09:55:06 +0000", "2049-11-21T09:55:06+00:00", "DateShortYear"),
    ("21 Nov 50 09:55:06 +0000", "1950-11-21T09:55:06+00:00", "DateShortYear"),
    ("2 Apr 101 04:20:10 +0000", "2001-04-02T04:20:10+00:00", "DateShortYear"),
    // RFC 5322 §4.3: zones
    ("21 Nov 1997 09:55:06 UT", "1997-11-21T09:55:06+00:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 utc", "1997-11-21T09:55:06+00:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 EDT", "1997-11-21T09:55:06-04:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 EST", "1997-11-21T09:55:06-05:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 CDT", "1997-11-21T09:55:06-05:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 CST", "1997-11-21T09:55:06-06:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 MDT", "1997-11-21T09:55:06-06:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 MST", "1997-11-21T09:55:06-07:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 PDT", "1997-11-21T09:55:06-07:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 PST", "1997-11-21T09:55:06-08:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 A", "1997-11-21T09:55:06-00:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 z", "1997-11-21T09:55:06-00:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 JST", "1997-11-21T09:55:06-00:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 -0000", "1997-11-21T09:55:06-00:00", ""),
    ("Fri, 21 Nov 1997 09:55:06 -0000", "1997-11-21T09:55:06-00:00", ""),
    ("Fri, 21 Nov 1997 09:55:06 -0000 (GMT)", "1997-11-21T09:55:06-00:00", ""),
    ("21 Nov 1997 09:55:06 +9959", "1997-11-21T09:55:06+99:59", ""),
    // offsets nobody standardised
    ("21 Nov 1997 09:55:06 +01:00", "1997-11-21T09:55:06+01:00", ""),
    ("21 Nov 1997 09:55:06 +02", "1997-11-21T09:55:06+02:00", ""),
    ("21 Nov 1997 09:55:06 +2", "1997-11-21T09:55:06+02:00", ""),
    ("21 Nov 1997 09:55:06 -600", "1997-11-21T09:55:06-06:00", ""),
    ("21 Nov 1997 09:55:06 GMT+0100", "1997-11-21T09:55:06+01:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 UTC-1", "1997-11-21T09:55:06-01:00", "DateObsoleteZone"),
    ("21 Nov 1997 09:55:06 +9999", "1997-11-21T09:55:06-00:00", "DateBadZone"),
    ("21 Nov 1997 09:55:06 0530", "1997-11-21T09:55:06-00:00", "DateBadZone"),
    ("21 Nov 1997 09:55:06 +-0500", "1997-11-21T09:55:06-00:00", "DateBadZone"),
    ("21 Nov 1997 09:55:06 +0\u{e9}00", "1997-11-21T09:55:06-00:00", "DateBadZone"),
    ("21 Nov 1997 09:55:06 H0500", "1997-11-21T09:55:06-00:00", "DateBadZone"),
    // things left out
    ("Fri, 21 Nov 1997 09:55:06", "1997-11-21T09:55:06-00:00", "DateNoZone"),
    ("Fri, 21 Nov 1997 09:55:06 (CST)", "1997-11-21T09:55:06-00:00", "DateNoZone"),
    ("Fri, 21 Nov 1997", "1997-11-21T00:00:00-00:00", "DateNoTime DateNoZone"),
    // other orders
    ("Fri Nov 21 09:55:06 1997", "1997-11-21T09:55:06-00:00", "DateOrder DateNoZone"),
    ("Fri Nov 21 09:55:06 1997 -0600", "1997-11-21T09:55:06-06:00", "DateOrder"),
    ("Fri Nov  1 09:55:06 CST 1996", "1996-11-01T09:55:06-06:00", "DateOrder DateObsoleteZone"),
    ("Nov 21 1997 09:55:06 GMT+0100 (CET)", "1997-11-21T09:55:06+01:00", "DateOrder DateObsoleteZone"),
    (
        "Friday, November 21, 1997 9:55 PM",
        "1997-11-21T21:55:00-00:00",
        "DateOrder DateTwelveHours DateNoZone",
    ),
    ("Fri, Nov 21 97 09:55:06", "1997-11-21T09:55:06-00:00", "DateOrder DateShortYear DateNoZone"),
    ("21-Nov-97 09:55:06 -0600", "1997-11-21T09:55:06-06:00", "DateOrder DateShortYear"),
    ("1997-11-21T09:55:06-06:00", "1997-11-21T09:55:06-06:00", "DateOrder"),
    ("1997-11-21T09:55:06.123Z", "1997-11-21T09:55:06-00:00", "DateOrder DateObsoleteZone"),
    ("1997-11-21 09:55", "1997-11-21T09:55:00-00:00", "DateOrder DateNoZone"),
    ("1997/11/21 Fri 09:55:06 CST", "1997-11-21T09:55:06-06:00", "DateOrder DateObsoleteZone"),
    ("0001-01-01 00:00:00 +0000 UTC", "0001-01-01T00:00:00+00:00", "DateOrder DateTrailing"),
    // other clocks
    ("21 Nov 1997 12:05:00 AM -0600", "1997-11-21T00:05:00-06:00", "DateTwelveHours"),
    ("21 Nov 1997 12:05:00 pm -0600", "1997-11-21T12:05:00-06:00", "DateTwelveHours"),
    ("21 Nov 1997 at 10:05:15PM EST", "1997-11-21T22:05:15-05:00", "DateTwelveHours DateObsoleteZone"),
    ("21 Nov 1997 09:55:06.882 +0100", "1997-11-21T09:55:06+01:00", ""),
    ("Tue, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:60+00:00", "DateWeekday"),
    // something behind it
    (
        "Wed, 4 Apr 2001 13:19:00 -0700 (PDT),Wed, 4 Apr 2001 13:19:00 -0700",
        "2001-04-04T13:19:00-07:00",
        "DateTrailing",
    ),
    (
        "Fri, 21 Nov 1997 09:55:06 Eastern Standard Time",
        "1997-11-21T09:55:06-00:00",
        "DateObsoleteZone DateTrailing",
    ),
];

/// What is no date, and where that shows.
const UNREADABLE: &[(&str, usize, &str)] = &[
    ("", 0, "a day of the month"),
    (" \r\n", 3, "a day of the month"),
    ("Whenever", 8, "a day of the month"),
    ("Fri, 32 Nov 1997 09:55:06 -0600", 5, "a day of the month"),
    ("Fri, 0 Nov 1997 09:55:06 -0600", 5, "a day of the month"),
    ("Fri, 30 Feb 1997 09:55:06 -0600", 12, "a day of that month"),
    ("29 Feb 1900 09:55:06 -0600", 7, "a day of that month"),
    ("Fri, 21 Nov 19977 09:55:06 -0600", 12, "a year"),
    ("Fri, 21 Nov 7 09:55:06 -0600", 12, "a year"),
    ("Fri, 21 Nox 1997 09:55:06 -0600", 8, "a month"),
    ("Fri, 21 Novembre 1997 09:55:06 -0600", 8, "a month"),
    ("Fri, 21 11 1997 09:55:06 -0600", 8, "a month"),
    ("11-04-2023", 3, "a month"),
    ("Fri, 21 Nov 1997 24:00:00 -0600", 17, "an hour"),
    ("Fri, 21 Nov 1997 09:60:06 -0600", 20, "a minute"),
    ("Fri, 21 Nov 1997 09:55:61 -0600", 23, "a second"),
    ("Fri, 21 Nov 1997 0955 -0600", 17, "an hour"),
    ("Fri, 21 Nov 1997 09", 19, "`:`"),
    ("Thu Jan 01 00:00:10 +0000", 20, "a year"),
];

#[test]
fn reads_what_can_be_read_and_says_what_was_wrong() {
    for (value, expected, defects) in READABLE {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let read = date::parse_with(value.as_bytes(), &mut found);
        assert_eq!(read.map(|date| date.to_string()), Ok((*expected).to_string()), "{value}");
        let names: Vec<_> = found.iter().map(|defect| defect.kind().name()).collect();
        assert_eq!(names.join(" "), *defects, "{value}");
        assert_eq!(date::parse(value.as_bytes()), read, "{value}");
        for defect in found {
            assert!(defect.range().end <= value.len(), "{value}: {defect}");
        }
    }
}

#[test]
fn refuses_what_is_no_date() {
    for (value, offset, expected) in UNREADABLE {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let error = date::parse_with(value.as_bytes(), &mut found).unwrap_err();
        assert_eq!((error.offset(), error.expected()), (*offset, *expected), "{value}");
        let is_range = *expected == "a day of that month";
        let kind = if is_range { ValueDefect::DateRange } else { ValueDefect::BadDate };
        assert_eq!(found, [Defect::new(kind, *offset..value.len())], "{value}");
    }
}

#[test]
fn defects_stand_where_they_are() {
    let value = b"Mon, 21 Nov 97 9:55:06 PM CST and more";
    let mut found: Vec<Defect<ValueDefect>> = Vec::new();
    date::parse_with(value, &mut found).unwrap();
    let found: Vec<_> = found.iter().map(|defect| (defect.kind(), &value[defect.range()])).collect();
    assert_eq!(
        found,
        [
            (ValueDefect::DateWeekday, &b"Mon"[..]),
            (ValueDefect::DateShortYear, b"97"),
            (ValueDefect::DateTwelveHours, b"PM"),
            (ValueDefect::DateObsoleteZone, b"CST"),
            (ValueDefect::DateTrailing, b"and more"),
        ]
    );
}

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The canonical form, and one the fast path does not read: a comment in the middle.
fn write(date: DateTime, comment: &str) -> String {
    let offset = date.offset();
    format!(
        "{}, {} {}{comment} {:04} {:02}:{:02}:{:02} {}{:02}{:02}",
        DAYS[usize::from(date.weekday())],
        date.day(),
        MONTHS[usize::from(date.month()) - 1],
        date.year(),
        date.hour(),
        date.minute(),
        date.second(),
        if offset < 0 || !date.is_offset_known() { '-' } else { '+' },
        offset.unsigned_abs() / 60,
        offset.unsigned_abs() % 60,
    )
}

proptest! {
    #[test]
    fn a_written_date_reads_back(unix in -62_000_000_000_i64..253_000_000_000, offset in -5999_i16..=5999, known: bool) {
        let date = DateTime::from_unix(unix, offset).unwrap();
        let date = if known { date } else { date.with_unknown_offset() };
        let mut none: Vec<Defect<ValueDefect>> = Vec::new();
        prop_assert_eq!(date::parse_with(write(date, "").as_bytes(), &mut none), Ok(date));
        prop_assert_eq!(date::parse_with(write(date, "(c)").as_bytes(), &mut none), Ok(date));
        prop_assert!(none.is_empty());
    }

    /// A canonical date with one byte changed is read the same by the fast path and, with a comment, by the grammar.
    #[test]
    fn the_fast_path_is_the_grammar(unix in 0_i64..4_000_000_000, at in 0_usize..31, byte in prop::sample::select(b" 0123456789:+-,.aJnNTS\t(".as_slice())) {
        let date = DateTime::from_unix(unix, 60).unwrap();
        let mut value = write(date, "").into_bytes();
        let at = at % value.len();
        value[at] = byte;
        let mut commented = b"()".to_vec();
        commented.extend_from_slice(&value);
        prop_assert_eq!(date::parse(&value).ok(), date::parse(&commented).ok(), "{}", value.escape_ascii());
    }

    /// A canonical date is the same with folds at its blanks, and with a comment, which takes the way of the grammar.
    #[test]
    fn folds_change_nothing(unix in 0_i64..4_000_000_000, at in 0_usize..6, fold in prop::sample::select(&["\r\n ", "\n\t", "  \r\n  "][..]), byte in prop::sample::select(b" 0123456789:+-,.aJnNTS\t(".as_slice()), place in 0_usize..31) {
        let date = DateTime::from_unix(unix, 60).unwrap();
        let mut value = write(date, "").into_bytes();
        let place = place % value.len();
        value[place] = byte;
        let value = String::from_utf8(value).unwrap();
        let blank = value.match_indices(' ').map(|(at, _)| at).nth(at).unwrap_or(0);
        let (before, behind) = value.split_at(blank);
        let folded = format!("{before}{fold}{}", behind.trim_start_matches(' '));
        let commented = format!("(){folded}");
        prop_assert_eq!(date::parse(folded.as_bytes()).ok(), date::parse(commented.as_bytes()).ok(), "{}", folded);
    }

    #[test]
    fn never_panics(value in prop::collection::vec(prop::sample::select(b"0123456789:+-,./() \r\n\\\"JanFridayTZPMUTC\xe9".as_slice()), 0..60)) {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let with = date::parse_with(&value, &mut found);
        prop_assert_eq!(with, date::parse(&value));
        prop_assert!(found.iter().all(|defect| defect.range().end <= value.len()));
    }
}
