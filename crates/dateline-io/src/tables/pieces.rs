//! Tables that grow in pieces, as a job that may be killed at any moment writes them, and that are
//! made one when it is done. What the one looks like depends on the rows, not on the pieces.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_select::coalesce::BatchCoalescer;
use dateline::Document;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use serde::Serialize;

use super::flatten::rows;
use super::writer::TableFile;
use super::{Table, TableKind};
use crate::memory;
use crate::output::remove_if_there;

/// When tables are made one, batches of rows after which free memory goes back to the system: seldom
/// enough to take no time, often enough to keep a long job as small as a short one.
const BATCHES_A_ROUND: usize = 4;

/// The piece that is being written. What stands in it counts once [`Tables::write_piece`] is
/// through.
pub(crate) struct Tables {
    kind: TableKind,
    folder: PathBuf,
    open: Vec<OpenTable>,
}

impl Tables {
    /// Tables whose pieces are written to `folder`, which must be there.
    pub(crate) fn new(kind: TableKind, folder: &Path) -> io::Result<Tables> {
        let open = kind.tables().iter().map(|&table| OpenTable::new(table, folder));
        Ok(Tables { kind, folder: folder.to_owned(), open: open.collect::<io::Result<_>>()? })
    }

    /// Adds the `number`th document of the output, counted from 1 over all pieces.
    pub(crate) fn add(&mut self, document: &Document, number: u64) -> io::Result<()> {
        if self.kind == TableKind::Nested {
            let rows = std::slice::from_ref(document);
            return self.open.iter_mut().try_for_each(|open| open.add(rows));
        }
        let flat = rows(document, number);
        for open in &mut self.open {
            match open.table {
                Table::Documents => {}
                Table::Articles => open.add(&flat.articles)?,
                Table::Entities => open.add(&flat.entities)?,
                Table::Mentions => open.add(&flat.mentions)?,
                Table::Events => open.add(&flat.events)?,
                Table::Roles => open.add(&flat.roles)?,
                Table::Times => open.add(&flat.times)?,
            }
        }
        Ok(())
    }

    /// Makes what was added since the last piece the piece `number`, in place of one that is
    /// there. When this returns it is on the disk.
    pub(crate) fn write_piece(&mut self, number: u64) -> io::Result<()> {
        for open in &mut self.open {
            let path = piece(&self.folder, open.table, number);
            if open.finish()? {
                fs::rename(&open.path, path)?;
            } else {
                remove_if_there(&path)?;
            }
        }
        sync(&self.folder)
    }
}

/// A table of the piece that is being written. Its file has rows but no name yet that counts.
struct OpenTable {
    table: Table,
    path: PathBuf,
    /// Rows that are not in the file yet.
    rows: Decoder,
    file: Option<TableFile>,
}

impl OpenTable {
    fn new(table: Table, folder: &Path) -> io::Result<OpenTable> {
        // A field that the schema lacks is an error, not lost.
        let rows = ReaderBuilder::new(table.schema())
            .with_strict_mode(true)
            .with_batch_size(table.rows_at_a_time())
            .build_decoder()
            .map_err(io::Error::other)?;
        Ok(OpenTable {
            table,
            path: folder.join(format!("{}.open", table.name())),
            rows,
            file: None,
        })
    }

    fn add<R: Serialize>(&mut self, rows: &[R]) -> io::Result<()> {
        if !rows.is_empty() {
            self.rows.serialize(rows).map_err(io::Error::other)?;
        }
        if self.rows.len() >= self.table.rows_at_a_time() {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(rows) = self.rows.flush().map_err(io::Error::other)? else { return Ok(()) };
        let file = match self.file.take() {
            Some(file) => file,
            None => TableFile::piece(self.table, &self.path)?,
        };
        self.file.insert(file).write(&rows)
    }

    /// Ends the file; false if there were no rows.
    fn finish(&mut self) -> io::Result<bool> {
        self.flush()?;
        self.file.take().map(TableFile::finish).transpose().map(|file| file.is_some())
    }
}

/// Removes the pieces from `number` on, and one begun: what a job wrote that nothing else knows of.
/// To be called before [`Tables::add`].
pub(crate) fn remove_pieces_from(folder: &Path, number: u64) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| is_open(name) || number_of(name) >= Some(number)) {
            fs::remove_file(&path)?;
        }
    }
    sync(folder)
}

/// Writes all rows of the pieces 1 to `pieces` to `to`: the file of the nested table, or a folder
/// that is there for the files of the flat ones.
pub(crate) fn merge(
    kind: TableKind,
    folder: &Path,
    pieces: u64,
    to: &Path,
    metadata: &[(String, String)],
) -> io::Result<()> {
    for &table in kind.tables() {
        let path = match kind {
            TableKind::Nested => to.to_owned(),
            TableKind::Flat => to.join(format!("{}.parquet", table.name())),
        };
        let mut file = TableFile::whole(table, &path, metadata)?;
        // Pages end where so many rows were written at a time or so, and so must not depend on
        // where pieces end.
        let at_a_time = table.rows_at_a_time();
        let mut rows = BatchCoalescer::new(table.schema(), at_a_time);
        let mut written = 0;
        let mut write = |rows: &mut BatchCoalescer| {
            while let Some(batch) = rows.next_completed_batch() {
                file.write(&batch)?;
                written += 1;
                if written % BATCHES_A_ROUND == 0 {
                    memory::give_back();
                }
            }
            io::Result::Ok(())
        };
        for number in 1..=pieces {
            let piece = match File::open(piece(folder, table, number)) {
                // It had no rows.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                piece => piece?,
            };
            let options = ArrowReaderOptions::new().with_schema(table.schema());
            let piece = ParquetRecordBatchReaderBuilder::try_new_with_options(piece, options);
            let piece = piece.and_then(|piece| piece.with_batch_size(at_a_time).build());
            for batch in piece.map_err(io::Error::other)? {
                let pushed = batch.and_then(|batch| rows.push_batch(batch));
                pushed.map_err(io::Error::other)?;
                write(&mut rows)?;
            }
        }
        rows.finish_buffered_batch().map_err(io::Error::other)?;
        write(&mut rows)?;
        file.finish()?;
    }
    Ok(())
}

/// `entities.00000012.parquet`
fn piece(folder: &Path, table: Table, number: u64) -> PathBuf {
    folder.join(format!("{}.{number:08}.parquet", table.name()))
}

/// The number of the piece that a file has by its name.
fn number_of(name: &str) -> Option<u64> {
    let (table, number) = name.strip_suffix(".parquet")?.split_once('.')?;
    (is_table(table) && number.len() >= 8).then(|| number.parse().ok())?
}

/// True for a file whose piece was not finished.
fn is_open(name: &str) -> bool {
    name.strip_suffix(".open").is_some_and(is_table)
}

fn is_table(name: &str) -> bool {
    let kinds = [TableKind::Nested, TableKind::Flat].into_iter();
    kinds.flat_map(TableKind::tables).any(|table| table.name() == name)
}

/// Makes the names in a folder last. Where folders can't be opened the system has no such call.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
