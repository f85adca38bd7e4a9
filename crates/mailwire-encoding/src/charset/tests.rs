use super::*;
use alloc::vec::Vec;

#[test]
fn knows_the_labels_of_mail() {
    for (label, charset) in [
        ("UTF-8", Charset::UTF_8),
        (" \"utf8\" ", Charset::UTF_8),
        ("'uft-8'", Charset::UTF_8),
        ("iso-8859-1", Charset::WINDOWS_1252),
        ("us-ascii", Charset::US_ASCII),
        ("ANSI_X3.4-1968", Charset::US_ASCII),
        ("ansi_x3.110-1983", Charset::US_ASCII),
        ("cp932", Charset::SHIFT_JIS),
        ("ms932", Charset::SHIFT_JIS),
        ("ks_c_5601-1987", Charset::EUC_KR),
        ("GB2312", Charset::GBK),
        ("x-gbk", Charset::GBK),
        ("unicode-1-1-utf-7", Charset::UTF_7),
        ("HZ-GB-2312", Charset::HZ_GB_2312),
        ("hz", Charset::HZ_GB_2312),
        ("utf-16", Charset::UTF_16),
        ("utf-16le", Charset::UTF_16LE),
        ("utf-32", Charset::UTF_32),
    ] {
        assert_eq!(Charset::for_label(label.as_bytes()), Some(charset), "{label}");
    }
    assert_eq!(Charset::for_label(b"iso-8859-8-i").map(Charset::name), Some("ISO-8859-8-I"));
    let long = "a".repeat(999);
    for label in ["", "x-unknown", "unknown-8bit", "hz-gb-2313", "iso-2022-kr", "replacement", &long] {
        assert_eq!(Charset::for_label(label.as_bytes()), None, "{label}");
    }
}

#[test]
fn every_constant_is_found_by_its_name() {
    for charset in [
        Charset::UTF_8,
        Charset::US_ASCII,
        Charset::WINDOWS_1252,
        Charset::WINDOWS_1251,
        Charset::KOI8_R,
        Charset::ISO_8859_2,
        Charset::ISO_8859_15,
        Charset::ISO_2022_JP,
        Charset::SHIFT_JIS,
        Charset::EUC_JP,
        Charset::EUC_KR,
        Charset::BIG5,
        Charset::GBK,
        Charset::GB18030,
        Charset::HZ_GB_2312,
        Charset::UTF_7,
        Charset::UTF_16,
        Charset::UTF_16BE,
        Charset::UTF_16LE,
        Charset::UTF_32,
        Charset::UTF_32BE,
        Charset::UTF_32LE,
    ] {
        assert_eq!(Charset::for_label(charset.name().as_bytes()), Some(charset));
        assert_eq!(charset.decode(b"").text(), "");
    }
}

#[test]
fn rules_of_the_module() {
    use Fallback::{Body, Header};
    type Case<'a> = (Option<&'a str>, &'a [u8], Fallback, &'a str, Charset, bool);
    let cases: [Case<'_>; 16] = [
        (None, "é".as_bytes(), Body, "é", Charset::UTF_8, false),
        (None, b"\xe9", Header, "é", Charset::WINDOWS_1252, false),
        (None, b"\xe9", Body, "\u{fffd}", Charset::UTF_8, true),
        (Some("iso-2022-kr"), b"\x0eGQ\x0f", Body, "\x0eGQ\x0f", Charset::UTF_8, false),
        (Some("us-ascii"), b"e", Body, "e", Charset::US_ASCII, false),
        (Some("us-ascii"), "é".as_bytes(), Body, "é", Charset::UTF_8, false),
        (Some("us-ascii"), b"\xe9", Header, "é", Charset::WINDOWS_1252, false),
        (Some("utf-8"), b"\xef\xbb\xbfe", Body, "e", Charset::UTF_8, false),
        (Some("utf-8"), b"\xe9", Header, "\u{fffd}", Charset::UTF_8, true),
        (None, b"\xef\xbb\xbfe", Body, "e", Charset::UTF_8, false),
        (Some("utf-16"), b"\0e\0\xe9", Body, "eé", Charset::UTF_16, false),
        (Some("utf-16"), b"\xff\xfee\0", Body, "e", Charset::UTF_16, false),
        (Some("utf-16"), b"\xfe\xff\0e", Body, "e", Charset::UTF_16, false),
        (Some("utf-16"), b"e\0f\0", Body, "ef", Charset::UTF_16, false),
        (Some("utf-16le"), b"\xff\xfee\0", Body, "e", Charset::UTF_16LE, false),
        (Some("utf-16be"), b"\0e\0", Body, "e\u{fffd}", Charset::UTF_16BE, true),
    ];
    for (label, bytes, fallback, expected, charset, lossy) in cases {
        let text = decode(label.map(str::as_bytes), bytes, fallback);
        assert_eq!(
            (text.text(), text.charset(), text.is_lossy()),
            (expected, charset, lossy),
            "{label:?} {}",
            bytes.escape_ascii()
        );
    }
}

