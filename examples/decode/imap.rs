//! IMAP: the words `imap-command`, `imap-response` and `imap-greeting`.

use crate::fetch;
use crate::line::{Line, Read, What, string};
use mailwire::core::{DefectKind, FrameError};
use mailwire::imap::command::{Body, Finding as CommandFinding};
use mailwire::imap::response::{Finding, Response};
use mailwire::imap::{CommandItem, CommandReader, Leniency, Limits, ResponseItem, ResponseReader};
use std::ops::Range;

/// Reads responses.
pub fn responses(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let mut reader = ResponseReader::new(Limits::default());
    let mut printer = Printer { covered: 0, chunk: 0, out };
    let failed = feed(input, split, |rest| {
        match reader.next(rest)? {
            None => return Ok(false),
            Some(ResponseItem::Chunk(octets)) => printer.chunk += octets.len() as u64,
            Some(ResponseItem::Frame(frame)) => printer.frame(frame.len(), frame.value(), |value, read| {
                response(&value, frame.raw(), read);
            }),
        }
        Ok(true)
    });
    printer.end(failed, input.len());
}

/// Reads commands; every literal is accepted.
pub fn commands(input: &[u8], split: usize, out: &mut dyn FnMut(Line)) {
    let mut reader = CommandReader::new(Limits::default());
    let mut printer = Printer { covered: 0, chunk: 0, out };
    let failed = feed(input, split, |rest| {
        match reader.next(rest)? {
            None => return Ok(false),
            Some(CommandItem::Chunk(octets)) => printer.chunk += octets.len() as u64,
            Some(CommandItem::Offer(_)) => reader.accept(),
            Some(CommandItem::Frame(frame)) => {
                if frame.value().is_ok_and(|command| matches!(command.body(), Body::Idle)) {
                    reader.expect_done();
                }
                printer.frame(frame.len(), frame.value(), |value, read| {
                    read.members.push(("command".into(), string(&frame.redacted().to_string())));
                    value.explain(frame.raw(), &Leniency::default(), &mut |finding, range| match finding {
                        CommandFinding::Defect(kind) => {
                            read.defects.push((
                                kind.name(),
                                kind.severity().to_string(),
                                range.start,
                                range.end,
                            ));
                        }
                        CommandFinding::Unknown(name) => read.raw.push(upper(name)),
                        CommandFinding::Invalid(invalid) => {
                            let error = invalid.error().shifted(range.start);
                            read.invalid.push((upper(invalid.name()), error.to_string(), error.offset()));
                        }
                    });
                });
            }
        }
        Ok(true)
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

    fn frame<T>(
        &mut self,
        len: u64,
        value: Result<T, mailwire::imap::ParseError>,
        read: impl FnOnce(T, &mut Read),
    ) {
        self.flush();
        let what = match value {
            Err(error) => What::Error { error: error.to_string(), at: error.offset() },
            Ok(value) => {
                let mut found = Read::default();
                read(value, &mut found);
                What::Frame(found)
            }
        };
        self.line(len, what);
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

fn upper(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_uppercase()
}

fn response<'a>(value: &Response<'a>, raw: &'a [u8], read: &mut Read) {
    match value {
        Response::Fetch(fetch) => {
            read.members.push(("number".into(), fetch.number().to_string()));
            let items = fetch.items().iter().flatten().map(|item| fetch::item(&item));
            read.members.extend(items.map(|(name, json)| (name.into(), json)));
        }
        Response::Tagged { tag, status } => {
            read.members.push(("tag".into(), string(&String::from_utf8_lossy(tag.as_bytes()))));
            read.members.push(("status".into(), string(&format!("{status:?}"))));
        }
        other => read.members.push(("response".into(), string(&format!("{other:?}")))),
    }
    value.explain(raw, &Leniency::default(), &mut |finding, range: Range<usize>| match finding {
        Finding::Defect(kind) => {
            read.defects.push((kind.name(), kind.severity().to_string(), range.start, range.end));
        }
        Finding::Unknown(name) => read.raw.push(upper(name)),
        Finding::Invalid(invalid) => {
            let error = invalid.error().shifted(range.start);
            read.invalid.push((upper(invalid.name()), error.to_string(), error.offset()));
        }
    });
}
