//! The fields of real mail, read as what they claim to be: how many are good, or repaired the way that is meant.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

extern crate alloc;

use alloc::collections::BTreeMap;
use mailwire_core::{Defect, DefectKind, Severity};
use mailwire_message::value::ValueDefect;
use mailwire_message::{Headers, MessageDefect, Parser};
use mailwire_testkit::corpus;

/// What a family of fields is called, its names, and how many of a hundred are read without a repair.
const FAMILIES: &[(&str, &[&str], usize)] = &[
    (
        "list",
        &[
            "List-Help",
            "List-Unsubscribe",
            "List-Subscribe",
            "List-Post",
            "List-Owner",
            "List-Archive",
            "List-Id",
            "List-Unsubscribe-Post",
            "Archived-At",
        ],
        95,
    ),
    ("signature", &["DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "DomainKey-Signature"], 90),
    ("results", &["Authentication-Results", "ARC-Authentication-Results"], 90),
    ("spf", &["Received-SPF"], 95),
    (
        "handling",
        &[
            "Auto-Submitted",
            "Importance",
            "Priority",
            "X-Priority",
            "X-MSMail-Priority",
            "Content-Language",
            "MIME-Version",
        ],
        95,
    ),
    (
        "resent",
        &[
            "Resent-Date",
            "Resent-From",
            "Resent-Sender",
            "Resent-To",
            "Resent-Cc",
            "Resent-Bcc",
            "Resent-Message-ID",
            "Disposition-Notification-To",
        ],
        90,
    ),
];

/// Repairs that lose nothing, of what two large receivers write into every mail: no authserv-id, an address without quotes.
const USUAL: [&str; 2] = ["NoAuthservId", "ParameterUnquoted"];

/// All fields of these names in the corpus, each as a mail of its own that is examined.
#[test]
fn most_are_read_without_repair() {
    let Some(mails) = corpus::mails() else { return };
    let mut seen = BTreeMap::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, raw) in mails {
        let message = Parser::new().parse(&raw);
        for part in message.walk() {
            let headers = part.headers();
            read_all(&headers);
            for field in headers.iter() {
                let is = |(_, names, _): &&(_, &[&str], _)| names.iter().any(|name| field.is(*name));
                let Some((family, ..)) = FAMILIES.iter().find(is) else { continue };
                let alone = [field.raw(), b"\n"].concat();
                let defects = Parser::new().parse(&alone).examine();
                let repaired = |defect: &&Defect<MessageDefect>| {
                    let of_field =
                        !matches!(defect.kind(), MessageDefect::Structure(_) | MessageDefect::Format(_));
                    of_field && defect.severity() > Severity::Note && !USUAL.contains(&defect.kind().name())
                };
                let repaired: Vec<_> = defects.iter().filter(repaired).collect();
                let (all, good) = seen.entry(*family).or_insert((0, 0));
                *all += 1;
                *good += usize::from(repaired.is_empty());
                for defect in repaired {
                    *kinds.entry(defect.kind().name()).or_default() += 1;
                }
            }
        }
    }
    for (family, _, percent) in FAMILIES {
        let (all, good) = seen[family];
        println!("{family}: {good} of {all}");
        assert!(good * 100 >= all * percent, "{family}: {good} of {all}");
    }
    println!("{kinds:?}");
    assert!(!kinds.contains_key(MessageDefect::from(ValueDefect::TagDuplicate).name()), "{kinds:?}");
}

/// Whoever asks for everything gets something, whatever the mail.
fn read_all(headers: &Headers<'_, '_>) {
    let results = headers.authentication_results().flat_map(|field| field.results());
    assert!(results.flat_map(|result| result.properties()).all(|property| !property.name().is_empty()));
    let _ = (headers.list_id(), headers.list_post(), headers.one_click_unsubscribe(), headers.priority());
    let _ = (headers.arc_sets().len(), headers.resent().count(), headers.archived_at().count());
    let _ = (headers.mime_version(), headers.auto_submitted(), headers.content_language().count());
    let _ = headers.dkim_signatures().map(|signature| signature.signed_headers().count()).sum::<usize>();
    let _ = headers.received_spf().map(|spf| spf.pairs().count()).sum::<usize>();
    assert!(headers.arc_sets().iter().all(|set| set.seal().is_some() || !set.is_complete()));
}
