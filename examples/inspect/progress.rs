//! How far long work has come, on standard error.

use crate::paint::grouped;
use crate::summary::rate;
use std::io::{self, IsTerminal, Write as _};
use std::time::{Duration, Instant};

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(400);
const BETWEEN: Duration = Duration::from_millis(80);
const WIDTH: usize = 30;

/// Drawn only where a person looks on: on a terminal, when the work takes its time.
#[derive(Debug)]
pub struct Progress {
    total: usize,
    done: usize,
    bytes: usize,
    started: Instant,
    drawn: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// `quiet` where the results themselves show how far it is.
    pub fn new(total: usize, quiet: Quiet) -> Self {
        let wanted = total > 1 && quiet == Quiet::No && io::stderr().is_terminal();
        Self { total, done: 0, bytes: 0, started: now(), drawn: None, wanted }
    }

    /// One more is done.
    pub fn advance(&mut self, bytes: usize) {
        self.done += 1;
        self.bytes += bytes;
        let due = match self.drawn {
            None => self.wanted && self.started.elapsed() > PATIENCE,
            Some(last) => last.elapsed() > BETWEEN,
        };
        if due {
            self.draw();
            self.drawn = Some(now());
        }
    }

    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    fn draw(&self) {
        let filled = self.done * WIDTH / self.total.max(1);
        let bar = "━".repeat(filled);
        let rest = "─".repeat(WIDTH.saturating_sub(filled));
        let (done, total) = (grouped(self.done), grouped(self.total));
        let rate = rate(self.bytes, self.elapsed());
        // Nobody is harmed by a bar that can't be drawn.
        let _ = write!(io::stderr(), "\r\x1b[K  {bar}{rest}  {done} of {total}  {rate}");
    }
}

/// Whether the bar would only be in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quiet {
    Yes,
    No,
}

#[expect(clippy::disallowed_methods, reason = "the library must not ask the clock, a program may")]
fn now() -> Instant {
    Instant::now()
}
