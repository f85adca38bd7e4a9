//! Parameters written the plain way, which nearly all are: found in one pass, without a list of what might be odd.

use mailwire_core::Class;
use mailwire_core::class::trim_start;

/// The value of the parameter `name` in `rest`, which begins behind the main word of a structured value.
///
/// `Err` where anything is written in another way than `; name=token` or `; name="text"`: no comments, escapes, folds
/// inside quotes, 8-bit bytes, sections, nor the wanted name twice. Then only the whole grammar can tell.
#[inline]
pub(super) fn find<'a>(rest: &'a [u8], name: &str) -> Result<Option<&'a [u8]>, NotPlain> {
    find_each(rest, [name]).map(|[value]| value)
}

/// [`find`] for several names in one pass.
#[inline]
pub(super) fn find_each<'a, const N: usize>(
    rest: &'a [u8],
    names: [&str; N],
) -> Result<[Option<&'a [u8]>; N], NotPlain> {
    let mut found = [None; N];
    let mut rest = trim_start(rest);
    while let [b';', tail @ ..] = rest {
        let tail = trim_start(tail);
        if tail.is_empty() {
            return Ok(found);
        }
        let (written, tail) = tail.split_at_checked(Class::ATTRIBUTE.prefix_len(tail)).ok_or(NotPlain)?;
        let [b'=', tail @ ..] = tail else { return Err(NotPlain) };
        let (value, behind) = match tail {
            [b'"', inner @ ..] => {
                let (text, behind) = inner.split_at_checked(TEXT.prefix_len(inner)).ok_or(NotPlain)?;
                let [b'"', behind @ ..] = behind else { return Err(NotPlain) };
                (text, behind)
            }
            _ => tail.split_at_checked(Class::TOKEN.prefix_len(tail)).ok_or(NotPlain)?,
        };
        if written.is_empty() || value.is_empty() {
            return Err(NotPlain);
        }
        // Most software writes a name as it is asked for.
        let is_it = |name: &str| {
            written.len() == name.len()
                && (written == name.as_bytes() || written.eq_ignore_ascii_case(name.as_bytes()))
        };
        for (slot, name) in found.iter_mut().zip(names) {
            if is_it(name) && slot.replace(value).is_some() {
                return Err(NotPlain);
            }
        }
        rest = trim_start(behind);
    }
    if rest.is_empty() { Ok(found) } else { Err(NotPlain) }
}

/// The value needs the whole grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotPlain;

/// What may stand in a quoted string and stands for itself.
const TEXT: Class = Class::QTEXT.or(Class::WSP);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Parameters;
    use alloc::borrow::Cow;

    #[test]
    fn plain_values() {
        assert_eq!(find(b"; charset=utf-8; format=flowed\r\n", "Format"), Ok(Some(&b"flowed"[..])));
        assert_eq!(find(b";\r\n\tboundary=\"a b\";", "boundary"), Ok(Some(&b"a b"[..])));
        assert_eq!(find(b"", "charset"), Ok(None));
        assert_eq!(find(b"; a=b", "charset"), Ok(None));
        for odd in [
            &b"; a=b c"[..],
            b"; a=b; a=c",
            b"; a*=b",
            b"; a=\"b\\\"\"",
            b"; a=\"b",
            b"; a",
            b" (c); a=b",
            b"; a= b",
            b"; a=\"\xe9\"",
            b"; a=\"b\" c=d",
            b"; =b",
            b"x; a=b",
            b";; a=b",
        ] {
            assert_eq!(find(odd, "a"), Err(NotPlain), "{}", odd.escape_ascii());
        }
    }

    /// What is found the plain way is what the grammar finds.
    #[test]
    fn agrees_with_the_grammar() {
        let pieces =
            ["; ", ";", "a", "b", "=", "\"", " ", "x.y", "*", "(c)", "\\", "\r\n ", "charset", "\u{e9}"];
        let mut random = 1_u32;
        for _ in 0..200_000 {
            let mut value = alloc::string::String::from(";");
            for _ in 0..8 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                value.push_str(pieces[(random >> 16) as usize % pieces.len()]);
            }
            if let Ok(both) = find_each(value.as_bytes(), ["a", "charset"]) {
                let each = ["a", "charset"].map(|name| find(value.as_bytes(), name));
                assert_eq!(both.map(Ok), each, "{value:?}");
            }
            for name in ["a", "charset"] {
                if let Ok(found) = find(value.as_bytes(), name) {
                    let whole = Parameters::new(value.as_bytes()).find(name).map(|value| value.bytes());
                    assert_eq!(found.map(Cow::Borrowed), whole, "{value:?}");
                }
            }
        }
    }
}
