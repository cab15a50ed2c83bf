//! What a job writes, and to what.

use std::path::Path;

use super::Progressed;
use crate::output::{Compression, CsvTables, ParquetTables, Sink, Staged, Stream};
use crate::tables::TableKind;
use crate::{Encoder, Error, Layout};

/// What is written.
pub(super) enum Form<'e> {
    Encoded(Box<dyn Encoder + 'e>),
    Tables(TableFormat),
}

/// Tables of documents; `schema/tables.md` tells their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// One Parquet file, an article a row, with all of its record nested in it.
    Parquet,
    /// A folder of flat Parquet files: articles, entities, events and so on, which are joined by the
    /// number of the article.
    ParquetTables,
    /// The same in CSV.
    CsvTables,
}

impl<'e> Form<'e> {
    pub(super) fn is_folder(&self) -> bool {
        match self {
            Form::Encoded(encoder) => encoder.layout() == Layout::Folder,
            Form::Tables(format) => *format != TableFormat::Parquet,
        }
    }

    /// The files of the folder whose names are known before it is written.
    pub(super) fn files(&self) -> impl Iterator<Item = String> + use<> {
        let extension = match self {
            Form::Tables(TableFormat::ParquetTables) => Some("parquet"),
            Form::Tables(TableFormat::CsvTables) => Some("csv"),
            _ => None,
        };
        let names = TableKind::Flat.tables().iter().map(|table| table.name());
        names.filter_map(move |name| Some(format!("{name}.{}", extension?)))
    }

    pub(super) fn open(
        self,
        output: &Path,
        replace: bool,
        folder: &Path,
        progressed: &Progressed,
    ) -> Result<Box<dyn Sink + 'e>, Error> {
        Ok(match self {
            Form::Encoded(encoder) => match encoder.layout() {
                Layout::OneFile(framing) => {
                    let compression = Compression::by_name(output);
                    Box::new(Stream::open(encoder, framing, compression, folder, progressed)?)
                }
                Layout::Folder => {
                    Box::new(Staged::open(encoder, folder, output, replace, progressed)?)
                }
            },
            Form::Tables(TableFormat::Parquet) => {
                Box::new(ParquetTables::open(TableKind::Nested, folder, progressed)?)
            }
            Form::Tables(TableFormat::ParquetTables) => {
                Box::new(ParquetTables::open(TableKind::Flat, folder, progressed)?)
            }
            Form::Tables(TableFormat::CsvTables) => Box::new(CsvTables::open(folder, progressed)?),
        })
    }
}
