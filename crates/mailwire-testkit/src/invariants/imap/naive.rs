//! Slow readers of IMAP, for the fast ones to be compared with.

use super::*;

/// The end of a line, as a regular expression would have it.
enum End {
    Text,
    Literal(u64, bool),
    Broken,
}

fn end(line: &[u8]) -> End {
    let text = line.strip_suffix(b"\r\n").unwrap_or_default();
    if !text.ends_with(b"}") {
        return End::Text;
    }
    let Some(open) = text.iter().rposition(|&byte| byte == b'{') else { return End::Text };
    if text[open..].contains(&b'"') {
        return End::Text;
    }
    let inside = std::str::from_utf8(&text[open + 1..text.len() - 1]).unwrap_or("x");
    let digits = inside.strip_suffix('+').unwrap_or(inside);
    let number =
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i64>().ok()).flatten();
    match number {
        Some(size) => End::Literal(size as u64, digits.len() == inside.len()),
        None if inside.is_empty()
            || inside.contains(|c: char| c.is_ascii_digit() || c == '+' || c == '-') =>
        {
            End::Broken
        }
        // Octets that are no text may have a digit between them.
        None if text[open + 1..].iter().any(|byte| byte.is_ascii_digit() || b"+-".contains(byte)) => {
            End::Broken
        }
        None => End::Text,
    }
}

/// The next line of at most `limit` octets: its length, `Err` if it is longer (the length of the whole, or none if it does not end).
enum Line {
    Whole(usize),
    Long(usize),
    BareLf(usize),
    Open,
    /// Without an end, and over the limit.
    LongOpen,
}

fn line(rest: &[u8], limit: usize) -> Line {
    match rest.iter().position(|&byte| byte == b'\n') {
        Some(at) if at == 0 || rest[at - 1] != b'\r' => Line::BareLf(at),
        Some(at) if at < limit => Line::Whole(at + 1),
        Some(at) => Line::Long(at + 1),
        None if rest.len() >= limit => Line::LongOpen,
        None => Line::Open,
    }
}

/// The end of a line of which only the last octets are known.
fn tail(line: &[u8]) -> End {
    let known = &line[line.len().saturating_sub(32)..];
    let cut = known.len() == 32 && known.ends_with(b"}\r\n") && !known.contains(&b'{');
    if cut && known.iter().any(u8::is_ascii_digit) { End::Broken } else { end(known) }
}

fn open_quote(text: &[u8]) -> bool {
    let (mut quoted, mut at) = (false, 0);
    while at < text.len() {
        match text[at] {
            b'"' => quoted = !quoted,
            b'\\' if quoted => at += 1,
            _ => {}
        }
        at += 1;
    }
    quoted
}

fn stop(mut events: Vec<Event>, at: usize) -> Vec<Event> {
    events.push(Event { what: "failed", at: at as u64, len: 0, octets: Vec::new() });
    events
}

/// What a first line says of the literals behind it.
fn kind(line: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(line).to_ascii_uppercase();
    if text.starts_with('+') {
        return "free";
    }
    let star = text.strip_prefix('*').filter(|rest| rest.starts_with([' ', '\t']));
    let (tagged, rest) = match star {
        Some(rest) => (false, rest.trim_start_matches([' ', '\t'])),
        None => (true, text.split_once(' ').map_or("", |(_, rest)| rest)),
    };
    let word = rest.split([' ', '\r', '\n']).next().unwrap_or_default();
    if ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(&word) {
        let code = rest.split_once(' ').map_or("", |(_, code)| code);
        return if code.starts_with("[BADCHARSET (") { "charsets" } else { "free" };
    }
    let numbered = rest;
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    let fits = digits == 0 || numbered[..digits].parse::<u32>().is_ok();
    let word = numbered[digits..].strip_prefix(' ').unwrap_or_default();
    let fetch = ["FETCH ", "FETCH(", "UIDFETCH ", "UIDFETCH("].iter().any(|known| word.starts_with(known));
    match tagged {
        true => "free",
        false if fits && fetch => "fetch",
        false => "data",
    }
}

