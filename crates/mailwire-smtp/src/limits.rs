//! Hard caps on what one line, one reply, one body may cost.

mailwire_core::limits! {
    /// How much of a hostile stream is held and looked at. What is over a limit is dropped as it comes and said once.
    pub struct Limits {
        /// Octets of a command line, its end included. RFC 5321 §4.5.3.1.4 says 512 and more for extensions; 2048 is
        /// what Postfix takes.
        line / with_line: usize = 2048,
        /// Octets of a SASL response, its end included: 12,288, as RFC 4954 §4 says.
        sasl_line / with_sasl_line: usize = 12_288,
        /// Octets of one line of a reply, its end included. RFC 5321 §4.5.3.1.5 says 512; real servers write more.
        reply_line / with_reply_line: usize = 8192,
        /// Octets of a whole reply.
        reply / with_reply: usize = 65_536,
        /// Lines of a reply.
        reply_lines / with_reply_lines: u32 = 1000,
        /// Octets of what is over a limit that are dropped before the stream is given up.
        dropped / with_dropped: u64 = 1 << 20,
        /// Recipients of a mail: 1000, as Postfix has it; RFC 5321 §4.5.3.1.8 wants at least 100.
        recipients / with_recipients: u32 = 1000,
        /// Commands refused, with no mail taken between them, before a server ends the session: 20, as Postfix has it.
        errors / with_errors: u32 = 20,
        /// Commands that lead to nothing (NOOP, RSET, VRFY, another hello ...), with no mail taken between them, before a server
        /// counts each as refused: 100, as Postfix has it.
        junk / with_junk: u32 = 100,
        /// Pieces of a body by BDAT.
        chunks / with_chunks: u32 = 100_000,
        /// Octets that a session holds ready to be written, about: a body is taken no faster.
        output / with_output: usize = 65_536,
        /// Octets of replies that the outcome of a transaction keeps. Of what is more, the codes are kept.
        outcome / with_outcome: usize = 1 << 20,
    }
}
