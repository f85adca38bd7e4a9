//! Bodies on the wire, both ways.

use crate::feed::{bytewise, cuts_for, feed};
use crate::twins;
use mailwire_smtp::data::{DataItem, DataReader, DataWriter, LineEnds};
use mailwire_smtp::{Chunk, ChunkWriter, Strays};

/// Reading equals the slow reader at any cut; what is written is read as it was.
pub fn smtp_data(bytes: &[u8]) {
    let slow = twins::unstuff(bytes);
    for cuts in [Vec::new(), bytewise(bytes.len()), cuts_for(bytes)] {
        assert_eq!(read(bytes, &cuts), slow);
    }
    write(bytes, &cuts_for(bytes));
    chunks(bytes, &cuts_for(bytes));
}

fn read(wire: &[u8], cuts: &[usize]) -> twins::Unstuffed {
    let mut reader = DataReader::new();
    let mut got = twins::Unstuffed::default();
    let mut refused = None;
    let taken = feed(wire, cuts, |input| match reader.next(input) {
        Some(DataItem::Chunk(chunk)) => {
            got.content.extend_from_slice(chunk);
            true
        }
        Some(DataItem::Frame(frame)) => {
            refused = Some(frame.value().is_err());
            true
        }
        None => false,
    });
    assert_eq!(reader.offset(), taken as u64);
    let tally = *reader.tally();
    assert_eq!(tally.octets(), got.content.len() as u64);
    assert_eq!(tally.ends_with_crlf(), got.content.ends_with(b"\r\n"));
    assert_eq!(tally.lines() as usize, got.content.split(|&byte| byte == b'\n').count() - 1);
    got.end = refused.map(|_| taken);
    for (stray, at) in tally.strays() {
        got.strays[stray as usize] = Some(at);
    }
    assert!(refused.is_none_or(|refused| refused != tally.is_clean()));
    assert_eq!(Strays::Keep.judge(&tally), Ok(()));
    got
}

fn pieces<'a>(body: &'a [u8], cuts: &'a [usize]) -> impl Iterator<Item = &'a [u8]> {
    let ends = cuts.iter().map(|&cut| cut.min(body.len())).chain([body.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let piece = &body[start..end];
        start = end;
        piece
    })
}

fn write(body: &[u8], cuts: &[usize]) {
    let body: Vec<u8> = body.iter().copied().filter(|&byte| byte != 0).collect();
    let mut writer = DataWriter::new().with_line_ends(LineEnds::Normalise);
    let mut wire = Vec::new();
    for piece in pieces(&body, cuts) {
        wire.extend(writer.stuff(piece).expect("line ends are made right").flatten());
    }
    wire.extend(writer.finish().expect("line ends are made right"));
    assert_eq!(wire, twins::stuff(&twins::normalise(&body)));
    let back = twins::unstuff(&wire);
    assert_eq!((back.end, back.strays), (Some(wire.len()), [None; 3]));
}

fn chunks(body: &[u8], cuts: &[usize]) {
    let mut writer = ChunkWriter::new();
    let mut content = Vec::new();
    let last = [(b"".as_slice(), Chunk::Last)];
    for (piece, chunk) in pieces(body, cuts).map(|piece| (piece, Chunk::More)).chain(last) {
        let Ok(wire) = writer.write(piece, chunk) else {
            assert!(!writer.tally().is_clean());
            return;
        };
        let [line, held, octets] = wire.slices();
        let text = std::str::from_utf8(line).expect("ASCII");
        let size = text.strip_prefix("BDAT ").and_then(|rest| rest.split([' ', '\r']).next());
        assert_eq!(size.map_or(0, |size| size.parse().expect("a number")), held.len() + octets.len());
        content.extend([held, octets].concat());
    }
    assert_eq!(content, body);
}
