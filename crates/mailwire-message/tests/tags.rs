//! Tag lists and what DKIM and ARC write in them.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

use mailwire_core::{Defect, DefectKind, Severity};
use mailwire_message::value::{ArcSeal, Canonicalization, DkimSignature, ResultName, TagList, ValueDefect};

fn shown(found: &[Defect<ValueDefect>]) -> String {
    let shown = found.iter().map(|defect| format!("{:?} {:?}", defect.kind(), defect.range()));
    shown.collect::<Vec<_>>().join(", ")
}

/// A value, its tags as `name=value`, and what is wrong (RFC 6376 §3.2).
const LISTS: &[(&str, &[&str], &str)] = &[
    ("", &[], ""),
    (" \r\n", &[], ""),
    ("a=b", &["a=b"], ""),
    ("a=b;", &["a=b"], ""),
    (" a\t= \r\n b ; c =d ;\r\n", &["a=b", "c=d"], ""),
    ("a=b c\r\n d", &["a=b c\r\n d"], ""),
    ("a=; b=", &["a=", "b="], ""),
    ("a=b=c=", &["a=b=c="], ""),
    ("a_1=x; A=y", &["a_1=x", "A=y"], ""),
    ("a=é", &["a=é"], ""),
    ("a=b;;c=d", &["a=b", "c=d"], "TagMissingEquals 4..4"),
    (";a=b", &["a=b"], "TagMissingEquals 0..0"),
    ("a=b; c", &["a=b"], "TagMissingEquals 5..6"),
    ("1=b", &["1=b"], "TagSyntax 0..3"),
    ("=b", &["=b"], "TagSyntax 0..2"),
    ("a b=c", &["a b=c"], "TagSyntax 0..5"),
    ("a=\x01", &["a=\x01"], "TagSyntax 0..3"),
    ("a=1; b=2; a=3; a=1", &["a=1", "b=2", "a=3", "a=1"], "TagDuplicate 10..11, TagDuplicate 15..16"),
];

#[test]
fn reads_lists() {
    for (value, expected, defects) in LISTS {
        let tags = TagList::new(value.as_bytes());
        let mut found = Vec::new();
        tags.check(&mut found);
        assert_eq!(shown(&found), *defects, "{value:?}");
        let got: Vec<_> = tags.map(|tag| [tag.name(), b"=", tag.value()].concat()).collect();
        let expected: Vec<_> = expected.iter().map(|tag| tag.as_bytes()).collect();
        assert_eq!(got, expected, "{value:?}");
    }
}

/// "If a tag name does occur more than once, the entire tag-list is invalid": the first is taken, and it is told, even
/// where the values are the same.
#[test]
fn of_two_tags_the_first_is_found() {
    for value in [&b"d=a; d=b"[..], b"d=a; d=a"] {
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        let tag = TagList::new(value).find_with("d", &mut found).unwrap();
        assert_eq!(tag.value(), b"a");
        assert_eq!(shown(&found), "TagDuplicate 5..6");
        assert_eq!(ValueDefect::TagDuplicate.severity(), Severity::Ambiguous);
    }
}

const DKIM: &str = "v=1; a=rsa-sha256; d=example.net; s=brisbane;\r\n c=simple/relaxed; q=dns/txt : x/y; \
    i=@eng.example.net; t=1117574938; x=1118006938; l=200;\r\n h=from:to : subject\r\n :date;\r\n \
    z=From:foo@eng.example.net|To:joe@example.com;\r\n bh=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0\r\n NTY3ODkwMTI=; \
    b=dzdVyOf\r\n AKCdL=";

/// RFC 6376 §3.5, tag by tag.
#[test]
fn dkim_tags_have_types() {
    let signature = DkimSignature::new(DKIM.as_bytes());
    let mut found = Vec::new();
    signature.check(&mut found);
    assert_eq!(shown(&found), "");
    assert_eq!(signature.version(), Some(1));
    assert_eq!(signature.algorithm(), Some("rsa-sha256"));
    assert_eq!(signature.signature().as_deref(), Some(&b"dzdVyOfAKCdL="[..]));
    assert_eq!(signature.body_hash().as_deref(), Some(&b"MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="[..]));
    assert_eq!(signature.header_canonicalization(), Canonicalization::SIMPLE);
    assert_eq!(signature.body_canonicalization(), Canonicalization::RELAXED);
    assert_eq!(signature.domain(), Some("example.net"));
    assert_eq!(signature.selector(), Some("brisbane"));
    assert_eq!(signature.identity(), Some("@eng.example.net"));
    assert_eq!(signature.instance(), None);
    assert_eq!(signature.body_length(), Some(200));
    assert_eq!(signature.query_methods().collect::<Vec<_>>(), ["dns/txt", "x/y"]);
    assert_eq!(signature.timestamp(), Some(1_117_574_938));
    assert_eq!(signature.expiration(), Some(1_118_006_938));
    assert_eq!(signature.signed_headers().collect::<Vec<_>>(), ["from", "to", "subject", "date"]);
    assert_eq!(signature.copied_headers(), Some(&b"From:foo@eng.example.net|To:joe@example.com"[..]));
    assert_eq!(signature.tags().count(), 14);
}

