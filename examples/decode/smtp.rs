//! SMTP: the words `smtp-command`, `smtp-reply` and `smtp-data`.

use crate::line::{Line, Read, What, string};
use mailwire::core::{Defect, DefectKind, Frame, FrameError, frame};
use mailwire::smtp::data::DataItem;
use mailwire::smtp::reader::CommandItem;
use mailwire::smtp::{
    Capability, Code, Command, CommandReader, DataReader, Leniency, Limits, Mail, Parameters, Rcpt, Reply,
    ReplyReader, SaslLine, SmtpDefect, Strays,
};

/// Reads commands, `split` octets a read, and hands out a line for each; the octets of a BDAT are joined.
pub fn commands(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let mut reader = CommandReader::new(Limits::default());
    let mut printer = Printer { covered: 0, chunk: 0, out };
    let failed = feed(input, split, |rest| {
        match reader.next(rest)? {
            None => return Ok(false),
            Some(CommandItem::Chunk(octets)) => printer.chunk += octets.len() as u64,
            Some(CommandItem::Frame(frame)) => {
                printer.frame(&frame, command);
                // Who recorded the session may have left the client's lines of the exchange in it.
                let exchange = matches!(frame.value(), Ok(Command::Auth(_) | Command::Sasl(_)));
                let next = input.get(usize::try_from(reader.offset()).unwrap_or(usize::MAX)..);
                if exchange && goes_on(next.unwrap_or_default()) {
                    reader.expect_sasl();
                }
            }
        }
        Ok(true)
    });
    printer.end(failed, input.len());
}

/// Whether the first line is one of an exchange and no command.
fn goes_on(input: &[u8]) -> bool {
    let line = input.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    SaslLine::parse(line).is_ok() && matches!(Command::parse(line), Err(_) | Ok(Command::Unknown(_)))
}

/// Reads replies.
pub fn replies(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let mut reader = ReplyReader::new(Limits::default());
    let mut printer = Printer { covered: 0, chunk: 0, out };
    let failed = feed(input, split, |rest| {
        let Some(frame) = reader.next(rest)? else { return Ok(false) };
        printer.frame(&frame, reply);
        Ok(true)
    });
    printer.end(failed, input.len());
}

/// Reads one body behind another: a frame for each.
pub fn bodies(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let new = |at| DataReader::new().with_strays(Strays::Keep).starting_at(at);
    let mut reader = new(0);
    let mut printer = Printer { covered: 0, chunk: 0, out };
    let failed = feed(input, split, |rest| match reader.next(rest) {
        None => Ok(false),
        Some(DataItem::Chunk(_)) => Ok(true),
        Some(DataItem::Frame(frame)) => {
            let tally = *reader.tally();
            printer.frame(&frame, |_, read| {
                read.members.push(("octets".into(), tally.octets().to_string()));
                read.members.push(("lines".into(), tally.lines().to_string()));
                for (kind, (_, at)) in frame.defects().iter().zip(tally.strays()) {
                    let at = usize::try_from(at).unwrap_or(usize::MAX);
                    read.defects.push((kind.name(), kind.severity().to_string(), at, at + 1));
                }
            });
            reader = new(reader.offset());
            Ok(true)
        }
    });
    printer.end(failed, input.len());
}

/// Hands over `split` more octets at a time, what was not taken first, until `step` has enough of each.
fn feed<'i>(
    input: &'i [u8],
    split: usize,
    mut step: impl FnMut(&mut &'i [u8]) -> Result<bool, FrameError>,
) -> Option<FrameError> {
    let (mut taken, mut have) = (0, 0);
    while have < input.len() {
        have = have.saturating_add(split).min(input.len());
        let mut rest = input.get(taken..have).unwrap_or_default();
        loop {
            match step(&mut rest) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Some(error),
            }
        }
        taken = have - rest.len();
    }
    None
}

/// Hands out lines, and knows how much of the input they cover.
struct Printer<'o> {
    covered: u64,
    /// Octets of a chunk that is not yet over.
    chunk: u64,
    out: &'o mut dyn FnMut(Line),
}

