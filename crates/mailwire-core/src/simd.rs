//! What the processor can do. For the crates of this family: no part of the interface.

use fearless_simd::Level;

/// The widest vectors of this processor, asked at run time.
#[cfg(feature = "std")]
pub fn level() -> Level {
    static LEVEL: std::sync::LazyLock<Level> = std::sync::LazyLock::new(Level::new);
    *LEVEL
}

/// The vectors that every processor of the target has.
#[cfg(not(feature = "std"))]
pub fn level() -> Level {
    Level::baseline()
}
