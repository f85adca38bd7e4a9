//! JSON, written.

use std::fmt::Write as _;

/// Writes one JSON value, piece by piece; commas come by themselves.
#[derive(Debug, Default)]
pub struct Json {
    out: String,
    /// Whether something stands before the next value in the same list.
    follows: bool,
}

impl Json {
    pub fn into_string(self) -> String {
        self.out
    }

    pub fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.enclosed('{', members, '}');
    }

    pub fn list(&mut self, items: impl FnOnce(&mut Self)) {
        self.enclosed('[', items, ']');
    }

    /// The name of a member; its value comes next.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.string(name);
        self.out.push(':');
        self.follows = false;
        self
    }

    pub fn string(&mut self, text: &str) {
        self.comma();
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.out.extend(['\\', c]),
                '\n' => self.out.push_str("\\n"),
                '\0'..='\x1f' | '\x7f' => {
                    // Writing to a string can't fail.
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    pub fn string_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.null(),
        }
    }

    pub fn number(&mut self, number: i64) {
        self.comma();
        let _ = write!(self.out, "{number}");
    }

    pub fn null(&mut self) {
        self.comma();
        self.out.push_str("null");
    }

    fn enclosed(&mut self, open: char, inside: impl FnOnce(&mut Self), close: char) {
        self.comma();
        self.out.push(open);
        self.follows = false;
        inside(self);
        self.out.push(close);
        self.follows = true;
    }

    fn comma(&mut self) {
        if self.follows {
            self.out.push(',');
        }
        self.follows = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between() {
        let mut json = Json::default();
        json.object(|json| {
            json.name("a").list(|json| {
                json.number(-1);
                json.list(|_| {});
                json.null();
            });
            json.name("b").object(|json| json.name("c").string_or_null(None));
            json.name("d").string("e");
        });
        assert_eq!(json.into_string(), r#"{"a":[-1,[],null],"b":{"c":null},"d":"e"}"#);
    }

    #[test]
    fn what_must_be_escaped_is() {
        let mut json = Json::default();
        json.string("\"\\\n\r\t\0\u{7f} é\u{2028}☕");
        assert_eq!(json.into_string(), "\"\\\"\\\\\\n\\u000d\\u0009\\u0000\\u007f é\u{2028}☕\"");
    }
}
