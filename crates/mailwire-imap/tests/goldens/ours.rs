//! What we read, in the form in which the goldens say it.

use crate::yaml::Node;
use mailwire_imap::fetch::{
    Address, BodyStructure, Data, Envelope, Extended, Fetch, FetchItem, Form, Parameter, PartKind, Section,
    SectionText,
};
use mailwire_imap::flag::Flag;
use mailwire_imap::list::Element;
use mailwire_imap::mailbox::MailboxName;
use mailwire_imap::response::{
    Code, Esearch, EsearchItem, MailboxList, NamespaceEntry, Search, Status, StatusItem, Thread,
    ThreadMember, Unit, Window,
};
use mailwire_imap::set::SequenceSet;
use mailwire_imap::{IString, List, Response};

fn map<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn list<'a, T: Element<'a>>(list: List<'a, T>, node: impl Fn(T) -> Node) -> Node {
    Node::List(list.iter().map(|one| node(one.expect("an element"))).collect())
}

fn bytes(bytes: &[u8]) -> Node {
    Node::of(String::from_utf8_lossy(bytes))
}

fn string(string: IString<'_>) -> Node {
    bytes(&string.to_bytes())
}

fn nstring(text: Option<IString<'_>>) -> Node {
    text.map_or(Node::Null, string)
}

fn mailbox(name: MailboxName<'_>) -> Node {
    string(name.wire())
}

fn set(set: SequenceSet<'_>) -> Node {
    map([("string", bytes(set.as_bytes()))])
}

/// `:Seen` for `\Seen`.
fn flag(flag: Flag<'_>) -> Node {
    let text = String::from_utf8_lossy(flag.as_bytes()).into_owned();
    Node::Text(text.strip_prefix('\\').map_or(text.clone(), |word| format!(":{word}")))
}

pub(crate) fn response(response: &Response<'_>) -> Node {
    let (name, data): (&str, Node) = match *response {
        Response::Continuation(continuation) => {
            return map([("data", map([("text", bytes(continuation.text()))]))]);
        }
        Response::Tagged { tag, status } => {
            return map([
                ("tag", bytes(tag.as_bytes())),
                ("name", condition(&status)),
                ("data", text(&status)),
            ]);
        }
        Response::Status(status) => return map([("name", condition(&status)), ("data", text(&status))]),
        Response::Capability(names) => ("CAPABILITY", list(names, |one| bytes(one.as_bytes()))),
        Response::Enabled(names) => ("ENABLED", list(names, |one| bytes(one.as_bytes()))),
        Response::Flags(flags) => ("FLAGS", list(flags, flag)),
        Response::List(mailbox) => (kind(&mailbox), mailbox_list(&mailbox)),
        Response::Namespace(namespace) => {
            let entries = |entries: Option<List<'_, NamespaceEntry<'_>>>| {
                entries.map_or(Node::Null, |entries| list(entries, |one| namespace_entry(&one)))
            };
            let (personal, other, shared) =
                (entries(namespace.personal), entries(namespace.other_users), entries(namespace.shared));
            ("NAMESPACE", map([("personal", personal), ("other", other), ("shared", shared)]))
        }
        Response::MailboxStatus(status) => {
            let items = status.items.iter().map(|one| status_item(&one.expect("an item")));
            ("STATUS", map([("mailbox", mailbox(status.mailbox)), ("attr", Node::Map(items.collect()))]))
        }
        Response::Search(search) => ("SEARCH", numbers(&search)),
        Response::Sort(search) => ("SORT", numbers(&search)),
        Response::Esearch(esearch) => ("ESEARCH", self::esearch(&esearch)),
        Response::Thread(threads) => ("THREAD", list(threads, |one| thread(&one))),
        Response::Exists(n) => ("EXISTS", Node::of(n)),
        Response::Recent(n) => ("RECENT", Node::of(n)),
        Response::Expunge(n) => ("EXPUNGE", Node::of(n)),
        Response::Vanished(uids) => ("VANISHED", map([("uids", set(uids)), ("earlier", Node::of(false))])),
        Response::VanishedEarlier(uids) => {
            ("VANISHED", map([("uids", set(uids)), ("earlier", Node::of(true))]))
        }
        Response::Fetch(fetch) => {
            (if fetch.form() == Form::Uid { "UIDFETCH" } else { "FETCH" }, self::fetch(&fetch))
        }
        Response::Id(fields) => {
            let field = |(name, value): (IString<'_>, Option<IString<'_>>)| {
                (name.to_str_lossy().into_owned(), nstring(value))
            };
            let fields = fields.map(|fields| {
                Node::Map(fields.iter().flatten().map(|one| field((one.name, one.value))).collect())
            });
            ("ID", fields.unwrap_or(Node::Null))
        }
        Response::Quota(quota) => {
            let only = quota.resources.iter().flatten().next();
            let usage = only.map_or(Node::Null, |one| Node::of(one.usage));
            let limit = only.map_or(Node::Null, |one| Node::of(one.limit));
            ("QUOTA", map([("mailbox", string(quota.root)), ("usage", usage), ("quota", limit)]))
        }
        Response::QuotaRoots(roots) => (
            "QUOTAROOT",
            map([("mailbox", mailbox(roots.mailbox)), ("quotaroots", list(roots.roots, string))]),
        ),
        Response::Acl(acl) => (
            "ACL",
            list(acl.rights, |one| {
                map([
                    ("user", string(one.identifier)),
                    ("rights", string(one.rights)),
                    ("mailbox", mailbox(acl.mailbox)),
                ])
            }),
        ),
        ref other => panic!("{other:?} is in no golden"),
    };
    map([("name", Node::of(name)), ("data", data)])
}

