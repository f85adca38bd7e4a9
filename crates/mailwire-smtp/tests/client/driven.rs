//! The client in the family's driver.

use crate::script::to;
use core::convert::Infallible;
use core::ops::ControlFlow;
use mailwire_core::machine::{Pause, Received, Transport, drive};
use mailwire_core::{Buffered, Patience, Upgrade};
use mailwire_smtp::client::Client;
use mailwire_smtp::{ClientConfig, Host, Limits};

/// A server that says the next thing whenever it is listened to.
struct Peer {
    says: Vec<&'static str>,
    heard: Vec<u8>,
    upgraded: usize,
    shut: bool,
    longest: usize,
}

impl Transport for Peer {
    type Error = Infallible;

    fn read(&mut self, room: &mut [u8], patience: Option<Patience>) -> Result<Received, Infallible> {
        assert!(patience.is_some() && !self.says.is_empty());
        let text = self.says.remove(0).replace('\n', "\r\n");
        room[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Received::Octets(text.len()))
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), Infallible> {
        self.longest = self.longest.max(octets.len());
        self.heard.extend_from_slice(octets);
        Ok(())
    }

    fn upgrade(&mut self, upgrade: Upgrade) -> Result<(), Infallible> {
        assert_eq!(upgrade, Upgrade::Tls);
        self.upgraded = self.heard.len();
        Ok(())
    }

    fn shut_down(&mut self) -> Result<(), Infallible> {
        self.shut = true;
        Ok(())
    }
}

#[test]
fn a_mail_larger_than_the_output_goes_through_the_driver() {
    let config =
        ClientConfig::new(Host::new(b"me.example").unwrap()).with_limits(Limits::default().with_output(1000));
    let mut session = Buffered::new(Client::new(config));
    let mut peer = Peer {
        says: vec![
            "220 hi\n",
            "250-mx\n250 STARTTLS\n",
            "220 go\n",
            "250-mx\n250 PIPELINING\n",
            "250 ok\n250 ok\n354 go\n",
            "250 ok\n",
            "221 bye\n",
        ],
        heard: Vec::new(),
        upgraded: 0,
        shut: false,
        longest: 0,
    };
    let body = b".line\r\n".repeat(10_000);
    let mut rest = body.as_slice();
    let mut replies = 0;
    let mut sent = false;
    loop {
        let pause = drive(&mut session, &mut peer, |_, _| {
            replies += 1;
            ControlFlow::<()>::Continue(())
        });
        let client = session.machine_mut();
        match pause.unwrap() {
            Pause::Idle if !sent => {
                client.send(&to(1)).unwrap();
                sent = true;
            }
            Pause::Idle => {
                assert!(client.take_outcome().unwrap().is_delivered());
                client.quit().unwrap();
            }
            Pause::Blocked if rest.is_empty() => client.end_of_data().unwrap(),
            Pause::Blocked => rest = &rest[client.data(rest).unwrap()..],
            Pause::Closed => break,
            Pause::Break(()) => {}
        }
    }
    assert_eq!((replies, peer.shut, peer.upgraded), (9, true, b"EHLO me.example\r\nSTARTTLS\r\n".len()));
    assert!(peer.longest <= 1000, "{}", peer.longest);
    let wire = String::from_utf8(peer.heard).unwrap();
    assert!(wire.ends_with("..line\r\n.\r\nQUIT\r\n"));
    assert_eq!(wire.matches("..line\r\n").count(), 10_000);
}
