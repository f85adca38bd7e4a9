//! Whole mails whose structure is the attack.

use super::{counted, repeat};

/// Multiparts inside each other, each with its own boundary, none ever closed.
pub fn nested_multiparts(size: usize) -> Vec<u8> {
    counted("", size, |level| {
        format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
    })
}

/// Multiparts inside each other, all closed, innermost first.
pub fn nested_multiparts_closed(size: usize) -> Vec<u8> {
    let open = size * 4 / 5;
    let mut levels = 0;
    let mut mail = counted("", open, |level| {
        levels = level + 1;
        format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
    });
    for level in (0..levels).rev() {
        mail.extend(format!("\r\n--b{level}--\r\n").into_bytes());
    }
    mail
}

/// Multiparts inside each other that all declare the same boundary.
pub fn nested_multiparts_one_boundary(size: usize) -> Vec<u8> {
    counted("", size, |_| "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".to_owned())
}

/// Messages inside each other, with nothing else in them.
pub fn nested_messages(size: usize) -> Vec<u8> {
    repeat(b"Content-Type: message/rfc822\r\n\r\n", size)
}

/// Many parts of one multipart, each declaring a boundary that is nowhere: who looks for each reads the rest each
/// time.
pub fn boundaries_that_never_occur(size: usize) -> Vec<u8> {
    counted("Content-Type: multipart/mixed; boundary=b\r\n\r\n", size, |part| {
        format!("--b\r\nContent-Type: multipart/mixed; boundary=never{part}\r\n\r\n\r\n")
    })
}

/// A hundred open multiparts whose boundaries agree but for their last bytes, then lines that are almost one of
/// them.
pub fn near_misses_of_all_ancestors(size: usize) -> Vec<u8> {
    let common = "=_".repeat(33);
    let mut mail = open_levels(&common);
    // Beside the frame, so that four times the size is four times the lines.
    mail.extend(counted("", size, |line| format!("--{common}x{:03}\r\n", line % 1000)));
    mail
}

/// A hundred open multiparts, then delimiters of each of them from the innermost to the outermost, and again a new
/// nest in that part.
pub fn closed_by_ancestors(size: usize) -> Vec<u8> {
    let nest = open_levels("level");
    let mut mail = Vec::new();
    while mail.len() < size {
        mail.extend(&nest);
        for level in (1..LEVELS).rev() {
            mail.extend(format!("--level{level:03}\r\n\r\n").into_bytes());
        }
        mail.extend(b"--level000\r\n");
    }
    mail
}

const LEVELS: usize = 100;

fn open_levels(common: &str) -> Vec<u8> {
    let mut mail = Vec::new();
    for level in 0..LEVELS {
        let boundary = format!("{common}{level:03}");
        mail.extend(
            format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n")
                .into_bytes(),
        );
    }
    mail
}

/// A multipart whose body is nothing but line ends with two hyphens behind them.
pub fn delimiter_starts(size: usize) -> Vec<u8> {
    let mut mail = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n".to_vec();
    mail.extend(repeat(b"\n--", size.saturating_sub(mail.len())));
    mail
}

/// Delimiters that are followed by long runs of blanks, as if they went on.
pub fn delimiters_with_long_tails(size: usize) -> Vec<u8> {
    let mut mail = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
    let line = format!("--b{}x\r\n", " \t".repeat(2000));
    mail.extend(repeat(line.as_bytes(), size.saturating_sub(mail.len())));
    mail
}

/// As many small parts as fit.
pub fn many_parts(size: usize) -> Vec<u8> {
    counted("Content-Type: multipart/mixed; boundary=b\r\n\r\n", size, |_| {
        "--b\r\nA: b\r\n\r\n.\r\n".to_owned()
    })
}

/// Delimiters and nothing else: every part is empty, and its header block ends where it begins.
pub fn parts_without_headers(size: usize) -> Vec<u8> {
    counted("Content-Type: multipart/mixed; boundary=b\r\n\r\n", size, |_| "--b\r\n".to_owned())
}

/// Headers without a value, and no end of the header block.
pub fn empty_headers(size: usize) -> Vec<u8> {
    repeat(b"A:\r\n", size)
}

/// Lines that are no headers, where headers are.
pub fn colonless_lines(size: usize) -> Vec<u8> {
    repeat(b"word\r\n", size)
}

/// Header names with long runs of blanks before the colon.
pub fn blanks_before_colons(size: usize) -> Vec<u8> {
    repeat(format!("Subject{}: a\r\n", " \t".repeat(500)).as_bytes(), size)
}

/// One header with a continuation line for every few bytes.
pub fn one_header_folded(size: usize) -> Vec<u8> {
    let mut mail = b"Subject: a\r\n".to_vec();
    mail.extend(repeat(b" b\r\n", size));
    mail
}

/// One header on one line that does not end.
pub fn one_line(size: usize) -> Vec<u8> {
    let mut mail = b"Subject: ".to_vec();
    mail.resize(size.max(mail.len()), b'a');
    mail
}

/// One line that is no header and does not end.
pub fn one_line_without_colon(size: usize) -> Vec<u8> {
    vec![b'a'; size]
}

/// Lines that end with a bare CR, then one LF at the very end that takes it all back.
pub fn bare_carriage_returns(size: usize) -> Vec<u8> {
    let mut mail = repeat(b"A: b\r", size);
    mail.push(b'\n');
    mail
}

/// Line ends only.
pub fn blank_lines(size: usize) -> Vec<u8> {
    repeat(b"\r\n", size)
}

/// The same header with a new boundary each time.
pub fn repeated_content_types(size: usize) -> Vec<u8> {
    counted("", size, |count| format!("Content-Type: multipart/mixed; boundary=b{count}\r\n"))
}

/// A boundary of half the size of the mail, and a line that has it but for its last byte.
pub fn one_long_boundary(size: usize) -> Vec<u8> {
    let boundary = "b".repeat(size / 2);
    format!("Content-Type: multipart/mixed; boundary={boundary}c\r\n\r\n--{boundary}\r\n\r\n").into_bytes()
}