#[test]
fn what_is_not_said_has_the_default_of_the_rfc() {
    let signature = DkimSignature::new(b"");
    assert_eq!(signature.header_canonicalization(), Canonicalization::SIMPLE);
    assert_eq!(signature.body_canonicalization(), Canonicalization::SIMPLE);
    assert_eq!((signature.version(), signature.body_length(), signature.identity()), (None, None, None));
    assert_eq!(signature.signed_headers().count() + signature.query_methods().count(), 0);
    let signature = DkimSignature::new(b"c=Relaxed");
    assert_eq!(signature.header_canonicalization(), Canonicalization::RELAXED);
    assert_eq!(signature.body_canonicalization(), Canonicalization::SIMPLE);
    assert_eq!(DkimSignature::new(b"c=x-mine/relaxed").header_canonicalization().as_bytes(), b"x-mine");
}

/// A tag as it replaces the one of a good signature, and whether that is still good.
const DKIM_TAGS: &[(&str, bool)] = &[
    ("v=1", true),
    ("v=2", false),
    ("v=", false),
    ("a=ed25519-sha256", true),
    ("a=rsa", false),
    ("a=rsa sha256", false),
    ("b=YQ==", true),
    ("b=Y Q\r\n = =", true),
    ("b=", false),
    ("b=Y!Q=", false),
    ("b=Y=Q", false),
    ("bh=YQ==", true),
    ("bh==", false),
    ("d=host_1.example", true),
    ("d=bücher.example", true),
    ("d=", false),
    ("d=a@b", false),
    ("s=a b", false),
    ("h=From", true),
    ("h=to : FROM", true),
    ("h=to", false),
    ("h=", false),
    ("l=0", true),
    ("l=18446744073709551616", false),
    ("l=-1", false),
    ("t=x", false),
    ("x=1", false),
    ("x=1700000001", true),
    ("i=anything at all", true),
    ("y=unknown", true),
];

#[test]
fn bad_tags_are_told() {
    for (tag, good) in DKIM_TAGS {
        let name = tag.split('=').next().unwrap();
        let mut value = String::new();
        for part in
            ["v=1", "a=rsa-sha256", "b=YQ==", "bh=YQ==", "d=h.example", "s=k", "h=from", "t=1700000000"]
        {
            if part.split('=').next() != Some(name) {
                value += part;
                value += "; ";
            }
        }
        value += tag;
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        DkimSignature::new(value.as_bytes()).check(&mut found);
        let kinds: Vec<_> = found.iter().map(Defect::kind).collect();
        let expected: &[ValueDefect] = if *good { &[] } else { &[ValueDefect::SignatureBadTag] };
        assert_eq!(kinds, expected, "{tag}");
    }
}

#[test]
fn missing_tags_are_told() {
    for name in ["v", "a", "b", "bh", "d", "s", "h"] {
        let all = ["v=1", "a=rsa-sha256", "b=YQ==", "bh=YQ==", "d=h.example", "s=k", "h=from"];
        let value: Vec<_> = all.into_iter().filter(|tag| tag.split('=').next() != Some(name)).collect();
        let value = value.join(";");
        let mut found = Vec::new();
        DkimSignature::new(value.as_bytes()).check(&mut found);
        assert_eq!(shown(&found), format!("SignatureMissingTag 0..{}", value.len()), "{name}");
    }
}

/// RFC 8617 §4.1.2: `i` is the instance, and `v` is ignored.
#[test]
fn arc_message_signatures_have_an_instance() {
    let value = b" i=3 (c); v=9; a=rsa-sha256; b=YQ==; bh=YQ==; d=h.example; s=k; h=from";
    let signature = DkimSignature::of_arc(value);
    let mut found = Vec::new();
    signature.check(&mut found);
    assert_eq!(shown(&found), "");
    assert_eq!((signature.instance(), signature.identity()), (Some(3), None));
    for bad in ["", "0", "51", "1a", "-1", "1 1", "4294967297"] {
        let value = format!("i={bad}; a=rsa-sha256; b=YQ==; bh=YQ==; d=h.example; s=k; h=from");
        let signature = DkimSignature::of_arc(value.as_bytes());
        assert_eq!(signature.instance(), None, "{bad}");
        let mut found: Vec<Defect<ValueDefect>> = Vec::new();
        signature.check(&mut found);
        assert_eq!(found.len(), 1, "{bad}");
    }
}

/// RFC 8617 §4.1.3.
#[test]
fn arc_seals() {
    let seal = ArcSeal::new(b"i=1; a=rsa-sha256; t=1700000000; cv=fail; d=h.example; s=k;\r\n b=Y\r\n Q==");
    let mut found = Vec::new();
    seal.check(&mut found);
    assert_eq!(shown(&found), "");
    assert_eq!(
        (seal.instance(), seal.algorithm(), seal.domain()),
        (Some(1), Some("rsa-sha256"), Some("h.example"))
    );
    assert_eq!((seal.selector(), seal.timestamp()), (Some("k"), Some(1_700_000_000)));
    assert_eq!(seal.signature().as_deref(), Some(&b"YQ=="[..]));
    assert_eq!(seal.chain_validation(), Some(ResultName::FAIL));
    for (more, defects) in [
        ("cv=maybe", "SignatureBadTag 48..53"),
        ("cv=none; h=from", "SignatureBadTag 56..60"),
        ("x=y", "SignatureMissingTag 0..48"),
    ] {
        let value = format!("i=1; a=rsa-sha256; d=h.example; s=k; b=YQ==; {more}");
        let mut found = Vec::new();
        ArcSeal::new(value.as_bytes()).check(&mut found);
        assert_eq!(shown(&found), defects, "{more}");
    }
}
