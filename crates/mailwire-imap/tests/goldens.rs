//! Responses with the value that another mature parser gives for each, checked value by value.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may"
)]

#[path = "goldens/ours.rs"]
mod ours;
#[path = "goldens/yaml.rs"]
mod yaml;

use mailwire_imap::{Limits, ResponseItem, ResponseReader};
use std::fs;
use yaml::Node;

/// Where ours differs: the test, the path of the value, and why.
const DIFFERENCES: &str = include_str!("data/goldens.txt");

#[test]
fn every_value_is_what_it_should_be() {
    let Some(shared) = mailwire_testkit::shared::folder() else { return };
    let mut files: Vec<_> =
        fs::read_dir(shared.join("traces/goldens/imap-net-imap")).unwrap().flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let (mut differences, mut values, mut cases) = (Vec::new(), 0, 0);
    for file in files {
        let tests = yaml::read(&fs::read_to_string(file.path()).unwrap());
        let Some(Node::Map(tests)) = tests.member(":tests").cloned() else { panic!("no tests in {file:?}") };
        for (name, case) in tests {
            let (Some(Node::Text(text)), Some(expected)) =
                (case.member(":response"), case.member(":expected"))
            else {
                continue;
            };
            cases += 1;
            let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
            let text = if text.ends_with("\r\n") { text } else { text + "\r\n" };
            let mut reader = ResponseReader::new(Limits::default());
            let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut text.as_bytes()) else {
                panic!("{name}: no frame")
            };
            let value = frame.value().unwrap_or_else(|error| panic!("{name}: {error}"));
            if let mailwire_imap::Response::Unknown(unknown) = value {
                let kept = String::from_utf8_lossy(unknown.as_bytes()).into_owned();
                compare(&name, "", &Node::Text(kept), expected, &mut differences, &mut values);
            } else {
                compare(&name, "", &ours::response(&value), expected, &mut differences, &mut values);
            }
        }
    }
    println!("{values} values of {cases} responses");
    assert!(cases > 180 && values > 1500, "{values} values of {cases} responses");
    let decided: Vec<&str> =
        DIFFERENCES.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', ' '])).collect();
    let new: Vec<_> = differences.iter().filter(|(place, ..)| !decided.contains(&place.as_str())).collect();
    for (place, ours, theirs) in &new {
        println!("{place}: {ours:?}, and should be {theirs:?}");
    }
    assert!(new.is_empty(), "{} values differ", new.len());
    for place in decided {
        assert!(differences.iter().any(|(known, ..)| known == place), "{place} is the same by now");
    }
}

/// Nothing, an empty list and an empty map are the same; so are letters of either case.
fn compare(
    test: &str,
    path: &str,
    ours: &Node,
    theirs: &Node,
    differences: &mut Vec<(String, Node, Node)>,
    values: &mut usize,
) {
    let is_empty = |node: &Node| match node {
        Node::Null => true,
        Node::Text(_) => false,
        Node::List(list) => list.is_empty(),
        Node::Map(map) => map.iter().all(|(_, value)| matches!(value, Node::Null)),
    };
    *values += 1;
    match (ours, theirs) {
        _ if is_empty(ours) && is_empty(theirs) => return,
        (Node::Text(ours), Node::Text(theirs)) if ours.eq_ignore_ascii_case(theirs) => return,
        // A search without more is its numbers.
        (Node::Map(a), Node::List(_)) if a.first().is_some_and(|(name, _)| name == "internal") => {
            return compare(test, path, &a[0].1, theirs, differences, values);
        }
        (Node::List(a), Node::List(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                compare(test, &format!("{path}/{at}"), a, b, differences, values);
            }
            return;
        }
        (Node::Map(a), Node::Map(b)) => {
            // The response itself, how they keep what they can't read.
            let aside = ["raw_data", "parse_error", "parsed_data"];
            let plain = |name: &str| name.trim_start_matches(':').to_ascii_uppercase();
            let names = a.iter().chain(b.iter()).map(|(name, _)| plain(name));
            let mut seen = Vec::new();
            for name in names.filter(|name| !aside.iter().any(|one| one.eq_ignore_ascii_case(name))) {
                if seen.contains(&name) {
                    continue;
                }
                let of = |map: &[(String, Node)]| {
                    map.iter().find(|(key, _)| plain(key) == name).map_or(Node::Null, |(_, one)| one.clone())
                };
                compare(test, &format!("{path}/{name}"), &of(a), &of(b), differences, values);
                seen.push(name);
            }
            return;
        }
        _ => {}
    }
    differences.push((format!("{test}: {path}"), ours.clone(), theirs.clone()));
}
