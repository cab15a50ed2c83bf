//! What was read of a file, and whether that failed.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared by whoever reads a file and whoever asks how far that is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gauge(Arc<State>);

#[derive(Debug, Default)]
struct State {
    bytes: AtomicU64,
    /// The part of `bytes` that [`Gauge::taken`] told.
    told: AtomicU64,
    failed: AtomicBool,
}

impl Gauge {
    /// `from`, whose bytes are counted.
    pub(crate) fn measure<R: Read>(&self, from: R) -> Measured<R> {
        Measured { from, gauge: self.clone() }
    }

    /// Bytes read of the file.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// Bytes read of the file since the last call.
    pub(crate) fn taken(&self) -> u64 {
        let bytes = self.bytes();
        bytes - self.0.told.swap(bytes, Ordering::Relaxed)
    }

    /// True if the file itself could not be read. An error without that comes from what it holds.
    pub(crate) fn failed(&self) -> bool {
        self.0.failed.load(Ordering::Relaxed)
    }

    /// Counts bytes that were read of the file by other means.
    pub(crate) fn add(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

pub(crate) struct Measured<R> {
    from: R,
    gauge: Gauge,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into);
        match &read {
            Ok(bytes) => self.gauge.add(*bytes as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.gauge.0.failed.store(true, Ordering::Relaxed),
        }
        read
    }
}
