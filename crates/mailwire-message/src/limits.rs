//! Hard caps on what one mail may cost.

mailwire_core::limits! {
    /// How far into a hostile mail the parser looks.
    ///
    /// No limit makes parsing fail or loses a byte: what lies beyond one stays in the part that holds it, and a defect
    /// of severity [`Limit`](mailwire_core::Severity::Limit) says so.
    pub struct Limits {
        /// Containers (multiparts and embedded messages) that may lie in each other; the root counts as 1. A
        /// container below that is a leaf. Real mail was seen with about 110. Each multipart may cost work in
        /// proportion to the limit, so a limit of thousands is an invitation.
        depth / with_depth: u16 = 128,
        /// Parts of one mail, the root included. Past it no part is opened and the last one keeps the rest.
        parts / with_parts: u32 = 10_000,
        /// Header fields of one mail, all its parts together; 16 bytes of index each. Fields past it are skipped.
        fields / with_fields: u32 = 200_000,
        /// Structural defects that are kept. Those past it are counted only.
        defects / with_defects: u32 = 1_000,
        /// Encoded messages (base64 or quoted-printable `message/rfc822`) that may be opened inside each other
        /// with [`Part::nested`](crate::Part::nested).
        nested / with_nested: u8 = 8,
    }
}
