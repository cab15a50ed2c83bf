//! Writers: our output in the formats of annotation tools and corpora, so that people can correct
//! it and other programs can read it.
//!
//! What a format cannot hold is counted in the [`Notes`] handed in, by kind. Formats with a single
//! text get title and text joined by a blank line, as [`Article::source`] joins them.

mod brat;
mod conll;
mod conllu;
mod doccano;
mod label_studio;
mod layout;
mod limits;
mod timeml;

use std::fmt;

use dateline::{Annotations, Article, Document, Field, Text};

use crate::notes::Notes;
use layout::Layout;

/// What of an id does not stand in a file name as it is.
const IN_NAMES: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// A format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// IOB2 tags over our tokens.
    Conll,
    /// Universal Dependencies trees.
    Conllu,
    /// Standoff: a `.txt` and an `.ann`.
    Brat,
    /// JSON lines.
    Doccano,
    /// An array of tasks with predictions, to import and correct.
    LabelStudio,
    /// Text with inline TIMEX3 and EVENT.
    Timeml,
}

impl Format {
    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Conll => "conll",
            Format::Conllu => "conllu",
            Format::Brat => "brat",
            Format::Doccano => "doccano",
            Format::LabelStudio => "label-studio",
            Format::Timeml => "timeml",
        }
    }

    /// True if every article is a file of its own (two of them for brat).
    pub fn is_file_per_article(self) -> bool {
        matches!(self, Format::Brat | Format::Timeml)
    }

    /// What stands before the first article of a file, between two, and after the last.
    pub fn framing(self) -> [&'static str; 3] {
        match self {
            Format::LabelStudio => ["[\n", ",\n", "\n]\n"],
            _ => ["", "", ""],
        }
    }

    /// What the format holds of our output, in words.
    pub fn holds(self) -> &'static str {
        match self {
            Format::Conll => "names, where they don't nest or overlap; nothing else",
            Format::Conllu => {
                "tokens, syntax and names as the model sees them; nothing of the rules"
            }
            Format::Brat => {
                "entities with clusters, times with values, events with roles among them and \
                 factuality; no places, countries, attribution, quantities or quotes"
            }
            Format::Doccano => "spans with types; no clusters, roles, values or factuality",
            Format::LabelStudio => {
                "entities and events with clusters, times with values, roles among them; no \
                 factuality, places, countries, attribution, quantities or quotes"
            }
            Format::Timeml => {
                "times with values, event triggers with class and polarity; no entities, event types \
                 or roles"
            }
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The characters that a document's offsets count in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The title, where it is a field of its own.
    pub title: Option<&'a str>,
    /// The text.
    pub text: &'a str,
}

impl<'a> From<&'a Article> for Source<'a> {
    fn from(article: &'a Article) -> Source<'a> {
        Source { title: article.title.as_deref(), text: &article.text }
    }
}

impl<'a> From<&'a Text> for Source<'a> {
    fn from(text: &'a Text) -> Source<'a> {
        let title = text.has_title_field().then(|| text.field(Field::Title));
        Source { title, text: text.field(Field::Text) }
    }
}

/// An article in brat's standoff form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standoff {
    /// Content of the `.txt` file.
    pub text: String,
    /// Content of the `.ann` file.
    pub annotations: String,
}

/// Names as IOB2 tags over the tokens of `text`, the text that `document` was concluded from. The
/// document's id stands at its `-DOCSTART-`.
pub fn conll(document: &Document, text: &Text, losses: &mut Notes) -> String {
    conll::write(document, text, losses)
}

/// Trees and names as the model sees them (`annotations` of `text`, which `document` was concluded
/// from), under the document's id.
pub fn conllu(
    document: &Document,
    text: &Text,
    annotations: &Annotations,
    losses: &mut Notes,
) -> String {
    conllu::write(document, text, annotations, losses)
}

/// Standoff with entities, times, events, their clusters and roles.
pub fn brat<'a>(
    document: &Document,
    source: impl Into<Source<'a>>,
    losses: &mut Notes,
) -> Standoff {
    brat::write(document, &Layout::new(document, source.into()), losses)
}

/// One line of JSON with all spans in `label`; times are `time:TYPE`, triggers `event:TYPE`.
pub fn doccano<'a>(
    document: &Document,
    source: impl Into<Source<'a>>,
    losses: &mut Notes,
) -> String {
    doccano::write(document, &Layout::new(document, source.into()), losses)
}

/// One task with our output as its prediction, to stand in an array ([`Format::framing`]). Its
/// regions name the controls `entities`, `times`, `events` and `value` (a text area per region)
/// and the objects `title` and `text`.
pub fn label_studio<'a>(
    document: &Document,
    source: impl Into<Source<'a>>,
    losses: &mut Notes,
) -> String {
    label_studio::write(document, source.into(), losses)
}

/// A TimeML document; the publication date is its creation time.
pub fn timeml<'a>(
    document: &Document,
    source: impl Into<Source<'a>>,
    losses: &mut Notes,
) -> String {
    timeml::write(document, &Layout::new(document, source.into()), losses)
}

/// A file name for a document: its id with everything but letters, digits, `.`, `-` and `_` in
/// percent form (and a `.` at its start), so that different ids have different names. The readers
/// turn such names back into ids.
pub fn file_stem(id: &str) -> String {
    let stem = percent_encoding::utf8_percent_encode(id, IN_NAMES).to_string();
    match stem.strip_prefix('.') {
        Some(rest) => format!("%2E{rest}"),
        None => stem,
    }
}

#[cfg(test)]
mod round_trips;
