use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::*;
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use serde_json::{Value, json};

use super::*;
use crate::Format;

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
        .unwrap()
}

fn table(batch: &RecordBatch, rows_a_group: usize) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows_a_group))
        .set_data_page_row_count_limit(10)
        .set_write_batch_size(10)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn read_path(path: &Path, reading: &Reading) -> Vec<Record> {
    Input::path(path).read(reading).unwrap().map(Result::unwrap).collect()
}

fn read(bytes: &[u8], limit: u64) -> Vec<Record> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.parquet");
    fs::write(&path, bytes).unwrap();
    read_path(&path, &Reading::default().max_record_bytes(limit))
}

fn json_of(records: &[Record]) -> Vec<Value> {
    assert!(records.iter().all(|record| record.fault.is_none()), "{records:?}");
    records.iter().map(|record| serde_json::from_slice(&record.bytes).unwrap()).collect()
}

fn texts(number: usize) -> RecordBatch {
    let texts = (0..number).map(|n| Some(format!("{n} {}", "rain ".repeat(100))));
    batch(vec![("text", Arc::new(texts.collect::<StringArray>()))])
}

#[test]
fn a_row_is_the_object_it_would_be_in_json_lines() {
    let published = StructArray::from(vec![
        (
            Arc::new(Field::new("value", DataType::Utf8, true)),
            Arc::new(StringArray::from(vec!["2024-07-23", "2024-07-24"])) as ArrayRef,
        ),
        (
            Arc::new(Field::new("source", DataType::Utf8, true)),
            Arc::new(StringArray::from(vec!["metadata", "metadata"])) as ArrayRef,
        ),
    ]);
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]), None]);
    let dictionary: DictionaryArray<Int32Type> = vec![Some("en"), Some("de")].into_iter().collect();
    let noon = [Some(1_721_728_800_000_000), None];
    let oslo = TimestampMicrosecondArray::from(noon.to_vec()).with_timezone("Europe/Oslo");
    let found = read(
        &table(
            &batch(vec![
                ("id", Arc::new(Int64Array::from(vec![Some(7), None]))),
                ("title", Arc::new(StringViewArray::from(vec![Some("Æ\n\u{2028}\"T"), None]))),
                ("text", Arc::new(LargeStringArray::from(vec!["a", "b"]))),
                ("url", Arc::new(BinaryArray::from(vec![&b"https://x.example"[..], b""]))),
                ("image", Arc::new(BinaryArray::from(vec![&b"\xff\xd8"[..], b""]))),
                ("lang", Arc::new(dictionary)),
                ("score", Arc::new(Float64Array::from(vec![Some(0.5), Some(f64::NAN)]))),
                ("ok", Arc::new(BooleanArray::from(vec![true, false]))),
                ("day", Arc::new(Date32Array::from(vec![Some(19_927), None]))),
                ("at", Arc::new(TimestampMicrosecondArray::from(noon.to_vec()))),
                ("date", Arc::new(oslo)),
                ("list", Arc::new(list)),
                ("published", Arc::new(published)),
            ]),
            10,
        ),
        1 << 20,
    );
    let expected = [
        json!({"id": 7, "title": "Æ\n\u{2028}\"T", "text": "a", "url": "https://x.example",
            "lang": "en", "score": 0.5, "ok": true, "day": "2024-07-23",
            "at": "2024-07-23T10:00:00", "date": "2024-07-23T10:00:00Z",
            "published": {"value": "2024-07-23"}}),
        json!({"text": "b", "url": "", "lang": "de", "ok": false,
            "published": {"value": "2024-07-24"}}),
    ];
    let mut rows = json_of(&found);
    rows.iter_mut().for_each(|row| {
        row.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    });
    assert_eq!(rows, expected);
    assert_eq!(found[1].origin.place(), "a.parquet:2");
}

#[test]
fn a_uuid_is_an_id() {
    let id = *b"\x12\x3e\x45\x67\xe8\x9b\x12\xd3\xa4\x56\x42\x66\x14\x17\x40\x00";
    let ids = || Arc::new(FixedSizeBinaryArray::try_from_iter([id].into_iter()).unwrap());
    let found = read(&table(&batch(vec![("id", ids()), ("hash", ids())]), 9), 99);
    assert_eq!(json_of(&found), [json!({"id": "123e4567-e89b-12d3-a456-426614174000"})]);
}

