//! What each dialect takes: one line a value, one letter a dialect.

use mailwire_address::{AddrSpec, AddressDefect, Addresses, Allow, Dialect, addresses};
use mailwire_core::Defect;

const ALL: [(char, Dialect); 7] = [
    ('s', Dialect::SMTP),
    ('8', Dialect::SMTPUTF8),
    ('i', Dialect::IMF),
    ('o', Dialect::IMF_OBS),
    ('l', Dialect::LENIENT),
    ('w', Dialect::WEB),
    ('h', Dialect::HTML5),
];

/// The table of research page 6.1, row by row, and the clauses that each dialect adds.
#[test]
fn who_takes_what() {
    let table: &[(&str, &str)] = &[
        ("ann@example.com", "s8iolwh"),
        ("ann+tag=x@example.com", "s8iolwh"),
        ("\"ann b\"@example.com", "s8iol"),
        ("\"\"@example.com", "s8iol"),
        ("ann@[192.0.2.1]", "s8iol"),
        ("ann@[01.02.003.4]", "s8iol"),
        ("ann@[IPv6:2001:db8::1]", "s8iol"),
        ("ann@[IPv6:1:2:3:4:5:6:7::]", "s8iol"),
        ("ann@[IPv6:1:2:3:4:5:6:7:8::]", "iol"),
        ("ann@[IPv6:::192.0.2.1]", "s8iol"),
        ("ann@[tag:text]", "iol"),
        ("ann@[::1]", "iol"),
        ("ann@[127.1]", "iol"),
        ("ann@[IPv6:fe80::1%eth0]", "iol"),
        ("ann@[0177.0.0.1]", "iol"),
        ("ann@[ 192.0.2.1 ]", "iol"),
        ("ann@ex_ample.com", "iol"),
        ("ann@-example.com", "iol"),
        ("ann@example-.com", "iol"),
        ("ann@ex!ample.com", "iol"),
        ("ann@localhost", "s8iolh"),
        ("ann@192.0.2.1", "s8iolh"),
        ("ann@yy--0.example", "s8iolh"),
        ("ann@xn--blbr-roah.example", "s8iolwh"),
        ("xn--ann@example.com", "s8iolh"),
        ("ann@example.com.", "l"),
        ("ann@example..com", ""),
        ("ann@.example.com", ""),
        ("a..b@example.com", "lh"),
        (".a@example.com", "lh"),
        ("a.@example.com", "lh"),
        ("a!b@example.com", "s8iolh"),
        ("a%b@example.com", "s8iolh"),
        ("=?utf-8?q?a?=@example.com", "s8iolh"),
        ("ann", ""),
        ("Postmaster", ""),
        ("ann @example.com", "iol"),
        ("(c)ann@example.com(d)", "iol"),
        ("ann@ example . com", "ol"),
        ("ann . bell@example.com", "ol"),
        ("\"ann\".bell@example.com", "ol"),
        ("\"a\tb\"@example.com", "iol"),
        ("\"a\r\n b\"@example.com", "iol"),
        ("\"a\r\n \r\n b\"@example.com", "ol"),
        ("\"a\x07b\"@example.com", "ol"),
        ("\"a\\\0b\"@example.com", "ol"),
        ("\"a\0b\"@example.com", ""),
        ("\"a\nb\"@example.com", ""),
        ("\"a\r\nb\"@example.com", ""),
        ("änn@example.com", "8iolw"),
        ("\"\\ä\"@example.com", "iol"),
        ("ann@exämple.com", "8iolw"),
        ("a\u{202e}b@example.com", "8iol"),
        ("a\u{200b}b@example.com", "8iol"),
        ("a\u{85}b@example.com", "8iol"),
        ("ann\u{ff20}b@example.com", "8iol"),
        ("ann@example.com x", ""),
        ("ann@example.com)", ""),
        ("<ann@example.com>", ""),
        ("a@b@example.com", ""),
        ("@example.com", ""),
        ("ann@", ""),
        ("", ""),
    ];
    for (text, takers) in table {
        let took: String = ALL
            .iter()
            .filter(|(_, dialect)| AddrSpec::parse(text.as_bytes(), *dialect).is_ok())
            .map(|(letter, _)| letter)
            .collect();
        assert_eq!(took, *takers, "{text:?}");
    }
}

