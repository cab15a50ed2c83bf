//! Tokens placed on the text that they make.

use dateline::Field;

use super::misc_value;
use crate::notes::Notes;
use crate::read::{Problem, tagged};
use crate::sample::{Entity, Location, Sentence, Stretch, Token};
use crate::tags::{OUTSIDE, Tag, decode};

/// The document being read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    /// Its first line with a token.
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) points: usize,
    pub(super) sentences: Vec<Sentence>,
    pub(super) entities: Vec<Entity>,
    /// What separates the next token from the text so far.
    pub(super) gap: &'static str,
}

/// The sentence being read.
#[derive(Default)]
pub(super) struct Open {
    pub(super) id: Option<String>,
    pub(super) stated: Option<(String, u64)>,
    pub(super) tokens: Vec<Token>,
    pub(super) tags: Vec<String>,
    /// Byte offset in the document's text.
    pub(super) start: usize,
    /// The multiword token whose words are being read.
    pub(super) group: Option<Group>,
}

/// A multiword token: the last of its words, where it stands, and what is left of its characters.
pub(super) struct Group {
    pub(super) last: usize,
    pub(super) at: Stretch,
    pub(super) form: String,
    pub(super) left: String,
    pub(super) words: Vec<String>,
}

impl Open {
    /// Appends a surface token to the text.
    pub(super) fn place(&mut self, draft: &mut Draft, form: &str, misc: &str) -> Stretch {
        draft.text.push_str(draft.gap);
        draft.points += draft.gap.len();
        if self.tokens.is_empty() {
            self.start = draft.text.len();
        }
        let start = draft.points;
        draft.text.push_str(form);
        draft.points += form.chars().count();
        draft.gap = if misc_value(misc, "SpaceAfter") == Some("No") { "" } else { " " };
        Stretch { field: Field::Text, start, end: draft.points }
    }

    /// Places a word of a multiword token: on its characters, if the token begins with them.
    pub(super) fn word(
        &mut self,
        mut group: Group,
        index: usize,
        form: &str,
        notes: &mut Notes,
    ) -> Location {
        let used = group.form.len() - group.left.len();
        let rest = group.left.strip_prefix(form).map(str::to_owned);
        let fits = rest.as_ref().is_some_and(|rest| (index == group.last) == rest.is_empty());
        group.words.push(form.to_owned());
        if let Some(rest) = rest.filter(|_| fits) {
            let start = group.at.start + group.form[..used].chars().count();
            let at = Stretch { field: Field::Text, start, end: start + form.chars().count() };
            group.left = rest;
            if index < group.last {
                self.group = Some(group);
            }
            return Location { at, text: form.to_owned() };
        }
        // The forms don't add up: every word of the token stands on all of it.
        notes.note("word form that differs from the text (in a multiword token)");
        let whole = Location { at: group.at.clone(), text: group.form.clone() };
        let before = group.words.len() - 1;
        let from = self.tokens.len().saturating_sub(before);
        self.tokens[from..].iter_mut().for_each(|t| t.location = whole.clone());
        if index < group.last {
            // Nothing matches what cannot be a form.
            group.left = "\n".to_owned();
            group.words = group.words[..0].to_vec();
            self.group = Some(group);
        }
        whole
    }
}

impl Draft {
    /// Adds a sentence with its entities.
    pub(super) fn add(&mut self, sentence: Open) -> Result<(), Problem> {
        if let Some((stated, _)) = sentence.stated {
            let tokens = &self.text[sentence.start..];
            if !differ_in_spaces_only(&stated, tokens) {
                return Err(Problem::SentenceText { stated, tokens: tokens.to_owned() });
            }
            // The comment knows which kind of space it was.
            self.text.truncate(sentence.start);
            self.text.push_str(&stated);
        }
        let tags = sentence.tags.iter().map(|tag| Tag::parse(tag).unwrap_or(OUTSIDE));
        let spans = decode(&tags.collect::<Vec<_>>());
        tagged::add(&mut self.entities, &sentence.tokens, &spans);
        self.sentences.push(Sentence { tokens: sentence.tokens });
        Ok(())
    }
}

/// True for texts that are equal but for the kind of their spaces.
fn differ_in_spaces_only(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).all(|(a, b)| a == b || (a.is_whitespace() && b.is_whitespace()))
}
