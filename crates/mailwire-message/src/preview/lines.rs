//! Which lines of a text are worth a place in a preview.

use super::squeeze::{Links, Mark, Squeezed, plain_len};
use alloc::string::String;
use memchr::memchr;

/// Lines that go into a preview, and those that only go there for want of others.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    own: Squeezed,
    /// Quotes, and what introduces them; signatures.
    other: Squeezed,
    paragraph: Option<Paragraph>,
}

/// The paragraph that was read last, which may turn out to introduce a quote.
#[derive(Clone, Copy, Debug)]
struct Paragraph {
    start: Mark,
    lines: usize,
    bytes: usize,
    /// An empty line stood behind it.
    is_over: bool,
    /// It ends with a colon.
    introduces: bool,
}

/// "On Monday, 1 January 2024 at 10:00,\nJane Doe\n<jane@example.org> wrote:"
const MOST_LINES: usize = 3;
const MOST_BYTES: usize = 400;

/// How far a plain line is looked for.
const PLAIN: usize = 512;

impl Paragraph {
    fn may_introduce(&self) -> bool {
        self.lines <= MOST_LINES && self.bytes <= MOST_BYTES && (self.introduces || !self.is_over)
    }
}

impl Lines {
    pub(super) fn new(max_chars: usize) -> Self {
        Self { own: Squeezed::new(max_chars), other: Squeezed::new(max_chars), paragraph: None }
    }

    /// Whether nothing that follows could change the preview: it is full, and not of what may introduce a quote.
    pub(super) fn are_enough(&self) -> bool {
        let is_settled =
            |paragraph: Paragraph| self.own.is_full_at(paragraph.start) || !paragraph.may_introduce();
        self.own.is_full() && self.paragraph.is_none_or(is_settled)
    }

    /// The state between two parts.
    pub(super) fn mark(&self) -> (Mark, Mark) {
        (self.own.mark(), self.other.mark())
    }

    /// Forgets what was read since then.
    pub(super) fn go_back(&mut self, (own, other): (Mark, Mark)) {
        self.own.go_back(own);
        self.other.go_back(other);
        self.paragraph = None;
    }

    /// The preview: if there is nothing but quotes, those.
    pub(super) fn finish(self) -> String {
        let own = self.own.finish();
        if own.is_empty() { self.other.finish() } else { own }
    }

    /// Takes the lines of one part.
    pub(super) fn read(&mut self, text: &str, links: Links) {
        self.paragraph = None;
        self.own.make_room_for(text);
        let mut is_signature = false;
        let line_end = if memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
        let mut rest = Some(text);
        while let Some(text) = rest.filter(|_| !self.are_enough()) {
            if line_end == b'\n'
                && !is_signature
                && let Some(len) = self.plain_line(text)
            {
                rest = text.get(len..).filter(|_| text.as_bytes().get(len - 1) == Some(&b'\n'));
                continue;
            }
            let end = memchr(line_end, text.as_bytes());
            let line = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
            let line = line.strip_suffix('\r').unwrap_or(line);
            rest = end.and_then(|end| text.get(end + 1..));
            // RFC 3676 §4.3, and without the blank that many lose.
            if matches!(line, "-- " | "--") {
                is_signature = true;
            } else if is_signature {
                if self.other.is_full() || !self.own.is_empty() {
                    return;
                }
                self.other.line(line, links);
            } else if line.starts_with('>') {
                self.take_introduction();
                self.other.line(line.trim_start_matches(['>', ' ']), links);
            } else {
                match line.trim() {
                    "" => {
                        if let Some(paragraph) = &mut self.paragraph {
                            paragraph.is_over = true;
                        }
                    }
                    trimmed if is_rule(trimmed) => {}
                    trimmed => self.own_line(trimmed, links),
                }
            }
        }
    }

