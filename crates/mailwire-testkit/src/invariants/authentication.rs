//! What says where a message came from.

use super::inside;
use mailwire_message::value::{ArcSeal, AuthenticationResults, DkimSignature, ReceivedSpf, TagList};

/// Results and their properties are read whatever a value holds, each from bytes of its own.
pub fn authentication_results(bytes: &[u8]) {
    for read in [
        AuthenticationResults::parse_with(bytes, &mut inside(bytes)),
        AuthenticationResults::parse_arc_with(bytes, &mut inside(bytes)),
    ] {
        assert!(read.instance().is_none_or(|instance| (1..=50).contains(&instance)));
        each_result(&read, bytes);
    }
    let spf = ReceivedSpf::parse_with(bytes, &mut inside(bytes));
    let pairs = spf.pairs().map(|pair| pair.name().len() + pair.raw().len()).sum::<usize>();
    assert!(spf.result().as_bytes().len() + spf.comment().map_or(0, <[u8]>::len) + pairs <= bytes.len());
}

fn each_result(read: &AuthenticationResults<'_>, bytes: &[u8]) {
    let mut results = read.results();
    let (mut taken, mut count) = (0, 0);
    while let Some(result) = results.next_with(&mut inside(bytes)) {
        let mut inner = result.method().as_bytes().len() + result.result().as_bytes().len() + 1;
        inner += result.reason().map_or(0, |reason| reason.len());
        for property in result.properties() {
            assert!(!property.name().is_empty());
            inner +=
                property.ptype().map_or(0, <[u8]>::len) + property.name().len() + property.value().len() + 1;
        }
        assert!(inner <= result.raw().len(), "a result holds more than its bytes: {result:?}");
        taken += result.raw().len();
        count += 1;
        assert!(taken <= bytes.len(), "more results than bytes");
    }
    assert!(results.next().is_none(), "an iterator that has ended goes on");
    assert_eq!(read.results().count(), count, "a sink changes what is read");
    assert!(!read.is_no_result() || count == 0);
}

/// Tags are what stands between semicolons and has an equals sign; signatures are read whatever they hold.
pub fn tag_list(bytes: &[u8]) {
    let mut tags = TagList::new(bytes);
    let mut read = Vec::new();
    while let Some(tag) = tags.next_with(&mut inside(bytes)) {
        read.push((tag.name(), tag.value()));
    }
    assert!(tags.next().is_none(), "an iterator that has ended goes on");
    let parts = bytes.split(|&byte| byte == b';');
    let twin = parts.filter_map(|part| {
        let at = part.iter().position(|&byte| byte == b'=')?;
        Some((trim(&part[..at]), trim(&part[at + 1..])))
    });
    assert_eq!(read, twin.collect::<Vec<_>>());

    let (mut checked, mut duplicates) = (0, 0);
    TagList::new(bytes).check(&mut |kind, range| {
        inside(bytes)(kind, range);
        checked += 1;
        duplicates += usize::from(kind == mailwire_message::value::ValueDefect::TagDuplicate);
    });
    let mut names: Vec<_> = read.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(read.len() - names.len(), duplicates);
    assert!(checked <= 2 * bytes.len() + 1);

    for signature in [DkimSignature::new(bytes), DkimSignature::of_arc(bytes)] {
        signature.check(&mut inside(bytes));
        let blanks = [' ', '\t', '\r', '\n'];
        assert!(signature.signed_headers().all(|name| !name.is_empty() && name.trim_matches(blanks) == name));
        assert!(signature.body_hash().is_none_or(|hash| !hash.contains(&b'\n')));
        let _ = (signature.query_methods().count(), signature.header_canonicalization().is_known());
    }
    ArcSeal::new(bytes).check(&mut inside(bytes));
}

fn trim(bytes: &[u8]) -> &[u8] {
    let blank = |byte: &u8| b" \t\r\n".contains(byte);
    let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |at| at + 1);
    &bytes[start..end]
}
