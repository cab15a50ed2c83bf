use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::FIELD_GAP;
use crate::{Article, Field, Span};

/// One word or punctuation mark, segmented as UD English does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the source; never empty.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: usize,
}

/// A run of tokens that forms a sentence, a title or a fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token's start to its last token's end.
    pub span: Span,
    /// Its tokens, as indices into the text's tokens; never empty.
    pub tokens: Range<usize>,
    /// The zone it stands in.
    pub zone: ZoneKind,
    /// Index of the paragraph it stands in, counted over the article.
    pub paragraph: usize,
}

/// What part of an article a zone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ZoneKind {
    /// Headline.
    Title,
    /// Place, date and agency at the head of the first paragraph: `BAGHDAD, July 22 (AP) —`.
    Dateline,
    /// Who wrote it.
    Byline,
    /// A paragraph of the story.
    Body,
    /// Not part of the story: wire ids, disclaimers, "Read more", copyright lines.
    Furniture,
}

impl ZoneKind {
    /// The name used in the output record.
    pub fn as_str(self) -> &'static str {
        match self {
            ZoneKind::Title => "title",
            ZoneKind::Dateline => "dateline",
            ZoneKind::Byline => "byline",
            ZoneKind::Body => "body",
            ZoneKind::Furniture => "furniture",
        }
    }
}

/// A stretch of the article and what part it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// What part of the article it is.
    pub kind: ZoneKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// An article cut into zones, sentences and tokens.
///
/// Laws, checked by [`Text::new`]: all spans lie on character boundaries of the source; zones,
/// sentences and tokens are ordered and don't overlap; every token lies in its sentence; sentences
/// exist only in titles and body (furniture, bylines and datelines are zoned, not read).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    source: String,
    text_start: usize,
    zones: Vec<Zone>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
}

/// A broken law of [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} {index} at {span:?} {problem}")]
pub struct TextError {
    what: &'static str,
    index: usize,
    span: Span,
    problem: &'static str,
}

impl Text {
    /// Builds a text from the pieces of `article`, checking the laws above.
    pub fn new(
        article: &Article,
        zones: Vec<Zone>,
        sentences: Vec<Sentence>,
        tokens: Vec<Token>,
    ) -> Result<Text, TextError> {
        let text_start = article.title.as_ref().map_or(0, |t| t.len() + FIELD_GAP.len());
        let text = Text { source: article.source(), text_start, zones, sentences, tokens };
        text.check()?;
        Ok(text)
    }

    /// The text of an article that nothing was found in.
    pub fn empty(article: &Article) -> Text {
        Text::from_parts(article, article.source(), Vec::new(), Vec::new(), Vec::new())
    }

    /// A text from pieces that keep the laws by construction.
    pub(crate) fn from_parts(
        article: &Article,
        source: String,
        zones: Vec<Zone>,
        sentences: Vec<Sentence>,
        tokens: Vec<Token>,
    ) -> Text {
        let text_start = article.title.as_ref().map_or(0, |t| t.len() + FIELD_GAP.len());
        let text = Text { source, text_start, zones, sentences, tokens };
        debug_assert_eq!(text.check(), Ok(()));
        text
    }

    fn check(&self) -> Result<(), TextError> {
        self.check_order("zone", self.zones.iter().map(|z| z.span))?;
        self.check_order("sentence", self.sentences.iter().map(|s| s.span))?;
        self.check_order("token", self.tokens.iter().map(|t| t.span))?;
        let mut next = 0;
        for (index, sentence) in self.sentences.iter().enumerate() {
            let fail =
                |problem| Err(TextError { what: "sentence", index, span: sentence.span, problem });
            let Range { start, end } = sentence.tokens;
            if start != next || end <= start || end > self.tokens.len() {
                return fail("does not take up the tokens where the sentence before it ends");
            }
            next = end;
            let tokens = &self.tokens[start..end];
            if tokens[0].span.start != sentence.span.start
                || tokens[tokens.len() - 1].span.end != sentence.span.end
            {
                return fail("does not start and end with its tokens");
            }
            if tokens.iter().any(|token| token.sentence != index) {
                return fail("holds a token of another sentence");
            }
        }
        if next != self.tokens.len() {
            let span = self.tokens[next].span;
            let problem = "belongs to no sentence";
            return Err(TextError { what: "token", index: next, span, problem });
        }
        Ok(())
    }

    fn check_order(
        &self,
        what: &'static str,
        spans: impl Iterator<Item = Span>,
    ) -> Result<(), TextError> {
        let mut last = 0;
        for (index, span) in spans.enumerate() {
            let fail = |problem| Err(TextError { what, index, span, problem });
            if span.start >= span.end {
                return fail("is empty");
            }
            if span.start < last {
                return fail("overlaps the one before it");
            }
            if self.source.get(span.range()).is_none() {
                return fail("is not on character boundaries of the source");
            }
            last = span.end;
        }
        Ok(())
    }

    /// The buffer all spans point into ([`Article::source`]).
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The characters of `span`, which must come from this text.
    pub fn surface(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    /// Zones in text order. What no zone covers is white space.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// Sentences in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Tokens in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The surface of token `index`.
    pub fn word(&self, index: usize) -> &str {
        self.surface(self.tokens[index].span)
    }

    /// The span of a non-empty run of tokens.
    pub fn cover(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// True if no character stands between token `index` and the next one.
    pub fn is_joined_to_next(&self, index: usize) -> bool {
        self.tokens.get(index + 1).is_some_and(|n| n.span.start == self.tokens[index].span.end)
    }

    /// The field a span lies in, and its byte span within that field.
    pub fn locate(&self, span: Span) -> (Field, Span) {
        if span.start < self.text_start {
            (Field::Title, span)
        } else {
            let by = self.text_start;
            (Field::Text, Span::new(span.start - by, span.end - by))
        }
    }

    /// Whether the article's title is a field of its own.
    pub fn has_title_field(&self) -> bool {
        self.text_start > 0
    }

    /// The characters of one field.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.source[..self.text_start.saturating_sub(FIELD_GAP.len())],
            Field::Text => &self.source[self.text_start..],
        }
    }
}
