//! Header values whose grammar is the attack.

use super::{counted, repeat};

/// `((((`: comments that open and never close.
pub fn open_parentheses(size: usize) -> Vec<u8> {
    repeat(b"(", size)
}

/// `))))`: comments that close and never open.
pub fn closed_parentheses(size: usize) -> Vec<u8> {
    repeat(b")", size)
}

/// `((( … )))`: one comment, as deep as it is long.
pub fn nested_comments(size: usize) -> Vec<u8> {
    let mut value = vec![b'('; size / 2];
    value.resize(size / 2 * 2, b')');
    value.extend(b" a@example.org");
    value
}

/// `"a "a "a`: quoted strings of which every second one is outside in.
pub fn open_quotes(size: usize) -> Vec<u8> {
    let mut value = repeat(b"\"a\" ", size);
    value.push(b'"');
    value
}

/// An open quoted string that is all backslashes.
pub fn backslashes(size: usize) -> Vec<u8> {
    let mut value = b"\"".to_vec();
    value.extend(repeat(b"\\", size));
    value
}

/// `<<<<`: addresses that open and never close.
pub fn open_angles(size: usize) -> Vec<u8> {
    repeat(b"<", size)
}

/// `,,,,`: a list of nothing.
pub fn commas(size: usize) -> Vec<u8> {
    repeat(b",", size)
}

/// `a:a:a:`: groups in groups.
pub fn open_groups(size: usize) -> Vec<u8> {
    repeat(b"a:", size)
}

/// `<@a,@a,@a … :b@c>`: a source route that never gets there.
pub fn long_route(size: usize) -> Vec<u8> {
    let mut value = b"<".to_vec();
    value.extend(repeat(b"@a,", size));
    value.extend(b"@a:b@example.org>");
    value
}

/// `a.a.a.a`: one local part.
pub fn dots(size: usize) -> Vec<u8> {
    let mut value = repeat(b"a.", size);
    value.extend(b"a@example.org");
    value
}

/// A long list of good addresses.
pub fn addresses(size: usize) -> Vec<u8> {
    counted("", size, |count| format!("U {count} <u{count}@example.org>, "))
}

/// A display name as long as it gets, and no address behind it.
pub fn words_without_address(size: usize) -> Vec<u8> {
    repeat(b"word ", size)
}

/// A comment at every place that allows one.
pub fn comments_in_addresses(size: usize) -> Vec<u8> {
    repeat(b"(a)b(c)@(d)e(f).(g)h(i),", size)
}

/// `a@[a@[a@[`: domain literals that never close.
pub fn domain_literals_unclosed(size: usize) -> Vec<u8> {
    repeat(b"a@[", size)
}

/// `=?=?=?`: encoded-words that only ever begin.
pub fn encoded_word_starts(size: usize) -> Vec<u8> {
    repeat(b"=?", size)
}

/// Encoded-words that lack nothing but their end.
pub fn encoded_words_unclosed(size: usize) -> Vec<u8> {
    repeat(b"=?utf-8?q?a ", size)
}

/// Adjacent encoded-words of one charset, to be joined.
pub fn encoded_words(size: usize) -> Vec<u8> {
    repeat(b"=?utf-8?b?w6k=?= ", size)
}

/// Adjacent encoded-words that each hold half a character.
pub fn encoded_words_of_half_characters(size: usize) -> Vec<u8> {
    repeat(b"=?utf-8?q?=C3?=\r\n =?utf-8?q?=A9?=\r\n ", size)
}

/// Adjacent encoded-words that hold nothing but a change of the character set.
pub fn encoded_words_of_escapes(size: usize) -> Vec<u8> {
    repeat(b"=?iso-2022-jp?b?GyRCGyhC?= ", size)
}

/// `=?????`: a word of empty fields.
pub fn question_marks(size: usize) -> Vec<u8> {
    let mut value = b"=".to_vec();
    value.extend(repeat(b"?", size));
    value
}

/// A long list of good parameters, each of another name.
pub fn parameters(size: usize) -> Vec<u8> {
    counted("text/plain", size, |count| format!("; a{count}=b"))
}

/// A long list of parameters of one name.
pub fn parameters_of_one_name(size: usize) -> Vec<u8> {
    counted("text/plain", size, |count| format!("; name=b{count}"))
}

/// The segments of one value, last one first.
pub fn segments_in_reverse(size: usize) -> Vec<u8> {
    let mut value = b"text/plain".to_vec();
    for segment in (0..=size / 24).rev() {
        // All of one length, whatever the number of digits.
        value.extend(format!("{:a<24}", format!("; name*{segment}*=%C3%A9")).into_bytes());
    }
    value
}

/// The first segments of as many values.
pub fn segments_of_many_names(size: usize) -> Vec<u8> {
    counted("attachment", size, |count| format!("; n{count}*0=a; n{count}*1=b"))
}

/// A value of percent signs.
pub fn percent_signs(size: usize) -> Vec<u8> {
    let mut value = b"attachment; filename*=utf-8''".to_vec();
    value.extend(repeat(b"%", size));
    value
}

