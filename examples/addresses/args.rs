//! The command line.

pub const HELP: &str = "\
Says of addresses what each dialect makes of them, and marks the byte that it has no place for.

  addresses ADDRESS...       each argument is an address, a path or a list
  addresses --file FILE      each line is; `-` is standard input
  addresses --cases          answers the questions of a score, one line of JSON each, on standard input

Exit status: 0 all said, 2 something could not be read.
";

#[derive(Debug, PartialEq, Eq)]
pub enum Mode {
    Help,
    Show(Vec<String>),
    Lines(String),
    Cases,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub mode: Mode,
}

impl Args {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mode = match words.next().as_deref() {
            None | Some("--help") => Mode::Help,
            Some("--cases") => Mode::Cases,
            Some("--file") => Mode::Lines(words.next().ok_or("--file needs a file, or -")?),
            Some("--") => Mode::Show(words.by_ref().collect()),
            Some(option) if option.starts_with("--") => return Err(format!("{option} is no option")),
            Some(first) => Mode::Show(std::iter::once(first.to_owned()).chain(words.by_ref()).collect()),
        };
        match words.next() {
            Some(word) => Err(format!("{word}: one word too many")),
            None => Ok(Self { mode }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood() {
        let parse =
            |words: &str| Args::parse(words.split_whitespace().map(str::to_owned)).map(|args| args.mode);
        assert_eq!(parse(""), Ok(Mode::Help));
        assert_eq!(parse("a@b c@d"), Ok(Mode::Show(vec!["a@b".into(), "c@d".into()])));
        assert_eq!(parse("-- --a@b"), Ok(Mode::Show(vec!["--a@b".into()])));
        assert_eq!(parse("--file x"), Ok(Mode::Lines("x".into())));
        assert!(parse("--file").is_err() && parse("--cases x").is_err() && parse("--x").is_err());
    }
}
