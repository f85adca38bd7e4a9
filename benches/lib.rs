//! What the benches share: the work, and who does it.
//!
//! * [`work`]: the three kinds of work that are compared, and all who do them: [`ours`], the peers with feature
//!   `versus`, and the [`floor`];
//! * [`allocations`]: an allocator that counts.
//!
//! What is read stands in `inputs.rs` (mails, real ones where they are at hand, made-up ones everywhere) and `codecs.rs`
//! (the codecs and the typed values, without a mail around them). `message.rs` and `encoding.rs` are benches that watch
//! one machine over time, `ratios.rs` prints one table of everybody side by side, and `icount.rs` with `icount.sh`
//! counts instructions, which are the same on every run.

pub mod allocations;
pub mod floor;
#[cfg(feature = "versus")]
pub mod imap_peers;
pub mod ours;
#[cfg(feature = "versus")]
pub mod peers;
#[cfg(feature = "versus")]
pub mod wire_peers;
pub mod work;
