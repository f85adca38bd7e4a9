//! Commands.

use crate::make::Make;
use mailwire_imap::command::{
    Answer, Append, Attribute, Body, Change, Command, EntryType, Message, MessageData, Pattern, Peek,
    SearchKey, Stored, Tag, Unknown, Word,
};
use mailwire_imap::fetch::Label;
use mailwire_imap::out::{Binary, Enabled, Literals, Out, Utf8};
use mailwire_imap::response::{Entry, Field, Finding};
use mailwire_imap::sasl::{Base64, SaslLine};
use mailwire_imap::{CommandItem, CommandReader, ImapDefect, Leniency, Limits};

const KINDS: usize = 47;

/// Bodies that are longer stream.
const INLINE: usize = 40;

impl Make {
    fn base64(&mut self) -> Base64<'static> {
        Base64::new(self.pick(&[&b""[..], b"QUFB", b"QUE=", b"QQ==", b"+/+/"])).unwrap()
    }

    fn field(&mut self) -> Field<'static> {
        Field { name: self.string(), value: self.nstring() }
    }

    fn entry(&mut self) -> Entry<'static> {
        Entry { name: self.string(), value: self.nstring() }
    }

    fn pattern(&mut self) -> Pattern<'static> {
        if self.heads() { Pattern("INBOX.*%".into()) } else { Pattern(self.string()) }
    }

    fn attribute(&mut self) -> Attribute<'static> {
        let partial = self.maybe(|make| (make.number(), make.number()));
        let peek = self.pick(&[Peek::Seen, Peek::Peek]);
        match self.below(7) {
            0 => Attribute::PreviewLazy,
            1 => Attribute::Body { peek, section: self.section(), partial },
            2 => Attribute::Binary { peek, section: self.section(), partial },
            3 => Attribute::BinarySize(self.section()),
            4 => Attribute::Word(Word::new(self.atom()).unwrap()),
            _ => Attribute::Word(self.pick(&[
                Word::ALL,
                Word::UID,
                Word::ENVELOPE,
                Word::BODY,
                Word::RFC822_SIZE,
                Word::PREVIEW,
            ])),
        }
    }

    fn key(&mut self, deep: usize) -> SearchKey<'static> {
        match self.below(if deep == 0 { 22 } else { 26 }) {
            0 => SearchKey::Everything,
            1 => SearchKey::Unseen,
            2 => SearchKey::SaveDateSupported,
            3 => SearchKey::From(self.string()),
            4 => SearchKey::Subject(self.string()),
            5 => SearchKey::GmailRaw(self.string()),
            6 => SearchKey::EmailId(self.string()),
            7 => SearchKey::Before(self.date()),
            8 => SearchKey::SavedSince(self.date()),
            9 => SearchKey::Larger(self.number()),
            10 => SearchKey::Younger(self.number()),
            11 | 12 => SearchKey::Set(self.set()),
            13 => SearchKey::Uid(self.set()),
            14 => SearchKey::Keyword(self.keyword()),
            15 => SearchKey::Unkeyword(self.keyword()),
            16 => SearchKey::Header(self.string(), self.string()),
            17..=19 => {
                let types = [EntryType::Private, EntryType::Shared, EntryType::All];
                let entry = self.maybe(|make| (make.flag(), make.pick(&types)));
                SearchKey::ModSeq { entry, value: self.number() }
            }
            20 => SearchKey::Filter(self.string()),
            21 => SearchKey::Text(self.string()),
            22 => SearchKey::Not(self.array(|make| make.key(deep - 1)).into()),
            23 => SearchKey::Or(self.array(|make| make.key(deep - 1)).into()),
            _ => SearchKey::All(self.list(1, |make| make.key(deep - 1))),
        }
    }

    fn keys(&mut self) -> mailwire_imap::List<'static, SearchKey<'static>> {
        self.list(1, |make| make.key(3))
    }

    fn sent(&mut self) -> Message<'static> {
        let data = match self.below(5) {
            0 => MessageData::Utf8Here(self.string()),
            1 => MessageData::Catenate(self.list(1, Self::raw)),
            _ => MessageData::Here(self.string()),
        };
        Message { flags: self.maybe(Self::flags), date: self.maybe(Self::date_time), data }
    }

    fn append(&mut self) -> Append<'static> {
        Append { mailbox: self.mailbox(), messages: self.list(1, Self::sent) }
    }

    #[allow(clippy::too_many_lines, reason = "a line or two for each command")]
    fn body(&mut self, kind: usize) -> Body<'static> {
        match kind {
            0 => Body::Capability,
            1 => Body::Noop,
            2 => Body::Logout,
            3 => Body::StartTls,
            4 => Body::Authenticate { mechanism: self.capability(), initial: self.maybe(Self::base64) },
            5 => Body::Login { user: self.string(), password: self.string().into() },
            6 => Body::Id(self.maybe(|make| make.list(0, Self::field))),
            7 => Body::Enable(self.list(1, Self::capability)),
            8 => Body::Compress(self.capability()),
            9 => Body::Select { mailbox: self.mailbox(), parameters: self.modifiers(0) },
            10 => Body::Examine { mailbox: self.mailbox(), parameters: self.modifiers(0) },
            11 => Body::Create { mailbox: self.mailbox(), parameters: self.modifiers(0) },
            12 => Body::Delete(self.mailbox()),
            13 => Body::Rename { from: self.mailbox(), to: self.mailbox() },
            14 => Body::Subscribe(self.mailbox()),
            15 => Body::Unsubscribe(self.mailbox()),
            16 => Body::List {
                selection: self.maybe(|make| make.modifiers(0)),
                reference: self.mailbox(),
                patterns: self.list(0, Self::pattern),
                returns: self.maybe(|make| make.modifiers(0)),
            },
            17 => Body::Lsub { reference: self.mailbox(), pattern: self.pattern() },
            18 => Body::Xlist { reference: self.mailbox(), pattern: self.pattern() },
            19 => Body::Namespace,
            20 => Body::Status { mailbox: self.mailbox(), items: self.modifiers(0) },
            21 => Body::Append(self.append()),
            22 => Body::Replace { unit: self.unit(), set: self.set(), append: self.append() },
            23 => Body::Idle,
            24 => Body::Check,
            25 => Body::Close,
            26 => Body::Unselect,
            27 => Body::Expunge,
            28 => Body::UidExpunge(self.set()),
            29 => Body::Search {
                unit: self.unit(),
                returns: self.maybe(|make| make.modifiers(0)),
                charset: self.nstring(),
                keys: self.keys(),
            },
            30 => Body::Sort {
                unit: self.unit(),
                returns: self.maybe(|make| make.modifiers(0)),
                criteria: self.modifiers(1),
                charset: self.string(),
                keys: self.keys(),
            },
            31 => Body::Thread {
                unit: self.unit(),
                algorithm: self.capability(),
                charset: self.string(),
                keys: self.keys(),
            },
            32 => Body::Fetch {
                unit: self.unit(),
                set: self.set(),
                items: self.list(1, Self::attribute),
                modifiers: self.modifiers(0),
            },
            33 => Body::Store {
                unit: self.unit(),
                set: self.set(),
                modifiers: self.modifiers(0),
                change: self.pick(&[Change::Replace, Change::Add, Change::Remove]),
                answer: self.pick(&[Answer::Fetch, Answer::Silent]),
                stored: if self.heads() {
                    Stored::Flags(self.flags())
                } else {
                    Stored::GmailLabels(self.list(0, |make| Label(make.string())))
                },
            },
            34 => Body::Copy { unit: self.unit(), set: self.set(), mailbox: self.mailbox() },
            35 => Body::Move { unit: self.unit(), set: self.set(), mailbox: self.mailbox() },
            36 => Body::GetQuota(self.string()),
            37 => Body::GetQuotaRoot(self.mailbox()),
            38 => Body::SetQuota { root: self.string(), limits: self.modifiers(0) },
            39 => Body::GetAcl(self.mailbox()),
            40 => Body::SetAcl { mailbox: self.mailbox(), identifier: self.string(), rights: self.string() },
            41 => Body::DeleteAcl { mailbox: self.mailbox(), identifier: self.string() },
            42 => Body::ListRights { mailbox: self.mailbox(), identifier: self.string() },
            43 => Body::MyRights(self.mailbox()),
            44 => Body::GetMetadata {
                options: self.modifiers(0),
                mailbox: self.mailbox(),
                entries: self.list(1, Self::string),
            },
            45 => Body::SetMetadata { mailbox: self.mailbox(), entries: self.list(1, Self::entry) },
            _ => Body::Unknown(
                Unknown::new(self.pick(&[&b"XYZZY"[..], b"X a (b) \"{3}\" ]", b"UID XYZZY 7"])).unwrap(),
            ),
        }
    }
}

