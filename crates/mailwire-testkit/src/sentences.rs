//! Addresses made by the grammar itself: each function is a rule of RFC 5321 §4.1.2 or RFC 5322 §3.4 and §4.4, and takes
//! each of its alternatives some of the time.

use crate::random::Random;

/// `Mailbox` (RFC 5321 §4.1.2, RFC 6531 §3.3), within the limits of length.
pub fn mailbox_smtp(random: &mut Random) -> String {
    let local = if random.below(4) == 0 { quoted_smtp(random) } else { dot_atom_text(random) };
    format!("{local}@{}", if random.below(6) == 0 { literal_smtp(random) } else { domain_smtp(random) })
}

/// `addr-spec` (RFC 5322 §3.4.1), with the syntax of §4.4 if that is asked for.
pub fn addr_spec(random: &mut Random, obsolete: bool) -> String {
    format!("{}@{}", local_part(random, obsolete), domain(random, obsolete))
}

/// `address-list` (RFC 5322 §3.4), with the syntax of §4.4 if that is asked for.
pub fn address_list(random: &mut Random, obsolete: bool) -> String {
    let mut out = if obsolete && random.below(4) == 0 { ",".to_owned() } else { String::new() };
    for index in 0..=random.below(3) {
        if index > 0 {
            out.push_str(if obsolete && random.below(4) == 0 { ",,(c)," } else { "," });
        }
        out.push_str(&if random.below(4) == 0 { group(random, obsolete) } else { mailbox(random, obsolete) });
    }
    if obsolete && random.below(4) == 0 {
        out.push(',');
    }
    out
}

fn quoted_smtp(random: &mut Random) -> String {
    let mut out = String::from("\"");
    for _ in 0..random.below(8) {
        let pieces = ["a", "B", "\\\"", "\\\\", "@", " ", ".", "\\ ", "<", ">", ",", "é", "(", "\\x"];
        let piece: &&str = random.pick(&pieces);
        out.push_str(piece);
    }
    out + "\""
}

fn domain_smtp(random: &mut Random) -> String {
    let labels: Vec<&str> = (0..=random.below(3))
        .map(|_| *random.pick(&["a", "example", "x-1", "0", "XN", "xn--90a3ac", "a--b", "münchen", "例"]))
        .collect();
    labels.join(".")
}

fn literal_smtp(random: &mut Random) -> String {
    let literals = [
        "[192.0.2.1]",
        "[0.00.000.255]",
        "[IPv6:::]",
        "[ipv6:2001:db8::1]",
        "[IPv6:1:2:3:4:5:6:7:8]",
        "[IPv6:1:2:3:4:5:6:192.0.2.1]",
        "[IPv6:::ffff:192.0.2.1]",
        "[IPv6:FE80::a:B]",
    ];
    (*random.pick(&literals)).to_owned()
}

fn dot_atom_text(random: &mut Random) -> String {
    let atoms: Vec<String> = (0..=random.below(3)).map(|_| atom_text(random)).collect();
    atoms.join(".")
}

fn atom_text(random: &mut Random) -> String {
    let pieces = ["a", "bc", "Z9", "!", "#$%", "&'*", "+", "-/", "=", "?", "^_`", "{|}~", "é", "漢"];
    (0..=random.below(3)).map(|_| *random.pick(&pieces)).collect()
}

/// `[CFWS]`
fn gap(random: &mut Random, obsolete: bool) -> &'static str {
    match random.below(12) {
        0 => " ",
        1 => "\r\n ",
        2 => " \r\n\t",
        3 => "(c)",
        4 => " (a (b) \\) c) ",
        5 => "(\r\n é\r\n )",
        6 if obsolete => "\r\n \r\n ",
        7 if obsolete => "(\x07\\\0)",
        _ => "",
    }
}

fn atom(random: &mut Random, obsolete: bool) -> String {
    [gap(random, obsolete), &atom_text(random), gap(random, obsolete)].concat()
}

fn quoted_string(random: &mut Random, obsolete: bool) -> String {
    let mut out = gap(random, obsolete).to_owned() + "\"";
    for _ in 0..random.below(6) {
        out.push_str(match random.below(12) {
            0 => "\\\"",
            1 => "\\\\",
            2 => "x\r\n y",
            3 => "\t",
            4 => "@",
            5 => "\\é",
            6 if obsolete => "\x07",
            7 if obsolete => "\\\0",
            8 if obsolete => "x\r\n \r\n y",
            _ => "b",
        });
    }
    out + "\"" + gap(random, obsolete)
}

fn word(random: &mut Random, obsolete: bool) -> String {
    if random.below(3) == 0 { quoted_string(random, obsolete) } else { atom(random, obsolete) }
}

fn dot_atom(random: &mut Random, obsolete: bool) -> String {
    [gap(random, obsolete), &dot_atom_text(random), gap(random, obsolete)].concat()
}

fn local_part(random: &mut Random, obsolete: bool) -> String {
    match random.below(3) {
        0 => quoted_string(random, obsolete),
        1 if obsolete => {
            let words: Vec<String> = (0..=random.below(3)).map(|_| word(random, true)).collect();
            words.join(".")
        }
        _ => dot_atom(random, obsolete),
    }
}

fn domain(random: &mut Random, obsolete: bool) -> String {
    match random.below(4) {
        0 => {
            let mut out = gap(random, obsolete).to_owned() + "[";
            for _ in 0..random.below(4) {
                out.push_str(match random.below(8) {
                    0 => " ",
                    1 => "\r\n a",
                    2 if obsolete => "\\]",
                    3 if obsolete => "\x07",
                    _ => "x:1",
                });
            }
            out + "]" + gap(random, obsolete)
        }
        1 if obsolete => {
            let atoms: Vec<String> = (0..=random.below(3)).map(|_| atom(random, true)).collect();
            atoms.join(".")
        }
        _ => dot_atom(random, obsolete),
    }
}

fn phrase(random: &mut Random, obsolete: bool) -> String {
    let mut out = word(random, obsolete);
    for _ in 0..random.below(3) {
        out.push_str(if obsolete && random.below(3) == 0 { "." } else { " " });
        out.push_str(&word(random, obsolete));
    }
    out
}

fn mailbox(random: &mut Random, obsolete: bool) -> String {
    if random.below(2) == 0 {
        return addr_spec(random, obsolete);
    }
    let name = if random.below(3) > 0 { phrase(random, obsolete) } else { String::new() };
    let route = if obsolete && random.below(4) == 0 {
        let domain = domain(random, true);
        format!("{},@{domain},(c),@x:", gap(random, true))
    } else {
        String::new()
    };
    let address = addr_spec(random, obsolete);
    format!("{name}{}<{route}{address}>{}", gap(random, obsolete), gap(random, obsolete))
}

fn group(random: &mut Random, obsolete: bool) -> String {
    let members: Vec<String> = (0..random.below(3)).map(|_| mailbox(random, obsolete)).collect();
    let members = match members.is_empty() {
        true if obsolete && random.below(2) == 0 => ",(c),".to_owned(),
        true => gap(random, obsolete).to_owned(),
        false => members.join(","),
    };
    format!("{}:{members};{}", phrase(random, obsolete), gap(random, obsolete))
}
