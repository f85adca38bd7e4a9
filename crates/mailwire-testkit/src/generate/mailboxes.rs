//! Mailboxes in which much looks like the start of a message, and flowed texts that never end.

use super::{counted, repeat};

/// Lines that begin like a separator.
pub fn from_lines(size: usize) -> Vec<u8> {
    repeat(b"From \n", size)
}

/// The same, each behind an empty line, with words that may be part of a date.
pub fn almost_separators(size: usize) -> Vec<u8> {
    repeat(b"\nFrom 1 1 1 Fri Nov 21 Fri Nov 21 9:55 Fri Nov 21 9:55:06 x\n", size)
}

/// Messages with nothing in them.
pub fn empty_messages(size: usize) -> Vec<u8> {
    repeat(b"From a Fri Nov 21 09:55:06 1997\n\n", size)
}

/// Separators that have no empty line before them.
pub fn joined_messages(size: usize) -> Vec<u8> {
    repeat(b"From a Fri Nov 21 09:55:06 1997\n", size)
}

/// A separator that never ends, and nothing else.
pub fn one_separator(size: usize) -> Vec<u8> {
    repeat(b"From ", size)
}

/// Lengths that go to the end of it all.
pub fn lengths_to_the_end(size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while out.len() < size {
        let head = "From a Fri Nov 21 09:55:06 1997\nContent-Length: ";
        let length = size - size.min(out.len());
        out.extend(format!("{head}{length:012}\n\n\n").into_bytes());
    }
    out
}

/// Lengths that lead into the middle of a later message.
pub fn lengths_that_lie(size: usize) -> Vec<u8> {
    counted("", size, |count| {
        format!("From a Fri Nov 21 09:55:06 1997\nContent-Length: {}\n\n\n", 40 + count % 4000)
    })
}

/// One header field of a message whose length is wanted.
pub fn length_of_digits(size: usize) -> Vec<u8> {
    let mut out = b"From a Fri Nov 21 09:55:06 1997\nContent-Length: ".to_vec();
    out.resize(out.len() + size, b'1');
    out
}

/// A length that leads to empty lines.
pub fn length_before_empty_lines(size: usize) -> Vec<u8> {
    let mut out = b"From a Fri Nov 21 09:55:06 1997\nContent-Length: 1\n\n1".to_vec();
    out.extend(repeat(b"\r\n", size));
    out
}

/// Lengths that all lead to one run of empty lines.
pub fn lengths_to_one_run(size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while out.len() < size / 2 {
        let head = "From a Fri Nov 21 09:55:06 1997\nContent-Length: ";
        let body = out.len() + head.len() + 12 + 2;
        out.extend(format!("{head}{:012}\n\n\n", size.max(body) - body).into_bytes());
    }
    out.resize(size, b'x');
    out.extend(repeat(b"\n", size));
    out.push(b'x');
    out
}

/// Quote marks in one line.
pub fn quote_marks(size: usize) -> Vec<u8> {
    let mut out = b"From a Fri Nov 21 09:55:06 1997\n".to_vec();
    out.resize(out.len() + size, b'>');
    out.extend(b"From \n");
    out
}

/// Quoted lines, each deeper.
pub fn quoted_from_lines(size: usize) -> Vec<u8> {
    repeat(b">From \n>>From \n> >From >From \n", size)
}

/// Soft line breaks and nothing else.
pub fn soft_breaks(size: usize) -> Vec<u8> {
    repeat(b" \n", size)
}

/// A paragraph whose lines change their depth.
pub fn soft_breaks_in_quotes(size: usize) -> Vec<u8> {
    repeat(b"> a \n>> a \n-- \n", size)
}
