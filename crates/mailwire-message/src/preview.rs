//! The first words of a message, for a list of messages.

mod lines;
mod squeeze;

use crate::body_text::is_unopened;
use crate::html_to_text;
use crate::part::Part;
use alloc::borrow::Cow;
use alloc::string::String;
use lines::Lines;
use squeeze::Links;

/// What is decoded of a part at first: so many bytes, and so many for each character that is wanted. In what is mostly
/// marks or quotes there may be less text than was asked for; then it is eight times as much.
const FIRST: usize = 2048;
const EACH: usize = 8;
/// HTML begins with its styles.
const MARKUP: usize = 4;
const GROWTH: usize = 8;
/// What is decoded of all parts together, in units of a first look.
const MOST: usize = 64;
/// What a part takes of that whatever its size.
const EACH_PART: usize = 256;

/// The first `max_chars` characters that say something.
pub(crate) fn preview(root: Part<'_, '_>, max_chars: usize) -> String {
    let first = EACH.saturating_mul(max_chars).saturating_add(FIRST);
    let mut budget = first.saturating_mul(MOST);
    if is_unopened(root) {
        return read([root].into_iter(), max_chars, first, &mut budget);
    }
    let bodies = root.bodies();
    let text = read(bodies.text(), max_chars, first, &mut budget);
    // An alternative that was left empty.
    if text.is_empty() { read(bodies.html(), max_chars, first, &mut budget) } else { text }
}

fn read<'m, 'a: 'm>(
    parts: impl Iterator<Item = Part<'m, 'a>>,
    max_chars: usize,
    first: usize,
    budget: &mut usize,
) -> String {
    let mut lines = Lines::new(max_chars);
    for part in parts {
        let content_type = part.content_type();
        let is_html = content_type.is("text", "html");
        if !content_type.is_text() && !content_type.is_multipart() {
            continue;
        }
        *budget = budget.saturating_sub(EACH_PART);
        let mut most = if is_html { first.saturating_mul(MARKUP) } else { first }.min(*budget);
        loop {
            let before = lines.mark();
            let (text, seen) = start_of(part, most);
            *budget = budget.saturating_sub(most.min(part.raw_body().len()));
            if is_html {
                lines.read(&html_to_text(&text), Links::All);
            } else {
                lines.read(&text, Links::BehindText);
            }
            let more = most.saturating_mul(GROWTH).min(*budget);
            if seen == Seen::All || lines.are_enough() || more <= most {
                break;
            }
            lines.go_back(before);
            most = more;
        }
        if lines.are_enough() || *budget == 0 {
            break;
        }
    }
    lines.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    All,
    Start,
}

/// The text of a part, as far as the first `most` bytes of its body hold it.
fn start_of<'a>(part: Part<'_, 'a>, most: usize) -> (Cow<'a, str>, Seen) {
    match part.text_of_first(most) {
        Some(text) => (text, Seen::Start),
        None => (part.text_unflowed(), Seen::All),
    }
}
