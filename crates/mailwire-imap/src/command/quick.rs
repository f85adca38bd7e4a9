//! The commands that sessions are made of, as nearly every client writes them.

#![expect(
    clippy::inline_always,
    reason = "so that the item is made in its place, and what is left stays in registers"
)]

use super::{Answer, Append, Body, Change, Command, Stored};
use crate::IString;
use crate::class::Class;
use crate::cursor::{Quick, within};
use crate::list::List;
use crate::mailbox::MailboxName;
use crate::response::Unit;
use crate::set::SequenceSet;
use crate::tag::Tag;

impl<'a> Command<'a> {
    /// Reads a command that is all there, with its CRLF; or it is `odd`, which says nothing about it.
    ///
    /// `found` is called where each one is known, as for an [element](crate::list::Element::quick).
    #[inline(always)]
    pub(crate) fn quick<T>(
        command: &'a [u8],
        depth: u8,
        found: impl Fn(Self) -> T,
        odd: impl FnOnce() -> T,
    ) -> T {
        let mut quick = Quick::at(command, 0);
        let Some(depth) = within(depth, 3) else { return odd() };
        let Some(tag) = quick.run(Class::TAG) else { return odd() };
        if !quick.word(b" ") {
            return odd();
        }
        let found = |body| found(Self { tag: Some(Tag::odd(tag)), body });
        let unit = if quick.word(b"UID ") { Unit::Uid } else { Unit::Sequence };
        let Some(rest) = quick.rest() else { return odd() };
        match (rest, unit) {
            ([b'F', ..], _) if quick.word(b"FETCH ") => {
                if let Some((set, items)) = fetch(&mut quick, depth) {
                    let items = List::wire(items, depth);
                    return found(Body::Fetch { unit, set, items, modifiers: List::EMPTY });
                }
            }
            ([b'S', ..], _) if quick.word(b"STORE ") => {
                if let Some((set, change, answer, flags)) = store(&mut quick) {
                    let stored = Stored::Flags(List::wire(flags, depth));
                    return found(Body::Store { unit, set, modifiers: List::EMPTY, change, answer, stored });
                }
            }
            ([b'S', ..], _) if quick.word(b"SEARCH ") => {
                // What may begin RETURN or CHARSET is looked at more closely.
                if let Some([first, ..]) = quick.rest()
                    && !matches!(first, b'R' | b'r' | b'C' | b'c' | 0..=b' ')
                    && let Some(keys) = quick.line()
                {
                    let keys = List::wire(keys, depth);
                    return found(Body::Search { unit, returns: None, charset: None, keys });
                }
            }
            ([b'S', ..], Unit::Sequence) if quick.word(b"SELECT ") => {
                if let (Some(mailbox), Some(())) = (mailbox(&mut quick), quick.end()) {
                    return found(Body::Select { mailbox, parameters: List::EMPTY });
                }
            }
            ([b'L', ..], Unit::Sequence) if quick.word(b"LOGIN ") => {
                if let Some(user) = astring(&mut quick)
                    && let Some(()) = quick.expect(b' ')
                    && let (Some(password), Some(())) = (astring(&mut quick), quick.end())
                {
                    return found(Body::Login { user, password: password.into() });
                }
            }
            ([b'A', ..], Unit::Sequence) if quick.word(b"APPEND ") => {
                if let (Some(mailbox), Some(())) = (mailbox(&mut quick), quick.expect(b' '))
                    && let Some([first, ..]) = quick.rest()
                    && *first > b' '
                    && let Some(messages) = quick.line()
                {
                    let messages = List::wire(messages, depth);
                    return found(Body::Append(Append { mailbox, messages }));
                }
            }
            ([b'N', b'O', b'O', b'P', b'\r', b'\n'], Unit::Sequence) => return found(Body::Noop),
            ([b'I', b'D', b'L', b'E', b'\r', b'\n'], Unit::Sequence) => return found(Body::Idle),
            _ => {}
        }
        odd()
    }
}

#[inline(always)]
fn fetch<'a>(quick: &mut Quick<'a>, depth: u8) -> Option<(SequenceSet<'a>, &'a [u8])> {
    let set = set(quick)?;
    quick.expect(b' ')?;
    let items = quick.list(depth)?;
    quick.end()?;
    Some((set, items))
}

#[inline(always)]
fn store<'a>(quick: &mut Quick<'a>) -> Option<(SequenceSet<'a>, Change, Answer, &'a [u8])> {
    let set = set(quick)?;
    quick.expect(b' ')?;
    let change = match quick.rest()? {
        [b'+', ..] => Change::Add,
        [b'-', ..] => Change::Remove,
        _ => Change::Replace,
    };
    quick.skip(usize::from(change != Change::Replace));
    quick.word(b"FLAGS").then_some(())?;
    let answer = if quick.word(b".SILENT") { Answer::Silent } else { Answer::Fetch };
    quick.expect(b' ')?;
    let flags = quick.words()?;
    quick.end()?;
    Some((set, change, answer, flags))
}

#[inline(always)]
fn set<'a>(quick: &mut Quick<'a>) -> Option<SequenceSet<'a>> {
    SequenceSet::new(quick.run(Class::SET)?).ok()
}

#[inline(always)]
fn mailbox<'a>(quick: &mut Quick<'a>) -> Option<MailboxName<'a>> {
    astring(quick).map(MailboxName::new)
}

#[inline(always)]
fn astring<'a>(quick: &mut Quick<'a>) -> Option<IString<'a>> {
    if quick.is_at(b'"') { quick.string() } else { quick.run(Class::ASTRING).map(IString::new) }
}
