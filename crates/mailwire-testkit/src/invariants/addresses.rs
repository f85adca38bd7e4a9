//! Addresses, paths, links, and lists of addresses.

use super::inside;
use mailwire_address::{
    AddrSpec, Address, AddressList, Addresses, Dialect, Form, ForwardPath, Item, Mailbox, Mailto,
    ReversePath, addresses as read,
};

/// A list is read whatever it holds: items lie in the value in their order, groups are opened and closed, and
/// what is shown of an address reads as that address and as no other.
pub fn addresses(bytes: &[u8]) {
    let mut list = read(bytes);
    let mut items = Vec::new();
    let (mut open, mut start) = (0_usize, 0);
    while let Some(item) = list.next_with(&mut inside(bytes)) {
        assert!(items.len() <= 2 * bytes.len(), "more items than bytes");
        match item {
            Item::GroupStart(name) => {
                open += 1;
                assert!(!name.decoded().contains(['\r', '\n']));
            }
            Item::GroupEnd => open = open.checked_sub(1).expect("a group that ends before it began"),
            Item::Mailbox(mailbox) => {
                assert!(mailbox.range().start >= start && mailbox.range().end <= bytes.len());
                assert_eq!(bytes.get(mailbox.range()), Some(mailbox.raw()));
                start = mailbox.range().start;
                one(&mailbox);
            }
            _ => {}
        }
        items.push(item);
    }
    assert_eq!(open, 0, "a group that never ends");
    assert_eq!(list.next(), None, "an iterator that has ended goes on");
    assert!(read(bytes).eq(items.iter().copied()), "a sink changes what is read");
}

fn one(mailbox: &Mailbox<'_>) {
    let shown = mailbox.to_string();
    assert!(!shown.contains(['\r', '\n']), "an address that breaks out of its line");
    if let Some(name) = mailbox.display_name() {
        assert!(!name.contains(['\r', '\n']));
    }
    let Some(address) = mailbox.address() else { return };
    let canonical = address.to_string();
    assert!(address.as_str().is_none_or(|same| same == canonical));
    let Some(domain) = address.domain().filter(|domain| !domain.to_string().is_empty()) else { return };
    for written in [canonical.clone(), format!("<{canonical}>"), shown] {
        let again: Vec<_> = read(written.as_bytes()).collect();
        let [Item::Mailbox(again)] = again[..] else { panic!("{written:?} is not one mailbox") };
        let again = again.address().expect("an address");
        assert_eq!(again.local_part().unquoted(), address.local_part().unquoted(), "{written:?}");
        assert_eq!(again.domain().map(|domain| domain.to_string()), Some(domain.to_string()), "{written:?}");
    }
}

/// Whatever one dialect takes, the one around it takes too, and reads the same; what is written of it is read as the same
/// again; and no text of anybody's choosing breaks out of its place.
pub fn dialects(bytes: &[u8]) {
    for dialects in [
        &[Dialect::IMF, Dialect::IMF_OBS, Dialect::LENIENT][..],
        &[Dialect::SMTP, Dialect::SMTPUTF8, Dialect::IMF],
        &[Dialect::WEB, Dialect::SMTPUTF8],
    ] {
        for pair in dialects.windows(2) {
            if let Ok(address) = AddrSpec::parse(bytes, pair[0]) {
                let same = AddrSpec::parse(bytes, pair[1]).expect("one dialect contains another");
                assert_eq!((address, address.defects()), (same, same.defects()));
            }
            if let Ok(list) = Addresses::parse(bytes, pair[0]) {
                assert!(list.eq(Addresses::parse(bytes, pair[1]).expect("one dialect contains another")));
            }
        }
        for dialect in dialects {
            spec(bytes, *dialect);
        }
    }
    for dialect in [Dialect::SMTPUTF8, Dialect::LENIENT] {
        if let Ok((path, len)) = ForwardPath::parse_prefix(bytes, dialect) {
            assert!(len <= bytes.len());
            let text = path.to_string();
            let again = ForwardPath::parse(text.as_bytes(), Dialect::LENIENT);
            assert_eq!(again, Ok(path), "{text:?}");
        }
        if let Ok(path) = ReversePath::parse(bytes, dialect) {
            assert!(!path.to_string().contains(['\r', '\n', '\0']));
        }
    }
    owned(&String::from_utf8_lossy(bytes));
    let list = AddressList::read(bytes);
    for form in [Form::Ascii, Form::Utf8] {
        let text = list.pieces(form).join("\r\n ");
        let again = AddressList::read(text.as_bytes());
        assert!(
            list.mailboxes().map(|named| named.address()).eq(again.mailboxes().map(|named| named.address())),
            "{text:?}"
        );
        assert_eq!(list.entries().len(), again.entries().len(), "{text:?}");
    }
}

fn spec(bytes: &[u8], dialect: Dialect) {
    match AddrSpec::parse(bytes, dialect) {
        Ok(address) => {
            let text = address.to_string();
            assert!(!text.contains(['\r', '\n', '\0']));
            let again = AddrSpec::parse(text.as_bytes(), Dialect::LENIENT).expect("an address");
            assert_eq!(address, again, "{text:?}");
            assert_eq!(again.to_string(), text);
            if let Some(owned) = address.to_address() {
                assert_eq!(owned.as_spec(), address);
                assert_eq!(owned.as_str(), text);
            }
        }
        Err(error) => assert!(error.offset() <= bytes.len()),
    }
    if let Ok((address, len)) = AddrSpec::parse_prefix(bytes, dialect) {
        let whole = bytes.get(..len).expect("a length within the input");
        assert_eq!(AddrSpec::parse(whole, dialect), Ok(address));
    }
}

fn owned(text: &str) {
    for address in [text.parse::<Address>().ok(), Address::verbatim(text).ok(), Address::new(text, text).ok()]
    {
        let Some(address) = address else { continue };
        assert!(!address.as_str().bytes().any(|byte| byte.is_ascii_control()));
        let again = address.as_str().parse().or_else(|_| Address::verbatim(address.as_str()));
        assert_eq!(again.as_ref(), Ok(&address));
    }
    if let Ok(link) = Mailto::parse(text) {
        let written = link.to_string();
        assert_eq!(Mailto::parse(&written), Ok(link), "{written:?}");
    }
}
