//! Files of tables.

use std::fs::File;
use std::io;
use std::path::Path;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};

use super::Table;

/// Who wrote a file, in the form that readers look for.
const CREATED_BY: &str = concat!("dateline version ", env!("CARGO_PKG_VERSION"));
/// Of pages and dictionaries. The nested table has some hundred columns, each with a page and a
/// dictionary in memory.
const PAGE_BYTES: usize = 256 << 10;

/// A file of a table as it is written.
pub(super) struct TableFile(ArrowWriter<File>);

impl TableFile {
    /// The file of a piece, which is read again once.
    pub(super) fn piece(table: Table, path: &Path) -> io::Result<TableFile> {
        let properties = properties(table).set_compression(zstd(1)?);
        TableFile::create(table, path, properties)
    }

    /// The file that stays.
    pub(super) fn whole(
        table: Table,
        path: &Path,
        metadata: &[(String, String)],
    ) -> io::Result<TableFile> {
        let metadata = metadata.iter();
        let metadata = metadata.map(|(key, value)| KeyValue::new(key.clone(), value.clone()));
        let properties = properties(table)
            .set_compression(zstd(3)?)
            .set_key_value_metadata(Some(metadata.collect()));
        TableFile::create(table, path, properties)
    }

    fn create(
        table: Table,
        path: &Path,
        properties: WriterPropertiesBuilder,
    ) -> io::Result<TableFile> {
        // Parquet's own types say all that ours do.
        let options = ArrowWriterOptions::new()
            .with_skip_arrow_metadata(true)
            .with_properties(properties.build());
        let file = File::create(path)?;
        let writer = ArrowWriter::try_new_with_options(file, table.schema(), options);
        Ok(TableFile(writer.map_err(io::Error::other)?))
    }

    pub(super) fn write(&mut self, rows: &RecordBatch) -> io::Result<()> {
        self.0.write(rows).map_err(io::Error::other)
    }

    /// Ends the file, which then is on the disk.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.into_inner().map_err(io::Error::other)?.sync_all()
    }
}

impl Table {
    /// Rows of a row group: what a reader skips as one, and what is held in memory until written.
    fn rows_a_group(self) -> usize {
        match self {
            Table::Documents => 1_024,
            _ => 131_072,
        }
    }

    /// Rows that are written at a time.
    pub(super) fn rows_at_a_time(self) -> usize {
        match self {
            Table::Documents => 64,
            _ => 1_024,
        }
    }
}

fn properties(table: Table) -> WriterPropertiesBuilder {
    // Readers skip row groups by these; nobody looks for a range of what is nested in lists.
    let statistics = match table {
        Table::Documents => EnabledStatistics::None,
        _ => EnabledStatistics::Chunk,
    };
    WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_max_row_group_row_count(Some(table.rows_a_group()))
        .set_data_page_size_limit(PAGE_BYTES)
        .set_dictionary_page_size_limit(PAGE_BYTES)
        .set_statistics_enabled(statistics)
        .set_offset_index_disabled(true)
}

fn zstd(level: i32) -> io::Result<Compression> {
    ZstdLevel::try_new(level).map(Compression::ZSTD).map_err(io::Error::other)
}
