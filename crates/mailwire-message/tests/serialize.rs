//! What is kept through the formats of serde: one for people, one that is compact and knows no names.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_core::DateTime;
use mailwire_message::{Index, Message, Parser, Summary};
use mailwire_testkit::{corpus, generate, mail, stack, strategies};
use proptest::prelude::*;
use serde_json::{Value, json};

const RAW: &[u8] = b"From: =?utf-8?Q?J=C3=A9?= <j@example.org>, G: <bad@@x>;\r\nTo: root\r\n\
    Date: Fri, 21 Nov 1997 09:55:06 -0600\r\nMessage-ID: <1@example.org>\r\nReferences: <a@b> <c@d>\r\n\
    Subject: =?utf-8?Q?caf=C3=A9?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=latin1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    caf=E9\r\nau =C0!\r\n\
    --b\r\nContent-Type: IMAGE/png\r\nContent-ID: <i@d>\r\nContent-Disposition: ATTACHMENT; filename=a.png\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nAA!EC\r\n\
    --b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhidden \xff\r\n--b--\r\n";

fn value(raw: &[u8]) -> Value {
    serde_json::to_value(Parser::new().parse(raw)).unwrap()
}

#[test]
fn a_message_has_the_documented_shape() {
    let value = value(RAW);
    let message = Parser::new().parse(RAW);
    let body = message.root().raw_body();
    let fields: Value = message
        .headers()
        .iter()
        .map(|field| json!({"name": str::from_utf8(field.name()).unwrap(), "value": field.text()}))
        .collect();
    let part = |id: u32, parent: Option<u32>, media_type: &str, more: Value| {
        let mut part = json!({
            "partId": id, "parent": parent, "type": media_type, "charset": null, "disposition": null, "cid": null,
            "name": null, "size": 0, "headers": null, "value": null, "isEncodingProblem": false,
        });
        for (key, value) in more.as_object().unwrap() {
            part[key] = value.clone();
        }
        part
    };
    assert_eq!(
        value,
        json!({
            "size": RAW.len(),
            "messageId": ["1@example.org"],
            "inReplyTo": null,
            "references": ["a@b", "c@d"],
            "sender": null,
            "from": [{"name": "Jé", "email": "j@example.org"}, {"name": null, "email": "bad@@x"}],
            "to": [{"name": null, "email": "root"}],
            "cc": null,
            "bcc": null,
            "replyTo": null,
            "subject": "café",
            "sentAt": "1997-11-21T09:55:06-06:00",
            "headers": fields,
            "hasAttachment": true,
            "preview": "café au À!",
            "textBody": [1],
            "htmlBody": [1],
            "attachments": [2, 3],
            "parts": [
                part(0, None, "multipart/mixed", json!({"size": body.len()})),
                part(1, Some(0), "text/plain", json!({
                    "charset": "windows-1252",
                    "size": 11,
                    "value": "café\nau À!",
                    "headers": [
                        {"name": "Content-Type", "value": "text/plain; charset=latin1"},
                        {"name": "Content-Transfer-Encoding", "value": "quoted-printable"},
                    ],
                })),
                part(2, Some(0), "image/png", json!({
                    "disposition": "attachment",
                    "cid": "i@d",
                    "name": "a.png",
                    "size": 3,
                    "headers": [
                        {"name": "Content-Type", "value": "IMAGE/png"},
                        {"name": "Content-ID", "value": "<i@d>"},
                        {"name": "Content-Disposition", "value": "ATTACHMENT; filename=a.png"},
                        {"name": "Content-Transfer-Encoding", "value": "base64"},
                    ],
                })),
                part(3, Some(0), "message/rfc822", json!({
                    "size": 26,
                    "headers": [{"name": "Content-Type", "value": "message/rfc822"}],
                })),
                part(4, Some(3), "text/plain", json!({
                    "charset": "UTF-8",
                    "size": 8,
                    "value": "hidden \u{fffd}",
                    "isEncodingProblem": true,
                    "headers": [{"name": "Subject", "value": "inner"}],
                })),
            ],
            "defects": value["defects"],
        })
    );
    let defects = value["defects"].as_array().unwrap();
    let junk = RAW.windows(5).position(|bytes| bytes == b"AA!EC").unwrap() + 2;
    assert!(
        defects.contains(
            &json!({"kind": "Base64Junk", "severity": "ambiguous", "start": junk, "end": junk + 1})
        )
    );
    assert_eq!(defects.len(), Parser::new().parse(RAW).examine().len());
}

