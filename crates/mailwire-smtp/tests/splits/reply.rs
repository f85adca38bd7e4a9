//! Replies.

use mailwire_core::FrameError;
use mailwire_smtp::leniency::BareLf;
use mailwire_smtp::{Leniency, Reply, ReplyReader};
use mailwire_testkit::vectors;
use proptest::prelude::*;

const _: () = {
    const fn holds<T: Send + Sync + 'static>() {}
    holds::<ReplyReader>();
};

/// What is known of one frame: where it is, its octets, and what it says: code, enhanced code, lines; `None` for an error.
type Said = Option<(u16, Option<String>, Vec<Vec<u8>>)>;
type Seen = (Vec<(u64, Vec<u8>, Said)>, Option<FrameError>);

fn said(reply: Option<Reply<'_>>) -> Said {
    let reply = reply?;
    let enhanced = reply.enhanced().map(|enhanced| enhanced.to_string());
    Some((reply.code().as_u16(), enhanced, reply.lines().map(<[u8]>::to_vec).collect()))
}

fn naive_line(line: &[u8]) -> Option<(u16, Option<String>, Vec<u8>)> {
    let digits = core::str::from_utf8(line.get(..3)?).ok()?;
    let code: u16 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    if !(200..600).contains(&code) || line.contains(&0) || line.contains(&b'\r') {
        return None;
    }
    if !matches!(line.get(3), None | Some(b' ' | b'-')) {
        return None;
    }
    let text = line.get(4..).unwrap_or_default();
    let first = text.split(|&byte| byte == b' ').next().unwrap();
    let numbers: Vec<_> = first.split(|&byte| byte == b'.').collect();
    let number = |digits: &&[u8]| {
        (1..=3).contains(&digits.len())
            && digits.iter().all(u8::is_ascii_digit)
            && (digits.len() == 1 || digits[0] != b'0')
    };
    let enhanced = numbers.len() == 3
        && numbers[0] == &line[..1]
        && matches!(line[0], b'2' | b'4' | b'5')
        && numbers.iter().all(number);
    if !enhanced {
        return Some((code, None, text.to_vec()));
    }
    let rest = text.get(first.len() + 1..).unwrap_or_default();
    Some((code, Some(String::from_utf8(first.to_vec()).unwrap()), rest.to_vec()))
}

fn naive_reply(lines: &[&[u8]]) -> Said {
    let lines: Vec<_> = lines.iter().map(|line| naive_line(line)).collect::<Option<_>>()?;
    let code = lines.last()?.0;
    let enhanced = lines.iter().rev().find_map(|(_, enhanced, _)| enhanced.clone());
    let class = char::from_digit(u32::from(code / 100), 10).unwrap();
    let enhanced = enhanced.filter(|enhanced| enhanced.starts_with(class));
    Some((code, enhanced, lines.into_iter().map(|(_, _, text)| text).collect()))
}

fn naive(stream: &[u8], bare_lf: BareLf) -> Seen {
    let mut frames = Vec::new();
    let (mut start, mut line_start) = (0, 0);
    let mut lines: Vec<&[u8]> = Vec::new();
    for at in 0..stream.len() {
        if stream[at] != b'\n' {
            continue;
        }
        let crlf = at > line_start && stream[at - 1] == b'\r';
        if !crlf && bare_lf == BareLf::Refuse {
            return (frames, Some(FrameError::BareLf { at: at as u64 }));
        }
        let line = &stream[line_start..at - usize::from(crlf)];
        lines.push(line);
        line_start = at + 1;
        if !(line.len() > 3 && line[..3].iter().all(u8::is_ascii_digit) && line[3] == b'-') {
            frames.push((start as u64, stream[start..=at].to_vec(), naive_reply(&lines)));
            lines.clear();
            start = at + 1;
        }
    }
    (frames, None)
}

fn seen(stream: &[u8], bare_lf: BareLf, cuts: &[usize]) -> Seen {
    let mut reader = ReplyReader::default().with_leniency(Leniency::default().with_bare_lf(bare_lf));
    let mut frames = Vec::new();
    let mut taken = 0;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let mut input = &stream[taken..cut.max(taken)];
        loop {
            match reader.next(&mut input) {
                Ok(Some(frame)) => {
                    let said = said(frame.value().ok());
                    frames.push((frame.at(), frame.raw().to_vec(), said));
                }
                Ok(None) => break,
                Err(error) => return (frames, Some(error)),
            }
        }
        assert!(reader.wants(input.len()) > 0);
        taken = cut.max(taken) - input.len();
    }
    (frames, None)
}

fn everywhere(stream: &[u8]) {
    for bare_lf in [BareLf::Refuse, BareLf::EndsLine] {
        let expected = naive(stream, bare_lf);
        let bytewise: Vec<usize> = (1..stream.len()).collect();
        assert_eq!(seen(stream, bare_lf, &[]), expected, "{}", stream.escape_ascii());
        assert_eq!(seen(stream, bare_lf, &bytewise), expected, "{}", stream.escape_ascii());
        for cut in 1..stream.len() {
            assert_eq!(seen(stream, bare_lf, &[cut]), expected, "{} at {cut}", stream.escape_ascii());
        }
    }
}

#[test]
fn vectors_and_what_becomes_of_them_equal_the_naive_twin() {
    let path = format!("{}/tests/data/replies.vec", env!("CARGO_MANIFEST_DIR"));
    for vector in vectors::parse(&std::fs::read_to_string(path).unwrap()).unwrap() {
        let stream = vector.bytes("in").to_vec();
        everywhere(&stream);
        for at in 0..stream.len() {
            if matches!(stream[at], b'\r' | b'\n') {
                let mut mutated = stream.clone();
                mutated.remove(at);
                everywhere(&mutated);
            }
            let mut mutated = stream.clone();
            mutated.insert(at, 0);
            everywhere(&mutated);
        }
    }
}

fn piece() -> impl Strategy<Value = &'static [u8]> {
    proptest::sample::select(vec![
        b"250".as_slice(),
        b"250-",
        b"250 ",
        b"550 ",
        b"550-",
        b"334 ",
        b"699-",
        b"\r\n",
        b"\r\n",
        b"\r\n",
        b"\r",
        b"\n",
        b"\0",
        b"\t",
        b"\xff",
        b"2.1.5 ",
        b"5.7.509 ",
        b"5.1.1",
        b" ",
        b"a text of more than sixteen octets",
        b"x",
    ])
}

proptest! {
    #[test]
    fn any_stream_equals_the_naive_twin(pieces in proptest::collection::vec(piece(), 0..30), cuts in proptest::collection::vec(0_usize..400, 0..6)) {
        let stream = pieces.concat();
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut <= stream.len()).collect();
        cuts.sort_unstable();
        for bare_lf in [BareLf::Refuse, BareLf::EndsLine] {
            prop_assert_eq!(seen(&stream, bare_lf, &cuts), naive(&stream, bare_lf));
        }
    }
}
