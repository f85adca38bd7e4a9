//! Replies and capabilities.

use core::fmt::Write;
use mailwire_core::{Defect, DefectKind, Escaped, Frame};
use mailwire_smtp::leniency::BareLf;
use mailwire_smtp::{Capability, Leniency, Reply, ReplyReader, SmtpDefect};
use mailwire_testkit::vectors::{Got, check};

fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn leniency(bare_lf: bool) -> Leniency {
    Leniency::default().with_bare_lf(if bare_lf { BareLf::EndsLine } else { BareLf::Refuse })
}

/// What is in a frame, for a person.
fn describe(frame: &Frame<'_, Reply<'_>>, leniency: Leniency, out: &mut Vec<(&'static str, String)>) {
    match frame.value() {
        Ok(reply) => {
            let mut line = reply.code().to_string();
            if let Some(enhanced) = reply.enhanced() {
                let _ = write!(line, " {enhanced}");
            }
            for text in reply.lines() {
                let _ = write!(line, " {:?}", Escaped(text));
            }
            out.push(("reply", line));
        }
        Err(error) if frame.raw().is_empty() => {
            out.push(("reply", format!("{} octets, {error}", frame.len())));
        }
        Err(error) => out.push(("reply", error.to_string())),
    }
    let mut found: Vec<Defect<SmtpDefect>> = Vec::new();
    let again = Reply::parse_with(frame.raw(), &leniency, &mut found);
    if !frame.raw().is_empty() {
        assert_eq!(again, frame.value());
    }
    for defect in &found {
        assert!(frame.defects().contains(defect.kind()), "{defect}");
        let range = defect.range();
        out.push(("defect", format!("{} {}..{}", defect.kind().name(), range.start, range.end)));
    }
    if !frame.raw().is_empty() {
        let kinds = frame.defects().iter();
        assert!(kinds.into_iter().all(|kind| found.iter().any(|defect| defect.kind() == kind)));
    }
}

fn read(stream: &[u8], cuts: &[usize], leniency: Leniency) -> Vec<(&'static str, String)> {
    let mut reader = ReplyReader::default().with_leniency(leniency);
    let mut out = Vec::new();
    let mut taken = 0;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => describe(&frame, leniency, &mut out),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(reader.next(&mut input).unwrap_err(), error, "an error that is not final");
                    out.push(("fatal", error.to_string()));
                    return out;
                }
            }
        }
        taken = cut.max(taken) - input.len();
        assert_eq!(reader.offset(), taken as u64);
    }
    if taken < stream.len() {
        out.push(("rest", (stream.len() - taken).to_string()));
    }
    out
}

#[test]
fn replies() {
    check(data("replies.vec"), |vector| {
        let stream = vector.bytes("in");
        let leniency = leniency(vector.has("bare-lf"));
        let whole = read(stream, &[], leniency);
        let bytewise: Vec<usize> = (1..stream.len()).collect();
        assert_eq!(read(stream, &bytewise, leniency), whole, "{}: an octet a call", vector.name());
        for cut in 1..stream.len() {
            assert_eq!(read(stream, &[cut], leniency), whole, "{}: cut at {cut}", vector.name());
        }
        let mut got = Got::new();
        for key in ["reply", "defect", "fatal", "rest"] {
            got = got.many(key, whole.iter().filter(|(name, _)| *name == key).map(|(_, text)| text));
        }
        got
    });
}

#[test]
fn capabilities() {
    check(data("capabilities.vec"), |vector| {
        let reply = Reply::parse(vector.bytes("in")).unwrap();
        let capabilities = reply.capabilities();
        let mut wire = Vec::new();
        let invalid = capabilities.lines().filter(|line| !line.trim_ascii().is_empty()).filter_map(|line| {
            Capability::parse(line).err().map(|error| format!("{}: {error}", Escaped(line)))
        });
        let got = Got::new()
            .one("name", vector.name())
            .one("server", Escaped(capabilities.name()).to_string())
            .many("invalid", invalid)
            .many("is", capabilities.iter().map(|capability| format!("{capability:?}")))
            .many("size", capabilities.size().map(|size| size.to_string()))
            .many("mechanism", capabilities.auth_mechanisms());
        for capability in capabilities.iter() {
            if !wire.is_empty() {
                wire.extend_from_slice(b" | ");
            }
            capability.encode(&mut wire);
        }
        got.one("wire", wire)
    });
}