/// Bytes that are no UTF-8, which no text of a test vector can hold.
#[test]
fn bytes_that_are_no_utf8() {
    let broken: &[&[u8]] = &[
        b"\xff@example.com",
        b"a\xffb@example.com",
        b"\xc3@example.com",
        b"a\xc3\x28@example.com",
        b"a\xe2\x82@example.com",
        b"\xed\xa0\x80@example.com",
        b"\xf4\x90\x80\x80@example.com",
        b"\xc0\xafa@example.com",
        b"\x80@example.com",
        b"a@\xffexample.com",
        b"a@ex\xe4mple.com",
        b"a@example.\xc3",
        b"a@\xed\xa0\x80.example",
        b"\"a\xff\"@example.com",
        b"\"\\\xff\"@example.com",
        b"a@[\xff]",
        b"\xfe\xffa@example.com",
        b"m\xfcller@example.com",
        b"a\xf0\x9f\x98@example.com",
        b"a.\xa0b@example.com",
    ];
    for text in broken {
        for (letter, dialect) in ALL {
            let error = AddrSpec::parse(text, dialect).expect_err("no UTF-8");
            let valid = core::str::from_utf8(text).unwrap_err().valid_up_to();
            assert!(error.offset() <= valid, "{letter}: {} in {}", error, text.escape_ascii());
        }
        assert!(Addresses::parse(text, Dialect::IMF_OBS).is_err(), "{}", text.escape_ascii());
        let mut list = addresses(text).mailboxes().filter_map(|mailbox| mailbox.address());
        assert!(list.next().is_none(), "{}", text.escape_ascii());
    }
    for name in [&b"M\xfcller <m@example.com>"[..], b"\"M\xfcller\" <m@example.com>", b"m@example.com (\xff)"]
    {
        assert!(Addresses::parse(name, Dialect::IMF_OBS).is_err(), "{}", name.escape_ascii());
        let mailbox = addresses(name).mailboxes().next().unwrap();
        assert_eq!(mailbox.address().unwrap().as_str(), Some("m@example.com"));
        assert!(mailbox.defects().contains(AddressDefect::NonUtf8Phrase));
    }
}

#[test]
fn a_dialect_can_be_tweaked() {
    let parse = |text: &'static str, dialect| {
        AddrSpec::parse(text.as_bytes(), dialect).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(
        parse("\"a b\"@example.com", Dialect::SMTP.without(Allow::QUOTED)),
        Err("expected a local part without quotes at byte 0, found `\\\"`".into())
    );
    assert_eq!(
        parse("ann@[192.0.2.1]", Dialect::SMTP.without(Allow::LITERAL)),
        Err("expected the name of a domain at byte 4, found `[`".into())
    );
    assert_eq!(parse("ann@[tag:text]", Dialect::SMTP.with(Allow::GENERAL_LITERAL)), Ok(()));
    let underscores = Dialect::SMTP.with(Allow::of(AddressDefect::NonLdhDomain));
    assert_eq!(parse("ann@ex_ample.com", underscores), Ok(()));
    assert!(Dialect::IMF_OBS.allows(Allow::GAPS) && !Dialect::SMTP.allows(Allow::GAPS));
}

