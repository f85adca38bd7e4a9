//! UTF-7 (RFC 2152): ASCII, with runs of UTF-16 in base64 between `+` and `-`.

use crate::text::Loss;
use alloc::borrow::Cow;
use alloc::string::String;

/// A byte of eight bits is none of UTF-7 and becomes U+FFFD, and so do surrogates without a partner and bits left over.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Loss) {
    if let Ok(text) = core::str::from_utf8(bytes)
        && text.is_ascii()
        && !bytes.contains(&b'+')
    {
        return (Cow::Borrowed(text), Loss::None);
    }
    let mut reader = Reader { text: String::new(), high: None, loss: Loss::None };
    reader.text.reserve(bytes.len());
    let mut rest = bytes;
    while let [byte, tail @ ..] = rest {
        rest = match (byte, tail) {
            (b'+', [b'-', after @ ..]) => {
                reader.text.push('+');
                after
            }
            (b'+', [first, ..]) if digit(*first).is_some() => reader.shifted(tail),
            _ if byte.is_ascii() => {
                reader.text.push(char::from(*byte));
                tail
            }
            _ => {
                reader.lose();
                tail
            }
        };
    }
    (Cow::Owned(reader.text), reader.loss)
}

struct Reader {
    text: String,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    loss: Loss,
}

impl Reader {
    /// Reads digits up to what ends the run; returns what follows it.
    fn shifted<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        let (mut bits, mut count) = (0_u32, 0);
        while let [byte, tail @ ..] = rest {
            let Some(value) = digit(*byte) else { break };
            bits = bits << 6 | u32::from(value);
            count += 6;
            rest = tail;
            if count >= 16 {
                count -= 16;
                let [_, _, first, second] = (bits >> count).to_be_bytes();
                self.unit(u16::from_be_bytes([first, second]));
                bits &= (1 << count) - 1;
            }
        }
        if self.high.take().is_some() || count >= 6 || bits != 0 {
            self.lose();
        }
        rest.strip_prefix(b"-").unwrap_or(rest)
    }

    fn unit(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                self.text.push(c);
                return;
            }
            self.lose();
        }
        match unit {
            0xd800..=0xdbff => self.high = Some(unit),
            0xdc00..=0xdfff => self.lose(),
            _ => self.text.extend(char::from_u32(unit.into())),
        }
    }

    fn lose(&mut self) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.loss = Loss::Some;
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
