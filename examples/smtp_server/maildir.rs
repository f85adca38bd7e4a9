//! A Maildir that has a mail, or does not have it.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A folder with `tmp`, `new` and `cur` in it.
pub struct Maildir {
    root: PathBuf,
    host: String,
    started: Duration,
    count: AtomicU64,
}

impl Maildir {
    /// Opens it, and makes what is not there.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn open(root: &Path, host: &str, now: Duration) -> io::Result<Self> {
        let made =
            root.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).count();
        for folder in ["tmp", "new", "cur"] {
            fs::create_dir_all(root.join(folder))?;
        }
        let root = root.canonicalize()?;
        // What is in a folder whose own name is lost is lost as well.
        for folder in root.ancestors().take(made + 1) {
            sync(folder)?;
        }
        let host = host.replace(['/', ':'], "_");
        Ok(Self { root, host, started: now, count: AtomicU64::new(0) })
    }

    /// A new mail, which nobody sees yet.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn begin(&self) -> io::Result<Delivery> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        // Another process of the same number may have been started in the same second: the first one of a container.
        let (seconds, micros) = (self.started.as_secs(), self.started.subsec_micros());
        let name = format!("{seconds}.M{micros}P{}Q{count}.{}", std::process::id(), self.host);
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

    /// Writes some of it, as it came: with CRLF.
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
        // Unlike a rename this overwrites nothing. The other name goes with the delivery.
        fs::hard_link(&self.tmp, &self.new)?;
        // The name is in the folder only when the folder is on the disk.
        sync(self.new.parent().unwrap_or(Path::new("."))).inspect_err(|_| _ = fs::remove_file(&self.new))
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).open(folder)?.sync_all()
}

impl Drop for Delivery {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.tmp);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mail was lost to one of the same name.
    #[test]
    fn nothing_is_overwritten() -> io::Result<()> {
        let root = std::env::temp_dir().join(format!("mailwire-maildir-{}", std::process::id()));
        let maildir = || Maildir::open(&root.join("not/there/yet"), "mx.test", Duration::from_secs(1));
        let mut first = maildir()?.begin()?;
        first.write(b"first")?;
        first.commit()?;
        let second = maildir()?.begin()?;
        let (tmp, new) = (second.tmp.clone(), second.new.clone());
        assert_eq!(second.commit().map_err(|error| error.kind()), Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read(new)?, b"first");
        assert!(!tmp.exists());
        fs::remove_dir_all(root)
    }
}