    /// Takes the first line if it begins with a letter or a digit and has nothing in it that needs a look, as most have, and
    /// tells its length with its line end; `None` where it has, or does not end soon enough to tell.
    fn plain_line(&mut self, text: &str) -> Option<usize> {
        if !text.as_bytes().first()?.is_ascii_alphanumeric() {
            return None;
        }
        let (line, behind) = text.split_at_checked(plain_len(text, PLAIN))?;
        let end = match behind.as_bytes() {
            [] => 0,
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return None,
        };
        let start = self.own.mark();
        self.own.plain_line(line);
        self.count(line, start);
        Some(line.len() + end)
    }

    fn own_line(&mut self, line: &str, links: Links) {
        let start = self.own.mark();
        self.own.line(line, links);
        self.count(line, start);
    }

    /// Adds a line to the paragraph, or begins one with it; `start` is the state before it.
    fn count(&mut self, line: &str, start: Mark) {
        let started = self.paragraph.filter(|paragraph| !paragraph.is_over);
        let paragraph =
            started.unwrap_or(Paragraph { start, lines: 0, bytes: 0, is_over: false, introduces: false });
        let introduces = line.ends_with([':', '：']);
        self.paragraph = Some(Paragraph {
            lines: paragraph.lines + 1,
            bytes: paragraph.bytes + line.len(),
            introduces,
            ..paragraph
        });
    }

    /// Before a quote: what introduces it goes with it.
    fn take_introduction(&mut self) {
        if let Some(paragraph) = self.paragraph.take()
            && paragraph.introduces
            && paragraph.may_introduce()
        {
            let introduction = self.own.take_from(paragraph.start);
            self.other.line(&introduction, Links::BehindText);
        }
    }
}

/// Whether a line without blanks around it only draws one, perhaps around a title: `* * *`, `-----Original Message-----`.
fn is_rule(line: &str) -> bool {
    if line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let is_drawn = |c: char| "-=_*~#+.·•–—─━═ ".contains(c);
    (line.len() >= 3 && line.chars().all(is_drawn)) || (line.starts_with("-----") && line.ends_with("-----"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Where lines end with CR alone, none takes the short way, and the same has to come out.
    #[test]
    fn plain_lines_are_read_as_all_others() {
        let pieces = [
            "word",
            " two words",
            "\n",
            "\n\n",
            "x:",
            ">",
            "> ",
            "--",
            "-- ",
            "---",
            "  ",
            " ",
            "é",
            "<a:b>",
            "\t",
            "[",
            "On Monday, Jane wrote:\n> ",
        ];
        let mut random = 1_u32;
        for _ in 0..30_000 {
            let mut text = String::new();
            for _ in 0..10 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(random >> 16) as usize % pieces.len()]);
            }
            for most in [0, 5, 9, 20, 300] {
                let read = |text: &str| {
                    let mut lines = Lines::new(most);
                    lines.read(text, Links::BehindText);
                    (lines.are_enough(), lines.finish())
                };
                // A last line end makes it the kind of the text.
                text.push('\n');
                assert_eq!(read(&text), read(&text.replace('\n', "\r")), "{text:?} {most}");
                text.pop();
            }
        }
    }

    #[test]
    fn long_lines_are_read_as_all_others() {
        for len in [PLAIN - 1, PLAIN, PLAIN + 1, 3 * PLAIN] {
            for end in ["\n", "\r\n", ""] {
                let text = ["a b".repeat(len).get(..len).unwrap_or_default(), end, "end"].concat();
                let mut lines = Lines::new(4 * PLAIN);
                lines.read(&text, Links::All);
                let expected = text.replace("\r\n", " ").replace('\n', " ");
                let expected: Vec<&str> = expected.split_ascii_whitespace().collect();
                assert_eq!(lines.finish(), expected.join(" "), "{len} {end:?}");
            }
        }
    }

    #[test]
    fn rules_are_no_text() {
        for rule in ["---", "=====", "* * *", "______", "—— ——", "-----BEGIN PGP SIGNED MESSAGE-----", "..."]
        {
            assert!(is_rule(rule), "{rule}");
        }
        for text in ["--", "-- a", "* one", "----- a", "", "3"] {
            assert!(!is_rule(text), "{text}");
        }
    }
}
