//! Shows what one side of a mail session says: each frame of a capture, and where it is wrong.
//!
//! ```sh
//! cargo run --release --example decode -- smtp-command capture.txt
//! ```

mod args;
mod fetch;
mod imap;
mod line;
mod pop3;
mod show;
mod smtp;

use args::{Args, Form, HELP, Word};
use line::{Line, What};
use pop3::Asked;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::process::ExitCode;

const WRONG: u8 = 1;
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            let written = io::stdout().write_all(HELP.as_bytes());
            return if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) };
        }
        Err(problem) => {
            eprintln!("decode: {problem}\n\n{HELP}");
            return ExitCode::from(FAILED);
        }
    };
    match decode(&args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(WRONG),
        Err(problem) => {
            eprintln!("decode: {problem}");
            ExitCode::from(FAILED)
        }
    }
}

/// Prints every frame; how many had an error.
fn decode(args: &Args) -> io::Result<u64> {
    let input = read(args.file.as_deref())?;
    let asked = match (&args.session, args.after.as_deref()) {
        (Some(path), _) => Asked::Session(read(Some(path))?),
        (None, None | Some("GREETING")) => Asked::Each(None),
        (None, Some(command)) => Asked::Each(Some(command.as_bytes().to_vec())),
    };
    let json = args.form == Form::Json || !io::stdout().is_terminal();
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut wrong, mut written) = (0, Ok(()));
    let mut print = |line: Line| {
        wrong += u64::from(matches!(line.what, What::Error { .. }));
        if written.is_ok() {
            let text = if json { line.to_json() + "\n" } else { show::text(&line, &input, args) };
            written = out.write_all(text.as_bytes());
        }
    };
    match args.word {
        Word::SmtpCommand => smtp::commands(&input, args.split, &mut print),
        Word::SmtpReply => smtp::replies(&input, args.split, &mut print),
        Word::SmtpData => smtp::bodies(&input, args.split, &mut print),
        Word::Pop3Command => pop3::commands(&input, args.split, &mut print),
        Word::Pop3Response => pop3::responses(&input, args.split, &asked, &mut print),
        Word::ImapCommand => imap::commands(&input, args.split, &mut print),
        Word::ImapResponse => imap::responses(&input, args.split, &mut print),
    }
    written.and_then(|()| out.flush()).map(|()| wrong)
}

fn read(file: Option<&str>) -> io::Result<Vec<u8>> {
    let named = |path: &str, error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    match file {
        None | Some("-") => {
            let mut input = Vec::new();
            io::stdin().lock().read_to_end(&mut input)?;
            Ok(input)
        }
        Some(path) => std::fs::read(path).map_err(|error| named(path, error)),
    }
}
