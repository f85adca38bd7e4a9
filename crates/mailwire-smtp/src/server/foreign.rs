//! Who came to the wrong door: often sent there by somebody, to have the words of one protocol done in another.

/// What the first octet of a line already says.
pub(super) fn first_octet(input: &[u8]) -> Option<&'static str> {
    match input {
        [0x16, 3, ..] => Some("TLS"),
        _ => None,
    }
}

/// What a line says that is no command, or that nobody knows.
pub(super) fn line(line: &[u8]) -> Option<&'static str> {
    const HTTP: &[&[u8]] =
        &[b"GET", b"POST", b"PUT", b"HEAD", b"CONNECT", b"OPTIONS", b"DELETE", b"PATCH", b"TRACE", b"PRI"];
    if line.get(..4).is_some_and(|front| front.eq_ignore_ascii_case(b"SSH-")) {
        return Some("SSH");
    }
    let verb = line.split(|&octet| octet == b' ').next().unwrap_or_default();
    (verb.len() < line.len() && HTTP.iter().any(|method| verb.eq_ignore_ascii_case(method))).then_some("HTTP")
}
