//! All cores at work on a list, the results in its order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Gives each item to whichever thread is free and hands the results on in the order of the items, until `done` says
/// to stop. Every thread has a worker of its own, which keeps its memory from one item to the next.
pub fn in_order<T, R, W>(
    items: &[T],
    threads: usize,
    worker: impl Fn() -> W + Sync,
    mut done: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Sync,
    R: Send,
    W: FnMut(&T) -> R,
{
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (results, arriving) = mpsc::sync_channel(threads * 64);
        for _ in 0..threads {
            let results = results.clone();
            let (next, worker) = (&next, &worker);
            scope.spawn(move || {
                let mut work = worker();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    if results.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(results);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, result) in arriving {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                if done(result).is_break() {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_until_told_to_stop() {
        let items: Vec<u32> = (0..10_000).collect();
        let mut seen = Vec::new();
        let worker = || |item: &u32| item * 2;
        in_order(&items, 4, worker, |result| {
            seen.push(result);
            if seen.len() < 5000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(seen, (0..5000).map(|item| item * 2).collect::<Vec<_>>());
    }
}