/// Whether the literal at the end of the last segment is a body. Segments are the lines of a piece.
fn is_body(segments: &[&[u8]]) -> bool {
    let last = segments.last().copied().unwrap_or_default();
    let text = &last[..last.len() - 2];
    let text = &text[..text.iter().rposition(|&byte| byte == b'{').unwrap_or(0)];
    let text = text.strip_suffix(b"~").unwrap_or(text);
    let Some(item) = text.strip_suffix(b" ") else { return false };
    let body = |text: &[u8], names: &[&str]| {
        names.iter().any(|name| {
            let before = text.len().checked_sub(name.len()).map(|at| text.split_at(at));
            before.is_some_and(|(before, word)| {
                word.eq_ignore_ascii_case(name.as_bytes())
                    && matches!(before.last(), None | Some(b' ' | b'('))
            })
        })
    };
    let mut name = item;
    if name.ends_with(b">")
        && let Some(open) = name.iter().rposition(|&byte| byte == b'<')
    {
        name = &name[..open];
    }
    if !name.ends_with(b"]") {
        return body(item, &["RFC822", "RFC822.TEXT", "RFC822.HEADER"]);
    }
    if let Some(open) = name.iter().rposition(|&byte| byte == b'[') {
        return body(&name[..open], &["BODY", "BINARY"]);
    }
    for segment in segments[..segments.len() - 1].iter().rev() {
        let open = segment.iter().rposition(|&byte| byte == b'[');
        if segment[open.unwrap_or(0)..].contains(&b']') {
            return false;
        }
        if let Some(open) = open {
            return body(&segment[..open], &["BODY", "BINARY"]);
        }
    }
    false
}

/// The twin of [`responses`]: with all of the stream before it, and no care for how often it looks at an octet. It knows nothing of
/// [`Limits::dropped`].
pub fn naive_responses(stream: &[u8], limits: Limits) -> Vec<Event> {
    let (mut events, mut at, mut behind) = (Vec::new(), 0, false);
    let most = limits.response.max(16);
    let mut what = "free";
    'frames: loop {
        let (start, mut dropping) = (at, false);
        let mut segments: Vec<&[u8]> = Vec::new();
        loop {
            let limit = if dropping { most } else { most.saturating_sub(at - start).max(2) };
            let (len, long) = match line(&stream[at..], limit) {
                Line::BareLf(lf) => return stop(events, at + lf),
                Line::Open | Line::LongOpen => return events,
                Line::Whole(len) => (len, false),
                Line::Long(len) => (len, true),
            };
            let text = &stream[at..at + len];
            if at == start && !behind {
                what = kind(if long { &text[..limit] } else { text });
            }
            dropping |= long;
            let closed = |at: usize| text[at] == b')' && !open_quote(&text[..at]);
            if what == "charsets" && if dropping { (0..len).any(closed) } else { closes(text) } {
                what = "free";
            }
            at += len;
            let announced = match dropping {
                _ if what == "free" => End::Text,
                true => tail(text),
                false => end(text),
            };
            match announced {
                End::Broken => return stop(events, at),
                End::Text => {
                    let raw = if dropping { &[] } else { &stream[start..at] };
                    push(
                        &mut events,
                        if dropping { "dropped" } else { "frame" },
                        start as u64,
                        (at - start) as u64,
                        raw,
                    );
                    behind = false;
                    continue 'frames;
                }
                End::Literal(size, _) => {
                    segments.push(text);
                    let there = (stream.len() - at) as u64;
                    if !dropping && what == "fetch" && size > limits.inline && is_body(&segments) {
                        push(&mut events, "frame", start as u64, (at - start) as u64, &stream[start..at]);
                        let chunk = &stream[at..at + size.min(there) as usize];
                        if !chunk.is_empty() {
                            push(&mut events, "chunk", at as u64, chunk.len() as u64, chunk);
                        }
                        if there < size {
                            return events;
                        }
                        at += size as usize;
                        behind = true;
                        continue 'frames;
                    }
                    dropping |= size > limits.response.saturating_sub(at - start) as u64;
                    if there < size {
                        return events;
                    }
                    at += size as usize;
                }
            }
        }
    }
}

fn closes(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest[0] == b')' {
            return true;
        }
        // A whole quoted string, if there is one.
        let end = (2..=rest.len())
            .find(|&end| rest[0] == b'"' && rest[end - 1] == b'"' && !open_quote(&rest[..end]));
        at += end.filter(|&end| !rest[..end].iter().any(|byte| b"\r\n".contains(byte))).unwrap_or(1);
    }
    false
}

