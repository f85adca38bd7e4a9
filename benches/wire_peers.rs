//! The peers on the wire, each by the best way its interface has for the same work.

use crate::work::Worker;
use lettre::transport::smtp::response::Response as LettreResponse;
use smtp_proto::request::receiver::{DataReceiver, RequestReceiver};
use smtp_proto::response::parser::ResponseReceiver;
use smtp_proto::{EhloResponse, Error, Request};
use std::hint::black_box;

/// Who does the work of that name.
pub fn workers(name: &str) -> Vec<Worker> {
    match name {
        "smtp/session" | "smtp/ehlo" | "smtp/rcpt" | "smtp/mail-parameters" | "smtp/rcpt-parameters" => {
            vec![Worker::new("smtp-proto", requests)]
        }
        "smtp/session-7-octet-reads" => vec![Worker::new("smtp-proto", requests_in_sevens)],
        "smtp/replies" => vec![Worker::new("smtp-proto", responses), Worker::new("lettre", lettre_responses)],
        "smtp/replies-7-octet-reads" => vec![Worker::new("smtp-proto", responses_in_sevens)],
        "smtp/ehlo-reply" => vec![Worker::new("smtp-proto", ehlo)],
        "smtp/data" | "smtp/data-all-dots" | "pop3/retr" => {
            vec![Worker::new("smtp-proto, reused", data(usize::MAX))]
        }
        "smtp/data-8k-reads" => vec![Worker::new("smtp-proto, reused", data(8192))],
        _ => Vec::new(),
    }
}

fn requests(stream: &[u8]) {
    let mut octets = black_box(stream).iter();
    while let Ok(request) = Request::parse(&mut octets) {
        black_box(&request);
    }
}

fn requests_in_sevens(stream: &[u8]) {
    let mut receiver = RequestReceiver::default();
    for piece in stream.chunks(7) {
        let mut octets = black_box(piece).iter();
        loop {
            match receiver.ingest(&mut octets) {
                Err(Error::NeedsMoreData { .. }) => break,
                request => _ = black_box(&request),
            }
        }
    }
}

fn responses(stream: &[u8]) {
    let mut octets = black_box(stream).iter();
    let mut receiver = ResponseReceiver::default();
    while let Ok(response) = receiver.parse(&mut octets) {
        black_box(&response);
        receiver.reset();
    }
}

fn responses_in_sevens(stream: &[u8]) {
    let mut receiver = ResponseReceiver::default();
    for piece in stream.chunks(7) {
        let mut octets = black_box(piece).iter();
        loop {
            match receiver.parse(&mut octets) {
                Err(Error::NeedsMoreData { .. }) => break,
                response => {
                    let _ = black_box(&response);
                    receiver.reset();
                }
            }
        }
    }
}

fn lettre_responses(stream: &[u8]) {
    for line in black_box(stream).split_inclusive(|&octet| octet == b'\n') {
        let text = std::str::from_utf8(line).expect("ASCII");
        let _ = black_box(text.parse::<LettreResponse>());
    }
}

fn ehlo(stream: &[u8]) {
    let _ = black_box(EhloResponse::parse(&mut black_box(stream).iter()));
}

/// Into a vector that is kept: there is no way without a copy.
fn data(read: usize) -> impl FnMut(&[u8]) {
    let mut body = Vec::new();
    move |stream| {
        body.clear();
        let mut receiver = DataReceiver::new();
        for piece in stream.chunks(read.min(stream.len())) {
            black_box(receiver.ingest(&mut black_box(piece).iter(), &mut body));
        }
        black_box(body.as_slice());
    }
}
