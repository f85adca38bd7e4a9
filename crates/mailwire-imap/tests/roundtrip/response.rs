//! Responses.

use crate::make::Make;
use mailwire_imap::fetch::{Data, Fetch, FetchItem, Form, Label};
use mailwire_imap::objectid::ObjectId;
use mailwire_imap::out::{Binary, Enabled, Out, Utf8};
use mailwire_imap::raw::Other;
use mailwire_imap::response::{
    Acl, Argument, Code, Condition, Continuation, Delimiter, Entry, Esearch, EsearchItem, Extension, Field,
    Finding, ListKind, ListRights, MailboxList, MailboxStatus, Metadata, MyRights, Namespace, NamespaceEntry,
    Progress, Quota, QuotaRoots, Resource, ResourceName, RightsOf, Search, Status, StatusItem, Thread,
    ThreadMember, Unknown, UnknownCode, Window,
};
use mailwire_imap::{ImapDefect, Leniency, Limits, List, Response, ResponseItem, ResponseReader};

const KINDS: usize = 29;

/// Bodies that are longer stream.
const INLINE: usize = 60;

impl Make {
    fn other(&mut self) -> Other<'static> {
        Other::new(self.atom(), self.raw()).unwrap()
    }

    fn id(&mut self) -> ObjectId<'static> {
        ObjectId::new(self.pick(&[&b"M6d99ac3275bb4e"[..], b"-", b"NIL", b"a_b-9"])).unwrap()
    }

    fn argument(&mut self) -> Argument<'static> {
        let of = [&b""[..], b"7", b"\"a]b\" (c] d) x", b"(\"A1\" 7 10)", b"imap://a/;UID=7 {1}"];
        Argument::new(self.pick(&of)).unwrap()
    }

    #[allow(clippy::too_many_lines, reason = "a line for each code")]
    fn code(&mut self) -> Code<'static> {
        match self.below(25) {
            0 => Code::BadCharset(self.list(0, Self::string)),
            1 => Code::Capability(self.list(1, Self::capability)),
            2 => Code::PermanentFlags(self.flags()),
            3 => Code::UidNext(self.message()),
            4 => Code::UidValidity(self.message()),
            5 => Code::Unseen(self.message()),
            6 => Code::HighestModSeq(self.number()),
            7 => Code::Modified(self.set()),
            8 => Code::AppendUid { validity: self.message(), uids: self.set() },
            9 => Code::CopyUid { validity: self.message(), from: self.set(), to: self.set() },
            10 => Code::MailboxId(self.id()),
            11 => Code::Referral(self.argument()),
            12 => Code::BadUrl(self.argument()),
            13 => Code::MetadataLongEntries(self.number()),
            14 => Code::MetadataMaxSize(self.number()),
            15 => Code::MetadataTooMany,
            16 => Code::MetadataNoPrivate,
            17 => Code::InProgress(self.maybe(|make| Progress {
                tag: make.maybe(|make| make.pick(&["A1", "NIL", "a \"b\\ ]"]).into()),
                done: make.maybe(Self::message),
                goal: make.maybe(Self::message),
            })),
            18 => Code::MessageLimit(self.argument()),
            19 => {
                Code::Unknown(UnknownCode::new(self.pick(&[&b"XYZZY"[..], b"X (a] \"b\") \"]\" c"])).unwrap())
            }
            20 => Code::TryCreate,
            21 => Code::ReadOnly,
            22 => Code::Closed,
            _ => Code::Alert,
        }
    }

    fn status(&mut self) -> Status<'static> {
        let conditions = [Condition::Ok, Condition::No, Condition::Bad, Condition::Bye, Condition::PreAuth];
        Status::new(self.pick(&conditions), self.maybe(Self::code), self.text())
    }

    fn delimiter(&mut self) -> Option<Delimiter> {
        let of =
            [None, Some(Delimiter::SLASH), Some(Delimiter::DOT), Delimiter::new(b'"'), Delimiter::new(b'\\')];
        self.pick(&of)
    }

    fn extension(&mut self) -> Extension<'static> {
        Extension { name: self.string(), value: self.raw() }
    }

    fn namespaces(&mut self) -> Option<List<'static, NamespaceEntry<'static>>> {
        self.maybe(|make| {
            make.list(1, |make| NamespaceEntry {
                prefix: make.mailbox(),
                delimiter: make.delimiter(),
                extensions: make.list(0, Self::extension),
            })
        })
    }

    fn status_item(&mut self) -> StatusItem<'static> {
        let n = self.number();
        match self.below(12) {
            0 => StatusItem::Messages(n),
            1 => StatusItem::Recent(n),
            2 => StatusItem::UidNext(n),
            3 => StatusItem::UidValidity(n),
            4 => StatusItem::Unseen(n),
            5 => StatusItem::Deleted(n),
            6 => StatusItem::DeletedStorage(n),
            7 => StatusItem::Size(n),
            8 => StatusItem::HighestModSeq(n),
            9 => StatusItem::AppendLimit(self.maybe(|_| n)),
            10 => StatusItem::MailboxId(self.id()),
            _ => StatusItem::Unknown(self.other()),
        }
    }

    fn esearch_item(&mut self) -> EsearchItem<'static> {
        match self.below(7) {
            0 => EsearchItem::Min(self.message()),
            1 => EsearchItem::Max(self.message()),
            2 => EsearchItem::Count(self.number()),
            3 => EsearchItem::All(self.set()),
            4 => EsearchItem::ModSeq(self.number()),
            5 => {
                let (from, to) = (self.message(), self.message());
                let range = if self.heads() { Window::First(from, to) } else { Window::Last(from, to) };
                EsearchItem::Partial { range, found: self.maybe(Self::set) }
            }
            _ => EsearchItem::Unknown(self.other()),
        }
    }

    fn search(&mut self) -> Search<'static> {
        Search { numbers: self.list(0, Self::message), modseq: self.maybe(Self::number) }
    }

    /// Messages, and then no branch or two of them.
    fn thread(&mut self, deep: usize) -> Thread<'static> {
        let messages = self.below(3);
        let branches = if messages == 0 || (deep > 0 && self.heads()) { 2 } else { 0 };
        let mut members: Vec<ThreadMember<'_>> =
            (0..messages).map(|_| ThreadMember::Message(self.message())).collect();
        for _ in 0..branches {
            let branch = if deep > 0 {
                self.thread(deep - 1)
            } else {
                Thread::new((&self.array::<_, 1>(|make| ThreadMember::Message(make.message()))[..]).into())
            };
            members.push(ThreadMember::Branch(branch));
        }
        Thread::new(List::from(&*members.leak()))
    }

    fn data(&mut self) -> Data<'static> {
        self.nstring().map_or(Data::Nil, Data::Here)
    }

    fn item(&mut self) -> FetchItem<'static> {
        match self.below(20) {
            0 => FetchItem::Uid(self.message()),
            1 => FetchItem::Flags(self.flags()),
            2 => FetchItem::InternalDate(self.date_time()),
            3 => FetchItem::Size(self.number()),
            4 => FetchItem::ModSeq(self.number()),
            5 => FetchItem::Envelope(Some(self.envelope())),
            6 => FetchItem::Body(Some(self.structure(3))),
            7 => FetchItem::BodyStructure(Some(self.structure(3))),
            8 => FetchItem::Section {
                section: self.section(),
                origin: self.maybe(Self::number),
                data: self.data(),
            },
            9 => FetchItem::Binary {
                section: self.section(),
                origin: self.maybe(Self::number),
                data: self.data(),
            },
            10 => FetchItem::BinarySize { section: self.section(), size: self.number() },
            11 => FetchItem::Rfc822(self.data()),
            12 => FetchItem::Rfc822Header(self.data()),
            13 => FetchItem::Rfc822Text(self.data()),
            14 => FetchItem::GmailMessageId(self.number()),
            15 => FetchItem::GmailLabels(self.list(0, |make| Label(make.string()))),
            16 => FetchItem::EmailId(self.id()),
            17 => FetchItem::ThreadId(self.maybe(Self::id)),
            18 => {
                if self.heads() {
                    FetchItem::Preview(self.nstring())
                } else {
                    FetchItem::SaveDate(self.maybe(Self::date_time))
                }
            }
            _ => FetchItem::Unknown(self.other()),
        }
    }

    fn form(&mut self) -> Form {
        self.pick(&[Form::Sequence, Form::Uid])
    }

    #[allow(clippy::too_many_lines, reason = "a line or two for each response")]
    fn response(&mut self, kind: usize) -> Response<'static> {
        match kind {
            0 => Response::Continuation(Continuation::new(self.text())),
            1 => Response::Tagged {
                tag: mailwire_imap::command::Tag::new(b"A1").unwrap(),
                status: self.status(),
            },
            2 | 3 => Response::Status(self.status()),
            4 => Response::Capability(self.list(1, Self::capability)),
            5 => Response::Enabled(self.list(0, Self::capability)),
            6 => Response::Flags(self.flags()),
            7 => Response::List(MailboxList {
                kind: self.pick(&[ListKind::List, ListKind::Lsub, ListKind::Xlist]),
                attributes: self.flags(),
                delimiter: self.delimiter(),
                name: self.mailbox(),
                extensions: self.maybe(|make| make.list(0, Self::extension)),
            }),
            8 => Response::Namespace(Namespace {
                personal: self.namespaces(),
                other_users: self.namespaces(),
                shared: self.namespaces(),
            }),
            9 => Response::MailboxStatus(MailboxStatus {
                mailbox: self.mailbox(),
                items: self.list(0, Self::status_item),
            }),
            10 => Response::Search(self.search()),
            11 => Response::Sort(self.search()),
            12 => Response::Esearch(Esearch {
                tag: self.nstring(),
                unit: self.unit(),
                items: self.list(0, Self::esearch_item),
            }),
            13 => Response::Thread(self.list(0, |make| make.thread(2))),
            14 => Response::Exists(self.message()),
            15 => Response::Recent(self.message()),
            16 => Response::Expunge(self.message()),
            17 => Response::Vanished(self.set()),
            18 => Response::VanishedEarlier(self.set()),
            19 => Response::Id(
                self.maybe(|make| make.list(0, |make| Field { name: make.string(), value: make.nstring() })),
            ),
            20 => Response::Quota(Quota {
                root: self.string(),
                resources: self.list(0, |make| Resource {
                    name: if make.heads() {
                        ResourceName::STORAGE
                    } else {
                        ResourceName::new(make.atom()).unwrap()
                    },
                    usage: make.number(),
                    limit: make.number(),
                }),
            }),
            21 => Response::QuotaRoots(QuotaRoots {
                mailbox: self.mailbox(),
                roots: self.list(0, Self::string),
            }),
            22 => Response::Acl(Acl {
                mailbox: self.mailbox(),
                rights: self.list(0, |make| RightsOf { identifier: make.string(), rights: make.string() }),
            }),
            23 => Response::ListRights(ListRights {
                mailbox: self.mailbox(),
                identifier: self.string(),
                required: self.string(),
                optional: self.list(0, Self::string),
            }),
            24 => Response::MyRights(MyRights { mailbox: self.mailbox(), rights: self.string() }),
            25 => Response::Metadata(Metadata::Values {
                mailbox: self.mailbox(),
                entries: self.list(1, |make| Entry { name: make.string(), value: make.nstring() }),
            }),
            26 => Response::Metadata(Metadata::Changed {
                mailbox: self.mailbox(),
                names: self.list(1, Self::string),
            }),
            27 => Response::Unknown(
                Unknown::new(self.pick(&[&b"XYZZY"[..], b"7 XYZZY (a", b"X \"{3}\" ] x{3}."])).unwrap(),
            ),
            _ => Response::Fetch(Fetch::new(self.message(), self.form(), self.list(1, Self::item))),
        }
    }
}

