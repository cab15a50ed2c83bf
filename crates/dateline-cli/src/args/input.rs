//! How inputs are read.

use clap::{Args as ClapArgs, ValueEnum};
use dateline_io::{Fields, Format, Reading};

#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct InputArgs {
    /// How the input is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) input_format: InputFormat,
    /// The most bytes of one article's record; a larger one is rejected
    #[arg(long, value_name = "N", default_value_t = Reading::default().max_record_bytes)]
    pub(crate) max_bytes: u64,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
}

/// Fields of JSON, CSV and Parquet. Without them, the usual names are looked for.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Fields (default: the usual names)")]
pub(crate) struct FieldArgs {
    /// Field that holds the text
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Field that holds the title
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// Field that holds the identifier
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// Field that holds the publication date
    #[arg(long, value_name = "NAME")]
    published_field: Option<String>,
    /// Field that holds the publisher
    #[arg(long, value_name = "NAME")]
    source_field: Option<String>,
    /// Field that holds the address
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
}

impl InputArgs {
    pub(crate) fn reading(&self) -> Reading {
        let reading = Reading::default().format(self.input_format.format());
        reading.max_record_bytes(self.max_bytes)
    }

    pub(crate) fn fields(&self) -> Fields {
        let given = &self.fields;
        Fields::default()
            .text(given.text_field.clone())
            .title(given.title_field.clone())
            .id(given.id_field.clone())
            .published(given.published_field.clone())
            .source(given.source_field.clone())
            .url(given.url_field.clone())
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// By the extension of the file (`.txt`, `.jsonl`, `.ndjson`, `.json`, `.csv`, `.tsv`,
    /// `.parquet`, `.html`, `.warc`), else by its first bytes
    #[default]
    Auto,
    /// One article of plain text
    Text,
    /// One JSON object a line
    Jsonl,
    /// JSON objects over any number of lines, or one array of them
    Json,
    /// Comma-separated values under a header line
    Csv,
    /// Tab-separated values under a header line
    Tsv,
    /// Apache Parquet
    Parquet,
    /// One page
    Html,
    /// A web archive
    Warc,
}

impl InputFormat {
    fn format(self) -> Option<Format> {
        Some(match self {
            InputFormat::Auto => return None,
            InputFormat::Text => Format::Text,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Json => Format::Json,
            InputFormat::Csv => Format::Csv,
            InputFormat::Tsv => Format::Tsv,
            InputFormat::Parquet => Format::Parquet,
            InputFormat::Html => Format::Html,
            InputFormat::Warc => Format::Warc,
        })
    }
}
