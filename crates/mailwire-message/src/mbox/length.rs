//! Finds the Content-Length and the end of a header block, byte by byte as they come.

use mailwire_core::Class;

/// Watches the header block of one message go by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HeaderWatch {
    at: At,
    length: Option<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
enum At {
    #[default]
    LineStart,
    /// Behind a CR at the start of a line.
    Cr,
    /// So many letters of the name were there.
    Name(usize),
    BeforeValue,
    Digits(u64),
    /// Behind the digits.
    Behind(u64),
    /// In a line that says nothing.
    Skip,
}

impl HeaderWatch {
    /// Looks at the next bytes; how many of them belong to the header block, where its end is among them.
    pub(super) fn look(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            if let (At::Skip, Some(line_end)) = (self.at, memchr::memchr(b'\n', rest)) {
                rest = rest.get(line_end + 1..)?;
                self.at = At::LineStart;
                continue;
            }
            rest = tail;
            self.at = match (self.at, *byte) {
                (At::LineStart | At::Cr, b'\n') => return Some(bytes.len() - rest.len()),
                (At::Digits(length) | At::Behind(length), b'\n') => {
                    // The first counts, as everywhere.
                    self.length.get_or_insert(length);
                    At::LineStart
                }
                (_, b'\n') => At::LineStart,
                (At::Skip, _) => return None,
                (At::LineStart, b'\r') => At::Cr,
                (At::LineStart, byte) => named(0, byte),
                (At::Name(len), byte) => named(len, byte),
                (At::BeforeValue, b' ' | b'\t') => At::BeforeValue,
                (At::BeforeValue, byte @ b'0'..=b'9') => At::Digits(u64::from(byte - b'0')),
                (At::Digits(number), byte @ b'0'..=b'9') => {
                    let number =
                        number.checked_mul(10).and_then(|ten| ten.checked_add(u64::from(byte - b'0')));
                    number.map_or(At::Skip, At::Digits)
                }
                (At::Digits(length) | At::Behind(length), byte)
                    if Class::WSP.contains(byte) || byte == b'\r' =>
                {
                    At::Behind(length)
                }
                _ => At::Skip,
            };
        }
        None
    }

    /// What the first Content-Length says; known when the end was found.
    pub(super) fn length(self) -> Option<u64> {
        self.length
    }
}

const NAME: &[u8] = b"content-length:";

fn named(len: usize, byte: u8) -> At {
    match NAME.get(len) {
        Some(&letter) if letter == byte.to_ascii_lowercase() => {
            if len + 1 == NAME.len() {
                At::BeforeValue
            } else {
                At::Name(len + 1)
            }
        }
        _ => At::Skip,
    }
}
