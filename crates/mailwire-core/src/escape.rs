//! Foreign bytes made safe to look at.

use core::fmt;

/// Bytes shown without harm: text stays text, controls and what is no UTF-8 become escapes.
///
/// `Display` is for terminals and logs; `Debug` is the same in double quotes, with `"` and `\` escaped too.
/// Also escaped are the invisible and the direction-changing characters that make a text look like another one.
///
/// ```
/// use mailwire_core::Escaped;
///
/// assert_eq!(Escaped(b"caf\xc3\xa9 \x1b[31m \xff").to_string(), "café \\x1b[31m \\xff");
/// assert_eq!(format!("{:?}", Escaped(b"a\"\r\n")), r#""a\"\r\n""#);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a plain wrapper, made where it is printed")]
pub struct Escaped<'a>(pub &'a [u8]);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self.0, f, false)
    }
}

impl fmt::Debug for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        write(self.0, f, true)?;
        f.write_str("\"")
    }
}

fn write(bytes: &[u8], f: &mut fmt::Formatter<'_>, quoted: bool) -> fmt::Result {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' if quoted => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\0'..='\x7f' if c.is_ascii_control() => write!(f, "\\x{:02x}", u32::from(c))?,
                _ if is_deceptive(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                _ => fmt::Write::write_char(f, c)?,
            }
        }
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02x}")?;
        }
    }
    Ok(())
}

/// Whether a character is invisible or changes the direction of the text around it: C1 controls, zero-width and
/// bidirectional formatting, line and paragraph separators, tags, noncharacters at the end of the BMP.
///
/// ```
/// use mailwire_core::escape::is_deceptive;
///
/// assert!(is_deceptive('\u{202e}'));
/// assert!(!is_deceptive('é'));
/// ```
pub fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}
