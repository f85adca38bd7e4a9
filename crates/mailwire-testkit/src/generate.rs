//! Hostile inputs: each is made to cost a careless reader more than its size, in time, memory or stack.
//!
//! Every generator takes a size in bytes and makes an input of about that size. The tests, the benches and the
//! instruction counts ask for n and 4n: what costs more than in proportion is a bug. The tables [`MAILS`],
//! [`VALUES`], [`BODIES`] and [`HTML`] name them all, so that a new one is measured as soon as it is listed;
//! [`MAILBOXES`] are no mails, and go through the tests only.

pub mod bodies;
pub mod html;
pub mod mailboxes;
pub mod mails;
pub mod values;

/// Makes a hostile input of about so many bytes.
pub type Generator = fn(usize) -> Vec<u8>;

/// Whole mails.
pub const MAILS: &[(&str, Generator)] = &[
    ("nested_multiparts", mails::nested_multiparts),
    ("nested_multiparts_closed", mails::nested_multiparts_closed),
    ("nested_multiparts_one_boundary", mails::nested_multiparts_one_boundary),
    ("nested_messages", mails::nested_messages),
    ("boundaries_that_never_occur", mails::boundaries_that_never_occur),
    ("near_misses_of_all_ancestors", mails::near_misses_of_all_ancestors),
    ("closed_by_ancestors", mails::closed_by_ancestors),
    ("delimiter_starts", mails::delimiter_starts),
    ("delimiters_with_long_tails", mails::delimiters_with_long_tails),
    ("many_parts", mails::many_parts),
    ("parts_without_headers", mails::parts_without_headers),
    ("empty_headers", mails::empty_headers),
    ("colonless_lines", mails::colonless_lines),
    ("blanks_before_colons", mails::blanks_before_colons),
    ("one_header_folded", mails::one_header_folded),
    ("one_line", mails::one_line),
    ("one_line_without_colon", mails::one_line_without_colon),
    ("bare_carriage_returns", mails::bare_carriage_returns),
    ("blank_lines", mails::blank_lines),
    ("repeated_content_types", mails::repeated_content_types),
    ("one_long_boundary", mails::one_long_boundary),
];

/// Header values, without a name and without a line end. The second word is the header that reads such a value.
pub const VALUES: &[(&str, &str, Generator)] = &[
    ("open_parentheses", "To", values::open_parentheses),
    ("closed_parentheses", "To", values::closed_parentheses),
    ("nested_comments", "To", values::nested_comments),
    ("open_quotes", "To", values::open_quotes),
    ("backslashes", "To", values::backslashes),
    ("open_angles", "To", values::open_angles),
    ("commas", "To", values::commas),
    ("open_groups", "To", values::open_groups),
    ("long_route", "To", values::long_route),
    ("dots", "To", values::dots),
    ("addresses", "To", values::addresses),
    ("words_without_address", "To", values::words_without_address),
    ("comments_in_addresses", "To", values::comments_in_addresses),
    ("domain_literals_unclosed", "To", values::domain_literals_unclosed),
    ("encoded_word_starts", "Subject", values::encoded_word_starts),
    ("encoded_words_unclosed", "Subject", values::encoded_words_unclosed),
    ("encoded_words", "Subject", values::encoded_words),
    ("encoded_words_of_half_characters", "Subject", values::encoded_words_of_half_characters),
    ("encoded_words_of_escapes", "Subject", values::encoded_words_of_escapes),
    ("question_marks", "Subject", values::question_marks),
    ("parameters", "Content-Type", values::parameters),
    ("parameters_of_one_name", "Content-Type", values::parameters_of_one_name),
    ("segments_in_reverse", "Content-Type", values::segments_in_reverse),
    ("segments_of_many_names", "Content-Disposition", values::segments_of_many_names),
    ("percent_signs", "Content-Disposition", values::percent_signs),
    ("semicolons", "Content-Type", values::semicolons),
    ("parameters_in_open_quotes", "Content-Type", values::parameters_in_open_quotes),
    ("comments_in_dates", "Date", values::comments_in_dates),
    ("long_numbers_in_dates", "Date", values::long_numbers_in_dates),
    ("traces_of_names", "Received", values::traces_of_names),
    ("traces_of_comments", "Received", values::traces_of_comments),
    ("traces_of_semicolons", "Received", values::traces_of_semicolons),
    ("traces_of_open_brackets", "Received", values::traces_of_open_brackets),
    ("traces_unclosed", "Received", values::traces_unclosed),
    ("message_ids", "References", values::message_ids),
    ("message_ids_unclosed", "References", values::message_ids_unclosed),
    ("uris", "List-Unsubscribe", values::uris),
    ("uris_unclosed", "List-Unsubscribe", values::uris_unclosed),
    ("folds_in_a_uri", "List-Unsubscribe", values::folds_in_a_uri),
    ("authentication_results", "Authentication-Results", values::authentication_results),
    ("methods_without_semicolons", "Authentication-Results", values::methods_without_semicolons),
    ("properties", "Authentication-Results", values::properties),
    ("comments_in_properties", "Authentication-Results", values::comments_in_properties),
    ("pieces_of_an_address", "Authentication-Results", values::pieces_of_an_address),
    ("properties_in_open_quotes", "Authentication-Results", values::properties_in_open_quotes),
    ("tags", "DKIM-Signature", values::tags),
    ("tags_of_one_name", "DKIM-Signature", values::tags_of_one_name),
    ("empty_tags", "DKIM-Signature", values::empty_tags),
    ("languages", "Content-Language", values::languages),
];

