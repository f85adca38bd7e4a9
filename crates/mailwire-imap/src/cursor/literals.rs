//! Bodies that are held with their response, as nearly every server writes them.

use super::digits::size;
use super::window::brace;

/// How many octets at the front of `text` are lines that end with the announcement of a body, with those bodies: `… BODY[1] {12}`
/// and so many octets. None of them has more than `most`, and all of it not more than `room`.
pub(crate) fn literals(text: &[u8], most: u64, room: usize) -> usize {
    let mut taken = 0;
    while let Some(next) = one(text.get(taken..).unwrap_or_default(), most)
        && let Some(behind) = taken.checked_add(next)
        && behind <= text.len().min(room)
    {
        taken = behind;
    }
    taken
}

/// The length of a line with its body, whether that is there or not.
#[inline]
fn one(text: &[u8], most: u64) -> Option<usize> {
    let (before, announcement) = text.split_at_checked(brace(text))?;
    let announcement = announcement.strip_prefix(b"{")?;
    let (size, len) = size(announcement);
    let announced = before.ends_with(b"] ")
        && (1..=18).contains(&len)
        && size <= most
        && announcement.get(len..)?.starts_with(b"}\r\n");
    let line = before.len() + 1 + len + 3;
    usize::try_from(size).ok().filter(|_| announced)?.checked_add(line)
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn only_bodies_that_are_all_there() {
        let two = b" BODY[1] {3}\r\nabc BODY[HEADER.FIELDS (A)] {0}\r\n)\r\n";
        let (first, both) = (" BODY[1] {3}\r\nabc".len(), two.len() - 3);
        assert_eq!(literals(two, 10, 100), both);
        for len in 0..=two.len() {
            let expected = if len < first { 0 } else { first + (both - first) * usize::from(len >= both) };
            assert_eq!(literals(&two[..len], 10, 100), expected, "{len}");
            assert_eq!(literals(two, 10, len), expected, "{len}");
        }
        assert_eq!(literals(two, 2, 100), 0);
        for odd in [
            &b" BODY[1] ~{3}\r\nabc"[..],
            b" BODY[1] {3+}\r\nabc",
            b" BODY[1]  {}\r\nabc",
            b" RFC822 {3}\r\nabc",
            b" BODY[1] {3}\nabc\n",
            b" UID 7\r\n BODY[1] {3}\r\nabc",
            b" BODY[1] {99999999999999999999}\r\n",
            b" BODY[1] {3",
            b"",
        ] {
            assert_eq!(literals(odd, u64::MAX, usize::MAX), 0, "{}", odd.escape_ascii());
        }
    }
}
