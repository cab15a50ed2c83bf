use dateline_rules::Document;
use dateline_text::{Annotations, Article, Clock, Text, segment_timed};

use crate::Error;
use crate::pipeline::guard;

/// An article, and its tokens where the caller fixes them ([`Text::from_tokens`]).
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its tokens; without them the article is segmented.
    pub text: Option<Text>,
}

impl<'a> From<&'a Article> for Given<'a> {
    fn from(article: &'a Article) -> Given<'a> {
        Given { article, text: None }
    }
}

impl Given<'_> {
    pub(crate) fn segmented(&self, clock: Clock<'_>) -> Result<Text, Error> {
        match &self.text {
            Some(text) => Ok(text.clone()),
            None => guard(self.article, || segment_timed(self.article, clock)),
        }
    }
}

/// A document and what the rules concluded it from.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What the article says.
    pub document: Document,
    /// Its zones, sentences and tokens.
    pub text: Text,
    /// What the model said of each token.
    pub annotations: Annotations,
}
