//! HZ-GB-2312 (RFC 1843): ASCII, with runs of GB 2312 between `~{` and `~}`, two bytes of seven bits a character.

use crate::text::{Draft, Loss};

/// Reads HZ that comes in pieces.
///
/// `~~` is a tilde, and a `~` before a line end takes it away, CRLF too. A `~` before anything else stays, since URLs
/// have it. A line end within Chinese ends that as well: RFC 1843 forbids it, and cut lines have it. Controls and spaces
/// within Chinese stand for themselves.
#[derive(Default)]
pub(super) struct Hz {
    chinese: bool,
    held: Held,
}

/// What has been read and means nothing yet.
#[derive(Clone, Copy, Default)]
enum Held {
    #[default]
    Nothing,
    Tilde,
    /// `~` and CR.
    TildeReturn,
    /// The first byte of a character.
    Lead(u8),
}

/// The rows of GB 2312 (RFC 1843: "the first byte ... in the range 0x21-0x77").
const ROWS: core::ops::RangeInclusive<u8> = 0x21..=0x77;
const PAIRS: usize = 64;

impl Hz {
    pub(super) fn push(&mut self, bytes: &[u8], draft: &mut Draft<'_>) {
        draft.text.reserve(bytes.len());
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            let taken = match core::mem::take(&mut self.held) {
                Held::Nothing if self.chinese => {
                    rest = pairs(rest, draft);
                    let [byte, tail @ ..] = rest else { return };
                    self.chinese(*byte, draft);
                    rest = tail;
                    continue;
                }
                Held::Nothing => {
                    rest = self.ascii(rest, draft);
                    continue;
                }
                Held::Tilde => self.escape(*byte, draft),
                Held::TildeReturn if *byte == b'\n' => true,
                held @ Held::TildeReturn => {
                    self.give_up(held, draft);
                    false
                }
                Held::Lead(lead) => {
                    if ROWS.contains(&lead) && is_graphic(*byte) {
                        decode(&[lead | 0x80, byte | 0x80], draft);
                    } else {
                        draft.lose();
                    }
                    is_graphic(*byte)
                }
            };
            rest = if taken { tail } else { rest };
        }
    }

    pub(super) fn finish(&mut self, draft: &mut Draft<'_>) {
        let held = core::mem::take(&mut self.held);
        self.give_up(held, draft);
    }

    /// What is held is no escape and no character.
    fn give_up(&mut self, held: Held, draft: &mut Draft<'_>) {
        match held {
            Held::Nothing => {}
            Held::Lead(_) => draft.lose(),
            Held::Tilde | Held::TildeReturn if self.chinese => draft.lose(),
            Held::Tilde | Held::TildeReturn => draft.text.push('~'),
        }
        if matches!(held, Held::TildeReturn) {
            draft.text.push('\r');
        }
    }

    /// A byte behind a `~`; whether it belongs to it.
    fn escape(&mut self, byte: u8, draft: &mut Draft<'_>) -> bool {
        match byte {
            b'{' => self.chinese = true,
            b'}' => self.chinese = false,
            b'~' => draft.text.push('~'),
            b'\n' => {}
            b'\r' => self.held = Held::TildeReturn,
            _ => {
                self.give_up(Held::Tilde, draft);
                // Within Chinese it is the first byte of a character that does not exist.
                return self.chinese && is_graphic(byte);
            }
        }
        true
    }

    /// A byte that begins something within Chinese.
    fn chinese(&mut self, byte: u8, draft: &mut Draft<'_>) {
        match byte {
            b'~' => self.held = Held::Tilde,
            b'\n' => {
                self.chinese = false;
                draft.text.push('\n');
            }
            _ if is_graphic(byte) => self.held = Held::Lead(byte),
            _ if byte.is_ascii() => draft.text.push(char::from(byte)),
            _ => draft.lose(),
        }
    }

    /// Takes the ASCII at the front, up to a `~`, or one byte of something else.
    fn ascii<'a>(&mut self, bytes: &'a [u8], draft: &mut Draft<'_>) -> &'a [u8] {
        let run = bytes.iter().take_while(|&&byte| byte.is_ascii() && byte != b'~').count();
        let (text, rest) = bytes.split_at(run);
        draft.ascii(text);
        let [byte, tail @ ..] = rest else { return rest };
        if *byte == b'~' {
            self.held = Held::Tilde;
        } else {
            draft.lose();
        }
        tail
    }
}

fn is_graphic(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e)
}

/// Takes the characters at the front.
fn pairs<'a>(bytes: &'a [u8], draft: &mut Draft<'_>) -> &'a [u8] {
    let (units, _) = bytes.as_chunks::<2>();
    let whole = |[lead, trail]: &&[u8; 2]| ROWS.contains(lead) && is_graphic(*trail);
    let count = units.iter().take_while(whole).count();
    let (characters, rest) = bytes.split_at(2 * count);
    for characters in characters.chunks(2 * PAIRS) {
        let mut buffer = [0; 2 * PAIRS];
        for (place, byte) in buffer.iter_mut().zip(characters) {
            *place = byte | 0x80;
        }
        decode(buffer.get(..characters.len()).unwrap_or_default(), draft);
    }
    rest
}

/// Decodes whole characters with the high bits set: that is EUC-CN, which GBK contains.
fn decode(characters: &[u8], draft: &mut Draft<'_>) {
    let mut text = [0; 3 * 2 * PAIRS + 16];
    let mut decoder = encoding_rs::GBK.new_decoder_without_bom_handling();
    let (_, _, written, replaced) = decoder.decode_to_utf8(characters, &mut text, true);
    let text = text.get(..written).and_then(|text| core::str::from_utf8(text).ok());
    draft.text.push_str(text.unwrap_or_default());
    if replaced {
        draft.loss = Loss::Some;
    }
}
