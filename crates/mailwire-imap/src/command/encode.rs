//! Writes commands.

use super::{Answer, Append, Attribute, Body, Change, Command, Modifier, Stored, Word};
use crate::list::{Element, List};
use crate::mailbox::MailboxName;
use crate::out::Out;
use crate::response::Unit;
use crate::sasl::SaslLine;
use crate::set::SequenceSet;

impl Command<'_> {
    /// Writes the command, its line end included; but for a message that streams: then what is written ends with the announcement,
    /// and [`Body::Rest`] comes behind the octets.
    pub fn encode(&self, out: &mut Out) {
        self.write(out);
    }

    /// Whether it ends with the announcement of what streams.
    pub(crate) fn write(&self, out: &mut Out) -> bool {
        if let Some(tag) = self.tag {
            out.raw(tag.as_bytes());
            out.byte(b' ');
        }
        let streams = self.body.write(out);
        if !streams {
            out.end();
        }
        streams
    }
}

impl<'a> Body<'a> {
    /// Whether it ends with the announcement of what streams.
    #[expect(clippy::too_many_lines, reason = "a line or two for each command")]
    fn write(&self, out: &mut Out) -> bool {
        let word = |word: &str, out: &mut Out| out.raw(word.as_bytes());
        let one = |word: &str, mailbox: &MailboxName<'a>, out: &mut Out| {
            out.raw(word.as_bytes());
            Element::write(mailbox, out);
        };
        match self {
            Self::Capability => word("CAPABILITY", out),
            Self::Noop => word("NOOP", out),
            Self::Logout => word("LOGOUT", out),
            Self::StartTls => word("STARTTLS", out),
            Self::Namespace => word("NAMESPACE", out),
            Self::Idle => word("IDLE", out),
            Self::Done => word("DONE", out),
            Self::Check => word("CHECK", out),
            Self::Close => word("CLOSE", out),
            Self::Unselect => word("UNSELECT", out),
            Self::Expunge => word("EXPUNGE", out),
            Self::Sasl(line) => out.raw(match line {
                SaslLine::Response(response) => response.expose(),
                SaslLine::Cancel => b"*",
            }),
            Self::Login { user, password } => {
                word("LOGIN ", out);
                out.astring(&user.to_bytes());
                out.byte(b' ');
                out.astring(&password.expose().to_bytes());
            }
            Self::Authenticate { mechanism, initial } => {
                word("AUTHENTICATE ", out);
                out.raw(mechanism.as_bytes());
                if let Some(initial) = initial {
                    out.byte(b' ');
                    out.raw(if initial.is_empty() { b"=" } else { initial.expose() });
                }
            }
            Self::Id(None) => word("ID NIL", out),
            Self::Id(Some(fields)) => {
                word("ID ", out);
                fields.write_list(out);
            }
            Self::Enable(capabilities) => {
                word("ENABLE ", out);
                capabilities.write_bare(out);
            }
            Self::Compress(mechanism) => {
                word("COMPRESS ", out);
                out.raw(mechanism.as_bytes());
            }
            Self::Select { mailbox, parameters } => {
                one("SELECT ", mailbox, out);
                optional(parameters, out);
            }
            Self::Examine { mailbox, parameters } => {
                one("EXAMINE ", mailbox, out);
                optional(parameters, out);
            }
            Self::Create { mailbox, parameters } => {
                one("CREATE ", mailbox, out);
                optional(parameters, out);
            }
            Self::Delete(mailbox) => one("DELETE ", mailbox, out),
            Self::Subscribe(mailbox) => one("SUBSCRIBE ", mailbox, out),
            Self::Unsubscribe(mailbox) => one("UNSUBSCRIBE ", mailbox, out),
            Self::GetQuotaRoot(mailbox) => one("GETQUOTAROOT ", mailbox, out),
            Self::GetAcl(mailbox) => one("GETACL ", mailbox, out),
            Self::MyRights(mailbox) => one("MYRIGHTS ", mailbox, out),
            Self::Rename { from, to } => {
                one("RENAME ", from, out);
                one(" ", to, out);
            }
            Self::List { selection, reference, patterns, returns } => {
                word("LIST ", out);
                if let Some(selection) = selection {
                    selection.write_list(out);
                    out.byte(b' ');
                }
                Element::write(reference, out);
                out.byte(b' ');
                if alone(patterns, out) {
                    patterns.write_bare(out);
                } else {
                    patterns.write_list(out);
                }
                returns_out(*returns, out);
            }
            Self::Lsub { reference, pattern } | Self::Xlist { reference, pattern } => {
                one(if matches!(self, Self::Lsub { .. }) { "LSUB " } else { "XLIST " }, reference, out);
                out.byte(b' ');
                Element::write(pattern, out);
            }
            Self::Status { mailbox, items } => {
                one("STATUS ", mailbox, out);
                out.byte(b' ');
                items.write_list(out);
            }
            Self::Append(append) => {
                word("APPEND ", out);
                return append_out(append, out);
            }
            Self::Replace { unit, set, append } => {
                numbered(*unit, "REPLACE ", *set, out);
                return append_out(append, out);
            }
            Self::Rest(messages) | Self::Utf8Rest(messages) => {
                if matches!(self, Self::Utf8Rest(_)) {
                    out.byte(b')');
                }
                if !messages.is_empty() {
                    out.byte(b' ');
                }
                return messages_out(messages, out);
            }
            Self::UidExpunge(set) => {
                word("UID EXPUNGE ", out);
                out.raw(set.as_bytes());
            }
            Self::Search { unit, returns, charset, keys } => {
                word(if *unit == Unit::Uid { "UID SEARCH" } else { "SEARCH" }, out);
                returns_out(*returns, out);
                if let Some(charset) = charset {
                    word(" CHARSET ", out);
                    out.astring(&charset.to_bytes());
                }
                out.byte(b' ');
                keys.write_bare(out);
            }
            Self::Sort { unit, returns, criteria, charset, keys } => {
                word(if *unit == Unit::Uid { "UID SORT" } else { "SORT" }, out);
                returns_out(*returns, out);
                out.byte(b' ');
                criteria.write_list(out);
                out.byte(b' ');
                out.astring(&charset.to_bytes());
                out.byte(b' ');
                keys.write_bare(out);
            }
            Self::Thread { unit, algorithm, charset, keys } => {
                word(if *unit == Unit::Uid { "UID THREAD " } else { "THREAD " }, out);
                out.raw(algorithm.as_bytes());
                out.byte(b' ');
                out.astring(&charset.to_bytes());
                out.byte(b' ');
                keys.write_bare(out);
            }
            Self::Fetch { unit, set, items, modifiers } => {
                numbered(*unit, "FETCH ", *set, out);
                // ALL, FAST and FULL stand alone. A list behind PREVIEW would be its own.
                let preview = |item| matches!(item, Ok(Attribute::Word(word)) if word == Word::PREVIEW);
                if alone(items, out) && !items.iter().any(preview) {
                    items.write_bare(out);
                } else {
                    items.write_list(out);
                }
                optional(modifiers, out);
            }
            Self::Store { unit, set, modifiers, change, answer, stored } => {
                numbered(*unit, "STORE ", *set, out);
                if !modifiers.is_empty() {
                    modifiers.write_list(out);
                    out.byte(b' ');
                }
                out.raw(match change {
                    Change::Replace => b"",
                    Change::Add => b"+",
                    Change::Remove => b"-",
                });
                word(if matches!(stored, Stored::Flags(_)) { "FLAGS" } else { "X-GM-LABELS" }, out);
                word(if *answer == Answer::Silent { ".SILENT " } else { " " }, out);
                match stored {
                    Stored::Flags(flags) => flags.write_list(out),
                    Stored::GmailLabels(labels) => labels.write_list(out),
                }
            }
            Self::Copy { unit, set, mailbox } => {
                numbered(*unit, "COPY ", *set, out);
                Element::write(mailbox, out);
            }
            Self::Move { unit, set, mailbox } => {
                numbered(*unit, "MOVE ", *set, out);
                Element::write(mailbox, out);
            }
            Self::GetQuota(root) => {
                word("GETQUOTA ", out);
                out.astring(&root.to_bytes());
            }
            Self::SetQuota { root, limits } => {
                word("SETQUOTA ", out);
                out.astring(&root.to_bytes());
                out.byte(b' ');
                limits.write_list(out);
            }
            Self::SetAcl { mailbox, identifier, rights } => {
                one("SETACL ", mailbox, out);
                for string in [identifier, rights] {
                    out.byte(b' ');
                    out.astring(&string.to_bytes());
                }
            }
            Self::DeleteAcl { mailbox, identifier } | Self::ListRights { mailbox, identifier } => {
                one(
                    if matches!(self, Self::DeleteAcl { .. }) { "DELETEACL " } else { "LISTRIGHTS " },
                    mailbox,
                    out,
                );
                out.byte(b' ');
                out.astring(&identifier.to_bytes());
            }
            Self::GetMetadata { options, mailbox, entries } => {
                word("GETMETADATA ", out);
                if !options.is_empty() {
                    options.write_list(out);
                    out.byte(b' ');
                }
                Element::write(mailbox, out);
                out.byte(b' ');
                entries.write_list(out);
            }
            Self::SetMetadata { mailbox, entries } => {
                one("SETMETADATA ", mailbox, out);
                out.byte(b' ');
                entries.write_list(out);
            }
            Self::Unknown(unknown) => out.verbatim(unknown.as_bytes()),
        }
        false
    }
}

