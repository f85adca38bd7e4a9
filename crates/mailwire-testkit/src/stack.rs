//! A stack on which recursion that follows the input does not survive.

use std::thread;

/// Runs `test` on a stack of 256 KiB.
///
/// # Panics
///
/// When `test` does. When it needs more than that, the whole process ends.
pub fn small(test: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(256 * 1024).spawn_scoped(scope, test).unwrap();
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    });
}
