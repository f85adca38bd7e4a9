//! Auto-Submitted, priorities, languages, versions, resent blocks and addresses, case by case.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_core::{Defect, DefectKind};
use mailwire_message::value::{
    AutoSubmitted, Languages, MimeVersion, Priority, SubmissionKeyword, ValueDefect,
};
use mailwire_message::{FieldName, Parser};

fn names(found: &[Defect<ValueDefect>]) -> String {
    found.iter().map(|defect| defect.kind().name()).collect::<Vec<_>>().join(" ")
}

/// RFC 3834 §5.1: a value, its keyword, whether a machine wrote it, its parameters, what is wrong.
const AUTO_SUBMITTED: &[(&str, &str, bool, &str, &str)] = &[
    (" no", "no", false, "", ""),
    ("No (c)", "No", false, "", ""),
    (" auto-generated\r\n", "auto-generated", true, "", ""),
    ("(a) auto-replied (b) ; (c) x=y (d)", "auto-replied", true, "x=y", ""),
    ("auto-replied;owner-email=\"a@b\";", "auto-replied", true, "owner-email=a@b", ""),
    ("auto-generated(failure)", "auto-generated", true, "", ""),
    ("x-mine", "x-mine", true, "", ""),
    ("auto/generated", "auto/generated", true, "", "BadAutoSubmitted"),
    ("", "", true, "", "BadAutoSubmitted"),
    ("(no)", "", true, "", "BadAutoSubmitted"),
    ("no way", "no", false, "", "ParameterMissingEquals"),
];

#[test]
fn auto_submitted() {
    for (value, keyword, automatic, parameters, defects) in AUTO_SUBMITTED {
        let mut found = Vec::new();
        let read = AutoSubmitted::parse_with(value.as_bytes(), &mut found);
        assert_eq!(read.keyword().as_bytes(), keyword.as_bytes(), "{value}");
        assert_eq!(read.keyword(), SubmissionKeyword::from(*keyword));
        assert_eq!(read.is_automatic(), *automatic, "{value}");
        let mut list = read.parameters();
        let mut got = Vec::new();
        while let Some(parameter) = list.next_with(&mut found) {
            got.push(format!("{}={}", String::from_utf8_lossy(parameter.name()), parameter.text()));
        }
        assert_eq!(got.join(" "), *parameters, "{value}");
        assert_eq!(names(&found), *defects, "{value}");
    }
}

/// The words of RFC 2156, and the numbers.
const PRIORITIES: &[(&str, Option<Priority>, &str)] = &[
    (" high", Some(Priority::High), ""),
    ("Normal", Some(Priority::Normal), ""),
    ("LOW\r\n", Some(Priority::Low), ""),
    ("urgent", Some(Priority::High), ""),
    ("non-urgent", Some(Priority::Low), ""),
    ("1 (Highest)", Some(Priority::High), ""),
    ("2", Some(Priority::High), ""),
    ("3 (Normal)", Some(Priority::Normal), ""),
    ("(c) 4", Some(Priority::Low), ""),
    ("5(Lowest)", Some(Priority::Low), ""),
    ("Highest", Some(Priority::High), ""),
    ("high, really", None, "BadPriority"),
    ("high really", Some(Priority::High), "BadPriority"),
    ("0", None, "BadPriority"),
    ("11", None, "BadPriority"),
    ("'1 (Highest)'", None, "BadPriority"),
    ("", None, "BadPriority"),
];

#[test]
fn priorities() {
    for (value, expected, defects) in PRIORITIES {
        let mut found = Vec::new();
        assert_eq!(Priority::parse_with(value.as_bytes(), &mut found), *expected, "{value}");
        assert_eq!(names(&found), *defects, "{value}");
    }
    assert!(Priority::Low < Priority::Normal && Priority::Normal < Priority::High);
}

#[test]
fn the_first_field_that_says_something_is_the_priority() {
    for (header, priority, importance) in [
        ("X-Priority: 1\nImportance: low", Some(Priority::Low), Some(Priority::Low)),
        ("X-Priority: 1\nImportance: very", Some(Priority::High), None),
        ("X-MSMail-Priority: Low\nX-Priority: 1\nPriority: normal", Some(Priority::Normal), None),
        ("X-MSMail-Priority: High", Some(Priority::High), None),
        ("Subject: urgent", None, None),
    ] {
        let raw = format!("{header}\n\n");
        let message = Parser::new().parse(raw.as_bytes());
        assert_eq!(
            (message.headers().priority(), message.headers().importance()),
            (priority, importance),
            "{header}"
        );
    }
}

