//! Sends a mail: by SMTP, submission or LMTP, over tokio and rustls, or over the standard library alone.
//!
//! ```sh
//! cargo run --release --features tokio --example smtp_send -- --tls none localhost:2525 examples/inspect/sample.eml --to you@example.org
//! ```

mod args;
#[path = "../transport/std.rs"]
mod blocking;
mod mail;
#[path = "../transport/tokio.rs"]
mod transport;

use args::{Args, HELP, TlsMode};
use blocking::Std;
use mail::Mail;
use mailwire::core::dots::LineEnds;
use mailwire::core::machine::{Buffered, Machine, drive, drive_async};
use mailwire::sasl::Credentials;
use mailwire::smtp::client::{Client, ClientEvent, Fate, ReplyTo};
use mailwire::smtp::config::{Chunking, PlaintextAuth, StartTlsPolicy};
use mailwire::smtp::{ClientConfig, Host, Security};
use std::error::Error;
use std::io::Read;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use transport::{Tls, Tokio};

/// What sysexits.h calls `EX_TEMPFAIL`.
const AGAIN: u8 = 75;

fn main() -> ExitCode {
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("smtp_send: {error}");
            return ExitCode::from(2);
        }
    };
    match send(&args) {
        Ok(mail) => report(&mail),
        Err(error) => {
            eprintln!("smtp_send: {error}");
            ExitCode::from(2)
        }
    }
}

fn send(args: &Args) -> Result<Mail, Box<dyn Error>> {
    let mut raw = Vec::new();
    match &args.file {
        Some(path) => raw = std::fs::read(path)?,
        None => _ = std::io::stdin().read_to_end(&mut raw)?,
    }
    let mut mail = Mail::new(&raw, args, credentials(args)?)?;
    let session = Buffered::new(Client::new(configuration(args)?));
    if args.is_blocking {
        #[allow(clippy::disallowed_types, reason = "an example does I/O")]
        let transport = Std::new(std::net::TcpStream::connect(&args.server)?)?;
        block(session, transport, &mut mail)?;
    } else {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let stream = tokio::net::TcpStream::connect(&args.server).await?;
            stream.set_nodelay(true)?;
            let mut transport = Tokio::new(stream, tls(args)?);
            if args.tls == TlsMode::Implicit {
                transport.handshake().await?;
            }
            follow(session, transport, &mut mail).await
        })?;
    }
    Ok(mail)
}

fn configuration(args: &Args) -> Result<ClientConfig, Box<dyn Error>> {
    let host = Host::new(args.name.as_bytes())?;
    let mut config = if args.is_lmtp { ClientConfig::lmtp(host) } else { ClientConfig::new(host) };
    // A file from a disk has the line ends of the disk.
    config = config.with_line_ends(LineEnds::Normalise).with_start_tls(match args.tls {
        TlsMode::Required => StartTlsPolicy::Required,
        TlsMode::Opportunistic => StartTlsPolicy::Opportunistic,
        TlsMode::Implicit | TlsMode::None => StartTlsPolicy::Never,
    });
    if args.tls == TlsMode::Implicit {
        config = config.with_security(Security::Tls);
    }
    if args.prefers_bdat {
        config = config.with_chunking(Chunking::WhenOffered);
    }
    if args.allows_plaintext {
        config = config.with_plaintext_auth(PlaintextAuth::Allow);
    }
    // A mechanism of one's own choice is begun once the session is idle.
    Ok(match (credentials(args)?, &args.mechanism) {
        (Some(credentials), None) => config.with_credentials(credentials),
        _ => config,
    })
}

fn credentials(args: &Args) -> Result<Option<Credentials>, Box<dyn Error>> {
    let credentials = match (&args.password, &args.token) {
        (Some((user, password)), _) => Credentials::password(user, password),
        (None, Some((user, token))) => Credentials::token(user, token),
        (None, None) => return Ok(None),
    };
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce)?;
    Ok(Some(credentials.with_nonce(&format!("{:032x}", u128::from_be_bytes(nonce)))))
}

fn tls(args: &Args) -> Result<Tls, Box<dyn Error>> {
    let Some(ca) = &args.ca else { return Ok(Tls::None) };
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(ca)? {
        roots.add(certificate?)?;
    }
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let (host, _) = args.server.rsplit_once(':').ok_or("where to? HOST:PORT")?;
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    Ok(Tls::Client(Arc::new(config), ServerName::try_from(host)?))
}

/// Over a transport that blocks.
fn block(mut session: Buffered<Client>, mut transport: Std, mail: &mut Mail) -> Result<(), Box<dyn Error>> {
    loop {
        let pause = drive(&mut session, &mut transport, |event, _| heard(event));
        let pause = match pause {
            Ok(pause) => pause,
            Err(error) => return lost(session, mail, error.into()),
        };
        if mail.act(session.machine_mut(), pause)? {
            return Ok(());
        }
    }
}

/// Over one that is awaited.
async fn follow(
    mut session: Buffered<Client>,
    mut transport: Tokio,
    mail: &mut Mail,
) -> Result<(), Box<dyn Error>> {
    loop {
        let pause = drive_async(&mut session, &mut transport, async |event, _| heard(event)).await;
        let pause = match pause {
            Ok(pause) => pause,
            Err(error) => return lost(session, mail, error.into()),
        };
        if mail.act(session.machine_mut(), pause)? {
            return Ok(());
        }
    }
}

/// The server's words, for who wants to read them.
fn heard(event: ClientEvent<'_>) -> ControlFlow<()> {
    match event.to {
        // Challenges are nobody's business.
        ReplyTo::Auth => eprintln!("Auth: {}", event.reply.code()),
        to => eprintln!("{to:?}: {}", event.reply),
    }
    ControlFlow::Continue(())
}

/// The session ended badly; what is known of the mail is known.
fn lost(mut session: Buffered<Client>, mail: &mut Mail, error: Box<dyn Error>) -> Result<(), Box<dyn Error>> {
    session.machine_mut().eof();
    while session.poll().is_ok_and(|(step, _)| matches!(step, mailwire::core::Step::Event(_))) {}
    mail.keep(session.machine_mut());
    if mail.outcomes.is_empty() {
        return Err(error);
    }
    eprintln!("smtp_send: {error}");
    Ok(())
}

fn report(mail: &Mail) -> ExitCode {
    let mut status = 0;
    for (at, (envelope, outcome)) in mail.outcomes.iter().enumerate() {
        let is_last = at + 1 == mail.outcomes.len();
        for (recipient, fate) in envelope.recipients().iter().zip(outcome.recipients()) {
            // It was tried again in the next one.
            if fate.is_left_over() && !is_last {
                continue;
            }
            println!("{recipient} {fate}");
            status = match fate {
                Fate::Delivered(_) => status,
                Fate::Permanent(..) => 1,
                _ if status == 1 => 1,
                _ => AGAIN,
            };
        }
    }
    ExitCode::from(if mail.outcomes.is_empty() { 2 } else { status })
}
