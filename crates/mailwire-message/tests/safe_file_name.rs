//! File names made safe: every rule by example, and all of them for any name.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

extern crate alloc;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use mailwire_core::escape::is_deceptive;
use mailwire_message::Parser;
use mailwire_message::value::safe_file_name;
use proptest::prelude::*;

#[test]
fn each_rule() {
    let long = "é".repeat(200);
    for (name, safe) in [
        ("report.pdf", "report.pdf"),
        ("Café (2) – final.tar.gz", "Café (2) – final.tar.gz"),
        ("報告書.docx", "報告書.docx"),
        // Paths.
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a/b\\c", "c"),
        ("folder/", "folder"),
        ("a/../", "a"),
        // What systems read as something else.
        ("C:autoexec.bat", "C_autoexec.bat"),
        ("a.txt:stream", "a.txt_stream"),
        ("a<b>c|d?e*f\"g", "a_b_c_d_e_f_g"),
        // What nobody sees.
        ("a\0b\x1b[2Jc\u{7f}\u{85}.txt", "ab[2Jc.txt"),
        ("a\r\nb", "ab"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("a\u{200b}\u{feff}b", "ab"),
        // Ends.
        (".bashrc", "bashrc"),
        ("...", "attachment"),
        (" a.txt . ", "a.txt"),
        ("a.exe.\u{200b}", "a.exe"),
        ("\u{202e}.a", "a"),
        ("\u{a0}a\u{3000}", "a"),
        // Devices.
        ("con", "_con"),
        ("AUX.txt.gz", "_AUX.txt.gz"),
        ("Com1 .log", "_Com1 .log"),
        ("lpt\u{b2}", "_lpt\u{b2}"),
        ("conin$", "_conin$"),
        ("c\u{200d}on.txt", "_con.txt"),
        ("COM10", "COM10"),
        ("COM", "COM"),
        ("console.txt", "console.txt"),
        // Nothing left.
        ("", "attachment"),
        ("/", "attachment"),
        ("\u{202e}", "attachment"),
        // Too long.
        (&format!("{long}.pdf"), &format!("{}.pdf", "é".repeat(125))),
        (&format!("a.{long}"), &format!("a.{}", "é".repeat(126))),
        (&format!("con{}x.txt", " ".repeat(300)), "_con.txt"),
    ] {
        assert_eq!(safe_file_name(name), safe, "{name:?}");
    }
}

#[test]
fn what_is_safe_is_borrowed() {
    for name in ["a.txt", "/x/a.txt", " a.txt. "] {
        assert!(matches!(safe_file_name(name), Cow::Borrowed("a.txt")), "{name}");
    }
}

#[test]
fn parts_have_a_name_in_any_case() {
    for (header, expected) in [
        ("Content-Disposition: attachment; filename*=utf-8''%2e%2e%2fa%e2%80%aeb.txt", "ab.txt"),
        ("Content-Type: application/pdf; name=\"..\"", "attachment"),
        ("Content-Type: application/pdf", "attachment.pdf"),
        ("Content-Type: application/octet-stream", "attachment"),
        ("Subject: x", "attachment.txt"),
    ] {
        let raw = format!("{header}\n\n");
        assert_eq!(Parser::new().parse(raw.as_bytes()).root().safe_file_name(), expected, "{header}");
    }
}

fn holds_all_rules(name: &str) {
    let safe = safe_file_name(name);
    assert!(!safe.is_empty() && safe.len() <= 255, "{safe:?}");
    assert!(!safe.contains(['/', '\\', ':', '<', '>', '"', '|', '?', '*']), "{safe:?}");
    assert!(!safe.contains(|c: char| c.is_control() || is_deceptive(c)), "{safe:?}");
    assert!(!safe.starts_with(|c: char| c == '.' || c.is_whitespace()), "{safe:?}");
    assert!(!safe.ends_with(|c: char| c == '.' || c.is_whitespace()), "{safe:?}");
    let stem = safe.split('.').next().unwrap().trim_end().to_uppercase();
    let numbers = ('0'..='9').chain(['¹', '²', '³']);
    let ports = numbers.flat_map(|number| ["COM", "LPT"].map(|port| format!("{port}{number}")));
    let mut devices: BTreeSet<String> = ports.collect();
    devices.extend(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].map(str::to_owned));
    assert!(!devices.contains(&stem), "{safe:?}");
    assert_eq!(safe_file_name(&safe), safe, "safe, and made safer");
}

proptest! {
    #[test]
    fn any_name_becomes_safe(name in any::<String>()) {
        holds_all_rules(&name);
    }

    #[test]
    fn any_odd_name_becomes_safe(name in "[./\\\\: \u{202e}\u{200b}\0a-cé¹\u{a0}]{0,20}(con|NUL|com1|Lpt\u{b9})?[. \u{200b}]{0,300}[a-c./ ]{0,40}") {
        holds_all_rules(&name);
    }
}
