//! The file of `--html`.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

/// Where the page will be written. Until then a page of before stays as it is.
pub(super) struct Page<'p> {
    path: &'p Path,
    file: File,
    /// There was no file of this name, and there shall be none if nothing is scored.
    is_new: bool,
}

impl<'p> Page<'p> {
    /// The page at `path`, which may be none of the files that are `read`.
    pub(super) fn open(path: &'p Path, read: &[&Path]) -> anyhow::Result<Page<'p>> {
        let same = |other: &&Path| matches!((path.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b && b.is_file());
        if read.iter().any(same) {
            anyhow::bail!("{}: is both input and page; choose another page", path.display());
        }
        let is_new = !path.exists();
        let file = File::options().write(true).create(true).truncate(false).open(path);
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Page { path, file, is_new })
    }

    pub(super) fn write(mut self, html: &str) -> anyhow::Result<()> {
        self.is_new = false;
        let Page { path, file, .. } = &mut self;
        let written = file.write_all(html.as_bytes()).and_then(|()| {
            // Devices and pipes have no length.
            if file.metadata()?.is_file() { file.set_len(html.len() as u64) } else { Ok(()) }
        });
        written.with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if self.is_new {
            let _ = std::fs::remove_file(self.path);
        }
    }
}
