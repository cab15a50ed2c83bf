//! Formats with a file per document: one file, or all of a folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Problem, ReadError};

/// `path` itself, or the files with `extension` in the folder `path` and the folders in it, sorted.
pub(crate) fn list(path: &Path, extension: &str) -> Result<Vec<PathBuf>, ReadError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in entries.map_err(|error| ReadError::new(&folder, error))? {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        let problem = format!("there is no .{extension} file in the folder");
        return Err(ReadError::new(path, Problem::Record(problem)));
    }
    found.sort();
    Ok(found)
}

/// The whole of a file, as it stands.
pub(crate) fn read(path: &Path) -> Result<String, ReadError> {
    let bytes = fs::read(path).map_err(|error| ReadError::new(path, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        ReadError::new(path, Problem::Utf8(column)).line(line)
    })
}

/// The id of the document that a file is of: its name without folders and extension, and without
/// the percent forms that [`crate::write::file_stem`] puts there.
pub(crate) fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    let id = percent_encoding::percent_decode_str(&stem).decode_utf8();
    id.map_or_else(|_| stem.to_string(), |id| id.into_owned())
}
