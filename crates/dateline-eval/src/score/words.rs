//! Given words of both sides, aligned by their characters.

use super::spans::is_compared;
use crate::matching::Span;
use crate::sample::{Sample, Token};

/// A word and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// On the axis of the article.
    pub(crate) at: Span,
    /// The same, white space not counted.
    pub(crate) compact: Span,
    pub(crate) token: &'a Token,
    pub(crate) head: Head,
}

/// Head of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// None is given, or none that exists.
    Unknown,
    /// The word is the root of its sentence.
    Root,
    /// Index of the head among the words.
    Word(usize),
}

/// Words and sentences of one side, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words<'a> {
    pub(crate) words: Vec<Word<'a>>,
    /// Sentences on the axis and on the axis without white space.
    pub(crate) sentences: Vec<(Span, Span)>,
}

/// The words of a sample that lie in the annotated stretches of gold; `None` without such a layer.
pub(crate) fn words<'a>(gold: &Sample, sample: &'a Sample) -> Option<Words<'a>> {
    let sentences = sample.sentences.as_ref()?;
    let axis = gold.axis();
    let annotated = axis.annotated(gold);
    let compact = Compact::of(gold, sample.text.as_ref().or(gold.text.as_ref()));
    let mut out = Words::default();
    for sentence in sentences {
        let spans: Vec<Span> =
            sentence.tokens.iter().map(|token| axis.span(&token.location.at)).collect();
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let whole = (first.0, last.1);
        if !is_compared(annotated.as_deref(), whole) {
            continue;
        }
        let base = out.words.len();
        out.sentences.push((whole, compact.span(whole)));
        for (token, at) in sentence.tokens.iter().zip(&spans) {
            let head = match token.head {
                Some(0) => Head::Root,
                Some(head) if head <= spans.len() => Head::Word(base + head - 1),
                _ => Head::Unknown,
            };
            out.words.push(Word { at: *at, compact: compact.span(*at), token, head });
        }
    }
    Some(out)
}

/// Partners of the gold spans: spans of the same characters, repeated ones in their order. Both
/// sides are in text order.
pub(crate) fn align(golds: &[Span], predicted: &[Span]) -> Vec<Option<usize>> {
    let mut partners = vec![None; golds.len()];
    let (mut gold, mut index) = (0, 0);
    while gold < golds.len() && index < predicted.len() {
        match golds[gold].cmp(&predicted[index]) {
            std::cmp::Ordering::Equal => {
                partners[gold] = Some(index);
                gold += 1;
                index += 1;
            }
            std::cmp::Ordering::Less => gold += 1,
            std::cmp::Ordering::Greater => index += 1,
        }
    }
    partners
}

/// Counts characters that are no white space.
struct Compact {
    /// How many there are before each place of the axis; empty if the text is not known.
    before: Vec<u32>,
}

impl Compact {
    /// Of a text on the axis of the gold sample, whose title stands before it.
    fn of(gold: &Sample, text: Option<&String>) -> Compact {
        let Some(text) = text else {
            return Compact { before: Vec::new() };
        };
        let title = gold.title.iter().flat_map(|title| title.chars().chain(['\n']));
        let mut before = vec![0];
        let mut count = 0;
        for character in title.chain(text.chars()) {
            count += u32::from(!character.is_whitespace());
            before.push(count);
        }
        Compact { before }
    }

    fn span(&self, span: Span) -> Span {
        let Some(last) = self.before.last() else {
            return span;
        };
        let at = |place: usize| *self.before.get(place).unwrap_or(last) as usize;
        (at(span.0), at(span.1))
    }
}
