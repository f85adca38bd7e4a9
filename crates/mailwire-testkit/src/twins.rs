//! Slow readers that nobody can get wrong, for the fast ones to be compared with.

/// What the octet-by-octet reader makes of a dotted body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unstuffed {
    /// The content, without the dots that were added.
    pub content: Vec<u8>,
    /// How many octets of the wire the body took, its end included; `None` without an end.
    pub end: Option<usize>,
    /// Where on the wire the first bare CR, bare LF and NUL are.
    pub strays: [Option<u64>; 3],
}

/// Reads a dotted body as RFC 5321 §4.5.2 says, octet by octet. What can't be decided at the end of `wire` is left.
pub fn unstuff(wire: &[u8]) -> Unstuffed {
    let mut found = Unstuffed::default();
    let mut kept: Vec<(u8, usize)> = Vec::new();
    for (at, &byte) in wire.iter().enumerate() {
        let line_start = at == 0 || wire[..at].ends_with(b"\r\n");
        if line_start && wire[at..].starts_with(b".\r\n") {
            found.end = Some(at + 3);
            break;
        }
        if !line_start || byte != b'.' {
            kept.push((byte, at));
        } else if matches!(&wire[at..], b"." | b".\r") {
            break;
        }
    }
    for (i, &(byte, at)) in kept.iter().enumerate() {
        let after = kept.get(i + 1).map(|kept| kept.0);
        let before = i.checked_sub(1).map(|i| kept[i].0);
        let stray = match byte {
            b'\r' if after.is_some_and(|byte| byte != b'\n') => 0,
            b'\n' if before != Some(b'\r') => 1,
            0 => 2,
            _ => continue,
        };
        found.strays[stray].get_or_insert(at as u64);
    }
    found.content = kept.into_iter().map(|kept| kept.0).collect();
    found
}

/// Adds dots and the end to a body whose lines end in CRLF, octet by octet.
pub fn stuff(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, &byte) in body.iter().enumerate() {
        if byte == b'.' && (at == 0 || body[..at].ends_with(b"\r\n")) {
            out.push(b'.');
        }
        out.push(byte);
    }
    if !out.is_empty() && !out.ends_with(b"\r\n") {
        out.extend(b"\r\n");
    }
    out.extend(b".\r\n");
    out
}

/// Every line end that is not CRLF made into one.
pub fn normalise(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, &byte) in body.iter().enumerate() {
        match byte {
            b'\n' if at > 0 && body[at - 1] == b'\r' => {}
            b'\r' | b'\n' => out.extend(b"\r\n"),
            byte => out.push(byte),
        }
    }
    out
}
