//! The folder of test data that may lie beside the repository, and is never part of it.

use std::env;
use std::path::PathBuf;

/// The folder `shared` beside the repository, looked for at run time; `None`, and one line that says so, where
/// there is none. A test that needs it then has nothing to do and returns.
pub fn folder() -> Option<PathBuf> {
    let found = beside();
    if found.is_none() {
        println!("skipped: ../shared is not here");
    }
    found
}

fn beside() -> Option<PathBuf> {
    // Cargo tells a test where its package lies; a binary run by hand starts from where it stands.
    let start = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).or_else(|| env::current_dir().ok())?;
    let root = start
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("crates").is_dir())?;
    let shared = root.parent()?.join("shared");
    shared.is_dir().then_some(shared)
}
