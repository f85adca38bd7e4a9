//! Work whose instructions `icount.sh` counts.
//!
//! Without arguments it prints the names of all workloads; with a name it runs that one, in [`measured`], which is
//! the only function that is counted. With a second argument it runs that many times, for `perf` and `samply`.

mod codecs;
mod imap;
mod inputs;
mod wire;

use codecs::Codec;
use mailwire::message::{Index, Parser, html_to_text_into};
use mailwire_benches::ours;
use mailwire_benches::work::{Input, Work, Worker};
use mailwire_testkit::{generate, mail};
use std::env;
use std::hint::black_box;

fn main() {
    let mut arguments = env::args().skip(1);
    let Some(name) = arguments.next() else {
        names().iter().for_each(|name| println!("{name}"));
        return;
    };
    let times = arguments.next().map_or(1, |times| times.parse().expect("a number of times"));
    let Some(Workload { input, mut worker, warm }) = workload(&name) else {
        panic!("no workload of the name {name}");
    };
    if warm {
        worker.run(&input);
    }
    for _ in 0..times {
        measured(&mut worker, &input);
    }
}

/// The name of this function stands in `icount.sh`.
#[inline(never)]
fn measured(worker: &mut Worker, input: &Input) {
    worker.run(black_box(input));
}

struct Workload {
    input: Input,
    worker: Worker,
    /// Whether it is counted from the second pass on: what an allocation costs differs from one system to the next.
    warm: bool,
}

/// Bytes of a hostile input: n.
const N: usize = 50_000;
/// Bytes of what a codec reads.
const CODEC: usize = 100_000;

fn names() -> Vec<String> {
    let mut names: Vec<String> = EVERY_DAY.iter().map(|(name, ..)| (*name).to_owned()).collect();
    names.extend(
        codecs::all(100).into_iter().chain(wire::all(100)).chain(imap::all()).map(|codec| codec.input.name),
    );
    let mails = generate::MAILS.iter().map(|&(name, _)| format!("hostile/index/{name}"));
    let all = generate::all_as_mails(100).map(|(name, _)| format!("hostile/read/{name}"));
    let html = generate::HTML.iter().map(|&(name, _)| format!("hostile/html/{name}"));
    let imap = IMAP.iter().map(|&(name, ..)| format!("hostile/imap/{name}"));
    for name in mails.chain(all).chain(html).chain(imap) {
        names.extend([format!("{name}/n"), format!("{name}/4n")]);
    }
    names
}

