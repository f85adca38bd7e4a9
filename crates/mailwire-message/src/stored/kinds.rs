//! The kinds of structural defects by their codes. A code stands for one kind for ever: append, and raise the version.

use crate::defect::StructureDefect as Kind;

/// The code of a kind: its place in the list.
pub(super) fn code(kind: Kind) -> u8 {
    let at = KINDS.iter().position(|known| *known == kind);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// The kind of a code.
pub(super) fn kind(code: u8) -> Option<Kind> {
    KINDS.get(usize::from(code)).copied()
}

const KINDS: &[Kind] = &[
    Kind::Bom,
    Kind::MboxFromLine,
    Kind::NoColon,
    Kind::SpaceBeforeColon,
    Kind::EmptyName,
    Kind::BadNameChar,
    Kind::NameTooLong,
    Kind::FirstLineContinuation,
    Kind::WspOnlyLine,
    Kind::HeaderEndedByBoundary,
    Kind::HeaderEndedByEof,
    Kind::DuplicateContentType,
    Kind::DuplicateTransferEncoding,
    Kind::DuplicateDisposition,
    Kind::NoBoundary,
    Kind::DuplicateBoundary,
    Kind::BoundaryTooLong,
    Kind::SameBoundaryNested,
    Kind::BoundaryNeverFound,
    Kind::NoCloseDelimiter,
    Kind::ClosedByAncestor,
    Kind::DelimiterAfterClose,
    Kind::DelimiterTrailingJunk,
    Kind::BoundaryPrefixLine,
    Kind::DelimiterAtEnd,
    Kind::EmptyMultipart,
    Kind::EncodedMultipart,
    Kind::DepthLimit,
    Kind::PartLimit,
    Kind::FieldLimit,
    Kind::DefectLimit,
    Kind::SizeLimit,
    Kind::MissingBlankLine,
    Kind::EncodedMessage,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_code() {
        for &known in Kind::ALL {
            assert_eq!(kind(code(known)), Some(known));
        }
        assert_eq!(KINDS.len(), Kind::ALL.len());
    }
}
