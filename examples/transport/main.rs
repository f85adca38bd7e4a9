//! The transports that nothing else here runs: a client over futures-io, and a server over the standard library, on one socket.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a test may, and has a socket"
)]

#[path = "std.rs"]
mod blocking;
mod futures;

use ::futures::executor::block_on;
use ::futures::io::AllowStdIo;
use blocking::Std;
use futures::Futures;
use mailwire::core::machine::{Buffered, Pause, drive, drive_async};
use mailwire::smtp::client::Client;
use mailwire::smtp::config::StartTlsPolicy;
use mailwire::smtp::{ClientConfig, Envelope, Host, Server, ServerConfig, ServerEvent, ServerName};
use std::future::pending;
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;

const MAIL: &[u8] = b"Subject: hi\r\n\r\n.\r\n";

fn serve(stream: TcpStream) -> Vec<u8> {
    let config = ServerConfig::new(ServerName::new("mx.example.org").unwrap());
    let mut session = Buffered::new(Server::new(config));
    let mut body = Vec::new();
    let pause = drive(&mut session, &mut Std::new(stream).unwrap(), |event, server| {
        match event {
            ServerEvent::Chunk(chunk) => body.extend_from_slice(chunk),
            ServerEvent::Quit => {}
            _ => server.accept().unwrap(),
        }
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(pause.unwrap(), Pause::Closed);
    body
}

async fn send(stream: TcpStream) {
    // Nobody is silent here, so nothing has to wait.
    let mut transport = Futures { stream: AllowStdIo::new(stream), sleep: |_| pending::<()>() };
    let config =
        ClientConfig::new(Host::new(b"client.example.org").unwrap()).with_start_tls(StartTlsPolicy::Never);
    let mut session = Buffered::new(Client::new(config));
    let envelope =
        Envelope::new("ann@example.org".parse().unwrap()).with_recipient("bob@example.org".parse().unwrap());
    let mut is_sent = false;
    loop {
        let pause =
            drive_async(&mut session, &mut transport, async |_, _| ControlFlow::<()>::Continue(())).await;
        let client = session.machine_mut();
        match pause.unwrap() {
            Pause::Idle if is_sent => {
                assert!(client.take_outcome().unwrap().is_delivered());
                client.quit().unwrap();
            }
            Pause::Idle => {
                client.send(&envelope).unwrap();
                is_sent = true;
            }
            Pause::Blocked => {
                assert_eq!(client.data(MAIL).unwrap(), MAIL.len());
                client.end_of_data().unwrap();
            }
            _ => return,
        }
    }
}

#[test]
fn a_mail_goes_from_one_to_the_other() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (server, _) = listener.accept().unwrap();
    let server = std::thread::spawn(move || serve(server));
    block_on(send(client));
    assert_eq!(server.join().unwrap(), MAIL);
}
