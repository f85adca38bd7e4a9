//! The command line.

use mailwire::core::Severity;
use std::ffi::{OsStr, OsString};

pub const HELP: &str = "\
Reads mail and shows what is in it.

  inspect [--json | --defects] [--strict[=SEVERITY]] [FILE | DIRECTORY | -]...

A file is shown as a tree. A directory is read with all below it, on every core, and summed up.
The mails of an mbox are named FILE#1, FILE#2 and so on; of a Maildir only new and cur are read.
`-` is standard input. Without any of them inspect shows a sample that it has inside.

  --json               one line of JSON a mail: its tree, headers, attachments, digests of its bodies
  --defects            one line for each thing that was wrong: file, bytes, severity, kind, explanation
  --strict[=SEVERITY]  exit with 1 if a mail has a defect of this severity or above:
                       note < repaired < ambiguous < limit; ambiguous where you don't say
  --help               this

Exit status: 0 all well, 1 refused by --strict, 2 something could not be read.
NO_COLOR switches colours off.
";

/// What to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Trees of files, a summary of directories.
    Show,
    Json,
    Defects,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub mode: Mode,
    pub strict: Option<Severity>,
    pub paths: Vec<OsString>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    Help,
    Inspect(Args),
}

/// Reads the arguments, the program's name not among them.
///
/// # Errors
///
/// A sentence that names the argument which makes no sense.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut args = Args { mode: Mode::Show, strict: None, paths: Vec::new() };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--help" | "-h") => return Ok(Request::Help),
            Some("--json") => set_mode(&mut args, Mode::Json)?,
            Some("--defects") => set_mode(&mut args, Mode::Defects)?,
            Some("--strict") => args.strict = Some(Severity::Ambiguous),
            Some("--") => args.paths.extend(arguments.by_ref()),
            Some(option) if option.starts_with("--strict=") => args.strict = Some(severity(option)?),
            _ if is_option(&argument) => return Err(format!("unknown option {}", argument.display())),
            _ => args.paths.push(argument),
        }
    }
    Ok(Request::Inspect(args))
}

fn set_mode(args: &mut Args, mode: Mode) -> Result<(), String> {
    if args.mode != Mode::Show && args.mode != mode {
        return Err("--json and --defects exclude each other".to_owned());
    }
    args.mode = mode;
    Ok(())
}

fn severity(option: &str) -> Result<Severity, String> {
    match option.strip_prefix("--strict=") {
        Some("note") => Ok(Severity::Note),
        Some("repaired") => Ok(Severity::Repaired),
        Some("ambiguous") => Ok(Severity::Ambiguous),
        Some("limit") => Ok(Severity::Limit),
        _ => Err(format!("{option}: the severities are note, repaired, ambiguous and limit")),
    }
}

fn is_option(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.starts_with(b"-") && bytes != b"-"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_and_paths_mix() {
        let Ok(Request::Inspect(args)) = read("a --json - --strict -- --json") else { panic!() };
        assert_eq!(args.mode, Mode::Json);
        assert_eq!(args.strict, Some(Severity::Ambiguous));
        assert_eq!(args.paths, ["a", "-", "--json"]);
    }

    #[test]
    fn severities() {
        let Ok(Request::Inspect(args)) = read("--strict=note") else { panic!() };
        assert_eq!(args.strict, Some(Severity::Note));
        assert!(read("--strict=loud").is_err());
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(read("--json --defects").is_err());
        assert!(read("-x").unwrap_err().contains("-x"));
        assert_eq!(read("a --help b"), Ok(Request::Help));
    }
}
