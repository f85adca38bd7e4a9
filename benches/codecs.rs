//! The codecs and the values alone, without a mail around them. A module of each target that measures them.

#![allow(unreachable_pub, reason = "as in `inputs`")]

use mailwire::address::{AddrSpec, Dialect, addresses};
use mailwire::encoding::charset::{self, Fallback};
use mailwire::encoding::{base64, encoded_word, quoted_printable};
use mailwire::message::value::{ContentType, MessageIds, Received, date};
use mailwire::message::{FieldName, Parser, html_to_text_into};
use mailwire_benches::floor;
use mailwire_benches::work::{Input, Worker};
use mailwire_testkit::random::Random;
use mailwire_testkit::{corpus, mail};
use std::hint::black_box;

/// One codec or value: what it reads, and everybody who reads it, ours first and the floor last.
#[derive(Debug)]
pub struct Codec {
    /// What it reads, under the name of the codec.
    pub input: Input,
    /// Who reads it.
    pub workers: Vec<Worker>,
}

/// All of them. The codecs read about `size` bytes.
pub fn all(size: usize) -> Vec<Codec> {
    let mut all = transfer_encodings(size);
    all.extend(charsets(size));
    all.push(html(size));
    all.extend(values());
    all
}

fn codec(name: &str, input: Vec<Vec<u8>>, ours: impl FnMut(&[u8]) + 'static) -> Codec {
    let mut workers = vec![Worker::new("mailwire", ours)];
    #[cfg(feature = "versus")]
    workers.extend(mailwire_benches::peers::values(name));
    workers.push(Worker::new("floor", floor::scan));
    Codec { input: Input::new(name, input), workers }
}

fn transfer_encodings(size: usize) -> Vec<Codec> {
    let bytes = Random::new(10).bytes(size);
    let quoted = body(&mail::newsletter(size));
    let text = quoted_printable::decode(&quoted).into_owned();
    vec![
        codec(
            "base64/decode",
            vec![mail::base64_lines(&bytes)],
            into_scratch(|input, out| base64::decode_into(input, out, &mut ())),
        ),
        codec("base64/encode", vec![bytes], into_scratch(base64::encode_into)),
        codec(
            "quoted-printable/decode",
            vec![quoted],
            into_scratch(|input, out| quoted_printable::decode_into(input, out, &mut ())),
        ),
        codec(
            "quoted-printable/encode",
            vec![text],
            into_scratch(|input, out| {
                quoted_printable::encode_into(input, out, quoted_printable::Mode::Text)
            }),
        ),
    ]
}

fn into_scratch(run: impl Fn(&[u8], &mut Vec<u8>)) -> impl FnMut(&[u8]) {
    let mut out = Vec::new();
    move |input| {
        out.clear();
        run(black_box(input), &mut out);
        black_box(out.as_slice());
    }
}

fn charsets(size: usize) -> Vec<Codec> {
    let text = String::from_utf8(body(&mail::cyrillic_text(size))).expect("text is UTF-8");
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let mut utf7 = Vec::new();
    for word in text.split_inclusive(' ') {
        let word = word.trim_end_matches(' ');
        let units: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut digits = Vec::new();
        base64::encode_flat_into(&units, &mut digits);
        digits.retain(|&digit| digit != b'=');
        utf7.extend([b"+".as_slice(), &digits, b"- "].concat());
    }
    let rows = |first: u8, last: u8, count: usize| {
        let mut random = Random::new(11);
        let mut byte = move || first + random.below(usize::from(last - first)) as u8;
        (0..count).map(move |_| byte()).collect::<Vec<u8>>()
    };
    let mut japanese = Vec::new();
    for line in rows(0x30, 0x4f, size).chunks(72) {
        japanese.extend([b"\x1b$B", line, b"\x1b(B\r\n"].concat());
    }
    let windows_1251 = text.chars().map(|letter| match u32::from(letter) {
        code @ 0x410..=0x44f => (code - 0x410 + 0xc0) as u8,
        code => code as u8,
    });
    let inputs = [
        ("us-ascii", body(&mail::ascii_text(size))),
        ("utf-8", text.clone().into_bytes()),
        ("iso-8859-1", rows(0xc0, 0xff, size)),
        ("windows-1251", windows_1251.collect()),
        ("gb2312", rows(0xb0, 0xd7, size / 2 * 2)),
        ("iso-2022-jp", japanese),
        ("utf-16le", utf16.into_iter().flat_map(u16::to_le_bytes).collect()),
        ("utf-7", utf7),
    ];
    let one = |(label, bytes): (&'static str, Vec<u8>)| {
        codec(&format!("charset/{label}"), vec![bytes], move |bytes| {
            black_box(charset::decode(Some(label.as_bytes()), black_box(bytes), Fallback::Body).text());
        })
    };
    inputs.into_iter().map(one).collect()
}

