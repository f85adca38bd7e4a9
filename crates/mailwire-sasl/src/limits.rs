//! Hard caps on what a peer may send, and ask for.

mailwire_core::limits! {
    /// How much an exchange takes from its peer.
    ///
    /// ```
    /// use mailwire_sasl::Limits;
    ///
    /// assert_eq!(Limits::default().with_max_iterations(100_000).max_iterations, 100_000);
    /// ```
    pub struct Limits {
        /// Octets in one message. The default is what 12,288 characters of base64 hold, the line that RFC 4954 §4 asks for.
        message / with_message: usize = 9_216,
        /// Messages of the peer in one exchange. Only a relayed mechanism could have many; the longest known have about ten.
        messages / with_messages: u32 = 64,
        /// The fewest iterations that a client accepts and a server may be given for SCRAM: RFC 5802 §5.1 and RFC 7677 §4
        /// ask for 4096 at least. With fewer, who listens has less work to find the password.
        min_iterations / with_min_iterations: u32 = 4_096,
        /// The most iterations that a client works through: a hostile server names any number (RFC 5802 §9). A million is
        /// more than what is recommended today, and about a second of work.
        max_iterations / with_max_iterations: u32 = 1_000_000,
    }
}
