//! Text as HTML.

use alloc::string::String;

/// Text as a piece of HTML that looks like it: markup escaped, line breaks as `<br>`, blanks that HTML would make one
/// kept apart.
///
/// The piece belongs into a `<body>` or a `<div>`. Controls, which HTML does not have, become U+FFFD.
///
/// ```
/// use mailwire_message::text_to_html;
///
/// assert_eq!(text_to_html("1 < 2\r\n  & so on"), "1 &lt; 2<br>\n&nbsp; &amp; so on");
/// ```
pub fn text_to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    // At the start of a line, or behind a blank, a blank would not count.
    let mut blank = true;
    loop {
        let plain = rest.bytes().position(is_special).unwrap_or(rest.len());
        let (run, tail) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        if !run.is_empty() {
            out.push_str(run);
            blank = false;
        }
        let Some(byte) = tail.bytes().next() else { return out };
        rest = tail.get(1..).unwrap_or_default();
        let was_blank = core::mem::take(&mut blank);
        match byte {
            b'&' => out.push_str("&amp;"),
            b'<' => out.push_str("&lt;"),
            b'>' => out.push_str("&gt;"),
            b'"' => out.push_str("&quot;"),
            b' ' if was_blank || rest.is_empty() || rest.starts_with(['\r', '\n']) => out.push_str("&nbsp;"),
            b' ' => {
                out.push(' ');
                blank = true;
            }
            b'\t' => out.push_str("&nbsp;&nbsp;&nbsp;&nbsp;"),
            b'\r' if rest.starts_with('\n') => blank = was_blank,
            b'\r' | b'\n' => {
                out.push_str("<br>\n");
                blank = true;
            }
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | b'&' | b'<' | b'>' | b'"' | 0x7f)
}
