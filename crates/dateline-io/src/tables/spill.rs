//! Where the pages of a row group are until it is written.
//!
//! Rows come with all their columns, but in the file the pages of a column stand together. What a
//! file of large row groups would hold in memory for that stands in a temporary file instead, so
//! that the memory of a job does not grow with its row groups.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_writer::{PageKey, PageStore, PageStoreArgs, PageStoreFactory};
use parquet::errors::{ParquetError, Result};

/// The pages of all columns of one file of a table.
#[derive(Debug)]
pub(super) struct Spill(Arc<Mutex<Room>>);

#[derive(Debug)]
struct Room {
    file: File,
    /// Where the next page goes.
    end: u64,
    /// Pages that were not taken back yet.
    held: usize,
}

/// The pages of one column.
struct Column {
    room: Arc<Mutex<Room>>,
    /// Where each page stands, and its length.
    pages: Vec<(u64, usize)>,
}

impl Spill {
    /// Pages in a file without a name in `folder`.
    pub(super) fn new(folder: &Path) -> io::Result<Spill> {
        let file = tempfile::tempfile_in(folder)?;
        Ok(Spill(Arc::new(Mutex::new(Room { file, end: 0, held: 0 }))))
    }
}

impl PageStoreFactory for Spill {
    fn create(&self, _: &PageStoreArgs<'_>) -> Result<Box<dyn PageStore>> {
        Ok(Box::new(Column { room: Arc::clone(&self.0), pages: Vec::new() }))
    }
}

impl Column {
    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PageStore for Column {
    fn put(&mut self, page: Bytes) -> Result<PageKey> {
        let at = self.room().put(&page)?;
        self.pages.push((at, page.len()));
        Ok(PageKey::new(self.pages.len() as u64 - 1))
    }

    fn take(&mut self, key: PageKey) -> Result<Bytes> {
        let page = usize::try_from(key.get()).ok().and_then(|index| self.pages.get(index));
        let &(at, length) =
            page.ok_or_else(|| ParquetError::General("a page that is not there".to_owned()))?;
        Ok(self.room().take(at, length)?.into())
    }
}

impl Room {
    fn put(&mut self, page: &[u8]) -> io::Result<u64> {
        // All pages of a row group are taken back before the next one begins.
        let at = if self.held == 0 { 0 } else { self.end };
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(page)?;
        self.end = at + page.len() as u64;
        self.held += 1;
        Ok(at)
    }

    fn take(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut page = vec![0; length];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut page)?;
        self.held = self.held.saturating_sub(1);
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(spill: &Spill) -> Column {
        Column { room: Arc::clone(&spill.0), pages: Vec::new() }
    }

    #[test]
    fn pages_come_back_and_their_room_is_used_again() {
        let dir = tempfile::tempdir().unwrap();
        let spill = Spill::new(dir.path()).unwrap();
        for round in 0..3u8 {
            let (mut first, mut second) = (column(&spill), column(&spill));
            let a = first.put(Bytes::from(vec![round; 10])).unwrap();
            let b = second.put(Bytes::from_static(b"bb")).unwrap();
            let c = first.put(Bytes::new()).unwrap();
            assert_eq!(spill.0.lock().unwrap().end, 12);
            assert_eq!(second.take(b).unwrap(), &b"bb"[..]);
            assert_eq!(first.take(a).unwrap(), vec![round; 10]);
            assert!(first.take(c).unwrap().is_empty());
            assert!(second.take(PageKey::new(7)).is_err());
        }
        assert_eq!(spill.0.lock().unwrap().file.metadata().unwrap().len(), 12);
        assert_eq!(dir.path().read_dir().unwrap().count(), 0, "the file has a name");
    }
}
