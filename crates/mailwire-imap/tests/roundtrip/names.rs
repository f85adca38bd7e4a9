//! Names in modified UTF-7, and sets.

use mailwire_imap::IString;
use mailwire_imap::mailbox::{self, MailboxName, Names};
use mailwire_imap::set::{Runs, SequenceSet};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #[test]
    fn sets_in_runs(numbers in vec(1_u32.., 0..50), most in 1_usize..40) {
        let runs: Runs = numbers.iter().copied().collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let split: Vec<u32> = runs
            .split_by_bytes(most)
            .flat_map(|set| SequenceSet::new(&set).unwrap().numbers().collect::<Vec<_>>())
            .collect();
        prop_assert_eq!(split, sorted);
    }

    #[test]
    fn names_in_modified_utf_7(name in "\\PC{0,12}") {
        let wire = mailbox::encode(&name);
        prop_assert!(wire.is_ascii());
        prop_assert_eq!(mailbox::decode(wire.as_bytes()), Some(name.clone()));
        prop_assert_eq!(MailboxName::new(wire.as_str().into()).decoded(Names::ModifiedUtf7), name);
    }

    #[test]
    fn any_octets_are_decoded_without_harm(wire in vec(any::<u8>(), 0..20)) {
        let _ = mailbox::decode(&wire);
        let _ = MailboxName::new(IString::new(&wire)).decoded(Names::ModifiedUtf7);
    }
}
