//! Test cases as data: `*.vec` files, readable by a person and by other implementations.
//!
//! ```text
//! # A line that begins with `#` says something to the reader.
//! name: soft line break
//! ref:  RFC 2045 §6.7 (5)
//! in:   one=\r\n
//!       \ two
//! out:  one two
//! ---
//! name: the next one
//! in:   …
//! ```
//!
//! * Blocks are separated by a line `---`. Each has a `name`, unique in its file; every other key is the test's own.
//! * A line is `key: value`. Blanks around the value don't count. A key may come again: then it has several values,
//!   in order.
//! * An indented line continues the value of the line above it: its text, without the blanks around it, is
//!   appended with nothing in between.
//! * Escapes in values: `\r`, `\n`, `\t`, `\\`, `\xNN` for any byte, and `\` followed by a space for a space that
//!   counts where blanks don't (at either end of a line). Everything else stands for its UTF-8 bytes; any other
//!   escape is an error.
//!
//! [`check`] compares what a test got with what its file says. With `MAILWIRE_BLESS=1` in the environment it writes
//! what it got into the file instead; read the diff before you commit it.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// One test case: its keys and values in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vector {
    line: usize,
    fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    key: String,
    value: Vec<u8>,
    /// The lines of the file it stands in, counted from 0.
    lines: std::ops::Range<usize>,
}

impl Vector {
    /// What the case is called. Unique in its file.
    pub fn name(&self) -> &str {
        self.text("name")
    }

    /// The first value of `key`, if there is one.
    pub fn first(&self, key: &str) -> Option<&[u8]> {
        self.fields.iter().find(|field| field.key == key).map(|field| field.value.as_slice())
    }

    /// Every value of `key`, in order.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |field| field.key == key).map(|field| field.value.as_slice())
    }

    /// Whether the case says anything of `key`.
    pub fn has(&self, key: &str) -> bool {
        self.first(key).is_some()
    }

    /// Every value of these keys, each with its key, in the order of the file.
    pub fn each<'a>(&'a self, keys: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let among = self.fields.iter().filter(|field| keys.contains(&field.key.as_str()));
        among.map(|field| (field.key.as_str(), field.value.as_slice()))
    }

    /// The first value of `key`; a case without one is a mistake in the file.
    pub fn bytes(&self, key: &str) -> &[u8] {
        self.first(key).unwrap_or_else(|| panic!("the vector at line {} has no `{key}`", self.line))
    }

    /// The first value of `key` as text; a case without one, or with one that is no UTF-8, is a mistake in the file.
    pub fn text(&self, key: &str) -> &str {
        std::str::from_utf8(self.bytes(key))
            .unwrap_or_else(|_| panic!("`{key}` of the vector at line {} is no UTF-8", self.line))
    }
}

/// What a test got: for each key that it decides, all values in order. A key that is listed here without a value
/// must not be in the vector.
#[derive(Clone, Debug, Default)]
pub struct Got {
    fields: Vec<(&'static str, Vec<Vec<u8>>)>,
}

impl Got {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Exactly one value of `key`.
    #[must_use]
    pub fn one(self, key: &'static str, value: impl AsRef<[u8]>) -> Self {
        self.many(key, [value])
    }

