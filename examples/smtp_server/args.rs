//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

pub const HELP: &str = "\
Takes mail by SMTP or LMTP, and writes each into a Maildir before it says so.

  smtp_server [OPTION]... --maildir DIR
  smtp_server [OPTION]... --discard

  --listen ADDRESS    where to listen (127.0.0.1:2525); port 0 finds a free one; may be repeated
  --lmtp              speak LMTP
  --tls CERT KEY      offer STARTTLS with these files in PEM
  --implicit-tls      with --tls: begin with TLS, and offer no STARTTLS
  --auth USER:PASS    who may log in; may be repeated
  --require-auth      take no mail without a login
  --allow-plaintext   offer PLAIN and LOGIN without TLS
  --name NAME         what the server calls itself (localhost)
  --max-size OCTETS   the largest mail (10240000)
  --maildir DIR       where mail goes: DIR/new
  --discard           throw mail away
  --quiet             no log of the sessions
  --help              this text

The log goes to standard error, without secrets. SIGTERM and SIGINT end the sessions (421) and then the server.
";

#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    pub listen: Vec<SocketAddr>,
    pub is_lmtp: bool,
    pub tls: Option<(PathBuf, PathBuf)>,
    pub is_implicit: bool,
    pub users: Vec<(String, String)>,
    pub requires_auth: bool,
    pub allows_plaintext: bool,
    pub name: String,
    pub max_size: u64,
    /// `None`: mail is thrown away.
    pub maildir: Option<PathBuf>,
    pub is_quiet: bool,
}

/// What was asked for; `None` for help.
///
/// # Errors
///
/// What is wrong, in a sentence.
pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Args>, String> {
    let mut args = Args {
        listen: Vec::new(),
        is_lmtp: false,
        tls: None,
        is_implicit: false,
        users: Vec::new(),
        requires_auth: false,
        allows_plaintext: false,
        name: "localhost".into(),
        max_size: 10_240_000,
        maildir: None,
        is_quiet: false,
    };
    let mut discards = false;
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--listen" => {
                let text = value()?;
                args.listen.push(text.parse().map_err(|_| format!("no address and port: {text}"))?);
            }
            "--lmtp" => args.is_lmtp = true,
            "--tls" => args.tls = Some((value()?.into(), value()?.into())),
            "--implicit-tls" => args.is_implicit = true,
            "--auth" => {
                let text = value()?;
                let (user, password) = text.split_once(':').ok_or("--auth needs USER:PASS")?;
                args.users.push((user.into(), password.into()));
            }
            "--require-auth" => args.requires_auth = true,
            "--allow-plaintext" => args.allows_plaintext = true,
            "--name" => args.name = value()?,
            "--max-size" => args.max_size = value()?.parse().map_err(|_| "--max-size needs a number")?,
            "--maildir" => args.maildir = Some(value()?.into()),
            "--discard" => discards = true,
            "--quiet" => args.is_quiet = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("no such option: {other}")),
        }
    }
    if args.listen.is_empty() {
        args.listen.push(SocketAddr::from(([127, 0, 0, 1], 2525)));
    }
    if args.maildir.is_some() == discards {
        return Err("either --maildir DIR or --discard".into());
    }
    if args.is_implicit && args.tls.is_none() {
        return Err("--implicit-tls needs --tls".into());
    }
    Ok(Some(args))
}