/// What an agreement may look like.
fn agreements() -> impl Iterator<Item = Enabled> {
    [Literals::Wait, Literals::Minus, Literals::Plus].into_iter().flat_map(|literals| {
        let plain = Enabled::NONE.with_literals(literals);
        [plain, plain.with_utf8(Utf8::On), plain.with_binary(Binary::On)]
    })
}

/// The frames in a stream, each literal accepted; and how many of them wait.
fn read<'b>(reader: &mut CommandReader, stream: &'b [u8]) -> (Vec<Command<'b>>, usize) {
    let (mut input, mut commands, mut waits) = (stream, Vec::new(), 0);
    loop {
        match reader.next(&mut input) {
            Ok(Some(CommandItem::Offer(offer))) => {
                waits += usize::from(offer.waits());
                reader.accept();
            }
            Ok(Some(CommandItem::Frame(frame))) => match frame.value() {
                Ok(command) => commands.push(command),
                Err(error) => panic!("{error} in {}", frame.raw().escape_ascii()),
            },
            Ok(Some(CommandItem::Chunk(_))) => {}
            Ok(None) => {
                assert!(input.is_empty(), "{} is left of {}", input.escape_ascii(), stream.escape_ascii());
                return (commands, waits);
            }
            Err(error) => panic!("{error} in {}", stream.escape_ascii()),
        }
    }
}

