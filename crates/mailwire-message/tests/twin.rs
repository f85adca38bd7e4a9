//! The parser against its naive twin: the same rules, told line by line, with a stack of copies and no searcher.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at a surprise"
)]

use mailwire_message::{Parser, Part, PartKind};
use proptest::prelude::*;

/// A part: kind, depth, start, body start, end.
type Row = (PartKind, u16, usize, usize, usize);

struct Twin<'a> {
    raw: &'a [u8],
    rows: Vec<Row>,
    /// Ids of the open parts, and the boundary of each that is a multipart, with whether it was closed.
    open: Vec<(usize, Option<Boundary>)>,
}

/// The bytes, and whether the multipart is closed.
type Boundary = (Vec<u8>, bool);

enum Found {
    Next(usize),
    Close(usize),
    Nothing,
}

impl Twin<'_> {
    fn lines(raw: &[u8]) -> Vec<(usize, usize)> {
        let newline = if raw.contains(&b'\n') || !raw.contains(&b'\r') { b'\n' } else { b'\r' };
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, &byte) in raw.iter().enumerate() {
            if byte == newline {
                lines.push((start, at + 1));
                start = at + 1;
            }
        }
        if start < raw.len() {
            lines.push((start, raw.len()));
        }
        lines
    }

    fn find(&self, line: &[u8]) -> Found {
        let Some(rest) = line.strip_prefix(b"--") else { return Found::Nothing };
        let rest = trim(rest);
        let open: Vec<(usize, &[u8])> = self
            .open
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(level, (_, boundary))| match boundary {
                Some((boundary, false)) => Some((level, boundary.as_slice())),
                _ => None,
            })
            .collect();
        for &(level, boundary) in &open {
            if rest == boundary {
                return Found::Next(level);
            }
            if rest.strip_prefix(boundary) == Some(b"--") {
                return Found::Close(level);
            }
        }
        for &(level, boundary) in &open {
            if rest.strip_prefix(boundary).is_some_and(|tail| tail.starts_with(b"--")) {
                return Found::Close(level);
            }
        }
        Found::Nothing
    }

    fn close_inside(&mut self, level: usize, mut end: usize) {
        while self.open.len() > level {
            let (id, _) = self.open.pop().unwrap();
            end = end.max(self.rows[id].3);
            self.rows[id].4 = end;
        }
    }

    fn run(raw: &[u8]) -> Vec<Row> {
        let mut twin = Twin { raw, rows: Vec::new(), open: Vec::new() };
        let lines = Self::lines(raw);
        let mut at = 0;
        if lines.first().is_some_and(|&(start, end)| {
            let line = &raw[start..end];
            line.starts_with(b"From ") || line.starts_with(b">From ")
        }) {
            at = 1;
        }
        let offset = |n: usize| lines.get(n).map_or(raw.len(), |line| line.0);
        twin.begin(offset(at));
        at = twin.header(&lines, at);
        while at < lines.len() {
            let (start, end) = lines[at];
            let found = twin.find(&raw[start..end]);
            at += 1;
            let before = match &raw[..start] {
                [.., b'\r', b'\n'] => start - 2,
                [.., b'\n' | b'\r'] => start - 1,
                _ => start,
            };
            match found {
                Found::Nothing => {}
                Found::Close(level) => {
                    twin.close_inside(level + 1, before);
                    twin.open[level].1.as_mut().unwrap().1 = true;
                }
                Found::Next(level) => {
                    twin.close_inside(level + 1, before);
                    if at < lines.len() {
                        twin.begin(offset(at));
                        at = twin.header(&lines, at);
                    }
                }
            }
        }
        twin.close_inside(0, raw.len());
        twin.rows
    }

    fn begin(&mut self, start: usize) {
        let depth = u16::try_from(self.open.len()).unwrap() + 1;
        self.open.push((self.rows.len(), None));
        self.rows.push((PartKind::Leaf, depth, start, start, start));
    }

    /// Reads a header block at line `at`; says where the body begins.
    fn header(&mut self, lines: &[(usize, usize)], mut at: usize) -> usize {
        let mut fields: Vec<Vec<u8>> = Vec::new();
        let mut skipping = true;
        while at < lines.len() {
            let line = &self.raw[lines[at].0..lines[at].1];
            if matches!(line, b"\n" | b"\r\n" | b"\r")
                && !(line == b"\r" && self.raw.contains(&b'\n') && lines.len() > at + 1)
            {
                at += 1;
                break;
            }
            if line[0] == b' ' || line[0] == b'\t' {
                if !skipping {
                    fields.last_mut().unwrap().extend_from_slice(line);
                }
            } else if !matches!(self.find(line), Found::Nothing) {
                break;
            } else if line.contains(&b':') {
                skipping = false;
                fields.push(line.to_vec());
            } else {
                skipping = true;
            }
            at += 1;
        }
        let body = lines.get(at).map_or(self.raw.len(), |line| line.0);
        let id = self.open.last().unwrap().0;
        self.rows[id].3 = body;
        let digest = self.open.len() > 1 && self.rows[self.open[self.open.len() - 2].0].0 == PartKind::Digest;
        let value = |name: &[u8]| {
            fields.iter().find_map(|field| {
                let colon = field.iter().position(|&byte| byte == b':').unwrap();
                field[..colon]
                    .trim_ascii_end()
                    .eq_ignore_ascii_case(name)
                    .then(|| trim(&field[colon + 1..]).to_vec())
            })
        };
        let media = value(b"content-type")
            .unwrap_or_else(|| if digest { b"message/rfc822".to_vec() } else { b"text/plain".to_vec() });
        let encoded = value(b"content-transfer-encoding").is_some_and(|value| value.starts_with(b"base64"));
        if self.open.len() > 128 {
            return at;
        }
        if media.starts_with(b"message/rfc822") && !encoded {
            self.rows[id].0 = PartKind::Message;
            self.begin(body);
            return self.header(lines, at);
        }
        if media.starts_with(b"multipart/") {
            let text = String::from_utf8_lossy(&media).into_owned();
            let boundary =
                text.split_once("boundary=\"").map_or("", |(_, tail)| tail.split('"').next().unwrap());
            if !boundary.is_empty() {
                let kind = if media.starts_with(b"multipart/digest") {
                    PartKind::Digest
                } else {
                    PartKind::Multipart
                };
                self.rows[id].0 = kind;
                self.open.last_mut().unwrap().1 = Some((boundary.as_bytes().to_vec(), false));
            }
        }
        at
    }
}

