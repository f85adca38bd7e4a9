//! Readers: the stream of one direction, cut into its frames.

mod reply;

pub use reply::ReplyReader;