/// The HTML of a newsletter as text. Everybody has it as bytes, and looks first whether they are UTF-8.
fn html(size: usize) -> Codec {
    let html = quoted_printable::decode(&body(&mail::newsletter(size))).into_owned();
    let mut out = String::new();
    codec("html/text", vec![html], move |html| {
        out.clear();
        html_to_text_into(std::str::from_utf8(black_box(html)).expect("a newsletter in UTF-8"), &mut out);
        black_box(out.as_str());
    })
}

fn values() -> Vec<Codec> {
    let owned = |values: &[&str]| values.iter().map(|value| value.as_bytes().to_vec()).collect::<Vec<_>>();
    let list: Vec<String> = (0..1000)
        .map(|number| match number % 4 {
            0 => format!("user{number}@example.org"),
            1 => format!("\"User, {number}\" <user.{number}@mail.example.org>"),
            2 => format!("User Number {number} <user{number}@example.com>"),
            _ => format!("=?utf-8?Q?J=C3=BCrgen_{number}?= <juergen{number}@example.net>"),
        })
        .collect();
    let dates = [
        " Tue, 2 Jan 2024 10:20:30 +0100",
        " Tue, 09 Jan 2024 10:20:30 -0500 (EST)",
        " 16 Jan 2024 10:20:30 GMT",
        " Tue, 23 Jan 24 10:20 EST",
    ];
    let subjects = [
        " The minutes of Tuesday",
        " =?utf-8?Q?R=C3=A9sum=C3=A9_of_the_week?=",
        " =?UTF-8?B?0J/QuNGB0YzQvNC+INC40Lcg0LTQvtC80LA=?=\r\n =?UTF-8?B?INC00LvRjyDRgtC10LHRjw==?=",
        " Re: =?iso-8859-1?Q?Gr=FC=DFe?= from the river",
        " =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=",
    ];
    let types = [
        " text/plain",
        " text/plain; charset=utf-8",
        " multipart/mixed;\r\n\tboundary=\"----=_Part_12_3456.7890\"",
        " application/pdf; name*0*=utf-8''r%C3%A9sum; name*1*=%C3%A9.pdf",
    ];
    let ids = [
        " <20240102102030.4711@mail.example.org>",
        " <0@mx.example.net>\r\n <1@mx.example.net>\r\n <2@example>",
    ];
    vec![
        codec(
            "address/bare",
            (0..1000)
                .map(|number| format!("user.number{number}@mail{}.example.org", number % 7).into_bytes())
                .collect(),
            |value| _ = black_box(AddrSpec::parse(black_box(value), Dialect::SMTP)),
        ),
        codec("address/spans", vec![list.join(",\r\n ").into_bytes()], |value| {
            addresses(black_box(value)).for_each(|item| _ = black_box(item));
        }),
        codec("value/addresses", vec![list.join(",\r\n ").into_bytes()], |value| {
            addresses(black_box(value)).mailboxes().for_each(mailwire_benches::ours::read_mailbox);
        }),
        codec("value/dates", owned(&dates), |value| _ = black_box(date::parse(black_box(value)))),
        codec("value/texts", owned(&subjects), |value| _ = black_box(encoded_word::decode(black_box(value)))),
        codec("value/content-types", owned(&types), |value| {
            let content_type = ContentType::parse(black_box(value));
            black_box((content_type.media_type(), content_type.subtype()));
            black_box((
                content_type.charset(),
                content_type.boundary(),
                content_type.parameters().get("name"),
            ));
        }),
        codec("value/message-ids", owned(&ids), |value| {
            MessageIds::new(black_box(value)).for_each(|id| _ = black_box(id));
        }),
        codec("value/received", traces(), |value| {
            let received = Received::parse(black_box(value));
            black_box((received.from(), received.helo(), received.from_host(), received.from_ip()));
            black_box((received.by(), received.via(), received.with(), received.id(), received.recipient()));
            black_box(received.tls().map(|tls| (tls.version(), tls.cipher())));
            black_box(received.date());
        }),
    ]
}

/// Every Received field of the corpus; a few made-up ones where it is not here.
fn traces() -> Vec<Vec<u8>> {
    let Some(mails) = corpus::mails() else {
        let written = [
            " from laptop (dsl-7.example.com [192.0.2.7])\r\n\tby mx.example (Postfix) with ESMTPS id 4711\r\n\tfor \
             <ann@example.net>; Tue,  2 Jan 2024 10:20:30 +0100 (CET)",
            " by 2001:db8::7 with SMTP id d206csp3026053wmf;\r\n        Tue, 02 Jan 2024 10:20:30 +0100 (PST)",
            " (qmail 21544 invoked by uid 504); 2 Jan 2024 10:20:30 -0000",
        ];
        return written.iter().map(|value| value.as_bytes().to_vec()).collect();
    };
    let fields = |(_, mail): (String, Vec<u8>)| {
        let message = Parser::new().parse_headers(&mail);
        message.headers().all(FieldName::RECEIVED).map(|field| field.value().to_vec()).collect::<Vec<_>>()
    };
    mails.flat_map(fields).collect()
}

fn body(mail: &[u8]) -> Vec<u8> {
    mail[floor::header_block(mail).len()..].to_vec()
}