/// RFC 3282 §2.
const LANGUAGES: &[(&str, &[&str], &str)] = &[
    (" en", &["en"], ""),
    ("da, en-GB,mi , zh-Hant-TW", &["da", "en-GB", "mi", "zh-Hant-TW"], ""),
    ("(x) da (Dansk) , (y) i-mingo (z)\r\n", &["da", "i-mingo"], ""),
    ("", &[], ""),
    (" , ", &[], ""),
    ("en_US", &["en_US"], "LanguageSyntax"),
    ("123", &["123"], "LanguageSyntax"),
    ("abcdefghi", &["abcdefghi"], "LanguageSyntax"),
    ("en--x", &["en--x"], "LanguageSyntax"),
    ("en; de", &["en", "de"], "LanguageJunk"),
    ("\"en\"", &["en"], "LanguageJunk LanguageJunk"),
    ("*, fr", &["fr"], "LanguageJunk"),
    ("\u{e9}, fr", &["fr"], "LanguageJunk"),
    ("en (", &["en"], "UnclosedComment"),
];

#[test]
fn languages() {
    for (value, expected, defects) in LANGUAGES {
        let mut found = Vec::new();
        let mut list = Languages::new(value.as_bytes());
        let mut got = Vec::new();
        while let Some(language) = list.next_with(&mut found) {
            got.push(language);
        }
        assert_eq!(got, *expected, "{value}");
        assert_eq!(names(&found), *defects, "{value}");
    }
}

/// RFC 2045 §4: a value, the version as it is shown, what is wrong.
const VERSIONS: &[(&str, &str, &str)] = &[
    (" 1.0", "1.0", ""),
    ("1.0 (produced by MetaSend Vx.x)", "1.0", ""),
    ("(produced by MetaSend Vx.x) 1.0", "1.0", ""),
    ("1.(produced by MetaSend Vx.x)0", "1.0", ""),
    ("1 (a) . (b) 0\r\n", "1.0", ""),
    ("1.0 (App \\(3445\\))", "1.0", ""),
    ("2.10", "2.10", ""),
    ("1.0; Windows-1252", "1.0", "MimeVersionJunk"),
    ("1.0.1", "1.0", "MimeVersionJunk"),
    ("1", "expected `.` at byte 1, found end of line", "BadMimeVersion"),
    ("1,0", "expected `.` at byte 1, found `,`", "BadMimeVersion"),
    ("1. ", "expected a number at byte 3, found end of line", "BadMimeVersion"),
    ("", "expected a number at byte 0, found end of line", "BadMimeVersion"),
    // Said to be at its end once.
    ("99999999999.0", "expected a number at byte 0, found `9`", "BadMimeVersion"),
];

#[test]
fn mime_versions() {
    for (value, expected, defects) in VERSIONS {
        let mut found = Vec::new();
        let shown = match MimeVersion::parse_with(value.as_bytes(), &mut found) {
            Ok(version) => version.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, *expected, "{value}");
        assert_eq!(names(&found), *defects, "{value}");
    }
    let version = MimeVersion::parse(b"2.10").unwrap();
    assert_eq!((version.major(), version.minor()), (2, 10));
}

fn blocks(header: &str) -> Vec<String> {
    let raw = format!("{header}\n\n");
    let message = Parser::new().parse(raw.as_bytes());
    let names = message.headers().resent().map(|resent| {
        let fields = resent.fields().map(|field| {
            format!(
                "{}={}",
                String::from_utf8_lossy(field.name()).trim_start_matches("Resent-"),
                field.text()
            )
        });
        fields.collect::<Vec<_>>().join(" ")
    });
    names.collect()
}

/// RFC 5322 §3.6.6.
#[test]
fn resent_fields_are_grouped_from_the_top() {
    assert_eq!(blocks("From: a"), [""; 0]);
    assert_eq!(blocks("Resent-From: b\nResent-To: c\nFrom: a"), ["From=b To=c"]);
    // A name that comes again begins the next one.
    assert_eq!(
        blocks("Resent-From: c\nResent-To: d\nResent-From: b\nResent-To: c"),
        ["From=c To=d", "From=b To=c"]
    );
    // So does what was written on the way.
    assert_eq!(blocks("Received: 2\nResent-From: c\nReceived: 1\nResent-To: b"), ["From=c", "To=b"]);
    assert_eq!(blocks("Resent-From: c\nReturn-Path: <>\nResent-To: b"), ["From=c", "To=b"]);
    // Anything else does not.
    assert_eq!(blocks("Resent-From: c\nX-List: l\nResent-To: b\nFrom: a"), ["From=c To=b"]);
    assert_eq!(blocks("Resent-Bcc: 1\nResent-Bcc: 2\nResent-Bcc: 3"), ["Bcc=1", "Bcc=2", "Bcc=3"]);
}

