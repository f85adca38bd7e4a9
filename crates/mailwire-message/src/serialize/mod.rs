//! Messages and indexes in the formats of serde.
//!
//! # A message
//!
//! A [`Message`] and an [`OwnedMessage`] are written as a structure with these keys, all of them always there. They are those of an
//! Email in JMAP (RFC 8621 §4) and mean the same, where this says nothing else. `null` is what the mail has not.
//!
//! | key | |
//! |---|---|
//! | `size` | octets of the mail |
//! | `messageId`, `inReplyTo`, `references` | a list of identifiers without their brackets, or `null` |
//! | `sender`, `from`, `to`, `cc`, `bcc`, `replyTo` | a list of `{name, email}`, or `null`; `name` may be `null`, and `email` is the empty string or what is no address where none can be read |
//! | `subject` | decoded text, or `null` |
//! | `sentAt` | the Date as a string of RFC 3339, or `null` |
//! | `headers` | a list of `{name, value}` in order, values decoded as text: not in raw form as in JMAP |
//! | `hasAttachment`, `preview` | as in JMAP |
//! | `textBody`, `htmlBody`, `attachments` | lists of `partId`s, where JMAP has parts; see [`Bodies`] |
//! | `parts` | the list of all parts, each before those in it: flat, so that no depth of a mail is one of the output |
//! | `defects` | the list of all that was wrong, as [`Message::examine`] finds it: `{kind, severity, start, end}`, a name, `note` to `limit`, and the octets of the mail |
//!
//! A part:
//!
//! | key | |
//! |---|---|
//! | `partId` | its number, as [`Part::id`](crate::Part::id): 0 is the root |
//! | `parent` | the `partId` of the part it lies in; `null` for the root |
//! | `type` | the media type in lower case |
//! | `charset` | for text, the charset that its value was read in; else `null` |
//! | `disposition` | its type in lower case, or `null` |
//! | `cid` | the Content-ID without its brackets, or `null` |
//! | `name` | the file name, or `null` |
//! | `size` | octets of its decoded body |
//! | `headers` | as above; `null` for the root, whose headers are those of the message |
//! | `value` | for text, the decoded text with LF for every CRLF; else `null` |
//! | `isEncodingProblem` | whether something of the text was lost or guessed: a charset or a transfer encoding that is not known, bytes that are no character |
//!
//! Parts of embedded messages are among the parts, behind the `message/rfc822` that holds them; they are in no other list.
//! Writing reads every body, and every body that is not text is decoded for its size alone.
//!
//! # An index
//!
//! An [`Index`] is its [byte form](Index::encode): bytes in binary formats, a string of base64 in those for people.

mod index;
mod message;

#[cfg(doc)]
use crate::{Bodies, Index, Message, OwnedMessage};
