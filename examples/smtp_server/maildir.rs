//! A Maildir that has a mail, or does not have it.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder with `tmp`, `new` and `cur` in it.
pub struct Maildir {
    root: PathBuf,
    host: String,
    started: u64,
    count: AtomicU64,
}

impl Maildir {
    /// Opens it, and makes what is not there.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn open(root: &Path, host: &str, now: u64) -> io::Result<Self> {
        for folder in ["tmp", "new", "cur"] {
            fs::create_dir_all(root.join(folder))?;
        }
        let host = host.replace(['/', ':'], "_");
        Ok(Self { root: root.into(), host, started: now, count: AtomicU64::new(0) })
    }

    /// A new mail, which nobody sees yet.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn begin(&self) -> io::Result<Delivery> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.P{}Q{count}.{}", self.started, std::process::id(), self.host);
        let tmp = self.root.join("tmp").join(&name);
        let file = OpenOptions::new().write(true).create_new(true).open(&tmp)?;
        let new = self.root.join("new").join(&name);
        Ok(Delivery { file: Some(BufWriter::with_capacity(64 * 1024, file)), tmp, new, name })
    }
}

/// A mail that is being written. It is gone if it is not committed.
pub struct Delivery {
    #[allow(clippy::disallowed_types, reason = "an example does I/O")]
    file: Option<BufWriter<fs::File>>,
    tmp: PathBuf,
    new: PathBuf,
    name: String,
}

impl Delivery {
    /// What the mail is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes some of it. Lines end in LF in a Maildir, as Unix has it.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.write_all(octets),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Puts it where it is seen, for good: behind this it is there whatever happens to the machine.
    ///
    /// # Errors
    ///
    /// Those of the file system; the mail is not there then.
    pub fn commit(mut self) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Err(io::ErrorKind::NotFound.into()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&self.tmp, &self.new)?;
        // The name is in the folder only when the folder is on the disk.
        let folder = self.new.parent().unwrap_or(Path::new("."));
        OpenOptions::new().read(true).open(folder)?.sync_all()
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        // Behind a commit there is nothing left under this name.
        _ = fs::remove_file(&self.tmp);
    }
}
