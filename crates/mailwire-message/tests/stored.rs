//! Indexes as bytes: what was written is read again to the last bit, and what was not written does no harm.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_message::{Index, IndexError, Limits, Parser};
use mailwire_testkit::invariants::{attach, attach_input};
use mailwire_testkit::random::Random;
use mailwire_testkit::{corpus, generate, mail, strategies};
use proptest::prelude::*;

fn every_day() -> Vec<Vec<u8>> {
    vec![
        mail::small_text(),
        mail::alternative_with_attachment(),
        mail::newsletter(3000),
        mail::nested(6),
        b"\xef\xbb\xbfFrom me\nX : a\n: b\nc\xe9: d\nContent-Type: multipart/digest; boundary=b\nno colon\n\n\
          before\n--b\n\nSubject: x\n\ntext\n--b\nContent-Type: text/plain\nContent-Type: text/html\n\n--b-- junk\nafter\n"
            .to_vec(),
        Vec::new(),
    ]
}

/// The bytes, and what a reader of another version than this one would have to know.
#[test]
fn version_one_is_as_it_was() {
    let stored = Parser::new().index(&every_day()[4]).to_bytes();
    let expected = [
        0x6d, 0x77, 0x69, 0x01, 0xb4, 0x01, 0x00, 0x04, 0x92, 0x0b, 0x00, 0x04, 0xff, 0x00, 0x01, 0x78, 0x78,
        0x01, 0x03, 0xfe, 0x00, 0x20, 0x20, 0x03, 0xfe, 0x02, 0x63, 0xe9, 0x03, 0x0c, 0x1e, 0x0a, 0x0c, 0x06,
        0x53, 0x0b, 0x05, 0x00, 0x01, 0x10, 0x00, 0x00, 0x01, 0x08, 0x03, 0x01, 0x48, 0x05, 0x02, 0x0c, 0x0c,
        0x0c, 0x0b, 0x01, 0x00, 0x08, 0x00, 0x00, 0x03, 0x01, 0x03, 0x08, 0x03, 0x08, 0x02, 0x04, 0x06, 0x00,
        0x05, 0x04, 0x02, 0x02, 0x31, 0x09, 0x0b, 0x44, 0x18, 0x16, 0x19, 0x0b,
    ];
    assert_eq!(stored, expected);
}

#[test]
fn hostile_mails_survive() {
    let limits = Limits::default().with_parts(50).with_fields(100).with_defects(3).with_depth(5);
    for (name, raw) in generate::all_as_mails(20_000) {
        println!("{name}");
        attach(&attach_input(b"", &raw));
        for index in
            [Parser::new().with_limits(limits).index(&raw), Parser::new().parse_headers(&raw).into_index()]
        {
            assert_eq!(format!("{index:?}"), format!("{:?}", Index::from_bytes(&index.to_bytes()).unwrap()));
            assert!(index.attach(&raw).is_ok());
        }
    }
}

proptest! {
    #[test]
    fn random_mails_survive(raw in strategies::damaged(strategies::mail()), other in strategies::mail()) {
        let stored = Parser::new().index(&raw).to_bytes();
        attach(&attach_input(&stored, &raw));
        attach(&attach_input(&stored, &other));
    }
}

/// Every index that is cut off is refused; every index with one other byte is refused, or harmless.
#[test]
fn damaged_indexes_are_refused_or_harmless() {
    let mut fitting = 0;
    for raw in every_day() {
        let stored = Parser::new().index(&raw).to_bytes();
        for len in 0..stored.len() {
            assert!(Index::from_bytes(&stored[..len]).is_err());
        }
        for at in 0..stored.len() {
            for byte in 0..=255 {
                let mut damaged = stored.clone();
                damaged[at] = byte;
                if Index::from_bytes(&damaged).is_ok_and(|index| index.attach(&raw).is_ok()) {
                    attach(&attach_input(&damaged, &raw));
                    fitting += 1;
                }
            }
        }
    }
    // Something must have got through, or nothing was tried.
    assert!(fitting > 1000, "{fitting}");
}

#[test]
fn several_damages_are_refused_or_harmless() {
    let mut random = Random::new(7);
    let mails = every_day();
    for _ in 0..20_000 {
        let raw = random.pick(&mails);
        let mut stored = Parser::new().index(raw).to_bytes();
        for _ in 0..=random.below(4) {
            let at = 4 + random.below(stored.len() - 4);
            match random.below(4) {
                0 => _ = stored.remove(at),
                1 => stored.insert(at, random.bytes(1)[0]),
                2 => stored[at] = stored[at].wrapping_add(1),
                _ => stored[at] = random.bytes(1)[0],
            }
            if stored.len() < 5 {
                break;
            }
        }
        attach(&attach_input(&stored, raw));
    }
}

#[test]
fn an_index_of_another_version_says_so() {
    let mut stored = Parser::new().index(b"Subject: x\n\n").to_bytes();
    stored[3] = 9;
    let error = Index::from_bytes(&stored).unwrap_err();
    assert_eq!(error, IndexError::Version(9));
    assert_eq!(error.to_string(), "version 9 of an index is not known");
}

/// Counts are claims: nothing is reserved for them.
#[test]
fn large_counts_of_nothing_are_refused_at_once() {
    let most = b"\xff\xff\xff\xff\x0f";
    for head in [&b"mwi\x01\x05\0"[..], b"mwi\x01\x05\0\x01\0\0", b"mwi\x01\x05\0\x01\0\0\0\x05"] {
        let error = Index::from_bytes(&[head, most].concat()).unwrap_err();
        assert!(matches!(error, IndexError::Damaged { .. }));
    }
    for number in [&b"\x80\0"[..], b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", &[0xff; 11]] {
        assert!(Index::from_bytes(&[b"mwi\x01", number, b"\0\0\0"].concat()).is_err());
    }
    let most = b"mwi\x01\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\0\0";
    assert_eq!(Index::from_bytes(most).unwrap().defect_count(), usize::MAX);
}

/// Real mail; and what it comes to.
#[test]
fn real_mails_survive() {
    let Some(mails) = corpus::mails() else { return };
    let parser = Parser::new();
    let (mut stored, mut memory, mut small_stored, mut small_memory) = (0, 0, 0, 0);
    let mut index = Index::new();
    for (name, raw) in mails {
        parser.index_into(&raw, &mut index);
        let bytes = index.to_bytes();
        let again = Index::from_bytes(&bytes).unwrap();
        assert_eq!(format!("{index:?}"), format!("{again:?}"), "{name}");
        assert_eq!(again.to_bytes(), bytes, "{name}");
        let size = 16 * index.field_count() + 56 * index.part_count() + 12 * index.defects().len();
        (stored, memory) = (stored + bytes.len(), memory + size);
        if raw.len() < 8192 {
            (small_stored, small_memory) = (small_stored + bytes.len(), small_memory + size);
        }
        assert!(again.attach(&raw).is_ok(), "{name}");
    }
    println!("{stored} bytes for {memory} in memory; of mails below 8 KiB {small_stored} for {small_memory}");
    assert!(stored * 6 < memory);
}
