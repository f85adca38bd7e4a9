//! Writes commands.

use super::Command;
use crate::line::decimal;
use alloc::vec::Vec;

impl Command<'_> {
    /// Writes the line, its CRLF included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Self::User(name) => words(out, &[b"USER ", name.as_bytes()]),
            Self::Pass(password) => words(out, &[b"PASS ", password.secret().expose()]),
            Self::Apop { name, digest } => {
                words(out, &[b"APOP ", name.as_bytes(), b" ", digest.secret().expose()]);
            }
            Self::Auth { mechanism, initial } => {
                words(out, &[b"AUTH ", mechanism.as_str().as_bytes()]);
                match initial {
                    None => {}
                    Some(empty) if empty.is_empty() => out.extend_from_slice(b" ="),
                    Some(initial) => words(out, &[b" ", initial.expose()]),
                }
            }
            Self::Mechanisms => out.extend_from_slice(b"AUTH"),
            Self::Stat => out.extend_from_slice(b"STAT"),
            Self::List(message) => numbers(out, b"LIST", message.map(|message| u64::from(message.get()))),
            Self::Uidl(message) => numbers(out, b"UIDL", message.map(|message| u64::from(message.get()))),
            Self::Retr(message) => numbers(out, b"RETR", [u64::from(message.get())]),
            Self::Top { message, lines } => numbers(out, b"TOP", [u64::from(message.get()), lines]),
            Self::Dele(message) => numbers(out, b"DELE", [u64::from(message.get())]),
            Self::Noop => out.extend_from_slice(b"NOOP"),
            Self::Rset => out.extend_from_slice(b"RSET"),
            Self::Quit => out.extend_from_slice(b"QUIT"),
            Self::Capa => out.extend_from_slice(b"CAPA"),
            Self::Stls => out.extend_from_slice(b"STLS"),
            Self::Utf8 => out.extend_from_slice(b"UTF8"),
            Self::Lang(None) => out.extend_from_slice(b"LANG"),
            Self::Lang(Some(language)) => words(out, &[b"LANG ", language.as_bytes()]),
            Self::Last => out.extend_from_slice(b"LAST"),
            Self::Xclient(attributes) => words(out, &[b"XCLIENT ", attributes.secret().expose()]),
            Self::Sasl(line) => return line.encode(out),
            Self::Unknown(command) => {
                out.extend_from_slice(command.verb());
                if !command.arguments().is_empty() {
                    words(out, &[b" ", command.arguments()]);
                }
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

fn words(out: &mut Vec<u8>, words: &[&[u8]]) {
    for word in words {
        out.extend_from_slice(word);
    }
}

fn numbers(out: &mut Vec<u8>, word: &[u8], numbers: impl IntoIterator<Item = u64>) {
    out.extend_from_slice(word);
    for number in numbers {
        out.push(b' ');
        decimal(number, out);
    }
}
