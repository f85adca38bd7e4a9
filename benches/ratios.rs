//! One table: for each kind of work and each input, everybody who does it, beside the floor, in one process and in
//! turns. Words given as arguments choose the rows whose name has one of them in it: `structure/small`, `newsletter`,
//! `hostile` (those are left out unless they are asked for).
//!
//! Times are the least of many rounds: what the work takes when nothing else happens.

mod codecs;
mod imap;
mod inputs;
mod wire;

use codecs::Codec;
use mailwire_benches::allocations::{Counting, count};
use mailwire_benches::work::{self, Input, Work, Worker};
use std::env;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How long everybody works on one row, warming up not counted.
const TIME_EACH: Duration = Duration::from_millis(400);
/// How long one measurement lasts, at least: long enough for the clock, short enough to be left alone often.
const TIME_ONCE: Duration = Duration::from_micros(300);

fn main() {
    // Cargo adds `--bench`.
    let filter: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let chosen = |name: &str| filter.is_empty() || filter.iter().any(|word| name.contains(word.as_str()));
    let hostile = filter.iter().any(|word| word.starts_with("hostile"));
    let mut inputs = inputs::all();
    if hostile {
        inputs.extend(inputs::hostile(25_000));
    }
    let mut summary = Vec::new();
    println!("ratio: how many times the time of the first row; items are mails; MB/s over the whole mail");
    for work in Work::ALL {
        for input in &inputs {
            let name = format!("{}/{}", work.name(), input.name);
            if chosen(&name) || (hostile && input.name.starts_with("hostile")) {
                // What a peer makes of the hostile is not our affair.
                let ours_alone = input.name.starts_with("hostile");
                let mut workers = work::workers(work);
                workers.retain(|worker| !ours_alone || ["mailwire", "floor"].contains(&worker.name));
                let floor = work::bytes_to_look_at(work, input);
                let rows = measure(input, &floor, workers);
                print(&name, input, &rows);
                summary.push((name, rows));
            }
        }
    }
    for Codec { input, workers } in
        codecs::all(1 << 20).into_iter().chain(wire::all(1 << 20)).chain(imap::all())
    {
        if chosen(&input.name) {
            let rows = measure(&input, &input, workers);
            print(&input.name, &input, &rows);
            summary.push((input.name, rows));
        }
    }
    print_summary(&summary);
}

/// What one worker needs for one pass over an input.
struct Row {
    name: &'static str,
    time: f64,
    allocations: u64,
}

struct Contest<'i> {
    worker: Worker,
    input: &'i Input,
    passes: u32,
    best: f64,
}

fn measure(input: &Input, floor: &Input, workers: Vec<Worker>) -> Vec<Row> {
    let mut contests: Vec<Contest<'_>> = workers
        .into_iter()
        .map(|mut worker| {
            let input = if worker.name == "floor" { floor } else { input };
            // The first pass warms up; from the second one it is known how many are needed.
            worker.run(input);
            let once = time(|| worker.run(input)).min(time(|| worker.run(input)));
            let passes = (TIME_ONCE.as_secs_f64() / once).ceil().clamp(1.0, 1e6) as u32;
            Contest { worker, input, passes, best: f64::MAX }
        })
        .collect();
    let mut left = TIME_EACH.as_secs_f64() * contests.len() as f64;
    let mut rounds = 0;
    while left > 0.0 || rounds < 10 {
        for Contest { worker, input, passes, best } in &mut contests {
            // Not timed: what the others left in the cache is not their affair.
            worker.run(input);
            let taken = time(|| (0..*passes).for_each(|_| worker.run(input)));
            left -= taken;
            *best = best.min(taken / f64::from(*passes));
        }
        rounds += 1;
    }
    let row = |Contest { mut worker, input, best, .. }: Contest<'_>| {
        let ((), allocations) = count(|| worker.run(input));
        Row { name: worker.name, time: best, allocations }
    };
    contests.into_iter().map(row).collect()
}

#[expect(clippy::disallowed_methods, reason = "a bench has to look at the clock")]
fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn print(name: &str, input: &Input, rows: &[Row]) {
    let items = input.mails.len();
    println!("\n{name}  ({items} items, {} bytes)", input.bytes());
    println!("  {:<26}{:>14}{:>12}{:>14}{:>9}", "", "ns/item", "MB/s", "allocs/item", "ratio");
    let ours = rows.first().map_or(1.0, |row| row.time);
    for row in rows {
        println!(
            "  {:<26}{:>14.1}{:>12.0}{:>14.2}{:>9.2}",
            row.name,
            row.time * 1e9 / items as f64,
            input.bytes() as f64 / row.time / 1e6,
            row.allocations as f64 / items as f64,
            row.time / ours,
        );
    }
}

/// The peers as columns: the quickest of the rows that begin with each name.
const COLUMNS: &[&str] = &[
    "mail-parser lean",
    "mail-parser",
    "mailparse",
    "smtp-proto",
    "lettre",
    "imap-proto",
    "imap-codec",
    "floor",
];

fn print_summary(summary: &[(String, Vec<Row>)]) {
    let heads: String = COLUMNS.iter().map(|column| format!("{column:>18}")).collect();
    println!("\n{:<30}{heads}", "time of each by ours");
    for (name, rows) in summary {
        let ours = rows.first().map_or(1.0, |row| row.time);
        let times = COLUMNS.iter().map(|column| {
            let is_in = |row: &&Row| row.name == *column || row.name == format!("{column}, reused");
            rows.iter().filter(is_in).map(|row| row.time).min_by(f64::total_cmp)
        });
        let cells: String = times
            .map(|time| time.map_or("-".to_owned(), |time| format!("{:.2}", time / ours)))
            .map(|cell| format!("{cell:>18}"))
            .collect();
        println!("{name:<30}{cells}");
    }
}
