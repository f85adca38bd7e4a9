//! Elements with something special about all that is in them, from their start tag to where they end.

use super::element::Element;
use super::tag::Tag;

/// What is in an element, told by counters alone: a stack of all that is open would grow with the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside<'h> {
    name: &'h [u8],
    element: Element,
    /// Elements of the same name that are open in it, itself included.
    alike: usize,
    /// Blocks that are open in it.
    blocks: usize,
    /// Tables and lists that are open in it.
    containers: usize,
}

/// Whether the element goes on behind a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    Not,
    /// By its own end tag, which is part of it.
    Behind,
    /// By what cannot be in it.
    Before,
}

impl<'h> Inside<'h> {
    pub(super) fn new(tag: &Tag<'h>) -> Self {
        Self { name: tag.name, element: tag.element, alike: 1, blocks: 0, containers: 0 }
    }

    /// A start tag in it.
    pub(super) fn start(&mut self, tag: &Tag<'_>) -> Ends {
        let alike = self.is_alike(tag);
        match self.element {
            // "If the stack of open elements has a p element in button scope, then close a p element."
            Element::Paragraph if tag.element.is_block() => return Ends::Before,
            Element::Item | Element::Cell | Element::Row | Element::Term | Element::Description
                if self.containers == 0 && (alike || closes(tag.element, self.element)) =>
            {
                return Ends::Before;
            }
            _ => {}
        }
        self.alike += usize::from(alike);
        self.blocks +=
            usize::from(tag.element.is_block() && !tag.element.is_void() && !ends_by_itself(tag.element));
        self.containers += usize::from(is_container(tag.element));
        Ends::Not
    }

    /// An end tag in it.
    pub(super) fn end(&mut self, tag: &Tag<'_>) -> Ends {
        if self.is_alike(tag) {
            self.alike -= 1;
            if self.alike == 0 {
                return Ends::Behind;
            }
        }
        if is_container(tag.element) || matches!(tag.element, Element::Cell | Element::Row) {
            if self.containers == 0 {
                return Ends::Before;
            }
            self.containers -= usize::from(is_container(tag.element));
        }
        if tag.element.is_block() && !ends_by_itself(tag.element) {
            if self.blocks == 0 && !self.element.is_block() {
                return Ends::Before;
            }
            self.blocks = self.blocks.saturating_sub(1);
        }
        Ends::Not
    }

    fn is_alike(&self, tag: &Tag<'_>) -> bool {
        tag.element == self.element && tag.name.eq_ignore_ascii_case(self.name)
    }
}

/// What often has no end tag, so that nothing can be counted by it.
fn ends_by_itself(element: Element) -> bool {
    matches!(
        element,
        Element::Paragraph
            | Element::Item
            | Element::Cell
            | Element::Row
            | Element::Term
            | Element::Description
    )
}

fn is_container(element: Element) -> bool {
    matches!(element, Element::Table | Element::Unordered | Element::Ordered | Element::Definitions)
}

/// Whether `next` cannot be in `open`, but for one that is in a table or a list of its own.
fn closes(next: Element, open: Element) -> bool {
    match open {
        Element::Cell => matches!(next, Element::Cell | Element::Row),
        Element::Term | Element::Description => matches!(next, Element::Term | Element::Description),
        _ => next == open,
    }
}