    /// Any number of values of `key`, none included.
    #[must_use]
    pub fn many(mut self, key: &'static str, values: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        self.fields.push((key, values.into_iter().map(|value| value.as_ref().to_vec()).collect()));
        self
    }
}

/// Runs every vector of the file and compares. All that differ are shown at once.
///
/// # Panics
///
/// When one differs, and when the file is missing, empty or not in the format.
pub fn check(path: impl AsRef<Path>, mut test: impl FnMut(&Vector) -> Got) {
    let path = path.as_ref();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let vectors = parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(!vectors.is_empty(), "{}: no vector in it", path.display());
    let got: Vec<Got> = vectors.iter().map(&mut test).collect();
    if env::var_os("MAILWIRE_BLESS").is_some_and(|value| value == "1") {
        fs::write(path, bless(&text, &vectors, &got)).unwrap();
        return;
    }
    let mut report = String::new();
    let mut failed = 0;
    for (vector, got) in vectors.iter().zip(&got) {
        let differences = differences(vector, got);
        if !differences.is_empty() {
            failed += 1;
            let _ = write!(report, "\n{}:{}: {}{differences}", path.display(), vector.line, vector.name());
        }
    }
    assert!(failed == 0, "{failed} of {} vectors failed{report}", vectors.len());
}

/// Reads a whole file.
///
/// # Errors
///
/// What is wrong with it, and in which line.
pub fn parse(text: &str) -> Result<Vec<Vector>, String> {
    let mut vectors: Vec<Vector> = Vec::new();
    let mut open: Option<Vector> = None;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if line.trim_end() == "---" {
            vectors.extend(open.take());
            continue;
        }
        let vector = open.get_or_insert_with(|| Vector { line: at + 1, fields: Vec::new() });
        if line.starts_with([' ', '\t']) {
            let field = vector.fields.last_mut();
            let field = field.ok_or_else(|| format!("line {}: nothing to continue", at + 1))?;
            field.value.extend(unescape(line).map_err(|error| format!("line {}: {error}", at + 1))?);
            field.lines.end = at + 1;
        } else {
            let (key, value) = line.split_once(':').ok_or_else(|| format!("line {}: no colon", at + 1))?;
            let value = unescape(value).map_err(|error| format!("line {}: {error}", at + 1))?;
            vector.fields.push(Field { key: key.trim().to_owned(), value, lines: at..at + 1 });
        }
    }
    vectors.extend(open);
    for (at, vector) in vectors.iter().enumerate() {
        if !vector.has("name") {
            return Err(format!("line {}: no name", vector.line));
        }
        if let Some(other) = vectors[..at].iter().find(|other| other.first("name") == vector.first("name")) {
            return Err(format!("lines {} and {}: the same name", other.line, vector.line));
        }
    }
    Ok(vectors)
}

