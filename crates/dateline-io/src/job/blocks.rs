//! Cuts the records of all inputs into blocks: in every run the same, however many threads work.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use xxhash_rust::xxh3::xxh3_64;

use super::progressed::Position;
use crate::{Error, ErrorKind, Input, Inputs, Reading, Record};

/// The most records of a block.
const RECORDS: usize = 64;
/// A block ends with the record that brings it to this size.
const BYTES: usize = 2 << 20;

/// Some records that follow each other.
#[derive(Default)]
pub(super) struct Block {
    pub(super) records: Vec<Record>,
    /// Where the next one begins.
    pub(super) end: Position,
    /// Bytes of input files read up to there.
    pub(super) bytes: u64,
}

/// Every N-th record, from the I-th on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: u64,
    /// How many shards there are.
    pub of: u64,
}

/// What is read, and where it begins.
pub(super) struct Blocks<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) reading: &'a Reading,
    pub(super) shard: Option<Shard>,
    pub(super) limit: u64,
    pub(super) start: Position,
    /// Is told all records before `start`; without it, inputs before it are not opened.
    pub(super) before: Option<&'a mut (dyn FnMut(&Record) + Send)>,
}

/// Blocks for one round of all threads.
pub(super) type Chunk = Vec<Block>;

impl Blocks<'_> {
    /// Sends chunks of `blocks` blocks or `bytes` bytes until everything is read, `stop` is set, or
    /// nobody listens.
    pub(super) fn send(
        mut self,
        size: (usize, usize),
        stop: &AtomicBool,
        to: &SyncSender<Result<Chunk, Error>>,
    ) {
        let mut chunk = Chunk::new();
        if let Err(Some(error)) = self.try_send(size, stop, to, &mut chunk) {
            // Blocks before the fault are whole.
            let _ = to.send(Ok(chunk)).and_then(|()| to.send(Err(error)));
        }
    }

    /// An error of `None`: nobody listens any more.
    fn try_send(
        &mut self,
        (blocks, bytes): (usize, usize),
        stop: &AtomicBool,
        to: &SyncSender<Result<Chunk, Error>>,
        chunk: &mut Chunk,
    ) -> Result<(), Option<Error>> {
        let mut chunk_bytes = 0;
        let (mut block, mut block_bytes) = (Block::default(), 0);
        let replay = self.before.is_some();
        let mut at = match replay {
            true => Position::default(),
            false => {
                Position { records: 0, seen: self.start.seen - self.start.records, ..self.start }
            }
        };
        'all: for (index, input) in (0..).zip(self.inputs.iter()) {
            let input = input?;
            if index < self.start.input && !replay {
                continue;
            }
            (at.input, at.records) = (index, 0);
            let mut records = input.records(self.reading)?;
            loop {
                if at.taken >= self.limit || stop.load(Ordering::Relaxed) {
                    break 'all;
                }
                let Some(record) = records.next() else { break };
                let record = record?;
                let taken = self.shard.is_none_or(|s| at.seen % s.of == s.index - 1);
                (at.records, at.seen) = (at.records + 1, at.seen + 1);
                if (index, at.records) <= (self.start.input, self.start.records) {
                    if taken {
                        at.taken += u64::from(replay);
                        self.old(&record, at, &input)?;
                    }
                    continue;
                }
                block.bytes += record.taken;
                if !taken {
                    continue;
                }
                at.taken += 1;
                at.digest = xxh3_64(&record.bytes);
                block_bytes += record.bytes.len();
                block.records.push(record);
                if block.records.len() < RECORDS && block_bytes < BYTES {
                    continue;
                }
                block.end = at;
                chunk_bytes += std::mem::take(&mut block_bytes);
                chunk.push(std::mem::take(&mut block));
                if chunk.len() >= blocks || chunk_bytes >= bytes {
                    chunk_bytes = 0;
                    to.send(Ok(std::mem::take(chunk))).map_err(|_| None)?;
                }
            }
        }
        // A block that was cut short by a stop is not the block that it would have been.
        if !stop.load(Ordering::Relaxed) {
            block.end = at;
            chunk.push(block);
        }
        to.send(Ok(std::mem::take(chunk))).map_err(|_| None)
    }

    /// A record that was read before the job was interrupted.
    fn old(&mut self, record: &Record, at: Position, input: &Input) -> Result<(), Error> {
        if let Some(before) = &mut self.before {
            before(record);
        }
        let is_last = (at.input, at.records) == (self.start.input, self.start.records);
        if is_last && xxh3_64(&record.bytes) != self.start.digest {
            return Err(Error::new(ErrorKind::Changed, input.shown()));
        }
        Ok(())
    }
}
