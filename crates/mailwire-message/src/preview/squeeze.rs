//! Text without what takes room and says nothing.

use crate::run::run_len;
use alloc::string::String;
use mailwire_core::escape::is_deceptive;

/// At most so many characters in one line: white space made one blank, controls and invisible characters left out,
/// and marks of the kind `<https://…>` and `[cid:…]`.
#[derive(Clone, Debug)]
pub(super) struct Squeezed {
    out: String,
    chars: usize,
    most: usize,
    /// What stands before the next visible character, if one comes.
    gap: Gap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    /// An invisible character that joins what it stands between, as in emoji and in Persian.
    Joiner(char),
}

/// Which addresses in angle brackets are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// Those behind a text: alone, they are the text.
    BehindText,
    /// All: in what was HTML nobody saw them.
    All,
}

/// A place to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    len: usize,
    chars: usize,
}

impl Squeezed {
    pub(super) fn new(most: usize) -> Self {
        Self { out: String::new(), chars: 0, most, gap: Gap::None }
    }

    /// Takes the memory that `text` may need, at once.
    pub(super) fn make_room_for(&mut self, text: &str) {
        self.out.reserve(text.len().min(self.most - self.chars));
    }

    pub(super) fn is_full(&self) -> bool {
        self.chars >= self.most
    }

    pub(super) fn is_full_at(&self, mark: Mark) -> bool {
        mark.chars >= self.most
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { len: self.out.len(), chars: self.chars }
    }

    /// Takes off what was written since `mark`.
    pub(super) fn take_from(&mut self, mark: Mark) -> String {
        let taken = self.out.get(mark.len..).map(String::from).unwrap_or_default();
        self.go_back(mark);
        taken
    }

    /// Forgets what was written since `mark`.
    pub(super) fn go_back(&mut self, mark: Mark) {
        self.out.truncate(mark.len);
        self.chars = mark.chars;
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: &str, links: Links) {
        self.gap = Gap::Blank;
        let mut rest = line;
        let start = self.chars;
        while !self.is_full() {
            // One byte more than there is room for tells that there is more.
            let window = rest.as_bytes().get(..(self.most - self.chars).saturating_add(1));
            let len = run_len(window.unwrap_or(rest.as_bytes()), is_special);
            if let Some((run, behind)) = rest.split_at_checked(len).filter(|_| len > 0) {
                self.run(run);
                rest = behind;
                continue;
            }
            let Some(c) = rest.chars().next() else { return };
            let skipped = match c {
                '<' if links == Links::All || self.chars > start => link_len(rest),
                '[' => picture_len(rest),
                _ => None,
            };
            if let Some(skipped) = skipped {
                self.gap = Gap::Blank;
                rest = rest.get(skipped..).unwrap_or_default();
            } else {
                self.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }

    /// Adds a line of which all is plain: what [`line`](Self::line) does with it.
    pub(super) fn plain_line(&mut self, line: &str) {
        self.gap = Gap::Blank;
        if !self.is_full() {
            self.run(line);
        }
    }

    /// Adds plain characters with single blanks between them.
    fn run(&mut self, run: &str) {
        self.fill_gap();
        let room = self.most - self.chars;
        if run.len() <= room {
            self.out.push_str(run);
            self.chars += run.len();
        } else {
            self.out.push_str(run.get(..room).unwrap_or_default().trim_ascii_end());
            self.chars = self.most;
        }
    }

    fn push(&mut self, c: char) {
        if is_letter(c) {
            self.fill_gap();
            self.write(c, 1);
        } else if c.is_whitespace() {
            self.gap = Gap::Blank;
        } else if matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}') {
            // Two of them side by side are there to fill a preview.
            self.gap = if self.gap == Gap::None { Gap::Joiner(c) } else { Gap::Blank };
        } else if !c.is_control() && !is_deceptive(c) {
            self.fill_gap();
            self.write(c, 1);
        }
    }

    fn fill_gap(&mut self) {
        match self.gap {
            Gap::Blank if !self.out.is_empty() => self.write(' ', 2),
            Gap::Joiner(joiner) => self.write(joiner, 2),
            Gap::Blank | Gap::None => {}
        }
        self.gap = Gap::None;
    }

    /// Writes `c` if there is room for `needed` characters. If not, nothing comes behind.
    fn write(&mut self, c: char, needed: usize) {
        if self.chars.saturating_add(needed) <= self.most {
            self.out.push(c);
            self.chars += 1;
        } else {
            self.chars = self.most;
        }
    }
}

/// How much of the front of a text is plain, as far as is looked.
#[inline]
pub(super) fn plain_len(text: &str, most: usize) -> usize {
    run_len(text.as_bytes().get(..most).unwrap_or(text.as_bytes()), is_special)
}

/// Whether a byte may need a look: it is neither a blank nor printable ASCII, or a mark may begin with it.
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit would be a branch for each byte")]
const fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte >= 0x7f) | (byte == b'<') | (byte == b'[')
}

