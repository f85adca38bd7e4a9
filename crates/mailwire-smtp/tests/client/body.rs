//! Bodies on their way out: dots, pieces, and what may not leave.

use crate::script::{Script, Stand, plain, to};
use mailwire_core::{Buffered, Machine};
use mailwire_smtp::client::{Aborted, Client};
use mailwire_smtp::config::Chunking;
use mailwire_smtp::data::LineEnds;
use mailwire_smtp::{Body, ClientConfig, Limits};

fn chunks() -> ClientConfig {
    plain().with_chunking(Chunking::WhenOffered)
}

fn begun(config: ClientConfig) -> Script {
    let script = Script::ready(config, "PIPELINING").send(to(1)).s("250 ok\n250 ok\n354 go\n");
    script.c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n").stands(Stand::Blocked)
}

fn begun_chunks(config: ClientConfig, offers: &str) -> Script {
    let script = Script::ready(config, offers).send(to(1));
    script.c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n").s("250 ok\n250 ok\n").stands(Stand::Blocked)
}

#[test]
fn dots_are_added_and_the_last_line_is_made_whole() {
    begun(plain()).body(".\n..\nx").c("..\n...\nx\n.\n").run();
    begun(plain()).body("").c(".\n").run();
}

/// D08 and the outgoing half of smuggling: what another reader could take for a line end does not leave.
#[test]
fn strays_do_not_leave() {
    for (stray, what) in [
        ("a\nb", "a line feed without a carriage return"),
        ("a\rb", "a carriage return without a line feed"),
        ("a\0b", "a NUL"),
        ("\n.\n", "a line feed without a carriage return"),
    ] {
        let message = format!("{what} is not possible in a body of lines");
        let script = begun(plain()).act(move |client| {
            assert_eq!(client.data(b"before\r\n"), Ok(8));
            assert_eq!(client.data(stray.as_bytes()).unwrap_err().to_string(), message);
            // It changed nothing.
            assert_eq!(client.data(b"behind\r\n"), Ok(8));
        });
        script
            .c("before\nbehind\n")
            .act(|client| assert_eq!(client.abort(), Ok(Aborted::Closed)))
            .run_whole();
    }
    begun(plain())
        .act(|client| {
            assert_eq!(client.data(b"a\r"), Ok(2));
            assert!(client.end_of_data().is_err());
            assert_eq!(client.data(b"\n"), Ok(1));
            client.end_of_data().unwrap();
        })
        .c("a\n.\n")
        .run();
}

#[test]
fn line_ends_of_files_become_crlf_where_that_is_the_policy() {
    begun(plain().with_line_ends(LineEnds::Normalise))
        .act(|client| {
            assert_eq!(client.data(b"a\n.\nb\rc"), Ok(7));
            client.end_of_data().unwrap();
        })
        .c("a\n..\nb\nc\n.\n")
        .run();
    // It is done for DATA only.
    Script::ready(chunks().with_line_ends(LineEnds::Normalise), "PIPELINING,CHUNKING")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
        .run();
}

#[test]
fn a_body_is_counted_where_that_is_wanted() {
    begun_chunks(chunks(), "PIPELINING,CHUNKING")
        .body("Hi\n.\n")
        .c("BDAT 7 LAST\nHi\n.\n")
        .s("250 ok\n")
        .stands(Stand::Idle)
        .outcome(&["delivered: 250 ok"])
        .run();
    begun_chunks(chunks(), "PIPELINING,CHUNKING").body("").c("BDAT 0 LAST\n").run();
    // Its last line is made whole, as Exchange wants it.
    begun_chunks(chunks(), "PIPELINING,CHUNKING").body("x").c("BDAT 3 LAST\nx\n").run();
    // Offered, and not asked for.
    Script::ready(plain(), "PIPELINING,CHUNKING")
        .send(to(1))
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\nDATA\n")
        .run();
}

#[test]
fn binary_leaves_as_it_is() {
    Script::ready(plain(), "PIPELINING,CHUNKING,BINARYMIME")
        .send(to(1).with_body(Body::BinaryMime))
        .s("250 ok\n250 ok\n")
        .c("MAIL FROM:<a@b.example> BODY=BINARYMIME\nRCPT TO:<c0@d.example>\n")
        .act(|client| {
            assert_eq!(client.data(b"a\nb\r\0.\r"), Ok(7));
            client.end_of_data().unwrap();
        })
        .act(|client| assert_eq!(&client.transmit().unwrap()[..], b"BDAT 7 LAST\r\na\nb\r\0.\r"))
        .s("250 ok\n")
        .outcome(&["delivered: 250 ok"])
        .run();
}

/// Small limits: 128 octets of output, so that a piece of BDAT has 64.
fn small(config: ClientConfig) -> ClientConfig {
    config.with_limits(Limits::default().with_output(128))
}