/// Encoded bodies. The second word is the transfer encoding or the charset that they are written in.
pub const BODIES: &[(&str, &str, Generator)] = &[
    ("base64_junk", "base64", bodies::base64_junk),
    ("base64_padding", "base64", bodies::base64_padding),
    ("base64_streams", "base64", bodies::base64_streams),
    ("base64_short_lines", "base64", bodies::base64_short_lines),
    ("quoted_equals", "quoted-printable", bodies::quoted_equals),
    ("quoted_soft_breaks", "quoted-printable", bodies::quoted_soft_breaks),
    ("quoted_blanks", "quoted-printable", bodies::quoted_blanks),
    ("quoted_blank_runs", "quoted-printable", bodies::quoted_blank_runs),
    ("uu_begins", "x-uuencode", bodies::uu_begins),
    ("uu_empty_lines", "x-uuencode", bodies::uu_empty_lines),
    ("uu_base64_ends", "x-uuencode", bodies::uu_base64_ends),
    ("hz_shifts", "hz-gb-2312", bodies::hz_shifts),
    ("hz_halves", "hz-gb-2312", bodies::hz_halves),
    ("utf7_shifts", "utf-7", bodies::utf7_shifts),
    ("utf7_open", "utf-7", bodies::utf7_open),
    ("iso2022_escapes", "iso-2022-jp", bodies::iso2022_escapes),
    ("utf8_broken", "utf-8", bodies::utf8_broken),
    ("utf16_lone_surrogates", "utf-16le", bodies::utf16_lone_surrogates),
];

/// HTML documents. Not listed among the mails: nobody reads their markup who does not ask for it.
pub const HTML: &[(&str, Generator)] = &[
    ("less_thans", html::less_thans),
    ("open_tags", html::open_tags),
    ("open_addresses", html::open_addresses),
    ("addresses_in_brackets", html::addresses_in_brackets),
    ("open_quotes", html::open_quotes),
    ("quotes_in_turns", html::quotes_in_turns),
    ("open_comments", html::open_comments),
    ("near_ends_of_a_comment", html::near_ends_of_a_comment),
    ("open_declarations", html::open_declarations),
    ("open_scripts", html::open_scripts),
    ("near_ends_of_a_script", html::near_ends_of_a_script),
    ("nested_elements", html::nested_elements),
    ("nested_names", html::nested_names),
    ("nested_lists", html::nested_lists),
    ("nested_quotes", html::nested_quotes),
    ("nested_tables", html::nested_tables),
    ("lines_in_quotes_and_lists", html::lines_in_quotes_and_lists),
    ("numbers_of_items", html::numbers_of_items),
    ("ampersands", html::ampersands),
    ("near_references", html::near_references),
    ("long_numbers", html::long_numbers),
    ("one_attribute", html::one_attribute),
    ("many_attributes", html::many_attributes),
    ("links", html::links),
    ("hidden", html::hidden),
    ("fillers", html::fillers),
    ("kept_tabs", html::kept_tabs),
];

