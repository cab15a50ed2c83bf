//! The flat tables as CSV (RFC 4180): an empty field is null.

use std::io;

use csv::{Writer, WriterBuilder};
use serde::Serialize;

use super::Table;
use super::rows::Flat;

/// The header of a table, with its line end.
pub(crate) fn header(table: Table) -> io::Result<Vec<u8>> {
    let mut writer = writer();
    writer.write_record(table.schema().fields().iter().map(|field| field.name()))?;
    written(writer)
}

/// The lines that the rows of a document give a table. None in the nested table, whose lists CSV
/// can't hold.
pub(crate) fn write(rows: &Flat<'_>, table: Table) -> io::Result<Vec<u8>> {
    match table {
        Table::Documents => Ok(Vec::new()),
        Table::Articles => lines(&rows.articles),
        Table::Entities => lines(&rows.entities),
        Table::Mentions => lines(&rows.mentions),
        Table::Events => lines(&rows.events),
        Table::Roles => lines(&rows.roles),
        Table::Times => lines(&rows.times),
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
