//! The habits of real servers: each is read, and reported under its name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use mailwire_imap::fetch::{BodyStructure, Envelope, FetchItem};
use mailwire_imap::response::{Code, Finding};
use mailwire_imap::{ImapDefect, Leniency, Response};

/// What is found in a response, and that nothing in it is lost.
fn found(line: &str) -> Vec<ImapDefect> {
    let line = format!("{line}\r\n");
    let response = Response::parse(line.as_bytes()).unwrap_or_else(|error| panic!("{line}: {error}"));
    let mut defects = Vec::new();
    response.explain(line.as_bytes(), &Leniency::default(), &mut |finding, _| match finding {
        Finding::Defect(defect) => {
            if !defects.contains(&defect) {
                defects.push(defect);
            }
        }
        other => panic!("{line}: {other:?}"),
    });
    mailwire_testkit::invariants::imap::check_response(line.as_bytes(), response);
    defects
}

#[test]
fn habits_are_read_and_reported() {
    use ImapDefect::*;
    let part = |fields: &str| format!("* 1 FETCH (BODYSTRUCTURE {fields})");
    let envelope = |fields: &str| format!("* 1 FETCH (ENVELOPE {fields})");
    let mut seen = Vec::new();
    for (line, expected) in [
        ("* OK [HIGHESTMODSEQ 1]".to_owned(), &[MissingText][..]),
        ("* BYE".to_owned(), &[MissingText]),
        ("a OK ".to_owned(), &[MissingText]),
        ("+".to_owned(), &[MissingText]),
        ("* STATUS x (MESSAGES 1 )".to_owned(), &[TrailingBlank]),
        ("* SEARCH 1 2 ".to_owned(), &[TrailingBlank]),
        ("* CAPABILITY IMAP4rev1 ".to_owned(), &[TrailingBlank]),
        ("* OK [PERMANENTFLAGS (\\Seen )] x".to_owned(), &[TrailingBlank]),
        ("*  1688 EXISTS".to_owned(), &[ExtraBlank]),
        ("* FLAGS(\\Seen)".to_owned(), &[MissingBlank]),
        ("* FLAGS (OIB-Seen-[Gmail]/All)".to_owned(), &[OddFlag]),
        (part("(\"TEXT\" \"PLAIN\" (\"charset\" NIL) NIL NIL \"7BIT\" 1 2)"), &[NilString]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL NIL 1 2)"), &[NilString]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" NIL NIL)"), &[NilNumber]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" -1 2)"), &[NegativeNumber]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9.3736e+06 2)"), &[FloatNumber]),
        (part("(\"TEXT\" \"PLAIN\" () NIL NIL \"7BIT\" 1 2)"), &[EmptyList]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2 NIL \"inline\" NIL)"), &[BareDisposition]),
        (part("(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 1 NIL () NIL)"), &[EmptyList]),
        (part("(\"ALTERNATIVE\")"), &[BrokenMultipart]),
        (part("(\"RELATED\" NIL (\"ATTACHMENT\" NIL) NIL)"), &[BrokenMultipart]),
        (part("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1)"), &[MemberCount]),
        (part("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1)"), &[MemberCount]),
        (part("NIL"), &[EmptyList]),
        (envelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL)"), &[MemberCount]),
        (envelope("(NIL NIL () NIL NIL NIL NIL NIL NIL NIL)"), &[EmptyList]),
        (
            envelope("(NIL NIL ((NIL NIL \"a\" \"b\") (NIL NIL \"c\" \"d\")) NIL NIL NIL NIL NIL NIL NIL)"),
            &[BlankBetweenAddresses],
        ),
        (envelope("(NIL \"\u{fc}\" NIL NIL NIL NIL NIL NIL NIL NIL)"), &[EightBit]),
        (envelope("(NIL unquoted NIL NIL NIL NIL NIL NIL NIL NIL)"), &[UnquotedString]),
        ("* 1 FETCH (MODSEQ (-1))".to_owned(), &[NegativeNumber]),
        ("* 0 FETCH (UID 0)".to_owned(), &[ZeroNumber]),
        ("* 1 FETCH (INTERNALDATE \"1-Jan-2020 00:00:00 +0000\")".to_owned(), &[OddDate]),
        ("* 1 FETCH (X-GM-LABELS (\"\\\\Inbox\" \\Sent [Mailbox]))".to_owned(), &[]),
        ("* 1 FETCH (RFC822[] \"x\")".to_owned(), &[Extra]),
        ("* 1 FETCH (BODY[]<0.100> \"x\")".to_owned(), &[Extra]),
        ("* LIST () \"/\" NIL".to_owned(), &[]),
        ("* LIST () \"/\" \u{fc}".to_owned(), &[EightBit]),
        ("* ID (\"name\" \"x\" )".to_owned(), &[TrailingBlank]),
        ("* 1 FETCH (FLAGS (\\Seen)  RFC822.SIZE 7)".to_owned(), &[ExtraBlank]),
        (
            "* 2 FETCH (UID 7 (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)) FLAGS ())".to_owned(),
            &[ExtraParentheses],
        ),
        (
            "* 1 FETCH (BODYSTRUCTURE \"\" (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2) UID 7)".to_owned(),
            &[StrayString],
        ),
        (
            part(
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 1 NIL (\"de\") (\"attachment\" (\"filename\" \"a\")))",
            ),
            &[SwappedMembers],
        ),
        (
            part(
                "(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 1 NIL NIL (\"attachment\" (\"filename\" \"a\")) NIL)",
            ),
            &[SwappedMembers],
        ),
        (
            part(
                "(\"multipart\" \"related\" (\"boundary\" \"x\") NIL NIL \"7BIT\" 400 (\"boundary\" \"x\") NIL NIL NIL)",
            ),
            &[BrokenMultipart],
        ),
        (
            part(
                "(\"message\" \"delivery-status\" NIL NIL NIL \"7BIT\" 4 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2) 3 NIL NIL)",
            ),
            &[MemberCount],
        ),
        (
            part(
                "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 787 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) () 0 NIL NIL NIL)",
            ),
            &[EmptyList],
        ),
        (part("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2))"), &[BrokenMultipart]),
        (part("()"), &[EmptyList]),
        (envelope("(NIL NIL NIL NIL NIL NIL NIL NIL)"), &[MemberCount]),
        (envelope("(NIL NIL ((NIL NIL \"a\" \"b\" NIL)) NIL NIL NIL NIL NIL NIL NIL)"), &[MemberCount]),
        (envelope("(NIL NIL \"\" NIL NIL NIL NIL NIL NIL NIL)"), &[NilString]),
        ("* LIST () {1+}\r\n/ INBOX".to_owned(), &[ServerNonSync]),
        ("* LIST () \"/\" \"a\tb\"".to_owned(), &[]),
        ("* LIST () \"/\" \"\u{fc}\"".to_owned(), &[EightBit]),
        ("* 1 FETCH (RFC822.SIZE 5000000000)".to_owned(), &[]),
        ("* QUOTA \"\" (STORAGE 10 18446744073709551615)".to_owned(), &[]),
        ("* 1 FETCH (X-GM-LABELS (+IMNews))".to_owned(), &[]),
        ("* 1 FETCH (INTERNALDATE \"01-Jan-2020 00:00:00\")".to_owned(), &[OddDate]),
        ("* 1 FETCH (BODY[HEADER] unquoted)".to_owned(), &[UnquotedString]),
        ("* 1 FETCH (UID 7 )".to_owned(), &[TrailingBlank]),
        ("* OK [UNAVAILABLE] try later".to_owned(), &[]),
        ("* NO [THROTTLED] try later".to_owned(), &[]),
        ("a+b OK done".to_owned(), &[OddTag]),
        ("* 1 FETCH (PREVIEW \"a\\'b\")".to_owned(), &[StrayBackslash]),
        ("* 1 FETCH (RFC822.SIZE \"7\")".to_owned(), &[QuotedWord]),
        (envelope("(NIL \"a\0b\" NIL NIL NIL NIL NIL NIL NIL NIL)"), &[Nul]),
        (envelope("(NIL \"\"\"\" NIL NIL NIL NIL NIL NIL NIL NIL)"), &[StrayQuote]),
        (envelope("(NIL \"an \"old\" friend\" NIL NIL NIL NIL NIL NIL NIL NIL)"), &[StrayQuote]),
        (
            envelope("(NIL NIL ((\"an \"old\" friend\" NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL NIL)"),
            &[StrayQuote],
        ),
        ("* OK a\rb".to_owned(), &[BareCr]),
    ] {
        assert_eq!(found(&line), expected, "{line}");
        seen.extend(expected);
    }
    for defect in ImapDefect::ALL {
        // Those of a client, of a line, and those that lose a value have tests of their own.
        let own = matches!(defect, MissingPadding | LfEndsLine | OpenQuote | BrokenCode);
        assert!(own || seen.contains(defect), "{defect:?} has no habit");
    }
}

