//! The files that names on a command line stand for.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::inputs::failed;
use super::sorter::Sorter;
use super::{Input, Inputs, any_path};
use crate::{Error, ErrorKind};

/// Files of a folder that are sorted at a time: what is held of a larger one.
const SORTED_AT_A_TIME: usize = 1_024;
/// Folders in each other that are read at the same time: of an outer one, the rest is held.
const OPEN_AT_A_TIME: usize = 64;

/// The inputs that `names` stand for, in that order: `-` is standard input, a folder all files in
/// it at any depth, a name with `*`, `?` or `[` that is no file's the files that match it. The
/// files of one name are in the order of their paths. Hidden files are left out. Links are followed;
/// one that leads back to its own folder is an [`Input::Unreadable`], as is a file that may not be
/// read.
///
/// Folders may have any number of files; the files of one folder that match a pattern are held in
/// memory.
///
/// # Errors
/// A name that stands for nothing, and a temporary file that can't be written.
pub fn find(names: &[PathBuf]) -> Result<Inputs, Error> {
    let mut inputs = Inputs::new();
    for name in names {
        if name == Path::new("-") {
            inputs.push(&Input::Stdin)?;
        } else if name.is_dir() {
            walk(name, name, &mut inputs, SORTED_AT_A_TIME)?;
        } else if let Some(pattern) = pattern(name) {
            let paths = glob::glob(pattern).map_err(|error| {
                let error = io::Error::new(io::ErrorKind::InvalidInput, error);
                Error::io(ErrorKind::Read, name, error)
            })?;
            let found = inputs.len();
            let base = base(pattern);
            for path in paths {
                match path {
                    Ok(path) if path.is_dir() => {
                        walk(&path, base, &mut inputs, SORTED_AT_A_TIME)?;
                    }
                    Ok(path) => inputs.push(&within(base, path))?,
                    Err(error) => {
                        inputs.push(&unreadable(base, error.path(), &error.error()))?;
                    }
                }
            }
            if inputs.len() == found {
                return Err(Error::new(ErrorKind::NotFound, name));
            }
        } else {
            inputs.push(&Input::path(name))?;
        }
    }
    Ok(inputs)
}

/// A file of a folder, or what is wrong with an entry.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Entry {
    #[serde(with = "any_path")]
    path: PathBuf,
    problem: Option<String>,
}

/// Adds the files in `folder`, of which so many are held `at_a_time`: a folder gives them in no
/// order.
fn walk(folder: &Path, base: &Path, inputs: &mut Inputs, at_a_time: usize) -> Result<(), Error> {
    let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let mut sorter = Sorter::new(at_a_time);
    let entries = WalkDir::new(folder).follow_links(true).max_open(OPEN_AT_A_TIME).into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        let (path, problem) = match entry {
            Ok(entry) if entry.file_type().is_file() => (entry.into_path(), None),
            Ok(_) => continue,
            Err(error) => {
                let problem = match error.io_error() {
                    Some(error) => error.to_string(),
                    None => "a link that leads back to its own folder".to_owned(),
                };
                (error.path().unwrap_or(folder).to_owned(), Some(problem))
            }
        };
        sorter.push(Entry { path, problem }).map_err(failed)?;
    }
    for entry in sorter.sorted().map_err(failed)? {
        let Entry { path, problem } = entry.map_err(failed)?;
        inputs.push(&match problem {
            Some(problem) => unreadable(base, &path, &problem),
            None => within(base, path),
        })?;
    }
    Ok(())
}

/// The input called by its path in `base`.
fn within(base: &Path, path: PathBuf) -> Input {
    match File::open(&path) {
        Ok(_) => Input::Path { name: relative(base, &path), path },
        Err(error) => unreadable(base, &path, &error),
    }
}

fn unreadable(base: &Path, path: &Path, problem: &dyn fmt::Display) -> Input {
    Input::Unreadable { name: relative(base, path), problem: problem.to_string() }
}