/// `;;;;`: parameters of nothing.
pub fn semicolons(size: usize) -> Vec<u8> {
    let mut value = b"text/plain".to_vec();
    value.extend(repeat(b";", size));
    value
}

/// Parameters, each with a quoted string that does not end.
pub fn parameters_in_open_quotes(size: usize) -> Vec<u8> {
    counted("text/plain", size, |count| format!("; a{count}=\"b"))
}

/// A date that begins behind comments in comments.
pub fn comments_in_dates(size: usize) -> Vec<u8> {
    let mut value = repeat(b"(a(b)", size);
    value.extend(b"1 Jan 2024 00:00:00 +0000");
    value
}

/// A date whose numbers do not end.
pub fn long_numbers_in_dates(size: usize) -> Vec<u8> {
    let mut value = b"1 Jan ".to_vec();
    value.extend(repeat(b"2", size));
    value
}

/// Names of clauses, and nothing that they say.
pub fn traces_of_names(size: usize) -> Vec<u8> {
    repeat(b"from by ", size)
}

/// A client of many comments.
pub fn traces_of_comments(size: usize) -> Vec<u8> {
    let mut value = b"from a ".to_vec();
    value.extend(repeat(b"(b@c [d] e=[f;) ", size));
    value
}

/// Semicolons before and behind words, in and outside of comments.
pub fn traces_of_semicolons(size: usize) -> Vec<u8> {
    let mut value = b"by a".to_vec();
    value.extend(repeat(b";(;);b;", size));
    value
}

/// `<"<"<"`: brackets and quotes that open in each other.
pub fn traces_of_open_brackets(size: usize) -> Vec<u8> {
    let mut value = b"id ".to_vec();
    value.extend(repeat(b"<\"<a", size));
    value
}

/// Comments that open, of which one never closes.
pub fn traces_unclosed(size: usize) -> Vec<u8> {
    let mut value = b"by a (".to_vec();
    value.extend(repeat(b"(b) c; (", size));
    value
}

/// A long list of good message identifiers.
pub fn message_ids(size: usize) -> Vec<u8> {
    counted("", size, |count| format!("<{count}@example.org>\r\n "))
}

/// Message identifiers that never close.
pub fn message_ids_unclosed(size: usize) -> Vec<u8> {
    repeat(b"<a@", size)
}

/// A long list of good URIs.
pub fn uris(size: usize) -> Vec<u8> {
    counted("", size, |count| format!("<https://example.org/{count}>,\r\n "))
}

/// URIs that never close.
pub fn uris_unclosed(size: usize) -> Vec<u8> {
    repeat(b"<a:b ", size)
}

/// A URI that is all folds.
pub fn folds_in_a_uri(size: usize) -> Vec<u8> {
    let mut value = b"<a:".to_vec();
    value.extend(repeat(b"\r\n ", size));
    value.push(b'>');
    value
}

/// A long list of good authentication results.
pub fn authentication_results(size: usize) -> Vec<u8> {
    counted("mx.example.org", size, |count| format!("; dkim=pass header.d=d{count}.example"))
}

/// A method without a semicolon before it, again and again.
pub fn methods_without_semicolons(size: usize) -> Vec<u8> {
    let mut value = b"mx.example.org;".to_vec();
    value.extend(repeat(b" spf=", size));
    value
}

/// One authentication result of as many properties.
pub fn properties(size: usize) -> Vec<u8> {
    counted("mx.example.org; dkim=pass", size, |count| format!(" header.x{count}=y"))
}

/// A comment at every place of an authentication result that allows one, and none that is due.
pub fn comments_in_properties(size: usize) -> Vec<u8> {
    let mut value = b"mx.example.org; dkim=pass ".to_vec();
    value.extend(repeat(b"(a)b(c).(d)e(f)=(g)h(i)", size));
    value
}

/// Pieces of an address that never gets its `@`.
pub fn pieces_of_an_address(size: usize) -> Vec<u8> {
    let mut value = b"mx.example.org; spf=pass smtp.mailfrom=".to_vec();
    value.extend(repeat(b"a.\"b\"(c)", size));
    value
}

/// A property that waits for its value in an open quote, again and again.
pub fn properties_in_open_quotes(size: usize) -> Vec<u8> {
    let mut value = b"mx.example.org; dkim=pass".to_vec();
    value.extend(repeat(b" a.b=\"c\\\"", size));
    value
}

/// A long list of good tags, each of another name.
pub fn tags(size: usize) -> Vec<u8> {
    counted("v=1", size, |count| format!("; t{count}=x"))
}

/// A long list of tags of one name, each a number to be compared with another.
pub fn tags_of_one_name(size: usize) -> Vec<u8> {
    counted("v=1; t=1", size, |count| format!("; x={count}"))
}

/// `;=;=;=`: tags of nothing.
pub fn empty_tags(size: usize) -> Vec<u8> {
    repeat(b";=", size)
}

/// A long list of languages.
pub fn languages(size: usize) -> Vec<u8> {
    repeat(b"en (a), ", size)
}
