//! Bodies on the wire: behind DATA up to the dot, and in the pieces of BDAT.
//!
//! ```text
//!   receiving   DataReader    chunks of content, then a frame that says what was in it
//!               CommandReader gives the octets of BDAT; a Tally counts them, Strays judges
//!   sending     DataWriter    slices of the body with dots between them, then the end
//!               ChunkWriter   a BDAT line for each piece, with the count of what follows
//! ```
//!
//! An octet that ends a line to one reader and not to another (a bare CR, a bare LF) is how one mail is made into two. A
//! receiver keeps reading to the true end, and then [refuses](Strays::Refuse); a writer refuses before such an octet leaves.

mod chunk_writer;
mod reader;
mod strays;

pub use chunk_writer::{ChunkError, ChunkWriter, Content, WireChunk};
pub use mailwire_core::dots::{LineEnds, Refused, Stuffed, Stuffer as DataWriter};
pub use reader::{DataItem, DataReader, EndOfData};
pub use strays::Strays;
