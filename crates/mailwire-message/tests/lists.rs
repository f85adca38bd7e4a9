//! The fields of mailing lists, case by case.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_core::Defect;
use mailwire_message::value::{ListId, ListPost, Uris, ValueDefect, is_one_click_with};
use mailwire_message::{Parser, value};
use mailwire_testkit::vectors::{Got, check};

fn shown(found: &[Defect<ValueDefect>]) -> Vec<String> {
    found.iter().map(|defect| format!("{:?} {:?}", defect.kind(), defect.range())).collect()
}

fn all(mut uris: Uris<'_>, found: &mut Vec<Defect<ValueDefect>>) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(uri) = uris.next_with(found) {
        all.push(uri.as_bytes().to_vec());
    }
    all
}

#[test]
fn vectors() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/lists.vec"), |vector| {
        let mut found = Vec::new();
        let got = if let Some(value) = vector.first("list") {
            let id = ListId::parse_with(value, &mut found);
            let description = id.as_ref().ok().and_then(ListId::description);
            Got::new().many("id", id.iter().map(ListId::as_bytes)).many("description", description.as_deref())
        } else if let Some(value) = vector.first("post") {
            match ListPost::parse_with(value, &mut found) {
                ListPost::To(uris) => Got::new().one("no", "no").many("uri", all(uris, &mut found)),
                _ => Got::new().one("no", "yes"),
            }
        } else if let Some(value) = vector.first("click") {
            Got::new().one("yes", if is_one_click_with(value, &mut found) { "yes" } else { "no" })
        } else {
            Got::new().many("uri", all(Uris::new(vector.bytes("in")), &mut found))
        };
        got.many("defect", shown(&found))
    });
}

fn one_click(header: &str) -> Option<String> {
    let raw = format!("{header}\n\n");
    let message = Parser::new().parse(raw.as_bytes());
    message.headers().one_click_unsubscribe().map(|uri| uri.to_text().into_owned())
}

/// RFC 8058 §4: both fields, and an HTTPS URI among others.
#[test]
fn one_click_needs_both_fields_and_https() {
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    let uris = "List-Unsubscribe: <mailto:a@host.example>, <HTTPS://host.example/x>";
    assert_eq!(one_click(&format!("{uris}\n{post}")).as_deref(), Some("HTTPS://host.example/x"));
    assert_eq!(one_click(uris), None);
    assert_eq!(one_click(post), None);
    assert_eq!(one_click(&format!("{uris}\nList-Unsubscribe-Post: yes")), None);
    assert_eq!(one_click(&format!("List-Unsubscribe: <http://host.example/x>\n{post}")), None);
}

#[test]
fn each_field_has_its_name() {
    let raw = b"List-Help: <a:help>\nList-Unsubscribe: <a:unsubscribe>\nList-Subscribe: <a:subscribe>\n\
        List-Post: <a:post>\nList-Owner: <a:owner>\nList-Archive: <a:archive>\nArchived-At: <a:1>\nArchived-At: <a:2>\n\
        List-Id: <a.b>\n\n";
    let message = Parser::new().parse(raw);
    let headers = message.headers();
    for (uris, expected) in [
        (headers.list_help(), "a:help"),
        (headers.list_unsubscribe(), "a:unsubscribe"),
        (headers.list_subscribe(), "a:subscribe"),
        (headers.list_owner(), "a:owner"),
        (headers.list_archive(), "a:archive"),
    ] {
        let uris: Vec<_> = uris.map(|uri| uri.to_text().into_owned()).collect();
        assert_eq!(uris, [expected]);
    }
    let Some(ListPost::To(mut post)) = headers.list_post() else { panic!("no List-Post") };
    assert_eq!(post.next().unwrap().as_bytes(), b"a:post");
    assert_eq!(
        headers.archived_at().map(|uri| uri.to_text().into_owned()).collect::<Vec<_>>(),
        ["a:1", "a:2"]
    );
    assert!(headers.list_id().unwrap().is("A.B"));
    assert!(message.examine().is_empty(), "{:?}", message.examine());
}

#[test]
fn archived_at_could_not_be_kept_longer_than_the_headers_it_was_asked_of() {
    let message = Parser::new().parse(b"Archived-At: <a:1>\n\n");
    let uris = message.headers().archived_at();
    assert_eq!(uris.count(), 1);
}

#[test]
fn schemes_are_those_of_rfc_3986() {
    for (uri, scheme) in [
        ("https://a", Some("https")),
        ("x+y-z.1:", Some("x+y-z.1")),
        ("1x:a", None),
        (":a", None),
        ("a", None),
        ("a b:c", Some("ab")),
        ("a/b:c", None),
        ("é:c", None),
    ] {
        assert_eq!(value::Uri::parse(uri.as_bytes()).scheme(), scheme, "{uri}");
    }
}

/// RFC 2557 §4.1: `[CFWS] URI [CFWS]`; §4.4.2: long ones are folded.
#[test]
fn comments_stand_around_a_location() {
    for (value, uri) in
        [(" http://h.example/a(b)\r\n c (d) ", "http://h.example/a(b)c"), ("(x) a.gif", "a.gif"), ("", "")]
    {
        assert_eq!(value::Uri::parse(value.as_bytes()).to_text(), uri, "{value:?}");
    }
}
