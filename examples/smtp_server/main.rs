//! Takes mail by SMTP, submission or LMTP, and has it on the disk before it says so.
//!
//! ```sh
//! cargo run --release --features tokio --example smtp_server -- --maildir mail
//! ```

mod args;
mod maildir;
mod session;
#[path = "../transport/tokio.rs"]
mod transport;

use args::{Args, HELP};
use maildir::Maildir;
use mailwire::core::machine::{AsyncTransport, Buffered, DriveError, drive_async};
use mailwire::sasl::Mechanism;
use mailwire::smtp::config::{Authentication, PlaintextAuth, StartTls};
use mailwire::smtp::{Answer, Code, Protocol, ReplyText, Security, Server, ServerConfig, ServerName, Strays};
use session::{Session, Shared};
use std::error::Error;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use transport::{Tls, Tokio};

fn main() -> ExitCode {
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("smtp_server: {error}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(serve(args))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("smtp_server: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What each session is made of.
#[derive(Clone)]
struct Service {
    config: Arc<ServerConfig>,
    shared: Arc<Shared>,
    tls: Tls,
}

async fn serve(args: Args) -> Result<(), Box<dyn Error>> {
    #[allow(clippy::disallowed_methods, reason = "an example has a clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let maildir = match &args.maildir {
        Some(root) => Some(Maildir::open(root, &args.name, now)?),
        None => None,
    };
    let config = configuration(&args)?;
    let tls = match &args.tls {
        Some((certificate, key)) => {
            Tls::Server(Arc::new(rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(
                CertificateDer::pem_file_iter(certificate)?.collect::<Result<_, _>>()?,
                PrivateKeyDer::from_pem_file(key)?,
            )?))
        }
        None => Tls::None,
    };
    let shared = Shared { name: args.name, maildir, users: args.users, is_quiet: args.is_quiet };
    let service = Service { config: Arc::new(config), shared: Arc::new(shared), tls };

    let (stop, stopped) = watch::channel(false);
    // Every session holds one end; when the last is gone, so is the channel.
    let (alive, mut all_gone) = mpsc::channel::<()>(1);
    for address in args.listen {
        let listener = TcpListener::bind(address).await?;
        println!("listening on {}", listener.local_addr()?);
        tokio::spawn(listen(listener, service.clone(), stopped.clone(), alive.clone()));
    }
    drop(alive);

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    stop.send(true)?;
    // A mail that is just being written down gets its answer.
    _ = tokio::time::timeout(Duration::from_secs(30), all_gone.recv()).await;
    Ok(())
}

fn configuration(args: &Args) -> Result<ServerConfig, Box<dyn Error>> {
    let mut config = ServerConfig::new(ServerName::new(&args.name)?).with_max_size(Some(args.max_size));
    // Mail programs do send bare CRs, so what the public sends is read as Postfix reads it.
    config = config.with_strays(Strays::RefuseBareLf);
    if args.is_lmtp {
        config = config.with_protocol(Protocol::Lmtp);
    }
    if args.is_implicit {
        config = config.with_security(Security::Tls);
    } else if args.tls.is_some() {
        config = config.with_start_tls(StartTls::Offered);
    }
    if args.requires_auth {
        config = config.with_authentication(Authentication::Required);
    }
    if args.allows_plaintext {
        config = config.with_plaintext_auth(PlaintextAuth::Allow);
    }
    if !args.users.is_empty() {
        for mechanism in [
            Mechanism::SCRAM_SHA_256,
            Mechanism::SCRAM_SHA_1,
            Mechanism::CRAM_MD5,
            Mechanism::PLAIN,
            Mechanism::LOGIN,
            Mechanism::OAUTHBEARER,
            Mechanism::XOAUTH2,
        ] {
            config = config.with_mechanism(mechanism);
        }
    }
    Ok(config)
}

async fn listen(
    listener: TcpListener,
    service: Service,
    mut stopped: watch::Receiver<bool>,
    alive: mpsc::Sender<()>,
) {
    loop {
        let accepted = tokio::select! {
            _ = stopped.wait_for(|&stopped| stopped) => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (service, stopped, alive) = (service.clone(), stopped.clone(), alive.clone());
                tokio::spawn(async move {
                    _ = stream.set_nodelay(true);
                    attend(stream, peer, service, stopped).await;
                    drop(alive);
                });
            }
            Err(error) => {
                eprintln!("smtp_server: {error}");
                // No file descriptors left, as a rule: some sessions have to end first.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// One session, from the first octet to the last.
async fn attend(stream: TcpStream, peer: SocketAddr, service: Service, stopped: watch::Receiver<bool>) {
    let Service { config, shared, tls } = service;
    let is_quiet = shared.is_quiet;
    let mut transport = Tokio::new(stream, tls).with_interrupt(stopped);
    if config.security == Security::Tls
        && let Err(error) = transport.handshake().await
    {
        if !is_quiet {
            eprintln!("{peer}: {error}");
        }
        return;
    }
    let mut session = Buffered::new(Server::new(config));
    let mut application = Session::new(shared, peer);
    let ended = drive_async(&mut session, &mut transport, async move |event, server| {
        application.on_event(event, server).await;
        ControlFlow::<()>::Continue(())
    })
    .await;
    match ended {
        Err(DriveError::Transport(error)) if error.kind() == std::io::ErrorKind::Interrupted => {
            transport.uninterrupted();
            let text = ReplyText::clipped("going down, come again");
            session.machine_mut().close(Answer::new(Code::NOT_AVAILABLE, text));
            _ = drive_async(&mut session, &mut transport, async |_, _| ControlFlow::<()>::Continue(())).await;
        }
        Err(error) => {
            if !is_quiet {
                eprintln!("{peer}: {error}");
            }
            // The last words are written, and the client is to hear them.
            if let DriveError::Peer(_) = error {
                _ = transport.shut_down().await;
            }
        }
        Ok(_) => {}
    }
}
