//! Envelopes and structures.

use crate::make::Make;
use mailwire_imap::IString;
use mailwire_imap::fetch::{
    Address, BodyStructure, Disposition, Envelope, Extended, Multipart, Parameter, Part, PartKind,
};

impl Make {
    fn address(&mut self) -> Address<'static> {
        Address { name: self.nstring(), route: self.nstring(), mailbox: self.nstring(), host: self.nstring() }
    }

    fn addresses(&mut self) -> Option<mailwire_imap::List<'static, Address<'static>>> {
        self.maybe(|make| make.list(1, Self::address))
    }

    pub(crate) fn envelope(&mut self) -> Envelope<'static> {
        Envelope {
            date: self.nstring(),
            subject: self.nstring(),
            from: self.addresses(),
            sender: self.addresses(),
            reply_to: self.addresses(),
            to: self.addresses(),
            cc: self.addresses(),
            bcc: self.addresses(),
            in_reply_to: self.nstring(),
            message_id: self.nstring(),
        }
    }

    fn parameters(&mut self) -> Option<mailwire_imap::List<'static, Parameter<'static>>> {
        self.maybe(|make| make.list(1, |make| Parameter { name: make.string(), value: make.string() }))
    }

    fn extended(&mut self) -> Extended<'static> {
        if self.below(3) == 0 {
            return Extended::default();
        }
        let disposition =
            self.maybe(|make| Disposition { kind: make.string(), parameters: make.parameters() });
        let mut extended =
            Extended::new(disposition, self.maybe(|make| make.list(1, Self::string)), self.nstring());
        if self.below(3) == 0 {
            extended.more = self.list(1, Self::raw);
        }
        extended
    }

    pub(crate) fn structure(&mut self, deep: usize) -> BodyStructure<'static> {
        if deep > 0 && self.heads() {
            return BodyStructure::Multipart(Multipart {
                parts: self.list(1, |make| make.structure(deep - 1)),
                subtype: self.string(),
                parameters: self.parameters(),
                extended: self.extended(),
            });
        }
        let (media_type, subtype, kind): (IString<'_>, IString<'_>, _) = match self.below(3) {
            0 => ("text".into(), self.string(), PartKind::Text { lines: self.number() }),
            1 if deep > 0 => {
                let envelope = Some(self.array(Self::envelope).into());
                let body = Some(self.array(|make| make.structure(deep - 1)).into());
                let subtype = self.pick(&["RFC822", "Global"]);
                ("MESSAGE".into(), subtype.into(), PartKind::Message { envelope, body, lines: self.number() })
            }
            _ => (self.pick(&["IMAGE", "x\"y"]).into(), self.string(), PartKind::Basic),
        };
        BodyStructure::Part(Part {
            media_type,
            subtype,
            parameters: self.parameters(),
            id: self.nstring(),
            description: self.nstring(),
            encoding: self.string(),
            octets: self.number(),
            kind,
            md5: self.nstring(),
            extended: self.extended(),
        })
    }
}