fn agreements() -> [Enabled; 3] {
    [
        Enabled::NONE,
        Enabled::NONE.with_utf8(Utf8::On),
        Enabled::NONE.with_utf8(Utf8::On).with_binary(Binary::On),
    ]
}

fn written(response: &Response<'_>, enabled: Enabled) -> Vec<u8> {
    let mut out = Out::server(enabled);
    response.encode(&mut out);
    assert!(out.stops().is_empty());
    out.into_bytes()
}

fn read(limits: Limits, stream: &[u8]) -> Vec<Response<'_>> {
    let mut reader = ResponseReader::new(limits);
    let (mut input, mut responses) = (stream, Vec::new());
    loop {
        match reader.next(&mut input) {
            Ok(Some(ResponseItem::Frame(frame))) => match frame.value() {
                Ok(response) => responses.push(response),
                Err(error) => panic!("{error} in {}", frame.raw().escape_ascii()),
            },
            Ok(Some(ResponseItem::Chunk(_))) => {}
            Ok(None) => {
                assert!(input.is_empty(), "{} is left of {}", input.escape_ascii(), stream.escape_ascii());
                return responses;
            }
            Err(error) => panic!("{error} in {}", stream.escape_ascii()),
        }
    }
}

#[test]
fn every_response() {
    let mut make = Make::new(9051);
    for round in 0..40_000 {
        // FETCH has the most to say.
        let response = make.response(if round % 3 == 0 { KINDS } else { round / 3 % KINDS });
        for enabled in agreements() {
            let bytes = written(&response, enabled);
            let shown = bytes.escape_ascii();
            let again = read(Limits::default().with_inline(u64::MAX), &bytes);
            let [again] = again[..] else { panic!("{} responses: {shown}", again.len()) };
            assert_eq!(again, response, "{shown}");
            assert_eq!(written(&again, enabled).escape_ascii().to_string(), shown.to_string());
            again.explain(&bytes, &Leniency::default(), &mut |finding, _| {
                let fine = matches!(finding, Finding::Unknown(_))
                    || enabled.utf8 == Utf8::On && finding == Finding::Defect(ImapDefect::EightBit);
                assert!(fine, "{finding:?} in {shown}");
            });
        }
        assert_eq!(response.into_owned().as_response(), response);
    }
}

