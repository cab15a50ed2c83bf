//! A temporary file that grows, and is read from any number of places.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::SpooledTempFile;

/// What is shorter is held in memory.
const HELD_BYTES: usize = 64 << 10;
/// Of each reader.
const BUFFER_BYTES: usize = 4 << 10;

/// Things one after the other, in a file without a name. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Scratch(Arc<Mutex<SpooledTempFile>>);

impl Scratch {
    pub(super) fn new() -> Scratch {
        Scratch(Arc::new(Mutex::new(SpooledTempFile::new(HELD_BYTES))))
    }

    /// Adds things, which must not come from the same file; the bytes where they stand.
    pub(super) fn add<T: Serialize>(
        &self,
        things: impl IntoIterator<Item = io::Result<T>>,
    ) -> io::Result<Range<u64>> {
        let mut file = self.file();
        let start = file.seek(SeekFrom::End(0))?;
        let mut end = start;
        for thing in things {
            let json = serde_json::to_vec(&thing?)?;
            let length = u32::try_from(json.len()).map_err(io::Error::other)?;
            file.write_all(&[&length.to_le_bytes(), &json[..]].concat())?;
            end += 4 + json.len() as u64;
        }
        Ok(start..end)
    }

    /// The things that stand in some bytes; an error ends them.
    pub(super) fn things<T: DeserializeOwned>(
        &self,
        bytes: Range<u64>,
    ) -> impl Iterator<Item = io::Result<T>> + use<T> {
        let (mut left, scratch) = (bytes.end - bytes.start, self.clone());
        let mut from = BufReader::with_capacity(BUFFER_BYTES, Place { scratch, at: bytes.start });
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let thing = thing(&mut from);
            left = thing.as_ref().map_or(0, |(_, length)| left - length);
            Some(thing.map(|(thing, _)| thing))
        })
    }

    fn file(&self) -> MutexGuard<'_, SpooledTempFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads one thing; how many bytes it had.
fn thing<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<(T, u64)> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let mut json = Vec::new();
    from.take(length.into()).read_to_end(&mut json)?;
    Ok((serde_json::from_slice(&json)?, 4 + u64::from(length)))
}

/// Reads on from a place of its own.
struct Place {
    scratch: Scratch,
    at: u64,
}

impl Read for Place {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.scratch.file();
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_while_others_are_written() {
        let scratch = Scratch::new();
        let short = scratch.add(["a", "b"].map(Ok)).unwrap();
        let mut first = scratch.things::<String>(short.clone());
        assert_eq!(first.next().unwrap().unwrap(), "a");
        let long: Vec<String> = (0..9_000).map(|n| format!("{n} is a number")).collect();
        assert!(!scratch.file().is_rolled());
        let place = scratch.add(long.iter().map(Ok)).unwrap();
        assert!(scratch.file().is_rolled());
        let read: Vec<String> = scratch.things(place).map(Result::unwrap).collect();
        assert_eq!(read, long);
        assert_eq!(first.next().unwrap().unwrap(), "b");
        assert!(first.next().is_none());
        // Bytes that are no things end them.
        let mut wrong = scratch.things::<String>(short.start + 1..short.end);
        assert!(wrong.next().unwrap().is_err());
        assert!(wrong.next().is_none());
    }
}
