//! One mail on its way.

use super::body::Writer;
use super::outcome::{At, Fates, Outcome, Scope, Verdict};
use super::plan::{Plan, Transfer};
use super::wire::Wire;
use super::{Aborted, ReplyTo};
use crate::config::ClientConfig;
use crate::data::Refused;
use crate::{Code, Command, Limits, PeerError, Protocol, Reply};
use memchr::memchr;

/// One mail on its way: the same code whether commands are pipelined or not, only the window is another one.
#[derive(Debug)]
pub(super) struct Transaction {
    plan: Plan,
    protocol: Protocol,
    limits: Limits,
    stage: Stage,
    sender: Sender,
    /// How many recipients were asked for, in octets and in number.
    said: usize,
    asked: usize,
    accepted: usize,
    fates: Fates,
    writer: Writer,
    /// What is left at the server, and has to be reset before the next mail.
    left: Left,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// MAIL and RCPT are said.
    Envelope,
    /// DATA is said.
    Asked,
    /// 354 has come without a recipient: a dot alone is due (RFC 2920 §3.1).
    Lone,
    /// The caller's octets go out.
    Body,
    /// The last piece waits until it may go out.
    Ending,
    /// The end is said.
    Ended,
    /// Only replies are due, and what they say of the body changes nothing.
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sender {
    Unsaid,
    Asked,
    Accepted,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Nothing,
    Transaction,
}

impl Transaction {
    pub(super) fn new(plan: Plan, recipients: usize, config: &ClientConfig) -> Self {
        let writer = Writer::new(plan.transfer, config.line_ends);
        Self {
            plan,
            protocol: config.protocol,
            limits: config.limits,
            stage: Stage::Envelope,
            sender: Sender::Unsaid,
            said: 0,
            asked: 0,
            accepted: 0,
            fates: Fates::new(recipients, config.limits.outcome),
            writer,
            left: Left::Nothing,
        }
    }

    /// Says what can be said now. `true`: it is over.
    pub(super) fn advance(&mut self, wire: &mut Wire) -> bool {
        match self.stage {
            Stage::Envelope => self.say_envelope(wire),
            Stage::Lone if wire.is_quiet() => {
                wire.say(ReplyTo::LoneDot, |out| out.extend_from_slice(b".\r\n"));
                self.left = Left::Nothing;
                self.stage = Stage::Over;
            }
            Stage::Ending => self.say_end(wire),
            _ => {}
        }
        self.is_over(wire)
    }

    /// Whether nothing more is to be said, and nothing is due.
    pub(super) fn is_over(&self, wire: &Wire) -> bool {
        matches!(self.stage, Stage::Over | Stage::Ended) && wire.is_quiet()
    }

    fn say_envelope(&mut self, wire: &mut Wire) {
        // So that not every reply is followed by a write of its own.
        if wire.due() > self.plan.window / 2 {
            return;
        }
        if self.sender == Sender::Refused {
            self.stage = Stage::Over;
            return;
        }
        if self.sender == Sender::Unsaid {
            self.sender = Sender::Asked;
            wire.say(ReplyTo::Mail, |out| out.append(&mut self.plan.mail));
        }
        while self.asked < self.plan.count && self.may_say(wire) {
            let rest = self.plan.recipients.get(self.said..).unwrap_or_default();
            let len = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let line = rest.get(..len).unwrap_or_default();
            wire.say(ReplyTo::Recipient(self.asked), |out| out.extend_from_slice(line));
            self.fates.asked(self.asked);
            self.said += len;
            self.asked += 1;
        }
        if self.asked < self.plan.count {
            return;
        }
        match self.plan.transfer {
            _ if wire.is_quiet() && self.accepted == 0 => self.stage = Stage::Over,
            Transfer::Data if self.may_say(wire) => {
                wire.say(ReplyTo::Data, |out| Command::Data.encode(out));
                self.stage = Stage::Asked;
            }
            Transfer::Chunks(_) if wire.is_quiet() => self.stage = Stage::Body,
            Transfer::Data | Transfer::Chunks(_) => {}
        }
    }

