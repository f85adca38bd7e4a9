//! What can be wrong with encoded text.

use core::ops::Range;
use mailwire_core::Sink;

/// A sink for what stands `by` bytes behind the start. A stream may be longer than positions reach.
pub(crate) fn shifted(sink: &mut impl Sink<EncodingDefect>, by: usize) -> impl Sink<EncodingDefect> {
    move |kind, range: Range<usize>| {
        sink.report(kind, range.start.saturating_add(by)..range.end.saturating_add(by));
    }
}

mailwire_core::defects! {
    /// What was wrong with an encoding, and was read all the same.
    ///
    /// ```
    /// use mailwire_core::{Defect, DefectKind, Severity};
    /// use mailwire_encoding::{EncodingDefect, base64};
    ///
    /// let (mut bytes, mut found) = (Vec::new(), Vec::<Defect<EncodingDefect>>::new());
    /// base64::decode_into(b"TWFp*bA==", &mut bytes, &mut found);
    /// assert_eq!(bytes, b"Mail");
    /// assert_eq!(found[0].kind(), EncodingDefect::Base64Junk);
    /// assert_eq!(found[0].range(), 4..5);
    /// assert_eq!(found[0].severity(), Severity::Ambiguous);
    /// ```
    pub enum EncodingDefect {
        /// Bytes that are no base64 digit, no padding and no white space; they were skipped.
        Base64Junk: Ambiguous, "bytes outside the base64 alphabet were skipped";
        /// Digits behind padding: a new quantum begins there.
        Base64InnerPadding: Ambiguous, "base64 digits follow the padding";
        /// Padding where none belongs; it was skipped.
        Base64Padding: Repaired, "base64 padding in the wrong place or number";
        /// The data ends within a quantum without padding; what it holds was kept.
        Base64MissingPadding: Repaired, "base64 data ends without its padding";
        /// A single digit is left over, six bits that make no byte; it was dropped.
        Base64Truncated: Repaired, "base64 data ends within a byte";
        /// Bits behind the last byte that should be zero.
        Base64LeftoverBits: Note, "the unused bits of the last base64 digit are not zero";

        /// `=` without two hexadecimal digits; kept as it is.
        QpBadEscape: Repaired, "an equals sign that begins no escape";
        /// Blanks before a line end, which are no part of the text; dropped.
        QpTrailingBlank: Note, "blanks before the end of a line were dropped";
        /// Blanks between the `=` of a soft line break and the line end.
        QpSoftBreakBlank: Note, "blanks within a soft line break were dropped";
        /// The last line ends with a soft line break.
        QpSoftBreakAtEnd: Note, "the text ends with a soft line break";

        /// Uuencoded data without the line that begins it, or none at all.
        UuMissingBegin: Ambiguous, "no begin line stands before uuencoded data";
        /// Uuencoded data without the line that ends it.
        UuMissingEnd: Repaired, "uuencoded data ends without an end line";
        /// Another block behind the first; what it holds was appended.
        UuFurtherBlock: Ambiguous, "a further block of uuencoded data";
        /// Text before or behind a block; it was dropped.
        UuTextOutside: Note, "text outside of uuencoded data was dropped";
        /// A line that can't be one of data; it was skipped.
        UuJunk: Ambiguous, "a line that is no uuencoded data was skipped";
        /// Bytes among the digits that are none; their lowest bits were taken.
        UuBadDigit: Ambiguous, "bytes outside the uuencode alphabet";
        /// Fewer digits than the length of the line asks for; zeros were taken for them.
        UuShortLine: Repaired, "a uuencoded line is shorter than it says";
        /// More than the length of the line asks for, and a check digit; it was dropped.
        UuTrailing: Repaired, "something follows the data of a uuencoded line";

        /// A Content-Transfer-Encoding that is none of the registered ones: the bytes are taken as they are.
        UnknownCte: Ambiguous, "the transfer encoding is unknown";
        /// Quotes, parameters or other text around the name of the transfer encoding.
        CteDecorated: Repaired, "something stands around the name of the transfer encoding";

        /// A charset nobody knows, or none where one is required.
        UnknownCharset: Repaired, "the charset is unknown";
        /// The text is not in the charset declared (or none is declared): another one was taken.
        CharsetFallback: Repaired, "a charset had to be guessed";
        /// Bytes that mean nothing in their charset became U+FFFD.
        LossyText: Repaired, "some bytes mean nothing in their charset";

        /// The encoding of an encoded-word is neither B nor Q; left as it is.
        WordBadEncoding: Repaired, "an encoded-word's encoding is neither B nor Q";
        /// The charset of an encoded-word is unknown.
        WordUnknownCharset: Repaired, "an encoded-word's charset is unknown";
        /// An encoded-word without an end; left as it is.
        WordTruncated: Ambiguous, "an encoded-word has no end";
        /// Blanks or line ends within an encoded-word.
        WordBlankInside: Repaired, "blanks within an encoded-word";
        /// An encoded-word with no white space between it and the text around.
        WordGlued: Ambiguous, "an encoded-word is glued to the text around it";
        /// A character whose bytes are spread over adjacent encoded-words.
        WordSplitCharacter: Repaired, "a character is split over two encoded-words";
        /// An encoded-word of more than 75 bytes.
        WordTooLong: Note, "an encoded-word is longer than 75 bytes";
        /// A control character in encoded text; replaced.
        EncodedControl: Ambiguous, "encoded text holds a control character";

        /// `%` without two hexadecimal digits in an extended value; kept as it is.
        ExtBadPercent: Repaired, "a percent sign that begins no escape";
        /// An extended value without `charset'language'`.
        ExtNoCharset: Repaired, "an extended value names no charset";
        /// A number is missing in the sequence of segments; the others were joined.
        ExtSegmentGap: Ambiguous, "a segment of a parameter value is missing";
        /// Two segments of one number; the first counts.
        ExtDuplicateSegment: Ambiguous, "two segments of a parameter value have one number";
    }
}