/// Mailboxes, and flowed texts.
pub const MAILBOXES: &[(&str, Generator)] = &[
    ("from_lines", mailboxes::from_lines),
    ("almost_separators", mailboxes::almost_separators),
    ("empty_messages", mailboxes::empty_messages),
    ("joined_messages", mailboxes::joined_messages),
    ("one_separator", mailboxes::one_separator),
    ("lengths_to_the_end", mailboxes::lengths_to_the_end),
    ("lengths_that_lie", mailboxes::lengths_that_lie),
    ("length_of_digits", mailboxes::length_of_digits),
    ("length_before_empty_lines", mailboxes::length_before_empty_lines),
    ("lengths_to_one_run", mailboxes::lengths_to_one_run),
    ("quote_marks", mailboxes::quote_marks),
    ("quoted_from_lines", mailboxes::quoted_from_lines),
    ("soft_breaks", mailboxes::soft_breaks),
    ("soft_breaks_in_quotes", mailboxes::soft_breaks_in_quotes),
];

/// A mail whose header `name` has this value, and nothing else in it but a line of text.
pub fn with_header(name: &str, value: &[u8]) -> Vec<u8> {
    let mut mail = format!("From: a@example.org\r\n{name}: ").into_bytes();
    mail.extend(value);
    mail.extend(b"\r\n\r\ntext\r\n");
    mail
}

/// A mail whose body is written in this transfer encoding or charset.
pub fn with_body(encoding: &str, body: &[u8]) -> Vec<u8> {
    let (charset, encoding) = match encoding {
        "base64" | "quoted-printable" | "x-uuencode" => ("utf-8", encoding),
        charset => (charset, "8bit"),
    };
    let mut mail = format!(
        "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    .into_bytes();
    mail.extend(body);
    mail
}

/// Every hostile input of all three tables as a whole mail, by name.
pub fn all_as_mails(size: usize) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let mails = MAILS.iter().map(move |&(name, make)| (name, make(size)));
    let values = VALUES.iter().map(move |&(name, header, make)| (name, with_header(header, &make(size))));
    let bodies = BODIES.iter().map(move |&(name, encoding, make)| (name, with_body(encoding, &make(size))));
    mails.chain(values).chain(bodies)
}

/// `unit` until the size is reached.
fn repeat(unit: &[u8], size: usize) -> Vec<u8> {
    unit.repeat(size / unit.len() + 1)
}

/// `head`, then what `unit` makes of 0, 1, 2 … until the size is reached.
fn counted(head: &str, size: usize, mut unit: impl FnMut(usize) -> String) -> Vec<u8> {
    let mut out = head.as_bytes().to_vec();
    let mut count = 0;
    while out.len() < size {
        out.extend(unit(count).into_bytes());
        count += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_about_what_was_asked_for() {
        for size in [100, 10_000, 40_000] {
            for (name, mail) in all_as_mails(size) {
                // A few need a frame of headers around the part that grows.
                assert!(mail.len() >= size * 9 / 10, "{name}: {} of {size}", mail.len());
                assert!(mail.len() <= size + size / 4 + 40_000, "{name}: {} of {size}", mail.len());
            }
        }
    }

    #[test]
    fn four_times_the_size_is_four_times_the_mail() {
        for (name, mail) in all_as_mails(400_000) {
            let (_, small) = all_as_mails(100_000).find(|(other, _)| *other == name).unwrap();
            let ratio = mail.len() as f64 / small.len() as f64;
            assert!((3.0..=4.1).contains(&ratio), "{name}: {ratio}");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = all_as_mails(1).map(|(name, _)| name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