    /// Where nothing is due, something has to be said, or nothing will ever be heard.
    fn may_say(&self, wire: &Wire) -> bool {
        wire.is_quiet() || (wire.due() < self.plan.window && wire.waiting() < self.limits.output)
    }

    /// LMTP answers the end for each recipient, and nothing at all if a piece before it failed or none is left; so there the
    /// last piece waits until the others are answered.
    fn say_end(&mut self, wire: &mut Wire) {
        let Writer::Chunks(chunks) = &mut self.writer else { return };
        let window = if self.protocol == Protocol::Lmtp { 1 } else { self.plan.window };
        if chunks.has_room(wire, window, &self.limits) {
            chunks.finish(wire);
            self.expect_end(wire);
        }
    }

    fn expect_end(&mut self, wire: &mut Wire) {
        self.stage = Stage::Ended;
        match self.protocol {
            Protocol::Smtp => wire.expect(ReplyTo::Body),
            Protocol::Lmtp => (0..self.asked)
                .filter(|&index| self.fates.is_accepted(index))
                .for_each(|index| wire.expect(ReplyTo::RecipientBody(index))),
        }
    }

    /// Whether the caller has to hand over more of the body, or to end it.
    pub(super) fn wants_body(&self, wire: &Wire) -> bool {
        let wants = match &self.writer {
            Writer::Data(_) => true,
            Writer::Chunks(chunks) => chunks.wants(wire, self.plan.window, &self.limits),
        };
        self.stage == Stage::Body && wants
    }

    pub(super) fn is_ended(&self) -> bool {
        self.stage == Stage::Ended
    }

    pub(super) fn is_in_body(&self) -> bool {
        self.stage == Stage::Body
    }

    pub(super) fn data(&mut self, body: &[u8], wire: &mut Wire) -> Result<usize, Refused> {
        let taken = self.writer.take(body, wire, self.plan.window, &self.limits)?;
        wire.renew();
        Ok(taken)
    }

    pub(super) fn end_of_data(&mut self, wire: &mut Wire) -> Result<(), Refused> {
        self.writer.end(wire)?;
        if self.plan.transfer == Transfer::Data {
            self.expect_end(wire);
        } else {
            self.stage = Stage::Ending;
            self.say_end(wire);
        }
        Ok(())
    }

    /// Gives up, if that can be done in order: nothing that was said may become a mail without its body.
    pub(super) fn abort(&mut self) -> Aborted {
        let chunks = matches!(self.plan.transfer, Transfer::Chunks(_));
        match self.stage {
            Stage::Envelope => {}
            Stage::Body | Stage::Ending if chunks => {}
            Stage::Over | Stage::Lone => return Aborted::InOrder,
            Stage::Asked | Stage::Body | Stage::Ending | Stage::Ended => return Aborted::Closed,
        }
        self.fates.forget();
        self.left = if self.sender == Sender::Unsaid { Left::Nothing } else { Left::Transaction };
        self.stage = Stage::Over;
        Aborted::InOrder
    }

    /// Takes the reply to one of its commands.
    pub(super) fn take(&mut self, to: ReplyTo, reply: Reply<'_>) -> Result<(), PeerError> {
        let done = reply.code().is_completed();
        match to {
            ReplyTo::Mail if done => {
                self.sender = Sender::Accepted;
                self.left = Left::Transaction;
            }
            ReplyTo::Mail => {
                self.sender = Sender::Refused;
                let verdict = Verdict::of(reply, At::Mail);
                self.fates.settle_open(self.plan.count, verdict, Some(reply));
            }
            ReplyTo::Recipient(index) => self.recipient(index, reply),
            ReplyTo::Data => self.asked_for_body(reply)?,
            ReplyTo::Chunk if !done => self.body_refused(reply),
            ReplyTo::Body => {
                self.fates.settle_accepted(of_body(reply), reply);
                self.left = self.left_behind(reply);
            }
            ReplyTo::RecipientBody(index) if self.fates.is_accepted(index) => {
                self.fates.settle(index, of_body(reply), reply);
                self.left = self.left_behind(reply);
            }
            _ => {}
        }
        Ok(())
    }

