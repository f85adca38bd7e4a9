//! Dovecot: no IMAP command that it implements and we write is BAD to it, and all that it answers is read.

use crate::Wire;
use mailwire::imap::command::{Append, Body, Command, Message, MessageData, Tag};
use mailwire::imap::flag::Flag;
use mailwire::imap::mailbox::{self, MailboxName};
use mailwire::imap::out::{Binary, Enabled, Literals, Out};
use mailwire::imap::response::{Condition, Finding};
use mailwire::imap::sasl::{Base64, SaslLine};
use mailwire::imap::{Capability, IString, Leniency, Limits, List, Response, ResponseItem, ResponseReader};

/// What is said in the authenticated state and in a mailbox, in this order: the capability that it needs, and the command. Each is read
/// and written again, so what the server sees is ours.
const COMMANDS: &str = r#"
IMAP4rev1      CAPABILITY
IMAP4rev1      NOOP
ID             ID ("name" "mailwire" "version" NIL)
ID             ID NIL
ENABLE         ENABLE CONDSTORE QRESYNC
NAMESPACE      NAMESPACE
IMAP4rev1      LIST "" ""
IMAP4rev1      LIST "" *
IMAP4rev1      LIST "" "two words%"
LIST-EXTENDED  LIST (SUBSCRIBED) "" ("*" INBOX) RETURN (CHILDREN)
LIST-EXTENDED  LIST (SUBSCRIBED RECURSIVEMATCH) "" * RETURN (SUBSCRIBED)
SPECIAL-USE    LIST "" % RETURN (SPECIAL-USE)
SPECIAL-USE    LIST (SPECIAL-USE) "" *
LIST-STATUS    LIST "" % RETURN (STATUS (MESSAGES UIDNEXT UNSEEN))
IMAP4rev1      LSUB "" *
IMAP4rev1      CREATE Archive
IMAP4rev1      CREATE "two words"
IMAP4rev1      CREATE "quoted \"name\" \\ here"
IMAP4rev1      CREATE NIL
CREATE-SPECIAL-USE  CREATE Kept (USE (\Archive))
IMAP4rev1      SUBSCRIBE "two words"
IMAP4rev1      UNSUBSCRIBE "two words"
IMAP4rev1      RENAME "two words" Renamed
IMAP4rev1      STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)
CONDSTORE      STATUS INBOX (HIGHESTMODSEQ)
STATUS=SIZE    STATUS INBOX (SIZE)
QUOTA          GETQUOTAROOT INBOX
QUOTA          GETQUOTA "User quota"
QUOTA          SETQUOTA "User quota" (STORAGE 512)
ACL            GETACL INBOX
ACL            MYRIGHTS INBOX
ACL            LISTRIGHTS INBOX bob
ACL            SETACL Archive bob lr
ACL            SETACL Archive bob +s
ACL            DELETEACL Archive bob
METADATA       SETMETADATA INBOX (/private/comment "a comment" /private/x NIL)
METADATA       GETMETADATA INBOX (/private/comment /private/x)
METADATA       GETMETADATA (MAXSIZE 1024) INBOX (/private/comment)
METADATA       GETMETADATA (DEPTH infinity) INBOX /private
IMAP4rev1      EXAMINE INBOX
IMAP4rev1      CLOSE
CONDSTORE      SELECT INBOX (CONDSTORE)
QRESYNC        SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))
QRESYNC        SELECT INBOX (QRESYNC (67890007 1 1:9 (1,2 1,2)))
IMAP4rev1      SELECT INBOX
IMAP4rev1      CHECK
IDLE           IDLE
IMAP4rev1      FETCH 1 ALL
IMAP4rev1      FETCH 1:* FAST
IMAP4rev1      FETCH *:1 FULL
IMAP4rev1      FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE)
IMAP4rev1      FETCH 1 (BODY[] BODY.PEEK[HEADER] BODY.PEEK[TEXT]<0.100> BODY.PEEK[1] BODY.PEEK[1.MIME])
IMAP4rev1      FETCH 1 (BODY.PEEK[HEADER.FIELDS (DATE FROM)] BODY.PEEK[HEADER.FIELDS.NOT ("Received")])
IMAP4rev1      FETCH 1 (RFC822 RFC822.HEADER RFC822.TEXT)
BINARY         FETCH 1 (BINARY.PEEK[1] BINARY.PEEK[1]<0.10> BINARY.SIZE[1])
PREVIEW        FETCH 1 (PREVIEW)
PREVIEW        FETCH 1 (PREVIEW (LAZY))
SAVEDATE       FETCH 1 (SAVEDATE)
CONDSTORE      FETCH 1 (MODSEQ) (CHANGEDSINCE 1)
QRESYNC        UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)
IMAP4rev1      UID FETCH 1:*,5,7:9 (FLAGS)
IMAP4rev1      STORE 1 +FLAGS (\Flagged $Forwarded)
IMAP4rev1      STORE 1 -FLAGS.SILENT ($Forwarded)
IMAP4rev1      UID STORE 1:* FLAGS (\Seen)
IMAP4rev1      UID STORE 1:* FLAGS ()
CONDSTORE      UID STORE 1:* (UNCHANGEDSINCE 1) +FLAGS (\Draft)
IMAP4rev1      SEARCH ALL ANSWERED DELETED DRAFT FLAGGED NEW OLD RECENT SEEN
IMAP4rev1      SEARCH UNANSWERED UNDELETED UNDRAFT UNFLAGGED UNSEEN
IMAP4rev1      SEARCH BCC a BODY b CC "c d" FROM "e\"f" SUBJECT "\\" TEXT "" TO NIL
IMAP4rev1      SEARCH BEFORE 1-Feb-1994 ON 02-Feb-2020 SINCE 31-Dec-2026 SENTBEFORE 1-Jan-2000 SENTON 1-Jan-2000 SENTSINCE 1-Jan-1970
IMAP4rev1      SEARCH LARGER 0 SMALLER 4294967295 KEYWORD $Junk UNKEYWORD Other HEADER X-A "" UID 1:*,7
IMAP4rev1      SEARCH NOT NOT SEEN OR SEEN (UNSEEN OR DELETED 1:3) (ALL)
IMAP4rev1      SEARCH CHARSET UTF-8 SUBJECT "ascii"
WITHIN         SEARCH OLDER 60 YOUNGER 3600
SAVEDATE       SEARCH SAVEDSINCE 1-Feb-1994 SAVEDBEFORE 1-Feb-2030 SAVEDON 1-Feb-2020
ESEARCH        SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN
ESEARCH        UID SEARCH RETURN () ALL
SEARCHRES      SEARCH RETURN (SAVE) 1:*
SEARCHRES      FETCH $ (UID)
SEARCHRES      UID SEARCH UID $
CONDSTORE      SEARCH MODSEQ 1
CONDSTORE      SEARCH MODSEQ "/flags/\\draft" all 1
SORT           SORT (SUBJECT REVERSE DATE ARRIVAL CC FROM SIZE TO) UTF-8 ALL
SORT=DISPLAY   UID SORT (DISPLAYFROM REVERSE DISPLAYTO) US-ASCII ALL
ESORT          SORT RETURN (MIN COUNT) (DATE) UTF-8 ALL
THREAD=REFERENCES  THREAD REFERENCES UTF-8 ALL
THREAD=REFS    UID THREAD REFS US-ASCII SINCE 1-Feb-1994
THREAD=ORDEREDSUBJECT  THREAD ORDEREDSUBJECT UTF-8 ALL
IMAP4rev1      COPY 1 Archive
IMAP4rev1      UID COPY 1:* Archive
MOVE           MOVE 1 Archive
MOVE           UID MOVE 1:2 Archive
IMAP4rev1      EXPUNGE
UIDPLUS        UID EXPUNGE 1:*
UNSELECT       UNSELECT
IMAP4rev1      DELETE Renamed
IMAP4rev1      LOGOUT
"#;

