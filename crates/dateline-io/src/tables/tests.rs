use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use arrow_json::LineDelimitedWriter;
use dateline::Document;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;

use super::*;

/// Has every field that a document can have.
const FULL: &str = include_str!("full.json");

fn document() -> Document {
    serde_json::from_str(FULL).unwrap()
}

/// Documents of many shapes.
fn documents(count: u64) -> Vec<Document> {
    let shaped = |number: u64| {
        let mut document = document();
        document.id = format!("a{}", number % 97);
        document.entities.truncate((number % 5) as usize);
        document.events.truncate((number % 4) as usize);
        if number.is_multiple_of(3) {
            document.times.clear();
            document.published = None;
            document.main_event = None;
        }
        document
    };
    (1..=count).map(shaped).collect()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

fn read(path: &Path) -> Vec<Value> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let mut writer = LineDelimitedWriter::new(Vec::new());
    reader.build().unwrap().for_each(|batch| writer.write(&batch.unwrap()).unwrap());
    writer.finish().unwrap();
    let rows = writer.into_inner();
    serde_json::Deserializer::from_slice(&rows).into_iter().map(Result::unwrap).collect()
}

/// The files that `documents` give, cut in pieces of so many.
fn written(
    kind: TableKind,
    documents: &[Document],
    in_a_piece: usize,
    to: &Path,
) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let mut tables = Tables::new(kind, folder.path()).unwrap();
    let mut pieces = 0;
    let mut number = 0;
    for documents in documents.chunks(in_a_piece) {
        for document in documents {
            number += 1;
            tables.add(document, number).unwrap();
        }
        pieces += 1;
        tables.write_piece(pieces).unwrap();
    }
    let file = to.join("documents.parquet");
    let to = if kind == TableKind::Nested { &file } else { to };
    let metadata = [("dateline.version".to_owned(), "0".to_owned())];
    merge(kind, folder.path(), pieces, to, &metadata).unwrap();
    let names = kind.tables().iter().map(|table| format!("{}.parquet", table.name()));
    let folder = if kind == TableKind::Nested { to.parent().unwrap() } else { to };
    names.map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

#[test]
fn the_full_document_is_full() {
    fn check(value: &Value, place: &str) {
        match value {
            Value::Null => panic!("{place} is null"),
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| check(value, &format!("{place}.{name}")));
            }
            Value::Array(values) => {
                assert!(!values.is_empty(), "{place} is empty");
                check(&values[0], &format!("{place}[0]"));
            }
            _ => {}
        }
    }
    check(&serde_json::to_value(document()).unwrap(), "");
}

#[test]
fn nested_rows_are_the_documents() {
    let dir = tempfile::tempdir().unwrap();
    let documents = documents(200);
    written(TableKind::Nested, &documents, 30, dir.path());
    let rows = read(&dir.path().join("documents.parquet"));
    let expected = documents.iter().map(|d| without_nulls(serde_json::to_value(d).unwrap()));
    assert_eq!(rows, expected.collect::<Vec<_>>());
    let first: Document = serde_json::from_value(rows[4].clone()).unwrap();
    assert_eq!(first, documents[4]);
}

#[test]
fn flat_rows_are_as_in_csv() {
    let dir = tempfile::tempdir().unwrap();
    let documents = documents(50);
    written(TableKind::Flat, &documents, 7, dir.path());
    for &table in TableKind::Flat.tables() {
        let mut lines = header(table).unwrap();
        for (number, document) in (1..).zip(&documents) {
            lines.extend(write(&super::rows(document, number), table).unwrap());
        }
        let mut reader = ::csv::Reader::from_reader(&lines[..]);
        let names = reader.headers().unwrap().clone();
        let schema = table.schema();
        let of_csv = reader.records().map(|row| {
            let row = row.unwrap();
            let fields = names.iter().zip(row.iter()).filter(|(_, field)| !field.is_empty());
            let fields = fields.map(|(name, field)| {
                let is_text = schema.field_with_name(name).unwrap().data_type().is_string();
                let value =
                    if is_text { field.into() } else { serde_json::from_str(field).unwrap() };
                (name.to_owned(), value)
            });
            Value::Object(fields.collect())
        });
        let rows = read(&dir.path().join(format!("{}.parquet", table.name())));
        assert_eq!(rows, of_csv.collect::<Vec<Value>>(), "{}", table.name());
        assert!(rows.len() > 30, "{}", table.name());
    }
}

#[test]
fn flat_rows_name_what_ids_stand_for() {
    let document = document();
    let row = |table| {
        let (header, lines) =
            (header(table).unwrap(), write(&super::rows(&document, 3), table).unwrap());
        let both = [header, lines].concat();
        let mut reader = ::csv::Reader::from_reader(&both[..]);
        let names = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        let fields = names.iter().zip(row.iter());
        fields.map(|(name, field)| (name.to_owned(), field.to_owned())).collect::<BTreeMap<_, _>>()
    };
    let article = row(Table::Articles);
    assert_eq!(article["article"], "3");
    assert_eq!(article["main_who"], "Karen Holst; the workers");
    assert_eq!(article["main_who_entities"], "e1");
    assert_eq!((&*article["main_where"], &*article["main_where_entity"]), ("Oslo", "e2"));
    assert_eq!((&*article["main_why"], &*article["main_why_event"]), ("flood", "ev2"));
    assert_eq!(row(Table::Entities)["score"], "0.97");
    assert_eq!(row(Table::Events)["source_name"], "Karen Holst");
    assert_eq!(row(Table::Roles)["name"], "Karen Holst");
}

