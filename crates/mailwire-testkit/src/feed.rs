//! A stream handed to a reader in pieces, as a caller with a buffer does it.

use crate::random::Random;

/// Hands over `stream` up to each of `cuts` in turn and at last whole: what was not taken comes first next time. `step` takes
/// what it likes from the front and says whether it is to be called again. How much was taken is the result.
///
/// ```
/// let mut lines = 0;
/// let taken = mailwire_testkit::feed::feed(b"a\nb\nc", &[1], |input| {
///     let Some(end) = input.iter().position(|&byte| byte == b'\n') else { return false };
///     *input = &input[end + 1..];
///     lines += 1;
///     true
/// });
/// assert_eq!((lines, taken), (2, 4));
/// ```
pub fn feed<'s>(stream: &'s [u8], cuts: &[usize], mut step: impl FnMut(&mut &'s [u8]) -> bool) -> usize {
    let mut taken = 0;
    for &cut in cuts.iter().chain([&stream.len()]) {
        let cut = cut.clamp(taken, stream.len());
        let mut input = &stream[taken..cut];
        while step(&mut input) {}
        taken = cut - input.len();
    }
    taken
}

/// Every octet by itself.
pub fn bytewise(len: usize) -> Vec<usize> {
    (0..len).collect()
}

/// Cuts that look random and are the same for the same octets.
pub fn cuts_for(stream: &[u8]) -> Vec<usize> {
    let seed = stream.iter().fold(7_u64, |seed, &byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut random = Random::new(seed);
    let mut at = 0;
    let mut cuts = Vec::new();
    while at < stream.len() {
        let longest = if random.below(4) == 0 { 40 } else { 4 };
        at += 1 + random.below(longest);
        cuts.push(at);
    }
    cuts
}

/// The stream with one octet changed at a time, in the ways that matter to who looks for line ends: each CR and each LF
/// dropped, a NUL before each octet.
pub fn mutations(stream: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let dropped =
        stream.iter().enumerate().filter(|(_, byte)| matches!(byte, b'\r' | b'\n')).map(|(at, _)| {
            let mut mutated = stream.to_vec();
            mutated.remove(at);
            mutated
        });
    let nuls = (0..=stream.len()).map(|at| {
        let mut mutated = stream.to_vec();
        mutated.insert(at, 0);
        mutated
    });
    dropped.chain(nuls)
}
