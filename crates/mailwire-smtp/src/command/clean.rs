//! The commands that sessions are made of, read without a look at anything else.

use super::parse::{DATA, EHLO, HELO, LHLO, MAIL, NOOP, QUIT, RCPT, RSET, fold};
use super::{Command, Host, Mail, Parameters, Rcpt};
use crate::scan::{graphic_len, key, spaced_len};
use mailwire_address::{ForwardPath, Path, ReversePath};

/// Reads a command at the front of `input` that is all there, ends in CRLF and has no defect under any leniency; `found` gets it
/// and how many octets it has. `None` says nothing: it is for [`Command::parse_with`] to say what is the matter.
///
/// `found` is called where the command is known, since a command is large: made here and put into its frame there, it would be
/// copied on its way.
#[inline(always)]
#[expect(clippy::inline_always, reason = "so that the item is made in its place")]
pub(crate) fn clean<'a, T>(input: &'a [u8], found: impl FnOnce(Command<'a>, usize) -> T) -> Option<T> {
    let (verb, rest) = input.split_first_chunk::<4>()?;
    let len = |behind: &[u8]| behind.starts_with(b"\r\n").then(|| input.len() - behind.len() + 2);
    let verb = fold(verb);
    match verb {
        MAIL => {
            let (word, rest) = rest.split_first_chunk::<6>()?;
            if key(word) != const { key(b" FROM:") } {
                return None;
            }
            if let [b'<', b'>', rest @ ..] = rest {
                let (parameters, behind) = parameters(rest)?;
                return Some(found(
                    Command::Mail(Mail { path: ReversePath::Null, parameters }),
                    len(behind)?,
                ));
            }
            let (path, end) = Path::plain_prefix(rest)?;
            let (parameters, behind) = parameters(rest.get(end..)?)?;
            Some(found(Command::Mail(Mail { path: ReversePath::Path(path), parameters }), len(behind)?))
        }
        RCPT => {
            let (word, rest) = rest.split_first_chunk::<4>()?;
            if key(word) != const { key(b" TO:") } {
                return None;
            }
            let (path, end) = Path::plain_prefix(rest)?;
            let (parameters, behind) = parameters(rest.get(end..)?)?;
            Some(found(Command::Rcpt(Rcpt { path: ForwardPath::Path(path), parameters }), len(behind)?))
        }
        DATA | RSET | QUIT | NOOP => {
            let len = len(rest)?;
            let command = match verb {
                DATA => Command::Data,
                RSET => Command::Rset,
                QUIT => Command::Quit,
                _ => Command::Noop(None),
            };
            Some(found(command, len))
        }
        EHLO | HELO | LHLO => {
            let [b' ', rest @ ..] = rest else { return None };
            let (name, behind) = rest.split_at_checked(graphic_len(rest))?;
            let len = len(behind).filter(|_| !name.is_empty())?;
            let host = Host::plain(name);
            let command = match verb {
                EHLO => Command::Ehlo(host),
                HELO => Command::Helo(host),
                _ => Command::Lhlo(host),
            };
            Some(found(command, len))
        }
        _ => None,
    }
}

#[inline]
fn parameters(rest: &[u8]) -> Option<(Parameters<'_>, &[u8])> {
    match rest {
        [b'\r', ..] => Some((Parameters::NONE, rest)),
        [b' ', ..] => {
            let (len, doubled) = spaced_len(rest);
            let (text, behind) = rest.split_at_checked(len)?;
            if doubled || text.last() == Some(&b' ') { None } else { Some((Parameters::wire(text), behind)) }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Leniency, SmtpDefect};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            &[
                "MAIL FROM:<",
                "mail from:",
                "RCPT TO:<",
                "rcpt to:<",
                "EHLO ",
                "helo ",
                "LHLO",
                "DATA",
                "rset",
                "QUIT",
                "NOOP",
                "VRFY ",
                "ann",
                "ann.b-c@example.com>",
                "@",
                "mx.example",
                ">",
                "<>",
                "<Postmaster>",
                " ",
                "  ",
                " SIZE=1",
                " BODY=8bitmime",
                "!",
                "\t",
                "\0",
                "é",
                "\x7f",
                "\r",
                "\n",
                "\r\n",
                "\r\n",
                "\r\n",
            ][..],
        )
    }

    proptest! {
        /// What is read in one pass is what the long way reads, with nothing to report, whatever follows the line.
        #[test]
        fn the_short_way_says_what_the_long_way_says(pieces in prop::collection::vec(piece(), 0..7)) {
            let text: String = pieces.concat();
            if let Some((command, len)) = clean(text.as_bytes(), |command, len| (command, len)) {
                let line = &text.as_bytes()[..len];
                prop_assert_eq!(line.iter().position(|&octet| octet == b'\n'), Some(len - 1));
                let mut found: Vec<SmtpDefect> = Vec::new();
                let read = Command::parse_with(line, &Leniency::DEFAULT, &mut |kind, _| found.push(kind));
                prop_assert_eq!(format!("{read:?}"), format!("{:?}", Ok::<_, ()>(command)));
                prop_assert_eq!(read, Ok(command));
                prop_assert_eq!(found, []);
            }
        }
    }

    #[test]
    fn what_sessions_are_made_of_is_read_the_short_way() {
        let lines: [&[u8]; 8] = [
            b"EHLO [192.0.2.1]\r\n",
            b"mail from:<>\r\n",
            b"MAIL FROM:<a.b@c.example> SIZE=1 X\r\n",
            b"RCPT TO:<a@b.example>\r\n",
            b"data\r\n",
            b"RSET\r\n",
            b"QUIT\r\n",
            b"NOOP\r\n",
        ];
        for line in lines {
            assert_eq!(clean(line, |_, len| len), Some(line.len()));
        }
    }
}