#[test]
fn a_row_that_says_nothing_is_an_empty_object() {
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]), None]);
    assert_eq!(
        json_of(&read(&table(&batch(vec![("l", Arc::new(list))]), 9), 99)),
        [json!({}), json!({})]
    );
    let nulls = batch(vec![("text", Arc::new(StringArray::from(vec![None::<&str>, None])))]);
    assert_eq!(json_of(&read(&table(&nulls, 9), 99)), [json!({}), json!({})]);
    assert_eq!(read(&table(&nulls.slice(0, 0), 9), 99), []);
}

#[test]
fn one_row_does_not_spoil_others() {
    let days = TimestampSecondArray::from(vec![Some(0), Some(i64::MAX), Some(86_400)]);
    let texts = BinaryArray::from(vec![&b"a"[..], b"b", b"caf\xc3\xa9, th\xc3\xa9, no\xc3l"]);
    let batch = batch(vec![("text", Arc::new(texts)), ("date", Arc::new(days))]);
    let mut found = read(&table(&batch, 9), 1 << 20);
    assert!(found.pop().unwrap().fault.is_some());
    let expected = [json!({"text": "a", "date": "1970-01-01T00:00:00"}), json!({"text": "b"})];
    assert_eq!(json_of(&found), expected);
    let found = read(&table(&super::tests::texts(3), 9), 100);
    assert_eq!(found.len(), 3);
    assert_eq!(found[2].fault, Some(Reason::TooLarge { limit: 100 }));
    assert_eq!((&found[2].bytes[..], found[2].origin.number), (&b""[..], 3));
}

#[test]
fn files_that_cannot_be_read_out_of_order_are_copied() {
    let bytes = table(&texts(200), 50);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.parquet");
    fs::write(&path, &bytes).unwrap();
    let plain = read_path(&path, &Reading::default());
    let size = bytes.len() as u64;
    let taken: u64 = plain.iter().map(|record| record.taken).sum();
    assert!((size..size + 100).contains(&taken), "{taken} of {size}");
    let packed = dir.path().join("a.parquet.gz");
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(&bytes).unwrap();
    let mut gzip = writer.finish().unwrap();
    fs::write(&packed, &gzip).unwrap();
    let reading = Reading::default().format(Format::Parquet);
    let copied = read_path(&packed, &reading);
    assert_eq!(json_of(&copied), json_of(&plain));
    gzip.truncate(gzip.len() / 2);
    fs::write(&packed, &gzip).unwrap();
    let damaged = read_path(&packed, &reading);
    assert!(matches!(&damaged[0].fault, Some(Reason::Damaged { .. })) && damaged.len() == 1);
}

#[test]
fn what_is_no_table_is_told() {
    let whole = table(&texts(20), 50);
    for bytes in [&b""[..], b"PAR1", b"PAR1 but nothing else PAR1", &whole[..whole.len() - 9]] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.parquet");
        fs::write(&path, bytes).unwrap();
        let found = read_path(&path, &Reading::default().format(Format::Parquet));
        assert!(matches!(&found[..], [Record { fault: Some(Reason::Damaged { .. }), .. }]));
        assert_eq!(found[0].bytes, b"");
    }
}

#[test]
fn rows_before_damage_are_read() {
    let mut bytes = table(&texts(200), 100);
    // The header of the page of row 135 or so; all pages have the same size.
    let page = bytes.windows(5).position(|at| at == b"130 r").unwrap();
    bytes[page - 24..page - 12].fill(0xff);
    let mut found = read(&bytes, 1 << 20);
    let end = found.pop().unwrap();
    assert!(matches!(end.fault, Some(Reason::Damaged { .. })), "{end:?}");
    assert_eq!(end.origin.number, 131);
    let read = json_of(&found);
    assert_eq!(read.len(), 130);
    assert!(read[129]["text"].as_str().unwrap().starts_with("129 rain"));
}

#[test]
fn ends_wherever_a_byte_is_wrong() {
    let bytes = table(&texts(40), 20);
    for position in
        (0..bytes.len()).step_by(bytes.len() / 200 + 1).chain(bytes.len() - 300..bytes.len())
    {
        for wrong in [0xff, 0x00, bytes[position] ^ 0x11] {
            let mut damaged = bytes.clone();
            damaged[position] = wrong;
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("a.parquet");
            fs::write(&path, damaged).unwrap();
            let found = read_path(&path, &Reading::default().format(Format::Parquet));
            let faults = found.iter().filter(|record| record.fault.is_some()).count();
            assert!(faults <= 1 && found.len() <= 41, "{position} {wrong}: {faults}");
        }
    }
}
