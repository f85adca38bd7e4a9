//! The commands that sessions are made of, read without a look at anything else.

use super::parse::{DATA, EHLO, HELO, LHLO, MAIL, NOOP, QUIT, RCPT, RSET, fold};
use super::{Command, Host, Mail, Parameters, Rcpt};
use crate::scan::{graphic_len, key, spaced_len};
use mailwire_address::{ForwardPath, Path, ReversePath};

/// Reads a command at the front of `input` that is all there, ends in CRLF and has no defect under any leniency; `found` gets it
/// and how many octets it has. `odd` says nothing: it is for [`Command::parse_with`] to say what is the matter.
///
/// A command is large. `found` is called where each one is known, and what it makes is returned as it is, so that all of it is
/// written where it stays: merged on the way, it would be copied. `context` is what both of them need.
#[inline(always)]
#[expect(clippy::inline_always, reason = "so that the item is made in its place")]
pub(crate) fn clean<'a, C, T>(
    input: &'a [u8],
    context: C,
    found: impl Fn(C, Command<'a>, usize) -> T,
    odd: impl FnOnce(C) -> T,
) -> T {
    let Some((verb, rest)) = input.split_first_chunk::<4>() else { return odd(context) };
    let len = |behind: &[u8]| behind.starts_with(b"\r\n").then(|| input.len() - behind.len() + 2);
    match fold(verb) {
        MAIL => {
            if let Some((path, parameters, behind)) = mail(rest)
                && let Some(len) = len(behind)
            {
                return match path {
                    Some(path) => {
                        let path = ReversePath::Path(path);
                        found(context, Command::Mail(Mail { path, parameters }), len)
                    }
                    None => found(context, Command::Mail(Mail { path: ReversePath::Null, parameters }), len),
                };
            }
        }
        RCPT => {
            if let Some((path, parameters, behind)) = rcpt(rest)
                && let Some(len) = len(behind)
            {
                return found(
                    context,
                    Command::Rcpt(Rcpt { path: ForwardPath::Path(path), parameters }),
                    len,
                );
            }
        }
        verb @ (DATA | RSET | QUIT | NOOP) => {
            if let Some(len) = len(rest) {
                return match verb {
                    DATA => found(context, Command::Data, len),
                    RSET => found(context, Command::Rset, len),
                    QUIT => found(context, Command::Quit, len),
                    _ => found(context, Command::Noop(None), len),
                };
            }
        }
        verb @ (EHLO | HELO | LHLO) => {
            if let Some((host, behind)) = host(rest)
                && let Some(len) = len(behind)
            {
                return match verb {
                    EHLO => found(context, Command::Ehlo(host), len),
                    HELO => found(context, Command::Helo(host), len),
                    _ => found(context, Command::Lhlo(host), len),
                };
            }
        }
        _ => {}
    }
    odd(context)
}

/// `None` is the path of nobody.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as for `clean`")]
fn mail(rest: &[u8]) -> Option<(Option<Path<'_>>, Parameters<'_>, &[u8])> {
    let (word, rest) = rest.split_first_chunk::<6>()?;
    if key(word) != const { key(b" FROM:") } {
        return None;
    }
    if let [b'<', b'>', rest @ ..] = rest {
        let (parameters, behind) = parameters(rest)?;
        return Some((None, parameters, behind));
    }
    let (path, end) = Path::plain_prefix(rest)?;
    let (parameters, behind) = parameters(rest.get(end..)?)?;
    Some((Some(path), parameters, behind))
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "as for `clean`")]
fn rcpt(rest: &[u8]) -> Option<(Path<'_>, Parameters<'_>, &[u8])> {
    let (word, rest) = rest.split_first_chunk::<4>()?;
    if key(word) != const { key(b" TO:") } {
        return None;
    }
    let (path, end) = Path::plain_prefix(rest)?;
    let (parameters, behind) = parameters(rest.get(end..)?)?;
    Some((path, parameters, behind))
}

#[inline]
fn host(rest: &[u8]) -> Option<(Host<'_>, &[u8])> {
    let [b' ', rest @ ..] = rest else { return None };
    let (name, behind) = rest.split_at_checked(graphic_len(rest))?;
    (!name.is_empty()).then_some((Host::plain(name), behind))
}

/// What stands behind a path: the parameters, and all that is behind them.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as for `clean`")]
fn parameters(rest: &[u8]) -> Option<(Parameters<'_>, &[u8])> {
    let (text, behind) = rest.split_at_checked(parameters_len(rest)?)?;
    Some((Parameters::wire(text), behind))
}

/// A number goes back in a register.
#[inline]
fn parameters_len(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'\r', ..] => Some(0),
        [b' ', ..] => {
            let (len, doubled) = spaced_len(rest);
            let ends_in_blank = rest.get(..len)?.last() == Some(&b' ');
            (!doubled && !ends_in_blank).then_some(len)
        }
        _ => None,
    }
}

/// The same of a line with nothing behind it.
#[inline]
pub(crate) fn clean_line(line: &[u8]) -> Option<Command<'_>> {
    clean(line, (), |(), command, len| if len == line.len() { Some(command) } else { None }, |()| None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Leniency, SmtpDefect};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn both(input: &[u8]) -> Option<(Command<'_>, usize)> {
        clean(input, (), |(), command, len| Some((command, len)), |()| None)
    }

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
            if let Some((command, len)) = both(text.as_bytes()) {
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
            assert_eq!(both(line).map(|(_, len)| len), Some(line.len()));
        }
    }
}