fn relative(base: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn pattern(name: &Path) -> Option<&str> {
    if name.symlink_metadata().is_ok() {
        return None;
    }
    name.to_str().filter(|name| name.contains(['*', '?', '[']))
}

/// The folder of a pattern that no special character stands in.
fn base(pattern: &str) -> &Path {
    let special = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
    let end = pattern[..special].rfind(std::path::is_separator).map_or(0, |slash| slash + 1);
    Path::new(&pattern[..end])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn names(found: &Inputs) -> Vec<String> {
        found.iter().map(|input| input.unwrap().name().to_owned()).collect()
    }

    #[test]
    fn folders_and_patterns() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["b/2.txt", "b/1.txt", "a/x/3.txt", "a/.hidden", ".git/config", "4.jsonl"] {
            fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
            fs::write(dir.path().join(path), "").unwrap();
        }
        let found = find(&[dir.path().to_owned()]).unwrap();
        assert_eq!(names(&found), ["4.jsonl", "a/x/3.txt", "b/1.txt", "b/2.txt"]);
        let found = find(&[dir.path().join("*/*.txt"), dir.path().join("4.jsonl")]).unwrap();
        assert_eq!(names(&found), ["b/1.txt", "b/2.txt", "4.jsonl"]);
        let found = find(&[dir.path().join("**/3.txt"), "-".into()]).unwrap();
        assert_eq!(names(&found), ["a/x/3.txt", "-"]);
        let error = find(&[dir.path().join("*.nothing")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        // A name that is there is no pattern.
        fs::write(dir.path().join("[1].txt"), "").unwrap();
        let found = find(&[dir.path().join("[1].txt")]).unwrap();
        assert_eq!(names(&found), ["[1].txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_in_a_circle_are_told() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("dangling")).unwrap();
        let found = find(&[dir.path().to_owned()]).unwrap();
        assert_eq!(names(&found), ["a.txt", "dangling", "loop"]);
        let problems = found.iter().map(|input| match input.unwrap() {
            Input::Unreadable { problem, .. } => problem,
            _ => String::new(),
        });
        let problems: Vec<String> = problems.collect();
        assert_eq!(problems[0], "");
        assert!(problems[1].contains("No such file"), "{problems:?}");
        assert!(problems[2].contains("leads back"), "{problems:?}");
    }

    #[test]
    fn folders_of_any_size_are_in_order() {
        let dir = tempfile::tempdir().unwrap();
        // Names that a comparison of whole paths, byte by byte, has elsewhere: `.` is before `/`.
        let mut expected = Vec::new();
        for folder in ["a", "a.b", "a/b", "b"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
            for number in 0..40 {
                let name = format!("{folder}/{}.txt", number * 7919 % 101);
                fs::write(dir.path().join(&name), "").unwrap();
                expected.push(name);
            }
        }
        expected.sort_by(|a, b| a.split('/').cmp(b.split('/')));
        for at_a_time in [1, 7, 160, 1000] {
            let mut inputs = Inputs::new();
            walk(dir.path(), dir.path(), &mut inputs, at_a_time).unwrap();
            assert_eq!(names(&inputs), expected, "{at_a_time}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// As if each folder were sorted on its own, which holds all its names in memory.
        #[test]
        fn files_are_in_the_order_of_their_names(
            paths in vec(vec("[.!]?[aZé-][.]?[ab]?", 1..4), 0..40),
            at_a_time in 1..10usize,
        ) {
            let dir = tempfile::tempdir().unwrap();
            for parts in paths {
                let path = dir.path().join(parts.join("/"));
                // What is a file already can't be a folder.
                let _ = fs::create_dir_all(path.parent().unwrap());
                let _ = fs::write(path, "");
            }
            let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
            let entries = WalkDir::new(dir.path()).sort_by_file_name().into_iter();
            let expected: Vec<String> = entries
                .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
                .map(Result::unwrap)
                .filter(|entry| entry.file_type().is_file())
                .map(|entry| relative(dir.path(), entry.path()))
                .collect();
            let mut inputs = Inputs::new();
            walk(dir.path(), dir.path(), &mut inputs, at_a_time).unwrap();
            prop_assert_eq!(names(&inputs), expected);
        }
    }

    #[test]
    fn folders_may_be_deep() {
        let dir = tempfile::tempdir().unwrap();
        let mut deep = dir.path().to_owned();
        for _ in 0..=OPEN_AT_A_TIME {
            fs::write(deep.join("a.txt"), "").unwrap();
            fs::write(deep.join("z.txt"), "").unwrap();
            deep.push("f");
            fs::create_dir(&deep).unwrap();
        }
        let found = names(&find(&[dir.path().to_owned()]).unwrap());
        assert_eq!(found.len(), 2 * (OPEN_AT_A_TIME + 1));
        assert_eq!(found[..2], ["a.txt", "f/a.txt"]);
        assert_eq!(found.last().unwrap(), "z.txt");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_need_not_be_unicode() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [b"caf\xE9.txt", b"caf\xFF.txt"] {
            fs::write(dir.path().join(OsStr::from_bytes(name)), "Rain fell.").unwrap();
        }
        let found = find(&[dir.path().to_owned()]).unwrap();
        assert_eq!(names(&found), ["caf\u{FFFD}.txt"; 2]);
        for input in found.iter() {
            let mut records = input.unwrap().read(&crate::Reading::default()).unwrap();
            assert_eq!(records.next().unwrap().unwrap().bytes, b"Rain fell.");
        }
    }
}
