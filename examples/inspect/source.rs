//! Where mails come from.

use crate::mailbox;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{borrow::Cow, fs};

const SAMPLE: &[u8] = include_bytes!("sample.eml");

/// One mail that is still to be read.
#[derive(Debug)]
pub struct Source {
    place: Place,
    /// As a person would write it.
    pub shown: String,
    /// As `--json` names it: from the name of the directory that was asked for, or the name alone.
    pub file: String,
    /// Whether a directory brought it.
    pub listed: bool,
}

#[derive(Debug)]
enum Place {
    Sample,
    Stdin,
    File(PathBuf),
}

impl Source {
    pub fn sample() -> Self {
        let name = "sample.eml";
        Self { place: Place::Sample, shown: name.to_owned(), file: name.to_owned(), listed: false }
    }

    fn stdin() -> Self {
        Self { place: Place::Stdin, shown: "standard input".to_owned(), file: "-".to_owned(), listed: false }
    }

    fn file(path: PathBuf) -> Self {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { shown: path.to_string_lossy().into_owned(), place: Place::File(path), file, listed: false }
    }

    /// All of it, in memory.
    pub fn read(&self) -> io::Result<Cow<'static, [u8]>> {
        match &self.place {
            Place::Sample => Ok(Cow::Borrowed(SAMPLE)),
            Place::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
            Place::File(path) => fs::read(path).map(Cow::Owned),
        }
    }
}

/// What the paths of the command line stand for: files in their order, directories with all below them, sorted.
/// What can't be listed goes to `failed` and is left out.
pub fn collect(paths: &[OsString], mut failed: impl FnMut(&Path, &io::Error)) -> Vec<Source> {
    let mut sources = Vec::new();
    for path in paths {
        let path = Path::new(path);
        if path == Path::new("-") {
            sources.push(Source::stdin());
        } else if path.is_dir() {
            let name = name_of(path);
            for found in files_below(path, &mut failed) {
                let file = relative(&name, path, &found);
                let shown = found.to_string_lossy().into_owned();
                sources.push(Source { place: Place::File(found), shown, file, listed: true });
            }
        } else {
            sources.push(Source::file(path.to_owned()));
        }
    }
    sources
}

/// The name of a directory, also of one called `.` or `..`; empty for a file system's root.
fn name_of(directory: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let full = || fs::canonicalize(directory).ok().and_then(|full| name(&full));
    name(directory).or_else(full).unwrap_or_default()
}

/// `found` as seen from the parent of `directory`, with `/` between its parts on every system.
fn relative(name: &str, directory: &Path, found: &Path) -> String {
    let mut file = name.to_owned();
    for part in found.strip_prefix(directory).unwrap_or(found) {
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str(&part.to_string_lossy());
    }
    file
}

/// Every file below, sorted; of a Maildir only its mails. Links to files count, links to directories are not followed: they may lead in a circle.
fn files_below(directory: &Path, failed: &mut impl FnMut(&Path, &io::Error)) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) => {
                failed(&directory, &error);
                continue;
            }
        };
        let is_maildir = mailbox::is_maildir(&directory);
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, kind)) if is_maildir && mailbox::is_no_mail(&path, kind) => {}
                Ok((path, kind)) if kind.is_dir() => open.push(path),
                Ok((path, kind)) if kind.is_file() || path.is_file() => files.push(path),
                Ok(_) => {}
                Err(error) => failed(&directory, &error),
            }
        }
    }
    files.sort_unstable();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_at_the_directory_that_was_asked_for() {
        let below = |directory: &str, found: &str| {
            let directory = Path::new(directory);
            relative(&name_of(directory), directory, Path::new(found))
        };
        assert_eq!(below("/mail/open", "/mail/open/a/1.eml"), "open/a/1.eml");
        assert_eq!(below("/mail/open/", "/mail/open/1.eml"), "open/1.eml");
        assert_eq!(below("/", "/1.eml"), "1.eml");
        let here = std::env::current_dir().unwrap();
        let here = here.file_name().unwrap().to_string_lossy();
        assert_eq!(below(".", "./a/1.eml"), format!("{here}/a/1.eml"));
    }

    #[test]
    fn files_are_found_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources =
            collect(&[root.join("inspect").into()], |path, error| panic!("{}: {error}", path.display()));
        let files: Vec<_> = sources.iter().map(|source| source.file.as_str()).collect();
        assert!(files.is_sorted());
        assert!(files.contains(&"inspect/sample.eml"));
        assert!(sources.iter().all(|source| source.listed));
    }

    #[test]
    fn a_file_has_its_own_name() {
        let sources = collect(&["some/where.eml".into(), "-".into()], |_, _| {});
        assert_eq!(sources[0].file, "where.eml");
        assert_eq!(sources[0].shown, "some/where.eml");
        assert_eq!(sources[1].file, "-");
    }

    #[test]
    fn of_a_maildir_only_mails_are_read() {
        let root = std::env::temp_dir().join(format!("mailwire-maildir-{}", std::process::id()));
        for file in ["cur/1:2,S", "new/2", "tmp/3", "uidlist", ".Sent/cur/4:2,", concat!("other/", "tmp/5")] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "To: a\n\n").unwrap();
        }
        let names = |sources: Vec<Source>| -> Vec<String> {
            let name = |source: Source| source.file.split_once('/').unwrap().1.to_owned();
            sources.into_iter().map(name).collect()
        };
        let found =
            names(collect(&[root.clone().into()], |path, error| panic!("{}: {error}", path.display())));
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, [".Sent/cur/4:2,", "cur/1:2,S", "new/2", concat!("other/", "tmp/5")]);
    }
}
