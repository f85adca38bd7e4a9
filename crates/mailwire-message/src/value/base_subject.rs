//! What a subject is about: without `Re:`, `Fwd:`, `[list]` and their like (RFC 5256 §2.1).

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;

/// The base of a subject, as RFC 5256 §2.1 extracts it to sort mails and to find their threads.
///
/// ```text
/// subject      = *subj-leader [subj-middle] *subj-trailer
/// subj-refwd   = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
/// subj-blob    = "[" *BLOBCHAR "]" *WSP
/// subj-fwd     = subj-fwd-hdr subject subj-fwd-trl
/// subj-fwd-hdr = "[fwd:"
/// subj-fwd-trl = "]"
/// subj-leader  = (*subj-blob subj-refwd) / WSP
/// subj-middle  = *subj-blob (subj-base / subj-fwd)
/// subj-trailer = "(fwd)" / WSP
/// subj-base    = NONWSP *(*WSP NONWSP)
/// ```
///
/// "All servers and disconnected […] clients MUST use exactly this algorithm": prefixes of other languages (`AW:`, `SV:`)
/// stay. Runs of white space become one space; the text is borrowed unless there was something to collapse in the
/// middle of it. Letters keep their case: subjects are compared by `i;unicode-casemap` (§3), which is the caller's.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::BaseSubject;
///
/// let base = BaseSubject::parse("Re: [list] Fwd: The  minutes (fwd)");
/// assert_eq!(base.as_str(), "The minutes");
/// assert!(base.is_reply_or_forward());
/// assert!(!BaseSubject::parse("[list] The minutes").is_reply_or_forward());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseSubject<'a> {
    text: Cow<'a, str>,
    is_reply_or_forward: bool,
}

impl<'a> BaseSubject<'a> {
    /// Extracts the base of a decoded subject.
    pub fn parse(subject: &'a str) -> Self {
        Self::of(Cow::Borrowed(subject))
    }

    /// [`parse`](Self::parse), for a subject that may be owned.
    pub(crate) fn of(subject: Cow<'a, str>) -> Self {
        let (range, is_reply_or_forward) = extract(subject.as_bytes());
        let text = match subject {
            Cow::Borrowed(subject) => collapsed(subject.get(range).unwrap_or_default()),
            Cow::Owned(subject) => Cow::Owned(collapsed(subject.get(range).unwrap_or_default()).into_owned()),
        };
        Self { text, is_reply_or_forward }
    }

    /// The base: empty where nothing else is left.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The base, out of its wrapping.
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// Whether a `Re:`, a `Fwd:`, a `(fwd)` or a `[fwd: …]` was removed: what RFC 5256 §3 takes for a reply or a forward.
    pub fn is_reply_or_forward(&self) -> bool {
        self.is_reply_or_forward
    }
}

/// Steps 2 to 6; what is removed begins and ends with ASCII, so that the rest stays text.
fn extract(subject: &[u8]) -> (Range<usize>, bool) {
    let mut left = Left { subject, start: 0, end: subject.len() };
    let mut removed = false;
    loop {
        removed |= left.trailers();
        removed |= left.leaders_and_blobs();
        if !left.forward() {
            return (left.start..left.end, removed);
        }
        removed = true;
    }
}

/// What is left of the subject.
struct Left<'s> {
    subject: &'s [u8],
    start: usize,
    end: usize,
}

impl Left<'_> {
    fn text(&self, from: usize) -> &[u8] {
        self.subject.get(from..self.end).unwrap_or_default()
    }

    /// Step 2: "Remove all trailing text of the subject that matches the subj-trailer". Whether there was a `(fwd)`.
    fn trailers(&mut self) -> bool {
        const FORWARDED: &[u8] = b"(fwd)";
        let mut removed = false;
        loop {
            let text = self.text(self.start);
            if text.last().is_some_and(|&byte| is_blank(byte)) {
                self.end -= 1;
            } else if text.last_chunk().is_some_and(|last: &[u8; 5]| last.eq_ignore_ascii_case(FORWARDED)) {
                self.end -= FORWARDED.len();
                removed = true;
            } else {
                return removed;
            }
        }
    }

    /// Steps 3 to 5: removes leaders, and blobs before something else. Whether there was a `Re:` or a `Fwd:`.
    ///
    /// A leader may begin with blobs. All blobs in a row are read once: where no `Re:` follows them, it doesn't follow
    /// the last of them either, and each may be removed by step 4 as long as something is left.
    fn leaders_and_blobs(&mut self) -> bool {
        let mut removed = false;
        loop {
            self.start = self.behind_blanks(self.start);
            let mut last = self.start;
            let mut at = self.start;
            while let Some(behind) = self.blob(at) {
                (last, at) = (at, behind);
            }
            let Some(behind) = self.reply_or_forward(at) else {
                self.start = if at < self.end { at } else { last };
                return removed;
            };
            self.start = behind;
            removed = true;
        }
    }

    /// Step 6: "If the resulting text begins with the subj-fwd-hdr ABNF and ends with the subj-fwd-trl ABNF, remove the
    /// subj-fwd-hdr and subj-fwd-trl".
    fn forward(&mut self) -> bool {
        const HEADER: &[u8] = b"[fwd:";
        let text = self.text(self.start);
        let begins = text.first_chunk().is_some_and(|first: &[u8; 5]| first.eq_ignore_ascii_case(HEADER));
        let is_forward = begins && text.len() > HEADER.len() && text.last() == Some(&b']');
        if is_forward {
            self.start += HEADER.len();
            self.end -= 1;
        }
        is_forward
    }

    fn behind_blanks(&self, from: usize) -> usize {
        let text = self.text(from);
        from + text.iter().position(|&byte| !is_blank(byte)).unwrap_or(text.len())
    }

    /// `subj-blob = "[" *BLOBCHAR "]" *WSP`: where it ends.
    fn blob(&self, from: usize) -> Option<usize> {
        let inner = self.text(from).strip_prefix(b"[")?;
        let len = inner.iter().position(|&byte| matches!(byte, b'[' | b']'))?;
        (inner.get(len) == Some(&b']')).then(|| self.behind_blanks(from + len + 2))
    }

    /// `subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"`: where it ends.
    fn reply_or_forward(&self, from: usize) -> Option<usize> {
        let word = match self.text(from) {
            [b'f' | b'F', b'w' | b'W', b'd' | b'D', ..] => 3,
            [b'r' | b'R', b'e' | b'E', ..] | [b'f' | b'F', b'w' | b'W', ..] => 2,
            _ => return None,
        };
        let behind_word = self.behind_blanks(from + word);
        let colon = self.blob(behind_word).unwrap_or(behind_word);
        (self.text(colon).first() == Some(&b':')).then_some(colon + 1)
    }
}

/// "Convert all tabs and continuations to space. Convert all multiple spaces to a single space." Only what is left has to be
/// converted: nothing that is removed depends on how many blanks there are.
fn collapsed(text: &str) -> Cow<'_, str> {
    let plain = text.bytes().zip(text.bytes().skip(1).chain([b'.']));
    if plain.clone().all(|(byte, next)| !is_blank(byte) || byte == b' ' && !is_blank(next)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_ascii() && is_blank(c as u8)).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
