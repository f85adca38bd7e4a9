//! File names that can be used as they are.

use alloc::borrow::Cow;
use alloc::string::String;
use mailwire_core::escape::is_deceptive;

/// A file name that no system takes for anything else, made from what a mail calls a file.
///
/// RFC 2183 §2.3 asks for it: "The receiving MUA SHOULD NOT respect any directory path information", and warns of names
/// that mean something to the system. What comes out
///
/// * is the last part of a path, whichever way its slashes lean, and has none in it;
/// * has no `< > : " | ? *` (now `_`) and no control or invisible characters, nor any that turn the writing direction (now
///   nothing);
/// * neither begins nor ends with a dot or a blank;
/// * is no device of Windows, with or without an extension (`CON` is now `_CON`);
/// * has 255 bytes at most: what is too long is cut before its extension;
/// * is never empty: `attachment` where nothing is left.
///
/// A safe name is given back as it is. It may still be the name of a file that exists.
///
/// # Examples
///
/// ```
/// use mailwire_message::value::safe_file_name;
///
/// assert_eq!(safe_file_name("Café menu.pdf"), "Café menu.pdf");
/// assert_eq!(safe_file_name("../../etc/passwd"), "passwd");
/// assert_eq!(safe_file_name("C:\\Temp\\a?.txt"), "a_.txt");
/// assert_eq!(safe_file_name("fdp\u{202e}txt.exe"), "fdptxt.exe");
/// assert_eq!(safe_file_name("nul.txt"), "_nul.txt");
/// assert_eq!(safe_file_name(".."), "attachment");
/// ```
pub fn safe_file_name(name: &str) -> Cow<'_, str> {
    let name = trim(name.rsplit(['/', '\\']).find(|part| !trim(part).is_empty()).unwrap_or_default());
    let mut safe = Cow::Borrowed(name);
    if name.contains(|c| is_unseen(c) || RESERVED.contains(&c)) {
        let seen = name.chars().filter(|&c| !is_unseen(c));
        let replaced: String = seen.map(|c| if RESERVED.contains(&c) { '_' } else { c }).collect();
        safe = Cow::Owned(trim(&replaced).into());
    }
    if safe.len() > LONGEST {
        safe = Cow::Owned(shortened(&safe));
    }
    if is_device(&safe) {
        safe.to_mut().insert(0, '_');
    }
    if safe.is_empty() { Cow::Borrowed(NAMELESS) } else { safe }
}

/// What a file is called that has no name.
pub(crate) const NAMELESS: &str = "attachment";

/// What most file systems hold, without the `_` that may come before it.
const LONGEST: usize = 254;

/// An extension that is longer is none.
const LONGEST_EXTENSION: usize = 32;

/// What Windows has no file names with; slashes are gone already.
const RESERVED: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

fn is_unseen(c: char) -> bool {
    c.is_control() || is_deceptive(c)
}

/// `name` without what may not stand at its ends: also what would be gone later, and leave these there.
fn trim(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace() || is_unseen(c))
}

fn shortened(name: &str) -> String {
    let (stem, extension) = match name.rfind('.').and_then(|dot| name.split_at_checked(dot)) {
        Some((stem, extension)) if extension.len() <= LONGEST_EXTENSION => (stem, extension),
        _ => (name, ""),
    };
    let mut ends = (0..=LONGEST - extension.len()).rev();
    let kept = ends.find_map(|end| stem.get(..end)).unwrap_or_default();
    let mut short = String::from(trim(kept));
    short.push_str(extension);
    short
}

/// Whether Windows takes it for a device: `CON`, `con.txt`, `COM1 .x`, `COM¹`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let is = |device: &&str| device.eq_ignore_ascii_case(stem);
    let numbered = |port: &&str| {
        let number = stem.get(..port.len()).filter(|start| start.eq_ignore_ascii_case(port));
        let mut number = number.and_then(|_| stem.get(port.len()..)).unwrap_or_default().chars();
        matches!((number.next(), number.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].iter().any(is) || ["COM", "LPT"].iter().any(numbered)
}
