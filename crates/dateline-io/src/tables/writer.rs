//! Files of tables.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};

use super::spill::Spill;
use super::{Table, encode};

/// Who wrote a file, in the form that readers look for.
const CREATED_BY: &str = concat!("dateline version ", env!("CARGO_PKG_VERSION"));
/// Of pages and dictionaries. The nested table has some hundred columns, each with a page and a
/// dictionary in memory.
const PAGE_BYTES: usize = 64 << 10;

/// A file of a table as it is written.
pub(super) struct TableFile(ArrowWriter<File>);

impl TableFile {
    /// The file of a piece, which is read again once.
    pub(super) fn piece(table: Table, path: &Path) -> io::Result<TableFile> {
        let properties = properties(table).set_compression(Compression::LZ4_RAW);
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
        let properties = encode::kept(table, properties(table))
            .map_err(io::Error::other)?
            .set_key_value_metadata(Some(metadata.collect()));
        TableFile::create(table, path, properties)
    }

    fn create(
        table: Table,
        path: &Path,
        properties: WriterPropertiesBuilder,
    ) -> io::Result<TableFile> {
        let spill = Spill::new(path.parent().unwrap_or(Path::new(".")))?;
        // Parquet's own types say all that ours do.
        let options = ArrowWriterOptions::new()
            .with_skip_arrow_metadata(true)
            .with_page_store_factory(Arc::new(spill))
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
    /// Rows of a row group: what a reader skips or takes as one, some 100 MB. What a file ends with
    /// lists all columns of all row groups: many small ones would make it large.
    fn rows_a_group(self) -> usize {
        match self {
            Table::Documents => 65_536,
            _ => 131_072,
        }
    }

    /// Rows of a page at most. Where most is null or an empty list, pages would not come to their
    /// size for long, and what tells the nulls would be held meanwhile.
    fn rows_a_page(self) -> usize {
        match self {
            Table::Documents => 1_024,
            _ => 8_192,
        }
    }

    /// Rows that are written at a time: few of those that may hold the text of an article.
    pub(super) fn rows_at_a_time(self) -> usize {
        match self {
            Table::Documents | Table::Articles => 32,
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
        .set_data_page_row_count_limit(table.rows_a_page())
        .set_dictionary_page_size_limit(PAGE_BYTES)
        .set_statistics_enabled(statistics)
        .set_offset_index_disabled(true)
}
