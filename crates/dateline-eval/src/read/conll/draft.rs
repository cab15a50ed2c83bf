//! A document made of tokens: one space between them, a line end between sentences.

use dateline::Field;

use crate::read::tagged;
use crate::sample::{Entity, Location, Sentence, Stretch, Token};
use crate::tags::TagSpan;

/// The document being read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) name: Option<String>,
    /// Its first line with a token.
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) points: usize,
    pub(super) sentences: Vec<Sentence>,
    pub(super) entities: Vec<Entity>,
    /// Tags of the open sentence.
    pub(super) tags: Vec<String>,
    pub(super) open: Vec<Token>,
}

impl Draft {
    pub(super) fn push(&mut self, form: &str) {
        if !self.text.is_empty() {
            self.text.push(if self.open.is_empty() { '\n' } else { ' ' });
            self.points += 1;
        }
        let start = self.points;
        self.text.push_str(form);
        self.points += form.chars().count();
        let at = Stretch { field: Field::Text, start, end: self.points };
        self.open.push(Token::at(Location { at, text: form.to_owned() }));
    }

    pub(super) fn end_sentence(&mut self, spans: &[TagSpan<'_>]) {
        let before = self.entities.len();
        tagged::add(&mut self.entities, &self.open, spans);
        for (entity, span) in self.entities[before..].iter_mut().zip(spans) {
            let words = self.open[span.tokens.clone()].iter().map(|t| t.location.text.as_str());
            entity.mentions[0].location.text = words.collect::<Vec<_>>().join(" ");
        }
        self.sentences.push(Sentence { tokens: std::mem::take(&mut self.open) });
    }
}
