//! Paths, mailto links and keys: one line a value.

use mailwire_address::{Address, Allow, Dialect, ForwardPath, KeyPolicy, Mailto, ReversePath};

fn forward(text: &str) -> Result<String, String> {
    let (path, len) =
        ForwardPath::parse_prefix(text.as_bytes(), Dialect::SMTPUTF8).map_err(|error| error.to_string())?;
    let route = match path {
        ForwardPath::Path(path) => path.route().map(|host| host.to_text().into_owned()).collect(),
        _ => Vec::new(),
    };
    Ok(format!("{path} {} {len}", route.join(",")))
}

/// RFC 5321 §4.1.2 and §4.1.1.3.
#[test]
fn forward_paths() {
    let taken = [
        ("<a@b.example>", "<a@b.example>  13"),
        ("<a@b.example> SIZE=1", "<a@b.example>  13"),
        ("<@r.example:a@b.example>", "<a@b.example> r.example 24"),
        ("<@r.example,@s.example:a@b.example>", "<a@b.example> r.example,s.example 35"),
        ("<Postmaster>", "<Postmaster>  12"),
        ("<pOSTMASTER>x", "<Postmaster>  12"),
        ("<postmaster@b.example>", "<postmaster@b.example>  22"),
        ("<\"a>b\"@b.example>", "<\"a>b\"@b.example>  17"),
        ("<\"ab\"@b.example>", "<ab@b.example>  16"),
        ("<a@[192.0.2.1]>", "<a@[192.0.2.1]>  15"),
        ("<ä@b.example>", "<ä@b.example>  14"),
    ];
    for (text, read) in taken {
        assert_eq!(forward(text).as_deref(), Ok(read), "{text}");
    }
    let refused = [
        ("", "expected `<` at byte 0, found end of line"),
        ("a@b.example", "expected `<` at byte 0, found `a`"),
        ("<>", "expected a local part at byte 1, found `>`"),
        ("<a>", "expected `@` at byte 2, found `>`"),
        ("<a@b.example", "expected `>` at byte 12, found end of line"),
        ("<a@b.example x>", "expected `>` at byte 12, found ` `"),
        ("< a@b.example>", "expected a local part at byte 1, found ` `"),
        ("<a(c)@b.example>", "expected `@` at byte 2, found `(`"),
        ("<a@b..example>", "expected a label at byte 5, found `.`"),
        ("<a@b_c.example>", "expected a letter, a digit or a hyphen at byte 4, found `_`"),
        ("<\"a@b.example>", "expected `\"` at byte 14, found end of line"),
        ("<a@[192.0.2>", "expected `]` at byte 12, found end of line"),
        ("<@r.example>", "expected `:` at byte 11, found `>`"),
        ("<@r.example:>", "expected a local part at byte 12, found `>`"),
        ("<@r_.example:a@b.example>", "expected the name of a host at byte 3, found `_`"),
        ("<@[192.0.2.1]:a@b.example>", "expected a domain at byte 2, found `[`"),
        ("<@r.example, @s.example:a@b.example>", "expected `@` at byte 12, found ` `"),
    ];
    for (text, error) in refused {
        assert_eq!(forward(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn reverse_paths() {
    let reverse = |text: &'static str| ReversePath::parse(text.as_bytes(), Dialect::SMTP);
    assert_eq!(reverse("<>"), Ok(ReversePath::Null));
    assert_eq!(reverse("<>").unwrap().to_string(), "<>");
    assert_eq!(reverse("<Postmaster>").unwrap_err().offset(), 11);
    assert_eq!(
        reverse("<a@b.example> ").unwrap_err().to_string(),
        "expected end of path at byte 13, found ` `"
    );
    assert_eq!(reverse("<ä@b.example>").unwrap_err().to_string(), "expected ASCII at byte 1, found `\\xc3`");
    assert_eq!(reverse("<a@b.example>").unwrap().address().unwrap().to_string(), "a@b.example");
    // A route says nothing about where mail goes.
    assert_eq!(reverse("<@r.example:a@b.example>"), reverse("<a@b.example>"));
}

/// RFC 5321 §4.5.3.1: one octet more is one too many.
#[test]
fn limits() {
    let address = |local: usize, domain: usize| {
        let labels = "d".repeat(domain).into_bytes();
        let domain: Vec<String> =
            labels.chunks(63).map(|label| String::from_utf8(label.to_vec()).unwrap()).collect();
        format!("{}@{}", "l".repeat(local), domain.join("."))
    };
    let parse = |text: &str, dialect| mailwire_address::AddrSpec::parse(text.as_bytes(), dialect).map(|_| ());
    for (local, domain, ok) in
        [(64, 63, true), (65, 63, false), (64, 187, true), (64, 188, false), (1, 248, true)]
    {
        let text = address(local, domain);
        let result = parse(&text, Dialect::SMTP);
        assert_eq!(result.is_ok(), ok, "{local} {domain}: {} {result:?}", text.len());
        assert!(result.is_ok() || result.unwrap_err().is_too_long());
        assert_eq!(parse(&text, Dialect::SMTP.with(Allow::ANY_LENGTH)), Ok(()));
        assert_eq!(parse(&text, Dialect::IMF), Ok(()));
    }
    let label = format!("a@{}.example", "d".repeat(64));
    assert!(parse(&label, Dialect::SMTP).is_err() && parse(&label, Dialect::HTML5).is_err());
}

#[test]
fn mailto_links() {
    let link =
        Mailto::parse("MAILTO:a%2Bb@x.example,%22c%20d%22@y.example?subject=a%0D%0Ab&body=a%0D%0Ab&BODY=")
            .unwrap();
    let to: Vec<_> = link.to().iter().map(Address::as_str).collect();
    assert_eq!(to, ["a+b@x.example", "\"c d\"@y.example"]);
    let fields: Vec<_> = link.fields().collect();
    assert_eq!(fields, [("subject", "a  b"), ("body", "a\r\nb"), ("BODY", "")]);
    assert_eq!(
        link.to_string(),
        "mailto:a+b@x.example,%22c%20d%22@y.example?subject=a%20%20b&body=a%0D%0Ab&BODY="
    );
    for (text, offset) in [
        ("http://x", 0),
        ("mailto:a%2", 8),
        ("mailto:a@x.example,", 19),
        ("mailto:a@x.example,b", 19),
        ("mailto:a@x.example%2Cb@x.example", 7),
        ("mailto:a@x.example?", 0),
        ("mailto:a@x.example?subject", 26),
        ("mailto:a@x.example?a=%FF", 21),
        ("mailto:a@x.example?a b=c", 20),
        ("mailto:?to=a", 11),
    ] {
        match Mailto::parse(text) {
            Ok(_) => assert_eq!(offset, 0, "{text}"),
            Err(error) => assert_eq!(error.offset(), offset, "{text}: {error}"),
        }
    }
}

#[test]
fn keys() {
    let key = |policy: KeyPolicy, text: &str| text.parse::<Address>().unwrap().key(policy).to_string();
    let none = KeyPolicy::new();
    assert_eq!(key(none, "\"A\"@X.Example"), "A@x.example");
    assert_eq!(key(none.ignore_case(), "\"A B\"@X.example"), "\"a b\"@x.example");
    assert_eq!(key(none.without_detail('+'), "a+b+c@x.example"), "a@x.example");
    assert_eq!(key(none.without_detail('+'), "+b@x.example"), "+b@x.example");
    assert_eq!(key(none.without_detail('='), "\"a@b=c\"@x.example"), "\"a@b\"@x.example");
    assert_eq!(key(none, "a@[IPv6:2001:DB8:0::1]"), "a@[IPv6:2001:db8::1]");
    #[cfg(feature = "idna")]
    assert_eq!(key(none.idna(), "a@BLÅBÆR.example"), "a@xn--blbr-roah.example");
    #[cfg(feature = "nfc")]
    assert_eq!(key(none.nfc(), "e\u{301}@e\u{301}.example"), "é@é.example");
    #[cfg(feature = "nfc")]
    assert_eq!(key(none.nfc(), "a\u{37e}b@x.example"), "\"a;b\"@x.example");
}
