//! The peers of IMAP, each by the best way its interface has for the same work.

use crate::work::Worker;
use imap_codec::decode::{Decoder, ResponseDecodeError};
use imap_codec::encode::Encoder;
use imap_codec::fragmentizer::Fragmentizer;
use imap_codec::imap_types::IntoStatic;
use imap_codec::imap_types::command::{Command, CommandBody};
use imap_codec::imap_types::core::{IString, Literal, NString, Vec1};
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItem};
use imap_codec::imap_types::response::{Data, Response};
use imap_codec::imap_types::sequence::SequenceSet;
use imap_codec::{CommandCodec, ResponseCodec};
use std::hint::black_box;
use std::num::NonZeroU32;

/// Who does the work of that name.
pub fn workers(name: &str) -> Vec<Worker> {
    match name {
        "imap/fetch" | "imap/flags" | "imap/list" | "imap/search" | "imap/literals" => {
            vec![Worker::new("imap-proto", proto), Worker::new("imap-codec", codec)]
        }
        "imap/fetch-owned" => {
            vec![Worker::new("imap-proto", proto_owned), Worker::new("imap-codec", codec_owned)]
        }
        "imap/fetch-4k-reads" | "imap/literals-4k-reads" => vec![
            Worker::new("imap-proto", proto_reads),
            Worker::new("imap-codec", codec_reads),
            Worker::new("imap-codec, reused", codec_fragments),
        ],
        "imap/login"
        | "imap/select"
        | "imap/uid-fetch"
        | "imap/search-command"
        | "imap/store"
        | "imap/append" => {
            vec![Worker::new("imap-codec", commands)]
        }
        "imap/encode-fetch" => vec![Worker::new("imap-codec", encode_fetch())],
        "imap/encode-literal" => vec![Worker::new("imap-codec", encode_literal())],
        _ if name.starts_with("imap/encode-set") => vec![Worker::new("imap-codec", encode_set())],
        _ => Vec::new(),
    }
}

fn proto(stream: &[u8]) {
    let mut rest = black_box(stream);
    while !rest.is_empty() {
        let (behind, response) = imap_proto::Response::parse(rest).expect("a response");
        black_box(&response);
        rest = behind;
    }
}

fn codec(stream: &[u8]) {
    let codec = ResponseCodec::default();
    let mut rest = black_box(stream);
    while !rest.is_empty() {
        let (behind, response) = codec.decode(rest).expect("a response");
        black_box(&response);
        rest = behind;
    }
}

fn proto_owned(stream: &[u8]) {
    let mut rest = black_box(stream);
    while !rest.is_empty() {
        let (behind, response) = imap_proto::Response::parse(rest).expect("a response");
        black_box(&response.into_owned());
        rest = behind;
    }
}

fn codec_owned(stream: &[u8]) {
    let codec = ResponseCodec::default();
    let mut rest = black_box(stream);
    while !rest.is_empty() {
        let (behind, response) = codec.decode(rest).expect("a response");
        black_box(&response.into_static());
        rest = behind;
    }
}

/// What was not taken is read again with the next octets: there is no way to go on in the middle.
fn reads(stream: &[u8], mut one: impl FnMut(&[u8]) -> Option<usize>) {
    let mut buffer = Vec::with_capacity(8192);
    for piece in stream.chunks(4096) {
        buffer.extend_from_slice(black_box(piece));
        let mut taken = 0;
        while let Some(len) = buffer.get(taken..).filter(|rest| !rest.is_empty()).and_then(&mut one) {
            taken += len;
        }
        buffer.drain(..taken);
    }
    assert!(buffer.is_empty());
}

fn proto_reads(stream: &[u8]) {
    reads(stream, |rest| {
        let (behind, response) = imap_proto::Response::parse(rest).ok()?;
        black_box(&response);
        Some(rest.len() - behind.len())
    });
}

fn codec_reads(stream: &[u8]) {
    let codec = ResponseCodec::default();
    reads(stream, |rest| match codec.decode(rest) {
        Ok((behind, response)) => {
            black_box(&response);
            Some(rest.len() - behind.len())
        }
        Err(ResponseDecodeError::Failed) => panic!("a response"),
        Err(_) => None,
    });
}

/// With the cutter that comes with it.
fn codec_fragments(stream: &[u8]) {
    let codec = ResponseCodec::default();
    let mut fragments = Fragmentizer::without_max_message_size();
    for piece in stream.chunks(4096) {
        fragments.enqueue_bytes(black_box(piece));
        while fragments.progress().is_some() {
            if fragments.is_message_complete() {
                black_box(&fragments.decode_message(&codec).expect("a response"));
            }
        }
    }
}

fn commands(stream: &[u8]) {
    let codec = CommandCodec::default();
    let mut rest = black_box(stream);
    while !rest.is_empty() {
        let (behind, command) = codec.decode(rest).expect("a command");
        black_box(&command);
        rest = behind;
    }
}

fn encode_fetch() -> impl FnMut(&[u8]) {
    let codec = ResponseCodec::default();
    let mut response = None;
    move |stream| {
        let response =
            response.get_or_insert_with(|| codec.decode(stream).expect("a response").1.into_static());
        black_box(codec.encode(black_box(response)).dump());
    }
}

fn encode_literal() -> impl FnMut(&[u8]) {
    let codec = ResponseCodec::default();
    let mut response = None;
    move |octets| {
        let response = response.get_or_insert_with(|| {
            let data = Literal::try_from(octets.to_vec()).expect("octets");
            let data = NString(Some(IString::Literal(data)));
            let item = MessageDataItem::BodyExt { section: None, origin: None, data };
            Response::Data(Data::Fetch { seq: NonZeroU32::MIN, items: Vec1::from(item) })
        });
        black_box(codec.encode(black_box(response)).dump());
    }
}

fn encode_set() -> impl FnMut(&[u8]) {
    let codec = CommandCodec::default();
    let mut command = None;
    move |set| {
        let command = command.get_or_insert_with(|| {
            let sequence_set =
                SequenceSet::try_from(std::str::from_utf8(set).expect("ASCII")).expect("a set");
            let body = CommandBody::Fetch {
                sequence_set,
                macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(Vec::new()),
                uid: true,
                modifiers: Vec::new(),
            };
            Command::new("A1", body).expect("a tag")
        });
        black_box(codec.encode(black_box(command)).dump());
    }
}
