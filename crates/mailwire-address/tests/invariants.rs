//! What holds for any bytes.

use mailwire_address::{Item, addresses};
use proptest::prelude::*;

/// Values made of the pieces that mean something to a list, and of any bytes.
fn values() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"a",
        b"ann.bell",
        b"\xc3\xa4",
        b"\xff",
        b".",
        b"..",
        b"@",
        b"example.com",
        b"a@b.example",
        b"<",
        b">",
        b"<a@b>",
        b"(",
        b")",
        b"(c)",
        b"\"",
        b"\"q d\"",
        b"\\",
        b"\\\"",
        b",",
        b", ",
        b";",
        b":",
        b"g:",
        b" ",
        b"\t",
        b"\r\n ",
        b"\r\n",
        b"\n",
        b"\r",
        b"[",
        b"]",
        b"[192.0.2.1]",
        b"=?utf-8?Q?=C3=A4?=",
        b"=?",
        b"?=",
        b"mailto:",
        b"\0",
        b"\x7f",
        b"<@r:",
        b"!",
        b"%",
        b"\xcc\x88",
    ];
    let piece = prop_oneof![
        9 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn offset(value: &[u8], part: &[u8]) -> usize {
    let at = (part.as_ptr() as usize).wrapping_sub(value.as_ptr() as usize);
    assert!(at <= value.len() && at + part.len() <= value.len(), "out of bounds");
    at
}

/// Whether nothing but white space, separators and closed comments stands here.
fn is_gap(gap: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut bytes = gap.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return false,
            b')' => depth -= 1,
            b'\\' if depth > 0 => drop(bytes.next()),
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' | b':' => {}
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    depth == 0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn items_are_in_order_and_nothing_is_dropped(value in values()) {
        let mut end = 0;
        let mut open = 0_usize;
        for item in addresses(&value) {
            let raw = match item {
                Item::Mailbox(mailbox) => {
                    prop_assert_eq!(value.get(mailbox.range()), Some(mailbox.raw()));
                    mailbox.raw()
                }
                Item::GroupStart(name) => { open += 1; name.raw() }
                Item::GroupEnd => { open -= 1; continue }
                Item::Junk(junk) => junk,
                _ => unimplemented!(),
            };
            let start = offset(&value, raw);
            prop_assert!(start >= end, "overlap at {}", start);
            prop_assert!(is_gap(&value[end..start]), "dropped {:?}", value[end..start].escape_ascii().to_string());
            end = start + raw.len();
        }
        prop_assert!(is_gap(&value[end..]), "dropped {:?}", value[end..].escape_ascii().to_string());
        prop_assert_eq!(open, 0);
    }

    #[test]
    fn parts_lie_in_their_mailbox(value in values()) {
        for mailbox in addresses(&value).mailboxes() {
            let raw = mailbox.raw();
            let inside = [
                mailbox.name().map(|name| name.raw()),
                mailbox.address().map(|address| address.raw()),
                mailbox.comment().map(|comment| comment.raw()),
                mailbox.invalid_address(),
            ];
            for part in inside.into_iter().flatten() {
                offset(raw, part);
            }
        }
    }

    #[test]
    fn defects_lie_in_the_value(value in values()) {
        let mut list = addresses(&value);
        let mut inside = true;
        while list.next_with(&mut |_, range: core::ops::Range<usize>| {
            inside &= range.start <= range.end && range.end <= value.len();
        }).is_some() {}
        prop_assert!(inside);
    }

    /// A canonical address is read as itself, and no text that comes out can break a header field.
    #[test]
    fn addresses_are_read_again_as_they_are_written(value in values()) {
        for address in addresses(&value).mailboxes().filter_map(|mailbox| mailbox.address()) {
            let text = address.to_string();
            prop_assert!(!text.contains(['\r', '\n', '\0']));
            let again = format!("<{text}>");
            let mut items = addresses(again.as_bytes());
            let Some(Item::Mailbox(read)) = items.next() else { panic!("{text:?} is no mailbox") };
            prop_assert!(items.next().is_none());
            let read = read.address().expect(&text);
            prop_assert_eq!(read.to_string(), text.as_str());
            prop_assert_eq!(read.local_part().unquoted(), address.local_part().unquoted());
            prop_assert_eq!(read.domain().is_some(), address.domain().is_some());
            if let Some(canonical) = address.as_str() {
                prop_assert_eq!(canonical, text);
            }
        }
    }

    #[test]
    fn names_hold_no_controls(value in values()) {
        for mailbox in addresses(&value).mailboxes() {
            let text = mailbox.to_string();
            prop_assert!(!text.contains(['\r', '\n', '\0']), "{text:?}");
            if let Some(name) = mailbox.name() {
                prop_assert!(!name.unquoted().contains(char::is_control));
                #[cfg(feature = "encoded-word")]
                prop_assert!(!name.decoded().contains(char::is_control));
            }
        }
    }
}
