//! What no compiler checks: who may import whom, how long a file may get, what a package must carry, and which
//! words must not be in the tree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// Who may import whom. A crate that is not listed may be imported by nobody, and imports nobody.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("encoding", &["core"]),
    ("address", &["core", "encoding"]),
    ("message", &["core", "encoding", "address"]),
    ("sasl", &["core"]),
    ("smtp", &["core", "address", "sasl", "message"]),
    ("pop3", &["core", "sasl"]),
    ("imap", &["core", "address", "sasl", "message"]),
    ("mailwire", &["core", "encoding", "address", "message", "sasl", "smtp", "pop3", "imap"]),
];

/// What may be imported only as an optional dependency: (who, whom).
const ONLY_OPTIONAL: &[(&str, &str)] = &[("address", "encoding"), ("smtp", "message"), ("imap", "message")];

/// The same roles in each protocol crate, as a file or as a folder. Two names stand for one role.
const ROLES: &[&[&str]] = &[&["command"], &["reply", "response"], &["capability"], &["reader"]];

/// What a protocol crate has besides, all of it or nothing, once it has session machines.
const SESSION_ROLES: &[&str] = &["state", "client", "server", "config", "error"];

/// The same tests in each protocol crate.
const ROLE_TESTS: &[&str] = &["conformance", "roundtrip", "splits", "limits", "regressions"];

const LONGEST_FILE: usize = 500;

#[test]
fn crates_import_only_what_they_may() {
    for package in Package::published() {
        let may = MAY_IMPORT.iter().find(|(name, _)| *name == package.short());
        let (_, may) = may.unwrap_or_else(|| panic!("{} is not in MAY_IMPORT", package.name));
        for (name, line) in package.family("dependencies") {
            assert!(may.contains(&name), "{} must not import {name}", package.name);
            if ONLY_OPTIONAL.contains(&(package.short(), name)) {
                assert!(
                    line.contains("optional = true"),
                    "{} may import {name} only optionally",
                    package.name
                );
            }
        }
    }
}

#[test]
fn the_testkit_is_only_a_dev_dependency_and_without_a_version() {
    for package in Package::published() {
        for (name, line) in package.family("dev-dependencies") {
            assert_eq!(name, "testkit", "{}: a cycle that cargo would publish", package.name);
            assert!(!line.contains("version"), "{}: the testkit is not published: no version", package.name);
        }
    }
    let root = Manifest(read(&root().join("Cargo.toml")));
    let (_, line) = root.section("workspace.dependencies").find(|(name, _)| *name == TESTKIT).unwrap();
    assert!(
        !line.contains("version"),
        "with a version, cargo would look for a testkit that is not published"
    );
}

#[test]
fn foreign_dependencies_are_argued_for() {
    let architecture = read(&root().join("ARCHITECTURE.md"));
    for package in Package::published() {
        for (name, _) in
            package.manifest.section("dependencies").filter(|(name, _)| !name.starts_with("mailwire"))
        {
            let named = architecture.contains(&format!("`{name}`"));
            assert!(named, "ARCHITECTURE.md does not say why {} needs `{name}`", package.name);
        }
    }
}

#[test]
fn protocol_crates_have_the_same_roles() {
    let crates =
        ["mailwire-smtp", "mailwire-pop3", "mailwire-imap"].map(|name| root().join("crates").join(name));
    let crates: Vec<&PathBuf> = crates.iter().filter(|folder| folder.is_dir()).collect();
    let has =
        |folder: &Path, name: &str| folder.join(format!("{name}.rs")).is_file() || folder.join(name).is_dir();
    // A role that comes, comes to all of them.
    for role in ROLES {
        let found =
            crates.iter().map(|folder| role.iter().filter(|name| has(&folder.join("src"), name)).count());
        let found: Vec<usize> = found.collect();
        let all = found.iter().all(|&count| count == 1) || found.iter().all(|&count| count == 0);
        assert!(all, "{} is {found:?} times in {crates:?}", role.join("|"));
    }
    for folder in &crates {
        let found: Vec<bool> = SESSION_ROLES.iter().map(|role| has(&folder.join("src"), role)).collect();
        let conversation = has(&folder.join("tests"), "conversation");
        assert!(found.iter().all(|&one| one == conversation), "{SESSION_ROLES:?}: {found:?} in {folder:?}");
    }
    for test in ROLE_TESTS {
        let found: Vec<bool> = crates.iter().map(|folder| has(&folder.join("tests"), test)).collect();
        assert!(found.iter().all(|&one| one == found[0]), "tests/{test}.rs: {found:?} in {crates:?}");
    }
}