#[test]
fn an_owned_message_is_written_the_same_way() {
    let owned = Parser::new().parse(RAW).into_owned();
    assert_eq!(serde_json::to_value(owned).unwrap(), value(RAW));
}

#[test]
fn a_summary_has_the_documented_keys() {
    let summary = Parser::new().parse(RAW).summary();
    assert_eq!(
        serde_json::to_value(summary).unwrap(),
        json!({
            "size": RAW.len(),
            "messageId": "1@example.org",
            "inReplyTo": [],
            "references": ["a@b", "c@d"],
            "date": "1997-11-21T09:55:06-06:00",
            "subject": "café",
            "from": [{"name": "Jé", "email": "j@example.org"}, {"name": null, "email": "bad@@x"}],
            "sender": [],
            "replyTo": [],
            "to": [{"name": null, "email": "root"}],
            "cc": [],
            "bcc": [],
            "preview": "café au À!",
            "hasAttachment": true,
            "attachments": [
                {"fileName": "a.png", "mediaType": "image/png", "size": 5, "contentId": "i@d", "inline": false},
                {"fileName": null, "mediaType": "message/rfc822", "size": 26, "contentId": null, "inline": false},
            ],
        })
    );
}

#[test]
fn what_an_older_version_did_not_store_has_its_default() {
    let summary: Summary = serde_json::from_str(r#"{"subject": "old", "of the future": 1}"#).unwrap();
    let mut expected = Summary::default();
    expected.subject = Some("old".into());
    assert_eq!(summary, expected);
}

fn both_ways(message: &Message<'_>) {
    let summary = message.summary();
    let text = serde_json::to_string(&summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), summary);
    let bytes = postcard::to_allocvec(&summary).unwrap();
    assert_eq!(postcard::from_bytes::<Summary>(&bytes).unwrap(), summary);

    let index = message.index();
    let text = serde_json::to_string(index).unwrap();
    assert_eq!(serde_json::from_str::<Index>(&text).unwrap().to_bytes(), index.to_bytes());
    let bytes = postcard::to_allocvec(index).unwrap();
    assert_eq!(postcard::from_bytes::<Index>(&bytes).unwrap().to_bytes(), index.to_bytes());

    let value = serde_json::to_value(message).unwrap();
    let parts = value.get("parts").and_then(Value::as_array).unwrap();
    assert_eq!(parts.len(), index.part_count());
    postcard::to_allocvec(message).unwrap();
}

proptest! {
    #[test]
    fn random_mails_go_both_ways(raw in strategies::damaged(strategies::mail())) {
        both_ways(&Parser::new().parse(&raw));
    }
}

#[test]
fn hostile_mails_go_both_ways_on_a_small_stack() {
    for (name, raw) in generate::all_as_mails(20_000) {
        println!("{name}");
        stack::small(|| both_ways(&Parser::new().parse(&raw)));
    }
    let deep = Parser::new().with_limits(mailwire_message::Limits::default().with_depth(5_000));
    let raw = mail::nested(2_000);
    stack::small(|| both_ways(&deep.parse(&raw)));
}

#[test]
fn real_mails_go_both_ways() {
    let Some(mails) = corpus::mails() else { return };
    for (_, raw) in mails.step_by(5) {
        both_ways(&Parser::new().parse(&raw));
    }
}

#[test]
fn what_is_no_index_is_refused() {
    let error = |text: &str| serde_json::from_str::<Index>(text).unwrap_err().to_string();
    assert!(
        error("\"bXdpAg==\"").starts_with("version 2 of an index is not known"),
        "{}",
        error("\"bXdpAg==\"")
    );
    assert!(error("\"bXd*\"").starts_with("invalid value: string \"what is no base64\""));
    assert!(error("[109, 119]").starts_with("invalid type: sequence"));
}

#[test]
fn dates_are_strings() {
    let date = DateTime::new(1997, 11, 21, 9, 55, 6, -360).unwrap();
    let text = serde_json::to_string(&date).unwrap();
    assert_eq!(text, "\"1997-11-21T09:55:06-06:00\"");
    assert_eq!(serde_json::from_str::<DateTime>(&text).unwrap(), date);
    assert!(serde_json::from_str::<DateTime>("\"yesterday\"").is_err());
}