/// Whether a list is written without its parentheses.
fn alone<'a, T: Element<'a>>(list: &List<'a, T>, out: &Out) -> bool {
    let mut elements = list.iter();
    !out.is_kept() && matches!(elements.next(), Some(Ok(_))) && elements.next().is_none()
}

fn numbered(unit: Unit, word: &str, set: SequenceSet<'_>, out: &mut Out) {
    out.raw(if unit == Unit::Uid { b"UID " } else { b"" });
    out.raw(word.as_bytes());
    out.raw(set.as_bytes());
    out.byte(b' ');
}

fn optional(modifiers: &List<'_, Modifier<'_>>, out: &mut Out) {
    if !modifiers.is_empty() {
        out.byte(b' ');
        modifiers.write_list(out);
    }
}

fn returns_out(returns: Option<List<'_, Modifier<'_>>>, out: &mut Out) {
    if let Some(returns) = returns {
        out.raw(b" RETURN ");
        returns.write_list(out);
    }
}

fn append_out(append: &Append<'_>, out: &mut Out) -> bool {
    Element::write(&append.mailbox, out);
    out.byte(b' ');
    messages_out(&append.messages, out)
}

/// Up to the message that streams, if there is one; whether there is.
fn messages_out(messages: &List<'_, super::Message<'_>>, out: &mut Out) -> bool {
    use super::MessageData::{Streams, Utf8Streams};
    let streams = |message: &super::Message<'_>| matches!(message.data, Streams(_) | Utf8Streams(_));
    messages.write_until(b" ", streams, out);
    messages.iter().flatten().any(|message| streams(&message))
}
