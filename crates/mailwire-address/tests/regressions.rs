//! What went wrong once, one test each.

use mailwire_address::{
    AddrSpec, Address, AddressDefect, AddressList, Addresses, Allow, Dialect, DisplayName, KeyPolicy, Mailto,
    NamedAddress, addresses,
};
use mailwire_core::ParseError;

fn defects(text: &str, dialect: Dialect) -> String {
    AddrSpec::parse(text.as_bytes(), dialect)
        .map_or_else(|error| error.to_string(), |a| a.defects().to_string())
}

#[test]
fn a_verbatim_address_was_another_than_the_one_it_is_written_like() -> Result<(), ParseError> {
    for text in ["a@[tag:text]", "\"a,b\"@ex_ample", "a@[]", "\"\"@x_y", "a..b@x.example"] {
        let spec = AddrSpec::parse(text.as_bytes(), Dialect::LENIENT)?;
        let read = spec.to_address().expect("an address");
        let verbatim = Address::verbatim(text)?;
        assert_eq!(verbatim, read, "{text}");
        assert_eq!(verbatim.key(KeyPolicy::new()), read.key(KeyPolicy::new()), "{text}");
    }
    // One key stands for one address, in brackets or not.
    let verbatim = Address::verbatim("a@b@[192.0.2.1]")?;
    assert_eq!(verbatim, "\"a@b\"@[192.0.2.1]".parse()?);
    Ok(())
}

#[test]
fn a_verbatim_address_that_could_be_parsed_changed_its_quotes() -> Result<(), ParseError> {
    let address = Address::verbatim("\"ann\"@example.com")?;
    assert_eq!(address.as_str(), "\"ann\"@example.com");
    assert_eq!(address.as_spec().to_string(), "ann@example.com");
    assert_eq!(address, "ann@example.com".parse()?);
    Ok(())
}

#[test]
fn a_verbatim_address_cut_the_list_it_stood_in() -> Result<(), ParseError> {
    let behind: Address = "ann@x.example".parse()?;
    for text in [
        "x,bob@evil.example",
        "a;b@c",
        "a:b@c",
        "a(b@c",
        "a\"b@c",
        "a@b(c",
        "a@b\"c",
        "a@b,c",
        "a,b",
        "a)@b\\",
    ] {
        let address = Address::verbatim(text)?;
        let named = NamedAddress::new(DisplayName::new("Ann Bell")?, address.clone());
        let list: AddressList =
            [NamedAddress::from(address.clone()), named, behind.clone().into()].into_iter().collect();
        let written = list.to_string();
        assert_eq!(addresses(written.as_bytes()).count(), 3, "{list}");
        let read: Vec<_> =
            addresses(written.as_bytes()).mailboxes().map(|mailbox| mailbox.to_named()).collect();
        assert_eq!(read[2].as_ref().map(NamedAddress::address), Some(&behind), "{list}");
        for other in read.iter().take(2).flatten() {
            assert_eq!(other.address(), &address, "{list}");
        }
    }
    Ok(())
}

#[test]
fn a_quoted_word_without_a_domain_was_shown_as_a_name() {
    let mailbox = addresses(b"<\"q d\">").mailboxes().next().expect("a mailbox");
    assert_eq!(mailbox.to_string(), "<\"q d\">");
}

#[test]
#[cfg(feature = "encoded-word")]
fn a_name_that_looks_encoded_was_shown_so_that_it_is_decoded_again() {
    let value = b"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fbob=40evil.example=3F=3D?= <a@b.example>";
    let mailbox = addresses(value).mailboxes().next().expect("a mailbox");
    let shown = mailbox.to_string();
    let again = addresses(shown.as_bytes()).mailboxes().next().expect("a mailbox");
    assert_eq!(again.display_name(), mailbox.display_name(), "{shown}");
}

