//! Parquet: one record a row, made the JSON object that it would be in JSON lines.
//!
//! A table of any size is read a few rows at a time. Damage, where the decoder can't go on or even
//! panics, ends the input with one record that says so, after all rows before it.

mod columns;
mod source;

use std::vec::IntoIter;

use arrow_array::RecordBatch;
use dateline::panics::caught;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::ParquetStatisticsPolicy;

use self::source::Source;
use super::{Kind, Origin, Record, Records};
use crate::memory;
use crate::source::{Gauge, Opened, Reading};
use crate::{Error, Input, Reason};

/// The most rows that are decoded at a time.
const MAX_ROWS: usize = 64;
/// The bytes that the rows decoded at a time should have together, as they are stored.
const ROWS_BYTES: usize = 4 << 20;

pub(super) fn read(opened: Opened, reading: &Reading) -> Result<Records, Error> {
    let limit = reading.max_record_bytes;
    let Opened { input, gauge, .. } = &opened;
    let (input, gauge) = (input.clone(), gauge.clone());
    let counted = !opened.is_plain;
    let rows = Vec::new().into_iter();
    // What reading the file itself meets, apart from `gauge`, which measures only how far it is.
    let reads = Gauge::default();
    let (table, fault) = match Source::of(opened, reads.clone())? {
        Ok(source) => match attempt(|| Table::open(source, gauge.clone(), counted)) {
            Ok(table) => (Some(table), None),
            Err(problem) => (None, Some(problem)),
        },
        Err(problem) => (None, Some(problem)),
    };
    let mut reader = Reader { table, fault, rows, input, gauge, reads, limit, records: 0 };
    Ok(Box::new(std::iter::from_fn(move || reader.next().transpose())))
}

struct Reader {
    /// None where nothing more can be read.
    table: Option<Table>,
    /// What ends the input, to be told.
    fault: Option<String>,
    rows: IntoIter<columns::Row>,
    input: Input,
    gauge: Gauge,
    reads: Gauge,
    limit: u64,
    records: u64,
}

impl Reader {
    fn next(&mut self) -> Result<Option<Record>, Error> {
        loop {
            if let Some(row) = self.rows.next() {
                return Ok(Some(self.row(row)));
            }
            if let Some(problem) = self.fault.take() {
                let problem = std::io::Error::new(std::io::ErrorKind::InvalidData, problem);
                let reason = Opened::judge(&self.input, &self.reads, problem)?;
                return Ok(Some(self.record(Vec::new(), Some(reason))));
            }
            let Some(table) = &mut self.table else { return Ok(None) };
            let failed = || self.reads.failed();
            match table.next(failed) {
                Ok(Some(batch)) => match attempt(|| columns::rows(&batch).map_err(problem)) {
                    Ok(rows) => self.rows = rows.into_iter(),
                    Err(problem) => self.end(Some(problem)),
                },
                Ok(None) => self.end(None),
                Err(problem) => self.end(Some(problem)),
            }
        }
    }

    fn end(&mut self, fault: Option<String>) {
        self.table = None;
        self.fault = fault;
    }

    fn row(&mut self, row: columns::Row) -> Record {
        if row.json.len() as u64 > self.limit {
            return self.record(Vec::new(), Some(Reason::TooLarge { limit: self.limit }));
        }
        self.record(row.json, row.fault)
    }

    fn record(&mut self, bytes: Vec<u8>, fault: Option<Reason>) -> Record {
        self.records += 1;
        let source = self.input.name().to_owned();
        let origin = Origin { source, number: self.records, line: None, byte_offset: None };
        Record { origin, kind: Kind::Json, bytes, fault, taken: self.gauge.taken() }
    }
}

/// How a file is opened. The least and greatest values of its columns, of every row group, may be
/// whole articles; nobody asks for them here.
fn options() -> ArrowReaderOptions {
    ArrowReaderOptions::new()
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll)
}

/// The rows of a file, row group by row group.
struct Table {
    source: Source,
    metadata: ArrowReaderMetadata,
    /// The columns that are read, as numbers of leaves.
    leaves: Vec<usize>,
    /// The row group being read, or to be read next.
    group: usize,
    /// Rows given of it.
    given: usize,
    batches: Option<ParquetRecordBatchReader>,
    /// After damage: row by row, so that none before it is lost.
    careful: bool,
    gauge: Gauge,
    /// True if the gauge has counted the file already.
    counted: bool,
    /// Bytes of the row groups begun.
    passed: u64,
}