struct Session {
    wire: Wire,
    responses: ResponseReader,
    enabled: Enabled,
    capabilities: Vec<String>,
    said: u32,
}

impl Session {
    fn open() -> Option<Self> {
        let wire = Wire::to("MAILWIRE_IMAP")?;
        let responses = ResponseReader::new(Limits::default());
        let mut session = Self { wire, responses, enabled: Enabled::NONE, capabilities: Vec::new(), said: 0 };
        assert_eq!(session.until(|response| matches!(response, Response::Status(_))), None);
        Some(session)
    }

    /// Reads up to a response, or to the end of a command: then how it ended.
    fn until(&mut self, is_last: impl Fn(&Response<'_>) -> bool) -> Option<Condition> {
        let Self { wire, responses, capabilities, .. } = self;
        wire.read(|input| {
            while let Some(item) = responses.next(input).unwrap() {
                let ResponseItem::Frame(frame) = item else { continue };
                let response = frame.value().unwrap_or_else(|error| panic!("{frame:?}: {error}"));
                response.explain(frame.raw(), &Leniency::default(), &mut |finding, _| {
                    assert!(!matches!(finding, Finding::Invalid(_)), "{frame:?}: {finding:?}");
                });
                match response {
                    Response::Capability(names) => {
                        let text =
                            |name: Capability<'_>| String::from_utf8_lossy(name.as_bytes()).to_uppercase();
                        *capabilities = names.iter().flatten().map(text).collect();
                    }
                    Response::Status(status) => assert!(status.condition() != Condition::Bad, "{frame:?}"),
                    Response::Tagged { status, .. } => return Some(Some(status.condition())),
                    _ => {}
                }
                if is_last(&response) {
                    return Some(None);
                }
            }
            None
        })
    }

    fn say(&mut self, body: Body<'_>) -> Condition {
        self.said += 1;
        let tag = format!("a{}", self.said);
        let mut out = Out::client(self.enabled);
        Command::new(Tag::new(tag.as_bytes()).unwrap(), body).encode(&mut out);
        let is_go_on = |response: &Response<'_>| matches!(response, Response::Continuation(_));
        let mut sent = 0;
        let mut ended = None;
        for &stop in out.stops() {
            self.wire.write(out.bytes().get(sent..stop).unwrap());
            sent = stop;
            ended = ended.or(self.until(is_go_on));
        }
        if ended.is_none() {
            self.wire.write(out.bytes().get(sent..).unwrap());
            if matches!(body, Body::Idle) && self.until(is_go_on).is_none() {
                let mut done = Out::client(self.enabled);
                Command::new(Tag::new(b"x").unwrap(), Body::Done).encode(&mut done);
                self.wire.write(done.bytes());
            }
            ended = self.until(|_| false);
        }
        let ended = ended.unwrap();
        assert!(ended != Condition::Bad, "{} is BAD", out.bytes().escape_ascii());
        ended
    }

    fn text(&mut self, text: &str) -> Condition {
        let line = format!("x {text}\r\n");
        let command = Command::parse(line.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        self.say(command.body())
    }

    fn login(&mut self) {
        let login = Body::Login { user: IString::from("carol"), password: IString::from("c4r0l-pw").into() };
        assert_eq!(self.say(login), Condition::Ok);
        assert_eq!(self.say(Body::Capability), Condition::Ok);
    }

    fn append(&mut self, mailbox: MailboxName<'_>, octets: &[&[u8]]) -> Condition {
        let flags = [Flag::SEEN, Flag::new(b"$Forwarded").unwrap()];
        let date = mailwire::core::DateTime::from_unix(1_700_000_000, -90);
        let messages: Vec<Message<'_>> = octets
            .iter()
            .map(|octets| Message {
                flags: Some(List::from(&flags[..])),
                date,
                data: MessageData::Here(IString::new(octets)),
            })
            .collect();
        self.say(Body::Append(Append { mailbox, messages: List::from(&messages[..]) }))
    }
}

const MAIL: &[u8] = b"From: a@example.test\r\nSubject: one\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: two\r\n\r\nIn it\r\n--b--\r\n";

#[test]
fn dovecot_takes_every_command_of_imap() {
    for (literals, binary) in
        [(Literals::Wait, Binary::Off), (Literals::Minus, Binary::On), (Literals::Plus, Binary::On)]
    {
        let Some(mut session) = Session::open() else { return };
        session.enabled = Enabled::NONE.with_literals(literals).with_binary(binary);
        session.login();
        let long = [b"X: y\r\n\r\n".as_slice(), &[b'x'; 5000]].concat();
        for mail in [MAIL, b"", b"Subject: \xfc\r\n\r\n", &long] {
            session.append(MailboxName::INBOX, &[mail]);
        }
        if session.capabilities.iter().any(|name| name == "MULTIAPPEND") {
            assert_eq!(session.append(MailboxName::INBOX, &[MAIL, &long, MAIL]), Condition::Ok);
        }
        // Names that need quotes, a literal, modified UTF-7.
        for name in ["Entw\u{fc}rfe & more", "100%", "*", "a]b", "(c)", "{3}", "\u{1f4e7}"] {
            let wire = mailbox::encode(name).into_bytes();
            session.say(Body::Create {
                mailbox: MailboxName::new(IString::new(&wire)),
                parameters: List::EMPTY,
            });
            session.say(Body::Delete(MailboxName::new(IString::new(&wire))));
        }
        session.say(Body::Delete(MailboxName::new(IString::new(b"caf\xc3\xa9"))));
        let mut said = 0;
        for line in COMMANDS.lines().filter(|line| !line.is_empty()) {
            let (needs, text) = line.split_once(' ').unwrap();
            if session.capabilities.iter().any(|name| name.eq_ignore_ascii_case(needs)) {
                session.text(text.trim_start());
                said += 1;
            }
        }
        println!("{literals:?}: {said} commands of the table");
        assert!(said > 80);
    }
}

#[test]
fn dovecot_takes_a_sasl_exchange() {
    let Some(mut session) = Session::open() else { return };
    let tag = Tag::new(b"a1").unwrap();
    let mechanism = Capability::new(b"PLAIN").unwrap();
    let response = Base64::new(b"AGFsaWNlAHdvbmRlcmxhbmQ=").unwrap();
    let mut out = Out::client(session.enabled);
    Command::new(tag, Body::Authenticate { mechanism, initial: None }).encode(&mut out);
    session.wire.write(out.bytes());
    assert_eq!(session.until(|response| matches!(response, Response::Continuation(_))), None);
    out.clear();
    Command::new(tag, Body::Sasl(SaslLine::Response(response))).encode(&mut out);
    session.wire.write(out.bytes());
    assert_eq!(session.until(|_| false), Some(Condition::Ok));
    let mut session = Session::open().unwrap();
    assert_eq!(session.text("AUTHENTICATE PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="), Condition::Ok);
}
