//! Mails, by kind of work: the structure, the headers, everything; and everything over what is hostile, at n and 4n.
//! Each beside the floor and, with feature `versus`, the peers.

mod inputs;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mailwire_benches::work::{self, Work};
use std::time::Duration;

fn mails(criterion: &mut Criterion) {
    let inputs = inputs::all();
    for work in Work::ALL {
        for input in &inputs {
            let mut group = criterion.benchmark_group(format!("{}/{}", work.name(), input.name));
            for mut worker in work::workers(work) {
                let floor = work::bytes_to_look_at(work, input);
                let input = if worker.name == "floor" { &floor } else { input };
                group.throughput(Throughput::Bytes(input.bytes() as u64));
                group.bench_function(worker.name, |bencher| bencher.iter(|| worker.run(input)));
            }
            group.finish();
        }
    }
}

fn hostile(criterion: &mut Criterion) {
    let mut ours =
        [Work::Structure, Work::Everything].map(|work| (work, mailwire_benches::ours::worker(work)));
    for input in inputs::hostile(25_000) {
        let mut group = criterion.benchmark_group(&input.name);
        group.throughput(Throughput::Bytes(input.bytes() as u64));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(50))
            .measurement_time(Duration::from_millis(100));
        for (work, worker) in &mut ours {
            group.bench_function(work.name(), |bencher| bencher.iter(|| worker.run(&input)));
        }
        group.finish();
    }
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600))
        .without_plots()
}

criterion_group! {
    name = benches;
    config = short();
    targets = mails, hostile
}
criterion_main!(benches);