impl Table {
    fn open(source: Source, gauge: Gauge, counted: bool) -> Result<Table, String> {
        let load = |options| ArrowReaderMetadata::load(&source, options).map_err(problem);
        // The types that Arrow's writers note beside those of Parquet are advice; damaged advice
        // is no damage.
        let metadata =
            load(options()).or_else(|_| load(options().with_skip_arrow_metadata(true)))?;
        let leaves = columns::chosen(&metadata);
        let (group, given, passed) = (0, 0, 0);
        let (batches, careful) = (None, false);
        Ok(Table {
            source,
            metadata,
            leaves,
            group,
            given,
            batches,
            careful,
            gauge,
            counted,
            passed,
        })
    }

    /// The next rows; none after the last. `failed` tells whether the file itself can't be read.
    fn next(&mut self, failed: impl Fn() -> bool) -> Result<Option<RecordBatch>, String> {
        while self.group < self.metadata.metadata().num_row_groups() {
            match attempt(|| self.step()) {
                Ok(Some(batch)) => {
                    self.given += batch.num_rows();
                    return Ok(Some(batch));
                }
                Ok(None) => {
                    (self.batches, self.given) = (None, 0);
                    self.group += 1;
                }
                Err(problem) if self.careful || failed() => return Err(problem),
                Err(_) => (self.batches, self.careful) = (None, true),
            }
        }
        Ok(None)
    }

    /// The next rows of the row group; none after its last.
    fn step(&mut self) -> Result<Option<RecordBatch>, String> {
        let batches = match self.batches.take() {
            Some(batches) => batches,
            None => self.begin()?,
        };
        self.batches.insert(batches).next().transpose().map_err(problem)
    }

    fn begin(&mut self) -> Result<ParquetRecordBatchReader, String> {
        if self.given == 0 && !self.careful {
            // What the row group before it left.
            memory::give_back();
            self.measure();
        }
        let mask =
            ProjectionMask::leaves(self.metadata.parquet_schema(), self.leaves.iter().copied());
        ParquetRecordBatchReaderBuilder::new_with_metadata(
            self.source.clone(),
            self.metadata.clone(),
        )
        .with_row_groups(vec![self.group])
        .with_projection(mask)
        .with_offset(self.given)
        .with_batch_size(self.rows_at_a_time())
        .build()
        .map_err(problem)
    }

    fn rows_at_a_time(&self) -> usize {
        if self.careful {
            return 1;
        }
        let group = self.metadata.metadata().row_group(self.group);
        let rows = usize::try_from(group.num_rows()).unwrap_or(0).max(1);
        let bytes = |leaf: &usize| usize::try_from(group.column(*leaf).uncompressed_size()).ok();
        let bytes: usize = self.leaves.iter().filter_map(bytes).fold(0, usize::saturating_add);
        (ROWS_BYTES / (bytes / rows).max(1)).clamp(1, MAX_ROWS)
    }

    /// Tells the gauge how far into the file the row group reaches. Columns that are not read
    /// count as well: the whole is the size of the file.
    fn measure(&mut self) {
        if self.counted {
            return;
        }
        let metadata = self.metadata.metadata();
        let is_last = self.group + 1 == metadata.num_row_groups();
        let group = metadata.row_group(self.group).columns().iter();
        let bytes = |size: i64| u64::try_from(size).unwrap_or(0);
        let group = group.map(|column| bytes(column.compressed_size()));
        self.passed = group.fold(self.passed, u64::saturating_add).min(self.source.size());
        if is_last {
            self.passed = self.source.size();
        }
        // The first bytes were read to tell the format.
        self.gauge.add(self.passed.saturating_sub(self.gauge.bytes()));
    }
}

/// What `work` gives; its panic as an error. Decoders of damaged bytes panic now and then.
fn attempt<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    caught(work).unwrap_or_else(|said| Err(format!("the decoder failed: {said}")))
}

fn problem(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests;
