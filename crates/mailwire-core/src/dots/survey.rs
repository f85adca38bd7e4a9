//! A quick look over many octets: is there anything in them that has to be looked at closely?

/// How many octets are looked at together: few enough to stay in the cache, many enough to be worth the call.
pub(super) const BLOCK: usize = 4096;

/// What there is in a block, somewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// A bare CR, a bare LF or a NUL.
    pub(super) stray: bool,
    /// A dot behind a line feed.
    pub(super) dotted: bool,
}

/// Looks at each octet with the one behind it. What stands at the edges is for the caller to put together: a line feed
/// in front, a carriage return at the end.
#[inline]
pub(super) fn survey(block: &[u8]) -> Survey {
    let next = block.get(1..).unwrap_or_default();
    let (mut stray, mut dotted) = (0_u8, 0_u8);
    // Without a branch, so that it is done for many octets at a time.
    for (&a, &b) in block.iter().zip(next) {
        stray |= (u8::from(a == b'\r') ^ u8::from(b == b'\n')) | u8::from(a == 0);
        dotted |= u8::from(a == b'\n') & u8::from(b == b'.');
    }
    Survey { stray: stray != 0 || block.last() == Some(&0), dotted: dotted != 0 }
}
