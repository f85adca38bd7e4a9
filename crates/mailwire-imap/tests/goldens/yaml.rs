//! As much of YAML as the goldens are written in.

use std::collections::HashMap;

/// A value. Tags are left out, and a scalar is text: what it stands for is known where it is looked at.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Null,
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Node {
    #[expect(clippy::needless_pass_by_value, reason = "numbers and strings, whatever they are")]
    pub(crate) fn of<T: ToString>(value: T) -> Self {
        Self::Text(value.to_string())
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Map(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// Reads a file whose top is a map.
pub(crate) fn read(text: &str) -> Node {
    let lines = text.lines().filter(|line| *line != "---").map(|line| {
        let content = line.trim_start_matches(' ');
        (line.len() - content.len(), content.trim_end_matches(' ').to_owned())
    });
    Reader { lines: lines.collect(), at: 0, anchors: HashMap::new() }.block(0)
}

struct Reader {
    /// Each with the blanks in front of it.
    lines: Vec<(usize, String)>,
    at: usize,
    anchors: HashMap<String, Node>,
}

/// A key, and what is behind its colon.
fn pair(line: &str) -> Option<(String, String)> {
    if let Some(inside) = line.strip_prefix('"') {
        let end = inside.find("\":")?;
        return Some((inside[..end].replace("\\\"", "\""), inside[end + 2..].trim_start().to_owned()));
    }
    if line.starts_with(['!', '&', '*', '[', '{', '\'', '|']) {
        return None;
    }
    let end = (1..line.len())
        .find(|&at| line.is_char_boundary(at) && (line[at..].starts_with(": ") || &line[at..] == ":"))?;
    Some((line[..end].to_owned(), line[end + 1..].trim_start().to_owned()))
}

impl Reader {
    fn line(&mut self) -> Option<(usize, String)> {
        while let Some((_, content)) = self.lines.get(self.at)
            && (content.is_empty() || content.starts_with('#'))
        {
            self.at += 1;
        }
        self.lines.get(self.at).cloned()
    }

    fn block(&mut self, indent: usize) -> Node {
        let (mut list, mut map) = (Vec::new(), Vec::new());
        while let Some((blanks, content)) = self.line()
            && blanks == indent
        {
            if let Some(item) =
                content.strip_prefix('-').filter(|item| item.is_empty() || item.starts_with(' '))
            {
                let value = item.trim_start().to_owned();
                let inner = indent + content.len() - value.len();
                if pair(&value).is_some() || value.starts_with("- ") {
                    self.lines[self.at] = (inner, value);
                    list.push(self.block(inner));
                } else {
                    self.at += 1;
                    list.push(self.value(&value, indent, true));
                }
            } else if let Some(key) = content.strip_prefix("? ") {
                self.at += 1;
                let key = self.bare(key, indent, false);
                let value =
                    self.line().and_then(|(_, content)| content.strip_prefix(": ").map(str::to_owned));
                self.at += 1;
                if let (Node::Text(key), Some(value)) = (key, value) {
                    map.push((key, self.value(&value, indent, false)));
                }
            } else if list.is_empty()
                && let Some((key, value)) = pair(&content)
            {
                self.at += 1;
                map.push((key, self.value(&value, indent, false)));
            } else {
                break;
            }
        }
        if list.is_empty() { Node::Map(map) } else { Node::List(list) }
    }

    /// What stands behind a dash or a colon, or below.
    fn value(&mut self, text: &str, indent: usize, in_list: bool) -> Node {
        let (mut text, mut anchor) = (text, None);
        while text.starts_with(['!', '&']) {
            let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
            anchor = word.strip_prefix('&').map(str::to_owned).or(anchor);
            text = rest.trim_start();
        }
        let node = self.bare(text, indent, in_list);
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }

    fn bare(&mut self, text: &str, indent: usize, in_list: bool) -> Node {
        match text.chars().next() {
            None => match self.line() {
                Some((blanks, content))
                    if blanks > indent && content.starts_with(['"', '\'']) && pair(&content).is_none() =>
                {
                    self.at += 1;
                    self.bare(&content, indent, in_list)
                }
                Some((blanks, content))
                    if blanks > indent || blanks == indent && !in_list && content.starts_with('-') =>
                {
                    self.block(blanks)
                }
                _ => Node::Null,
            },
            Some('*') => self.anchors.get(&text[1..]).cloned().unwrap_or(Node::Null),
            Some('"') => Node::Text(self.quoted(&text[1..], '"')),
            Some('\'') => Node::Text(self.quoted(&text[1..], '\'')),
            Some('|') => {
                while self
                    .lines
                    .get(self.at)
                    .is_some_and(|(blanks, content)| *blanks > indent || content.is_empty())
                {
                    self.at += 1;
                }
                Node::Null
            }
            _ if text == "[]" => Node::List(Vec::new()),
            _ if text == "{}" => Node::Map(Vec::new()),
            _ => {
                let mut plain = text.to_owned();
                while let Some((blanks, content)) = self.lines.get(self.at)
                    && *blanks > indent
                    && !content.is_empty()
                {
                    plain = plain + " " + content;
                    self.at += 1;
                }
                Node::Text(plain)
            }
        }
    }

    /// A string in quotes, over as many lines as it has.
    fn quoted(&mut self, first: &str, quote: char) -> String {
        let mut out = String::new();
        let mut line = first.to_owned();
        loop {
            let (mut chars, mut joined) = (line.chars().peekable(), false);
            while let Some(c) = chars.next() {
                match c {
                    _ if c == quote && quote == '\'' && chars.peek() == Some(&'\'') => {
                        out.extend(chars.next());
                    }
                    _ if c == quote => return out,
                    '\\' if quote == '"' => match chars.next() {
                        Some('x') => out.push(code(&mut chars, 2)),
                        Some('u') => out.push(code(&mut chars, 4)),
                        Some('n') => out.push('\n'),
                        Some('r') => out.push('\r'),
                        Some('t') => out.push('\t'),
                        Some('0') => out.push('\0'),
                        Some(c) => out.push(c),
                        None => joined = true,
                    },
                    c => out.push(c),
                }
            }
            line =
                self.lines.get(self.at).map(|(_, content)| content.clone()).expect("a quote that is closed");
            self.at += 1;
            if !joined {
                out.push(if line.is_empty() { '\n' } else { ' ' });
            }
        }
    }
}

fn code(chars: &mut impl Iterator<Item = char>, digits: usize) -> char {
    let text: String = chars.take(digits).collect();
    u32::from_str_radix(&text, 16).ok().and_then(char::from_u32).expect("a character")
}
