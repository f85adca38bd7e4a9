//! Where a mail came from, and what it belongs to.

use super::inside;
use mailwire_message::value::{BaseSubject, Clause, Received, ReturnPath};

/// A trace is read whatever it holds: its pieces lie in it, in their order and apart, the first clause of each name is
/// what is answered, and a line end behind it makes no difference.
pub fn received(bytes: &[u8]) {
    let received = Received::parse_with(bytes, &mut inside(bytes));
    let answers = |received: &Received<'_>| {
        format!(
            "{:?}",
            (
                (received.from(), received.helo(), received.from_host(), received.from_ip()),
                (received.by(), received.via(), received.with(), received.id()),
                (received.recipient(), received.tls(), received.date()),
            )
        )
    };
    assert_eq!(answers(&Received::parse(bytes)), answers(&received), "a sink changes what is read");
    match received.date_with(&mut inside(bytes)) {
        Ok(date) => assert_eq!(received.date(), Some(date)),
        Err(error) => assert!(received.date().is_none() && error.offset() <= bytes.len()),
    }

    let mut at = 0;
    // Whether a semicolon stands before the part.
    let mut take = |part: &[u8]| {
        if part.is_empty() {
            return false;
        }
        let start = part.as_ptr().addr() - bytes.as_ptr().addr();
        assert!(start >= at && start + part.len() <= bytes.len(), "a piece of bytes that were taken");
        let between = &bytes[at..start];
        at = start + part.len();
        between.contains(&b';')
    };
    let mut said: Vec<(String, &[u8])> = Vec::new();
    let mut open: Option<&[u8]> = None;
    let mut clauses = received.clauses();
    for clause in clauses.by_ref() {
        let words = match clause {
            Clause::Named { name, value } => {
                take(name);
                take(value);
                open = value.is_empty().then_some(name);
                said.extend((!value.is_empty()).then(|| (lower(name), value)));
                continue;
            }
            Clause::Comment(comment) => {
                if take(comment) {
                    open = None;
                }
                assert!(comment.starts_with(b"(") && comment.ends_with(b")"));
                continue;
            }
            Clause::Words(words) => words,
            _ => continue,
        };
        if take(words) {
            open = None;
        }
        // Comments may stand between a name and its words.
        said.extend(open.take().map(|name| (lower(name), words)));
    }
    assert!(clauses.next().is_none(), "an iterator that has ended goes on");
    let first = |name: &str| said.iter().find(|(known, _)| known == name).map(|(_, words)| unfolded(words));
    for (name, answer) in [("by", received.by()), ("via", received.via())] {
        assert_eq!(answer.as_deref(), first(name).as_deref(), "{name}");
    }
    assert_eq!(received.with().map(|with| with.to_text().into_owned()), first("with"));

    let line = [bytes, b"\r\n"].concat();
    assert_eq!(answers(&Received::parse(&line)), answers(&received), "a line end changes what is read");
}

/// A return path is an address, nobody, or refused.
pub fn return_path(bytes: &[u8]) {
    match ReturnPath::parse_with(bytes, &mut inside(bytes)) {
        Ok(path) => {
            assert_eq!(path.is_null(), path.address().is_none());
            assert!(path.route().is_none_or(|route| route.contains(&b'@') && route.contains(&b':')));
            if path.is_null() {
                assert!(bytes.contains(&b'<'));
            }
        }
        Err(error) => {
            assert!(error.offset() <= bytes.len());
            assert!(ReturnPath::parse(bytes).is_err(), "a sink changes what is read");
        }
    }
}

/// The base of a subject is what is left of it, in one line, and has nothing left to remove.
pub fn subject(bytes: &[u8]) {
    let subject = String::from_utf8_lossy(bytes);
    let base = BaseSubject::parse(&subject);
    let text = base.as_str();
    assert!(text.len() <= subject.len());
    assert!(!text.contains(['\r', '\n', '\t']) && !text.contains("  ") && text == text.trim_matches(' '));
    let again = BaseSubject::parse(text);
    assert_eq!((again.as_str(), again.is_reply_or_forward()), (text, false));
    let reply = format!("Re: [x] {subject} (fwd)");
    if !text.is_empty() {
        assert_eq!(BaseSubject::parse(&reply).as_str(), text);
    }
}

fn lower(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

fn unfolded(words: &[u8]) -> String {
    let kept: Vec<u8> = words.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    String::from_utf8_lossy(&kept).into_owned()
}
