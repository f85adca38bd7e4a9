//! Flowed text.

use mailwire_message::flowed::{DelSp, paragraphs, unflow};

/// Undoes the soft line breaks of any text: nothing but blanks, quote marks and line ends changes, no paragraph has a line end in it,
/// and what is written again without soft line breaks is read as the same paragraphs.
pub fn flowed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for delsp in [DelSp::No, DelSp::Yes] {
        let unflowed = unflow(&text, delsp);
        assert_eq!(substance(&unflowed), substance(&text));
        let mut again = String::new();
        let mut meant = Vec::new();
        for paragraph in paragraphs(&text, delsp) {
            assert!(!paragraph.text().contains('\n'));
            let is_signature = paragraph.is_signature_separator();
            let content =
                if is_signature { paragraph.text() } else { paragraph.text().trim_end_matches([' ', '\r']) };
            let stuffing = if is_signature && paragraph.quote_depth() == 0 { "" } else { " " };
            again.extend([&">".repeat(paragraph.quote_depth()), stuffing, content, "\r\n"]);
            meant.push((paragraph.quote_depth(), content.to_owned(), is_signature));
        }
        let read: Vec<_> = paragraphs(&again, delsp)
            .map(|read| (read.quote_depth(), read.text().to_owned(), read.is_signature_separator()))
            .collect();
        assert_eq!(read, meant);
    }
}

fn substance(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '>' | '\r' | '\n')).collect()
}
