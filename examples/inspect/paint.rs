//! Colours, widths and numbers for a person at a terminal.

use mailwire::core::{Escaped, Severity};
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::process::{Command, Stdio};

/// What a piece of text means; its colour follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Title,
    Label,
    Type,
    Name,
    Faint,
    Good,
    Severity(Severity),
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Title => "1",
            Self::Label | Self::Faint => "2",
            Self::Type => "36",
            Self::Name | Self::Good => "32",
            Self::Severity(Severity::Note) => "34",
            Self::Severity(Severity::Repaired) => "33",
            Self::Severity(Severity::Ambiguous) => "31",
            Self::Severity(Severity::Limit) => "35",
        }
    }
}

/// How things are printed: in colour or not, and how wide.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    colour: bool,
    width: usize,
}

/// Where there is no terminal to fill.
const PAGE: usize = 110;

impl Paint {
    /// For what goes to standard output.
    pub fn stdout() -> Self {
        let terminal = io::stdout().is_terminal();
        let width = if terminal { columns().unwrap_or(PAGE) } else { PAGE };
        Self { colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()), width }
    }

    /// For tests: no colour, as wide as this.
    #[cfg(test)]
    pub fn plain(width: usize) -> Self {
        Self { colour: false, width }
    }

    pub fn line(self) -> Line {
        Line { out: String::new(), room: self.width, paint: self }
    }
}

/// How wide the terminal is. The shell knows, or `stty` does; asking the system itself would take unsafe code.
fn columns() -> Option<usize> {
    let stty = || {
        let output =
            Command::new("stty").arg("size").stdin(Stdio::inherit()).stderr(Stdio::null()).output().ok()?;
        String::from_utf8(output.stdout).ok()?.split_whitespace().nth(1)?.parse().ok()
    };
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.or_else(stty).filter(|&columns| columns >= 20)
}

/// One line, cut where the terminal ends. Nothing in it can move the cursor: what is foreign is escaped.
#[derive(Debug)]
pub struct Line {
    out: String,
    room: usize,
    paint: Paint,
}

impl Line {
    /// Adds our own words.
    #[must_use]
    pub fn own(mut self, style: Style, text: &str) -> Self {
        let text = clip(text, &mut self.room);
        let code = style.code();
        // Writing to a string can't fail.
        let _ = if self.paint.colour && !code.is_empty() && !text.is_empty() {
            write!(self.out, "\x1b[{code}m{text}\x1b[0m")
        } else {
            write!(self.out, "{text}")
        };
        self
    }

    /// Adds words from a mail.
    #[must_use]
    pub fn foreign(self, style: Style, text: &str) -> Self {
        // What does not fit needs no escaping: a line of a mail may have megabytes.
        let end = text.char_indices().nth(self.room + 1).map_or(text.len(), |(at, _)| at);
        let text = text.get(..end).unwrap_or(text).replace('\t', " ");
        let text = Escaped(text.as_bytes()).to_string();
        self.own(style, &text)
    }

    /// Ends the line and appends it to `out`.
    pub fn end(self, out: &mut String) {
        out.push_str(self.out.trim_end());
        out.push('\n');
    }
}

/// As much of `text` as there is `room` for, which shrinks by that.
fn clip(text: &str, room: &mut usize) -> String {
    let all: usize = text.chars().map(columns_of).sum();
    if all <= *room {
        *room -= all;
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        let wide = columns_of(c);
        if wide >= *room {
            break;
        }
        *room -= wide;
        out.push(c);
    }
    if *room > 0 {
        out.push('…');
        *room = 0;
    }
    out
}

/// How many columns a character takes, near enough: two in East Asian scripts and for most pictures.
fn columns_of(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// A number of bytes: `812 B`, `4.1 kB`, `38 MB`.
pub fn size(bytes: usize) -> String {
    let bytes = bytes as u128;
    let mut unit = 1_u128;
    for name in ["B", "kB", "MB", "GB", "TB", "PB"] {
        let tenths = (bytes * 10 + unit / 2) / unit;
        let whole = (bytes + unit / 2) / unit;
        if whole < 1000 {
            return if unit > 1 && tenths < 100 {
                format!("{}.{} {name}", tenths / 10, tenths % 10)
            } else {
                format!("{whole} {name}")
            };
        }
        unit *= 1000;
    }
    format!("{} EB", bytes / unit)
}

/// A number with its thousands set apart, and a noun: `1 mail`, `5,709 mails`.
pub fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {noun}{s}", grouped(number))
}

/// A number with its thousands set apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(
            [0, 999, 1000, 9940, 9960, 38_400_000].map(size),
            ["0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "38 MB"]
        );
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(count(1, "mail"), "1 mail");
    }

    #[test]
    fn lines_end_where_the_terminal_does() {
        let line = |text: &str, width| {
            let mut out = String::new();
            Paint::plain(width).line().foreign(Style::Plain, text).own(Style::Plain, "!").end(&mut out);
            out
        };
        assert_eq!(line("abc", 4), "abc!\n");
        assert_eq!(line("abcd", 4), "abcd\n");
        assert_eq!(line("abcde", 4), "abc…\n");
        assert_eq!(line("日本語", 4), "日…\n");
        assert_eq!(line("\x1b[2J", 20), "\\x1b[2J!\n");
    }
}
