//! Points mailwire at mail and shows what it sees: a tree, a summary, or a line of JSON for each.
//!
//! ```sh
//! cargo run --release --example inspect              # a mail that it has inside
//! cargo run --release --example inspect -- --help    # what else it can do
//! ```

mod args;
mod json;
mod mailbox;
mod paint;
mod path;
mod pool;
mod progress;
mod record;
mod source;
mod summary;
mod tree;
mod worker;

use args::{Args, HELP, Mode, Request};
use paint::{Paint, Style};
use progress::{Progress, Quiet};
use source::Source;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::thread;
use summary::Summary;
use worker::{Outcome, Worker};

const REFUSED: u8 = 1;
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match args::parse(std::env::args_os().skip(1)) {
        Ok(Request::Inspect(args)) => inspect(&args),
        Ok(Request::Help) => {
            let written = io::stdout().write_all(HELP.as_bytes());
            written.map_or_else(|error| cannot_write(&error), |()| ExitCode::SUCCESS)
        }
        Err(problem) => {
            say(&format!("{problem}\n\n{HELP}"));
            ExitCode::from(FAILED)
        }
    }
}

fn inspect(args: &Args) -> ExitCode {
    let mut failed = false;
    let sources = if args.paths.is_empty() {
        vec![Source::sample()]
    } else {
        source::collect(&args.paths, |path, error| {
            failed = true;
            say(&format!("{}: {error}", path.display()));
        })
    };
    let paint = Paint::stdout();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(sources.len());
    let scrolls = io::stdout().is_terminal()
        && (args.mode != Mode::Show || sources.iter().any(|source| !source.listed));
    let mut progress = Progress::new(sources.len(), if scrolls { Quiet::Yes } else { Quiet::No });
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    let mut worst = None;
    let mut listed = Summary::default();

    let worker = || {
        let mut worker = Worker::new(args, paint);
        move |source: &Source| (worker.inspect(source), source.listed)
    };
    pool::in_order(&sources, threads, worker, |(outcome, is_listed): (io::Result<Outcome>, bool)| {
        match outcome {
            Ok(Outcome { text, summary }) => {
                progress.advance(summary.bytes());
                worst = worst.max(summary.worst());
                written = out.write_all(text.as_bytes());
                if is_listed {
                    listed.add(summary);
                }
            }
            Err(error) => {
                failed = true;
                progress.clear();
                progress.advance(0);
                say(&error.to_string());
            }
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.clear();

    let mut last_words = String::new();
    if args.mode == Mode::Show && sources.iter().any(|source| source.listed) {
        last_words = listed.draw(progress.elapsed(), threads, paint);
    } else if args.mode == Mode::Show && args.paths.is_empty() {
        let hint = "\nThis mail is inside inspect. For yours: cargo run --release --example inspect -- FILE|DIRECTORY|-";
        paint.line().own(Style::Faint, hint.trim_start()).end(&mut last_words);
        last_words.insert(0, '\n');
    }
    let written = written.and_then(|()| out.write_all(last_words.as_bytes())).and_then(|()| out.flush());
    let refused = args.strict.is_some_and(|strict| worst >= Some(strict));
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => cannot_write(&error),
        _ if failed => ExitCode::from(FAILED),
        _ if refused => ExitCode::from(REFUSED),
        _ => ExitCode::SUCCESS,
    }
}

fn cannot_write(error: &io::Error) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    say(&format!("standard output: {error}"));
    ExitCode::from(FAILED)
}

/// Tells the person; one who has closed standard error does not want to know.
fn say(words: &str) {
    let _ = writeln!(io::stderr(), "inspect: {words}");
}
