//! What the processor can do.

use fearless_simd::Level;

/// The widest vectors of this processor, asked at run time.
#[cfg(feature = "std")]
pub(crate) fn level() -> Level {
    static LEVEL: std::sync::LazyLock<Level> = std::sync::LazyLock::new(Level::new);
    *LEVEL
}

/// The vectors that every processor of the target has.
#[cfg(not(feature = "std"))]
pub(crate) fn level() -> Level {
    Level::baseline()
}
