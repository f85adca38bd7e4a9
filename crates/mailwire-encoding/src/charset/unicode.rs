//! UTF-32.

use crate::text::Loss;
use alloc::borrow::Cow;
use alloc::string::String;

const BYTE_ORDER_MARK: u32 = 0xfeff;

pub(super) fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> (Cow<'static, str>, Loss) {
    let mut text = String::new();
    text.reserve(bytes.len() / 4);
    let mut loss = Loss::None;
    let (units, rest) = bytes.as_chunks::<4>();
    for (at, &bytes) in units.iter().enumerate() {
        let value = unit(bytes);
        match char::from_u32(value) {
            Some(_) if at == 0 && value == BYTE_ORDER_MARK => {}
            Some(c) => text.push(c),
            None => {
                text.push(char::REPLACEMENT_CHARACTER);
                loss = Loss::Some;
            }
        }
    }
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
        loss = Loss::Some;
    }
    (Cow::Owned(text), loss)
}