#[test]
fn a_quoted_bracket_does_not_end_a_code() {
    let Response::Status(status) = Response::parse(b"* NO [X \"a]b\" c] text\r\n").unwrap() else { panic!() };
    assert!(matches!(status.code(), Some(Code::Unknown(raw)) if raw.as_bytes() == b"X \"a]b\" c"));
    assert_eq!(status.text(), b"text");
}

#[test]
fn a_code_that_can_not_be_read_does_not_lose_its_status() {
    let Response::Status(status) = Response::parse(b"* OK [COPYUID 701  ] done\r\n").unwrap() else {
        panic!()
    };
    assert!(matches!(status.code(), Some(Code::Invalid(invalid)) if invalid.name() == b"COPYUID"));
    assert_eq!(status.text(), b"done");
}

#[test]
fn a_group_is_a_pair_of_addresses() {
    let line = b"* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL))\r\n";
    let Response::Fetch(fetch) = Response::parse(line).unwrap() else { panic!() };
    let Some(Ok(FetchItem::Envelope(Some(Envelope { to: Some(to), .. })))) = fetch.items().iter().next()
    else {
        panic!()
    };
    let addresses: Vec<_> = to.iter().flatten().collect();
    assert!(
        matches!(&addresses[..], [begin, end] if begin.mailbox.is_some() && begin.host.is_none() && end.mailbox.is_none())
    );
}

