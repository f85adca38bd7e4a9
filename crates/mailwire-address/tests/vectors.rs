//! What lists are read as, and what is reported: one line a value.

#![cfg(feature = "encoded-word")]

use mailwire_address::{Addresses, Item, Mailbox, addresses};
use mailwire_core::{DefectKind, Escaped};

/// `name <address>` for mailboxes, `<!text>` for what is no address in angle brackets, `name:` and `;` for groups,
/// `?text` for junk.
fn show(item: &Item<'_>) -> String {
    match item {
        Item::Mailbox(mailbox) => {
            let name = mailbox.display_name().unwrap_or_default();
            format!("{name} <{}>", address(mailbox)).trim_start().into()
        }
        Item::GroupStart(name) => format!("{}:", name.decoded()),
        Item::GroupEnd => ";".into(),
        Item::Junk(text) => format!("?{}", Escaped(text)),
        _ => unimplemented!(),
    }
}

fn address(mailbox: &Mailbox<'_>) -> String {
    match (mailbox.address(), mailbox.invalid_address()) {
        (Some(address), _) => address.to_string(),
        (None, Some(text)) => format!("!{}", Escaped(text)),
        (None, None) => String::new(),
    }
}

fn read(value: &[u8]) -> (String, String) {
    let mut kinds = Vec::new();
    let mut list: Addresses<'_> = addresses(value);
    let mut items = Vec::new();
    while let Some(item) = list.next_with(&mut |kind, _| kinds.push(kind)) {
        items.push(show(&item));
    }
    let names: Vec<_> = kinds.into_iter().map(DefectKind::name).collect();
    (items.join(" | "), names.join(" "))
}

