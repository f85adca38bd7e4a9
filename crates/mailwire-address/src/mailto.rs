//! `mailto:` links (RFC 6068).

use crate::{AddrSpec, Address, Allow, Dialect, text};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};
use core::str::FromStr;
use mailwire_core::ParseError;

/// A link that opens a letter: whom to, and what to put in it.
///
/// Grammar: `mailtoURI = "mailto:" [ to ] [ hfields ]` ([RFC 6068 §2]), with UTF-8 as it is and as `%`-escapes. Addresses are
/// divided at the commas before they are decoded: no `%2C` adds a recipient, and no `%40` a second `@`.
///
/// A link comes from anybody. Which fields are safe to take over is for the caller to say (§4 and §7: Subject and Body, as a
/// rule). Line breaks are kept in the body alone; in all other fields they have been made spaces.
///
/// ```
/// use mailwire_address::Mailto;
///
/// let link = Mailto::parse("mailto:ann@example.com,%22b%20c%22@example.com?subject=Tea%3F&To=d@example.com")?;
/// let to: Vec<_> = link.to().iter().map(ToString::to_string).collect();
/// assert_eq!(to, ["ann@example.com", "\"b c\"@example.com", "d@example.com"]);
/// assert_eq!(link.field("Subject"), Some("Tea?"));
/// # Ok::<(), mailwire_core::ParseError>(())
/// ```
///
/// [RFC 6068 §2]: https://www.rfc-editor.org/rfc/rfc6068#section-2
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailto {
    to: Vec<Address>,
    fields: Vec<(String, String)>,
}

impl Mailto {
    /// Reads a link that is all of `text`.
    ///
    /// # Errors
    ///
    /// At the first byte that no link has there; at the start of an address that is none when it has been decoded.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let input = text.as_bytes();
        let scheme =
            input.split_at_checked(SCHEME.len()).filter(|(start, _)| start.eq_ignore_ascii_case(SCHEME));
        let (_, rest) = scheme.ok_or(ParseError::new(input, 0, "`mailto:`"))?;
        let to = rest.split(|&byte| byte == b'?').next().unwrap_or_default();
        let mut link = Self::default();
        let mut place = SCHEME.len();
        link.read_to(input, place, to)?;
        place += to.len();
        let fields = rest.get(to.len() + 1..).unwrap_or_default();
        place += 1;
        for field in fields.split(|&byte| byte == b'&').filter(|_| !fields.is_empty()) {
            link.read_field(input, place, field)?;
            place += field.len() + 1;
        }
        Ok(link)
    }

    /// A link to write: to these, with no fields yet.
    pub fn new(to: impl IntoIterator<Item = Address>) -> Self {
        Self { to: to.into_iter().collect(), fields: Vec::new() }
    }

    /// The same with one field more.
    ///
    /// # Errors
    ///
    /// At the first byte of `name` that no name of a header field has; at the start of `to`, since whom to write to is
    /// said by addresses.
    ///
    /// ```
    /// use mailwire_address::Mailto;
    ///
    /// let link = Mailto::new(["ann@example.com".parse()?]).with_field("body", "50 % & more\r\n")?;
    /// assert_eq!(link.to_string(), "mailto:ann@example.com?body=50%20%25%20%26%20more%0D%0A");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn with_field(mut self, name: &str, value: &str) -> Result<Self, ParseError> {
        let len = mailwire_core::Class::FTEXT.prefix_len(name.as_bytes());
        if len < name.len() || name.is_empty() {
            return Err(ParseError::new(name.as_bytes(), len, "a character of a field name"));
        }
        if name.eq_ignore_ascii_case("to") {
            return Err(ParseError::new(name.as_bytes(), 0, "another field than the recipients"));
        }
        self.push(name.into(), value);
        Ok(self)
    }

    /// Whom to write to; those of a field `to` are among them.
    pub fn to(&self) -> &[Address] {
        &self.to
    }

    /// The fields in their order, without `to`.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first field of that name, of whichever case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn read_to(&mut self, input: &[u8], mut place: usize, list: &[u8]) -> Result<(), ParseError> {
        for raw in list.split(|&byte| byte == b',').filter(|_| !list.is_empty()) {
            let text = decode(input, place, raw)?;
            let spec = AddrSpec::parse(text.as_bytes(), ADDRESSES).ok();
            let address = spec.and_then(|spec| spec.to_address());
            self.to.push(address.ok_or(ParseError::new(input, place, "an address"))?);
            place += raw.len() + 1;
        }
        Ok(())
    }

    fn read_field(&mut self, input: &[u8], place: usize, field: &[u8]) -> Result<(), ParseError> {
        let equals = field.iter().position(|&byte| byte == b'=').unwrap_or(field.len());
        let value = field.get(equals + 1..);
        let value = value.ok_or(ParseError::new(input, place + equals, "`=`"))?;
        let name = decode(input, place, field.get(..equals).unwrap_or_default())?;
        let start = place + equals + 1;
        if name.eq_ignore_ascii_case("to") {
            return self.read_to(input, start, value);
        }
        if !mailwire_core::Class::FTEXT.contains_all(name.as_bytes()) || name.is_empty() {
            return Err(ParseError::new(input, place, "the name of a field"));
        }
        let text = decode(input, start, value)?;
        self.push(name, &text);
        Ok(())
    }

    fn push(&mut self, name: String, value: &str) {
        let body = name.eq_ignore_ascii_case("body");
        let clean = |c| match c {
            '\r' | '\n' if body => c,
            '\t' | '\r' | '\n' => ' ',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        };
        self.fields.push((name, value.chars().map(clean).collect()));
    }
}