#[test]
fn resent_fields_have_types() {
    let raw = b"Resent-Date: Mon, 24 Nov 1997 14:22:01 -0800\nResent-From: m@h.example\nResent-Sender: s@h.example\n\
        resent-to: t@h.example, u@h.example\nResent-Cc: c@h.example\nResent-Bcc: b@h.example\n\
        Resent-Message-ID: <1@h.example>\nTo: x@h.example\nResent-Foo: x\n\n";
    let message = Parser::new().parse(raw);
    let resent = message.headers().resent().next().unwrap();
    assert_eq!(resent.date().unwrap().to_string(), "1997-11-24T14:22:01-08:00");
    assert_eq!(resent.message_id().unwrap().as_bytes(), b"1@h.example");
    assert_eq!(resent.fields().count(), 7);
    for (addresses, expected) in [
        (resent.from(), "m@h.example"),
        (resent.sender(), "s@h.example"),
        (resent.to(), "t@h.example u@h.example"),
        (resent.cc(), "c@h.example"),
        (resent.bcc(), "b@h.example"),
    ] {
        let addresses: Vec<_> = addresses.mailboxes().map(|mailbox| mailbox.to_string()).collect();
        assert_eq!(addresses.join(" "), expected);
    }
}

#[test]
fn addresses_of_all_fields_come_in_order() {
    let raw = b"To: A <a@h.example>, Team: b@h.example, c@h.example;\nCc: x@h.example\nTo: @@, d@h.example\n\
        Disposition-Notification-To: n@h.example\n\n";
    let message = Parser::new().parse(raw);
    let headers = message.headers();
    let to: Vec<_> = headers.mailboxes(FieldName::TO).map(|mailbox| mailbox.to_string()).collect();
    assert_eq!(to, ["A <a@h.example>", "b@h.example", "c@h.example", "d@h.example"]);
    assert_eq!(headers.mailboxes("bcc").count(), 0);
    assert_eq!(headers.disposition_notification_to().mailboxes().count(), 1);
}

#[test]
fn fields_of_a_part_are_read() {
    let raw = b"MIME-Version: 1.0 (a)\nContent-Language: de, en\nContent-Location: http://h.example/a\n b\n\
        Content-Description: =?utf-8?q?Caf=C3=A9?=\nAuto-Submitted: auto-replied\n\n";
    let message = Parser::new().parse(raw);
    let headers = message.headers();
    assert_eq!(headers.mime_version(), Some(MimeVersion::ONE));
    assert_eq!(headers.content_language().collect::<Vec<_>>(), ["de", "en"]);
    assert_eq!(headers.content_location().unwrap().as_bytes(), b"http://h.example/ab");
    assert_eq!(headers.content_description().unwrap(), "Café");
    assert!(headers.auto_submitted().unwrap().is_automatic());
    let message = Parser::new().parse(b"\n");
    let headers = message.headers();
    assert!(headers.mime_version().is_none() && headers.auto_submitted().is_none());
    assert!(headers.content_location().is_none() && headers.content_language().next().is_none());
}

/// Each field is read as what it is when somebody asks for all that is wrong.
#[test]
fn what_is_wrong_with_each_field_is_told() {
    for (field, defect) in [
        ("List-Help: a", "UriJunk"),
        ("List-Unsubscribe: a", "UriJunk"),
        ("List-Subscribe: a", "UriJunk"),
        ("List-Owner: a", "UriJunk"),
        ("List-Archive: a", "UriJunk"),
        ("Archived-At: a", "UriJunk"),
        ("List-Post: a", "UriJunk"),
        ("List-Id: a.b", "ListIdBare"),
        ("List-Unsubscribe-Post: a", "BadUnsubscribePost"),
        ("Authentication-Results: a; b", "AuthenticationJunk"),
        ("ARC-Authentication-Results: a; b=c", "ArcInstance"),
        ("Received-SPF: a", "BadReceivedSpf"),
        ("DKIM-Signature: v=1", "SignatureMissingTag"),
        ("ARC-Message-Signature: i=1", "SignatureMissingTag"),
        ("ARC-Seal: i=1", "SignatureMissingTag"),
        ("DomainKey-Signature: a=b; a=b", "TagDuplicate"),
        ("Auto-Submitted: ;", "BadAutoSubmitted"),
        ("Importance: a", "BadPriority"),
        ("Priority: a", "BadPriority"),
        ("X-Priority: a", "BadPriority"),
        ("X-MSMail-Priority: a", "BadPriority"),
        ("Content-Language: ;", "LanguageJunk"),
        ("MIME-Version: a", "BadMimeVersion"),
        ("Resent-Date: a", "BadDate"),
        ("Resent-Message-ID: <a>", "MessageIdSyntax"),
        ("Resent-From: <a", "UnclosedAngle"),
        ("Resent-Sender: <a", "UnclosedAngle"),
        ("Resent-To: <a", "UnclosedAngle"),
        ("Resent-Cc: <a", "UnclosedAngle"),
        ("Resent-Bcc: <a", "UnclosedAngle"),
        ("Disposition-Notification-To: <a", "UnclosedAngle"),
    ] {
        let raw = format!("{field}\n\n");
        let told = Parser::new().parse(raw.as_bytes()).examine();
        assert!(told.iter().any(|told| told.kind().name() == defect), "{field}: {told:?}");
    }
}