fn written(command: &Command<'_>, enabled: Enabled) -> Out {
    let mut out = Out::client(enabled);
    command.encode(&mut out);
    out
}

/// It is one command, says the same, and has nothing in it to be forgiven.
fn same(command: &Command<'static>, reader: impl Fn() -> CommandReader) {
    for enabled in agreements() {
        let out = written(command, enabled);
        let shown = out.bytes().escape_ascii();
        let (again, waits) = read(&mut reader(), out.bytes());
        let [again] = again[..] else { panic!("{} commands: {shown}", again.len()) };
        assert_eq!(again, *command, "{shown}");
        assert_eq!(waits, out.stops().len(), "{shown}");
        assert_eq!(written(&again, enabled).bytes().escape_ascii().to_string(), shown.to_string());
        again.explain(out.bytes(), &Leniency::default(), &mut |finding, _| {
            let fine = matches!(finding, Finding::Unknown(_))
                || enabled.utf8 == Utf8::On && finding == Finding::Defect(ImapDefect::EightBit);
            assert!(fine, "{finding:?} in {shown}");
        });
    }
    assert_eq!(command.into_owned().as_command(), *command);
}

fn tag() -> Tag<'static> {
    Tag::new(b"A1.]").unwrap()
}

fn reader() -> CommandReader {
    CommandReader::new(Limits::default().with_inline(u64::MAX))
}

#[test]
fn every_command() {
    let mut make = Make::new(9051);
    for round in 0..40_000 {
        same(&Command::new(tag(), make.body(round % KINDS)), reader);
    }
}

#[test]
fn lines_without_a_tag() {
    let mut make = Make::new(4422);
    for _ in 0..100 {
        let line = if make.below(4) == 0 { SaslLine::Cancel } else { SaslLine::Response(make.base64()) };
        same(&Command::new(tag(), Body::Sasl(line)), || {
            let mut reader = reader();
            reader.expect_sasl();
            reader
        });
    }
    same(&Command::new(tag(), Body::Done), || {
        let mut reader = reader();
        reader.expect_done();
        reader
    });
}

#[test]
fn messages_that_stream() {
    let mut make = Make::new(3502);
    for _ in 0..2000 {
        let utf8 = make.heads();
        let size = INLINE as u64 + 1;
        let data = if utf8 { MessageData::Utf8Streams(size) } else { MessageData::Streams(size) };
        let front = Message { flags: make.maybe(Make::flags), date: make.maybe(Make::date_time), data };
        let append =
            Append { mailbox: make.mailbox(), messages: (&make.array::<_, 1>(|_| front)[..]).into() };
        let first = if make.heads() {
            Body::Append(append)
        } else {
            Body::Replace { unit: make.unit(), set: make.set(), append }
        };
        // Behind it comes nothing, or a message that is short.
        let short = Message { flags: None, date: None, data: MessageData::Here("short".into()) };
        let rest = make.maybe(|make| make.array::<_, 1>(|_| short)).map_or(&[][..], |one| &one[..]);
        let behind = if utf8 { Body::Utf8Rest(rest.into()) } else { Body::Rest(rest.into()) };
        let pieces = [Command::new(tag(), first), Command::new(tag(), behind)];
        for enabled in agreements() {
            let [front, behind] = pieces.map(|piece| written(&piece, enabled).into_bytes());
            let stream = [front, vec![b'x'; INLINE + 1], behind].concat();
            let mut reader = CommandReader::new(Limits::default().with_inline(INLINE as u64));
            let (again, _) = read(&mut reader, &stream);
            assert_eq!(again, pieces, "{}", stream.escape_ascii());
        }
        for piece in pieces {
            assert_eq!(piece.into_owned().as_command(), piece);
        }
    }
}
