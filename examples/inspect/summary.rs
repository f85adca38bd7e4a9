//! What was found in many mails, counted.

use crate::paint::{Paint, Style, count, grouped, size};
use mailwire::core::{DefectKind, Severity};
use std::collections::BTreeMap;
use std::time::Duration;

/// Kinds of defects that are listed; the rest is rare.
const KINDS: usize = 24;

/// The sums over some mails.
#[derive(Debug, Default)]
pub struct Summary {
    mails: usize,
    bytes: usize,
    parts: usize,
    flawed: usize,
    kinds: BTreeMap<Kind, Seen>,
    worst: Option<Severity>,
}

/// A kind of defects, of mails or of mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    severity: Severity,
    name: &'static str,
    explanation: &'static str,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    times: usize,
    mails: usize,
}

impl Summary {
    /// Of one mail.
    pub fn of(bytes: usize, parts: usize, defects: impl Iterator<Item = impl DefectKind>) -> Self {
        let mut summary = Self { mails: 1, bytes, parts, ..Self::default() };
        summary.also(defects);
        summary
    }

    /// The same mail has these defects too.
    pub fn also(&mut self, defects: impl Iterator<Item = impl DefectKind>) {
        for kind in defects {
            let (severity, name, explanation) = (kind.severity(), kind.name(), kind.explanation());
            let seen = self.kinds.entry(Kind { severity, name, explanation }).or_default();
            *seen = Seen { times: seen.times + 1, mails: 1 };
            self.worst = self.worst.max(Some(severity));
        }
        self.flawed = usize::from(!self.kinds.is_empty());
    }

    pub fn add(&mut self, other: Self) {
        self.mails += other.mails;
        self.bytes += other.bytes;
        self.parts += other.parts;
        self.flawed += other.flawed;
        self.worst = self.worst.max(other.worst);
        for (kind, seen) in other.kinds {
            let sum = self.kinds.entry(kind).or_default();
            *sum = Seen { times: sum.times + seen.times, mails: sum.mails + seen.mails };
        }
    }

    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The severity of the worst defect.
    pub fn worst(&self) -> Option<Severity> {
        self.worst
    }

    /// As text. `took` is from the first byte read to the last mail examined, on so many threads.
    pub fn draw(&self, took: Duration, threads: usize, paint: Paint) -> String {
        let mut out = String::new();
        let head = format!("{}  ", count(self.mails, "mail"));
        let read = format!(
            "{} · {} · {:.2} s · {} on {}",
            size(self.bytes),
            count(self.parts, "part"),
            took.as_secs_f64(),
            rate(self.bytes, took),
            count(threads, "core"),
        );
        paint.line().own(Style::Title, &head).own(Style::Plain, &read).end(&mut out);
        if self.kinds.is_empty() {
            paint
                .line()
                .own(Style::Good, "✓ ")
                .own(Style::Plain, "nothing wrong with any of them")
                .end(&mut out);
            return out;
        }
        let clean = self.mails - self.flawed;
        let clean = format!("{} clean, {} with defects, most often in", grouped(clean), grouped(self.flawed));
        paint.line().own(Style::Plain, &clean).end(&mut out);
        out.push('\n');
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(kind, seen)| (std::cmp::Reverse((kind.severity, seen.mails)), kind.name));
        for (kind, seen) in kinds.iter().take(KINDS) {
            let severity = kind.severity;
            let times = if seen.times > seen.mails {
                format!("  {} times", grouped(seen.times))
            } else {
                String::new()
            };
            let style = Style::Severity(severity);
            let line = paint.line().own(style, &format!("  {} {severity:<9}", mark(severity)));
            let line = line.own(Style::Plain, &format!("  {:>14}", count(seen.mails, "mail")));
            let line = line.own(Style::Plain, &format!("  {}", kind.explanation));
            line.own(Style::Faint, &format!("  {}{times}", kind.name)).end(&mut out);
        }
        if kinds.len() > KINDS {
            let rest = format!("    and {} of lesser weight", count(kinds.len() - KINDS, "kind"));
            paint.line().own(Style::Faint, &rest).end(&mut out);
        }
        out
    }
}

/// Bytes a second: `118 MB/s`.
pub fn rate(bytes: usize, took: Duration) -> String {
    let micros = took.as_micros().max(1);
    let per_second = bytes as u128 * 1_000_000 / micros;
    format!("{}/s", size(usize::try_from(per_second).unwrap_or(usize::MAX)))
}

/// The sign of a severity.
pub fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "○",
        Severity::Repaired => "●",
        Severity::Ambiguous => "▲",
        Severity::Limit => "■",
    }
}