/// A value as it is written in a file, so that [`parse`] gives it back.
pub fn escape(value: &[u8]) -> String {
    let mut out = String::new();
    for chunk in value.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                '\r' => out.push_str("\\r"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if c.is_ascii_control() => _ = write!(out, "\\x{:02x}", u32::from(c)),
                // What a reader of the file could not see, or would see in the wrong place.
                c if !c.is_ascii() && (c.is_control() || c.is_whitespace() || is_invisible(c)) => {
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        let _ = write!(out, "\\x{byte:02x}");
                    }
                }
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    if out.ends_with(' ') {
        out.pop();
        out.push_str("\\ ");
    }
    if out.starts_with(' ') {
        out.insert(0, '\\');
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The bytes of what is written, without the blanks around it that are not escaped.
fn unescape(written: &str) -> Result<Vec<u8>, String> {
    let mut rest = written.trim_start();
    let trimmed = rest.trim_end();
    // A backslash before the blank makes it count, unless it is itself the second of a pair.
    let backslashes = trimmed.bytes().rev().take_while(|&byte| byte == b'\\').count();
    rest = if backslashes % 2 == 1 && rest.len() > trimmed.len() { &rest[..=trimmed.len()] } else { trimmed };
    let mut out = Vec::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('\\') {
        out.extend(before.bytes());
        let escape = after.bytes().next().ok_or("a backslash at the end")?;
        let mut taken = 1;
        match escape {
            b'r' => out.push(b'\r'),
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'\\' | b' ' => out.push(escape),
            b'x' => {
                let digits = after.get(1..3).ok_or("`\\x` without two digits")?;
                out.push(u8::from_str_radix(digits, 16).map_err(|_| "`\\x` without two digits")?);
                taken = 3;
            }
            _ => return Err(format!("unknown escape `\\{}`", after.chars().next().unwrap_or_default())),
        }
        rest = &after[taken..];
    }
    out.extend(rest.bytes());
    Ok(out)
}

fn differences(vector: &Vector, got: &Got) -> String {
    let mut report = String::new();
    for (key, values) in &got.fields {
        if !vector.all(key).eq(values.iter().map(Vec::as_slice)) {
            for expected in vector.all(key) {
                let _ = write!(report, "\n    expected {key}: {}", escape(expected));
            }
            for value in values {
                let _ = write!(report, "\n         got {key}: {}", escape(value));
            }
            if values.is_empty() {
                let _ = write!(report, "\n         got no {key}");
            }
        }
    }
    report
}

/// The text of the file with the values of each decided key replaced by what was got. Comments, order and every other
/// line stay; values of a key that was not there go behind the block's last line.
fn bless(text: &str, vectors: &[Vector], got: &[Got]) -> String {
    let mut lines: Vec<Option<String>> = text.lines().map(|line| Some(line.to_owned())).collect();
    for (vector, got) in vectors.iter().zip(got) {
        for (key, values) in &got.fields {
            if vector.all(key).eq(values.iter().map(Vec::as_slice)) {
                continue;
            }
            let width = text
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{key}:")))
                .map_or(1, |rest| rest.len() - rest.trim_start().len());
            let written = values
                .iter()
                .map(|value| format!("{key}:{:width$}{}", "", escape(value)).trim_end().to_owned())
                .collect::<Vec<_>>()
                .join("\n");
            let old = vector.fields.iter().filter(|field| field.key == *key).map(|field| field.lines.clone());
            let old: Vec<usize> = old.flatten().collect();
            for &line in &old {
                lines[line] = None;
            }
            if values.is_empty() {
                continue;
            }
            match old.first() {
                Some(&first) => lines[first] = Some(written),
                None => {
                    let last = vector.fields.iter().map(|field| field.lines.end).max().unwrap_or(1) - 1;
                    let line =
                        lines[last].take().map_or(written.clone(), |line| format!("{line}\n{written}"));
                    lines[last] = Some(line);
                }
            }
        }
    }
    let mut out = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_blocks_keys_continuations_and_escapes() {
        let text = "# why\nname: one\nin:  a\\r\\n\n     \\ b\\x00\\\\\n     c\\ \nin:\n---\n\nname: two\n";
        let vectors = parse(text).unwrap();
        assert_eq!(vectors.len(), 2);
        assert_eq!(vectors[0].all("in").collect::<Vec<_>>(), [b"a\r\n b\0\\c ".as_slice(), b""]);
        assert_eq!(vectors[1].name(), "two");
        assert!(!vectors[1].has("in"));
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        assert_eq!(parse("name: a\nin: \\q\n").unwrap_err(), "line 2: unknown escape `\\q`");
        assert_eq!(parse("name: a\n---\nname: a\n").unwrap_err(), "lines 1 and 3: the same name");
        assert_eq!(parse("in: a\n").unwrap_err(), "line 1: no name");
        assert_eq!(parse("name: a\nwords\n").unwrap_err(), "line 2: no colon");
        assert_eq!(parse("  a\n").unwrap_err(), "line 1: nothing to continue");
        assert_eq!(parse("name: a\nin: \\x1\n").unwrap_err(), "line 2: `\\x` without two digits");
    }

    #[test]
    fn blessing_changes_only_what_differs() {
        let text = "name: a\nin: 1\nout: 2\n     3\n# kept\nname2: x\n---\nname: b\nin: 4\n";
        let vectors = parse(text).unwrap();
        let got = [Got::new().one("out", "5"), Got::new().many("out", ["6", "7"])];
        let blessed = bless(text, &vectors, &got);
        assert_eq!(
            blessed,
            "name: a\nin: 1\nout: 5\n# kept\nname2: x\n---\nname: b\nin: 4\nout: 6\nout: 7\n"
        );
        let again = parse(&blessed).unwrap();
        assert!(again.iter().zip(&got).all(|(vector, got)| differences(vector, got).is_empty()));
        assert!(!differences(&again[0], &Got::new().many("out", [] as [&str; 0])).is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_survive_being_written(value: Vec<u8>) {
            let text = format!("name: a\nin: {}\n", escape(&value));
            let vectors = parse(&text).unwrap();
            prop_assert_eq!(vectors[0].bytes("in"), value);
        }
    }
}
