//! Frames for people.

use crate::args::{Args, Secrets, Word};
use crate::line::{Line, What};
use mailwire::core::class::trim_end;
use mailwire::core::{Defects, Escaped, Frame};
use mailwire::pop3;
use mailwire::smtp::{Command, Reply};
use std::fmt::Write as _;

/// A frame as it is shown on a terminal: where it is, what it says with its secrets masked, and a caret under what is wrong.
pub fn text(line: &Line, input: &[u8], args: &Args) -> String {
    let at = usize::try_from(line.offset).unwrap_or(usize::MAX);
    let end = at.saturating_add(usize::try_from(line.length).unwrap_or(usize::MAX));
    let raw = input.get(at..end).unwrap_or_default();
    let mut out = String::new();
    let shown = match line.what {
        What::Chunk => format!("({} octets of a body)", line.length),
        What::Rest => format!("({} octets of a frame that is not whole)", line.length),
        _ if args.word == Word::SmtpData => format!("(a body of {} octets on the wire)", line.length),
        _ if args.secrets == Secrets::Shown => Escaped(trim_end(raw)).to_string(),
        _ => masked(args.word, raw),
    };
    let _ = writeln!(out, "{at:>8}  {shown}");
    let mut note = |at: usize, text: &str| {
        // A caret that would stand far to the right of everything helps nobody.
        let column = if at <= shown.chars().count() { width(raw, at) } else { 0 };
        let _ = writeln!(out, "          {:column$}^ {text}", "");
    };
    match &line.what {
        What::Error { error, at } => note(*at, error),
        What::Frame(read) => {
            for (kind, severity, from, _) in &read.defects {
                note(*from, &format!("{severity}: {kind}"));
            }
            for (name, error, at) in &read.invalid {
                note(*at, &format!("{name}: {error}"));
            }
        }
        What::Chunk | What::Rest => {}
    }
    out
}

/// How many columns the octets before `at` take.
fn width(raw: &[u8], at: usize) -> usize {
    Escaped(raw.get(..at).unwrap_or(raw)).to_string().chars().count()
}

fn masked(word: Word, raw: &[u8]) -> String {
    match word {
        Word::SmtpCommand => Frame::new(0, raw, Command::parse(raw), Defects::NONE).redacted().to_string(),
        Word::SmtpReply => Frame::new(0, raw, Reply::parse(raw), Defects::NONE).redacted().to_string(),
        Word::Pop3Command => {
            Frame::new(0, raw, pop3::Command::parse(raw), Defects::NONE).redacted().to_string()
        }
        // A challenge; anything else that a server says is no secret.
        Word::Pop3Response if raw.starts_with(b"+ ") => format!("+ <{} octets>", raw.len().saturating_sub(4)),
        Word::Pop3Response | Word::SmtpData => Escaped(trim_end(raw)).to_string(),
        Word::ImapCommand => {
            let command = mailwire::imap::Command::parse(raw);
            Frame::new(0, raw, command, Defects::NONE).redacted().to_string()
        }
        Word::ImapResponse => {
            let response = mailwire::imap::Response::parse(raw);
            Frame::new(0, raw, response, Defects::NONE).redacted().to_string()
        }
    }
}