/// What is reported stands exactly there.
#[test]
fn places_are_exact() {
    let table: &[(&str, &[(AddressDefect, &str)])] = &[
        (
            "Bell, Ann [x] <ann@example.com",
            &[
                (AddressDefect::UnquotedCommaInPhrase, "4..5"),
                (AddressDefect::UnquotedSpecialInPhrase, "10..11"),
                (AddressDefect::UnclosedAngle, "30..30"),
            ],
        ),
        (
            "A. B. <a!b@ex_ample>",
            &[
                (AddressDefect::UnquotedDotInPhrase, "1..2"),
                (AddressDefect::BangPath, "8..9"),
                (AddressDefect::NonLdhDomain, "13..14"),
                (AddressDefect::DotlessDomain, "11..19"),
            ],
        ),
        (
            "<a@x.example>, ;<b@y.example",
            &[(AddressDefect::SemicolonSeparator, "15..16"), (AddressDefect::UnclosedAngle, "28..28")],
        ),
        (
            "\"a@b\" <mailto:a..b@[1.2]> x",
            &[
                (AddressDefect::AddressInDisplayName, "0..5"),
                (AddressDefect::MailtoInAngle, "7..14"),
                (AddressDefect::DotAtomDots, "16..17"),
                (AddressDefect::NonIpLiteral, "19..24"),
                (AddressDefect::TrailingGarbage, "26..27"),
            ],
        ),
        (
            "a\u{202e}b@x.example.",
            &[(AddressDefect::BidiControl, "1..4"), (AddressDefect::TrailingDot, "15..16")],
        ),
        (
            "g: h: a@x.example",
            &[(AddressDefect::NestedGroup, "4..5"), (AddressDefect::UnclosedGroup, "17..17")],
        ),
        ("a@x.example b@y.example", &[(AddressDefect::MissingComma, "12..12")]),
        ("<a@x.example> <b@y.example>", &[(AddressDefect::MultipleAngleAddr, "14..14")]),
        ("(a <b@x.example>", &[(AddressDefect::UnclosedComment, "0..1")]),
        ("=?u?Q?a,b?= <a@x.example>", &[(AddressDefect::EncodedWordIllegalChar, "0..11")]),
        (
            "x; \"y <a@x.example>",
            &[
                (AddressDefect::MissingDomain, "1..1"),
                (AddressDefect::SemicolonSeparator, "1..2"),
                (AddressDefect::UnclosedQuote, "3..4"),
            ],
        ),
    ];
    for (text, places) in table {
        let mut found: Vec<Defect<AddressDefect>> = Vec::new();
        let mut list = addresses(text.as_bytes());
        while list.next_with(&mut found).is_some() {}
        let mut found: Vec<_> =
            found.iter().map(|defect| (defect.kind(), format!("{:?}", defect.range()))).collect();
        let mut places: Vec<_> = places.iter().map(|(kind, range)| (*kind, (*range).to_owned())).collect();
        found.sort();
        places.sort();
        assert_eq!(found, places, "{text:?}");
    }
}

/// RFC 5322 §3.4: the three points where a list may break, and that it may not be empty.
#[test]
fn lists_of_a_grammar() {
    let takers = |text: &str| {
        let dialects = [
            ('m', Dialect::IMF.without(Allow::GROUP)),
            ('a', Dialect::IMF),
            ('n', Dialect::IMF_OBS.without(Allow::GROUP)),
            ('b', Dialect::IMF_OBS),
        ];
        let took = dialects.iter().filter(|(_, dialect)| Addresses::parse(text.as_bytes(), *dialect).is_ok());
        took.map(|(letter, _)| letter).collect::<String>()
    };
    let table = [
        ("", ""),
        (" ", ""),
        (",", ""),
        ("(c)", ""),
        ("a@b.example", "manb"),
        ("a@b.example,", "nb"),
        (",a@b.example", "nb"),
        ("a@b.example,,c@d.example", "nb"),
        ("g:;", "ab"),
        ("g:,;", "b"),
        ("g:a@b.example,;", "b"),
        ("g:a@b.example;,c@d.example", "ab"),
        ("g:a@b.example;c@d.example", ""),
        ("g:a@b.example", ""),
        ("g:h:;;", ""),
        ("A B <a@b.example>", "manb"),
        ("A. B <a@b.example>", "nb"),
        (". B <a@b.example>", ""),
        ("A\r\n \r\n <a@b.example>", "manb"),
        ("A\r\n \r\n \r\n <a@b.example>", "nb"),
        ("a@b.example\r\n \r\n ", "nb"),
        ("a@b.example\r\n", ""),
        ("A\n <a@b.example>", ""),
        ("<@r:a@b.example>", "nb"),
        ("<,@r, ,@s:a@b.example>", "nb"),
        ("<@r,s:a@b.example>", ""),
        ("<a@b.example", ""),
        ("<>", ""),
        ("A", ""),
        ("A <a@b.example> x", ""),
        ("a@b.example; c@d.example", ""),
        ("A \x07 <a@b.example>", ""),
        ("\"\x07\" <a@b.example>", "nb"),
        ("(\x07) <a@b.example>", "nb"),
        ("(\0) <a@b.example>", ""),
    ];
    for (text, expected) in table {
        assert_eq!(takers(text), expected, "{text:?}");
    }
}
