//! Reading TOML rule files so that every fault names its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::data::RuleError;

/// A rule file being read.
pub(crate) struct TomlFile<'a> {
    pub(crate) name: &'a str,
    text: &'a str,
}

/// A value with its place in the file.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> TomlFile<'a> {
    pub(crate) fn new(name: &'a str, text: &'a str) -> Self {
        TomlFile { name, text }
    }

    pub(crate) fn parse(&self) -> Result<DeTable<'a>, RuleError> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let at = error.span().unwrap_or(0..0);
            self.error(at, error.message())
        })?;
        Ok(table.into_inner())
    }

    /// Line number, from 1, of a byte range.
    pub(crate) fn line(&self, at: Range<usize>) -> usize {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        before.bytes().filter(|&b| b == b'\n').count() + 1
    }

    pub(crate) fn error(&self, at: Range<usize>, problem: impl Into<String>) -> RuleError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let column = line.chars().count() + 1;
        RuleError { column, ..RuleError::new(self.name, self.line(at), problem) }
    }

    /// The text of a byte range on one line.
    pub(crate) fn written(&self, at: Range<usize>) -> String {
        let text = self.text.get(at).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn str<'v>(&self, value: &'v Value<'a>) -> Result<&'v str, RuleError> {
        let text = value.get_ref().as_str();
        text.ok_or_else(|| self.expected(value, "a string"))
    }

    pub(crate) fn bool(&self, value: &Value<'a>) -> Result<bool, RuleError> {
        value.get_ref().as_bool().ok_or_else(|| self.expected(value, "true or false"))
    }

    pub(crate) fn table<'v>(&self, value: &'v Value<'a>) -> Result<&'v DeTable<'a>, RuleError> {
        value.get_ref().as_table().ok_or_else(|| self.expected(value, "a table"))
    }

    pub(crate) fn array<'v>(&self, value: &'v Value<'a>) -> Result<&'v [Value<'a>], RuleError> {
        let array = value.get_ref().as_array();
        array.map(|a| &a[..]).ok_or_else(|| self.expected(value, "an array"))
    }

    /// A string, or an array of strings.
    pub(crate) fn strings<'v>(&self, value: &'v Value<'a>) -> Result<Vec<&'v str>, RuleError> {
        if value.get_ref().is_str() {
            return Ok(vec![self.str(value)?]);
        }
        self.array(value)?.iter().map(|item| self.str(item)).collect()
    }

    fn expected(&self, value: &Value<'a>, what: &str) -> RuleError {
        let found = value.get_ref().type_str();
        self.error(value.span(), format!("expected {what}, found {found}"))
    }
}

/// The parts of a comma-separated list.
pub(crate) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}
