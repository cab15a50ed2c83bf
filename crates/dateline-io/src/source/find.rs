//! The files that names on a command line stand for.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use walkdir::WalkDir;

use super::Input;
use crate::{Error, ErrorKind};

/// The inputs that `names` stand for, in that order: `-` is standard input, a folder all files in
/// it at any depth, a name with `*`, `?` or `[` that is no file's the files that match it. The
/// files of one name are in the order of their paths. Hidden files are left out. Links are followed;
/// one that leads back to its own folder is an [`Input::Unreadable`], as is a file that may not be
/// read.
///
/// # Errors
/// A name that stands for nothing.
pub fn find(names: &[PathBuf]) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    for name in names {
        if name == Path::new("-") {
            inputs.push(Input::Stdin);
        } else if name.is_dir() {
            walk(name, name, &mut inputs);
        } else if let Some(pattern) = pattern(name) {
            let paths = glob::glob(pattern).map_err(|error| {
                let error = io::Error::new(io::ErrorKind::InvalidInput, error);
                Error::io(ErrorKind::Read, name, error)
            })?;
            let found = inputs.len();
            let base = base(pattern);
            for path in paths {
                match path {
                    Ok(path) if path.is_dir() => walk(&path, base, &mut inputs),
                    Ok(path) => inputs.push(within(base, path)),
                    Err(error) => {
                        inputs.push(unreadable(base, error.path(), &error.error()));
                    }
                }
            }
            if inputs.len() == found {
                return Err(Error::new(ErrorKind::NotFound, name));
            }
        } else {
            inputs.push(Input::path(name));
        }
    }
    Ok(inputs)
}

fn walk(folder: &Path, base: &Path, inputs: &mut Vec<Input>) {
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                inputs.push(within(base, entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                inputs.push(match error.io_error() {
                    Some(error) => unreadable(base, path, error),
                    None => unreadable(base, path, &"a link that leads back to its own folder"),
                });
            }
        }
    }
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
    use super::*;
    use std::fs;

    fn names(found: &[Input]) -> Vec<&str> {
        found.iter().map(Input::name).collect()
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
        let problem = |input: &Input| match input {
            Input::Unreadable { problem, .. } => problem.clone(),
            _ => String::new(),
        };
        assert_eq!(problem(&found[0]), "");
        assert!(problem(&found[1]).contains("No such file"), "{found:?}");
        assert!(problem(&found[2]).contains("leads back"), "{found:?}");
    }
}
