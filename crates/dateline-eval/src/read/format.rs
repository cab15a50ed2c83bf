use std::fmt;
use std::str::FromStr;

use dateline::OffsetUnit;

/// A format of labelled files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Our own records (`dateline/1`), one a line.
    Dateline,
    /// A token a line, its entity tag in one of the columns.
    Conll,
    /// Universal Dependencies, ten columns.
    Conllu,
    /// JSON lines with `label: [[start, end, name]]`, or `entities` and `relations`.
    Doccano,
    /// Label Studio's JSON export.
    LabelStudio,
    /// JSON lines with `spans: [{start, end, label}]`, as Prodigy and spaCy tools write.
    Prodigy,
    /// `.txt` with standoff `.ann`.
    Brat,
    /// `.tml`: text with inline TIMEX3 and EVENT elements.
    Timeml,
}

impl Format {
    /// Every name that [`Format::from_str`] takes.
    pub const NAMES: &'static str =
        "dateline, conll, conllu, doccano, label-studio, prodigy, brat, timeml";

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Dateline => "dateline",
            Format::Conll => "conll",
            Format::Conllu => "conllu",
            Format::Doccano => "doccano",
            Format::LabelStudio => "label-studio",
            Format::Prodigy => "prodigy",
            Format::Brat => "brat",
            Format::Timeml => "timeml",
        }
    }

    /// What the offsets of such files count, unless the file itself says otherwise. `None` where
    /// the format has no offsets.
    pub fn unit(self) -> Option<OffsetUnit> {
        match self {
            // JavaScript counts them.
            Format::LabelStudio => Some(OffsetUnit::Utf16),
            Format::Dateline | Format::Doccano | Format::Prodigy | Format::Brat => {
                Some(OffsetUnit::Codepoint)
            }
            Format::Conll | Format::Conllu | Format::Timeml => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Format, String> {
        match name.to_ascii_lowercase().as_str() {
            "dateline" | "dateline/1" => Ok(Format::Dateline),
            "conll" | "conll2003" => Ok(Format::Conll),
            "conllu" | "conll-u" => Ok(Format::Conllu),
            "doccano" => Ok(Format::Doccano),
            "label-studio" | "labelstudio" => Ok(Format::LabelStudio),
            "prodigy" | "spacy" => Ok(Format::Prodigy),
            "brat" => Ok(Format::Brat),
            "timeml" | "tml" => Ok(Format::Timeml),
            _ => Err(format!("unknown format {name:?}; one of {}", Format::NAMES)),
        }
    }
}
