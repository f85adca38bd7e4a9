//! Ours.

use crate::work::{Work, Worker};
use mailwire::address::{Item, Mailbox};
use mailwire::message::value::Parameters;
use mailwire::message::{Index, Message, Parser};
use std::hint::black_box;

/// Ours, with the index and the scratch memory kept between mails.
pub fn worker(work: Work) -> Worker {
    let name = "mailwire";
    match work {
        Work::Structure => Worker::new(name, structure()),
        Work::Headers => Worker::new(name, headers()),
        Work::Summary => Worker::new(name, summary()),
        Work::Everything => Worker::new(name, everything()),
    }
}

fn structure() -> impl FnMut(&[u8]) {
    let parser = Parser::new();
    let mut index = Index::new();
    move |raw| {
        parser.index_into(black_box(raw), &mut index);
        black_box(index.part_count());
    }
}

fn headers() -> impl FnMut(&[u8]) {
    let parser = Parser::new();
    let mut index = Index::new();
    move |raw| {
        let message = parser.parse_headers_into(black_box(raw), std::mem::take(&mut index));
        read_headers(&message);
        index = message.into_index();
    }
}

fn summary() -> impl FnMut(&[u8]) {
    let parser = Parser::new();
    let mut index = Index::new();
    move |raw| {
        let message = parser.parse_into(black_box(raw), std::mem::take(&mut index));
        black_box(message.summary());
        index = message.into_index();
    }
}

fn everything() -> impl FnMut(&[u8]) {
    let parser = Parser::new();
    let mut index = Index::new();
    let mut scratch = Vec::new();
    move |raw| {
        let message = parser.parse_into(black_box(raw), std::mem::take(&mut index));
        read_headers(&message);
        read_bodies(&message, &mut scratch);
        index = message.into_index();
    }
}

/// Subject, From, Date and Message-ID.
pub fn read_headers(message: &Message<'_>) {
    black_box(message.subject());
    message.from().mailboxes().for_each(read_mailbox);
    black_box(message.date());
    black_box(message.message_id());
}

/// The name and the address, both as text.
pub fn read_mailbox(mailbox: Mailbox<'_>) {
    black_box(mailbox.display_name());
    let Some(address) = mailbox.address() else { return };
    match address.as_str() {
        Some(text) => _ = black_box(text),
        None => _ = black_box(address.to_string()),
    }
}

/// Every body: text as UTF-8, all else as bytes.
pub fn read_bodies(message: &Message<'_>, scratch: &mut Vec<u8>) {
    for part in message.walk().filter(|part| part.is_leaf()) {
        if part.content_type().is_text() {
            black_box(part.text_in(scratch).text());
        } else if part.transfer_encoding().is_identity() {
            black_box(part.raw_body());
        } else {
            scratch.clear();
            part.decode_into(scratch, &mut ());
            black_box(scratch.as_slice());
        }
    }
}

/// All that can be asked of a message: every field as every type, every parameter, every body, every defect.
pub fn read_all(message: &Message<'_>, scratch: &mut Vec<u8>) {
    for part in message.walk() {
        for field in part.headers().iter() {
            black_box((field.text(), field.unfolded(), field.date().is_ok()));
            for item in field.addresses() {
                if let Item::Mailbox(mailbox) = item {
                    read_mailbox(mailbox);
                }
            }
            field.message_ids().for_each(|id| _ = black_box(id.to_text()));
            read_parameters(field.content_type().parameters());
            read_parameters(field.disposition().parameters());
        }
        black_box((part.preamble(), part.epilogue(), part.is_attachment()));
        part.file_names().for_each(|name| _ = black_box(name));
        black_box(part.text_in(scratch).text());
    }
    message.attachments().for_each(|part| _ = black_box(part.file_name()));
    black_box(message.examine());
}

fn read_parameters(parameters: Parameters<'_>) {
    for name in ["charset", "boundary", "name", "filename"] {
        black_box(parameters.get(name));
    }
    parameters.for_each(|parameter| _ = black_box(parameter.text()));
}