fn condition(status: &Status<'_>) -> Node {
    Node::of(format!("{:?}", status.condition()).to_uppercase())
}

fn text(status: &Status<'_>) -> Node {
    map([("code", status.code().map_or(Node::Null, |one| code(&one))), ("text", bytes(status.text()))])
}

fn code(code: &Code<'_>) -> Node {
    let (name, data) = match *code {
        Code::BadCharset(names) => ("BADCHARSET".to_owned(), list(names, string)),
        Code::Capability(names) => ("CAPABILITY".to_owned(), list(names, |one| bytes(one.as_bytes()))),
        Code::PermanentFlags(flags) => ("PERMANENTFLAGS".to_owned(), list(flags, flag)),
        Code::UidNext(n) => ("UIDNEXT".to_owned(), Node::of(n)),
        Code::UidValidity(n) => ("UIDVALIDITY".to_owned(), Node::of(n)),
        Code::Unseen(n) => ("UNSEEN".to_owned(), Node::of(n)),
        Code::HighestModSeq(n) => ("HIGHESTMODSEQ".to_owned(), Node::of(n)),
        Code::Modified(uids) => ("MODIFIED".to_owned(), set(uids)),
        Code::AppendUid { validity, uids } => {
            ("APPENDUID".to_owned(), map([("uidvalidity", Node::of(validity)), ("assigned_uids", set(uids))]))
        }
        Code::CopyUid { validity, from, to } => (
            "COPYUID".to_owned(),
            map([
                ("uidvalidity", Node::of(validity)),
                ("source_uids", set(from)),
                ("assigned_uids", set(to)),
            ]),
        ),
        Code::MailboxId(id) => ("MAILBOXID".to_owned(), string(id.as_string())),
        Code::Referral(url) => ("REFERRAL".to_owned(), bytes(url.as_bytes())),
        Code::Unknown(code) => {
            let text = String::from_utf8_lossy(code.as_bytes()).into_owned();
            match text.split_once(' ') {
                Some((name, rest)) => (name.to_owned(), Node::of(rest)),
                None => (text, Node::Null),
            }
        }
        Code::Invalid(invalid) => {
            let text = String::from_utf8_lossy(invalid.raw()).into_owned();
            let (name, rest) =
                text.split_once(' ').map_or((text.as_str(), None), |(name, rest)| (name, Some(rest)));
            (name.to_owned(), map([("unparsed_data", rest.map_or(Node::Null, Node::of))]))
        }
        ref simple => {
            let name = format!("{simple:?}")
                .to_ascii_uppercase()
                .replace("READO", "READ-O")
                .replace("READW", "READ-W");
            (name, Node::Null)
        }
    };
    map([("name", Node::Text(name)), ("data", data)])
}

