//! What is wrong with the values of fields: each is read as what its name says it is.

use super::{At, Scratch};
use crate::header::Field;
use crate::value::{
    ArcSeal, AuthenticationResults, AutoSubmitted, ContentType, Disposition, DkimSignature, Languages,
    ListId, ListPost, MessageId, MessageIds, MimeVersion, Parameters, Priority, Received, ReceivedSpf,
    ReturnPath, TagList, Uris, ValueDefect, date, is_one_click_with, range_in,
};
use core::ops::Range;
use mailwire_address::AddressDefect;
use mailwire_core::Sink;
use mailwire_encoding::{EncodingDefect, TransferEncoding, encoded_word};

/// How the value of a field of this name is read.
#[derive(Clone, Copy)]
enum Reading {
    Addresses,
    Date,
    MessageId,
    MessageIds,
    Received,
    ReturnPath,
    ContentType,
    Disposition,
    TransferEncoding,
    Uris,
    ListId,
    ListPost,
    ListUnsubscribePost,
    AuthenticationResults,
    ArcAuthenticationResults,
    ReceivedSpf,
    DkimSignature,
    ArcMessageSignature,
    ArcSeal,
    Tags,
    AutoSubmitted,
    Priority,
    Languages,
    MimeVersion,
    Text,
}

const READINGS: &[(Reading, &[&str])] = &[
    (Reading::Addresses, &["From", "Sender", "Reply-To", "To", "Cc", "Bcc"]),
    (Reading::Addresses, &["Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc"]),
    (Reading::Addresses, &["Disposition-Notification-To"]),
    (Reading::Date, &["Date", "Resent-Date"]),
    (Reading::MessageId, &["Message-ID", "Content-ID", "Resent-Message-ID"]),
    (Reading::MessageIds, &["References", "In-Reply-To"]),
    (Reading::Received, &["Received"]),
    (Reading::ReturnPath, &["Return-Path"]),
    (Reading::ContentType, &["Content-Type"]),
    (Reading::Disposition, &["Content-Disposition"]),
    (Reading::TransferEncoding, &["Content-Transfer-Encoding"]),
    (
        Reading::Uris,
        &["List-Help", "List-Unsubscribe", "List-Subscribe", "List-Owner", "List-Archive", "Archived-At"],
    ),
    (Reading::ListId, &["List-Id"]),
    (Reading::ListPost, &["List-Post"]),
    (Reading::ListUnsubscribePost, &["List-Unsubscribe-Post"]),
    (Reading::AuthenticationResults, &["Authentication-Results"]),
    (Reading::ArcAuthenticationResults, &["ARC-Authentication-Results"]),
    (Reading::ReceivedSpf, &["Received-SPF"]),
    (Reading::DkimSignature, &["DKIM-Signature"]),
    (Reading::ArcMessageSignature, &["ARC-Message-Signature"]),
    (Reading::ArcSeal, &["ARC-Seal"]),
    (Reading::Tags, &["DomainKey-Signature"]),
    (Reading::AutoSubmitted, &["Auto-Submitted"]),
    (Reading::Priority, &["Importance", "Priority", "X-Priority", "X-MSMail-Priority"]),
    (Reading::Languages, &["Content-Language"]),
    (Reading::MimeVersion, &["MIME-Version"]),
];

fn reading(name: &[u8]) -> Reading {
    let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
    READINGS.iter().find(|(_, names)| names.iter().any(is)).map_or(Reading::Text, |(reading, _)| *reading)
}

