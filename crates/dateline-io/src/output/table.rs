//! Tables: nested or flat, in Parquet or CSV.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dateline::{Analysis, Article};

use super::{Append, Compression, Sink, move_file, move_folder};
use crate::job::Progressed;
use crate::tables::{self, Table, TableKind, Tables};
use crate::{Error, ErrorKind, Reason};

/// Where tables stand in the job's folder.
const FILES: &str = "files";
/// The number of the last piece, among what is noted.
const PIECES: &str = "pieces";

/// Parquet, in pieces that are made one file in the end: a file of it ends with an index of all that
/// stands in it, so it can't be added to.
pub(crate) struct ParquetTables {
    kind: TableKind,
    tables: Tables,
    folder: PathBuf,
    /// The merged file, or the folder of merged files.
    merged: PathBuf,
    pieces: u64,
    written: u64,
    /// Documents that are in no piece yet.
    unwritten: u64,
    metadata: Vec<(String, String)>,
}

impl ParquetTables {
    /// Tables in `folder`, as far as `progressed` says.
    pub(crate) fn open(
        kind: TableKind,
        folder: &Path,
        progressed: &Progressed,
    ) -> Result<ParquetTables, Error> {
        let files = folder.join(FILES);
        let pieces = progressed.length(PIECES);
        let opened = fs::create_dir_all(&files)
            .and_then(|()| tables::remove_pieces_from(&files, pieces + 1))
            .and_then(|()| Tables::new(kind, &files));
        let tables = opened.map_err(|error| Error::io(ErrorKind::Write, folder, error))?;
        let metadata = progressed.job.as_object().into_iter().flatten();
        let shown = |value: &serde_json::Value| match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        };
        Ok(ParquetTables {
            kind,
            tables,
            merged: folder.join("merged"),
            folder: files,
            pieces,
            written: progressed.summary.written,
            unwritten: 0,
            metadata: metadata.map(|(k, value)| (format!("dateline.{k}"), shown(value))).collect(),
        })
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::io(ErrorKind::Write, &self.folder, error)
    }
}

impl Sink for ParquetTables {
    fn add(&mut self, _: &Article, analysis: &Analysis) -> Result<Result<(), Reason>, Error> {
        self.written += 1;
        self.unwritten += 1;
        let added = self.tables.add(&analysis.document, self.written);
        added.map(Ok).map_err(|error| self.failed(error))
    }

    fn commit(&mut self, progressed: &mut Progressed) -> Result<(), Error> {
        if self.unwritten > 0 {
            let written = self.tables.write_piece(self.pieces + 1);
            written.map_err(|error| self.failed(error))?;
            self.pieces += 1;
            self.unwritten = 0;
        }
        progressed.set_length(PIECES, self.pieces);
        Ok(())
    }

    fn place(self: Box<Self>, to: &Path) -> Result<(), Error> {
        let ParquetTables { kind, tables, folder, merged, pieces, metadata, .. } = *self;
        // What it holds for rows to come.
        drop(tables);
        let make = || {
            if kind == TableKind::Flat {
                fs::create_dir_all(&merged)?;
            }
            tables::merge(kind, &folder, pieces, &merged, &metadata)
        };
        make().map_err(|error| Error::io(ErrorKind::Write, &folder, error))?;
        match kind {
            TableKind::Nested => move_file(&merged, to),
            TableKind::Flat => move_folder(&merged, to),
        }
    }
}

/// CSV, in files that grow.
pub(crate) struct CsvTables {
    files: Vec<(Table, Append)>,
    folder: PathBuf,
    written: u64,
}

impl CsvTables {
    /// Tables in `folder`, as far as `progressed` says.
    pub(crate) fn open(folder: &Path, progressed: &Progressed) -> Result<CsvTables, Error> {
        let folder = folder.join(FILES);
        let mut files = Vec::new();
        if progressed.finished && !folder.exists() {
            return Ok(CsvTables { files, folder, written: 0 });
        }
        let failed = |error| Error::io(ErrorKind::Write, &folder, error);
        fs::create_dir_all(&folder).map_err(failed)?;
        for &table in TableKind::Flat.tables() {
            let path = folder.join(format!("{}.csv", table.name()));
            let length = progressed.length(table.name());
            let mut file = Append::open(&path, length, Compression::None)?;
            if file.is_empty() {
                file.add(&tables::header(table).map_err(failed)?);
            }
            files.push((table, file));
        }
        Ok(CsvTables { files, folder, written: progressed.summary.written })
    }
}

impl Sink for CsvTables {
    fn add(&mut self, _: &Article, analysis: &Analysis) -> Result<Result<(), Reason>, Error> {
        self.written += 1;
        let rows = tables::rows(&analysis.document, self.written);
        for (table, file) in &mut self.files {
            let lines = tables::write(&rows, *table);
            file.add(&lines.map_err(|error| Error::io(ErrorKind::Write, &self.folder, error))?);
        }
        Ok(Ok(()))
    }

    fn end_block(&mut self) -> Result<(), Error> {
        self.files.iter_mut().try_for_each(|(_, file)| file.end_block())
    }

    fn commit(&mut self, progressed: &mut Progressed) -> Result<(), Error> {
        for (table, file) in &mut self.files {
            progressed.set_length(table.name(), file.commit()?);
        }
        Ok(())
    }

    fn place(self: Box<Self>, to: &Path) -> Result<(), Error> {
        move_folder(&self.folder, to)
    }
}