fn kind(list: &MailboxList<'_>) -> &'static str {
    match list.kind {
        mailwire_imap::response::ListKind::List => "LIST",
        mailwire_imap::response::ListKind::Lsub => "LSUB",
        mailwire_imap::response::ListKind::Xlist => "XLIST",
    }
}

fn delimiter(delimiter: Option<mailwire_imap::response::Delimiter>) -> Node {
    delimiter.map_or(Node::Null, |one| Node::of(char::from(one.byte())))
}

fn mailbox_list(one: &MailboxList<'_>) -> Node {
    map([
        ("attr", list(one.attributes, flag)),
        ("delim", delimiter(one.delimiter)),
        ("name", mailbox(one.name)),
    ])
}

fn namespace_entry(entry: &NamespaceEntry<'_>) -> Node {
    let extensions = entry.extensions.iter().flatten().map(|one| {
        let raw = String::from_utf8_lossy(one.value.as_bytes()).replace(['(', ')'], "");
        let values = raw.split(' ').map(|value| Node::of(value.trim_matches('"')));
        (one.name.to_str_lossy().into_owned(), Node::List(values.collect()))
    });
    map([
        ("prefix", mailbox(entry.prefix)),
        ("delim", delimiter(entry.delimiter)),
        ("extensions", Node::Map(extensions.collect())),
    ])
}

fn status_item(item: &StatusItem<'_>) -> (String, Node) {
    let (name, value) = match *item {
        StatusItem::Messages(n) => ("MESSAGES", Node::of(n)),
        StatusItem::Recent(n) => ("RECENT", Node::of(n)),
        StatusItem::UidNext(n) => ("UIDNEXT", Node::of(n)),
        StatusItem::UidValidity(n) => ("UIDVALIDITY", Node::of(n)),
        StatusItem::Unseen(n) => ("UNSEEN", Node::of(n)),
        StatusItem::Deleted(n) => ("DELETED", Node::of(n)),
        StatusItem::DeletedStorage(n) => ("DELETED-STORAGE", Node::of(n)),
        StatusItem::Size(n) => ("SIZE", Node::of(n)),
        StatusItem::HighestModSeq(n) => ("HIGHESTMODSEQ", Node::of(n)),
        StatusItem::AppendLimit(n) => ("APPENDLIMIT", n.map_or(Node::Null, Node::of)),
        StatusItem::MailboxId(id) => ("MAILBOXID", string(id.as_string())),
        StatusItem::Unknown(other) => {
            let (name, value) =
                (String::from_utf8_lossy(other.name()).into_owned(), raw(other.value().as_bytes()));
            return (name, if matches!(value, Node::List(_)) { map([("data", value)]) } else { value });
        }
        ref other => panic!("{other:?} is in no golden"),
    };
    (name.to_owned(), value)
}

fn numbers(search: &Search<'_>) -> Node {
    let modseq = search.modseq.map_or(Node::Null, Node::of);
    map([("internal", list(search.numbers, Node::of)), ("ivars", map([("@modseq", modseq)]))])
}

fn esearch(esearch: &Esearch<'_>) -> Node {
    let items = list(esearch.items, |item| {
        let (name, value) = match item {
            EsearchItem::Min(n) => ("MIN", Node::of(n)),
            EsearchItem::Max(n) => ("MAX", Node::of(n)),
            EsearchItem::Count(n) => ("COUNT", Node::of(n)),
            EsearchItem::ModSeq(n) => ("MODSEQ", Node::of(n)),
            EsearchItem::All(all) => ("ALL", set(all)),
            EsearchItem::Partial { range, found } => {
                let (begin, end) = match range {
                    Window::First(from, to) => (i64::from(from), i64::from(to)),
                    Window::Last(from, to) => (-i64::from(to), -i64::from(from)),
                };
                let range =
                    map([("begin", Node::of(begin)), ("end", Node::of(end)), ("excl", Node::of(false))]);
                ("PARTIAL", map([("range", range), ("results", found.map_or(Node::Null, set))]))
            }
            other => panic!("{other:?} is in no golden"),
        };
        Node::List(vec![Node::of(name), value])
    });
    let uid = Node::of(esearch.unit == Unit::Uid);
    map([("tag", nstring(esearch.tag)), ("uid", uid), ("data", items)])
}

/// A thread of the goldens is a message and what follows from it, so the members behind one are its children.
fn thread(thread: &Thread<'_>) -> Node {
    let members: Vec<_> = thread.members().iter().map(|one| one.expect("a member")).collect();
    let depth = members.iter().take_while(|member| matches!(member, ThreadMember::Message(_))).count();
    let (messages, behind) = members.split_at(depth);
    let branches = behind.iter().map(|member| match member {
        ThreadMember::Branch(branch) => self::thread(branch),
        ThreadMember::Message(_) => panic!("a message behind a branch"),
    });
    let mut children = Node::List(branches.collect());
    let mut node = Node::Null;
    for message in messages.iter().rev() {
        let ThreadMember::Message(number) = message else { continue };
        node = map([("seqno", Node::of(number)), ("children", children)]);
        children = Node::List(vec![node.clone()]);
    }
    if messages.is_empty() { map([("seqno", Node::Null), ("children", children)]) } else { node }
}

fn fetch(fetch: &Fetch<'_>) -> Node {
    let items = fetch.items().iter().map(|item| fetch_item(&item.expect("an item"))).collect();
    let number = if fetch.form() == Form::Uid { "uid" } else { "seqno" };
    map([(number, Node::of(fetch.number())), ("attr", Node::Map(items))])
}

fn fetch_item(item: &FetchItem<'_>) -> (String, Node) {
    let named = |name: &str, value: Node| (name.to_owned(), value);
    let written = |date: mailwire_core::DateTime| {
        let mut out = mailwire_imap::out::Out::server(mailwire_imap::out::Enabled::NONE);
        let item = [FetchItem::InternalDate(date)];
        Response::Fetch(Fetch::new(1, Form::Sequence, List::from(&item[..]))).encode(&mut out);
        let text = String::from_utf8_lossy(out.bytes()).into_owned();
        Node::of(text.split('"').nth(1).expect("a date"))
    };
    match *item {
        FetchItem::Uid(n) => named("UID", Node::of(n)),
        FetchItem::Size(n) => named("RFC822.SIZE", Node::of(n)),
        FetchItem::ModSeq(n) => named("MODSEQ", Node::of(n)),
        FetchItem::Flags(flags) => named("FLAGS", list(flags, flag)),
        FetchItem::InternalDate(one) => named("INTERNALDATE", written(one)),
        FetchItem::GmailMessageId(n) => named("X-GM-MSGID", Node::of(n)),
        FetchItem::GmailThreadId(n) => named("X-GM-THRID", Node::of(n)),
        FetchItem::GmailLabels(labels) => named("X-GM-LABELS", list(labels, |one| label(one.0))),
        FetchItem::Preview(text) => named("PREVIEW", nstring(text)),
        FetchItem::SaveDate(one) => named("SAVEDATE", one.map_or(Node::Null, written)),
        FetchItem::EmailId(id) => named("EMAILID", string(id.as_string())),
        FetchItem::ThreadId(id) => named("THREADID", id.map_or(Node::Null, |id| string(id.as_string()))),
        FetchItem::Envelope(one) => named("ENVELOPE", one.map_or(Node::Null, |one| envelope(&one))),
        FetchItem::Body(body) => named("BODY", body.map_or(Node::Null, |body| structure(&body))),
        FetchItem::BodyStructure(body) => {
            named("BODYSTRUCTURE", body.map_or(Node::Null, |body| structure(&body)))
        }
        FetchItem::Section { section, origin, data } => (name_of("BODY", &section, origin), octets(data)),
        FetchItem::Binary { section, origin, data } => (name_of("BINARY", &section, origin), octets(data)),
        FetchItem::BinarySize { section, size } => (name_of("BINARY.SIZE", &section, None), Node::of(size)),
        FetchItem::Rfc822(data) => named("RFC822", octets(data)),
        FetchItem::Rfc822Header(data) => named("RFC822.HEADER", octets(data)),
        FetchItem::Rfc822Text(data) => named("RFC822.TEXT", octets(data)),
        ref other => panic!("{other:?} is in no golden"),
    }
}

fn label(text: IString<'_>) -> Node {
    let text = text.to_str_lossy();
    Node::Text(text.strip_prefix('\\').map_or(text.to_string(), |word| format!(":{word}")))
}

fn octets(data: Data<'_>) -> Node {
    match data {
        Data::Here(octets) => string(octets),
        _ => Node::Null,
    }
}

fn name_of(word: &str, section: &Section<'_>, origin: Option<u64>) -> String {
    let names = |names: List<'_, IString<'_>>| {
        names.iter().flatten().map(|name| name.to_str_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    };
    let text = match section.text() {
        SectionText::Header => "HEADER".to_owned(),
        SectionText::HeaderFields(fields) => format!("HEADER.FIELDS ({})", names(fields)),
        SectionText::HeaderFieldsNot(fields) => format!("HEADER.FIELDS.NOT ({})", names(fields)),
        SectionText::Text => "TEXT".to_owned(),
        SectionText::Mime => "MIME".to_owned(),
        _ => String::new(),
    };
    let numbers = section.part().map(|number| number.to_string());
    let inside: Vec<String> = numbers.chain(Some(text).filter(|text| !text.is_empty())).collect();
    format!("{word}[{}]{}", inside.join("."), origin.map_or(String::new(), |origin| format!("<{origin}>")))
}

fn envelope(envelope: &Envelope<'_>) -> Node {
    let addresses = |addresses: Option<List<'_, Address<'_>>>| {
        addresses.map_or(Node::Null, |addresses| {
            list(addresses, |one| {
                map([
                    ("name", nstring(one.name)),
                    ("route", nstring(one.route)),
                    ("mailbox", nstring(one.mailbox)),
                    ("host", nstring(one.host)),
                ])
            })
        })
    };
    map([
        ("date", nstring(envelope.date)),
        ("subject", nstring(envelope.subject)),
        ("from", addresses(envelope.from)),
        ("sender", addresses(envelope.sender)),
        ("reply_to", addresses(envelope.reply_to)),
        ("to", addresses(envelope.to)),
        ("cc", addresses(envelope.cc)),
        ("bcc", addresses(envelope.bcc)),
        ("in_reply_to", nstring(envelope.in_reply_to)),
        ("message_id", nstring(envelope.message_id)),
    ])
}

fn parameters(parameters: Option<List<'_, Parameter<'_>>>) -> Node {
    parameters.map_or(Node::Null, |parameters| {
        let pairs = parameters.iter().flatten();
        Node::Map(pairs.map(|one| (one.name.to_str_lossy().into_owned(), string(one.value))).collect())
    })
}

fn structure(body: &BodyStructure<'_>) -> Node {
    let (mut members, extended) = match body {
        BodyStructure::Part(part) => {
            let mut members = vec![
                ("media_type", string(part.media_type)),
                ("subtype", string(part.subtype)),
                ("param", parameters(part.parameters)),
                ("content_id", nstring(part.id)),
                ("description", nstring(part.description)),
                ("encoding", string(part.encoding)),
                ("size", Node::of(part.octets)),
                ("md5", nstring(part.md5)),
            ];
            match part.kind {
                PartKind::Basic => {}
                PartKind::Text { lines } => members.push(("lines", Node::of(lines))),
                PartKind::Message { envelope, body, lines } => {
                    let inner = envelope.and_then(|one| one.first().ok());
                    members.push(("envelope", inner.map_or(Node::Null, |one| self::envelope(&one))));
                    let inner = body.and_then(|one| one.first().ok());
                    members.push(("body", inner.map_or(Node::Null, |one| structure(&one))));
                    members.push(("lines", Node::of(lines)));
                }
            }
            (members, part.extended)
        }
        BodyStructure::Multipart(multipart) => {
            let members = vec![
                ("media_type", Node::of("MULTIPART")),
                ("subtype", string(multipart.subtype)),
                ("parts", list(multipart.parts, |part| structure(&part))),
                ("param", parameters(multipart.parameters)),
            ];
            (members, multipart.extended)
        }
    };
    members.extend(extension(&extended));
    Node::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn extension(extended: &Extended<'_>) -> [(&'static str, Node); 4] {
    let disposition = extended.disposition.map_or(Node::Null, |one| {
        map([("dsp_type", string(one.kind)), ("param", parameters(one.parameters))])
    });
    let raw = list(extended.more, |one| raw(one.as_bytes()));
    [
        ("disposition", disposition),
        ("language", extended.language.map_or(Node::Null, |tags| list(tags, string))),
        ("location", nstring(extended.location)),
        ("extension", raw),
    ]
}

/// A value that we keep as it came: strings, numbers, and lists of them.
fn raw(text: &[u8]) -> Node {
    fn list(rest: &mut &str) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            *rest = rest.trim_start();
            if let Some(behind) = rest.strip_prefix('(') {
                *rest = behind;
                nodes.push(Node::List(list(rest)));
            } else if let Some(behind) = rest.strip_prefix(')') {
                *rest = behind;
                return nodes;
            } else if let Some(behind) = rest.strip_prefix('"') {
                let (inside, behind) = behind.split_once('"').expect("a quote that is closed");
                *rest = behind;
                nodes.push(Node::of(inside));
            } else if rest.is_empty() {
                return nodes;
            } else {
                let end = rest.find([' ', '(', ')']).unwrap_or(rest.len());
                let (word, behind) = rest.split_at(end);
                *rest = behind;
                nodes.push(Node::of(word));
            }
        }
    }
    let text = String::from_utf8_lossy(text).into_owned();
    list(&mut text.as_str()).pop().unwrap_or(Node::Null)
}