/// The twin of [`commands`].
pub fn naive_commands(stream: &[u8], limits: Limits) -> Vec<Event> {
    let (mut events, mut at, mut expected) = (Vec::new(), 0, "");
    'commands: loop {
        let (start, mut dropping) = (at, false);
        let (mut lines, mut literals, mut count, mut behind) = (0, 0_u64, 0, None);
        loop {
            let limit = match expected {
                _ if dropping => limits.line.max(16),
                "sasl" => limits.sasl_line.max(16),
                _ => limits.line.max(16).saturating_sub(lines).max(2),
            };
            let (len, long) = match line(&stream[at..], limit) {
                Line::BareLf(lf) => return stop(events, at + lf),
                Line::Open | Line::LongOpen => return events,
                Line::Whole(len) => (len, false),
                Line::Long(len) => (len, true),
            };
            let text = &stream[at..at + len];
            dropping |= long;
            at += len;
            lines += len;
            let free = matches!(expected, "sasl" | "done") || open_quote(text);
            let (size, sync) = match if dropping { tail(text) } else { end(text) } {
                End::Broken => return stop(events, at),
                End::Literal(_, false) if free => return stop(events, at),
                End::Literal(size, sync) if !(free || (sync && dropping)) => (size, sync),
                _ => {
                    let raw = if dropping { &[] } else { &stream[start..at] };
                    push(
                        &mut events,
                        if dropping { "dropped" } else { "frame" },
                        start as u64,
                        (at - start) as u64,
                        raw,
                    );
                    expected = if dropping { "" } else { expected_behind(raw) };
                    continue 'commands;
                }
            };
            let there = (stream.len() - at) as u64;
            if !dropping {
                // Another message may follow one that is held.
                let message = size > 0
                    && match behind {
                        Some(from) => is_message(&stream[from..at], "rest", 0),
                        None => count < 2 && is_message(&stream[start..at], expected, count),
                    };
                behind = message.then_some(at + size as usize);
                let message = message && size > limits.inline;
                let fits = message || size <= limits.literals.saturating_sub(literals);
                if refused(at as u64, size) || !fits {
                    if sync {
                        push(&mut events, "dropped", start as u64, (at - start) as u64, &[]);
                        expected = "";
                        continue 'commands;
                    }
                    dropping = true;
                } else if message {
                    push(&mut events, "frame", start as u64, (at - start) as u64, &stream[start..at]);
                    let chunk = &stream[at..at + size.min(there) as usize];
                    if !chunk.is_empty() {
                        push(&mut events, "chunk", at as u64, chunk.len() as u64, chunk);
                    }
                    if there < size {
                        return events;
                    }
                    at += size as usize;
                    expected = "rest";
                    continue 'commands;
                } else {
                    literals += size;
                    count += 1;
                }
            }
            if there < size {
                return events;
            }
            at += size as usize;
        }
    }
}

/// Whether the literal at the end of this is the message of an APPEND: the last literal of the ABNF of `append`.
fn is_message(head: &[u8], expected: &str, count: u32) -> bool {
    if expected == "sasl" || expected == "done" {
        return false;
    }
    let Some(head) = head.strip_suffix(b"\r\n") else { return false };
    let Some(open) = head.iter().rposition(|&byte| byte == b'{') else { return false };
    let front = head[..open].strip_suffix(b"~").unwrap_or(&head[..open]);
    let text: String = front.iter().map(|&byte| char::from(byte)).collect();
    let rest = if expected == "rest" {
        text.strip_prefix(')').unwrap_or(&text).to_owned()
    } else {
        let mut words = text.splitn(3, ' ');
        let tag = words.next().unwrap_or_default();
        if tag.is_empty() || tag.contains(|c: char| !c.is_ascii_graphic() || "(){%*\"\\+".contains(c)) {
            return false;
        }
        if !words.next().unwrap_or_default().eq_ignore_ascii_case("APPEND") {
            return false;
        }
        let rest = words.next().unwrap_or_default();
        // The mailbox: a literal, or a word.
        if count == 1 && rest.starts_with('{') {
            let Some((size, behind)) = rest[1..].split_once("}\r\n") else { return false };
            let Ok(size) = size.trim_end_matches('+').parse::<usize>() else { return false };
            behind.get(size..).unwrap_or_default().to_owned()
        } else {
            rest.split_once(' ').map(|(_, rest)| format!(" {rest}")).unwrap_or_default()
        }
    };
    // What is between the mailbox and the message; the streams of the tests have only these.
    matches!(rest.as_str(), " " | " (\\Seen) ")
}
