//! The codecs and the values alone, beside the floor and, with feature `versus`, the peers.

mod codecs;

use codecs::Codec;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::time::Duration;

fn all(criterion: &mut Criterion) {
    for Codec { input, workers } in codecs::all(1 << 20) {
        let mut group = criterion.benchmark_group(&input.name);
        group.throughput(Throughput::Bytes(input.bytes() as u64));
        for mut worker in workers {
            group.bench_function(worker.name, |bencher| bencher.iter(|| worker.run(&input)));
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
    targets = all
}
criterion_main!(benches);