/// Whether a character is a letter of most alphabets, or some other that is neither blank nor invisible.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..'\u{34f}' | '\u{370}'..'\u{61c}' | '\u{620}'..'\u{1680}' | '\u{3001}'..'\u{fe00}')
}

/// The length of an address in angle brackets at the front: `<https://…>`, `<mailto:…>`.
fn link_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let scheme = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let behind = inner.get(scheme..)?.strip_prefix(':')?;
    let end = behind.find(|c: char| c == '>' || c.is_whitespace())?;
    behind.get(end..)?.starts_with('>').then_some(1 + scheme + 1 + end + 1)
}

/// The length of what stands in a plain text for a picture: `[cid:…]`, `[image: …]`.
fn picture_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let starts =
        |start: &str| inner.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    if !starts("cid:") && !starts("image:") {
        return None;
    }
    let end = inner.find(['[', ']'])?;
    inner.get(end..)?.starts_with(']').then_some(1 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(most: usize, lines: &[&str]) -> String {
        let mut out = Squeezed::new(most);
        for line in lines {
            out.line(line, Links::BehindText);
        }
        out.finish()
    }

    #[test]
    fn white_space_and_the_invisible_are_one_blank() {
        assert_eq!(squeezed(99, &["  a\t\u{a0} b", "", "c  "]), "a b c");
        assert_eq!(squeezed(99, &["a\u{200c}\u{a0}\u{200c}\u{34f} \u{feff}\u{ad}b\u{7}c"]), "a bc");
        assert_eq!(squeezed(99, &["\u{200d}a\u{200d}", "b"]), "a b");
        // A family of two, and a word.
        assert_eq!(squeezed(99, &["👩\u{200d}👧 می\u{200c}خواهم"]), "👩\u{200d}👧 می\u{200c}خواهم");
        assert_eq!(squeezed(99, &["a\u{202e}b"]), "ab");
    }

    #[test]
    fn it_ends_with_a_character_that_is_seen() {
        assert_eq!(squeezed(0, &["a"]), "");
        assert_eq!(squeezed(1, &["ab"]), "a");
        assert_eq!(squeezed(2, &["a b"]), "a");
        assert_eq!(squeezed(3, &["a b c"]), "a b");
        assert_eq!(squeezed(2, &["é\u{200d}é"]), "é");
        assert_eq!(squeezed(2, &["a ", "", "b", "c"]), "a");
    }

    #[test]
    fn letters_are_seen() {
        for c in ('\0'..=char::MAX).filter(|&c| is_letter(c)) {
            assert!(!c.is_whitespace() && !c.is_control() && !is_deceptive(c), "{c:?}");
            assert!(!matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}' | '<' | '['), "{c:?}");
        }
        for byte in (0..=u8::MAX).filter(|&byte| !is_special(byte)) {
            assert!(byte == b' ' || byte.is_ascii_graphic() && !matches!(byte, b'<' | b'['), "{byte}");
        }
    }

    /// Character by character and in runs, the same comes out.
    #[test]
    fn runs_are_no_different() {
        let words = [
            "a", "bc d", " ", "  ", "é", "<", "<a:b>", "[cid:x]", ",", ".", "@", "\"", "\u{200d}", "\t", "猫",
        ];
        let mut random = 1_u32;
        for _ in 0..20_000 {
            let mut line = String::new();
            for _ in 0..8 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                line.push_str(words[(random >> 16) as usize % words.len()]);
            }
            for most in 0..12 {
                let mut twin = Squeezed::new(most);
                twin.gap = Gap::Blank;
                let mut rest = line.as_str();
                while let Some(c) = rest.chars().next() {
                    let skipped = match c {
                        '<' if twin.chars > 0 => link_len(rest),
                        '[' => picture_len(rest),
                        _ => None,
                    };
                    match skipped {
                        Some(_) => twin.gap = Gap::Blank,
                        None if twin.is_full() => {}
                        None => twin.push(c),
                    }
                    rest = rest.split_at(skipped.unwrap_or(c.len_utf8())).1;
                }
                assert_eq!(squeezed(most, &[&line]), twin.finish(), "{line:?} {most}");
            }
        }
    }

    #[test]
    fn addresses_behind_a_text_and_pictures_are_left_out() {
        assert_eq!(squeezed(99, &["see this <https://a.example/?b=c> now"]), "see this now");
        assert_eq!(squeezed(99, &["<https://a.example/>"]), "<https://a.example/>");
        let mut html = Squeezed::new(99);
        html.line("<https://a.example/> a <b", Links::All);
        assert_eq!(html.finish(), "a <b");
        assert_eq!(squeezed(99, &["a < b > c <d@a.example>"]), "a < b > c <d@a.example>");
        assert_eq!(squeezed(99, &["a <http: no>", "<b", "a<c:"]), "a <http: no> <b a<c:");
        assert_eq!(squeezed(99, &["[image: Logo]", "[CID:1@a]a[b]", "[cid: [image:"]), "a[b] [cid: [image:");
    }
}
