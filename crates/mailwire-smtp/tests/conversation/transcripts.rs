//! Every transcript, whole, octet by octet, cut at every place, and mutated.

use super::script::{Outcome, Script, Session, small};

fn scripts() -> Vec<Script> {
    let scripts = Script::all(include_str!("../data/server.txt"));
    assert!(scripts.len() > 60, "{}", scripts.len());
    scripts
}

#[test]
fn whole() {
    for script in scripts() {
        let outcome = script.run(|octets| vec![octets.to_vec()]);
        assert_eq!(outcome.end, script.end, "{}", script.name);
    }
}

#[test]
fn octet_by_octet() {
    for script in scripts().iter().filter(|script| !script.together) {
        let whole = script.run(|octets| vec![octets.to_vec()]);
        let outcome = script.run(|octets| octets.iter().map(|&octet| vec![octet]).collect());
        assert_eq!(outcome, whole, "{}", script.name);
    }
}

#[test]
fn cut_at_every_place() {
    for script in scripts().iter().filter(|script| !script.together) {
        let whole = script.run(|octets| vec![octets.to_vec()]);
        let longest = script.steps.iter().map(|turn| turn.client.len()).max().unwrap();
        for at in 1..longest.min(200) {
            let outcome = script.run(|octets| {
                let (front, back) = octets.split_at(at.min(octets.len()));
                vec![front.to_vec(), back.to_vec()]
            });
            assert_eq!(outcome, whole, "{} cut at {at}", script.name);
        }
    }
}

fn feed(octets: &[u8], size: usize) -> Outcome {
    let mut session = Session::new(small());
    session.go();
    for piece in octets.chunks(size) {
        session.machine.push(piece);
        session.go();
    }
    session.outcome
}

/// A CR lost, a LF lost, a NUL put in: whatever comes of it, it doesn't depend on how the stream was cut, and what is said are
/// replies.
#[test]
fn mutated() {
    let mut runs = 0;
    for script in scripts() {
        let octets: Vec<u8> = script.steps.iter().flat_map(|turn| turn.client.clone()).take(600).collect();
        for at in 0..octets.len() {
            let mut mutants = vec![[&octets[..at], b"\0", &octets[at..]].concat()];
            if matches!(octets[at], b'\r' | b'\n') {
                mutants.push([&octets[..at], &octets[at + 1..]].concat());
            }
            for mutant in mutants {
                // Whether STARTTLS has something behind it is a question of how it was cut.
                if mutant.windows(8).any(|window| window.eq_ignore_ascii_case(b"STARTTLS")) {
                    continue;
                }
                let whole = feed(&mutant, usize::MAX);
                for size in [1, 7] {
                    let pieces = feed(&mutant, size);
                    if whole.end == "out-of-turn" {
                        // Behind a DATA that was refused something waited: that can only be seen in one piece.
                        assert!(
                            pieces.said.starts_with(&whole.said),
                            "{}: {}",
                            script.name,
                            mutant.escape_ascii()
                        );
                    } else {
                        assert_eq!(pieces, whole, "{}: {}", script.name, mutant.escape_ascii());
                    }
                }
                for line in whole.said.split_inclusive("\r\n") {
                    assert!(
                        line.ends_with("\r\n") && line[..3].bytes().all(|byte| byte.is_ascii_digit()),
                        "{line:?}"
                    );
                }
                runs += 1;
            }
        }
    }
    assert!(runs > 5000, "{runs}");
}
