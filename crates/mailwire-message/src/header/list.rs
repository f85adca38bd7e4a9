//! What a header says of the mailing list that the message came through (RFC 2369, RFC 2919, RFC 8058).

use super::{FieldName, Headers};
use crate::value::{ListId, ListPost, Uri, Uris, is_one_click};

impl<'m, 'a> Headers<'m, 'a> {
    /// Which list it is (RFC 2919). `None` where the field is missing or nothing can be read.
    pub fn list_id(&self) -> Option<ListId<'a>> {
        ListId::parse(self.first(FieldName::LIST_ID)?.value()).ok()
    }

    /// Where to find help (RFC 2369 §3.1).
    pub fn list_help(&self) -> Uris<'a> {
        self.uris(FieldName::LIST_HELP)
    }

    /// How to leave the list (RFC 2369 §3.2).
    pub fn list_unsubscribe(&self) -> Uris<'a> {
        self.uris(FieldName::LIST_UNSUBSCRIBE)
    }

    /// How to leave the list without asking the reader again: the first `https` URI of List-Unsubscribe, if the message
    /// has `List-Unsubscribe-Post: List-Unsubscribe=One-Click` (RFC 8058 §3.2). Send `List-Unsubscribe=One-Click` there
    /// with POST, without cookies, and only when the reader asks for it.
    ///
    /// One condition is the caller's: "the message MUST have a valid DKIM signature that covers at least the
    /// List-Unsubscribe and List-Unsubscribe-Post headers" (§4), which [`dkim_signatures`](Self::dkim_signatures) helps to
    /// find.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"List-Unsubscribe: <mailto:leave@host.example>,\n <https://host.example/leave?who=1>\n\
    ///     List-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n";
    /// let message = Parser::new().parse(raw);
    /// let uri = message.headers().one_click_unsubscribe().unwrap();
    /// assert_eq!(uri.as_bytes(), b"https://host.example/leave?who=1");
    /// ```
    pub fn one_click_unsubscribe(&self) -> Option<Uri<'a>> {
        self.first(FieldName::LIST_UNSUBSCRIBE_POST).filter(|field| is_one_click(field.value()))?;
        self.list_unsubscribe().find(|uri| uri.is_scheme("https"))
    }

    /// How to join the list (RFC 2369 §3.3).
    pub fn list_subscribe(&self) -> Uris<'a> {
        self.uris(FieldName::LIST_SUBSCRIBE)
    }

    /// Where to post, or that nobody may (RFC 2369 §3.4); `None` where the field is missing.
    pub fn list_post(&self) -> Option<ListPost<'a>> {
        self.first(FieldName::LIST_POST).map(|field| ListPost::parse(field.value()))
    }

    /// Who is responsible for the list (RFC 2369 §3.5).
    pub fn list_owner(&self) -> Uris<'a> {
        self.uris(FieldName::LIST_OWNER)
    }

    /// Where the list's archive is (RFC 2369 §3.6).
    pub fn list_archive(&self) -> Uris<'a> {
        self.uris(FieldName::LIST_ARCHIVE)
    }

    /// Where this message is archived (RFC 5064): in each field of this name once, the newest first.
    pub fn archived_at(&self) -> impl Iterator<Item = Uri<'a>> + use<'m, 'a> {
        self.all(FieldName::ARCHIVED_AT).flat_map(|field| field.uris())
    }

    fn uris(&self, name: FieldName<'_>) -> Uris<'a> {
        Uris::new(self.first_value(name))
    }
}
