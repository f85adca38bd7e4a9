//! SMTP.

use super::inside;
use mailwire_core::{Defects, FrameError};
use mailwire_smtp::leniency::BareLf;
use mailwire_smtp::{Capability, Leniency, Limits, Reply, ReplyReader};

/// Small limits, so that short inputs meet them.
const SMALL: Limits =
    Limits::DEFAULT.with_reply_line(40).with_reply(100).with_reply_lines(5).with_dropped(300);

/// A stream of replies gives the same frames however it is cut; the frames lie one behind the other; each is read again from its
/// octets with the same outcome, and what is written of it is read as the same.
pub fn smtp_reply(bytes: &[u8]) {
    let Some((&cut, stream)) = bytes.split_first() else { return };
    for bare_lf in [BareLf::Refuse, BareLf::EndsLine] {
        let leniency = Leniency::default().with_bare_lf(bare_lf);
        for limits in [Limits::DEFAULT, SMALL] {
            let whole = replies(stream, usize::MAX, limits, leniency);
            assert_eq!(replies(stream, 1, limits, leniency), whole, "an octet a call");
            let cut = usize::from(cut).max(1);
            assert_eq!(replies(stream, cut, limits, leniency), whole, "{cut} octets a call");
        }
    }
}

type Outcome = (Vec<(u64, u64, Result<Vec<u8>, String>, String)>, Option<FrameError>, u64);

fn replies(stream: &[u8], step: usize, limits: Limits, leniency: Leniency) -> Outcome {
    let mut reader = ReplyReader::new(limits).with_leniency(leniency);
    let mut frames = Vec::new();
    let (mut taken, mut seen, mut end) = (0, 0, 0);
    loop {
        seen = stream.len().min(usize::saturating_add(seen, step));
        let mut input = &stream[taken..seen];
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => {
                    assert_eq!(frame.at(), end, "a gap between frames");
                    end += frame.len();
                    assert_eq!(reader.offset(), end);
                    if frame.raw().is_empty() {
                        assert!(frame.value().is_err_and(|error| error.is_too_long()));
                    } else {
                        let start = usize::try_from(frame.at()).unwrap();
                        assert_eq!(frame.raw(), &stream[start..usize::try_from(end).unwrap()]);
                        assert!(frame.raw().len() <= limits.reply.max(8));
                        let mut defects = Defects::NONE;
                        assert_eq!(Reply::parse_with(frame.raw(), &leniency, &mut defects), frame.value());
                        assert_eq!(defects, frame.defects());
                        let _ = Reply::parse_with(frame.raw(), &leniency, &mut inside(frame.raw()));
                    }
                    let defects = format!("{:?}", frame.defects());
                    let value = frame.value().map(|reply| reply_laws(&reply));
                    let value = value.map_err(|error| error.to_string());
                    frames.push((frame.at(), frame.len(), value, defects));
                }
                Ok(None) => break,
                Err(error) => return (frames, Some(error), reader.offset()),
            }
        }
        assert!(reader.wants(input.len()) > 0);
        // Of the line that crosses the limit, so much that its code is known.
        assert!(input.len() <= limits.reply + 6, "more is held than the limit says");
        taken = seen - input.len();
        if seen == stream.len() {
            return (frames, None, 0);
        }
    }
}

/// What is written of a reply is a reply that says the same, line by line.
fn reply_laws(reply: &Reply<'_>) -> Vec<u8> {
    let mut wire = Vec::new();
    reply.encode(&mut wire);
    let again = Reply::parse(&wire).unwrap();
    assert_eq!(&again, reply);
    assert_eq!((again.code(), again.enhanced()), (reply.code(), reply.enhanced()));
    assert!(again.lines().eq(reply.lines()));
    assert!(reply.lines().all(|line| !line.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0))));
    assert_eq!(wire.iter().filter(|&&byte| byte == b'\n').count(), reply.lines().count());
    assert_eq!(reply.text().is_empty(), reply.text().to_string().is_empty());
    assert!(reply.challenge().is_none() || reply.code().as_u16() == 334);
    capability_laws(reply);
    wire
}

/// What a capability is does not depend on how it is asked for, and what is written of it is the same capability.
pub fn smtp_capabilities(bytes: &[u8]) {
    let mut wire = b"250-mx.example.org\r\n250-".to_vec();
    for &byte in bytes {
        match byte {
            b'\n' => wire.extend_from_slice(b"\r\n250-"),
            b'\r' | 0 => {}
            byte => wire.push(byte),
        }
    }
    wire.extend_from_slice(b"\r\n250 OK\r\n");
    if let Ok(reply) = Reply::parse(&wire) {
        capability_laws(&reply);
    }
}

fn capability_laws(reply: &Reply<'_>) {
    let capabilities = reply.capabilities();
    let lines = capabilities.lines().filter(|line| !line.iter().all(|byte| matches!(byte, b' ' | b'\t')));
    let mut count = 0;
    let mut all = capabilities.iter();
    for line in lines {
        count += 1;
        let capability = all.next().expect("a capability for each line that says something");
        match Capability::parse(line) {
            Ok(parsed) => assert_eq!(parsed, capability),
            Err(error) => {
                assert!(error.offset() <= line.len());
                assert!(matches!(capability, Capability::Other { .. }));
            }
        }
        let mut wire = Vec::new();
        capability.encode(&mut wire);
        assert!(!wire.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
        let again = Capability::parse(&wire);
        assert!(again == Ok(capability) || matches!(capability, Capability::Other { .. }), "{again:?}");
        assert!(capabilities.supports(capability.keyword()));
    }
    assert_eq!(all.count(), 0);
    assert!(count >= capabilities.auth_mechanisms().take(1).count());
    let _ =
        (capabilities.size(), capabilities.limits().recipients(), capabilities.name(), capabilities.text());
    assert!(capabilities.limits().iter().all(|limit| limit.number().is_none_or(|number| number < 1_000_000)));
}
