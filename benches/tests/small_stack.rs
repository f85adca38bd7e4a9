//! Hostile mails are read whole on a stack of 256 KiB.

use mailwire::message::Parser;
use mailwire_benches::ours;
use mailwire_testkit::{generate, stack};

#[test]
fn hostile_mails_are_read_whole_on_a_small_stack() {
    let parser = Parser::new();
    for (name, mail) in generate::all_as_mails(200_000) {
        println!("{name}");
        stack::small(|| ours::read_all(&parser.parse(&mail), &mut Vec::new()));
    }
}
