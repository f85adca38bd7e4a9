//! What can be wrong with a command or a reply that was read all the same.

mailwire_core::defects! {
    /// What was forgiven. Ranges are in octets from the start of the frame.
    pub enum SmtpDefect {
        /// A line ends in a bare LF.
        BareLf: Repaired, "the line ends without a carriage return";
    }
}
