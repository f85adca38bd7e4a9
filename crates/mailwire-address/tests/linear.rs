//! The work grows with the length of the value, whatever it is: a reader that looks at anything again for each item
//! would not come to the end of these in a day.

use mailwire_address::{Item, addresses};

const SIZE: usize = 1 << 20;

/// Pieces that, repeated, make a reader look ahead for what never comes.
const HOSTILE: &[&str] = &[
    "\"",
    "(",
    ")",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    "[",
    "]",
    "\\",
    ".",
    "=?",
    "\\\"",
    "a@b \"",
    "a@b,(",
    "a@b (",
    "a (",
    "a,\"",
    "a ",
    "a b, ",
    "a, b ",
    "a:",
    "a@b ",
    "a@b x <",
    "a@",
    "a@[",
    "a@[b",
    "a@b(x",
    "a@b\r\n ",
    "a\r\n ",
    "(a\r\n ",
    "(()",
    "\"\\",
    "\"a\",",
    "\" ,",
    "x(\"",
    "<\"",
    "<a;",
    "<a@b>",
    "<a@b> x ",
    "<a@b,",
    "<a@b(",
    "<@a,",
    "<@a:",
    "<a b,",
    "\u{e4}@b ",
    "a@b@c ",
    "=?u?q?:?= ",
    "=?u?q?a,?=",
    "=?u?q?",
    "=?u?q?,?=,",
    "(c)( ",
    "a:b:",
    "a@[\\",
    "\"a\\\r\n ",
    "\r\n (",
    "<(",
    "@a:",
    "(\\",
];

fn read(value: &[u8]) -> usize {
    let mut mailboxes = 0;
    for item in addresses(value) {
        if let Item::Mailbox(mailbox) = item {
            mailboxes += 1;
            assert!(mailbox.to_string().len() < 4 * SIZE);
            assert!(mailbox.name().is_none_or(|name| name.unquoted().len() <= 3 * SIZE));
        }
    }
    mailboxes
}

#[test]
fn hostile_values_are_read_in_linear_time() {
    for piece in HOSTILE {
        let value = piece.repeat(SIZE / piece.len());
        read(value.as_bytes());
        read(format!("\"{value}").as_bytes());
        read(format!("({value}").as_bytes());
    }
}

#[test]
fn a_hundred_thousand_addresses() {
    let value = "Ann Bell <ann@example.com>,\r\n ".repeat(100_000);
    assert_eq!(read(value.as_bytes()), 100_000);
}

#[test]
fn comments_a_million_deep() {
    let value = format!("{}{} a@b.example", "(".repeat(1_000_000), ")".repeat(1_000_000));
    assert_eq!(read(value.as_bytes()), 1);
}
