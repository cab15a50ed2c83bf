use serde::{Deserialize, Serialize};

use crate::Span;

/// What the user handed in; nothing is altered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The user's identifier, or one derived from the input's name and position.
    pub id: String,
    /// The title, where the input has it apart from the text.
    pub title: Option<String>,
    /// The text (with the title on its first line, where the input has no title of its own).
    pub text: String,
    /// Publication date as the input states it (ISO 8601 date or date-time).
    pub published: Option<String>,
    /// Publisher or agency.
    pub source: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
}

/// Which of the article's fields an offset counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// `Article::title`
    Title,
    /// `Article::text`
    Text,
}

/// What stands between title and text in [`Article::source`].
pub(crate) const FIELD_GAP: &str = "\n\n";

impl Article {
    /// An article of plain text.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }

    /// All fields in one buffer, the coordinate space of every internal [`Span`]: the title, a
    /// blank line and the text; or the text alone where there is no separate title.
    pub fn source(&self) -> String {
        match &self.title {
            Some(title) => [title.as_str(), FIELD_GAP, &self.text].concat(),
            None => self.text.clone(),
        }
    }

    /// Where the title stands in [`Article::source`], if it is a field of its own.
    pub fn title_span(&self) -> Option<Span> {
        self.title.as_ref().map(|title| Span::new(0, title.len()))
    }
}
