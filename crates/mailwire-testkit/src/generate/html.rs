//! HTML documents that cost a careless reader more than their size.

use super::{counted, repeat};

/// `<<<<`: tags that only ever begin.
pub fn less_thans(size: usize) -> Vec<u8> {
    repeat(b"<", size)
}

/// Tags whose names are never over.
pub fn open_tags(size: usize) -> Vec<u8> {
    repeat(b"<a", size)
}

/// What might be an address in brackets, and never ends.
pub fn open_addresses(size: usize) -> Vec<u8> {
    repeat(b"<a@", size)
}

/// Addresses in brackets, which are read as text behind a tag that they are not.
pub fn addresses_in_brackets(size: usize) -> Vec<u8> {
    repeat(format!("<{}@>", "a".repeat(310)).as_bytes(), size)
}

/// A quote that opens a value in every tag, and in one of two closes it.
pub fn open_quotes(size: usize) -> Vec<u8> {
    repeat(b"<a b=\"c>", size)
}

/// Values that are never over.
pub fn quotes_in_turns(size: usize) -> Vec<u8> {
    repeat(b"<a b=\"'>'\" c='\">", size)
}

/// Comments inside comments, none closed.
pub fn open_comments(size: usize) -> Vec<u8> {
    repeat(b"<!--", size)
}

/// One comment full of what nearly ends it.
pub fn near_ends_of_a_comment(size: usize) -> Vec<u8> {
    [b"<!-- ".to_vec(), repeat(b"->!>", size)].concat()
}

/// Declarations that are never over.
pub fn open_declarations(size: usize) -> Vec<u8> {
    repeat(b"<!", size)
}

/// Scripts that are never over.
pub fn open_scripts(size: usize) -> Vec<u8> {
    repeat(b"<script>", size)
}

/// One script full of what nearly ends it.
pub fn near_ends_of_a_script(size: usize) -> Vec<u8> {
    [b"<script>".to_vec(), repeat(b"</scripts>", size)].concat()
}

/// Elements of one name in each other.
pub fn nested_elements(size: usize) -> Vec<u8> {
    repeat(b"<div>", size)
}

/// Elements of different names in each other.
pub fn nested_names(size: usize) -> Vec<u8> {
    counted("", size, |count| format!("<x{count}>"))
}

/// Lists in each other, with something in each.
pub fn nested_lists(size: usize) -> Vec<u8> {
    repeat(b"<ol><li>a", size)
}

/// Quotes in each other, with something in each.
pub fn nested_quotes(size: usize) -> Vec<u8> {
    repeat(b"<blockquote>a", size)
}

/// Tables in each other, with something in each.
pub fn nested_tables(size: usize) -> Vec<u8> {
    repeat(b"<table><tr><td>a<td>", size)
}

/// Short lines, each behind as many signs as there can be.
pub fn lines_in_quotes_and_lists(size: usize) -> Vec<u8> {
    let head =
        ["<blockquote>".repeat(100), "<ol start=2000000000><li>".repeat(100), "<pre>".to_owned()].concat();
    [head.into_bytes(), repeat(b"a\n", size)].concat()
}

/// Items with the longest number before each.
pub fn numbers_of_items(size: usize) -> Vec<u8> {
    let head = ["<blockquote>".repeat(100), "<ol start=-2000000000>".repeat(100)].concat();
    [head.into_bytes(), repeat(b"<li>a", size)].concat()
}

/// `&&&&`: references that only ever begin.
pub fn ampersands(size: usize) -> Vec<u8> {
    repeat(b"&", size)
}

/// Names that are nearly known, so that each is looked for.
pub fn near_references(size: usize) -> Vec<u8> {
    repeat(b"&notinva", size)
}

/// A number with more digits than any.
pub fn long_numbers(size: usize) -> Vec<u8> {
    [b"&#".to_vec(), repeat(b"9", size)].concat()
}

/// One attribute as long as everything.
pub fn one_attribute(size: usize) -> Vec<u8> {
    [b"<a href=\"https:".to_vec(), repeat(b"&amp;/", size), b"\">a</a>".to_vec()].concat()
}

/// One tag with more attributes than any.
pub fn many_attributes(size: usize) -> Vec<u8> {
    [b"<a ".to_vec(), repeat(b"style=d:;d ", size), b">a".to_vec()].concat()
}

/// Links, each behind a long text that might be its address.
pub fn links(size: usize) -> Vec<u8> {
    repeat(b"<a href=tel:1>1<a href=//a>a", size)
}

/// A hidden element full of its own kind.
pub fn hidden(size: usize) -> Vec<u8> {
    [b"<p hidden><span hidden>".to_vec(), repeat(b"<span></p>", size)].concat()
}

/// What takes no room, and what does.
pub fn fillers(size: usize) -> Vec<u8> {
    repeat("a\u{200c}\u{a0}&zwnj; ".as_bytes(), size)
}

/// Nothing but tabs that are kept, and then taken away.
pub fn kept_tabs(size: usize) -> Vec<u8> {
    [b"<pre>".to_vec(), repeat(b"\t\t\t\n", size)].concat()
}
