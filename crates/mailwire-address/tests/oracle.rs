//! Verdicts about real and made-up addresses, against those of a recogniser that is the grammar itself. Both lie beside the
//! repository; the disputed ones and the values are judged by `examples/addresses`.

use mailwire_address::{AddrSpec, AddressDefect, Addresses, Allow, Dialect, ForwardPath, is_html5_email};
use mailwire_testkit::{json::Json, shared};

/// Whether IDNA allows a label is no matter of syntax.
fn is_for_idna(text: &str) -> bool {
    text.rsplit('@').next().is_some_and(|domain| !domain.is_ascii())
}

fn verdict(grammar: &str, obsolete: bool, text: &[u8]) -> Option<bool> {
    let grammatical =
        Dialect::SMTPUTF8.with(Allow::GENERAL_LITERAL).without(Allow::of(AddressDefect::Ipv6OneGroup));
    let imf = if obsolete { Dialect::IMF_OBS } else { Dialect::IMF };
    Some(match grammar {
        "rfc5321-mailbox" => AddrSpec::parse(text, grammatical).is_ok(),
        "rfc5321-path-body" => {
            ForwardPath::parse(&[b"<", text, b">"].concat(), grammatical.with(Allow::ANY_LENGTH)).is_ok()
        }
        "rfc5322-addr-spec" => AddrSpec::parse(text, imf).is_ok(),
        "rfc5322-mailbox-list" => Addresses::parse(text, imf.without(Allow::GROUP)).is_ok(),
        "rfc5322-address-list" => Addresses::parse(text, imf).is_ok(),
        "html5" => is_html5_email(text),
        _ => return None,
    })
}

#[test]
fn verdicts_are_those_of_the_grammar() {
    let Some(folder) = shared::folder() else { return };
    let cases = std::fs::read_to_string(folder.join("research/address_cases.jsonl")).expect("the cases");
    let (mut asked, mut wrong) = (0, Vec::new());
    for case in cases.lines().map(|line| Json::parse(line).expect("JSON")) {
        let field = |name| case.member(name).and_then(Json::text).unwrap_or_default();
        let (grammar, input) = (field("grammar"), field("input"));
        if case.member("disputed").is_some() || grammar.starts_with("rfc5321") && is_for_idna(input) {
            continue;
        }
        for (name, obsolete) in [("spec", true), ("spec_strict", false)] {
            let Some(truth) = case.member(name).and_then(Json::bool) else { continue };
            let Some(verdict) = verdict(grammar, obsolete, input.as_bytes()) else { continue };
            asked += 1;
            if verdict != truth {
                wrong.push(format!("{grammar} {name}: {input:?} is {truth}"));
            }
        }
    }
    assert!(asked > 4000, "{asked} questions");
    assert!(wrong.is_empty(), "{} of {asked} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
