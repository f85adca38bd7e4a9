//! Files and directories that hold many mails: mbox, Maildir.

use mailwire::core::Defect;
use mailwire::message::mbox::{Dialect, Entry, MboxDefect, Separator, messages};
use std::fs::FileType;
use std::path::Path;

/// One message of an mbox, and what was found wrong with the mbox on the way to its end.
pub type Found<'a> = (Entry<'a>, Vec<Defect<MboxDefect>>);

/// The messages of an mbox: of a file that begins with a separator and has more than one message in it. A mail that was
/// cut out of an mbox, separator and all, is still a mail.
pub fn open(raw: &[u8]) -> Option<Vec<Found<'_>>> {
    Separator::parse(raw.split_inclusive(|&byte| byte == b'\n').next()?)?;
    let mut entries = Vec::new();
    let mut all = messages(raw, Dialect::guess(raw));
    let mut defects = Vec::new();
    while let Some(entry) = all.next_with(&mut defects) {
        entries.push((entry, std::mem::take(&mut defects)));
    }
    (entries.len() > 1).then_some(entries)
}

/// Whether a directory is a Maildir: only what lies in its `new` and `cur`, and in the folders beside them, is mail.
pub fn is_maildir(directory: &Path) -> bool {
    ["new", "cur", "tmp"].iter().all(|name| directory.join(name).is_dir())
}

/// Whether this is no mail, nor a folder of any, in a Maildir: what lies in `tmp` is not delivered yet, and files beside the
/// folders are of the delivery agent.
pub fn is_no_mail(path: &Path, kind: FileType) -> bool {
    !kind.is_dir() || path.file_name().is_some_and(|name| name == "tmp")
}

/// What the name of a file in a Maildir says of its mail: the letters behind `:2,`, in words.
pub fn flags(file_name: &str) -> Vec<&'static str> {
    let letters = file_name.rsplit_once(":2,").map_or("", |(_, letters)| letters);
    let word = |letter| match letter {
        'D' => Some("draft"),
        'F' => Some("flagged"),
        'P' => Some("passed on"),
        'R' => Some("replied to"),
        'S' => Some("seen"),
        'T' => Some("trashed"),
        _ => None,
    };
    letters.chars().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mbox_has_more_than_one_message() {
        let one = b"From a Fri Nov 21 09:55:06 1997\nTo: b\n\n".as_slice();
        assert!(open(one).is_none());
        assert_eq!(open(&[one, one].concat()).unwrap().len(), 2);
        assert!(open(&[b"To: b\n\n", one, one].concat()).is_none());
        assert!(open(b"").is_none());
    }

    #[test]
    fn flags_are_read_behind_the_last_mark() {
        assert_eq!(flags("1204680122.27c448.host:2,FSx"), ["flagged", "seen"]);
        assert_eq!(flags("1204680122.27c448.host:2,"), [""; 0]);
        assert_eq!(flags("SF.eml"), [""; 0]);
    }
}