/// A name, the work (all of it where there is none), and the mails.
type EveryDay = (&'static str, Option<Work>, fn() -> Vec<Vec<u8>>);

/// The mails that people get.
const EVERY_DAY: &[EveryDay] = &[
    ("structure/small", Some(Work::Structure), inputs::small),
    ("structure/nested-100", Some(Work::Structure), || vec![mail::nested(100)]),
    ("structure/attachment-1m", Some(Work::Structure), || vec![mail::attachment(1_000_000)]),
    ("headers/small", Some(Work::Headers), inputs::small),
    ("everything/small", Some(Work::Everything), inputs::small),
    ("everything/newsletter-47k", Some(Work::Everything), || vec![mail::newsletter(47_000)]),
    ("everything/attachment-1m", Some(Work::Everything), || vec![mail::attachment(1_000_000)]),
    ("everything/utf8-1m", Some(Work::Everything), || vec![mail::cyrillic_text(1_000_000)]),
    ("everything/ascii-1m", Some(Work::Everything), || vec![mail::ascii_text(1_000_000)]),
    ("everything/nested-100", Some(Work::Everything), || vec![mail::nested(100)]),
    // All that can be asked, the defects included.
    ("all/small", None, inputs::small),
];

fn workload(name: &str) -> Option<Workload> {
    if let Some((_, work, mails)) = EVERY_DAY.iter().find(|(known, ..)| *known == name) {
        let worker = work.map_or_else(read_all, ours::worker);
        return Some(Workload { input: Input::new(name, mails()), worker, warm: true });
    }
    if let Some(rest) = name.strip_prefix("hostile/") {
        let (work, rest) = rest.split_once('/')?;
        let (generator, times) = rest.split_once('/')?;
        let size = if times == "4n" { 4 * N } else { N };
        if work == "html" {
            let (_, make) = generate::HTML.iter().find(|(name, _)| *name == generator)?;
            let mut out = String::new();
            let worker = Worker::new("mailwire", move |html| {
                html_to_text_into(&String::from_utf8_lossy(html), &mut out);
            });
            return Some(Workload { input: Input::new(name, vec![make(size)]), worker, warm: false });
        }
        if work == "imap" {
            let &(_, front, piece, back) = IMAP.iter().find(|(name, ..)| *name == generator)?;
            let stream = [front, &piece.repeat(size / piece.len()), back].concat().into_bytes();
            return Some(Workload {
                input: Input::new(name, vec![stream]),
                worker: read_imap(),
                warm: false,
            });
        }
        let mail = hostile(generator, size)?;
        let worker = if work == "index" { ours::worker(Work::Structure) } else { read_all() };
        return Some(Workload { input: Input::new(name, vec![mail]), worker, warm: false });
    }
    let find = |all: Vec<Codec>| all.into_iter().find(|codec| codec.input.name == name);
    // The corpus is read last, for those who need it: what it leaves in the heap makes the allocations of a session cost twice as much.
    let codec = find(wire::all(CODEC)).or_else(|| find(imap::all())).or_else(|| find(codecs::all(CODEC)));
    let Codec { input, mut workers } = codec?;
    Some(Workload { input, worker: workers.swap_remove(0), warm: true })
}

/// A front, what is repeated in each nesting grammar of IMAP, and a back.
const IMAP: &[(&str, &str, &str, &str)] = &[
    (
        "parts",
        "* 1 FETCH (BODYSTRUCTURE (",
        "((((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"M\") \"M\") \"M\")",
        " \"M\"))\r\n",
    ),
    ("parts_too_deep", "* 1 FETCH (BODYSTRUCTURE ", "(", ")\r\n"),
    ("messages_too_deep", "* 1 FETCH (BODY ", "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1 () ", ")\r\n"),
    (
        "items_with_parts",
        "* 1 FETCH (UID 1",
        " BODY (((((((\"A\") \"M\") \"M\") \"M\") \"M\") \"M\") \"M\")",
        ")\r\n",
    ),
    (
        "addresses",
        "* 1 FETCH (ENVELOPE (NIL NIL (",
        "(NIL NIL \"a\" \"b\")",
        ") NIL NIL NIL NIL NIL NIL NIL))\r\n",
    ),
    ("threads", "* THREAD ", "(1 (2 (3 (4)(5))(6)))", "\r\n"),
    ("threads_too_deep", "* THREAD ", "(1 ", "\r\n"),
    ("lists", "* X ", "((a) (b (c)))", "\r\n"),
    ("status", "* STATUS x (A 1", " X ((1) ((2)))", ")\r\n"),
    ("quotes_that_nobody_closes", "* 1 FETCH (X (", "\"\\", "))\r\n"),
    ("keys", "a SEARCH SEEN", " (OR (NOT SEEN) (OR SEEN (SEEN)))", "\r\n"),
    ("keys_too_deep", "a SEARCH ", "OR NOT ", "SEEN\r\n"),
];

/// Reads all of it, and says what is forgiven; commands begin with `a`.
fn read_imap() -> Worker {
    use mailwire::imap::{CommandItem, CommandReader, Leniency, Limits, ResponseItem, ResponseReader};
    let limits = Limits::default().with_line(1 << 20);
    Worker::new("mailwire", move |stream| {
        let mut input = stream;
        if stream.starts_with(b"a") {
            if let Ok(Some(CommandItem::Frame(frame))) = CommandReader::new(limits).next(&mut input)
                && let Ok(command) = frame.value()
            {
                command.explain(frame.raw(), &Leniency::default(), &mut |found, _| _ = black_box(&found));
            }
        } else if let Ok(Some(ResponseItem::Frame(frame))) = ResponseReader::new(limits).next(&mut input)
            && let Ok(response) = frame.value()
        {
            response.explain(frame.raw(), &Leniency::default(), &mut |found, _| _ = black_box(&found));
        }
        assert!(input.is_empty());
    })
}

fn hostile(generator: &str, size: usize) -> Option<Vec<u8>> {
    if let Some((_, make)) = generate::MAILS.iter().find(|(name, _)| *name == generator) {
        return Some(make(size));
    }
    if let Some((_, header, make)) = generate::VALUES.iter().find(|(name, ..)| *name == generator) {
        return Some(generate::with_header(header, &make(size)));
    }
    let (_, encoding, make) = generate::BODIES.iter().find(|(name, ..)| *name == generator)?;
    Some(generate::with_body(encoding, &make(size)))
}

fn read_all() -> Worker {
    let parser = Parser::new();
    let mut index = Index::new();
    let mut scratch = Vec::new();
    Worker::new("mailwire", move |raw| {
        let message = parser.parse_into(raw, std::mem::take(&mut index));
        ours::read_all(&message, &mut scratch);
        index = message.into_index();
    })
}
