//! Words in which schemas are written.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};

use super::{Table, flat, nested};

/// Strings; among them all dates, which are TIMEX3 values and need not be days.
pub(super) const TEXT: DataType = DataType::Utf8;
/// Offsets and counts.
pub(super) const INTEGER: DataType = DataType::Int64;
/// Scores and coordinates.
pub(super) const NUMBER: DataType = DataType::Float64;
/// True or false.
pub(super) const BOOLEAN: DataType = DataType::Boolean;

impl Table {
    /// Its columns.
    pub(crate) fn schema(self) -> SchemaRef {
        let fields = match self {
            Table::Documents => nested::document(),
            Table::Articles => flat::articles(),
            Table::Entities => flat::entities(),
            Table::Mentions => flat::mentions(),
            Table::Events => flat::events(),
            Table::Roles => flat::roles(),
            Table::Times => flat::times(),
        };
        Arc::new(Schema::new(fields))
    }
}

/// A column that always has a value.
pub(super) fn is(name: &str, kind: DataType) -> FieldRef {
    Arc::new(Field::new(name, kind, false))
}

/// A column that may be null.
pub(super) fn may(name: &str, kind: DataType) -> FieldRef {
    Arc::new(Field::new(name, kind, true))
}

/// Fields within a field.
pub(super) fn record(fields: Vec<FieldRef>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

/// Any number of values, none of them null. Named as the Parquet format wants it.
pub(super) fn list(kind: DataType) -> DataType {
    DataType::List(is("element", kind))
}
