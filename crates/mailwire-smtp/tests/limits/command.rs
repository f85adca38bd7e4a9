//! What is over a limit meets its error, not the memory.

use mailwire_core::FrameError;
use mailwire_smtp::data::{DataItem, DataReader, DataWriter};
use mailwire_smtp::reader::CommandItem;
use mailwire_smtp::{Chunk, ChunkWriter, Command, CommandReader, Limits, Parameter, SaslLine};

/// Gives `stream` in pieces of `size`, and counts what comes.
fn items(
    reader: &mut CommandReader,
    stream: impl Iterator<Item = Vec<u8>>,
) -> (u64, u64, Option<FrameError>) {
    let (mut frames, mut errors) = (0, 0);
    let mut buffer: Vec<u8> = Vec::new();
    for piece in stream {
        buffer.extend(piece);
        let mut input = buffer.as_slice();
        loop {
            match reader.next(&mut input) {
                Ok(Some(CommandItem::Frame(frame))) => {
                    frames += 1;
                    errors += u64::from(frame.value().is_err());
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => return (frames, errors, Some(error)),
            }
        }
        let left = input.len();
        assert!(left <= 4096, "what is held is bounded");
        buffer.drain(..buffer.len() - left);
    }
    (frames, errors, None)
}

#[test]
fn a_line_over_the_limit_costs_one_error_and_reading_goes_on() {
    let mut reader = CommandReader::new(Limits::default());
    let stream = core::iter::repeat_n(vec![b'x'; 100], 1000).chain([b"\r\nQUIT\r\n".to_vec()]);
    assert_eq!(items(&mut reader, stream), (2, 1, None));
}

#[test]
fn a_line_without_end_is_given_up() {
    let mut reader = CommandReader::new(Limits::default());
    let stream = core::iter::repeat_n(vec![b'x'; 4096], 1000);
    let (frames, _, error) = items(&mut reader, stream);
    assert_eq!((frames, error), (0, Some(FrameError::Endless { at: Limits::DEFAULT.dropped })));
}

#[test]
fn a_long_line_that_may_announce_octets_is_final() {
    let mut reader = CommandReader::new(Limits::default());
    let stream = [b"BDAT 5".to_vec(), vec![b' '; 3000], b"\r\nQUIT\r\n".to_vec()];
    let (frames, _, error) = items(&mut reader, stream.into_iter());
    assert!(frames == 0 && matches!(error, Some(FrameError::Length { .. })));
}

#[test]
fn the_line_of_an_authentication_has_its_own_limit() {
    let mut reader = CommandReader::new(Limits::default());
    reader.expect_sasl();
    let long = [vec![b'A'; 12_000], b"\r\n".to_vec()].concat();
    let mut input = long.as_slice();
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert!(matches!(frame.value(), Ok(Command::Sasl(SaslLine::Response(_)))));
    // For one line.
    let mut input = &b"NOOP\r\n"[..];
    assert!(matches!(reader.next(&mut input), Ok(Some(CommandItem::Frame(_)))));
    reader.expect_sasl();
    let long = [vec![b'A'; 12_288], b"\r\n*\r\n".to_vec()].concat();
    let mut input = long.as_slice();
    let Ok(Some(CommandItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    assert!(frame.value().unwrap_err().is_too_long() && frame.raw().is_empty());
    assert_eq!(frame.len(), 12_290);
}

#[test]
fn a_million_chunks_of_one_octet() {
    let mut reader = CommandReader::new(Limits::default());
    let stream = core::iter::repeat_n(b"BDAT 1\r\nx".repeat(1000), 1000);
    assert_eq!(items(&mut reader, stream), (1_000_000, 0, None));
}

#[test]
fn a_million_parameters_are_read_one_by_one() {
    let line = [b"MAIL FROM:<>".to_vec(), b" SIZE=1".repeat(1_000_000)].concat();
    let Ok(Command::Mail(mail)) = Command::parse(&line) else { panic!() };
    assert_eq!(mail.parameters.iter().filter(|one| matches!(one, Ok(Parameter::Size(1)))).count(), 1_000_000);
}

/// One GiB to the wire and back, through buffers of 64 KiB.
#[test]
fn a_body_of_a_gigabyte_streams_both_ways() {
    const PIECE: usize = 64 * 1024;
    let line = b".a line that begins with a dot, and is as long as lines of mail are wont to be.\r\n";
    let piece: Vec<u8> = line.iter().copied().cycle().take(PIECE).collect();
    let count = (1 << 30) / PIECE;
    let mut writer = DataWriter::new().with_line_ends(mailwire_smtp::data::LineEnds::Normalise);
    let mut reader = DataReader::new();
    let mut buffer: Vec<u8> = Vec::new();
    let mut read = 0_u64;
    let mut take = |buffer: &mut Vec<u8>, reader: &mut DataReader| {
        let mut input = buffer.as_slice();
        while let Some(DataItem::Chunk(chunk)) = reader.next(&mut input) {
            read += chunk.len() as u64;
        }
        let left = input.len();
        assert!(left <= 3);
        buffer.drain(..buffer.len() - left);
    };
    for _ in 0..count {
        buffer.extend(writer.stuff(&piece).unwrap().flatten());
        take(&mut buffer, &mut reader);
    }
    buffer.extend(writer.finish().unwrap());
    take(&mut buffer, &mut reader);
    assert!(buffer.is_empty());
    assert_eq!(read, reader.tally().octets());
    // Where a piece ends in the middle of a line, the next begins with a dot that is none of a line's start.
    assert_eq!(read, (1 << 30) + if piece.ends_with(b"\r\n") { 0 } else { 2 });
}

#[test]
fn a_chunked_body_never_counts_wrong() {
    let mut writer = ChunkWriter::new();
    let mut wire: Vec<u8> = Vec::new();
    for piece in [&b"One\r"[..], b"\nTw", b"", b"o\r\n"] {
        wire.extend(writer.write(piece, Chunk::More).unwrap().slices().concat());
    }
    wire.extend(writer.write(b"", Chunk::Last).unwrap().slices().concat());
    let mut reader = CommandReader::new(Limits::default());
    let (mut input, mut content, mut last) = (wire.as_slice(), Vec::new(), None);
    while let Some(item) = reader.next(&mut input).unwrap() {
        match item {
            CommandItem::Frame(frame) => last = Some(frame.value().unwrap()),
            CommandItem::Chunk(octets) => content.extend_from_slice(octets),
        }
    }
    assert_eq!(content, b"One\r\nTwo\r\n");
    assert!(matches!(last, Some(Command::Bdat(bdat)) if bdat.chunk == Chunk::Last && bdat.size == 0));
    let refused = ChunkWriter::new().write(b"a\r", Chunk::Last).unwrap_err();
    assert_eq!(refused.to_string(), "a carriage return without a line feed at byte 1 of the body");
    assert!(ChunkWriter::new().write(b"a\nb", Chunk::More).is_err());
    let binary =
        ChunkWriter::new().with_content(mailwire_smtp::data::Content::Binary).write(b"a\n\0\r", Chunk::Last);
    assert_eq!(binary.unwrap().slices().concat(), b"BDAT 4 LAST\r\na\n\0\r");
}