#[test]
fn no_source_file_is_too_long() {
    for path in sources() {
        let lines = lines_of_code(&read(&path));
        assert!(lines <= LONGEST_FILE, "{}: {lines} lines of code, {LONGEST_FILE} at most", path.display());
    }
}

#[test]
fn unit_tests_stand_at_the_bottom() {
    for path in sources() {
        let text = read(&path);
        if let Some((_, tests)) = text.split_once(UNIT_TESTS) {
            let below = tests.split_once("\n}").map(|(_, below)| below.trim());
            assert_eq!(below, Some(""), "{}: something stands below the unit tests", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for path in published_sources() {
        let text = read(&path);
        let first = text.lines().next().unwrap_or_default();
        let documented = first.starts_with("//! ") || first.starts_with("#![doc = include_str!(");
        assert!(documented, "{}: begins without a line of documentation", path.display());
    }
}

#[test]
fn core_knows_no_protocol() {
    let core = root().join("crates/mailwire-core");
    let sources = published_sources().into_iter().filter(|path| path.starts_with(&core));
    for path in sources.chain([core.join("README.md")]) {
        let text = read(&path).to_lowercase();
        for word in ["smtp", "lmtp", "pop3", "imap", "starttls", "ehlo"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn nothing_reads_a_clock() {
    for path in published_sources() {
        let text = read(&path);
        for word in ["Instant::now", "SystemTime"] {
            assert!(!text.contains(word), "{}: {word}; time is the caller's", path.display());
        }
    }
}

/// The words are put together here, so that this file does not have them in it.
#[test]
fn no_file_names_a_machine_or_a_registry() {
    let folders = ["work", "tmp", "root", "home"].map(|folder| format!("/{folder}/"));
    let hosts = [
        ("crates", "io"),
        ("pypi", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb.debian", "org"),
        ("proxy.golang", "org"),
        ("files.pythonhosted", "org"),
    ];
    let hosts = hosts.map(|(name, end)| format!("{name}.{end}"));
    for path in tracked() {
        let Ok(bytes) = fs::read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for word in &folders {
            assert!(!text.contains(word.as_str()), "{}: a path of one machine, {word}", path.display());
        }
        // Cargo writes the address of its registry into its lock files.
        if path.file_name().is_some_and(|name| name == "Cargo.lock") {
            continue;
        }
        for word in &hosts {
            assert!(!text.contains(word.as_str()), "{}: a registry, {word}", path.display());
        }
    }
}

#[test]
fn published_crates_carry_what_a_package_needs() {
    for package in Package::published() {
        let Package { name, folder, manifest: Manifest(manifest) } = &package;
        for key in ["description", "keywords", "categories", "readme", "include"] {
            assert!(manifest.contains(&format!("\n{key} = ")), "{name} has no {key}");
        }
        for key in ["version", "edition", "rust-version", "license", "authors", "repository"] {
            assert!(manifest.contains(&format!("\n{key}.workspace = true")), "{name} has a {key} of its own");
        }
        assert!(manifest.contains("[package.metadata.docs.rs]\nall-features = true"), "{name}: docs.rs");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} does not inherit the lints");
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(!read(&folder.join(file)).is_empty(), "{name}: {file} is empty");
        }
        assert_eq!(read(&folder.join("README.md")).lines().next(), Some(format!("# {name}").as_str()));
        let lib = read(&folder.join("src/lib.rs"));
        for line in ["#![doc = include_str!(\"../README.md\")]", "#![no_std]"] {
            assert!(lib.contains(line), "{name}: {line}");
        }
    }
    assert!(read(&root().join("Cargo.toml")).contains("\nunsafe_code = \"forbid\"\n"));
}

#[test]
fn every_rfc_that_the_sources_cite_is_in_the_list() {
    let list = rfcs(&read(&root().join("RFCs.md")));
    for path in published_sources() {
        for number in rfcs(&read(&path)) {
            assert!(list.contains(&number), "{}: RFC {number} is not in RFCs.md", path.display());
        }
    }
}

#[test]
fn lines_of_code_leave_out_comments_and_unit_tests() {
    let code = "//! Doc.\n\nuse a;\n\n/// More.\nfn f() {\n    // Why.\n    g(); // what\n}\n";
    assert_eq!(lines_of_code(code), 4);
    assert_eq!(lines_of_code(&format!("{code}{UNIT_TESTS}\n    use super::*;\n}}\n")), 4);
}

const TESTKIT: &str = "mailwire-testkit";
const UNIT_TESTS: &str = "\n#[cfg(test)]\nmod tests {";

/// A member of `crates/` that goes out to the world.
struct Package {
    name: String,
    folder: PathBuf,
    manifest: Manifest,
}

impl Package {
    fn published() -> impl Iterator<Item = Self> {
        let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
        folders.filter(|folder| folder.join("Cargo.toml").is_file()).filter_map(|folder| {
            let manifest = Manifest(read(&folder.join("Cargo.toml")));
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(
                manifest.0.contains(&format!("\nname = \"{name}\"\n")),
                "{name} is not named as its folder"
            );
            (!manifest.0.contains("\npublish = false\n")).then_some(Self { name, folder, manifest })
        })
    }

    /// The name without the family's.
    fn short(&self) -> &str {
        self.name.strip_prefix("mailwire-").unwrap_or(&self.name)
    }

    /// The members of the family in a section of the manifest, by their short names.
    fn family(&self, section: &str) -> impl Iterator<Item = (&str, &str)> {
        self.manifest
            .section(section)
            .filter_map(|(name, line)| Some((name.strip_prefix("mailwire-")?, line)))
    }
}

/// The text of a `Cargo.toml`. Ours have one line for each dependency, so that no TOML reader is needed.
struct Manifest(String);

impl Manifest {
    /// The entries of a section as (key, whole line). `memchr.workspace = true` has the key `memchr`.
    fn section(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        assert!(!self.0.contains(&format!("\n[{name}.")), "one line for each dependency, please");
        let (_, lines) = self.0.split_once(&format!("\n[{name}]\n")).unwrap_or_default();
        lines.lines().take_while(|line| !line.starts_with('[')).filter_map(|line| {
            let (key, _) = line.split_once(['=', '.'])?;
            (!line.starts_with('#')).then_some((key.trim(), line))
        })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file that somebody here has written.
fn sources() -> Vec<PathBuf> {
    let mut found = tracked();
    found.retain(|path| path.extension().is_some_and(|end| end == "rs") && path.is_file());
    assert!(found.len() > 10, "where are the sources?");
    found
}

/// The sources of the crates that go out to the world, without unit tests that have a file of their own.
fn published_sources() -> Vec<PathBuf> {
    let folders: Vec<_> = Package::published().map(|package| package.folder.join("src")).collect();
    let mut found = sources();
    found.retain(|path| folders.iter().any(|folder| path.starts_with(folder)) && !path.ends_with("tests.rs"));
    found
}

/// Every file under version control; where there is none (an unpacked archive), every file that is not built.
fn tracked() -> Vec<PathBuf> {
    let root = root();
    let listed = Command::new("git").arg("-C").arg(&root).args(["ls-files", "-z"]).output();
    match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = String::from_utf8(output.stdout).unwrap();
            names.split_terminator('\0').map(|name| root.join(name)).collect()
        }
        _ => {
            let mut found = Vec::new();
            walk(&root, &mut found).unwrap();
            found
        }
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            if !["target", ".git", "artifacts", "coverage"].iter().any(|name| entry.file_name() == *name) {
                walk(&entry.path(), found)?;
            }
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Lines that are neither blank nor a comment, above the unit tests.
fn lines_of_code(text: &str) -> usize {
    let code = text.split_once(UNIT_TESTS).map_or(text, |(code, _)| code);
    code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// The numbers of the RFCs that a text names.
fn rfcs(text: &str) -> BTreeSet<u32> {
    let named = text.split("RFC ").skip(1);
    let digits = named.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}
