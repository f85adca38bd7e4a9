//! Hard caps on what one line may cost.

mailwire_core::limits! {
    /// How much of a hostile stream is held and looked at. What is over a limit is dropped as it comes and said once.
    ///
    /// Listings and messages have no limit: they stream. A limit below 16 counts as 16, so that an indicator and the line
    /// that ends a listing are always seen.
    pub struct Limits {
        /// Octets of a command line, its end included. RFC 2449 §4 says 255, and RFC 5034 §4 wants longer initial responses
        /// sent on a line of their own; mail clients put OAuth tokens of some 3,000 octets behind `AUTH` all the same, and
        /// refusing them costs a login while 4,096 octets cost nothing.
        line / with_line: usize = 4096,
        /// Octets of a SASL response or challenge, its end included. RFC 5034 §4 says arbitrary; 12,288 is what RFC 4954 §4
        /// has for the same exchanges in SMTP.
        sasl_line / with_sasl_line: usize = 12_288,
        /// Octets of a status line or of a line of a listing, its end included. RFC 2449 §4 says 512; what servers write about
        /// themselves and their languages is longer now and then.
        response_line / with_response_line: usize = 8192,
        /// Octets of what is over a limit that are dropped before the stream is given up.
        dropped / with_dropped: u64 = 1 << 20,
    }
}
