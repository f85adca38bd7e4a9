//! How a message wants to be handled: by programs, and by the people who get it.

use super::{FieldName, Headers};
use crate::value::{AutoSubmitted, MimeVersion, Priority};
use mailwire_address::Addresses;

impl<'a> Headers<'_, 'a> {
    /// The version of MIME (RFC 2045 §4). `None` where the field is missing or can't be read; such mail is read as MIME
    /// all the same.
    pub fn mime_version(&self) -> Option<MimeVersion> {
        MimeVersion::parse(self.first(FieldName::MIME_VERSION)?.value()).ok()
    }

    /// Whether a machine wrote it (RFC 3834 §5); `None` where the field is missing.
    pub fn auto_submitted(&self) -> Option<AutoSubmitted<'a>> {
        self.first(FieldName::AUTO_SUBMITTED).map(|field| AutoSubmitted::parse(field.value()))
    }

    /// How much it matters to its sender, as its Importance field says (RFC 2156);
    /// [`priority`](Self::priority) asks other fields as well.
    pub fn importance(&self) -> Option<Priority> {
        Priority::parse(self.first(FieldName::IMPORTANCE)?.value())
    }

    /// How much it matters to its sender: the first of Importance, Priority, X-Priority and X-MSMail-Priority that says
    /// something. `None` where none does, which mail programs show like [`Priority::Normal`].
    pub fn priority(&self) -> Option<Priority> {
        const NAMES: [FieldName<'static>; 4] =
            [FieldName::IMPORTANCE, FieldName::PRIORITY, FieldName::X_PRIORITY, FieldName::X_MSMAIL_PRIORITY];
        NAMES.iter().find_map(|name| Priority::parse(self.first(*name)?.value()))
    }

    /// Who wants to know that it was read (RFC 8098 §2.1). Never tell without asking the reader.
    pub fn disposition_notification_to(&self) -> Addresses<'a> {
        self.addresses(FieldName::DISPOSITION_NOTIFICATION_TO)
    }
}
