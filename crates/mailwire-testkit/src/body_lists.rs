//! The body lists of a message by the book: the algorithm of RFC 8621 §4.1.4, transcribed, and what the definitions
//! beside it say more.

use mailwire_message::value::DispositionKind;
use mailwire_message::{Part, PartKind};
use std::collections::BTreeSet;

/// The ids of the parts in `textBody`, `htmlBody` and `attachments`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyLists {
    /// `textBody`
    pub text: Vec<u32>,
    /// `htmlBody`
    pub html: Vec<u32>,
    /// `attachments`
    pub attachments: Vec<u32>,
}

impl BodyLists {
    /// The lists as mailwire gives them.
    pub fn of(root: Part<'_, '_>) -> Self {
        let bodies = root.bodies();
        Self {
            text: bodies.text().map(Part::id).collect(),
            html: bodies.html().map(Part::id).collect(),
            attachments: bodies.attachments().map(Part::id).collect(),
        }
    }

    /// The lists as the standard says.
    pub fn by_the_book(root: Part<'_, '_>) -> Self {
        let body = Body::of(root);
        let mut lists = Self::default();
        parse_structure(
            std::slice::from_ref(&body),
            "mixed",
            InAlternative::No,
            Wants { text: true, html: true },
            &mut lists,
        );
        // Two kinds of parts the algorithm treats against the definition of `attachments`, "not included in
        // textBody or htmlBody" and "image/*, audio/*, or video/* and not in both textBody and htmlBody": those it puts into no
        // list, and images that an alternative lends to the other list only when they are attachments already.
        let mut leaves = Vec::new();
        body.leaves(&mut leaves);
        let set = |list: &Vec<u32>| list.iter().copied().collect::<BTreeSet<u32>>();
        let (text, html, attachments) = (set(&lists.text), set(&lists.html), set(&lists.attachments));
        let is_attachment = |leaf: &&&Body| match (text.contains(&leaf.id), html.contains(&leaf.id)) {
            (false, false) => true,
            (true, true) => false,
            _ => attachments.contains(&leaf.id),
        };
        lists.attachments = leaves.iter().filter(is_attachment).map(|leaf| leaf.id).collect();
        lists
    }
}

/// What the algorithm knows of a part.
struct Body {
    id: u32,
    kind: String,
    is_attachment: bool,
    has_name: bool,
    parts: Vec<Self>,
}

impl Body {
    fn of(part: Part<'_, '_>) -> Self {
        let inside = matches!(part.kind(), PartKind::Multipart | PartKind::Digest);
        Self {
            id: part.id(),
            kind: part.content_type().to_string(),
            is_attachment: part
                .disposition()
                .is_some_and(|disposition| disposition.kind() == DispositionKind::Attachment),
            has_name: part.file_name().is_some(),
            parts: if inside { part.children().map(Self::of).collect() } else { Vec::new() },
        }
    }

    fn is_inline_media_type(&self) -> bool {
        ["image/", "audio/", "video/"].iter().any(|start| self.kind.starts_with(start))
    }

    fn leaves<'b>(&'b self, out: &mut Vec<&'b Self>) {
        if self.kind.starts_with("multipart/") {
            self.parts.iter().for_each(|part| part.leaves(out));
        } else {
            out.push(self);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum InAlternative {
    No,
    Yes,
}

/// Which lists are not `null`. The script would stop where it pushes to one that is; here nothing happens then.
#[derive(Clone, Copy)]
struct Wants {
    text: bool,
    html: bool,
}

/// `parseStructure`, line by line.
fn parse_structure(
    parts: &[Body],
    multipart_type: &str,
    in_alternative: InAlternative,
    mut wants: Wants,
    out: &mut BodyLists,
) {
    let (text_length, html_length) = (out.text.len(), out.html.len());
    for (i, part) in parts.iter().enumerate() {
        let is_inline = !part.is_attachment
            && (part.kind == "text/plain" || part.kind == "text/html" || part.is_inline_media_type())
            && (i == 0 || (multipart_type != "related" && (part.is_inline_media_type() || !part.has_name)));
        if let Some(sub_multi_type) = part.kind.strip_prefix("multipart/") {
            let in_alternative =
                if sub_multi_type == "alternative" { InAlternative::Yes } else { in_alternative };
            parse_structure(&part.parts, sub_multi_type, in_alternative, wants, out);
        } else if is_inline {
            if multipart_type == "alternative" {
                match part.kind.as_str() {
                    "text/plain" if wants.text => out.text.push(part.id),
                    "text/html" if wants.html => out.html.push(part.id),
                    "text/plain" | "text/html" => {}
                    _ => out.attachments.push(part.id),
                }
                continue;
            } else if in_alternative == InAlternative::Yes {
                if part.kind == "text/plain" {
                    wants.html = false;
                }
                if part.kind == "text/html" {
                    wants.text = false;
                }
            }
            if wants.text {
                out.text.push(part.id);
            }
            if wants.html {
                out.html.push(part.id);
            }
            if (!wants.text || !wants.html) && part.is_inline_media_type() {
                out.attachments.push(part.id);
            }
        } else {
            out.attachments.push(part.id);
        }
    }
    if multipart_type == "alternative" && wants.text && wants.html {
        if text_length == out.text.len() && html_length != out.html.len() {
            out.text.extend_from_slice(&out.html[html_length..]);
        }
        if html_length == out.html.len() && text_length != out.text.len() {
            out.html.extend_from_slice(&out.text[text_length..]);
        }
    }
}
