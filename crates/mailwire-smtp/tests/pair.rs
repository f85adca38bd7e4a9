//! Our client and our server over a hostile wire: octet by octet, cut anywhere, broken anywhere.

use mailwire_testkit::invariants::smtp_mails;

#[test]
fn both_sides_agree_on_ten_thousand_mails() {
    let (mut mails, mut delivered) = (0, 0);
    for seed in 0.. {
        let (more, there) = smtp_mails(seed);
        mails += more;
        delivered += there;
        if mails >= 10_000 {
            break;
        }
    }
    println!("{mails} mails, {delivered} recipients have theirs");
    assert!(delivered > 5_000, "{delivered}");
}
