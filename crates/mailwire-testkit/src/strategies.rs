//! Random headers, mails and damage, for property tests.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A field name: often one that a reader knows, sometimes any.
pub fn name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => select(NAMES).prop_map(|name| name.as_bytes().to_vec()),
        1 => "[!-9;-~]{1,12}".prop_map(String::into_bytes),
    ]
}

/// A field value without a line end of its own: pieces that mean something to some grammar, in any order, perhaps
/// folded.
pub fn value() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => "[ -~]{0,12}".prop_map(String::into_bytes),
        1 => ".{0,4}".prop_map(String::into_bytes),
        1 => vec(any::<u8>().prop_filter("no line end", |byte| !b"\r\n".contains(byte)), 0..4),
        1 => Just(b"\r\n ".to_vec()),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A header block: fields with line ends, without the empty line behind them.
pub fn headers() -> impl Strategy<Value = Vec<u8>> {
    let field =
        (name(), value()).prop_map(|(name, value)| [name, b": ".to_vec(), value, b"\r\n".to_vec()].concat());
    vec(field, 0..8).prop_map(|fields| fields.concat())
}

/// A whole mail of a good structure: leaves, multiparts and messages inside each other.
pub fn mail() -> impl Strategy<Value = Vec<u8>> {
    (headers(), entity()).prop_map(|(headers, entity)| [headers, entity].concat())
}

/// The bytes with some of them changed, lost, doubled or cut off.
pub fn damaged(bytes: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (bytes, vec(damage(), 0..6)).prop_map(|(mut bytes, damages)| {
        for damage in damages {
            damage.apply(&mut bytes);
        }
        bytes
    })
}

/// Any bytes at all, with those that grammars look for more often than chance would have them.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![3 => select(TELLING), 2 => b' '..=b'~', 1 => any::<u8>()];
    vec(byte, 0..200)
}

const TELLING: &[u8] = b"\r\n\t :;,.<>()[]@\"\\=?*'%-_+/aA0\0\x1b\xc3\xa9";

const NAMES: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Content-Type",
    "content-type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "Content-ID",
    "MIME-Version",
    "Received",
    "Reply-To",
    "Sender",
];

const PIECES: &[&str] = &[
    "a@example.org",
    "<b@example.org>",
    "\"quoted, name\"",
    "(comment (nested))",
    ", ",
    ";",
    ":",
    "group: a@b, c@d;",
    "=?utf-8?Q?caf=C3=A9?=",
    "=?iso-2022-jp?B?GyRCJCIbKEI=?=",
    "=?utf-8?B?w6k=?=",
    "=?",
    "?=",
    " ",
    "\t",
    "\"",
    "(",
    ")",
    "<",
    ">",
    "[192.0.2.1]",
    "multipart/mixed",
    "text/plain",
    "message/rfc822",
    "; boundary=b",
    "; boundary=\"a b\"",
    "; charset=utf-8",
    "; charset=iso-8859-1",
    "attachment",
    "; filename=a.txt",
    "; filename*=utf-8''%C3%A9.txt",
    "; filename*0=a",
    "; filename*1*=%41",
    "base64",
    "quoted-printable",
    "8bit",
    "Mon, 1 Jan 2024 10:20:30 +0100",
    "1 Jan 24 10:20 EST",
    "31 Feb 2024",
    "<1@example.org>",
    "\\",
    "%",
    "=",
    "*",
];

const BOUNDARIES: &[&str] = &["b", "bb", "=_x", "b b", "--"];

/// The end of a header block and the body that its last header announces.
fn entity() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        "[ -~\r\n]{0,60}".prop_map(|text| format!("Content-Type: text/plain\r\n\r\n{text}").into_bytes()),
        vec(any::<u8>(), 0..60).prop_map(|body| {
            let mut leaf = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n".to_vec();
            leaf.extend(crate::mail::base64_lines(&body));
            leaf
        }),
        ".{0,40}".prop_map(|text| {
            let head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
            [head.as_bytes(), &crate::mail::quoted_printable(text.as_bytes())].concat()
        }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let multipart = (select(BOUNDARIES), vec(inner.clone(), 0..4), any::<bool>()).prop_map(multipart);
        let message = (headers(), inner).prop_map(|(headers, entity)| {
            [b"Content-Type: message/rfc822\r\n\r\n".to_vec(), headers, entity].concat()
        });
        prop_oneof![3 => multipart, 1 => message]
    })
}

fn multipart((boundary, parts, closed): (&str, Vec<Vec<u8>>, bool)) -> Vec<u8> {
    let mut out =
        format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\npreamble").into_bytes();
    for part in parts {
        out.extend(format!("\r\n--{boundary}\r\n").into_bytes());
        out.extend(part);
    }
    if closed {
        out.extend(format!("\r\n--{boundary}--\r\nepilogue").into_bytes());
    }
    out
}

#[derive(Clone, Debug)]
enum Damage {
    Change(Index, u8),
    Remove(Index, usize),
    Double(Index, usize),
    Cut(Index),
    Insert(Index, &'static str),
    LineEnds(&'static str),
}

impl Damage {
    fn apply(self, bytes: &mut Vec<u8>) {
        let end = |at: usize, count: usize| (at + count).min(bytes.len());
        match self {
            Self::LineEnds(end) => {
                let text: Vec<&[u8]> = bytes
                    .split(|&byte| byte == b'\n')
                    .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
                    .collect();
                *bytes = text.join(end.as_bytes());
            }
            Self::Insert(at, piece) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, piece.bytes());
            }
            _ if bytes.is_empty() => {}
            Self::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Self::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..end(at, count));
            }
            Self::Double(at, count) => {
                let at = at.index(bytes.len());
                let piece = bytes[at..end(at, count)].to_vec();
                bytes.splice(at..at, piece);
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => (any::<Index>(), prop_oneof![select(TELLING), any::<u8>()]).prop_map(|(at, byte)| Damage::Change(at, byte)),
        3 => (any::<Index>(), 1..20_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        2 => (any::<Index>(), 1..80_usize).prop_map(|(at, count)| Damage::Double(at, count)),
        1 => any::<Index>().prop_map(Damage::Cut),
        3 => (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        1 => select(&["\n", "\r", "\r\n", "\r\r\n"][..]).prop_map(Damage::LineEnds),
    ]
}
