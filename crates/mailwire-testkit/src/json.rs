//! JSON, read: as much as the data beside the repository needs.

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` and `false`
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string, unescaped.
    String(String),
    /// A list.
    List(Vec<Json>),
    /// Members in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a value that is all of `text`; `None` if it is none, or is nested deeper than a hundred levels.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text.trim_end() };
        let value = reader.value(100)?;
        reader.rest.is_empty().then_some(value)
    }

    /// The member of that name, if this is an object that has it.
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(other, _)| other == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Whether it is `true`, or `false`, if it is one of them.
    pub fn bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The items, if this is a list.
    pub fn list(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: u32) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.blank();
        Some(match self.rest.chars().next()? {
            '"' => Json::String(self.string()?),
            '[' => {
                self.take('[');
                let mut items = Vec::new();
                while !self.take(']') {
                    items.push(self.value(depth)?);
                    if !self.take(',') && !self.rest.starts_with(']') {
                        return None;
                    }
                }
                Json::List(items)
            }
            '{' => {
                self.take('{');
                let mut members = Vec::new();
                while !self.take('}') {
                    self.blank();
                    let name = self.string()?;
                    if !self.take(':') {
                        return None;
                    }
                    members.push((name, self.value(depth)?));
                    if !self.take(',') && !self.rest.starts_with('}') {
                        return None;
                    }
                }
                Json::Object(members)
            }
            _ => {
                let len = self.rest.find([',', ']', '}', ' ', '\n']).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(len);
                self.rest = rest;
                match word {
                    "null" => Json::Null,
                    "true" => Json::Bool(true),
                    "false" => Json::Bool(false),
                    number => Json::Number(number.parse().ok()?),
                }
            }
        })
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn take(&mut self, c: char) -> bool {
        self.blank();
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        self.blank();
        rest.is_some()
    }

    fn string(&mut self) -> Option<String> {
        let mut chars = self.rest.strip_prefix('"')?.chars();
        let mut units = Vec::new();
        let unit = |c: char, units: &mut Vec<u16>| units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => match chars.next()? {
                    'n' => unit('\n', &mut units),
                    'r' => unit('\r', &mut units),
                    't' => unit('\t', &mut units),
                    'b' => unit('\x08', &mut units),
                    'f' => unit('\x0c', &mut units),
                    'u' => {
                        let (code, rest) = chars.as_str().split_at_checked(4)?;
                        units.push(u16::from_str_radix(code, 16).ok()?);
                        chars = rest.chars();
                    }
                    other => unit(other, &mut units),
                },
                c => unit(c, &mut units),
            }
        }
        self.rest = chars.as_str();
        String::from_utf16(&units).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_data_holds() {
        let value =
            Json::parse(r#" {"a": [1, -2.5, null], "b\n\u00e9": "\ud83d\ude00\"", "c": {}, "d": true} "#);
        let value = value.unwrap();
        assert_eq!(value.member("a").unwrap().list(), [Json::Number(1.0), Json::Number(-2.5), Json::Null]);
        assert_eq!(value.member("b\né").and_then(Json::text), Some("\u{1f600}\""));
        assert_eq!(value.member("d").and_then(Json::bool), Some(true));
        for broken in ["", "[1 2]", "{\"a\"}", "\"a", "[", "{} x", "nul"] {
            assert_eq!(Json::parse(broken), None, "{broken}");
        }
        assert_eq!(Json::parse(&"[".repeat(1000)), None);
    }
}