#[test]
fn bodies_that_stream() {
    let mut make = Make::new(3516);
    make.tame = true;
    for _ in 0..2000 {
        let size = INLINE as u64 + 1;
        let (number, form) = (make.message(), make.form());
        let mut pieces = Vec::new();
        for at in 0..=make.below(3) {
            let data = Data::Streams(size);
            let body = match make.below(3) {
                0 => FetchItem::Rfc822(data),
                1 => FetchItem::Binary { section: make.section(), origin: make.maybe(Make::number), data },
                _ => FetchItem::Section { section: make.section(), origin: make.maybe(Make::number), data },
            };
            let items: Vec<FetchItem<'_>> = make.list(0, Make::item).iter().flatten().chain([body]).collect();
            let items = List::from(&*items.leak());
            pieces.push(Response::Fetch(match at {
                0 => Fetch::new(number, form, items),
                _ => Fetch::behind(number, form, items),
            }));
        }
        pieces.push(Response::Fetch(Fetch::behind(number, form, make.list(0, Make::item))));
        for enabled in agreements() {
            let written: Vec<Vec<u8>> = pieces.iter().map(|piece| written(piece, enabled)).collect();
            let stream = written.join(&vec![b'x'; INLINE + 1][..]);
            assert_eq!(
                read(Limits::default().with_inline(INLINE as u64), &stream),
                pieces,
                "{}",
                stream.escape_ascii()
            );
        }
        for piece in pieces {
            assert_eq!(piece.into_owned().as_response(), piece);
        }
    }
}
