//! What a record says: from its bytes to an article.

pub(crate) mod charset;
mod fields;
mod html;
pub(crate) mod json;
mod text;
mod warc;

use dateline::{Article, Document};

pub use fields::Fields;

use crate::Reason;
use crate::record::{Kind, Record};

/// What a record says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Parsed {
    /// An article.
    Article(Found),
    /// Nothing that could be an article, as an image in an archive of pages.
    NoArticle(&'static str),
}

/// An article as a record has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The article.
    pub article: Article,
    /// What the user should know about how it was read.
    pub notes: Vec<String>,
    /// True if its text is nowhere in the input as it is, so that a document without it would say
    /// nothing: it was extracted from a page.
    pub is_extracted: bool,
}

impl Found {
    pub(crate) fn new(article: Article) -> Found {
        Found { article, ..Found::default() }
    }

    /// Tells in the article's document what is to be known of how it was read. The text is put
    /// into it where the input does not have it, or where `with_text` asks for it.
    pub fn tell(&self, document: &mut Document, with_text: bool) {
        document.warnings.extend_from_slice(&self.notes);
        if with_text || self.is_extracted {
            document.text = Some(self.article.text.clone());
        }
    }
}

pub(crate) fn parse(record: &Record, fields: &Fields) -> Result<Parsed, Reason> {
    match record.kind {
        Kind::Json => json::parse(record, fields),
        Kind::Text => text::parse(record),
        Kind::Html => html::parse(record),
        Kind::Warc => warc::parse(record),
    }
}
