//! What `decode` prints: one line a frame.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A frame, a chunk, or what is left at the end.
pub struct Line {
    pub offset: u64,
    pub length: u64,
    pub what: What,
}

pub enum What {
    /// A frame that was read.
    Frame(Read),
    /// A frame that was not, why, and where in it.
    Error { error: String, at: usize },
    /// A piece of a body.
    Chunk,
    /// Octets behind the last frame.
    Rest,
}

/// What was read of a frame.
#[derive(Default)]
pub struct Read {
    /// Members of an object, names and JSON.
    pub members: Vec<(Cow<'static, str>, String)>,
    /// What was read all the same: its kind, its severity, its place.
    pub defects: Vec<(&'static str, String, usize, usize)>,
    /// Names of what is kept as it came.
    pub raw: Vec<String>,
    /// What has a known name and could not be read: the name, why, where.
    pub invalid: Vec<(String, String, usize)>,
}

impl Line {
    /// The line for programs.
    pub fn to_json(&self) -> String {
        let mut json = format!("{{\"offset\": {}", self.offset);
        match &self.what {
            What::Rest => {
                let _ = write!(json, ", \"rest\": {}", self.length);
            }
            What::Chunk => {
                let _ = write!(json, ", \"length\": {}, \"chunk\": true", self.length);
            }
            What::Error { error, at } => {
                let _ =
                    write!(json, ", \"length\": {}, \"error\": {}, \"at\": {at}", self.length, string(error));
            }
            What::Frame(read) => {
                let members = read.members.iter().map(|(name, value)| format!("{}: {value}", string(name)));
                let defects = read.defects.iter().map(|(kind, severity, from, to)| {
                    format!(
                        "{{\"kind\": {}, \"severity\": {}, \"at\": [{from}, {to}]}}",
                        string(kind),
                        string(severity)
                    )
                });
                let invalid = read.invalid.iter().map(|(name, error, at)| {
                    format!("{{\"name\": {}, \"error\": {}, \"at\": {at}}}", string(name), string(error))
                });
                let _ = write!(
                    json,
                    ", \"length\": {}, \"ok\": {{{}}}, \"defects\": [{}]",
                    self.length,
                    joined(members),
                    joined(defects)
                );
                if !read.raw.is_empty() {
                    let _ = write!(json, ", \"raw\": [{}]", joined(read.raw.iter().map(|name| string(name))));
                }
                if !read.invalid.is_empty() {
                    let _ = write!(json, ", \"invalid\": [{}]", joined(invalid));
                }
            }
        }
        json.push('}');
        json
    }
}

pub fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// A JSON string.
pub fn string(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                json.push('\\');
                json.push(c);
            }
            c if c.is_control() => {
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}
