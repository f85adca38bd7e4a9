//! Hard caps on what one command or one response may cost.

mailwire_core::limits! {
    /// How much of a hostile stream is held and looked at. What is over a limit is dropped as it comes and said once.
    pub struct Limits {
        /// Octets of the lines of one command, its literals not counted. RFC 2683 §3.2.1.5 asks servers for at least 8,000;
        /// clients send sets of thousands of UIDs, and Dovecot takes 65,536.
        line / with_line: usize = 65_536,
        /// Octets of all the literals of one command that are held with it, streamed ones not counted. Only search keys,
        /// names and metadata are sent that way.
        literals / with_literals: u64 = 1 << 20,
        /// Octets of a body from which on it streams. Headers and small mails stay in their frame.
        inline / with_inline: u64 = 65_536,
        /// Octets of a response, with the literals that are held with it. A SEARCH of a million messages has some 8 MB.
        response / with_response: usize = 16 << 20,
        /// Octets of a client's line inside of a SASL exchange, its end included. RFC 4954 §4 has 12,288 for the same
        /// exchanges in SMTP; Kerberos tickets with many groups need some more.
        sasl_line / with_sasl_line: usize = 65_536,
        /// Lists inside of lists, for all values of one frame together. Mail that nests deeper is an attack.
        depth / with_depth: u8 = 64,
        /// Octets of what is over a limit that are dropped before the stream is given up. Large enough for a message that is
        /// refused for its size and comes all the same, as behind `{n+}`.
        dropped / with_dropped: u64 = 256 << 20,
    }
}

impl Limits {
    /// What a server gives a client that has not logged in yet: a command has at most 16 KiB with all its literals, and no message
    /// streams.
    pub const BEFORE_LOGIN: Self = Self::DEFAULT
        .with_line(8192)
        .with_literals(8192)
        .with_inline(u64::MAX)
        .with_sasl_line(16_384)
        .with_dropped(1 << 20);
}