const SCHEME: &[u8] = b"mailto:";
/// `addr-spec` of RFC 6068 §2: that of RFC 5322 without white space and comments.
const ADDRESSES: Dialect = Dialect::IMF.without(Allow::GAPS).without(Allow::BLANKS_IN_QUOTES);

/// What `raw`, which stands at `place` of `input`, says: UTF-8 without a NUL.
fn decode(input: &[u8], place: usize, raw: &[u8]) -> Result<String, ParseError> {
    let mut out = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().enumerate();
    while let Some((offset, &byte)) = bytes.next() {
        let error = |expected| Err(ParseError::new(input, place + offset, expected));
        match byte {
            b'%' => {
                let mut digit = || bytes.next().and_then(|(_, &byte)| char::from(byte).to_digit(16));
                match (digit(), digit()) {
                    (Some(0), Some(0)) => return error("no NUL"),
                    (Some(high), Some(low)) => out.push(u8::try_from(high * 16 + low).unwrap_or_default()),
                    _ => return error("two hexadecimal digits behind `%`"),
                }
            }
            b' ' | b'"' | b'#' | b'<' | b'>' | b'?' | b'[' | b'\\' | b']' | b'^' | b'`' | b'{' | b'|'
            | b'}' => {
                return error("a character of a link");
            }
            byte if byte.is_ascii_control() => return error("a character of a link"),
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).map_err(|_| ParseError::new(input, place, "UTF-8"))
}

impl FromStr for Mailto {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// Written so that every reader takes it: all but letters, digits and what is harmless is escaped.
impl fmt::Display for Mailto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("mailto:")?;
        for (index, address) in self.to.iter().enumerate() {
            f.write_str(if index > 0 { "," } else { "" })?;
            let local = address.local_part().unquoted();
            if text::is_dot_atom(&local) && !local.contains("=?") {
                encode(&local, f)?;
            } else {
                let mut quoted = String::new();
                text::write_quoted(&local, &mut quoted)?;
                encode(&quoted, f)?;
            }
            if let Some(domain) = address.domain() {
                f.write_char('@')?;
                encode(&domain.to_string(), f)?;
            }
        }
        for (index, (name, value)) in self.fields().enumerate() {
            f.write_char(if index > 0 { '&' } else { '?' })?;
            encode(name, f)?;
            f.write_char('=')?;
            encode(value, f)?;
        }
        Ok(())
    }
}

fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'*+".contains(&byte) {
            f.write_char(char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}