#[test]
fn a_broken_part_does_not_lose_its_siblings() {
    let line = b"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" oops)(\"TEXT\" \"HTML\" NIL NIL NIL \"8BIT\" 1 1) \"MIXED\"))\r\n";
    let Response::Fetch(fetch) = Response::parse(line).unwrap() else { panic!() };
    let Some(Ok(FetchItem::BodyStructure(Some(BodyStructure::Multipart(mixed))))) =
        fetch.items().iter().next()
    else {
        panic!()
    };
    let parts: Vec<_> = mixed.parts.iter().collect();
    assert!(matches!(parts[..], [Err(_), Ok(BodyStructure::Part(_))]));
}

#[test]
fn a_word_like_fetch_inside_of_a_small_fetch_is_not_its_front() {
    use mailwire_imap::{Limits, ResponseItem, ResponseReader};
    let mut reader = ResponseReader::new(Limits::default().with_inline(1));
    let mut input: &[u8] = b"* 1 fetch (X FETCH BODY[] {2}\r\nab)\r\n";
    let Ok(Some(ResponseItem::Frame(frame))) = reader.next(&mut input) else { panic!() };
    let Ok(Response::Fetch(fetch)) = frame.value() else { panic!() };
    assert!(matches!(fetch.streams(), Some(FetchItem::Section { .. })) && fetch.items().iter().count() == 2);
}