    /// RFC 5321 §4.1.1.4: the end of the data clears everything, whatever the answer. Of BDAT nobody says so (RFC 3030 §2).
    fn left_behind(&self, reply: Reply<'_>) -> Left {
        match self.plan.transfer {
            Transfer::Chunks(_) if !reply.code().is_completed() => Left::Transaction,
            _ => Left::Nothing,
        }
    }

    fn recipient(&mut self, index: usize, reply: Reply<'_>) {
        let done = reply.code().is_completed();
        self.accepted += usize::from(done);
        // Nothing can come of it, whatever it says.
        if self.sender == Sender::Refused || self.stage == Stage::Over {
            return;
        }
        if done {
            return self.fates.accepted(index);
        }
        let verdict = match self.accepted {
            0 => Verdict::of(reply, At::Recipient),
            _ => Verdict::of_further_recipient(reply),
        };
        self.fates.settle(index, verdict, reply);
    }

    fn asked_for_body(&mut self, reply: Reply<'_>) -> Result<(), PeerError> {
        let code = reply.code();
        if code == Code::START_MAIL_INPUT {
            self.stage = match (self.sender, self.accepted) {
                (Sender::Accepted, 1..) => Stage::Body,
                // How many replies would follow upon the dot can't be known.
                (_, 0) if self.protocol == Protocol::Smtp => Stage::Lone,
                // A dot alone would be an empty mail to somebody, from nobody.
                _ => return Err(PeerError::Unexpected(code)),
            };
            return Ok(());
        }
        if code.is_completed() {
            return Err(PeerError::Unexpected(code));
        }
        self.body_refused(reply);
        Ok(())
    }

    fn body_refused(&mut self, reply: Reply<'_>) {
        self.fates.settle_accepted(Verdict::of(reply, At::Body), reply);
        self.stage = Stage::Over;
    }

    /// A reply where none is due, in the middle of the body: it is the last word, if it is one at all.
    pub(super) fn interrupted(&mut self, reply: Reply<'_>) -> bool {
        let refused = !reply.code().is_completed() && !reply.code().is_intermediate();
        if refused {
            self.fates.settle_accepted(Verdict::of(reply, At::Body), reply);
        }
        refused
    }

    /// The session ends here, whatever was on its way.
    pub(super) fn end(mut self, end: End<'_>) -> Outcome {
        let count = self.plan.count;
        match end {
            End::Closing(reply) => {
                self.fates.settle_open(count, Verdict::of(reply, At::Body), Some(reply));
            }
            End::Lost if self.stage == Stage::Ended => {
                self.fates.settle_open(count, Verdict::Ambiguous, None);
            }
            End::Lost => self.fates.settle_open(count, Verdict::Transient(Scope::Host), None),
            End::GivenUp => self.fates.forget(),
        }
        self.fates.finish()
    }

    /// It is over, in order.
    pub(super) fn finish(mut self) -> (Outcome, Left) {
        // Whatever was accepted and had no body was given up.
        self.fates.forget();
        (self.fates.finish(), self.left)
    }
}

/// How a session can end in the middle of a mail.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// The server says 421.
    Closing(Reply<'a>),
    /// The connection is lost, or the server can't be understood any more.
    Lost,
    /// The caller gives up.
    GivenUp,
}

fn of_body(reply: Reply<'_>) -> Verdict {
    if reply.code().is_completed() { Verdict::Delivered } else { Verdict::of(reply, At::Body) }
}