fn trim(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

fn rows(raw: &[u8]) -> Vec<Row> {
    let message = Parser::new().parse(raw);
    let row = |part: Part<'_, '_>| {
        (part.kind(), part.depth(), part.range().start, part.body_range().start, part.range().end)
    };
    message.walk().map(row).collect()
}

/// Lines that a mail of two or three levels is made of, good and bad, in any order.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Content-Type: multipart/mixed; boundary=\"a\"",
        "Content-Type: multipart/mixed;\n boundary=\"b\"",
        "Content-Type: multipart/digest; boundary=\"ab\"",
        "Content-Type: multipart/mixed; boundary=\"a\"",
        "Content-Type: message/rfc822",
        "Content-Type: text/plain",
        "Content-Transfer-Encoding: base64",
        "Subject: x",
        "no colon",
        " continued",
        "",
        "",
        "",
        "text",
        "--a",
        "--a",
        "--b",
        "--b",
        "--ab",
        "--a--",
        "--b--",
        "--ab-- ",
        "--a \t",
        "--a--junk",
        "--abc",
        "--",
        "--c",
        "-a",
        " --a",
    ])
}

fn mail() -> impl Strategy<Value = Vec<u8>> {
    let ends = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (prop::collection::vec((line(), ends), 0..60), 0..4_u8).prop_map(|(lines, mode)| {
        let mut raw = Vec::new();
        for (line, end) in lines {
            // One kind of line end, or all of them mixed.
            let end = match mode {
                0 => "\n",
                1 => "\r\n",
                2 => "\r",
                _ => end,
            };
            raw.extend_from_slice(line.replace('\n', end).as_bytes());
            raw.extend_from_slice(end.as_bytes());
        }
        raw
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn same_tree_as_the_twin(raw in mail()) {
        prop_assert_eq!(rows(&raw), Twin::run(&raw), "{}", raw.escape_ascii());
    }

    #[test]
    fn same_tree_when_cut_anywhere(raw in mail(), cut in 0..2000_usize) {
        let raw = &raw[..cut.min(raw.len())];
        prop_assert_eq!(rows(raw), Twin::run(raw), "{}", raw.escape_ascii());
    }
}
