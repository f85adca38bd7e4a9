//! Content types as `mime::Mime`.

#![cfg(feature = "mime")]

use mailwire_message::value::ContentType;
use mime::Mime;

#[test]
fn a_content_type_becomes_a_mime() {
    for (value, expected) in [
        (&b" Text/HTML; charset=\"UTF-8\"; format=flowed"[..], "text/html; charset=utf-8"),
        (b"application/octet-stream; name=my file.bin", "application/octet-stream"),
        (b"text/plain; charset=\"no charset\"", "text/plain"),
        (b"rubbish", "text/plain"),
    ] {
        let mime = Mime::try_from(&ContentType::parse(value)).unwrap();
        assert_eq!(mime, expected.parse::<Mime>().unwrap());
    }
}
