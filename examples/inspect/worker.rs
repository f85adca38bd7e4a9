//! One mail after the other, in memory that is used again.

use crate::args::{Args, Mode};
use crate::mailbox;
use crate::paint::Paint;
use crate::path::Path;
use crate::source::Source;
use crate::summary::Summary;
use crate::{record, tree};
use mailwire::core::{Defect, DefectKind, Escaped};
use mailwire::message::mbox::MboxDefect;
use mailwire::message::{Index, Message, MessageDefect, Parser, Part};
use std::{io, mem};

/// What became of one mail, or of all in one file.
#[derive(Debug, Default)]
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

    /// Reads a file and looks into all of it.
    ///
    /// # Errors
    ///
    /// When it can't be read; the error names it.
    pub fn inspect(&mut self, source: &Source) -> io::Result<Outcome> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", source.shown));
        let raw = source.read().map_err(named)?;
        let Some(messages) = mailbox::open(&raw) else { return Ok(self.mail(source, "", &raw)) };
        let mut all = Outcome::default();
        for (at, (entry, defects)) in messages.iter().enumerate() {
            let Outcome { text, mut summary } =
                self.mail(source, &format!("#{}", at + 1), &entry.unescaped());
            if self.args.mode == Mode::Show && at > 0 && !text.is_empty() {
                all.text.push('\n');
            }
            all.text += &text;
            all.text += &self.of_mailbox(source, defects);
            summary.also(defects.iter().map(Defect::kind));
            all.summary.add(summary);
        }
        Ok(all)
    }

    /// Looks into one mail; `number` is added to its name.
    fn mail(&mut self, source: &Source, number: &str, raw: &[u8]) -> Outcome {
        let message = self.parser.parse_into(raw, mem::take(&mut self.index));
        let wanted = self.args.mode != Mode::Json || self.args.strict.is_some();
        let found = if wanted { self.examine(&message) } else { Vec::new() };
        let shown = format!("{}{number}", source.shown);
        let text = match self.args.mode {
            Mode::Json => record::line(&format!("{}{number}", source.file), &message, &self.parser) + "\n",
            Mode::Defects => list(&shown, &found),
            Mode::Show if source.listed => String::new(),
            Mode::Show => {
                let flags = mailbox::flags(&source.file);
                tree::draw(&shown, &flags, &message, &self.parser, self.paint)
            }
        };
        let defects = found.into_iter().map(|(_, defect)| defect.kind());
        let summary = Summary::of(raw.len(), message.index().part_count(), defects);
        self.index = message.into_index();
        Outcome { text, summary }
    }

    /// What is wrong with the mailbox itself; bytes count from its start.
    fn of_mailbox(&self, source: &Source, defects: &[Defect<MboxDefect>]) -> String {
        match self.args.mode {
            Mode::Json => String::new(),
            Mode::Defects => defects.iter().map(|defect| line(&source.shown, "", defect)).collect(),
            Mode::Show if source.listed => String::new(),
            Mode::Show => tree::of_mailbox(defects, self.paint),
        }
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
    let part = |path: &Option<String>| path.as_ref().map(|path| format!("[{path}]")).unwrap_or_default();
    found.iter().map(|(path, defect)| line(shown, &part(path), defect)).collect()
}

fn line<K: DefectKind>(shown: &str, part: &str, defect: &Defect<K>) -> String {
    let range = defect.range();
    let (severity, kind) = (defect.severity(), defect.kind());
    let (name, explanation) = (kind.name(), kind.explanation());
    let shown = Escaped(shown.as_bytes());
    format!("{shown}{part}:{}-{}: {severity} {name}: {explanation}\n", range.start, range.end)
}
