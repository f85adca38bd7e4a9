//! The schedule, by its naive twin: a queue that is looked at every minute.

use core::time::Duration;
use mailwire_smtp::RetryPolicy;
use mailwire_smtp::retry::Retry;

const MINUTE: Duration = Duration::from_secs(60);

fn attempts(policy: RetryPolicy, jitter: u16) -> (Vec<Duration>, Vec<Duration>) {
    let (mut at, mut noticed) = (vec![Duration::ZERO], Vec::new());
    loop {
        let now = *at.last().unwrap();
        if at.len() > 1 && policy.is_notice_due(at[at.len() - 2], now) {
            noticed.push(now);
        }
        match policy.next(u32::try_from(at.len()).unwrap(), now, jitter) {
            Retry::After(wait) => at.push(now + wait),
            Retry::GiveUp => return (at, noticed),
        }
        assert!(at.len() < 1000);
    }
}

#[test]
fn two_attempts_in_the_first_hour_then_one_every_two_or_three() {
    for jitter in [0, 1, 30_000, u16::MAX] {
        let (at, noticed) = attempts(RetryPolicy::default(), jitter);
        assert_eq!(at.iter().filter(|&&at| at < 60 * MINUTE).count(), 2);
        assert!(at[1] >= 30 * MINUTE);
        for pair in at.windows(2).skip(1) {
            let wait = pair[1].checked_sub(pair[0]).unwrap();
            assert!(wait <= 180 * MINUTE && (wait >= 120 * MINUTE || pair[1] == *at.last().unwrap()));
        }
        assert_eq!(*at.last().unwrap(), 5 * 24 * 60 * MINUTE);
        assert_eq!(noticed.len(), 1);
        assert!(noticed[0] >= 240 * MINUTE && noticed[0] < 7 * 60 * MINUTE);
    }
}

#[test]
fn odd_policies_do_not_go_on_for_ever() {
    let never = RetryPolicy::default().with_give_up(Duration::ZERO);
    assert_eq!(never.next(1, Duration::ZERO, 9), Retry::GiveUp);
    let long = RetryPolicy::default()
        .with_first(Duration::MAX)
        .with_later(Duration::MAX)
        .with_give_up(Duration::MAX);
    assert_eq!(
        long.next(u32::MAX, MINUTE, u16::MAX),
        Retry::After(Duration::MAX.checked_sub(MINUTE).unwrap())
    );
    assert_eq!(long.next(0, Duration::MAX, u16::MAX), Retry::GiveUp);
}
