//! HTML as text, and text as HTML.

use mailwire_encoding::Charset;
use mailwire_message::{html_charset, html_to_text, html_to_text_into, text_to_html};

/// Text comes of anything: tidy, and not much longer.
pub fn html(bytes: &[u8]) {
    if let Some(label) = html_charset(bytes) {
        assert!(Charset::for_label(label).is_some(), "a label that nobody knows");
    }
    let html = String::from_utf8_lossy(bytes);
    let text = html_to_text(&html);
    tidy(&text);
    assert!(text.len() <= 12 * html.len() + 64, "{} of {}", text.len(), html.len());
    let mut appended = "kept \t".to_owned();
    html_to_text_into(&html, &mut appended);
    assert_eq!(appended.strip_prefix("kept \t"), Some(&*text), "what stands before changes what is read");

    // A text that was made of HTML is one that HTML can be made of.
    let back = text_to_html(&text);
    assert!(back.bytes().all(|byte| byte == b'\n' || !byte.is_ascii_control()));
    assert!(back.len() <= 24 * text.len());
    // And any text at all is kept but for its blanks, joiners and controls.
    let visible = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    assert_eq!(visible(&html_to_text(&back)), visible(&text));
    assert_eq!(visible(&html_to_text(&text_to_html(&html))), visible(&html));
}

fn tidy(text: &str) {
    assert!(!text.contains("\n\n\n"), "more than one blank line");
    assert!(!text.starts_with('\n') && !text.ends_with('\n'));
    for line in text.split('\n') {
        assert!(!line.ends_with([' ', '\t']), "a blank at the end of {line:?}");
        assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "a control in {line:?}");
    }
}
