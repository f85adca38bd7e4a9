//! Authentication-Results, ARC sets and Received-SPF, case by case.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

use mailwire_core::Defect;
use mailwire_message::Parser;
use mailwire_message::value::{
    AuthenticationResult, AuthenticationResults, MethodName, ReceivedSpf, ResultName, ValueDefect,
};
use mailwire_testkit::vectors::{Got, check};

fn shown(found: &[Defect<ValueDefect>]) -> Vec<String> {
    found.iter().map(|defect| format!("{:?} {:?}", defect.kind(), defect.range())).collect()
}

fn result(result: &AuthenticationResult<'_>) -> Vec<u8> {
    let mut out = result.method().as_bytes().to_vec();
    out.extend(format!("/{}=", result.version()).bytes());
    out.extend(result.result().as_bytes());
    if let Some(reason) = result.reason() {
        out.extend([b" [", &*reason, b"]"].concat());
    }
    for property in result.properties() {
        out.push(b' ');
        if let Some(ptype) = property.ptype() {
            out.extend([ptype, b"."].concat());
        }
        out.extend([property.name(), b"=", &property.value()].concat());
    }
    out
}

#[test]
fn vectors() {
    check(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/authentication.vec"), |vector| {
        let mut found = Vec::new();
        let read = match vector.first("arc") {
            Some(value) => AuthenticationResults::parse_arc_with(value, &mut found),
            None => AuthenticationResults::parse_with(vector.bytes("in"), &mut found),
        };
        let mut list = read.results();
        let mut results = Vec::new();
        while let Some(one) = list.next_with(&mut found) {
            results.push(result(&one));
        }
        let id = match read.authserv_id() {
            Some(id) => [&*id, format!(" {}", read.version()).as_bytes()].concat(),
            None => b"-".to_vec(),
        };
        Got::new()
            .many("instance", read.instance().map(|instance| instance.to_string()))
            .one("id", id)
            .one("none", if read.is_no_result() { "yes" } else { "no" })
            .many("result", results)
            .many("defect", shown(&found))
    });
}

#[test]
fn names_are_compared_in_any_case_and_unknown_ones_survive() {
    let read = AuthenticationResults::parse(b"h.example; X-Spam=Perhaps (c) a.b=c; d=e");
    let results: Vec<_> = read.results().collect();
    assert_eq!(results[0].method(), MethodName::from("x-spam"));
    assert!(!results[0].method().is_known() && MethodName::from("DKIM").is_known());
    assert_eq!(results[0].result().to_string(), "Perhaps");
    assert_eq!(results[0].raw(), b"X-Spam=Perhaps (c) a.b=c");
    assert_eq!(results[0].property("A", "B").as_deref(), Some(&b"c"[..]));
    assert_eq!(results[0].property("A", "C"), None);
}

/// RFC 7208 §9.1: a value, its result, its comment, its pairs, what is wrong.
const SPF: &[(&str, &str, Option<&str>, &str, &str)] = &[
    (
        " Pass (mx.example: domain of\r\n a@b.example)\r\n receiver=mx.example; client-ip=192.0.2.1;\r\n \
         envelope-from=\"a@b.example\"; helo=c.example;",
        "Pass",
        Some("mx.example: domain of\r\n a@b.example"),
        "receiver=mx.example client-ip=192.0.2.1 envelope-from=a@b.example helo=c.example",
        "",
    ),
    ("softfail", "softfail", None, "", ""),
    ("(a) fail identity=helo", "fail", None, "identity=helo", ""),
    ("none client-ip=::1; x", "none", None, "client-ip=::1", "ParameterUnquoted ParameterMissingEquals"),
    ("maybe (b)", "maybe", Some("b"), "", "BadReceivedSpf"),
    ("client-ip=192.0.2.1", "", None, "client-ip=192.0.2.1", "BadReceivedSpf"),
    ("", "", None, "", "BadReceivedSpf"),
    ("pass (a", "pass", Some("a"), "", "UnclosedComment"),
];

#[test]
fn received_spf() {
    for (value, result, comment, pairs, defects) in SPF {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let read = ReceivedSpf::parse_with(value.as_bytes(), &mut found);
        assert_eq!(read.result().as_bytes(), result.as_bytes(), "{value}");
        assert_eq!(read.comment(), comment.map(str::as_bytes), "{value}");
        let mut list = read.pairs();
        let mut got = Vec::new();
        while let Some(pair) = list.next_with(&mut found) {
            got.push(format!("{}={}", String::from_utf8_lossy(pair.name()), pair.text()));
        }
        assert_eq!(got.join(" "), *pairs, "{value}");
        let kinds: Vec<_> = found.iter().map(|defect| format!("{:?}", defect.kind())).collect();
        assert_eq!(kinds.join(" "), *defects, "{value}");
    }
}

/// RFC 8617 §4.2: three fields make a set; §5.2: exactly one of each.
#[test]
fn arc_sets_are_grouped_by_instance() {
    let raw = b"ARC-Seal: i=2; cv=pass; d=two\nARC-Message-Signature: i=2; d=two\n\
        ARC-Authentication-Results: i=2; two; arc=pass\nReceived: x\n\
        ARC-Seal: i=1; cv=none; d=one\nARC-Message-Signature: i=1; d=one\n\
        ARC-Authentication-Results: i=1; one; spf=pass\nARC-Seal: i=1; d=again\n\
        ARC-Seal: i=7; d=seven\nARC-Seal: i=0; d=zero\nARC-Seal: d=none\n\n";
    let message = Parser::new().parse(raw);
    let sets = message.headers().arc_sets();
    let instances: Vec<_> = sets.iter().map(|set| (set.instance(), set.is_complete())).collect();
    assert_eq!(instances, [(1, false), (2, true), (7, false)]);
    assert_eq!(sets[0].seal().unwrap().domain(), Some("one"));
    assert_eq!(sets[1].seal().unwrap().chain_validation(), Some(ResultName::PASS));
    assert_eq!(sets[1].message_signature().unwrap().domain(), Some("two"));
    assert_eq!(sets[1].authentication_results().unwrap().results().next().unwrap().method(), MethodName::ARC);
    assert!(sets[2].message_signature().is_none() && sets[2].authentication_results().is_none());
}

#[test]
fn fields_come_from_the_top() {
    let raw = b"Authentication-Results: two; none\nAuthentication-Results: one; none\nReceived-SPF: pass\n\
        Received-SPF: fail\nDKIM-Signature: d=a\nDKIM-Signature: d=b\n\n";
    let message = Parser::new().parse(raw);
    let headers = message.headers();
    let ids: Vec<_> = headers.authentication_results().map(|field| field.authserv_id().unwrap()).collect();
    assert_eq!(ids, [&b"two"[..], b"one"]);
    let spf: Vec<_> = headers.received_spf().map(|field| field.result()).collect();
    assert_eq!(spf, [ResultName::PASS, ResultName::FAIL]);
    let domains: Vec<_> = headers.dkim_signatures().map(|signature| signature.domain().unwrap()).collect();
    assert_eq!(domains, ["a", "b"]);
}
