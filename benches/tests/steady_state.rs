//! Once it is warm, an index costs no allocation, whatever the mail.

use mailwire::message::{Index, Parser};
use mailwire_benches::allocations::{Counting, count};
use mailwire_testkit::mail;

#[path = "../inputs.rs"]
mod inputs;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn the_counter_counts() {
    let (bytes, allocations) = count(|| vec![1_u8, 2, 3]);
    assert_eq!((bytes.len(), allocations), (3, 1));
    let ((), allocations) = count(|| drop(bytes));
    assert_eq!(allocations, 0);
}

#[test]
fn indexing_allocates_nothing_in_steady_state() {
    let parser = Parser::new();
    let mut index = Index::new();
    let mut inputs = inputs::small();
    inputs.extend([mail::newsletter(47_000), mail::attachment(100_000), mail::nested(100)]);
    for mail in &inputs {
        parser.index_into(mail, &mut index);
    }
    for mail in &inputs {
        let ((), allocations) = count(|| parser.index_into(mail, &mut index));
        assert_eq!(allocations, 0, "{}", mail[..200].escape_ascii());
    }
}