fn check(vectors: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for &(value, items, defects) in vectors {
        let (got, kinds) = read(value.as_bytes());
        let sorted = |kinds: &str| {
            let mut kinds: Vec<_> = kinds.split(' ').map(str::to_owned).collect();
            kinds.sort();
            kinds.join(" ")
        };
        if (got.as_str(), sorted(&kinds)) != (items, sorted(defects)) {
            wrong.push(format!("{value:?}\n     got {got} [{kinds}]\n  wanted {items} [{defects}]"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// RFC 5322 §3.4 and appendix A, RFC 6532, RFC 2047.
#[test]
fn what_the_grammar_allows() {
    check(&[
        ("", "", ""),
        (" \r\n", "", ""),
        ("ann@example.com", "<ann@example.com>", ""),
        (" ann@example.com\r\n", "<ann@example.com>", ""),
        ("<ann@example.com>", "<ann@example.com>", ""),
        ("Ann <ann@example.com>", "Ann <ann@example.com>", ""),
        ("Ann<ann@example.com>", "Ann <ann@example.com>", ""),
        ("\"Bell, Ann\" <ann@example.com>", "Bell, Ann <ann@example.com>", ""),
        (r#""Ann \"Bee\" Bell" <ann@example.com>"#, "Ann \"Bee\" Bell <ann@example.com>", ""),
        ("\"Ann\"\r\n <ann@example.com>", "Ann <ann@example.com>", ""),
        ("\"Ann\r\n Bell\" <ann@example.com>", "Ann Bell <ann@example.com>", ""),
        ("Ann \"B.\" Bell <ann@example.com>", "Ann B. Bell <ann@example.com>", ""),
        ("ann@example.com (Ann Bell)", "Ann Bell <ann@example.com>", ""),
        ("Ann <ann@example.com> (of Bell's)", "Ann <ann@example.com>", ""),
        ("<ann@example.com> (Ann)", "Ann <ann@example.com>", ""),
        ("Ann (the) Bell <ann@example.com>", "Ann Bell <ann@example.com>", ""),
        ("(a(b(c)d)e) ann@example.com", "a(b(c)d)e <ann@example.com>", ""),
        ("(a \\) b) ann@example.com", "a ) b <ann@example.com>", ""),
        ("a@x.example, b@y.example", "<a@x.example> | <b@y.example>", ""),
        ("a@x.example,\r\n\tB <b@y.example>", "<a@x.example> | B <b@y.example>", ""),
        ("All: a@x.example, B <b@y.example>;", "All: | <a@x.example> | B <b@y.example> | ;", ""),
        ("Nobody:;", "Nobody: | ;", ""),
        ("Nobody: ; (none)", "Nobody: | ;", ""),
        ("A: a@x.example;, b@y.example", "A: | <a@x.example> | ; | <b@y.example>", ""),
        ("\"a b\"@example.com", "<\"a b\"@example.com>", ""),
        ("\"ann\"@example.com", "<ann@example.com>", ""),
        (r#""a\"b"@example.com"#, r#"<"a\"b"@example.com>"#, ""),
        ("\"\"@example.com", "<\"\"@example.com>", "EmptyLocal"),
        ("\"a..b\"@example.com", "<\"a..b\"@example.com>", ""),
        ("ann@[192.0.2.1]", "<ann@[192.0.2.1]>", ""),
        ("ann@[IPv6:2001:db8::1]", "<ann@[IPv6:2001:db8::1]>", ""),
        ("ann@[ 192.0.2.1 ]", "<ann@[192.0.2.1]>", ""),
        ("ann@[x-tag:y]", "<ann@[x-tag:y]>", "UnregisteredLiteralTag"),
        ("ann@[2001:db8::1]", "<ann@[2001:db8::1]>", "MissingIpv6Tag"),
        ("änn@exämple.com", "<änn@exämple.com>", ""),
        ("Änn <ann@example.com>", "Änn <ann@example.com>", ""),
        ("=?utf-8?Q?=C3=84nn?= <ann@example.com>", "Änn <ann@example.com>", ""),
        ("=?utf-8?Q?=C3=84nn?= =?utf-8?B?IEJlbGw=?= <ann@example.com>", "Änn Bell <ann@example.com>", ""),
        ("ann@example.com (=?utf-8?Q?=C3=84nn?=)", "Änn <ann@example.com>", ""),
        ("psres!ann@example.com", "<psres!ann@example.com>", "BangPath"),
        ("ann%a.example@example.com", "<ann%a.example@example.com>", "PercentHack"),
        ("ann@ex_ample.com", "<ann@ex_ample.com>", "NonLdhDomain"),
    ]);
}

/// RFC 5322 §4.4.
#[test]
fn what_the_grammar_once_allowed() {
    check(&[
        ("ann . bell @ example . com", "<ann.bell@example.com>", "ObsLocal ObsDomain CommentNearAt"),
        ("(a)ann(b)@(c)example(d).(e)com", "a <ann@example.com>", "ObsDomain CommentNearAt"),
        ("\"ann\".bell@example.com", "<ann.bell@example.com>", "ObsLocal"),
        ("<@a.example,@b.example:ann@example.com>", "<ann@example.com>", "SourceRoute"),
        ("Ann <@a.example:ann@example.com>", "Ann <ann@example.com>", "SourceRoute"),
        (",a@x.example,,b@y.example,", "<a@x.example> | <b@y.example>", "EmptyItem EmptyItem EmptyItem"),
        ("Ann B. Bell <ann@example.com>", "Ann B. Bell <ann@example.com>", "UnquotedDotInPhrase"),
        ("B. Bell <ann@example.com>", "B. Bell <ann@example.com>", "UnquotedDotInPhrase"),
        (
            "Ann =?utf-8?Q?B=C3=A4ll?= C. <ann@example.com>",
            "Ann Bäll C. <ann@example.com>",
            "UnquotedDotInPhrase",
        ),
        ("A:,a@x.example;", "A: | <a@x.example> | ;", "EmptyItem"),
        ("\"a\x7fb\"@example.com", "<a\u{fffd}b@example.com>", "ObsControl"),
        ("Ann\r\n \r\n <ann@example.com>", "Ann <ann@example.com>", ""),
    ]);
}

/// What software writes (RFC 7103), and how it is repaired.
#[test]
fn what_is_repaired() {
    check(&[
        ("root", "<root>", "MissingDomain"),
        ("<root>", "<root>", "MissingDomain"),
        ("<\"ann@example.com\">", "<\"ann@example.com\">", "MissingDomain"),
        ("rg>", "<rg>", "MissingDomain StrayGt"),
        ("xyz, abc", "<xyz> | <abc>", "MissingDomain MissingDomain"),
        ("Undisclosed recipients", "Undisclosed recipients <>", "MissingAddress"),
        ("\"Ann Bell\"", "Ann Bell <>", "MissingAddress"),
        ("<>", "<>", "NullAddress"),
        ("Mailer Daemon <>", "Mailer Daemon <>", "NullAddress"),
        ("Bell, Ann <ann@example.com>", "Bell, Ann <ann@example.com>", "UnquotedCommaInPhrase"),
        (
            "Ann Bell, Jr. <ann@example.com>",
            "Ann Bell, Jr. <ann@example.com>",
            "UnquotedCommaInPhrase UnquotedDotInPhrase",
        ),
        ("Ann, <ann@example.com>", "<Ann> | <ann@example.com>", "MissingDomain"),
        (
            "a@x.example, Bell, Ann <b@y.example>",
            "<a@x.example> | Bell, Ann <b@y.example>",
            "UnquotedCommaInPhrase",
        ),
        ("a@x.example; b@y.example", "<a@x.example> | <b@y.example>", "SemicolonSeparator"),
        ("A: a@x.example; b@y.example", "A: | <a@x.example> | ; | <b@y.example>", "SemicolonSeparator"),
        ("A: a@x.example, b@y.example", "A: | <a@x.example> | <b@y.example> | ;", "UnclosedGroup"),
        ("A: B: a@x.example;;", "A: | ; | B: | <a@x.example> | ;", "NestedGroup SemicolonSeparator"),
        ("Re: hello <ann@example.com>", "Re: | hello <ann@example.com> | ;", "UnclosedGroup"),
        ("<ann@example.com", "<ann@example.com>", "UnclosedAngle"),
        ("<a@x.example, <b@y.example>", "<a@x.example> | <b@y.example>", "UnclosedAngle"),
        ("<a@x.example, b@y.example>", "<a@x.example> | <b@y.example>", "UnclosedAngle StrayGt"),
        ("ann@example.com>", "<ann@example.com>", "StrayGt"),
        ("<<<ann@example.com>>>", "<ann@example.com>", "StrayGt NestedAngle"),
        ("<mailto:ann@example.com>", "<ann@example.com>", "MailtoInAngle"),
        ("\"Ann <ann@example.com>", "Ann <ann@example.com>", "UnclosedQuote"),
        ("\"A <a@x.example>, B <b@y.example>", "A <a@x.example> | B <b@y.example>", "UnclosedQuote"),
        ("ann@example.com.", "<ann@example.com>", "TrailingDot"),
        ("s..bell@example.com", "<s..bell@example.com>", "DotAtomDots"),
        ("bell.@example.com", "<bell.@example.com>", "DotAtomDots"),
        ("<.0.@example.com>", "<.0.@example.com>", "DotAtomDots"),
        ("(Testing <ann@example.com>", "(Testing <ann@example.com>", "UnclosedComment"),
        ("(a, (b) c <ann@example.com>", "(a, c <ann@example.com>", "UnclosedComment UnquotedCommaInPhrase"),
        ("=?utf-8?Q?Re:_you?= <ann@example.com>", "Re: you <ann@example.com>", "EncodedWordIllegalChar"),
        ("=?utf-8?Q?a,_b?= <ann@example.com>", "a, b <ann@example.com>", "EncodedWordIllegalChar"),
        ("=?utf-8?Q?Re:_you?=;", "=?utf-8?Q?Re: | <_you?=> | ;", "MissingDomain"),
        ("[Ann] <ann@example.com>", "[Ann] <ann@example.com>", "UnquotedSpecialInPhrase"),
        ("Ann \\\"Bee\\\" Bell <ann@example.com>", "Ann \"Bee\" Bell <ann@example.com>", "StrayBackslash"),
        (
            "\"=?utf-8?Q?=C3=84nn?= Bell\" <ann@example.com>",
            "Änn Bell <ann@example.com>",
            "EncodedWordInQuoted",
        ),
        ("=?utf-8?Q? \"=C3=84nn\" ?= <ann@example.com>", "Änn  <ann@example.com>", ""),
        ("\"\"\"Ann\"\"\" <ann@example.com>", "Ann <ann@example.com>", ""),
        ("a@x.example\r\n b@y.example", "<a@x.example> | <b@y.example>", "MissingComma"),
        ("Ann\n <ann@example.com>", "Ann <ann@example.com>", "BareLf"),
        (". Ann <ann@example.com>", ". Ann <ann@example.com>", "UnquotedDotInPhrase UnquotedSpecialInPhrase"),
        ("=?utf-8?Q?a=0D=0ABcc=3A_b?= <ann@example.com>", "a Bcc: b <ann@example.com>", ""),
        ("\"a\x00b\" <ann@example.com>", "a\u{fffd}b <ann@example.com>", "NulByte"),
    ]);
}

#[test]
fn undeclared_charsets_in_names() {
    assert_eq!(read(b"M\xfcller <m@example.com>").0, "Müller <m@example.com>");
    assert_eq!(read(b"\"M\xc3\xbcller\" <m@example.com>").0, "Müller <m@example.com>");
    assert_eq!(
        read(b"m\xfcller@example.com"),
        ("?m\\xfcller@example.com".into(), "NoAddress NonUtf8Address".into())
    );
}

/// Values made to be read as another address than the one they name. None yields an address by joining what is apart,
/// by decoding, or by unquoting.
#[test]
fn attacks() {
    check(&[
        // Encoded-words have no meaning in addresses, and decoded names are no addresses.
        (
            "=?x?q?bob=40evil.example=3e=00?=ann@example.com",
            "<=?x?q?bob=40evil.example=3e=00?=ann@example.com>",
            "EncodedWordInAddrSpec",
        ),
        (
            "=?x?q?bob=40evil.example=2c?=ann@example.com",
            "<=?x?q?bob=40evil.example=2c?=ann@example.com>",
            "EncodedWordInAddrSpec",
        ),
        (
            "\"=?x?q?a=22=40evil.example=3e?=\"@example.com",
            "<\"=?x?q?a=22=40evil.example=3e?=\"@example.com>",
            "EncodedWordInAddrSpec",
        ),
        (
            "=?utf-8?B?PGFAYi5leGFtcGxlPg==?=,<ann@example.com>",
            "<a@b.example> <> | <ann@example.com>",
            "MissingAddress",
        ),
        (
            "=?utf-8?Q?=3Cbob@evil.example=3E?= <ann@example.com>",
            "<bob@evil.example> <ann@example.com>",
            "AddressInDisplayName UnquotedAtInPhrase UnquotedDotInPhrase",
        ),
        // Quotes belong to the local part.
        ("\"bob@evil.example\"@example.com", "<\"bob@evil.example\"@example.com>", ""),
        ("\"bob@evil.example> x\"@example.com", "<\"bob@evil.example> x\"@example.com>", ""),
        ("\"@a,@b:<bob>\"@example.com", "<\"@a,@b:<bob>\"@example.com>", ""),
        ("x(:\"):\"@evil.example;(\"@example.com;", "x: | <\"@evil.example;(\"@example.com> | ;", ""),
        (
            "\": <bob@evil.example> \"<ann@example.com>",
            ": <bob@evil.example>  <ann@example.com>",
            "AddressInDisplayName",
        ),
        // Nothing is glued to an address.
        ("<a@x.example>b@y.example", "<a@x.example> | ?b@y.example", "TrailingGarbage"),
        ("Ann<a@x.example>y@y.example", "Ann <a@x.example> | ?y@y.example", "TrailingGarbage"),
        ("ann@example.com(x)evil.example", "<ann@example.com> | ?(x)evil.example", "TextAfterComment"),
        ("ann@example.com(x)b@evil.example", "<ann@example.com> | ?(x)b@evil.example", "TextAfterComment"),
        ("<ann@example.com(x)evil.example>", "<ann@example.com>", "TextAfterComment"),
        ("ann@example.com)b@evil.example", "<ann@example.com> | ?)b@evil.example", "TrailingGarbage"),
        (
            "ann@example.com b@y.example c",
            "<ann@example.com> | <b@y.example> | ?c",
            "MissingComma TrailingGarbage",
        ),
        ("<a@x.example> <b@y.example>", "<a@x.example> | <b@y.example>", "MultipleAngleAddr"),
        ("<a@x.example> \"a\" <b@y.example>", "<a@x.example> | a <b@y.example>", "MultipleAngleAddr"),
        (
            "<a@x.example>\\,<b@y.example>",
            "<a@x.example> | ?\\ | <b@y.example>",
            "StrayBackslash TrailingGarbage",
        ),
        // Names that look like addresses.
        (
            "bob@evil.example <ann@example.com>",
            "bob@evil.example <ann@example.com>",
            "AddressInDisplayName UnquotedAtInPhrase UnquotedDotInPhrase",
        ),
        (
            "\"bob@evil.example\" <ann@example.com>",
            "bob@evil.example <ann@example.com>",
            "AddressInDisplayName",
        ),
        (
            "bob@evil.example@<ann@example.com>",
            "bob@evil.example@ <ann@example.com>",
            "AddressInDisplayName UnquotedAtInPhrase UnquotedDotInPhrase",
        ),
        (
            "bob@evil.example: ann@example.com;",
            "bob@evil.example: | <ann@example.com> | ;",
            "UnquotedAtInPhrase UnquotedDotInPhrase",
        ),
        (
            "<bob@evil.example>:<ann@example.com>",
            "<bob@evil.example> | ?: | <ann@example.com>",
            "TrailingGarbage MultipleAngleAddr",
        ),
    ]);
}

/// Values in which no address can be read that every reader would read.
#[test]
fn attacks_that_yield_no_address() {
    check(&[
        // One `@` too many, or none that counts.
        ("ann@example..com", "?ann@example..com", "NoAddress"),
        ("a@b@c", "?a@b@c", "MultipleAt"),
        ("<a@b@c>", "<!a@b@c>", "InvalidAddress MultipleAt"),
        ("a@b.example'@c.example", "?a@b.example'@c.example", "MultipleAt"),
        ("a!b\\@c.example", "?a!b\\@c.example", "StrayBackslash NoAddress"),
        ("a\u{ff20}b.example", "a\u{ff20}b.example <>", "MissingAddress UnquotedDotInPhrase"),
        ("<a@b,c>", "<!a@b,c>", "InvalidAddress"),
        ("<Nobody:;@example.com>", "<!Nobody:;@example.com>", "InvalidAddress"),
        ("<a b@example.com>", "<!a b@example.com>", "InvalidAddress"),
        // Comments that never end take nothing with them that was complete before, and hide nothing behind them.
        ("a%b.example(@c.example", "?a%b.example(@c.example", "UnclosedComment"),
        ("(a@b.example", "?(a@b.example", "UnclosedComment"),
        ("a@b.example(c.example", "?a@b.example(c.example", "UnclosedComment"),
        ("A <a@b.example> (c, d@e.example", "A <a@b.example> | ?(c | <d@e.example>", "UnclosedComment"),
        // Literals.
        ("<a@[b.example\r\n <img src=x>]>", "<a@[b.example<imgsrc=x>]>", "NonIpLiteral"),
        ("<a@[b.example]\0\r\n ]>", "<!a@[b.example]\\x00\\r\\n ]>", "InvalidAddress"),
        // Who reads no backslash there ends the literal elsewhere.
        ("<a@[b\\]\"c]>", "<!a@[b\\]\"c]>", "NonIpLiteral ObsLiteral"),
        // Controls and line breaks.
        ("\"a\0b\"@example.com", "?\"a\\x00b\"@example.com", "NulByte NoAddress"),
        (
            "\"a\r\nRCPT TO:<b@evil.example>\"@example.com",
            "?\"a\\r\\nRCPT TO:<b@evil.example>\"@example.com",
            "LineBreak",
        ),
        ("ann@example.com\r\nBcc: b@evil.example", "?ann@example.com\\r\\nBcc: b@evil.example", "LineBreak"),
        ("Ann\r\nBcc: b <b@evil.example>", "?Ann\\r\\nBcc: b <b@evil.example>", "LineBreak"),
        ("a@[b\r\nRSET\r\n]", "?a@[b\\r\\nRSET\\r\\n]", "LineBreak"),
        ("a@x.example, b@y.example\nc@z.example", "<a@x.example> | ?b@y.example\\nc@z.example", "LineBreak"),
        // Characters that join or hide.
        ("a@\u{338}b.example", "?a@\u{338}b.example", "NoAddress"),
        ("a\u{202e}b@example.com", "<a\u{202e}b@example.com>", "BidiControl"),
        ("\u{200b}a@example.com", "<\u{200b}a@example.com>", "InvisibleChar"),
        ("a\u{85}b@example.com", "<a\u{85}b@example.com>", "C1Control"),
    ]);
}

/// Found by the invariants: what was written could not be read again.
#[test]
fn regressions() {
    check(&[
        // A mark that joins the quote, the bracket or the blank before it.
        ("<\"\u{308}\">", "<!\"\u{308}\">", "InvalidAddress"),
        ("a@ \u{308}b.example", "?a@ \u{308}b.example", "NoAddress"),
        // A quoted word in angle brackets stays in its quotes.
        ("<\"=?x?q?a?=\">", "<\"=?x?q?a?=\">", "MissingDomain"),
        // A backslash before a fold leaves no carriage return behind.
        ("\"a\\\r\n b\"@example.com", "<\"a b\"@example.com>", "StrayBackslash"),
        // Blanks and backslashes that say nothing inside the address of a host.
        ("a@[192.0.2\t.1]", "<a@[192.0.2.1]>", ""),
        ("a@[IP\r\n v6:\\::1]", "<a@[IPv6:::1]>", "ObsLiteral"),
        // A route and nothing else.
        ("<@r: ,", "<>", "SourceRoute InvalidAddress UnclosedAngle EmptyItem"),
    ]);
}

#[test]
fn equal_addresses() {
    let address = |value| addresses(value).mailboxes().next().and_then(|mailbox| mailbox.address()).unwrap();
    let ann = address(b"ann@example.com");
    for same in [
        &b"Ann <ann@Example.COM>"[..],
        b"\"ann\"@example.com",
        b"\"a\\nn\"@example.com.",
        b"ann (a) @ example . com",
    ] {
        assert_eq!(address(same), ann);
    }
    for other in [
        &b"Ann@example.com"[..],
        b"ann",
        b"ann@example.org",
        b"\"ann \"@example.com",
        b"\"ann@example.com\"@example.com",
    ] {
        assert_ne!(address(other), ann);
    }
}
