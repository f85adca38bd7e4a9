//! Grammars that both sides look at.

/// `message = [email / token]` (RFC 4505 §2), without the controls that its §3 forbids.
pub(crate) fn is_trace(text: &str) -> bool {
    text.chars().count() <= 255 && !text.contains(char::is_control)
}

/// `VCHAR`, of which every token is made (RFC 6750 §2.1 allows fewer).
pub(crate) fn is_token(token: &[u8]) -> bool {
    token.iter().all(u8::is_ascii_graphic)
}
