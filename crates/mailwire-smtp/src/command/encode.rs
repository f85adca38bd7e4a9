//! Commands as they are written.

use super::{Auth, Chunk, Command, CommandText};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

impl Command<'_> {
    /// Writes the line, its end included.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Helo(host) => words(out, "HELO", host.as_bytes()),
            Self::Ehlo(host) => words(out, "EHLO", host.as_bytes()),
            Self::Lhlo(host) => words(out, "LHLO", host.as_bytes()),
            Self::Mail(mail) => {
                display(out, &format_args!("MAIL FROM:{}", mail.path));
                mail.parameters.encode(out);
            }
            Self::Rcpt(rcpt) => {
                display(out, &format_args!("RCPT TO:{}", rcpt.path));
                rcpt.parameters.encode(out);
            }
            Self::Data => words(out, "DATA", b""),
            Self::Bdat(bdat) => {
                let last = if bdat.chunk == Chunk::Last { " LAST" } else { "" };
                display(out, &format_args!("BDAT {}{last}", bdat.size));
            }
            Self::Rset => words(out, "RSET", b""),
            Self::Noop(text) => words(out, "NOOP", optional(text)),
            Self::Quit => words(out, "QUIT", b""),
            Self::Help(text) => words(out, "HELP", optional(text)),
            Self::Vrfy(text) => words(out, "VRFY", text.as_bytes()),
            Self::Expn(text) => words(out, "EXPN", text.as_bytes()),
            Self::Etrn(text) => words(out, "ETRN", text.as_bytes()),
            Self::StartTls => words(out, "STARTTLS", b""),
            Self::Auth(Auth { mechanism, initial }) => {
                words(out, "AUTH", mechanism.as_str().as_bytes());
                match initial {
                    Some(initial) if initial.is_empty() => out.extend_from_slice(b" ="),
                    Some(initial) => words(out, "", initial.expose()),
                    None => {}
                }
            }
            Self::Sasl(line) => return line.encode(out),
            Self::Xclient(attributes) => {
                words(out, "XCLIENT", b"");
                attributes.encode(out);
            }
            Self::Xforward(attributes) => {
                words(out, "XFORWARD", b"");
                attributes.encode(out);
            }
            Self::Burl(text) => words(out, "BURL", text.as_bytes()),
            Self::Atrn(text) => words(out, "ATRN", optional(text)),
            Self::Unknown(unknown) => words(out, unknown.verb().as_str(), unknown.arguments()),
        }
        out.extend_from_slice(b"\r\n");
    }
}

fn optional(text: Option<CommandText<'_>>) -> &[u8] {
    text.map_or(b"", CommandText::as_bytes)
}

fn words(out: &mut Vec<u8>, verb: &str, arguments: &[u8]) {
    out.extend_from_slice(verb.as_bytes());
    if !arguments.is_empty() {
        out.push(b' ');
        out.extend_from_slice(arguments);
    }
}

/// Writes what has no control in it.
pub(super) fn display(out: &mut Vec<u8>, value: &impl fmt::Display) {
    struct Bytes<'v>(&'v mut Vec<u8>);

    impl fmt::Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }

    // A vector takes everything.
    let _ = write!(Bytes(out), "{value}");
}
