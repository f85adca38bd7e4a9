//! What the processor can do. For the crates of this family: no part of the interface.

use fearless_simd::Level;

#[cfg(feature = "std")]
static LEVEL: std::sync::OnceLock<Level> = std::sync::OnceLock::new();

/// The widest vectors of this processor, asked at run time.
#[cfg(feature = "std")]
#[inline]
pub fn level() -> Level {
    match LEVEL.get() {
        Some(level) => *level,
        None => ask(),
    }
}

#[cfg(feature = "std")]
#[cold]
#[inline(never)]
fn ask() -> Level {
    *LEVEL.get_or_init(Level::new)
}

/// The vectors that every processor of the target has.
#[cfg(not(feature = "std"))]
#[inline]
pub fn level() -> Level {
    Level::baseline()
}
