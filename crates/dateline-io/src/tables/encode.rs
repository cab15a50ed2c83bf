//! How the columns of a file that stays are encoded and compressed.

use parquet::arrow::ArrowSchemaConverter;
use parquet::basic::{Compression, Encoding, Type, ZstdLevel};
use parquet::errors::Result;
use parquet::file::properties::WriterPropertiesBuilder;
use parquet::schema::types::ColumnDescriptor;

use super::Table;

/// Columns of these names hold words of articles, and are most of a file. Zstandard makes them
/// smaller by a third; each column that has it takes some 150 kB of memory.
const PROSE: [&str; 14] = [
    "aliases",
    "cue",
    "how",
    "label",
    "main_how",
    "main_what",
    "main_why",
    "name",
    "text",
    "title",
    "titles",
    "what",
    "who",
    "why",
];

/// Adds to `properties` what is said of the columns.
pub(super) fn kept(
    table: Table,
    properties: WriterPropertiesBuilder,
) -> Result<WriterPropertiesBuilder> {
    let zstd = Compression::ZSTD(ZstdLevel::try_new(3)?);
    let mut properties = properties.set_compression(Compression::SNAPPY);
    for column in ArrowSchemaConverter::new().convert(&table.schema())?.columns() {
        let path = column.path();
        if column.physical_type() == Type::INT64 {
            // Offsets are rarely met twice, and not far from the one before.
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED);
        }
        if is_unique(table, path.parts()) {
            properties = properties.set_column_dictionary_enabled(path.clone(), false);
        }
        if is_prose(column) {
            properties = properties.set_column_compression(path.clone(), zstd);
        }
    }
    Ok(properties)
}

/// True for what no two articles have alike.
fn is_unique(table: Table, path: &[String]) -> bool {
    let is = |name: &str| matches!(path, [only] if only == name);
    match table {
        Table::Documents => is("id") || is("text"),
        Table::Articles => is("article_id") || is("text"),
        _ => false,
    }
}

fn is_prose(column: &ColumnDescriptor) -> bool {
    let parts = column.path().parts().iter().rev();
    let mut names = parts.filter(|name| !["list", "element"].contains(&name.as_str()));
    names.next().is_some_and(|name| PROSE.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TableKind;

    #[test]
    fn columns_of_prose_are_there_and_are_text() {
        let mut found = Vec::new();
        for &table in TableKind::Nested.tables().iter().chain(TableKind::Flat.tables()) {
            let schema = ArrowSchemaConverter::new().convert(&table.schema()).unwrap();
            for column in schema.columns().iter().filter(|column| is_prose(column)) {
                assert_eq!(column.physical_type(), Type::BYTE_ARRAY, "{}", column.path());
                found.push(column.path().string());
            }
        }
        for name in PROSE {
            let is = |path: &String| path.split('.').any(|part| part == name);
            assert!(found.iter().any(is), "no column is called {name}");
        }
    }
}
