//! Our client and our server over a hostile wire: octet by octet, cut anywhere, broken anywhere.
#![allow(clippy::unwrap_used, reason = "a test may")]

use mailwire_core::{Buffered, Machine, Step};
use mailwire_smtp::client::Client;
use mailwire_smtp::config::{Chunking, StartTlsPolicy};
use mailwire_smtp::{ClientConfig, Envelope, Host, Server, ServerConfig, ServerEvent, ServerName};
use mailwire_testkit::invariants::smtp_mails;

#[test]
fn both_sides_agree_on_ten_thousand_mails() {
    let (mut mails, mut delivered) = (0, 0);
    for seed in 0.. {
        let (more, there) = smtp_mails(seed);
        mails += more;
        delivered += there;
        if mails >= 10_000 {
            break;
        }
    }
    println!("{mails} mails, {delivered} recipients have theirs");
    assert!(delivered > 5_000, "{delivered}");
}

/// A gigabyte from our client to our server, behind DATA and by BDAT: neither holds more of it than it says.
#[test]
fn a_gigabyte_goes_through_both_in_small_pieces() {
    for chunking in [Chunking::WhenNeeded, Chunking::WhenOffered] {
        let server = ServerConfig::new(ServerName::new("mx.test").unwrap()).with_max_size(None);
        let client =
            ClientConfig::new(Host::new(b"client.test").unwrap()).with_start_tls(StartTlsPolicy::Never);
        let mut server = Buffered::new(Server::new(server));
        let mut client = Buffered::new(Client::new(client.with_chunking(chunking)));
        let block = [&[b'x'; 62][..], b"\r\n"].concat().repeat(512);
        let (mut sent, mut came) = (0_u64, 0_u64);
        let mut outcome = None;
        while outcome.is_none() {
            loop {
                match client.poll().unwrap().0 {
                    Step::Event(_) => {}
                    Step::Idle if sent == 0 => {
                        let envelope = Envelope::new("ann@client.test".parse().unwrap());
                        let envelope = envelope.with_recipient("bob@mx.test".parse().unwrap());
                        client.machine_mut().send(&envelope).unwrap();
                    }
                    Step::Idle => {
                        outcome = client.machine_mut().take_outcome();
                        break;
                    }
                    Step::Blocked if sent < 1 << 30 => {
                        sent += client.machine_mut().data(&block).unwrap() as u64;
                        break;
                    }
                    Step::Blocked => {
                        client.machine_mut().end_of_data().unwrap();
                        break;
                    }
                    _ => break,
                }
            }
            while let Some(octets) = client.machine_mut().transmit() {
                assert!(octets.len() <= 70_000, "{}", octets.len());
                server.push(&octets);
            }
            while let (Step::Event(event), server) = server.poll().unwrap() {
                match event {
                    ServerEvent::Chunk(chunk) => came += chunk.len() as u64,
                    _ => server.accept().unwrap(),
                }
            }
            assert!(server.rest().len() < 8);
            while let Some(octets) = server.machine_mut().transmit() {
                client.push(&octets);
            }
        }
        assert!(outcome.unwrap().is_delivered());
        assert!(sent >= 1 << 30 && came == sent, "{came} of {sent}");
    }
}

#[test]
fn sessions_can_go_anywhere() {
    const fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<Server>();
    anywhere::<Client>();
    anywhere::<Buffered<Server>>();
    anywhere::<ServerConfig>();
}
