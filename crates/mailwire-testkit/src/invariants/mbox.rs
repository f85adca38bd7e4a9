//! Mailboxes: whole, and in pieces.

use super::inside;
use mailwire_message::mbox::{
    Dialect, Item, Leniency, Limits, MboxDefect, Messages, NoEmptyLine, Splitter, Unescaper, escape_into,
    messages, unescape,
};
use std::ops::Range;

/// Splits any bytes as an mbox of each dialect: nothing but separators and empty lines is lost, pieces of any size give
/// the same messages, and what is quoted is unquoted.
pub fn mbox(bytes: &[u8]) {
    for dialect in [Dialect::Mboxo, Dialect::Mboxrd, Dialect::Mboxcl2] {
        for no_empty_line in [NoEmptyLine::Text, NoEmptyLine::Separates] {
            let leniency = Leniency::default().with_no_empty_line(no_empty_line);
            for lookahead in [16 << 20, 40] {
                let limits = Limits::default().with_lookahead(lookahead);
                pieces(bytes, &Splitter::new(dialect).with_leniency(leniency).with_limits(limits));
            }
        }
        unescaped(bytes, dialect);
    }
    let mut escaped = Vec::new();
    escape_into(bytes, &mut escaped);
    assert_eq!(&*unescape(&escaped, Dialect::Mboxrd), bytes, "what was quoted is not unquoted");

    // What is appended to an mbox is the last message in it.
    let mut mbox = [bytes, b"\n\nFrom a Fri Nov 21 09:55:06 1997\n"].concat();
    escape_into(bytes, &mut mbox);
    mbox.extend(b"\n\n");
    let last = messages(&mbox, Dialect::Mboxrd).last().unwrap();
    assert_eq!(&*last.unescaped(), [bytes, b"\n"].concat());
    let _ = Dialect::guess(bytes);
}

/// A separator's line, if there is one, and the message.
type Split = (Option<Vec<u8>>, Vec<u8>);

fn pieces(bytes: &[u8], splitter: &Splitter) {
    let mut defects = Vec::new();
    let whole = whole(bytes, splitter, &mut defects);
    defects.sort_by_key(|(kind, range)| (range.start, *kind));
    for size in [1, 2, 7, 64, 1000] {
        // One byte at a time is for small inputs.
        if bytes.len() / size > 10_000 {
            continue;
        }
        let mut found = Vec::new();
        assert_eq!(split(bytes, size, splitter.clone(), &mut found), whole, "in pieces of {size}");
        // Which is told first depends on what is there.
        found.sort_by_key(|(kind, range)| (range.start, *kind));
        assert_eq!(found, defects, "in pieces of {size}");
    }
}

fn whole(bytes: &[u8], splitter: &Splitter, defects: &mut Vec<(MboxDefect, Range<usize>)>) -> Vec<Split> {
    let mut found = Vec::new();
    let mut all = Messages::new(bytes, splitter.clone());
    let mut refuse = inside(bytes);
    let mut end = 0;
    let mut sink = |kind, range: Range<usize>| {
        refuse(kind, range.clone());
        defects.push((kind, range));
    };
    while let Some(entry) = all.next_with(&mut sink) {
        let range = entry.range();
        assert_eq!(&bytes[range.clone()], entry.raw());
        let line = entry.separator().map(|separator| separator.line());
        let between = &bytes[end..range.start];
        let empty = between.strip_suffix(line.unwrap_or_default()).unwrap();
        assert!(empty.iter().all(|byte| b"\r\n".contains(byte)), "{between:?} is lost");
        end = range.end;
        found.push((line.map(<[u8]>::to_vec), entry.raw().to_vec()));
    }
    assert!(bytes[end..].iter().all(|byte| b"\r\n".contains(byte)), "the end is lost");
    found
}

fn split(
    bytes: &[u8],
    size: usize,
    mut splitter: Splitter,
    defects: &mut Vec<(MboxDefect, Range<usize>)>,
) -> Vec<Split> {
    let mut found: Vec<Split> = Vec::new();
    let mut buffer = Vec::new();
    let mut sink = |kind, range| defects.push((kind, range));
    for chunk in bytes.chunks(size).map(Some).chain([None]) {
        match chunk {
            Some(chunk) => buffer.extend_from_slice(chunk),
            None => splitter.eof(),
        }
        let mut rest = buffer.as_slice();
        while let Some(item) = splitter.next_with(&mut rest, &mut sink) {
            match item {
                Item::Separator(separator) => found.push((Some(separator.line().to_vec()), Vec::new())),
                Item::Chunk(chunk) => {
                    assert!(!chunk.is_empty());
                    if found.is_empty() {
                        found.push((None, Vec::new()));
                    }
                    found.last_mut().unwrap().1.extend_from_slice(chunk);
                }
            }
        }
        assert!(splitter.wants(rest.len()) > 0);
        let taken = buffer.len() - rest.len();
        buffer.drain(..taken);
    }
    assert_eq!((buffer.len(), splitter.position()), (0, bytes.len() as u64));
    found
}

fn unescaped(bytes: &[u8], dialect: Dialect) {
    let whole = unescape(bytes, dialect);
    for size in [1, 3, 8] {
        let mut unescaper = Unescaper::new(dialect);
        let mut out = Vec::new();
        for mut chunk in bytes.chunks(size) {
            while let Some(piece) = unescaper.next(&mut chunk) {
                assert!(!piece.is_empty());
                out.extend_from_slice(piece);
            }
            assert!(chunk.is_empty());
        }
        out.extend_from_slice(unescaper.finish());
        assert!(out == *whole, "{dialect:?} in pieces of {size}");
    }
}
