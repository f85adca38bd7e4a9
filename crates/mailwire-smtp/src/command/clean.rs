//! The commands that sessions are made of, read without a look at anything else.

use super::parse::{DATA, EHLO, HELO, LHLO, MAIL, NOOP, QUIT, RCPT, RSET, fold};
use super::{Command, Host, Mail, Parameters, Rcpt};
use crate::scan::{graphic_len, key, may_have_double_blank, printable_len};
use mailwire_address::{ForwardPath, Path, ReversePath};

/// Reads a command at the front of `input` that is all there, ends in CRLF and has no defect under any leniency, and how many
/// octets it has. `None` says nothing: it is for [`Command::parse_with`] to say what is the matter.
#[inline]
pub(crate) fn clean(input: &[u8]) -> Option<(Command<'_>, usize)> {
    let (verb, rest) = input.split_first_chunk::<4>()?;
    let (command, behind) = match fold(verb) {
        DATA => (Command::Data, rest),
        RSET => (Command::Rset, rest),
        QUIT => (Command::Quit, rest),
        NOOP => (Command::Noop(None), rest),
        EHLO => host(rest).map(|(host, behind)| (Command::Ehlo(host), behind))?,
        HELO => host(rest).map(|(host, behind)| (Command::Helo(host), behind))?,
        LHLO => host(rest).map(|(host, behind)| (Command::Lhlo(host), behind))?,
        MAIL => {
            let (word, path) = rest.split_first_chunk::<6>()?;
            if key(word) != const { key(b" FROM:") } {
                return None;
            }
            let (path, behind) = match path {
                [b'<', b'>', behind @ ..] => (ReversePath::Null, behind),
                _ => self::path(path).map(|(path, behind)| (ReversePath::Path(path), behind))?,
            };
            let (parameters, behind) = parameters(behind)?;
            (Command::Mail(Mail { path, parameters }), behind)
        }
        RCPT => {
            let (word, path) = rest.split_first_chunk::<4>()?;
            if key(word) != const { key(b" TO:") } {
                return None;
            }
            let (path, behind) = self::path(path)?;
            let (parameters, behind) = parameters(behind)?;
            (Command::Rcpt(Rcpt { path: ForwardPath::Path(path), parameters }), behind)
        }
        _ => return None,
    };
    let behind = behind.strip_prefix(b"\r\n")?;
    Some((command, input.len() - behind.len()))
}

#[inline]
fn host(rest: &[u8]) -> Option<(Host<'_>, &[u8])> {
    let [b' ', rest @ ..] = rest else { return None };
    let len = graphic_len(rest);
    if len == 0 { None } else { Some((Host::plain(rest.get(..len)?), rest.get(len..)?)) }
}

/// A plain path, and what is behind it.
#[inline]
fn path(rest: &[u8]) -> Option<(Path<'_>, &[u8])> {
    let (path, len) = Path::plain_prefix(rest)?;
    Some((path, rest.get(len..)?))
}

#[inline]
fn parameters(rest: &[u8]) -> Option<(Parameters<'_>, &[u8])> {
    match rest {
        [b'\r', ..] => Some((Parameters::NONE, rest)),
        [b' ', ..] => {
            let len = printable_len(rest);
            let (text, behind) = (rest.get(..len)?, rest.get(len..)?);
            let odd = may_have_double_blank(text) || text.last() == Some(&b' ');
            if odd { None } else { Some((Parameters::wire(text), behind)) }
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
            if let Some((command, len)) = clean(text.as_bytes()) {
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
            assert_eq!(clean(line).map(|(_, len)| len), Some(line.len()));
        }
    }
}
