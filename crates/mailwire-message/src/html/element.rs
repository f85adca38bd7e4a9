//! What the elements of HTML are to somebody who reads text.

/// Compares with constants only, of which the compiler makes a search by halves.
macro_rules! elements {
    ($packed:expr => $($element:ident: $($name:literal)+;)+) => {{
        let packed = $packed;
        $(if $(packed == const { pack($name) })||+ {
            return Self::$element;
        })+
        Self::Inline
    }};
}

/// What an element does to the text in it and around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Nothing: `<span>`, `<b>`, and what nobody knows.
    Inline,
    /// Stands on lines of its own.
    Block,
    /// Stands on lines of its own, with a blank one on either side.
    Paragraph,
    Heading,
    Break,
    Rule,
    Unordered,
    Ordered,
    Item,
    Definitions,
    Term,
    Description,
    Quote,
    Table,
    Row,
    Cell,
    Anchor,
    Image,
    Preformatted,
    /// Shown as it is written, tags included, up to its end tag.
    Literal,
    /// Shown as it is written, to the end of everything.
    PlainText,
    /// Never shown, and no tag in it is one.
    Raw,
    /// Never shown.
    Template,
    /// Has no content: `<input>`, `<meta>`.
    Void,
}

impl Element {
    /// The element of a name in either case, whose last eight bytes are in `packed`, too.
    #[inline]
    pub(super) fn of(name: &[u8], packed: u64) -> Self {
        if name.len() > size_of::<u64>() {
            return Self::of_long(name);
        }
        elements! { lower(packed) =>
            Anchor: b"a";
            Break: b"br";
            Paragraph: b"p";
            Cell: b"td" b"th";
            Row: b"tr";
            Item: b"li";
            Unordered: b"ul" b"menu" b"dir";
            Ordered: b"ol";
            Definitions: b"dl";
            Term: b"dt";
            Description: b"dd";
            Rule: b"hr";
            Heading: b"h1" b"h2" b"h3" b"h4" b"h5" b"h6";
            Block: b"div" b"tbody" b"thead" b"tfoot" b"caption" b"center" b"section" b"article" b"header"
                b"footer" b"main" b"nav" b"aside" b"address" b"body" b"html" b"form" b"fieldset" b"legend"
                b"details" b"summary" b"dialog" b"hgroup" b"search" b"option" b"optgroup" b"figure";
            Table: b"table";
            Image: b"img";
            Preformatted: b"pre" b"listing" b"textarea";
            Raw: b"script" b"style" b"title" b"iframe" b"noembed" b"noframes";
            Literal: b"xmp";
            Template: b"template" b"datalist";
            Void: b"area" b"base" b"basefont" b"bgsound" b"col" b"embed" b"frame" b"input" b"keygen" b"link"
                b"meta" b"param" b"source" b"track" b"wbr";
        }
    }

    fn of_long(name: &[u8]) -> Self {
        for (known, element) in LONG {
            if name.eq_ignore_ascii_case(known) {
                return *element;
            }
        }
        Self::Inline
    }

    /// Whether it stands on lines of its own, so that no paragraph goes on over it.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline | Self::Break | Self::Anchor | Self::Image | Self::Raw | Self::Template | Self::Void
        )
    }

    /// Whether there is nothing in it, so that no end tag is to come.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image | Self::Void)
    }
}

/// Eight bytes with small letters for capitals; no other byte becomes one that is in a name of an element.
const fn lower(packed: u64) -> u64 {
    // All letters have this bit, digits do not.
    const LETTER: u64 = u64::MAX / 255 * 0x40;
    packed | (packed & LETTER) >> 1
}

/// At most eight bytes as one number.
const fn pack(name: &[u8]) -> u64 {
    let mut packed = 0;
    let mut rest = name;
    while let [byte, tail @ ..] = rest {
        packed = packed << 8 | *byte as u64;
        rest = tail;
    }
    packed
}

/// The names of more than eight bytes.
const LONG: &[(&[u8], Element)] =
    &[(b"blockquote", Element::Quote), (b"figcaption", Element::Block), (b"plaintext", Element::PlainText)];

#[cfg(test)]
mod tests {
    use super::*;

    /// The twin: what a byte is in lower case, one after the other.
    #[test]
    fn no_byte_is_taken_for_a_letter_that_is_none() {
        for byte in 0..=u8::MAX {
            let (packed, known) = (u64::from(byte), u64::from(byte.to_ascii_lowercase()));
            let is_in_names = |byte: u64| (0x61..=0x7a).contains(&byte) || (0x30..=0x39).contains(&byte);
            if is_in_names(lower(packed)) || is_in_names(known) {
                assert_eq!(lower(packed), known, "{byte}");
            }
            // The same, wherever it stands.
            assert_eq!(lower(packed << 56), lower(packed) << 56, "{byte}");
        }
        assert_eq!(Element::of(b"BlockQuote", 0), Element::Quote);
        assert_eq!(Element::of(b"H1", pack(b"H1")), Element::Heading);
        assert_eq!(Element::of(b"h\x11", pack(b"h\x11")), Element::Inline);
    }
}