#[test]
fn utf_8_and_ascii_borrow() {
    for (label, bytes) in [
        (None, "é"),
        (Some("utf-8"), "é"),
        (Some("us-ascii"), "e"),
        (Some("utf-7"), "e-"),
        (Some("hz"), "e{"),
    ] {
        let text = decode(label.map(str::as_bytes), bytes.as_bytes(), Fallback::Body);
        assert!(matches!(text.into_text(), Cow::Borrowed(_)), "{label:?}");
    }
}

/// RFC 2152's examples, and what is broken.
#[test]
fn utf_7() {
    for (bytes, expected, lossy) in [
        ("A+ImIDkQ.", "A\u{2262}\u{391}.", false),
        ("Hi Mom -+Jjo--!", "Hi Mom -\u{263a}-!", false),
        ("+ZeVnLIqe-", "日本語", false),
        ("Item 3 is +AKM-1.", "Item 3 is £1.", false),
        ("1 +- 1", "1 + 1", false),
        ("+2D3eAA", "\u{1f600}", false),
        ("+", "+", false),
        ("a + b", "a + b", false),
        ("+AOk", "é", false),
        ("+AO-", "\u{fffd}", true),
        ("+2D0-x", "\u{fffd}x", true),
        ("+3gA-x", "\u{fffd}x", true),
        ("+2D0AYQ-", "\u{fffd}a", true),
        ("é", "\u{fffd}\u{fffd}", true),
    ] {
        let text = Charset::UTF_7.decode(bytes.as_bytes());
        assert_eq!((text.text(), text.is_lossy()), (expected, lossy), "{bytes}");
    }
}

/// RFC 1843's example, its escapes, and what is broken.
#[test]
fn hz() {
    for (bytes, expected, lossy) in [
        (
            &b"The next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye."[..],
            "The next sentence is in GB.己所不欲，勿施於人。Bye.",
            false,
        ),
        (b"a ~~ b", "a ~ b", false),
        (b"a~\nb~\r\nc\n", "abc\n", false),
        (b"~{VP~}~{ND~}", "中文", false),
        // A line ends Chinese; within it `~` and the line end are nothing.
        (b"~{VP\r\nVP~{VP~\nND~}", "中\r\nVP中文", false),
        (b"~{VP ND\tVP~}", "中 文\t中", false),
        // Escapes where they change nothing.
        (b"~}a~{~{VP~}~}", "a中", false),
        (b"http://a/~user ~", "http://a/~user ~", false),
        (b"~\r", "~\r", false),
        // A second byte may be a tilde. Half a character; one of no row; bytes of eight bits.
        (b"~{N~VP~}", "牺中", false),
        (b"~{V\nx", "\u{fffd}\nx", true),
        (b"~{V", "\u{fffd}", true),
        (b"~{xxVP~!VP~\tVP~", "\u{fffd}中\u{fffd}中\u{fffd}\t中\u{fffd}", true),
        (b"\xd6\xd0~{VP\xd0V\xd0~}", "\u{fffd}\u{fffd}中\u{fffd}\u{fffd}\u{fffd}", true),
    ] {
        let text = Charset::HZ_GB_2312.decode(bytes);
        assert_eq!((text.text(), text.is_lossy()), (expected, lossy), "{}", bytes.escape_ascii());
    }
}

/// Every character of every row is what EUC-CN has in its place, which is the same with the high bits set.
#[test]
fn hz_is_euc_cn_in_seven_bits() {
    for row in 0x21..=0x77 {
        for cell in 0x21..=0x7e {
            let hz = Charset::HZ_GB_2312.decode(&[b'~', b'{', row, cell, b'~', b'}']).into_owned();
            let euc = Charset::GBK.decode(&[row | 0x80, cell | 0x80]).into_owned();
            assert_eq!((hz.text(), hz.is_lossy()), (euc.text(), euc.is_lossy()), "{row:x} {cell:x}");
        }
    }
}

#[test]
fn utf_32() {
    let text = "a😀é";
    for (charset, unit) in [
        (Charset::UTF_32, u32::to_be_bytes as fn(u32) -> [u8; 4]),
        (Charset::UTF_32, u32::to_le_bytes),
        (Charset::UTF_32BE, u32::to_be_bytes),
        (Charset::UTF_32LE, u32::to_le_bytes),
    ] {
        for mark in ["", "\u{feff}"] {
            let bytes: Vec<u8> = mark.chars().chain(text.chars()).flat_map(|c| unit(c.into())).collect();
            assert_eq!(charset.decode(&bytes).text(), text, "{charset}");
        }
    }
    let text = Charset::UTF_32.decode(b"\0\0\xd8\0\0\x11\0\0\0");
    assert_eq!((text.text(), text.is_lossy()), ("\u{fffd}\u{fffd}\u{fffd}", true));
}

#[test]
fn iso_2022_jp_forgives_empty_switches() {
    for (bytes, expected) in [
        (&b"\x1b$B\x1b(Ba"[..], "a"),
        (b"\x1b$B%F\x1b(B\x1b$B%9\x1b(B", "テス"),
        (b"\x1b(B\x1b(B\x1b$B%F\x1b(B", "テ"),
        (b"a\x1b$B%F\x1b(Bb", "aテb"),
    ] {
        let text = Charset::ISO_2022_JP.decode(bytes);
        assert_eq!((text.text(), text.is_lossy()), (expected, false), "{}", bytes.escape_ascii());
    }
}
