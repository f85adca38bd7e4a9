//! What holds for every address: of the grammar's making, and of anybody's.

use core::hash::{Hash, Hasher};
use mailwire_address::{
    AddrSpec, Address, AddressList, Addresses, Allow, Dialect, DisplayName, Entry, Form, Group, Mailto,
    NamedAddress, addresses,
};
use mailwire_testkit::random::Random;
use mailwire_testkit::sentences;
use proptest::prelude::*;
use std::collections::hash_map::DefaultHasher;

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What the grammar makes, its dialect takes; nothing comes out that could break a line; and what is written is read as the
/// same.
#[test]
fn sentences_of_the_grammar_are_taken() {
    let mut random = Random::new(5);
    for _ in 0..20_000 {
        let text = sentences::mailbox_smtp(&mut random);
        let spec = AddrSpec::parse(text.as_bytes(), Dialect::SMTPUTF8)
            .unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let address = spec.to_address().unwrap();
        assert_eq!(address.to_string().parse::<Address>().unwrap(), address, "{text:?}");
        for (obsolete, dialect) in [(false, Dialect::IMF), (true, Dialect::IMF_OBS)] {
            let text = sentences::addr_spec(&mut random, obsolete);
            AddrSpec::parse(text.as_bytes(), dialect).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            let list = sentences::address_list(&mut random, obsolete);
            Addresses::parse(list.as_bytes(), dialect).unwrap_or_else(|error| panic!("{list:?}: {error}"));
        }
    }
}

/// A sentence with a byte changed, taken out or put in.
fn damaged(random: &mut Random) -> Vec<u8> {
    let obsolete = random.below(2) == 0;
    let mut text = match random.below(3) {
        0 => sentences::mailbox_smtp(random),
        1 => sentences::addr_spec(random, obsolete),
        _ => sentences::address_list(random, obsolete),
    }
    .into_bytes();
    for _ in 0..random.below(3) {
        let place = random.below(text.len() + 1);
        let byte = *random.pick(b"@.,;:<>()[]\"\\ \t\r\na=?-_%!\0\x07\x7f\xc3\xa4\xff");
        match random.below(3) {
            0 => text.insert(place, byte),
            1 if place < text.len() => drop(text.remove(place)),
            _ => text.iter_mut().skip(place).take(1).for_each(|other| *other = byte),
        }
    }
    text
}

#[test]
fn dialects_contain_each_other() {
    let chain = [Dialect::IMF, Dialect::IMF_OBS, Dialect::LENIENT];
    let smtp = [Dialect::SMTP, Dialect::SMTPUTF8, Dialect::IMF];
    let web = [Dialect::WEB, Dialect::SMTPUTF8];
    let mut random = Random::new(7);
    let mut taken = 0;
    for _ in 0..60_000 {
        let text = damaged(&mut random);
        for dialects in [&chain[..], &smtp, &web] {
            for pair in dialects.windows(2) {
                let (narrow, wide) = (pair[0], pair[1]);
                let Ok(address) = AddrSpec::parse(&text, narrow) else { continue };
                let same = AddrSpec::parse(&text, wide)
                    .unwrap_or_else(|error| panic!("{}: {error}", text.escape_ascii()));
                assert_eq!((address, address.defects()), (same, same.defects()), "{}", text.escape_ascii());
                taken += 1;
            }
        }
        for pair in chain.windows(2) {
            if let Ok(list) = Addresses::parse(&text, pair[0]) {
                assert!(list.eq(Addresses::parse(&text, pair[1]).unwrap()), "{}", text.escape_ascii());
                // A line end behind a field is none of the list, and is not reported there.
                let trimmed = text.trim_ascii_end();
                let lenient = Addresses::parse(trimmed, Dialect::LENIENT).unwrap();
                assert!(lenient.eq(addresses(&text)), "{}", text.escape_ascii());
            }
        }
    }
    assert!(taken > 10_000, "{taken}");
}

/// A strict verdict and an error are two sides of one thing, and its place lies in the text.
#[test]
fn errors_have_a_place() {
    let mut random = Random::new(11);
    for _ in 0..60_000 {
        let text = damaged(&mut random);
        for dialect in [Dialect::SMTP, Dialect::IMF, Dialect::IMF_OBS, Dialect::WEB, Dialect::HTML5] {
            let errors = [AddrSpec::parse(&text, dialect).err(), Addresses::parse(&text, dialect).err()];
            for error in errors.into_iter().flatten() {
                assert!(error.offset() <= text.len());
                assert!(error.found().is_none_or(|byte| text.get(error.offset()) == Some(&byte)));
            }
        }
        if let Ok((address, len)) = AddrSpec::parse_prefix(&text, Dialect::SMTP) {
            assert_eq!(AddrSpec::parse(&text[..len], Dialect::SMTP), Ok(address), "{}", text.escape_ascii());
        }
    }
}

