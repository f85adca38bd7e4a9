//! Values made by hand are written and read again as the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "roundtrip/bodies.rs"]
mod bodies;
#[path = "roundtrip/command.rs"]
mod command;
#[path = "roundtrip/make.rs"]
mod make;
#[path = "roundtrip/names.rs"]
mod names;
#[path = "roundtrip/response.rs"]
mod response;
