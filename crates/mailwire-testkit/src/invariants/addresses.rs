//! Lists of addresses.

use super::inside;
use mailwire_address::{Item, Mailbox, addresses as read};

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