pub(super) fn examine_field(field: &Field<'_>, sink: &mut At<'_>, scratch: &mut Scratch) {
    let value = field.value();
    match reading(field.name()) {
        Reading::Addresses => {
            let mut addresses = field.addresses();
            // A mail whose lines all end in LF is none the worse for it, and others are told as a whole.
            let mut of_addresses = |kind, range| {
                if kind != AddressDefect::BareLf {
                    sink.report(kind, range);
                }
            };
            while addresses.next_with(&mut of_addresses).is_some() {}
        }
        // The defect says what the error would.
        Reading::Date => _ = date::parse_with(value, sink),
        Reading::MessageId => _ = MessageId::parse_with(value, sink),
        Reading::MessageIds => {
            let mut ids = MessageIds::new(value);
            while ids.next_with(sink).is_some() {}
        }
        Reading::Received => _ = Received::parse_with(value, sink).date_with(sink),
        Reading::ReturnPath => _ = ReturnPath::parse_with(value, sink),
        Reading::ContentType => {
            let content_type = ContentType::parse_with(value, sink);
            examine_parameters(&content_type.parameters(), &["charset", "boundary", "name"], value, sink);
        }
        Reading::Disposition => {
            let disposition = Disposition::parse_with(value, sink);
            examine_parameters(&disposition.parameters(), &["filename"], value, sink);
        }
        Reading::TransferEncoding => _ = TransferEncoding::parse(value, sink),
        Reading::Uris => examine_uris(Uris::new(value), sink),
        // The defect says what the error would.
        Reading::ListId => _ = ListId::parse_with(value, sink),
        Reading::ListPost => {
            if let ListPost::To(uris) = ListPost::parse_with(value, sink) {
                examine_uris(uris, sink);
            }
        }
        Reading::ListUnsubscribePost => _ = is_one_click_with(value, sink),
        Reading::AuthenticationResults => {
            examine_results(&AuthenticationResults::parse_with(value, sink), sink);
        }
        Reading::ArcAuthenticationResults => {
            examine_results(&AuthenticationResults::parse_arc_with(value, sink), sink);
        }
        Reading::ReceivedSpf => {
            let mut pairs = ReceivedSpf::parse_with(value, sink).pairs();
            while pairs.next_with(sink).is_some() {}
        }
        Reading::DkimSignature => DkimSignature::new(value).check(sink),
        Reading::ArcMessageSignature => DkimSignature::of_arc(value).check(sink),
        Reading::ArcSeal => ArcSeal::new(value).check(sink),
        Reading::Tags => TagList::new(value).check(sink),
        Reading::AutoSubmitted => {
            let mut parameters = AutoSubmitted::parse_with(value, sink).parameters();
            while parameters.next_with(sink).is_some() {}
        }
        Reading::Priority => _ = Priority::parse_with(value, sink),
        Reading::Languages => {
            let mut languages = Languages::new(value);
            while languages.next_with(sink).is_some() {}
        }
        Reading::MimeVersion => _ = MimeVersion::parse_with(value, sink),
        Reading::Text => {
            scratch.text.clear();
            encoded_word::decode_into(value, &mut scratch.text, sink);
        }
    }
}

fn examine_uris(mut uris: Uris<'_>, sink: &mut At<'_>) {
    while uris.next_with(sink).is_some() {}
}

fn examine_results(field: &AuthenticationResults<'_>, sink: &mut At<'_>) {
    let mut results = field.results();
    while results.next_with(sink).is_some() {}
}

/// Reads the values of the parameters that somebody asks for, and tells what is wrong with any.
fn examine_parameters(parameters: &Parameters<'_>, names: &[&str], value: &[u8], sink: &mut At<'_>) {
    let mut all = parameters.clone();
    while let Some(parameter) = all.next_with(sink) {
        if parameter.holds_words() {
            sink.report(ValueDefect::ParameterEncodedWord, range_in(value, parameter.raw()));
        }
    }
    for name in names {
        // What is wrong with how they are written was told above.
        let mut of_the_value = |kind, range| {
            if matches!(kind, ValueDefect::ParameterDuplicate | ValueDefect::ParameterTwoForms) {
                sink.report(kind, range);
            }
        };
        if let Some(found) = parameters.find_with(name, &mut of_the_value) {
            // What is not in place has no positions in the field.
            let place = found.in_place().map(|raw| range_in(value, raw).start);
            found.text_with(&mut |kind: EncodingDefect, range: Range<usize>| {
                let range = place.map_or(0..value.len(), |start| start + range.start..start + range.end);
                sink.report(kind, range);
            });
        }
    }
}