#[test]
fn equal_addresses_have_equal_hashes() {
    let mut random = Random::new(13);
    let mut seen: Vec<Address> = Vec::new();
    for _ in 0..400 {
        let text = sentences::mailbox_smtp(&mut random);
        let address: Address = text.parse().unwrap();
        let local = address.local_part();
        let domain = address.domain().unwrap().to_string();
        // The same mailbox, written otherwise.
        let quoted: String = local
            .unquoted()
            .chars()
            .flat_map(|c| if c.is_ascii() { vec!['\\', c] } else { vec![c] })
            .collect();
        let other = format!("\"{quoted}\"@{}", domain.to_ascii_uppercase()).parse::<Address>();
        if let Some(other) = other.ok().filter(|_| domain.contains('[') || domain.is_ascii()) {
            assert_eq!(other, address);
            assert_eq!(hash(&other), hash(&address));
        }
        seen.push(address);
    }
    for a in &seen {
        for b in &seen {
            assert_eq!(a == b, a.cmp(b).is_eq(), "{a} {b}");
            assert_eq!(a.cmp(b), b.cmp(a).reverse());
            assert!(a != b || hash(a) == hash(b), "{a} {b}");
        }
    }
    let mut sorted = seen.clone();
    sorted.sort();
    assert!(sorted.is_sorted());
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z .,]{0,20}",
        "[ -~]{0,30}",
        "[ -~äß漢😀]{0,200}",
        prop::collection::vec(
            prop::sample::select(vec!["=?", "?=", "=?utf-8?q?a?=", "\"", "\\", " ", "a", "<b@c>", ",", "é"]),
            0..12
        )
        .prop_map(|pieces| pieces.concat()),
        "[a-z]{1000,1100}",
    ]
}

fn address() -> impl Strategy<Value = Address> {
    any::<u64>()
        .prop_filter_map("an address", |seed| sentences::mailbox_smtp(&mut Random::new(seed)).parse().ok())
}

fn named() -> impl Strategy<Value = NamedAddress> {
    (name(), address()).prop_filter_map("a name", |(name, address)| {
        Some(NamedAddress::new(DisplayName::new(&name).ok()?, address))
    })
}

/// As another reader would unfold it.
fn joined(pieces: &[String], with: &str) -> String {
    pieces.join(with)
}

#[cfg(feature = "encoded-word")]
proptest! {
    #[test]
    fn mailboxes_are_read_as_they_are_written(named in named()) {
        for form in [Form::Ascii, Form::Utf8] {
            for with in [" ", "\r\n "] {
                let text = joined(&named.pieces(form), with);
                let mut read = addresses(text.as_bytes()).mailboxes();
                let first = read.next().unwrap().to_named().unwrap();
                prop_assert_eq!(first.address(), named.address(), "{}", text);
                prop_assert_eq!(
                    first.name().map(DisplayName::as_str).unwrap_or_default().trim(),
                    named.name().map(DisplayName::as_str).unwrap_or_default().trim(), "{}", text
                );
                prop_assert!(read.next().is_none());
                prop_assert!(form == Form::Utf8 || named.address().needs_smtputf8() || text.is_ascii());
                prop_assert!(Addresses::parse(text.as_bytes(), Dialect::IMF).is_ok(), "{}", text);
            }
        }
    }

    #[test]
    fn lists_are_read_as_they_are_written(
        lists in prop::collection::vec((name(), prop::collection::vec(named(), 0..3), any::<bool>()), 0..4),
    ) {
        let list: AddressList = lists
            .into_iter()
            .flat_map(|(name, members, group)| {
                if group && !name.trim().is_empty() {
                    vec![Entry::from(Group::new(DisplayName::new(name.trim()).unwrap(), members))]
                } else {
                    members.into_iter().map(Entry::from).collect()
                }
            })
            .collect();
        for form in [Form::Ascii, Form::Utf8] {
            let text = joined(&list.pieces(form), "\r\n ");
            let read = AddressList::read(text.as_bytes());
            prop_assert_eq!(read.entries().len(), list.entries().len(), "{}", text);
            prop_assert!(
                read.mailboxes().map(NamedAddress::address).eq(list.mailboxes().map(NamedAddress::address)),
                "{}", text
            );
        }
    }
}

proptest! {
    #[test]
    fn verbatim_addresses_come_out_as_they_came(text in "[!-;=?-~ä]{1,40}") {
        let address = Address::verbatim(&text).unwrap();
        prop_assert_eq!(address.as_str(), &text);
        prop_assert_eq!(&Address::verbatim(address.as_str()).unwrap(), &address);
        if let Ok(parsed) = text.parse::<Address>() {
            prop_assert_eq!(&parsed, &address);
            prop_assert_eq!(hash(&parsed), hash(&address));
        }
    }

    #[test]
    fn local_parts_are_quoted_as_they_need(local in "[ -~é]{0,20}", domain in "[a-z]{1,8}(\\.[a-z]{1,8}){0,2}") {
        let address = Address::new(&local, &domain).unwrap();
        prop_assert_eq!(address.local_part().unquoted(), local.as_str());
        prop_assert_eq!(address.domain().unwrap().to_string(), domain);
        prop_assert_eq!(address.as_str().parse::<Address>().unwrap(), address);
    }

    #[test]
    fn links_are_read_as_they_are_written(
        to in prop::collection::vec(address(), 0..3),
        fields in prop::collection::vec(("[a-z]{1,3}x", "[ -~é]{0,12}"), 0..3),
    ) {
        let link = fields.iter().try_fold(Mailto::new(to), |link, (name, value)| link.with_field(name, value)).unwrap();
        let text = link.to_string();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert_eq!(Mailto::parse(&text).unwrap(), link);
    }

    /// No text of anybody's choosing gets out of its place.
    #[test]
    fn nothing_is_injected(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let text = String::from_utf8_lossy(&bytes);
        for address in [Address::verbatim(&text).ok(), text.parse().ok(), Address::new(&text, "example.com").ok()].into_iter().flatten() {
            prop_assert!(!address.to_string().bytes().any(|byte| byte.is_ascii_control()));
        }
        if let Ok(spec) = AddrSpec::parse(&bytes, Dialect::LENIENT.without(Allow::GAPS)) {
            prop_assert!(!spec.to_string().bytes().any(|byte| byte.is_ascii_control() && byte != b'\t'));
        }
    }
}
