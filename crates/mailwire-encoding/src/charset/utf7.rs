//! UTF-7 (RFC 2152): ASCII, with runs of UTF-16 in base64 between `+` and `-`.

use crate::text::Draft;

/// Reads UTF-7 that comes in pieces.
///
/// A byte of eight bits is none of UTF-7 and becomes U+FFFD, and so do surrogates without a partner and bits left over.
#[derive(Default)]
pub(super) struct Utf7 {
    state: State,
    /// Digits of a run that make no unit yet, and how many bits they are.
    bits: u32,
    count: u32,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

#[derive(Clone, Copy, Default)]
enum State {
    #[default]
    Direct,
    /// Behind a `+`, of which it is not known what it means.
    Plus,
    /// Within a run of base64.
    Shifted,
}

impl Utf7 {
    pub(super) fn push(&mut self, bytes: &[u8], draft: &mut Draft<'_>) {
        draft.text.reserve(bytes.len());
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            rest = match (self.state, byte) {
                (State::Direct, b'+') => self.to(State::Plus, tail),
                (State::Direct, 0..=0x7f) => direct(rest, draft),
                (State::Direct, _) => {
                    draft.lose();
                    tail
                }
                (State::Plus, _) if digit(*byte).is_some() => self.to(State::Shifted, rest),
                (State::Plus, _) => {
                    draft.text.push('+');
                    self.to(State::Direct, if *byte == b'-' { tail } else { rest })
                }
                (State::Shifted, _) => self.shifted(rest, draft),
            };
        }
    }

    pub(super) fn finish(&mut self, draft: &mut Draft<'_>) {
        match self.state {
            State::Direct => {}
            State::Plus => draft.text.push('+'),
            State::Shifted => self.end_run(draft),
        }
    }

    fn to<'a>(&mut self, state: State, rest: &'a [u8]) -> &'a [u8] {
        self.state = state;
        rest
    }

    /// Reads digits up to what ends the run; returns what follows it.
    fn shifted<'a>(&mut self, mut rest: &'a [u8], draft: &mut Draft<'_>) -> &'a [u8] {
        // In registers, as long as the run goes on.
        let (mut bits, mut count) = (self.bits, self.count);
        while let [byte, tail @ ..] = rest {
            let Some(value) = digit(*byte) else { break };
            bits = bits << 6 | u32::from(value);
            count += 6;
            rest = tail;
            if count >= 16 {
                count -= 16;
                let [_, _, first, second] = (bits >> count).to_be_bytes();
                self.unit(u16::from_be_bytes([first, second]), draft);
                bits &= (1 << count) - 1;
            }
        }
        (self.bits, self.count) = (bits, count);
        if rest.is_empty() {
            return rest;
        }
        self.end_run(draft);
        self.to(State::Direct, rest.strip_prefix(b"-").unwrap_or(rest))
    }

    fn end_run(&mut self, draft: &mut Draft<'_>) {
        if self.high.take().is_some() || self.count >= 6 || self.bits != 0 {
            draft.lose();
        }
        (self.bits, self.count) = (0, 0);
    }

    fn unit(&mut self, unit: u16, draft: &mut Draft<'_>) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                draft.text.push(c);
                return;
            }
            draft.lose();
        }
        match unit {
            0xd800..=0xdbff => self.high = Some(unit),
            0xdc00..=0xdfff => draft.lose(),
            _ => draft.text.extend(char::from_u32(unit.into())),
        }
    }
}

/// Takes the ASCII at the front, up to a `+`.
fn direct<'a>(bytes: &'a [u8], draft: &mut Draft<'_>) -> &'a [u8] {
    let run = bytes.iter().take_while(|&&byte| byte.is_ascii() && byte != b'+').count();
    let (text, rest) = bytes.split_at(run);
    draft.ascii(text);
    rest
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
