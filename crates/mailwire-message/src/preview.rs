//! The first words of a message, for a list of messages.

mod lines;
mod squeeze;

use crate::bodies::Bodies;
use crate::body_text::is_unopened;
use crate::html::{Extent, first_words};
use crate::part::Part;
use alloc::string::String;
use lines::Lines;
use squeeze::Links;

/// What is decoded of a part at first: so many bytes, and so many for each character that is wanted. In what is mostly
/// marks or quotes there may be less text than was asked for; then it is four times as much.
const FIRST: usize = 512;
const EACH: usize = 2;
/// HTML has tags between its words, and begins with its styles: in most mail it takes so much to find enough. Where that has to
/// be decoded, less is tried first.
const MARKUP: usize = 8;
const ENCODED_MARKUP: usize = 2;
/// Of which, behind the first look, one byte in so many is taken for text.
const TEXT: usize = 2;
const GROWTH: usize = 4;
/// What is decoded of all parts together, in units of a first look.
const MOST: usize = 256;
/// What a part takes of that whatever its size.
const EACH_PART: usize = 256;

/// The first `max_chars` characters that say something in the message whose bodies these are.
pub(crate) fn preview(bodies: &Bodies<'_, '_>, max_chars: usize) -> String {
    let first = EACH.saturating_mul(max_chars).saturating_add(FIRST);
    let mut budget = first.saturating_mul(MOST);
    let root = bodies.root();
    if is_unopened(root) {
        return read([root].into_iter(), max_chars, first, &mut budget);
    }
    let text = read(bodies.text(), max_chars, first, &mut budget);
    // An alternative that was left empty.
    if text.is_empty() { read(bodies.only_html(), max_chars, first, &mut budget) } else { text }
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
        let len = part.body_range().len();
        let times = match is_html {
            false => 1,
            true if part.transfer_encoding().is_identity() => MARKUP,
            true => ENCODED_MARKUP,
        };
        let mut most = first.saturating_mul(times).min(*budget);
        let mut words = first;
        loop {
            let before = lines.mark();
            let text = part.text_of_first(&content_type, most);
            *budget = budget.saturating_sub(most.min(len));
            let mut extent = if most < len { Extent::Start } else { Extent::All };
            if is_html {
                let (text, read) = first_words(&text, words);
                lines.read(&text, Links::All);
                if read == Extent::Start {
                    extent = read;
                }
            } else {
                lines.read(&text, Links::BehindText);
            }
            let more = most.saturating_mul(GROWTH).min(*budget);
            if extent == Extent::All || lines.are_enough() || more <= most {
                break;
            }
            lines.go_back(before);
            most = more;
            words = more / TEXT;
        }
        if lines.are_enough() || *budget == 0 {
            break;
        }
    }
    lines.finish()
}
