//! The flat tables as CSV (RFC 4180): an empty field is null.

use std::io;

use csv::{Writer, WriterBuilder};
use dateline::Document;
use serde::Serialize;

use super::Table;
use super::flatten::rows;

/// The header of a table, with its line end.
pub(crate) fn header(table: Table) -> io::Result<Vec<u8>> {
    let mut writer = writer();
    writer.write_record(table.schema().fields().iter().map(|field| field.name()))?;
    written(writer)
}

/// The lines that `document`, the `number`th of the output, gives a table. None in the nested
/// table, whose lists CSV can't hold.
pub(crate) fn write(document: &Document, number: u64, table: Table) -> io::Result<Vec<u8>> {
    let flat = rows(document, number);
    match table {
        Table::Documents => Ok(Vec::new()),
        Table::Articles => lines(&flat.articles),
        Table::Entities => lines(&flat.entities),
        Table::Mentions => lines(&flat.mentions),
        Table::Events => lines(&flat.events),
        Table::Roles => lines(&flat.roles),
        Table::Times => lines(&flat.times),
    }
}

fn lines<R: Serialize>(rows: &[R]) -> io::Result<Vec<u8>> {
    let mut writer = writer();
    for row in rows {
        writer.serialize(row)?;
    }
    written(writer)
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().has_headers(false).from_writer(Vec::new())
}

fn written(writer: Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
