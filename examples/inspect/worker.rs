//! One mail after the other, in memory that is used again.

use crate::args::{Args, Mode};
use crate::paint::Paint;
use crate::path::Path;
use crate::source::Source;
use crate::summary::Summary;
use crate::{record, tree};
use mailwire::core::{Defect, DefectKind, Escaped};
use mailwire::message::{Index, Message, MessageDefect, Parser, Part};
use std::fmt::Write as _;
use std::{io, mem};

/// What became of one mail.
#[derive(Debug)]
pub struct Outcome {
    /// What to print of it.
    pub text: String,
    pub summary: Summary,
}

/// What one thread needs.
#[derive(Debug)]
pub struct Worker<'o> {
    args: &'o Args,
    paint: Paint,
    parser: Parser,
    index: Index,
}

/// A defect, and the path of the message that it is in: `None` for the mail itself, else of the part that holds an
/// encoded one, whose bytes are counted decoded.
type Found = (Option<String>, Defect<MessageDefect>);

impl<'o> Worker<'o> {
    pub fn new(args: &'o Args, paint: Paint) -> Self {
        Self { args, paint, parser: Parser::new(), index: Index::new() }
    }

    /// Reads a mail and looks into all of it.
    ///
    /// # Errors
    ///
    /// When it can't be read; the error names it.
    pub fn inspect(&mut self, source: &Source) -> io::Result<Outcome> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", source.shown));
        let raw = source.read().map_err(named)?;
        let message = self.parser.parse_into(&raw, mem::take(&mut self.index));
        let wanted = self.args.mode != Mode::Json || self.args.strict.is_some();
        let found = if wanted { self.examine(&message) } else { Vec::new() };
        let text = match self.args.mode {
            Mode::Json => record::line(&source.file, &message, &self.parser) + "\n",
            Mode::Defects => list(&source.shown, &found),
            Mode::Show if source.listed => String::new(),
            Mode::Show => tree::draw(&source.shown, &message, &self.parser, self.paint),
        };
        let defects = found.into_iter().map(|(_, defect)| defect);
        let summary = Summary::of(raw.len(), message.index().part_count(), defects);
        self.index = message.into_index();
        Ok(Outcome { text, summary })
    }

    /// Everything that is wrong, also in encoded messages.
    fn examine(&self, message: &Message<'_>) -> Vec<Found> {
        let mut found: Vec<Found> = message.examine().into_iter().map(|defect| (None, defect)).collect();
        self.examine_nested(message.root(), &mut Path::default(), &mut found);
        found
    }

    fn examine_nested(&self, root: Part<'_, '_>, path: &mut Path, found: &mut Vec<Found>) {
        let above = path.depth();
        for part in root.walk() {
            path.enter(above + usize::from(part.depth()));
            if let Some(message) = part.nested(&self.parser) {
                let at = path.to_string();
                found.extend(message.examine().into_iter().map(|defect| (Some(at.clone()), defect)));
                self.examine_nested(message.root(), path, found);
            }
        }
    }
}

/// One line for each defect.
fn list(shown: &str, found: &[Found]) -> String {
    let mut out = String::new();
    for (path, defect) in found {
        let range = defect.range();
        let (severity, kind) = (defect.severity(), defect.kind());
        let part = path.as_ref().map(|path| format!("[{path}]")).unwrap_or_default();
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}{part}:{}-{}: {severity} {}: {}",
            Escaped(shown.as_bytes()),
            range.start,
            range.end,
            kind.name(),
            kind.explanation()
        );
    }
    out
}
