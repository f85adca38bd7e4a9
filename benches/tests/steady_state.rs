//! Once it is warm, an index costs no allocation, whatever the mail.

use mailwire::message::{Index, Parser};
use mailwire_benches::allocations::{Counting, count};
use mailwire_testkit::mail;

#[path = "../imap_walk.rs"]
#[expect(dead_code, reason = "what is built is for the benches")]
mod imap_walk;
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

/// No response and no command of IMAP costs an allocation, and neither does what is read of them, streamed or not.
#[test]
fn imap_allocates_nothing() {
    use mailwire::imap::{CommandItem, CommandReader, Limits, ResponseItem, ResponseReader};

    let responses = [
        imap_walk::FETCH.as_bytes(),
        b"* 1 FETCH (BODY (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) \
          (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 1) X-A (1 (2)) BODY[] {5}\r\nhello)\r\n",
        b"* LIST (\\Marked) \"/\" \"a b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n* SEARCH 1 2 3 (MODSEQ 4)\r\n",
        b"* FLAGS (\\Seen)\r\n* OK [COPYUID 1 2:3 4:5] done\r\n* STATUS x (MESSAGES 1)\r\na1 OK done\r\n",
    ]
    .concat();
    let commands = b"a1 LOGIN alice {10}\r\nwonderland\r\na2 UID FETCH 1:5 (FLAGS BODY.PEEK[HEADER.FIELDS (A B)])\r\n\
        a3 SEARCH OR SEEN (NOT FROM x) 1:3\r\na4 STORE 1 +FLAGS (\\Seen)\r\na5 APPEND x (\\Seen) {5+}\r\nhello\r\n";
    let ((), allocations) = count(|| {
        let mut reader = ResponseReader::new(Limits::default());
        let mut input = responses.as_slice();
        while let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut input) {
            frame.value().iter().for_each(imap_walk::response);
        }
        assert!(input.is_empty());
    });
    assert_eq!(allocations, 0, "responses of IMAP");
    let ((), allocations) = count(|| {
        let mut reader = CommandReader::new(Limits::default());
        let mut input = &commands[..];
        while let Ok(Some(item)) = reader.next(&mut input) {
            match item {
                CommandItem::Frame(frame) => frame.value().iter().for_each(imap_walk::command),
                CommandItem::Chunk(_) => {}
                CommandItem::Offer(_) => reader.accept(),
            }
        }
        assert!(input.is_empty());
    });
    assert_eq!(allocations, 0, "commands of IMAP");

    let octets = vec![b'x'; 1 << 20];
    let ((), allocations) = count(|| {
        let mut reader = ResponseReader::new(Limits::default());
        let mut input: &[u8] = b"* 1 FETCH (BODY[] {1073741824}\r\n";
        assert!(matches!(reader.next(&mut input), Ok(Some(ResponseItem::Frame(_)))));
        for _ in 0..1024 {
            assert!(
                matches!(reader.next(&mut &octets[..]), Ok(Some(ResponseItem::Chunk(chunk))) if chunk.len() == 1 << 20)
            );
        }
        let mut reader = CommandReader::new(Limits::default());
        let mut input: &[u8] = b"a APPEND x {1073741824+}\r\n";
        assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Offer(_)))));
        reader.accept();
        assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Frame(_)))));
        for _ in 0..1024 {
            assert!(
                matches!(reader.next(&mut &octets[..]), Ok(Some(CommandItem::Chunk(chunk))) if chunk.len() == 1 << 20)
            );
        }
    });
    assert_eq!(allocations, 0, "a gigabyte each way");
}
