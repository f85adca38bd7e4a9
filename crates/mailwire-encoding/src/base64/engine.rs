//! The engine that turns digits into bytes where nothing is irregular.

use ::base64::Engine;
use ::base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

/// Padding is for the careful decoder to judge, never for the engine.
const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::RequireNone);

/// The fastest engine of this processor, chosen at run time.
#[cfg(all(feature = "std", any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn engine() -> &'static impl Engine {
    use ::base64::engine::Simd;
    static ENGINE: std::sync::LazyLock<Simd> = std::sync::LazyLock::new(|| Simd::standard(CONFIG));
    &*ENGINE
}

/// The engine of every processor.
#[cfg(not(all(feature = "std", any(target_arch = "x86_64", target_arch = "aarch64"))))]
pub(super) fn engine() -> &'static impl Engine {
    use ::base64::{alphabet::STANDARD, engine::GeneralPurpose};
    static ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
    &ENGINE
}
