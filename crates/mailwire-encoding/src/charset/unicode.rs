//! UTF-32.

use crate::text::Draft;

const BYTE_ORDER_MARK: u32 = 0xfeff;

/// Reads UTF-32 that comes in pieces.
pub(super) struct Utf32 {
    order: Order,
    /// The beginning of a character: fewer than four bytes.
    held: [u8; 4],
    length: usize,
    at_start: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Order {
    Big,
    Little,
    /// As the first character has it.
    Unknown,
}

impl Utf32 {
    pub(super) fn new(order: Order) -> Self {
        Self { order, held: [0; 4], length: 0, at_start: true }
    }

    pub(super) fn push(&mut self, bytes: &[u8], draft: &mut Draft<'_>) {
        let missing = if self.length == 0 { 0 } else { 4 - self.length };
        let (head, rest) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
        self.hold(head);
        if self.length == 4 {
            self.length = 0;
            self.unit(self.held, draft);
        }
        let (units, rest) = rest.as_chunks::<4>();
        draft.text.reserve(units.len());
        for &unit in units {
            self.unit(unit, draft);
        }
        self.hold(rest);
    }

    pub(super) fn finish(&self, draft: &mut Draft<'_>) {
        if self.length > 0 {
            draft.lose();
        }
    }

    fn hold(&mut self, bytes: &[u8]) {
        for (place, &byte) in self.held.iter_mut().skip(self.length).zip(bytes) {
            *place = byte;
        }
        self.length += bytes.len();
    }

    fn unit(&mut self, bytes: [u8; 4], draft: &mut Draft<'_>) {
        // The highest byte of a character is always zero; that of the byte order mark too.
        let little = match self.order {
            Order::Big => false,
            Order::Little => true,
            Order::Unknown => matches!(bytes, [first, _, _, 0] if first != 0),
        };
        self.order = if little { Order::Little } else { Order::Big };
        let value = if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        match char::from_u32(value) {
            Some(_) if self.at_start && value == BYTE_ORDER_MARK => {}
            Some(c) => draft.text.push(c),
            None => draft.lose(),
        }
        self.at_start = false;
    }
}