#[test]
fn pieces_wait_for_each_other_in_lock_step() {
    let script = Script::ready(small(chunks()), "CHUNKING").send(to(1)).s("250 ok\n");
    script
        .s("250 ok\n")
        .c("MAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
        .act(|client| {
            assert_eq!(client.data(&[b'x'; 100]), Ok(64));
            assert_eq!(client.data(&[b'x'; 36]), Ok(36)); // The first piece is written.
            assert_eq!(client.data(&[b'y'; 100]), Ok(28));
            assert_eq!(client.data(&[b'y'; 100]), Ok(0));
        })
        .stands(Stand::NeedInput)
        .c(&format!("BDAT 64\n{}", "x".repeat(64)))
        .s("250 got 64\n")
        .stands(Stand::Blocked)
        .act(|client| client.end_of_data().unwrap())
        .c(&format!("BDAT 66 LAST\n{}{}\n", "x".repeat(36), "y".repeat(28)))
        .s("250 ok\n")
        .outcome(&["delivered: 250 ok"])
        .run();
}

#[test]
fn a_refused_piece_is_the_end_of_the_mail() {
    begun_chunks(small(chunks()), "PIPELINING,CHUNKING")
        .act(|client| {
            assert_eq!(client.data(&[b'x'; 64]), Ok(64));
            assert_eq!(client.data(&[b'x'; 64]), Ok(64));
        })
        .s("552 5.3.4 too big\n")
        .stands(Stand::Idle)
        .act(|client| assert!(client.data(b"x").is_err()))
        .outcome(&["refused: 552 5.3.4 too big"])
        .forget()
        .send(to(1))
        .c("RSET\nMAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
        .run();
}

#[test]
fn bdat_can_be_given_up() {
    begun_chunks(small(chunks()), "PIPELINING,CHUNKING")
        .act(|client| {
            assert_eq!(client.data(&[b'x'; 64]), Ok(64));
            assert_eq!(client.data(b"y"), Ok(1));
            assert_eq!(client.abort(), Ok(Aborted::InOrder));
        })
        .s("250 got 64\n")
        .stands(Stand::Idle)
        .outcome(&["not attempted"])
        .forget()
        .send(to(1))
        .c("RSET\nMAIL FROM:<a@b.example>\nRCPT TO:<c0@d.example>\n")
        .run();
}

/// A carriage return at the end of a piece waits for its line feed.
#[test]
fn a_line_end_is_not_torn_between_pieces() {
    begun_chunks(small(chunks()), "PIPELINING,CHUNKING")
        .act(|client| {
            let body = format!("{}\r\nz\r\n", "x".repeat(63));
            assert_eq!(client.data(body.as_bytes()), Ok(64));
            assert_eq!(client.data(&body.as_bytes()[64..]), Ok(4));
            client.end_of_data().unwrap();
        })
        .c(&format!("BDAT 63\n{}BDAT 5 LAST\n\nz\n", "x".repeat(63)))
        .run();
}

/// Any cut of the body, any limit: the same octets, and never many of them held.
#[test]
fn a_large_body_streams_in_little_memory() {
    let body: Vec<u8> = b"a line of a body\r\n.\r\n.dotted\r\n\r\n".repeat(200);
    for (offers, limit, cut) in [
        ("250 PIPELINING", 128, 1),
        ("250 PIPELINING", 128, 50),
        ("250 PIPELINING", 1 << 16, 4000),
        ("250 CHUNKING", 256, 77),
        ("250-PIPELINING\n250 CHUNKING", 256, 77),
    ] {
        let config = chunks().with_limits(Limits::default().with_output(limit));
        let mut session = Buffered::new(Client::new(config));
        let hear = |session: &mut Buffered<Client>, text: &str| {
            session.machine_mut().transmit();
            session.push(text.replace('\n', "\r\n").as_bytes());
            crate::script::settle(session, &mut Vec::new())
        };
        hear(&mut session, "220 hi\n");
        hear(&mut session, &format!("250-mx\n{offers}\n"));
        session.machine_mut().send(&to(1)).unwrap();
        hear(&mut session, "");
        hear(&mut session, "250 ok\n");
        if hear(&mut session, "250 ok\n") != Stand::Blocked {
            hear(&mut session, "354 go\n");
        }
        while session.machine_mut().transmit().is_some() {}
        let (mut wire, mut rest) = (Vec::new(), body.as_slice());
        while !rest.is_empty() {
            let piece = &rest[..rest.len().min(cut)];
            let taken = session.machine_mut().data(piece).unwrap();
            rest = &rest[taken..];
            let mut held = 0;
            while taken == 0
                && let Some(octets) = session.machine_mut().transmit()
            {
                held += octets.len();
                wire.extend_from_slice(&octets);
            }
            assert!(held <= limit + limit / 2 + 32, "{held} octets are held, {limit} at most");
            if taken == 0 && offers.ends_with("CHUNKING") {
                hear(&mut session, "250 ok\n");
            }
        }
        session.machine_mut().end_of_data().unwrap();
        let mut last = |session: &mut Buffered<Client>| {
            while let Some(octets) = session.machine_mut().transmit() {
                wire.extend_from_slice(&octets);
            }
        };
        last(&mut session);
        while hear(&mut session, "250 ok\n") != Stand::Idle {
            last(&mut session);
        }
        assert!(session.machine_mut().take_outcome().unwrap().is_delivered());
        let got = if offers.ends_with("CHUNKING") { unchunk(&wire) } else { undot(&wire) };
        assert!(got == body, "{offers} {limit} {cut}");
    }
}

fn undot(wire: &[u8]) -> Vec<u8> {
    let mut reader = mailwire_smtp::DataReader::new();
    let mut input = wire;
    let mut content = Vec::new();
    while let Some(item) = reader.next(&mut input) {
        match item {
            mailwire_smtp::DataItem::Chunk(chunk) => content.extend_from_slice(chunk),
            mailwire_smtp::DataItem::Frame(_) => break,
        }
    }
    content
}

fn unchunk(wire: &[u8]) -> Vec<u8> {
    use mailwire_smtp::CommandItem;
    let mut reader = mailwire_smtp::CommandReader::new(Limits::default());
    let mut input = wire;
    let mut content = Vec::new();
    while let Some(item) = reader.next(&mut input).unwrap() {
        if let CommandItem::Chunk(chunk) = item {
            content.extend_from_slice(chunk);
        }
    }
    content
}
