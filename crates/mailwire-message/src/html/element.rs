//! What the elements of HTML are to somebody who reads text.

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
    /// The element of a name, in either case.
    pub(super) fn of(name: &[u8]) -> Self {
        let mut buffer = [0; LONGEST];
        let Some(lower) = buffer.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        match &*lower {
            b"a" => Self::Anchor,
            b"br" => Self::Break,
            b"p" => Self::Paragraph,
            b"td" | b"th" => Self::Cell,
            b"tr" => Self::Row,
            b"li" => Self::Item,
            b"ul" | b"menu" | b"dir" => Self::Unordered,
            b"ol" => Self::Ordered,
            b"dl" => Self::Definitions,
            b"dt" => Self::Term,
            b"dd" => Self::Description,
            b"hr" => Self::Rule,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"div" | b"tbody" | b"thead" | b"tfoot" | b"caption" | b"center" | b"section" | b"article"
            | b"header" | b"footer" | b"main" | b"nav" | b"aside" | b"address" | b"body" | b"html"
            | b"form" | b"fieldset" | b"legend" | b"details" | b"summary" | b"dialog" | b"hgroup"
            | b"search" | b"option" | b"optgroup" | b"figure" | b"figcaption" => Self::Block,
            b"table" => Self::Table,
            b"img" => Self::Image,
            b"pre" | b"listing" | b"textarea" => Self::Preformatted,
            b"blockquote" => Self::Quote,
            b"script" | b"style" | b"title" | b"iframe" | b"noembed" | b"noframes" => Self::Raw,
            b"xmp" => Self::Literal,
            b"plaintext" => Self::PlainText,
            b"template" | b"datalist" => Self::Template,
            b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"input"
            | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => Self::Void,
            _ => Self::Inline,
        }
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

/// `blockquote`, `figcaption`; no known name is longer.
const LONGEST: usize = 10;
