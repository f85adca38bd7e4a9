//! When a mail that failed for now is tried again ([RFC 5321 §4.5.4.1]).
//!
//! [RFC 5321 §4.5.4.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1

use core::time::Duration;

/// When a mail that failed for now is tried again, and when its sender is told of it. It has no clock: ages are arguments.
///
/// "The retry interval SHOULD be at least 30 minutes"; "two connection attempts in the first hour the message is in the queue,
/// and then backing off to one every two or three hours"; "the give-up time generally needs to be at least 4-5 days".
///
/// ```
/// use core::time::Duration;
/// use mailwire_smtp::RetryPolicy;
/// use mailwire_smtp::retry::Retry;
///
/// const HOUR: Duration = Duration::from_secs(3600);
/// let policy = RetryPolicy::default();
/// // The first attempt failed as soon as the mail was there.
/// assert_eq!(policy.next(1, Duration::ZERO, 0), Retry::After(HOUR / 2));
/// // A fourth one failed, and the caller's random number is as large as it can be.
/// assert_eq!(policy.next(4, 6 * HOUR, u16::MAX), Retry::After(11 * HOUR / 4));
/// assert_eq!(policy.next(50, 120 * HOUR, 0), Retry::GiveUp);
/// // Four hours are over since the attempt before this one: the sender is told that it takes long.
/// assert!(policy.is_notice_due(3 * HOUR, 5 * HOUR));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// From the first attempt to the second: 30 minutes.
    pub first: Duration,
    /// From each later attempt to the next: two and a half hours.
    pub later: Duration,
    /// The age at which a mail is given up: five days. There is one attempt at that age.
    pub give_up: Duration,
    /// The age at which the sender is told that it takes long: four hours.
    pub notice: Duration,
}

/// What becomes of a mail that failed for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no third")]
pub enum Retry {
    /// It is tried again, so long from now.
    After(Duration),
    /// It is not tried again, and the sender is told (RFC 5321 §4.5.4.1, §6.1).
    GiveUp,
}

const MINUTE: Duration = Duration::from_secs(60);

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl RetryPolicy {
    /// What the RFC recommends, as said at each field.
    pub const DEFAULT: Self = Self {
        first: MINUTE.saturating_mul(30),
        later: MINUTE.saturating_mul(150),
        give_up: MINUTE.saturating_mul(5 * 24 * 60),
        notice: MINUTE.saturating_mul(4 * 60),
    };

    /// The same with another [`first`](Self::first) interval.
    #[must_use]
    pub const fn with_first(self, first: Duration) -> Self {
        Self { first, ..self }
    }

    /// The same with another [`later`](Self::later) interval.
    #[must_use]
    pub const fn with_later(self, later: Duration) -> Self {
        Self { later, ..self }
    }

    /// The same with another age to [`give_up`](Self::give_up).
    #[must_use]
    pub const fn with_give_up(self, give_up: Duration) -> Self {
        Self { give_up, ..self }
    }

    /// The same with another age for the [`notice`](Self::notice).
    #[must_use]
    pub const fn with_notice(self, notice: Duration) -> Self {
        Self { notice, ..self }
    }

    /// When the next attempt is, after `attempts` that failed, for a mail that is in the queue since `age`.
    ///
    /// The jitter is a random number of the caller's, so that what failed together is not tried together: it makes the interval
    /// up to a tenth longer, at most by what is left until the mail is given up.
    pub fn next(&self, attempts: u32, age: Duration, jitter: u16) -> Retry {
        let Some(left) = self.give_up.checked_sub(age).filter(|left| !left.is_zero()) else {
            return Retry::GiveUp;
        };
        let interval = if attempts <= 1 { self.first } else { self.later };
        let spread = (interval / 10).saturating_mul(u32::from(jitter)) / u32::from(u16::MAX);
        Retry::After(interval.saturating_add(spread).min(left))
    }

    /// Whether the sender is to be told, after an attempt at this `age`, that it takes long: once, when the age for the
    /// [`notice`](Self::notice) has passed since the attempt before it.
    pub fn is_notice_due(&self, age_before: Duration, age: Duration) -> bool {
        age_before < self.notice && self.notice <= age
    }
}
