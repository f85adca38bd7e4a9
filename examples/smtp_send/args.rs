//! What the command line says.

use std::path::PathBuf;

pub const HELP: &str = "\
Sends a mail by SMTP, submission or LMTP.

  smtp_send [OPTION]... HOST:PORT [FILE]

The mail is read from FILE, or from standard input. Its line ends become CRLF, its Bcc is cut out. It goes to whom its
header names, unless --to says otherwise.

  --tls HOW           starttls (required; what is done without this option), opportunistic, implicit, or none
  --ca FILE           whom to trust, in PEM; there is no list of authorities inside
  --auth USER:PASS    log in
  --token USER:TOKEN  log in with a token of OAuth
  --mechanism NAME    log in with this mechanism, instead of the best that is offered
  --allow-plaintext   log in with PLAIN or LOGIN without TLS
  --lmtp              speak LMTP
  --bdat              send the body with BDAT where that is offered
  --from ADDRESS      the sender of the envelope; <> for none
  --to ADDRESS        a recipient of the envelope; may be repeated
  --name NAME         what the client calls itself (localhost)
  --blocking          over the standard library, without TLS
  --help              this text

The server's last word on each recipient goes to standard output. The exit status is 0 if all of them have it, 1 if one was
refused, 75 if it is worth trying again, 2 if it could not be tried.
";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    Required,
    Opportunistic,
    Implicit,
    None,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    pub server: String,
    pub file: Option<PathBuf>,
    pub tls: TlsMode,
    pub ca: Option<PathBuf>,
    pub password: Option<(String, String)>,
    pub token: Option<(String, String)>,
    pub mechanism: Option<String>,
    pub allows_plaintext: bool,
    pub is_lmtp: bool,
    pub prefers_bdat: bool,
    pub from: Option<String>,
    pub to: Vec<String>,
    pub name: String,
    pub is_blocking: bool,
}

/// What was asked for; `None` for help.
///
/// # Errors
///
/// What is wrong, in a sentence.
pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Args>, String> {
    let mut args = Args {
        server: String::new(),
        file: None,
        tls: TlsMode::Required,
        ca: None,
        password: None,
        token: None,
        mechanism: None,
        allows_plaintext: false,
        is_lmtp: false,
        prefers_bdat: false,
        from: None,
        to: Vec::new(),
        name: "localhost".into(),
        is_blocking: false,
    };
    let mut places = Vec::new();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let pair = |text: String| {
            let (user, secret) = text.split_once(':').ok_or(format!("{word} needs USER:SECRET"))?;
            Ok::<_, String>(Some((user.to_owned(), secret.to_owned())))
        };
        match word.as_str() {
            "--tls" => {
                args.tls = match value()?.as_str() {
                    "starttls" => TlsMode::Required,
                    "opportunistic" => TlsMode::Opportunistic,
                    "implicit" => TlsMode::Implicit,
                    "none" => TlsMode::None,
                    other => return Err(format!("no such way to TLS: {other}")),
                }
            }
            "--ca" => args.ca = Some(value()?.into()),
            "--auth" => args.password = pair(value()?)?,
            "--token" => args.token = pair(value()?)?,
            "--mechanism" => args.mechanism = Some(value()?),
            "--allow-plaintext" => args.allows_plaintext = true,
            "--lmtp" => args.is_lmtp = true,
            "--bdat" => args.prefers_bdat = true,
            "--from" => args.from = Some(value()?),
            "--to" => args.to.push(value()?),
            "--name" => args.name = value()?,
            "--blocking" => args.is_blocking = true,
            "--help" | "-h" => return Ok(None),
            other if other.starts_with("--") => return Err(format!("no such option: {other}")),
            _ => places.push(word),
        }
    }
    let mut places = places.into_iter();
    args.server = places.next().ok_or("where to? HOST:PORT")?;
    args.file = places.next().map(PathBuf::from);
    if places.next().is_some() {
        return Err("one mail at a time".into());
    }
    if args.is_blocking && !matches!(args.tls, TlsMode::None) {
        return Err("--blocking needs --tls none".into());
    }
    if !matches!(args.tls, TlsMode::None) && args.ca.is_none() {
        return Err("whom to trust? --ca FILE".into());
    }
    Ok(Some(args))
}
