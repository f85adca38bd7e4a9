//! Bodies: behind DATA up to the dot, and in the pieces of BDAT.

use super::event::{Refusal, ServerEvent};
use super::says::Says;
use super::session::{By, Chunks, Transaction, Verdict};
use super::{Owed, Phase, Server};
use crate::command::{Bdat, Chunk};
use crate::config::Extensions;
use crate::data::{DataItem, Strays};
use crate::{PeerError, Protocol};
use alloc::vec::Vec;
use mailwire_core::dots::Tally;
use mailwire_core::{FrameError, Step};

/// What renews the patience with a body: the longest line (RFC 5321 §4.5.3.1.6).
const BLOCK: usize = 1000;

/// The octets that a BDAT has announced.
#[derive(Debug)]
pub(super) struct Incoming {
    left: u64,
    chunk: Chunk,
    /// What is said behind them, if they are not taken.
    refusal: Option<Says>,
}

impl Says {
    fn verdict(self) -> Verdict {
        let mut reply = Vec::new();
        self.answer().encode(&mut reply);
        Verdict { reply, code: self.code, by: By::Machine }
    }
}

impl Server {
    pub(super) fn data<'b>(&mut self, input: &mut &'b [u8]) -> Option<Step<ServerEvent<'b>>> {
        let Phase::Data(reader) = &mut self.phase else { return None };
        match reader.next(input) {
            None => self.starve(),
            Some(DataItem::Chunk(chunk)) => {
                self.renew(chunk.len());
                self.piece(chunk).map(Step::Event)
            }
            Some(DataItem::Frame(frame)) => {
                let end = frame.value();
                let at = reader.offset();
                self.commands = Self::reader(&self.config, at);
                self.phase = Phase::Commands;
                self.epoch = self.epoch.wrapping_add(1);
                match end {
                    Ok(end) => self.whole(end.tally),
                    Err(_) => self.whole_but(Says::BARE_LF),
                }
                .map(Step::Event)
            }
        }
    }

    /// The patience begins anew with every block of a body, however it was cut on its way.
    fn renew(&mut self, octets: usize) {
        self.block = self.block.saturating_add(octets);
        if self.block >= BLOCK {
            self.block = 0;
            self.epoch = self.epoch.wrapping_add(1);
        }
    }

    /// Octets of the body, of either kind.
    fn piece<'b>(&mut self, octets: &'b [u8]) -> Option<ServerEvent<'b>> {
        self.mail.octets = self.mail.octets.saturating_add(octets.len() as u64);
        if self.config.max_size.is_some_and(|max| self.mail.octets > max) && self.mail.verdict.is_none() {
            self.mail.verdict = Some(Says::TOO_BIG.verdict());
        }
        if self.mail.verdict.is_some() { None } else { Some(ServerEvent::Chunk(octets)) }
    }

    /// The body has ended, and there is nothing wrong with its octets.
    fn whole<'b>(&mut self, tally: Tally) -> Option<ServerEvent<'b>> {
        if self.mail.verdict.is_some() {
            return self.discard();
        }
        self.mail.answers_due = self.answers();
        Some(self.ask(Owed::EndOfData, ServerEvent::EndOfData(tally)))
    }

    fn whole_but<'b>(&mut self, says: Says) -> Option<ServerEvent<'b>> {
        self.mail.verdict.get_or_insert_with(|| says.verdict());
        self.discard()
    }

    /// Says what was decided while the body came, and forgets the mail.
    fn discard<'b>(&mut self) -> Option<ServerEvent<'b>> {
        let answers = self.answers();
        let mail = core::mem::take(&mut self.mail);
        let verdict = mail.verdict?;
        for _ in 0..answers {
            self.out.extend_from_slice(&verdict.reply);
        }
        self.count_error();
        (verdict.by == By::Machine).then_some(ServerEvent::Discarded { code: verdict.code })
    }

    /// How many answers the end of a body has.
    fn answers(&self) -> u32 {
        match self.config.protocol {
            Protocol::Smtp => 1,
            Protocol::Lmtp => self.mail.recipients,
        }
    }

    pub(super) fn bdat<'b>(&mut self, bdat: Bdat) -> Option<ServerEvent<'b>> {
        // Nobody has so much to send: behind a size like that there is no end to wait for.
        if i64::try_from(bdat.size).is_err() {
            let error = FrameError::Length { at: self.commands.offset(), expected: "a size below 2^63" };
            self.cut(Says::BAD_CHUNK, PeerError::Frame(error));
            return None;
        }
        let refusal = self.check_bdat(bdat).err();
        self.incoming = Some(Incoming { left: bdat.size, chunk: bdat.chunk, refusal });
        if refusal.is_none() {
            // Those behind one that was refused are counted as well.
            match &mut self.mail.chunks {
                None => return Some(self.ask(Owed::Chunk, ServerEvent::Data)),
                Some(chunks) => {
                    chunks.count = chunks.count.saturating_add(1);
                    if chunks.count > self.config.limits.chunks {
                        self.cut(Says::TOO_MANY_ERRORS, PeerError::Tiresome);
                    }
                }
            }
        }
        None
    }

    /// The octets of this BDAT are dropped, and then it is said why.
    pub(super) fn ignore<'b>(&mut self, bdat: Bdat, says: Says) -> Option<ServerEvent<'b>> {
        self.incoming = Some(Incoming { left: bdat.size, chunk: bdat.chunk, refusal: Some(says) });
        None
    }

    fn check_bdat(&self, bdat: Bdat) -> Result<(), Says> {
        let mail = &self.mail;
        if !self.offers(Extensions::CHUNKING) || !self.session.is_extended() {
            Err(Says::NOT_OFFERED)
        } else if !mail.is_open {
            Err(Says::MAIL_FIRST)
        } else if mail.recipients == 0 {
            Err(Says::NO_RECIPIENTS)
        } else if bdat.size == 0 && bdat.chunk == Chunk::More {
            Err(Says::NULL_CHUNK)
        } else {
            Ok(())
        }
    }

    /// The application takes no body.
    pub(super) fn refuse_body(&mut self, verdict: Verdict) {
        self.mail.verdict = Some(verdict);
        self.mail.chunks = Some(Chunks::default());
    }

    /// Octets that a BDAT announced.
    pub(super) fn chunk<'b>(&mut self, octets: &'b [u8]) -> Option<ServerEvent<'b>> {
        let Some(incoming) = &mut self.incoming else { return None };
        incoming.left = incoming.left.saturating_sub(octets.len() as u64);
        let is_refused = incoming.refusal.is_some();
        self.renew(octets.len());
        if is_refused {
            return None;
        }
        if let Some(chunks) = &mut self.mail.chunks {
            chunks.tally.add(octets);
        }
        self.piece(octets)
    }

    /// All of a BDAT's octets are there. In between, what is said is the machine's; behind the last, it is as behind DATA.
    pub(super) fn chunk_ended<'b>(&mut self) -> Option<ServerEvent<'b>> {
        let Incoming { chunk, refusal, .. } = self.incoming.take()?;
        if let Some(says) = refusal {
            // LMTP: an answer for each recipient, and there is none (RFC 2033 §4.3).
            let has_none =
                self.config.protocol == Protocol::Lmtp && self.mail.is_open && self.mail.recipients == 0;
            if !(has_none && chunk == Chunk::Last) {
                self.say(says);
            }
            if chunk == Chunk::Last {
                self.mail = Transaction::default();
            }
            return Some(ServerEvent::Refused(Refusal { code: says.code, line: None }));
        }
        match chunk {
            Chunk::More => {
                match &self.mail.verdict {
                    Some(verdict) => self.out.extend_from_slice(&verdict.reply),
                    None => self.say(Says::CHUNK_OK),
                }
                None
            }
            Chunk::Last => {
                let mut tally = self.mail.chunks.take().unwrap_or_default().tally;
                let strays = if self.mail.traits.is_binary { Strays::Keep } else { self.config.strays };
                tally.finish();
                match strays.judge(&tally) {
                    Ok(()) => self.whole(tally),
                    Err(_) => self.whole_but(Says::BARE_LF),
                }
            }
        }
    }

    /// Whether the octets of a BDAT are all there.
    pub(super) fn has_chunk_ended(&self) -> bool {
        self.incoming.as_ref().is_some_and(|incoming| incoming.left == 0)
    }
}
