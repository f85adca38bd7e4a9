//! The mails of the corpus in `shared`, read straight from its archive: nothing is unpacked to the disk.

use crate::shared;
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{Cursor, Read};

/// Every mail of the corpus as (name in the archive, bytes); `None`, and one line that says so, where it is not
/// here.
///
/// # Panics
///
/// When the archive is there and cannot be read.
pub fn mails() -> Option<Mails<impl Read>> {
    let archive = shared::folder()?.join("corpus").join("open.tar.gz");
    let bytes = fs::read(&archive).unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    Some(Mails { archive: MultiGzDecoder::new(Cursor::new(bytes)) })
}

/// An iterator over the files of a tar archive.
#[derive(Debug)]
pub struct Mails<R> {
    archive: R,
}

impl<R: Read> Iterator for Mails<R> {
    type Item = (String, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut header = [0; BLOCK];
            self.archive.read_exact(&mut header).expect("a tar archive ends with two blocks of zeros");
            if header.iter().all(|&byte| byte == 0) {
                return None;
            }
            let size = octal(&header[124..136]);
            let mut contents = vec![0; size.next_multiple_of(BLOCK)];
            self.archive.read_exact(&mut contents).expect("the file as long as its header says");
            contents.truncate(size);
            match header[156] {
                b'0' | 0 => return Some((text(&header[..100]), contents)),
                b'5' => {}
                other => panic!("an entry of kind {:?} in the archive", char::from(other)),
            }
        }
    }
}

const BLOCK: usize = 512;

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    String::from_utf8(field[..end].to_vec()).expect("a file name in UTF-8")
}

fn octal(field: &[u8]) -> usize {
    let digits =
        field.iter().skip_while(|&&byte| byte == b' ').take_while(|byte| (b'0'..=b'7').contains(byte));
    digits.fold(0, |number, byte| number * 8 + usize::from(byte - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_files_and_skips_folders() {
        let mut archive = Vec::new();
        for (name, kind, contents) in
            [("a/", b'5', b"".as_slice()), ("a/one", b'0', b"hello"), ("a/two", b'0', b"")]
        {
            let mut header = [0; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..136].copy_from_slice(format!("{:011o} ", contents.len()).as_bytes());
            header[156] = kind;
            archive.extend(header);
            archive.extend(contents);
            archive.resize(archive.len().next_multiple_of(BLOCK), 0);
        }
        archive.resize(archive.len() + 2 * BLOCK, 0);
        let read: Vec<_> = Mails { archive: archive.as_slice() }.collect();
        assert_eq!(read, [("a/one".to_owned(), b"hello".to_vec()), ("a/two".to_owned(), Vec::new())]);
    }

    #[test]
    fn the_corpus_is_whole() {
        if let Some(mails) = mails() {
            assert_eq!(mails.count(), 5709);
        }
    }
}