#[test]
fn pieces_leave_no_trace() {
    for kind in [TableKind::Nested, TableKind::Flat] {
        let dir = tempfile::tempdir().unwrap();
        let documents = documents(300);
        let whole = written(kind, &documents, 300, dir.path());
        for in_a_piece in [43, 1] {
            assert!(whole == written(kind, &documents, in_a_piece, dir.path()), "{in_a_piece}");
        }
        for name in whole.keys() {
            let file = File::open(dir.path().join(name)).unwrap();
            let file = SerializedFileReader::new(file).unwrap();
            let about = file.metadata().file_metadata();
            assert!(about.created_by().unwrap().starts_with("dateline version "));
            let pairs = about.key_value_metadata().unwrap();
            assert_eq!((pairs.len(), &*pairs[0].key), (1, "dateline.version"));
        }
        // For `scripts/check-tables`.
        if std::env::var_os("DATELINE_KEEP").is_some() {
            eprintln!("kept in {}", dir.keep().display());
        }
    }
}

#[test]
fn row_groups_and_pages_do_not_depend_on_pieces() {
    // More mentions than a row group has, of more words than a dictionary holds.
    let mut many = document();
    let mention = many.entities[0].mentions[0].clone();
    let mentions = (0..70_001).map(|number| {
        let mut mention = mention.clone();
        mention.location.text = format!("mention {number}");
        mention
    });
    many.entities[0].mentions = mentions.collect();
    let many = vec![many; 3];
    let dir = tempfile::tempdir().unwrap();
    let whole = written(TableKind::Flat, &many, 3, dir.path());
    assert!(whole == written(TableKind::Flat, &many, 1, dir.path()));
    let file = File::open(dir.path().join("mentions.parquet")).unwrap();
    let file = SerializedFileReader::new(file).unwrap();
    assert_eq!(file.metadata().num_row_groups(), 2);
    assert_eq!(file.metadata().row_group(0).num_rows(), 131_072);
}

#[test]
fn tables_without_rows_have_columns() {
    for kind in [TableKind::Nested, TableKind::Flat] {
        let dir = tempfile::tempdir().unwrap();
        for name in written(kind, &[], 1, dir.path()).keys() {
            let file = File::open(dir.path().join(name)).unwrap();
            let table = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
            assert_eq!(table.metadata().file_metadata().num_rows(), 0);
            assert!(table.schema().fields().len() > 5);
        }
    }
}

#[test]
fn pieces_that_do_not_count_are_removed() {
    let dir = tempfile::tempdir().unwrap();
    let names = || {
        let files = fs::read_dir(dir.path()).unwrap();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let mut tables = Tables::new(TableKind::Nested, dir.path()).unwrap();
    for number in 1..=3 {
        tables.add(&document(), number).unwrap();
        tables.write_piece(number).unwrap();
    }
    fs::write(dir.path().join("other.00000009.parquet"), "").unwrap();
    fs::write(dir.path().join("documents.open"), "").unwrap();
    remove_pieces_from(dir.path(), 2).unwrap();
    assert_eq!(names(), ["documents.00000001.parquet", "other.00000009.parquet"]);
    // A piece without rows takes the place of one that is there.
    tables.write_piece(1).unwrap();
    assert_eq!(names(), ["other.00000009.parquet"]);
}

#[test]
fn every_column_is_described() {
    let described = include_str!("../../../../schema/tables.md");
    let section = |table: Table| {
        let head = format!("\n## {}\n", table.name());
        let rest = described.split_once(&head).unwrap_or_else(|| panic!("no section{head}")).1;
        rest.split("\n## ").next().unwrap().to_owned()
    };
    for &table in TableKind::Flat.tables().iter().chain(TableKind::Nested.tables()) {
        let section = section(table);
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let named: Vec<(String, String)> = rows
            .map(|(name, rest)| {
                let mut cells = rest.split('|').map(str::trim).skip(1);
                let kind = cells.next().unwrap_or_default().to_owned();
                let null = cells.nth(1).unwrap_or_default();
                (format!("{name}{}", if null.is_empty() { "" } else { "?" }), kind)
            })
            .collect();
        let mut expected = Vec::new();
        for field in table.schema().fields() {
            columns(field, "", &mut expected);
        }
        assert_eq!(named, expected, "{}", table.name());
    }
}

/// The columns of the documentation: `entities[].name`, with `?` where it may be null.
fn columns(field: &arrow_schema::Field, before: &str, into: &mut Vec<(String, String)>) {
    use arrow_schema::DataType::{Boolean, Float64, Int64, List, Struct, Utf8};
    let name = format!("{before}{}", field.name());
    let null = if field.is_nullable() { "?" } else { "" };
    let mut named = |kind: &str| into.push((format!("{name}{null}"), kind.to_owned()));
    match field.data_type() {
        Utf8 => named("string"),
        Int64 => named("int64"),
        Float64 => named("double"),
        Boolean => named("bool"),
        Struct(fields) => {
            named("struct");
            fields.iter().for_each(|field| columns(field, &format!("{name}."), into));
        }
        List(element) => match element.data_type() {
            Struct(fields) => {
                named("list of struct");
                fields.iter().for_each(|field| columns(field, &format!("{name}[]."), into));
            }
            _ => named("list of string"),
        },
        other => panic!("{other} has no name"),
    }
}
