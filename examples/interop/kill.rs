//! The server of the example `smtp_server`, killed in the middle of its work. `.ci/interop` says where it is: `MAILWIRE_SMTP_SERVER`.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ROUNDS: u64 = 20;
const CLIENTS: u64 = 6;

/// A server, and where it listens.
fn start(binary: &str, maildir: &Path) -> (Child, String) {
    let mut child = Command::new(binary)
        .args(["--listen", "127.0.0.1:0", "--quiet", "--maildir"])
        .arg(maildir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().strip_prefix("listening on ").unwrap().to_owned())
}

/// One mail after another, until the server is gone. What was answered with 250 is in the list.
fn send(address: &str, client: u64, round: u64, taken: &Mutex<Vec<String>>) -> Option<()> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut expect = |code: &str| {
        let mut line = String::new();
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.get(3..4) != Some("-") {
                return line.starts_with(code).then_some(());
            }
        }
    };
    expect("220")?;
    stream.write_all(b"EHLO client.test\r\n").ok()?;
    expect("250")?;
    for mail in 0.. {
        let id = format!("r{round}c{client}m{mail}");
        stream.write_all(b"MAIL FROM:<a@client.test>\r\nRCPT TO:<b@mx.test>\r\nDATA\r\n").ok()?;
        expect("250")?;
        expect("250")?;
        expect("354")?;
        let size = usize::try_from(mail * 7919 % 60_000).ok()?;
        let body =
            format!("Subject: {id}\r\n\r\n{}\r\nend of {id}\r\n.\r\n", "0123456789\r\n".repeat(size / 12));
        stream.write_all(body.as_bytes()).ok()?;
        expect("250")?;
        taken.lock().unwrap().push(id);
    }
    None
}

#[test]
fn a_server_that_is_killed_has_every_mail_that_it_took() {
    let Ok(binary) = std::env::var("MAILWIRE_SMTP_SERVER") else {
        println!("skipped: MAILWIRE_SMTP_SERVER names no server");
        return;
    };
    let scratch = std::env::temp_dir().join(format!("mailwire-kill-{}", std::process::id()));
    let maildir = scratch.join("mail");
    fs::create_dir_all(&scratch).unwrap();
    let taken = Arc::new(Mutex::new(Vec::new()));
    for round in 0..ROUNDS {
        let (mut child, address) = start(&binary, &maildir);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (address, taken) = (address.clone(), Arc::clone(&taken));
                #[allow(clippy::disallowed_methods, reason = "a test with several clients")]
                std::thread::spawn(move || send(&address, client, round, &taken))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(40 + round * 37 % 300));
        child.kill().unwrap();
        child.wait().unwrap();
        for client in clients {
            client.join().unwrap();
        }
    }
    let mut there = HashSet::new();
    for entry in fs::read_dir(maildir.join("new")).unwrap() {
        let path = entry.unwrap().path();
        let mut text = String::new();
        #[allow(clippy::disallowed_types, reason = "a test reads what was written")]
        fs::File::open(&path).unwrap().read_to_string(&mut text).unwrap();
        let id = text.split_once("Subject: ").and_then(|(_, rest)| rest.split_once("\r\n")).unwrap().0;
        assert!(text.ends_with(&format!("\r\nend of {id}\r\n")), "{} is not whole", path.display());
        there.insert(id.to_owned());
    }
    let taken = taken.lock().unwrap();
    let lost: Vec<_> = taken.iter().filter(|id| !there.contains(*id)).collect();
    println!("{} mails taken over {ROUNDS} kills, {} there", taken.len(), there.len());
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(taken.len() > 100, "only {} mails", taken.len());
    fs::remove_dir_all(scratch).unwrap();
}
