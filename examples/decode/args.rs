//! The command line.

pub const HELP: &str = "\
Reads a capture of one side of a mail session, and shows each frame of it.

  decode WORD [--after COMMAND | --session FILE] [--split N] [--json] [--show-secrets] [FILE]

WORD is one of smtp-command, smtp-reply, smtp-data, pop3-command, pop3-response,
imap-command, imap-response, imap-greeting. Without FILE, or with -, standard input is read.

  --after COMMAND   pop3-response: every response answers this command; GREETING for greetings
  --session FILE    pop3-response: a greeting, and then the answers to the commands in FILE, in order
  --split N         gives the reader N octets at a time; the frames must be the same
  --json            a line of JSON for each frame, also on a terminal
  --show-secrets    shows passwords, tokens and challenges too

Exit status: 0 all read, 1 a frame had an error, 2 something could not be opened.
";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    SmtpCommand,
    SmtpReply,
    SmtpData,
    Pop3Command,
    Pop3Response,
    ImapCommand,
    ImapResponse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    Masked,
    Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON where standard output is no terminal.
    Either,
    Json,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub word: Word,
    pub after: Option<String>,
    pub session: Option<String>,
    pub split: usize,
    pub form: Form,
    pub secrets: Secrets,
    pub file: Option<String>,
}

impl Args {
    /// `None` asks for help.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let word = match words.next().as_deref() {
            None | Some("--help") => return Ok(None),
            Some("smtp-command") => Word::SmtpCommand,
            Some("smtp-reply") => Word::SmtpReply,
            Some("smtp-data") => Word::SmtpData,
            Some("pop3-command") => Word::Pop3Command,
            Some("pop3-response") => Word::Pop3Response,
            Some("imap-command") => Word::ImapCommand,
            Some("imap-response" | "imap-greeting") => Word::ImapResponse,
            Some(word) => return Err(format!("{word} is no word")),
        };
        let mut args = Self {
            word,
            after: None,
            session: None,
            split: usize::MAX,
            form: Form::Either,
            secrets: Secrets::Masked,
            file: None,
        };
        while let Some(option) = words.next() {
            let mut value = || words.next().ok_or(format!("{option} needs a value"));
            match option.as_str() {
                "--after" => args.after = Some(value()?),
                "--session" => args.session = Some(value()?),
                "--split" => {
                    let count = value()?.parse().ok().filter(|&count| count > 0);
                    args.split = count.ok_or("--split needs a number of octets")?;
                }
                "--json" => args.form = Form::Json,
                "--show-secrets" => args.secrets = Secrets::Shown,
                option if option.starts_with("--") => return Err(format!("{option} is no option")),
                _ if args.file.is_some() => return Err(format!("{option}: one word too many")),
                _ => args.file = Some(option),
            }
        }
        if args.after.is_some() && args.session.is_some() {
            return Err("--after and --session are not for the same capture".to_owned());
        }
        Ok(Some(args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood() {
        let parse = |words: &str| Args::parse(words.split_whitespace().map(str::to_owned));
        assert_eq!(parse(""), Ok(None));
        let args = parse("pop3-response --after RETR --split 1 --json x.txt").unwrap().unwrap();
        assert_eq!((args.word, args.split, args.form), (Word::Pop3Response, 1, Form::Json));
        assert_eq!((args.after.as_deref(), args.file.as_deref()), (Some("RETR"), Some("x.txt")));
        for wrong in ["x", "smtp-data --split 0", "smtp-data --after", "smtp-data a b", "smtp-data --x"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse("pop3-response --after STAT --session x").is_err());
    }
}
