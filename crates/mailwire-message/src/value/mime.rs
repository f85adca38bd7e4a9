//! Content types as `mime::Mime`.

use super::ContentType;
use alloc::format;

impl TryFrom<&ContentType<'_>> for mime::Mime {
    type Error = mime::FromStrError;

    /// The type, the subtype and the charset, if there is one. Other parameters are left out: `mime` can't hold what
    /// mail puts into them.
    fn try_from(content_type: &ContentType<'_>) -> Result<Self, Self::Error> {
        let essence = format!("{}/{}", content_type.media_type(), content_type.subtype());
        let charset =
            content_type.charset().and_then(|charset| format!("{essence}; charset={charset}").parse().ok());
        match charset {
            Some(mime) => Ok(mime),
            None => essence.parse(),
        }
    }
}
