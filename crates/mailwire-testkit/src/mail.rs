//! Typical mails, made up here, the same on every run and with every byte written for it.

use crate::random::Random;

/// A few lines of text from one person to another, about half a kilobyte.
pub fn small_text() -> Vec<u8> {
    let mut mail = head("The minutes of Tuesday");
    mail.extend(b"Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    mail.extend(b"Dear Bob,\r\n\r\n");
    mail.extend(prose(&mut Random::new(1), ASCII, 200));
    mail.extend(b"\r\n-- \r\nAlice\r\n");
    mail
}

/// Plain text and HTML to choose from, and a picture of some kilobytes beside them.
pub fn alternative_with_attachment() -> Vec<u8> {
    let mut random = Random::new(2);
    let mut mail = head("=?utf-8?Q?R=C3=A9sum=C3=A9_of_the_week?=");
    mail.extend(b"Content-Type: multipart/mixed; boundary=\"=_outer\"\r\n\r\n");
    mail.extend(b"This is a mail in MIME format.\r\n--=_outer\r\n");
    mail.extend(b"Content-Type: multipart/alternative; boundary=\"=_inner\"\r\n\r\n--=_inner\r\n");
    mail.extend(
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    mail.extend(quoted_printable(&prose(&mut random, LATIN, 800)));
    mail.extend(b"\r\n--=_inner\r\n");
    mail.extend(
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    mail.extend(quoted_printable(&html(&mut random, LATIN, 1500)));
    mail.extend(b"\r\n--=_inner--\r\n\r\n--=_outer\r\n");
    mail.extend(b"Content-Type: image/png; name=\"week.png\"\r\n");
    mail.extend(b"Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.png\r\n");
    mail.extend(b"Content-Transfer-Encoding: base64\r\n\r\n");
    mail.extend(base64_lines(&random.bytes(6000)));
    mail.extend(b"--=_outer--\r\n");
    mail
}

/// A newsletter: HTML in quoted-printable, about `size` bytes of it in the mail (47 KB is an ordinary one). One byte in
/// forty or so is a `=`, as in half of the newsletters of the corpus; the densest there has one in twelve.
pub fn newsletter(size: usize) -> Vec<u8> {
    let mut random = Random::new(3);
    let words: Vec<&str> = ASCII.iter().copied().chain(["café"]).collect();
    let mut mail = head("Ten places you have not been to");
    mail.extend(b"List-Unsubscribe: <https://news.example.org/leave>\r\n");
    mail.extend(
        b"Content-Type: text/html; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    let end = mail.len() + size;
    while mail.len() < end {
        mail.extend(quoted_printable(&html(&mut random, &words, (end - mail.len()).min(4000))));
    }
    mail
}

/// A line of text and an attachment of about `size` bytes of base64 in lines of 76 digits.
pub fn attachment(size: usize) -> Vec<u8> {
    let mut mail = head("The pictures");
    mail.extend(b"Content-Type: multipart/mixed; boundary=\"=_part\"\r\n\r\n--=_part\r\n");
    mail.extend(b"Content-Type: text/plain; charset=us-ascii\r\n\r\nHere they are.\r\n\r\n--=_part\r\n");
    mail.extend(b"Content-Type: application/octet-stream; name=\"pictures.tar\"\r\n");
    mail.extend(b"Content-Disposition: attachment; filename=\"pictures.tar\"\r\n");
    mail.extend(b"Content-Transfer-Encoding: base64\r\n\r\n");
    mail.extend(base64_lines(&Random::new(4).bytes(size / 78 * 57)));
    mail.extend(b"--=_part--\r\n");
    mail
}

/// One body of about `size` bytes of Cyrillic text in UTF-8, as it is (8bit).
pub fn cyrillic_text(size: usize) -> Vec<u8> {
    let mut mail = head("=?utf-8?B?0J/QuNGB0YzQvNC+?=");
    mail.extend(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    mail.extend(prose(&mut Random::new(5), CYRILLIC, size));
    mail
}

/// One body of about `size` bytes of ASCII text, as it is.
pub fn ascii_text(size: usize) -> Vec<u8> {
    let mut mail = head("The whole book");
    mail.extend(b"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n");
    mail.extend(prose(&mut Random::new(6), ASCII, size));
    mail
}

/// Multiparts inside each other, `depth` of them, with a line of text at each level, all of them closed.
pub fn nested(depth: usize) -> Vec<u8> {
    let mut mail = head("A mail in a mail");
    for level in 0..depth {
        mail.extend(
            format!("Content-Type: multipart/mixed; boundary=\"=_level-{level}\"\r\n\r\n").into_bytes(),
        );
        mail.extend(
            format!("--=_level-{level}\r\nContent-Type: text/plain\r\n\r\nLevel {level}.\r\n").into_bytes(),
        );
        mail.extend(format!("\r\n--=_level-{level}\r\n").into_bytes());
    }
    mail.extend(b"Content-Type: text/plain\r\n\r\nThe innermost text.\r\n");
    for level in (0..depth).rev() {
        mail.extend(format!("\r\n--=_level-{level}--\r\n").into_bytes());
    }
    mail
}

/// The header of every mail here, up to what says how its body is to be read.
fn head(subject: &str) -> Vec<u8> {
    format!(
        "Return-Path: <alice@example.org>\r\n\
         Received: from mail.example.org (mail.example.org [192.0.2.25])\r\n\
         \tby mx.example.net with ESMTPS id 4Zq1; Tue, 02 Jan 2024 10:20:31 +0100\r\n\
         Date: Tue, 2 Jan 2024 10:20:30 +0100\r\n\
         From: =?utf-8?Q?Alice_M=C3=BCller?= <alice@example.org>\r\n\
         To: \"Bob, of Accounts\" <bob@example.net>, carol@example.net\r\n\
         Cc: Dave (on leave) <dave@example.net>\r\n\
         Subject: {subject}\r\n\
         Message-ID: <20240102102030.4711@mail.example.org>\r\n\
         In-Reply-To: <1@mx.example.net>\r\n\
         References: <0@mx.example.net>\r\n <1@mx.example.net>\r\n\
         MIME-Version: 1.0\r\n"
    )
    .into_bytes()
}

const ASCII: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "we",
    "that",
    "meeting",
    "paper",
    "window",
    "for",
    "it",
    "was",
    "on",
    "are",
    "river",
    "with",
    "as",
    "at",
    "be",
    "this",
    "have",
    "from",
    "or",
    "had",
    "by",
    "word",
    "but",
    "what",
    "some",
    "quietly",
    "yesterday",
    "can",
    "out",
    "other",
    "were",
    "all",
    "there",
    "when",
    "up",
    "use",
    "your",
    "how",
];
const LATIN: &[&str] = &[
    "le",
    "été",
    "dans",
    "Straße",
    "où",
    "und",
    "niño",
    "the",
    "garçon",
    "schön",
    "place",
    "sea",
    "côté",
    "naïve",
    "mañana",
    "über",
    "a",
    "of",
    "and",
    "to",
    "island",
    "ferry",
    "price",
    "50\u{a0}€",
    "from",
    "hotel",
    "crème",
];
const CYRILLIC: &[&str] = &[
    "и",
    "в",
    "не",
    "на",
    "письмо",
    "что",
    "дом",
    "река",
    "утром",
    "с",
    "они",
    "мы",
    "вчера",
    "окно",
    "тихо",
    "бумага",
    "слово",
    "было",
    "как",
    "по",
    "город",
    "поезд",
    "дорога",
    "снова",
    "вечером",
    "улица",
    "но",
    "для",
];

/// Sentences of these words in lines of some seventy characters, about `size` bytes.
fn prose(random: &mut Random, words: &[&str], size: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(size + 100);
    let mut column = 0;
    while out.len() < size {
        let word = random.pick(words);
        out.extend(word.bytes());
        column += word.chars().count() + 1;
        if random.below(9) == 0 {
            out.push(b'.');
        }
        if column > 68 {
            out.extend(b"\r\n");
            column = 0;
            if random.below(6) == 0 {
                out.extend(b"\r\n");
            }
        } else {
            out.push(b' ');
        }
    }
    out.extend(b"\r\n");
    out
}

/// Paragraphs and links as newsletters are made of, about `size` bytes of HTML.
fn html(random: &mut Random, words: &[&str], size: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(size + 500);
    while out.len() < size {
        out.extend(b"<table width=\"100%\" cellpadding=\"0\"><tr><td style=\"font-family: sans-serif; color: #333\">\r\n");
        let link = random.bits();
        out.extend(format!("<a href=\"https://news.example.org/c?id={link:016x}&amp;u=42\">").into_bytes());
        out.extend(prose(random, words, 120));
        out.extend(b"</a>\r\n<p>");
        out.extend(prose(random, words, 300));
        out.extend(b"</p></td></tr></table>\r\n");
    }
    out
}

/// Text in quoted-printable, written the plain way: what is not printable ASCII is escaped, lines have at most 76
/// characters.
pub fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 3 / 2);
    for (at, line) in text.split(|&byte| byte == b'\n').enumerate() {
        if at > 0 {
            out.extend(b"\r\n");
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut column = 0;
        for (at, &byte) in line.iter().enumerate() {
            let last = at + 1 == line.len();
            let plain = byte != b'=' && (byte.is_ascii_graphic() || (byte == b' ' && !last));
            let width = if plain { 1 } else { 3 };
            if column + width > 75 {
                out.extend(b"=\r\n");
                column = 0;
            }
            if plain {
                out.push(byte);
            } else {
                out.extend(format!("={byte:02X}").into_bytes());
            }
            column += width;
        }
    }
    out
}

/// Bytes in base64, written the plain way: lines of 76 digits, each ended by CRLF.
pub fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len() / 57 * 78 + 80);
    for line in bytes.chunks(57) {
        for group in line.chunks(3) {
            let at = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
            let bits = at(0) << 16 | at(1) << 8 | at(2);
            for digit in 0..4 {
                out.push(if digit <= group.len() {
                    DIGITS[(bits >> (18 - 6 * digit) & 63) as usize]
                } else {
                    b'='
                });
            }
        }
        out.extend(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_on_every_run() {
        assert_eq!(newsletter(47_000), newsletter(47_000));
        assert_eq!(alternative_with_attachment(), alternative_with_attachment());
    }

    #[test]
    fn sizes_are_about_what_was_asked_for() {
        for make in [newsletter, attachment, cyrillic_text, ascii_text] {
            for size in [47_000, 1_000_000] {
                let mail = make(size);
                assert!((size..size + size / 20 + 2000).contains(&(mail.len() + 1000)), "{}", mail.len());
            }
        }
    }

    #[test]
    fn lines_are_as_long_as_the_standard_allows() {
        let mails = [
            small_text(),
            alternative_with_attachment(),
            newsletter(47_000),
            attachment(100_000),
            nested(100),
        ];
        for mail in mails {
            for line in mail.split(|&byte| byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                assert!(line.len() <= 78 && !line.contains(&b'\r'), "{}", line.escape_ascii());
            }
        }
        for mail in [cyrillic_text(10_000), ascii_text(10_000)] {
            assert!(mail.split(|&byte| byte == b'\n').all(|line| line.len() <= 998));
        }
    }

    #[test]
    fn base64_and_quoted_printable_are_what_the_standard_says() {
        assert_eq!(base64_lines(b""), b"");
        assert_eq!(base64_lines(b"f"), b"Zg==\r\n");
        assert_eq!(base64_lines(b"fo"), b"Zm8=\r\n");
        assert_eq!(base64_lines(b"foobar"), b"Zm9vYmFy\r\n");
        assert_eq!(base64_lines(&[0; 58]), [b"A".repeat(76), b"\r\nAA==\r\n".to_vec()].concat());
        assert_eq!(quoted_printable("é = \r\nx".as_bytes()), b"=C3=A9 =3D=20\r\nx");
        assert_eq!(quoted_printable(&b"a".repeat(80)), [b"a".repeat(75), b"=\r\naaaaa".to_vec()].concat());
    }
}
