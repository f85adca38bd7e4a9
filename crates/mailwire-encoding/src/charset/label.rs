//! The labels of charsets.

use super::{Charset, Kind};
use encoding_rs::Encoding;

/// No label is longer.
const LONGEST: usize = 40;

pub(super) fn find(label: &[u8]) -> Option<Charset> {
    let label = trim(label);
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..label.len())?;
    lower.copy_from_slice(label);
    lower.make_ascii_lowercase();
    mail_only(lower).or_else(|| {
        Encoding::for_label_no_replacement(lower).map(|encoding| Charset(Kind::Standard(encoding)))
    })
}

/// The most common labels, those that the WHATWG standard does not have, and those that mean something else in mail.
fn mail_only(label: &[u8]) -> Option<Charset> {
    Some(match label {
        b"utf-8" | b"uft-8" | b"uft8" | b"utf_8" | b"utf 8" | b"utf-8mb4" | b"utf8mb4" | b"cp65001" => {
            Charset::UTF_8
        }
        b"iso-8859-1" | b"windows-1252" => Charset::WINDOWS_1252,
        b"us-ascii" | b"ascii" | b"ansi_x3.4-1968" | b"ansi_x3.4-1986" | b"iso_646.irv:1991"
        | b"iso646-us" | b"iso-ir-6" | b"646" | b"us" | b"csascii" | b"ibm367" | b"cp367"
        | b"ansi_x3.110" | b"ansi_x3.110-1983" => Charset::US_ASCII,
        b"hz-gb-2312" | b"hz-gb2312" | b"hz-gb" | b"hz" => Charset::HZ_GB_2312,
        b"utf-7"
        | b"utf7"
        | b"unicode-1-1-utf-7"
        | b"x-unicode-2-0-utf-7"
        | b"csunicode11utf7"
        | b"csutf7" => Charset::UTF_7,
        b"utf-16" | b"utf16" | b"csutf16" => Charset::UTF_16,
        b"utf-32" | b"utf32" | b"csutf32" | b"ucs-4" | b"iso-10646-ucs-4" => Charset::UTF_32,
        b"utf-32be" => Charset::UTF_32BE,
        b"utf-32le" => Charset::UTF_32LE,
        b"cp932" | b"windows-932" => Charset::SHIFT_JIS,
        b"eucjp" => Charset::EUC_JP,
        b"iso-2022-jp-1" | b"iso-2022-jp-2" | b"iso-2022-jp-3" | b"iso-2022-jp-ms" | b"iso2022jp"
        | b"iso2022-jp" | b"cp50220" | b"cp50221" => Charset::ISO_2022_JP,
        b"cp949" | b"ms949" | b"uhc" | b"euckr" => Charset::EUC_KR,
        b"cp936" | b"ms936" | b"euc-cn" | b"gb_2312" => Charset::GBK,
        b"cp950" | b"ms950" => Charset::BIG5,
        b"cp54936" | b"gb18030-2000" => Charset::GB18030,
        _ => return None,
    })
}

fn trim(label: &[u8]) -> &[u8] {
    let dressing = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'\\');
    let start = label.iter().position(|byte| !dressing(byte)).unwrap_or(label.len());
    let end = label.iter().rposition(|byte| !dressing(byte)).map_or(start, |last| last + 1);
    label.get(start..end).unwrap_or_default()
}