impl Printer<'_> {
    fn line(&mut self, length: u64, what: What) {
        (self.out)(Line { offset: self.covered, length, what });
        self.covered += length;
    }

    fn flush(&mut self) {
        let length = std::mem::take(&mut self.chunk);
        if length > 0 {
            self.line(length, What::Chunk);
        }
    }

    fn frame<'b, T>(&mut self, frame: &Frame<'b, T>, read: impl FnOnce(&Frame<'b, T>, &mut Read))
    where
        T: frame::Value<Defect = SmtpDefect>,
    {
        self.flush();
        let what = if let Err(error) = frame.value() {
            What::Error { error: error.to_string(), at: error.offset() }
        } else {
            let mut found = Read::default();
            read(frame, &mut found);
            What::Frame(found)
        };
        self.line(frame.len(), what);
    }

    /// What is left at the end of the input, or behind what can't be read further.
    fn end(&mut self, failed: Option<FrameError>, len: usize) {
        self.flush();
        let left = len as u64 - self.covered;
        let what = match failed {
            Some(error) => {
                let at = usize::try_from(error.at() - self.covered).unwrap_or(usize::MAX);
                What::Error { error: error.to_string(), at }
            }
            None if left == 0 => return,
            None => What::Rest,
        };
        self.line(left, what);
    }
}

fn defects(found: &[Defect<SmtpDefect>], read: &mut Read) {
    read.defects.extend(found.iter().map(|defect| {
        let range = defect.range();
        (defect.kind().name(), defect.severity().to_string(), range.start, range.end)
    }));
}

fn command(frame: &Frame<'_, Command<'_>>, read: &mut Read) {
    let mut found: Vec<Defect<SmtpDefect>> = Vec::new();
    if let Ok(Command::Sasl(_)) = frame.value() {
        read.members.push(("sasl".into(), string(&frame.redacted().to_string())));
        return;
    }
    let Ok(value) = Command::parse_with(frame.raw(), &Leniency::default(), &mut found) else { return };
    read.members.push(("command".into(), string(&frame.redacted().to_string())));
    match value {
        Command::Unknown(unknown) => read.raw.push(unknown.verb().as_str().to_ascii_uppercase()),
        Command::Mail(Mail { parameters, .. }) | Command::Rcpt(Rcpt { parameters, .. }) => {
            parameters_of(&parameters, frame.raw(), read);
        }
        _ => {}
    }
    defects(&found, read);
}

fn parameters_of(parameters: &Parameters<'_>, raw: &[u8], read: &mut Read) {
    for parameter in parameters.iter() {
        match parameter {
            Ok(mailwire::smtp::Parameter::Other { keyword, .. }) => {
                read.raw.push(keyword.as_str().to_ascii_uppercase());
            }
            Ok(_) => {}
            Err(invalid) => {
                let name = String::from_utf8_lossy(invalid.keyword()).to_ascii_uppercase();
                let error = invalid.error().shifted(place(raw, invalid.text()));
                read.invalid.push((name, error.to_string(), error.offset()));
            }
        }
    }
}

/// Where `part` stands in `raw`, of which it is a part.
fn place(raw: &[u8], part: &[u8]) -> usize {
    raw.windows(part.len().max(1))
        .rposition(|window| std::ptr::eq(window.as_ptr(), part.as_ptr()))
        .unwrap_or_default()
}

fn reply(frame: &Frame<'_, Reply<'_>>, read: &mut Read) {
    let mut found: Vec<Defect<SmtpDefect>> = Vec::new();
    let Ok(value) = Reply::parse_with(frame.raw(), &Leniency::default(), &mut found) else { return };
    read.members.push(("code".into(), value.code().as_u16().to_string()));
    if let Some(enhanced) = value.enhanced() {
        read.members.push(("enhanced".into(), string(&enhanced.to_string())));
    }
    if value.challenge().is_some() {
        read.members.push(("text".into(), string(&frame.redacted().to_string())));
    } else {
        let lines: Vec<String> = value.lines().map(|line| string(&String::from_utf8_lossy(line))).collect();
        read.members.push(("lines".into(), format!("[{}]", lines.join(", "))));
    }
    // Which command was answered is not known: what announces a capability that is known is an answer to EHLO.
    let unknown = |capability: &Capability<'_>| matches!(capability, Capability::Other { .. });
    let capabilities = value.capabilities();
    if value.code() == Code::OK && !capabilities.iter().all(|one| unknown(&one)) {
        let unknown = capabilities.iter().filter(unknown);
        read.raw.extend(unknown.map(|one| one.keyword().to_string().to_ascii_uppercase()));
    }
    defects(&found, read);
}
