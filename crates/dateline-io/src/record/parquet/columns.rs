//! What is read of a table's columns, and rows as JSON.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::{as_date, as_datetime};
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTimestampType, Date32Type, Date64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_json::LineDelimitedWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};
use parquet::arrow::arrow_reader::ArrowReaderMetadata;

use crate::article::charset;
use crate::{Fields, Reason};

const UUID_BYTES: i32 = 16;

/// A row as a JSON object.
pub(super) struct Row {
    pub(super) json: Vec<u8>,
    pub(super) fault: Option<Reason>,
}

/// The leaves of the columns that can be part of an article. Pictures, lists of numbers and the
/// like are not: they can be far larger than all text.
pub(super) fn chosen(metadata: &ArrowReaderMetadata) -> Vec<usize> {
    let columns = metadata.parquet_schema();
    let is_chosen = |leaf: &usize| {
        let column = columns.column(*leaf);
        let path = column.path().parts();
        let field = path.first().and_then(|name| metadata.schema().field_with_name(name).ok());
        field.is_some_and(|field| match field.data_type() {
            // As our own tables have it.
            DataType::Struct(_) => path == ["published", "value"],
            other => is_stated(other) || has_bytes(other) && is_known(field.name()),
        })
    };
    (0..columns.num_columns()).filter(is_chosen).collect()
}

fn is_stated(kind: &DataType) -> bool {
    use DataType::{Boolean, Date32, Date64, Dictionary, LargeUtf8, Timestamp, Utf8, Utf8View};
    match kind {
        Utf8 | LargeUtf8 | Utf8View | Boolean | Date32 | Date64 | Timestamp(..) => true,
        Dictionary(_, values) => is_stated(values),
        other => other.is_numeric(),
    }
}

/// Old writers (Spark, Impala) do not say that a column is text. 16 bytes are a UUID.
fn has_bytes(kind: &DataType) -> bool {
    use DataType::{Binary, BinaryView, FixedSizeBinary, LargeBinary};
    matches!(kind, Binary | LargeBinary | BinaryView | FixedSizeBinary(UUID_BYTES))
}

fn is_known(name: &str) -> bool {
    Fields::default().names().any(|known| known == name)
}

/// Rows as JSON objects; what is null is left out.
pub(super) fn rows(batch: &RecordBatch) -> Result<Vec<Row>, ArrowError> {
    let mut faults = vec![None; batch.num_rows()];
    let columns = batch.columns().iter().map(|column| readable(column, &mut faults)).collect();
    let mut writer = LineDelimitedWriter::new(Vec::new());
    writer.write(&with_columns(batch, columns)?)?;
    writer.finish()?;
    // No line end within a line: JSON escapes them.
    let json = writer.into_inner();
    let objects = json.split(|&byte| byte == b'\n').map(<[u8]>::to_vec);
    Ok(objects.zip(faults).map(|(json, fault)| Row { json, fault }).collect())
}

/// The batch with other columns in place of its own.
fn with_columns(batch: &RecordBatch, columns: Vec<ArrayRef>) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let fields = schema.fields().iter().zip(&columns);
    let fields =
        fields.map(|(field, column)| Field::new(field.name(), column.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(schema, columns, &options)
}

/// A column in a type that the JSON writer has words for.
fn readable(column: &ArrayRef, faults: &mut [Option<Reason>]) -> ArrayRef {
    match column.data_type() {
        DataType::Binary => text(column.as_binary::<i32>().iter(), faults),
        DataType::LargeBinary => text(column.as_binary::<i64>().iter(), faults),
        DataType::BinaryView => text(column.as_binary_view().iter(), faults),
        DataType::FixedSizeBinary(UUID_BYTES) => Arc::new(
            column.as_fixed_size_binary().iter().map(|id| Some(uuid(id?))).collect::<StringArray>(),
        ),
        DataType::Date32 => dates::<Date32Type>(column),
        DataType::Date64 => dates::<Date64Type>(column),
        DataType::Timestamp(unit, zone) => match unit {
            TimeUnit::Second => times::<TimestampSecondType>(column, zone.clone()),
            TimeUnit::Millisecond => times::<TimestampMillisecondType>(column, zone.clone()),
            TimeUnit::Microsecond => times::<TimestampMicrosecondType>(column, zone.clone()),
            TimeUnit::Nanosecond => times::<TimestampNanosecondType>(column, zone.clone()),
        },
        _ => Arc::clone(column),
    }
}

/// As in the other tables of text: each field is decoded by itself.
fn text<'a>(
    fields: impl Iterator<Item = Option<&'a [u8]>>,
    faults: &mut [Option<Reason>],
) -> ArrayRef {
    let decoded = fields.zip(faults).map(|(bytes, fault)| {
        let bytes = bytes?;
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Some(text.to_owned());
        }
        match charset::decode(bytes, None) {
            Ok((text, _)) => Some(text),
            Err(reason) => {
                fault.get_or_insert(reason);
                Some(String::from_utf8_lossy(bytes).into_owned())
            }
        }
    });
    Arc::new(decoded.collect::<StringArray>())
}

/// `123e4567-e89b-12d3-a456-426614174000`
fn uuid(bytes: &[u8]) -> String {
    let dash = |at| if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
    bytes.iter().enumerate().map(|(at, byte)| format!("{}{byte:02x}", dash(at))).collect()
}

/// Dates, without those that no calendar has.
fn dates<T: ArrowPrimitiveType>(column: &ArrayRef) -> ArrayRef
where
    T::Native: Into<i64>,
{
    let written = |day: T::Native| as_date::<T>(day.into()).map(|_| day);
    Arc::new(column.as_primitive::<T>().unary_opt::<_, T>(written))
}

fn times<T: ArrowTimestampType>(column: &ArrayRef, zone: Option<Arc<str>>) -> ArrayRef {
    let written = |time: i64| as_datetime::<T>(time).map(|_| time);
    let times = column.as_primitive::<T>().unary_opt::<_, T>(written);
    // Names of zones need their rules; a point in time does not.
    let is_known = |zone: &str| zone.parse::<Tz>().is_ok();
    let zone = zone.map(|zone| if is_known(&zone) { zone } else { "+00:00".into() });
    Arc::new(times.with_timezone_opt(zone))
}
