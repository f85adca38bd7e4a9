//! Once it is warm, an index costs no allocation, whatever the mail.

use mailwire::message::{Index, Parser};
use mailwire_benches::allocations::{Counting, count};
use mailwire_testkit::mail;

#[path = "../inputs.rs"]
mod inputs;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn the_counter_counts() {
    let (bytes, allocations) = count(|| vec![1_u8, 2, 3]);
    assert_eq!((bytes.len(), allocations), (3, 1));
    let ((), allocations) = count(|| drop(bytes));
    assert_eq!(allocations, 0);
}

#[test]
fn indexing_allocates_nothing_in_steady_state() {
    let parser = Parser::new();
    let mut index = Index::new();
    let mut inputs = inputs::small();
    inputs.extend([mail::newsletter(47_000), mail::attachment(100_000), mail::nested(100)]);
    for mail in &inputs {
        parser.index_into(mail, &mut index);
    }
    for mail in &inputs {
        let ((), allocations) = count(|| parser.index_into(mail, &mut index));
        assert_eq!(allocations, 0, "{}", mail[..200].escape_ascii());
    }
}

/// No command, no reply and no chunk of a body costs an allocation; neither does what is read of them.
#[test]
fn the_wire_allocates_nothing() {
    use mailwire::pop3::{self, ResponseReader};
    use mailwire::smtp::data::{DataItem, DataReader, DataWriter};
    use mailwire::smtp::reader::CommandItem;
    use mailwire::smtp::{Command, CommandReader, Limits, ReplyReader};

    let commands = b"EHLO a.example\r\nMAIL FROM:<\"a b\"@c.example> SIZE=1 X=y ENVID=a+2B BY=1;R SIZE=x\r\n\
        RCPT TO:<@r.example:a@[192.0.2.1]> NOTIFY=DELAY ORCPT=rfc822;a+2Bb\r\nBDAT 3\r\nabcAUTH PLAIN AGEAYg==\r\n\
        XCLIENT NAME=a\r\nWHAT\x01\r\nQUIT\r\n";
    let ((), allocations) = count(|| {
        let mut reader = CommandReader::new(Limits::default());
        let mut input = &commands[..];
        while let Ok(Some(item)) = reader.next(&mut input) {
            let CommandItem::Frame(frame) = item else { continue };
            match frame.value() {
                Ok(Command::Mail(mail)) => assert_eq!(mail.parameters.iter().count(), 5),
                Ok(Command::Rcpt(rcpt)) => assert!(rcpt.parameters.iter().all(|parameter| parameter.is_ok())),
                _ => {}
            }
        }
        assert!(input.is_empty());
    });
    assert_eq!(allocations, 0, "commands");

    let replies = b"220 mx ESMTP\r\n250-mx\r\n250-SIZE 10\r\n250-AUTH PLAIN LOGIN\r\n250 LIMITS RCPTMAX=1\r\n250 2.1.0 Ok\r\n2\r\n";
    let ((), allocations) = count(|| {
        let mut reader = ReplyReader::new(Limits::default());
        let mut input = &replies[..];
        while let Ok(Some(frame)) = reader.next(&mut input) {
            let Ok(reply) = frame.value() else { continue };
            assert!(reply.lines().count() > 0 && reply.enhanced().is_none_or(|code| code.class() == 2));
            reply.capabilities().iter().for_each(drop);
        }
        assert!(input.is_empty());
    });
    assert_eq!(allocations, 0, "replies");

    let body = b"One\r\n.Two\r\n...\r\n".repeat(1000);
    let ((), allocations) = count(|| {
        let mut writer = DataWriter::new();
        assert!(writer.stuff(&body).is_ok_and(|slices| slices.count() > 1000));
        let mut reader = DataReader::new();
        let mut input = body.as_slice();
        while let Some(DataItem::Chunk(_)) = reader.next(&mut input) {}
    });
    assert_eq!(allocations, 0, "bodies");

    let responses = b"+OK ready <1.2@pop.example>\r\n+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n";
    let ((), allocations) = count(|| {
        let mut reader = ResponseReader::new(pop3::Limits::default());
        let mut input = &responses[..];
        assert!(reader.next(&mut input).is_ok_and(|item| item.is_some()));
        reader.expect(&pop3::Command::List(None));
        while let Ok(Some(_)) = reader.next(&mut input) {}
        assert!(input.is_empty() && reader.is_complete());
    });
    assert_eq!(allocations, 0, "responses");
}