#[test]
fn comments_inside_an_address_were_taken_for_its_parts() {
    for (text, expected) in [
        ("a(!%)@b.example", "CommentNearAt"),
        ("a(=?utf-8?q?x?=)@b.example", "CommentNearAt"),
        ("\"\"(c)@b.example", "CommentNearAt EmptyLocal"),
        ("a (b) . c@d.example", "ObsLocal"),
        ("a(!).c@d.example", "ObsLocal"),
        ("a!b (c) . d@e.example", "ObsLocal BangPath"),
    ] {
        assert_eq!(defects(text, Dialect::LENIENT), expected, "{text}");
    }
    // Nor do they count as octets of it.
    let comment = "c".repeat(300);
    for text in [
        format!("a({comment})@b.example"),
        format!("a@({comment})b.example"),
        format!("a@b({comment}).example"),
    ] {
        assert!(!defects(&text, Dialect::LENIENT).contains("TooLong"), "{text}");
    }
}

#[test]
fn text_in_names_and_comments_passed_for_ascii() {
    let ascii = Dialect::IMF_OBS.without(Allow::NON_ASCII);
    let error = "expected ASCII at byte 2, found `\\xc3`";
    assert_eq!(defects("a(é)@b.example", ascii), error);
    for list in [
        "é <a@b.example>",
        "\"é\" <a@b.example>",
        "a@b.example (é)",
        "é: a@b.example;",
        "x@y.example, É <a@b.example>",
    ] {
        let place = list.find(['é', 'É', '"']).expect("a place");
        let error = Addresses::parse(list.as_bytes(), ascii.with(Allow::of(AddressDefect::MissingDomain)));
        assert_eq!(error.map(|_| ()).map_err(|error| error.offset()), Err(place), "{list}");
        assert!(Addresses::parse(list.as_bytes(), Dialect::LENIENT).is_ok());
    }
}

#[test]
fn a_link_had_recipients_among_its_fields() -> Result<(), ParseError> {
    let link = Mailto::new(["ann@example.com".parse()?]);
    assert!(link.clone().with_field("To", "bob@evil.example").is_err());
    assert!(link.with_field("Cc", "bob@example.com").is_ok());
    Ok(())
}

#[test]
fn a_link_was_written_that_could_not_be_read() -> Result<(), ParseError> {
    let address = AddrSpec::parse(b"a@ex_ample", Dialect::IMF)?.to_address().expect("an address");
    for address in [address, Address::verbatim("a..b@example.com")?, Address::verbatim("a,b@example.com")?] {
        let link = Mailto::new([address]);
        assert_eq!(Mailto::parse(&link.to_string())?, link);
    }
    Ok(())
}

#[test]
#[cfg(feature = "idna")]
fn a_domain_to_show_had_a_semicolon_in_it() -> Result<(), ParseError> {
    for text in ["a@b\u{37e}c.example", "a@b\u{2048}c.example", "a@\u{2100}.example"] {
        let spec = AddrSpec::parse(text.as_bytes(), Dialect::SMTPUTF8)?;
        let Some(mailwire_address::Domain::Name(name)) = spec.domain() else { panic!("{text}") };
        assert!(name.to_unicode().is_err(), "{text}");
        assert!(name.to_ascii().is_err(), "{text}");
    }
    Ok(())
}

#[test]
#[cfg(feature = "serde")]
fn wide_addresses_did_not_come_back_from_json() -> Result<(), Box<dyn core::error::Error>> {
    for text in ["a@[tag:text]", "\"a b\"@ex_ample", "b@[]", ".a@b.example", "a@b"] {
        let address = AddrSpec::parse(text.as_bytes(), Dialect::LENIENT)?.to_address().ok_or("no address")?;
        let json = serde_json::to_string(&address)?;
        assert_eq!(serde_json::from_str::<Address>(&json)?, address, "{json}");
        let named = NamedAddress::new(DisplayName::new("Ann")?, address);
        let json = serde_json::to_string(&named)?;
        assert_eq!(serde_json::from_str::<NamedAddress>(&json)?, named, "{json}");
    }
    Ok(())
}
