//! The formats that documents are printed and written in.

use std::path::Path;
use std::{fmt, io};

use clap::ValueEnum;
use clap::builder::PossibleValue;
use dateline::{Analysis, Article, OffsetUnit};
use dateline_eval::notes::Notes;
use dateline_eval::read;
use dateline_eval::write::{self, Format};
use dateline_io::{Encoder, Framing, JsonLines, Layout, Part, TableFormat};

use crate::args::Offsets;
use crate::terminal;

/// A format on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    Summary,
    Json,
    Jsonl,
    /// A format of annotation tools and corpora.
    Tool(Format),
}

/// A format of `batch`: those that programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BatchFormat {
    Documents(OutputFormat),
    Tables(TableFormat),
}

impl ValueEnum for OutputFormat {
    fn value_variants<'a>() -> &'a [OutputFormat] {
        use OutputFormat::{Json, Jsonl, Summary, Tool};
        &[
            Summary,
            Json,
            Jsonl,
            Tool(Format::Conll),
            Tool(Format::Conllu),
            Tool(Format::Brat),
            Tool(Format::Doccano),
            Tool(Format::LabelStudio),
            Tool(Format::Timeml),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            OutputFormat::Summary => "A summary to read".to_owned(),
            OutputFormat::Json => "One record an article, indented".to_owned(),
            OutputFormat::Jsonl => "One record an article, on one line".to_owned(),
            OutputFormat::Tool(format) => {
                let what = match format {
                    Format::Conll => "Tokens with IOB2 tags",
                    Format::Conllu => "Universal Dependencies trees",
                    Format::Brat => "A .txt and an .ann file for each article",
                    Format::Doccano => "JSON lines to import",
                    Format::LabelStudio => "JSON tasks with predictions to import",
                    Format::Timeml => "A .tml file for each article",
                };
                format!("{what}. Holds {}", format.holds())
            }
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

impl ValueEnum for BatchFormat {
    fn value_variants<'a>() -> &'a [BatchFormat] {
        use BatchFormat::{Documents, Tables};
        use OutputFormat::{Jsonl, Tool};
        &[
            Documents(Jsonl),
            Tables(TableFormat::Parquet),
            Tables(TableFormat::ParquetTables),
            Tables(TableFormat::CsvTables),
            Documents(Tool(Format::Conll)),
            Documents(Tool(Format::Conllu)),
            Documents(Tool(Format::Brat)),
            Documents(Tool(Format::Doccano)),
            Documents(Tool(Format::LabelStudio)),
            Documents(Tool(Format::Timeml)),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            BatchFormat::Documents(format) => return format.to_possible_value(),
            BatchFormat::Tables(TableFormat::Parquet) => {
                "One Parquet file, an article a row, its record nested in it"
            }
            BatchFormat::Tables(TableFormat::ParquetTables) => {
                "A folder of flat Parquet files: articles, entities, mentions, events, roles, times"
            }
            BatchFormat::Tables(TableFormat::CsvTables) => "The same in CSV",
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

impl BatchFormat {
    /// What is written where nothing is said of it.
    pub(crate) fn by_name(output: &Path) -> BatchFormat {
        match output.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => BatchFormat::Tables(TableFormat::Parquet),
            _ => BatchFormat::Documents(OutputFormat::Jsonl),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            BatchFormat::Documents(format) => format.as_str(),
            BatchFormat::Tables(TableFormat::Parquet) => "parquet",
            BatchFormat::Tables(TableFormat::ParquetTables) => "parquet-tables",
            BatchFormat::Tables(TableFormat::CsvTables) => "csv-tables",
        }
    }

    /// Refuses options that the format leaves no choice about.
    pub(crate) fn check(self, offsets: Option<Offsets>, with_text: bool) -> Result<(), String> {
        match self {
            BatchFormat::Documents(format) => format.check(offsets, with_text),
            BatchFormat::Tables(_) => Ok(()),
        }
    }
}

impl OutputFormat {
    fn as_str(self) -> &'static str {
        match self {
            OutputFormat::Summary => "summary",
            OutputFormat::Json => "json",
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Tool(format) => format.as_str(),
        }
    }

    /// True if each article has files of its own.
    pub(crate) fn is_folder(self) -> bool {
        matches!(self, OutputFormat::Tool(format) if format.is_file_per_article())
    }

    /// Refuses options that the format leaves no choice about.
    pub(crate) fn check(self, offsets: Option<Offsets>, with_text: bool) -> Result<(), String> {
        let OutputFormat::Tool(format) = self else { return Ok(()) };
        if with_text {
            return Err(format!("--with-text is for json and jsonl, not for {format}"));
        }
        let Some(asked) = offsets else { return Ok(()) };
        let name = |unit| match unit {
            OffsetUnit::Codepoint => "codepoint",
            OffsetUnit::Byte => "byte",
            OffsetUnit::Utf16 => "utf16",
        };
        match unit(format) {
            None => Err(format!("{format} has no offsets: --offsets can't be used with it")),
            Some(unit) if unit != asked.into() => Err(format!(
                "offsets in {format} are always {}, not {}",
                name(unit),
                name(asked.into())
            )),
            Some(_) => Ok(()),
        }
    }
}

/// What offsets count in a format, where it has any: what its reader takes them for.
fn unit(format: Format) -> Option<OffsetUnit> {
    match format {
        Format::Conll => read::Format::Conll,
        Format::Conllu => read::Format::Conllu,
        Format::Brat => read::Format::Brat,
        Format::Doccano => read::Format::Doccano,
        Format::LabelStudio => read::Format::LabelStudio,
        Format::Timeml => read::Format::Timeml,
    }
    .unit()
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Writes documents in a format, and counts what it can't hold.
#[derive(Debug)]
pub(crate) struct Writer {
    format: OutputFormat,
    losses: Notes,
    /// Losses of the article encoded last, until it is accepted.
    pending: Notes,
}

impl Writer {
    pub(crate) fn new(format: OutputFormat) -> Writer {
        Writer { format, losses: Notes::default(), pending: Notes::default() }
    }

    /// What the format could not hold of the articles written, in one line; `None` if nothing.
    pub(crate) fn losses(&self) -> Option<String> {
        let some = !self.losses.is_empty();
        some.then(|| format!("{} cannot hold: {}", self.format, self.losses))
    }
}

impl Encoder for Writer {
    fn layout(&self) -> Layout {
        let framing = match self.format {
            format if format.is_folder() => return Layout::Folder,
            OutputFormat::Tool(format) => {
                let [before, between, after] = format.framing();
                Framing { before, between, after }
            }
            OutputFormat::Summary => Framing { between: RULE, ..Framing::default() },
            OutputFormat::Json | OutputFormat::Jsonl => Framing::default(),
        };
        Layout::OneFile(framing)
    }

    fn encode(&mut self, article: &Article, analysis: &Analysis) -> io::Result<Vec<Part>> {
        self.pending = Notes::default();
        let document = &analysis.document;
        Ok(match self.format {
            OutputFormat::Summary => {
                let mut summary = Vec::new();
                terminal::summary::write(&mut summary, document)?;
                vec![Part::record(summary)]
            }
            OutputFormat::Json => {
                let mut record = serde_json::to_vec_pretty(document)?;
                record.push(b'\n');
                vec![Part::record(record)]
            }
            OutputFormat::Jsonl => JsonLines.encode(article, analysis)?,
            OutputFormat::Tool(format) => tool(format, article, analysis, &mut self.pending),
        })
    }

    fn accepted(&mut self) {
        self.losses.merge(&std::mem::take(&mut self.pending));
    }
}

fn tool(format: Format, article: &Article, analysis: &Analysis, losses: &mut Notes) -> Vec<Part> {
    let Analysis { document, text, annotations } = analysis;
    let file = |extension: &str, content: String| Part {
        name: format!("{}.{extension}", write::file_stem(&document.id)),
        content: content.into_bytes(),
    };
    vec![match format {
        Format::Conll => Part::record(write::conll(document, text, losses)),
        Format::Conllu => Part::record(write::conllu(document, text, annotations, losses)),
        Format::Doccano => Part::record(write::doccano(document, article, losses)),
        Format::LabelStudio => Part::record(write::label_studio(document, article, losses)),
        Format::Timeml => file("tml", write::timeml(document, article, losses)),
        Format::Brat => {
            let standoff = write::brat(document, article, losses);
            return vec![file("txt", standoff.text), file("ann", standoff.annotations)];
        }
    }]
}

/// Between two summaries.
const RULE: &str = "\n────────────────────────────────────────────────────────────\n\n";
