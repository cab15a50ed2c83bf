//! Entities from tag scores: the best legal BIO sequence, and how probable each of its spans is.
//!
//! The tag scores of a sentence define a distribution over all legal tag sequences (each token's
//! softmax, illegal transitions ruled out, renormalized). The sequence is its mode (Viterbi); the
//! score of a span is the total probability of all sequences in which exactly that span stands
//! with that type (forward–backward).

use std::ops::Range;

use dateline_text::EntityKind;

/// Probabilities are kept above this, so that no sequence becomes impossible.
const FLOOR: f64 = 1e-30;

/// A tag of the BIO scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin(EntityKind),
    /// Holds the index of the `Begin` tag of its type.
    Inside(usize),
}

/// The tag set, in the order of the graph's classes.
#[derive(Clone, Debug)]
pub(crate) struct Tags {
    tags: Vec<Tag>,
    /// For each `Begin` and `Inside` tag, the `Inside` tag that may follow.
    inside: Vec<Option<usize>>,
}

/// A run of tokens with a type and the probability of both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TaggedSpan {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityKind,
    pub(crate) score: f64,
    /// Index of its `Begin` tag.
    begin: usize,
}

impl Tags {
    /// Reads labels such as `O`, `B-ORG`, `I-ORG`.
    pub(crate) fn parse(labels: &[String]) -> Result<Tags, String> {
        let kind = |label: &str| label.parse::<EntityKind>().map_err(|e| e.to_string());
        let mut tags = Vec::with_capacity(labels.len());
        for label in labels {
            tags.push(match label.split_once('-') {
                None if label == "O" => Tag::Outside,
                Some(("B", name)) => Tag::Begin(kind(name)?),
                Some(("I", name)) => {
                    kind(name)?;
                    let begin = labels.iter().position(|l| l.strip_prefix("B-") == Some(name));
                    Tag::Inside(begin.ok_or_else(|| format!("{label:?} has no B- tag"))?)
                }
                _ => return Err(format!("{label:?} is not a BIO tag")),
            });
        }
        if !tags.contains(&Tag::Outside) {
            return Err("has no \"O\"".to_owned());
        }
        let follower = |(index, tag): (usize, &Tag)| match tag {
            Tag::Outside => None,
            Tag::Begin(_) => tags.iter().position(|&t| t == Tag::Inside(index)),
            Tag::Inside(begin) => tags.iter().position(|&t| t == Tag::Inside(*begin)),
        };
        let inside = tags.iter().enumerate().map(follower).collect();
        Ok(Tags { tags, inside })
    }

    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }

    /// The entities of a sentence, given a row of probabilities for each token.
    pub(crate) fn decode(&self, rows: &[f32]) -> Vec<TaggedSpan> {
        let mut spans = self.spans(&self.viterbi(rows));
        if !spans.is_empty() {
            self.score(rows, &mut spans);
        }
        spans
    }

    fn starts(&self, tag: usize) -> bool {
        !matches!(self.tags[tag], Tag::Inside(_))
    }

    /// The most probable legal sequence; of equals the one with lower tags.
    fn viterbi(&self, rows: &[f32]) -> Vec<usize> {
        let size = self.len();
        let mut back = vec![0_u8; rows.len()];
        let mut best = vec![0.0_f64; size];
        let mut next = vec![0.0_f64; size];
        for (at, row) in rows.chunks_exact(size).enumerate() {
            let top = argmax(&best);
            // Only differences matter; keeping the best at zero keeps them exact in long texts.
            let shift = best[top];
            next.fill(f64::NEG_INFINITY);
            for tag in (0..size).filter(|&tag| self.starts(tag)) {
                next[tag] = probability(row[tag]).ln();
                back[at * size + tag] = top as u8;
            }
            if at > 0 {
                for (from, &score) in best.iter().enumerate() {
                    let Some(tag) = self.inside[from] else { continue };
                    let score = score - shift + probability(row[tag]).ln();
                    if score > next[tag] {
                        next[tag] = score;
                        back[at * size + tag] = from as u8;
                    }
                }
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut tag = argmax(&best);
        let mut path = vec![0; rows.len() / size];
        for (at, slot) in path.iter_mut().enumerate().rev() {
            *slot = tag;
            tag = usize::from(back[at * size + tag]);
        }
        path
    }

    fn spans(&self, path: &[usize]) -> Vec<TaggedSpan> {
        let mut spans: Vec<TaggedSpan> = Vec::new();
        for (at, &tag) in path.iter().enumerate() {
            match (self.tags[tag], spans.last_mut()) {
                (Tag::Begin(kind), _) => {
                    spans.push(TaggedSpan { tokens: at..at + 1, kind, score: 0.0, begin: tag });
                }
                (Tag::Inside(_), Some(span)) => span.tokens.end = at + 1,
                _ => {}
            }
        }
        spans
    }

    /// Sets the spans' scores. Messages are scaled to one at each token, and the backward ones are
    /// kept only where a span ends: a sentence may be a whole book.
    fn score(&self, rows: &[f32], spans: &mut [TaggedSpan]) {
        let size = self.len();
        let mut forward = vec![0.0_f64; size];
        let mut next = vec![0.0_f64; size];
        let mut scales = Vec::with_capacity(rows.len() / size);
        for (at, row) in rows.chunks_exact(size).enumerate() {
            for (tag, slot) in next.iter_mut().enumerate() {
                *slot = if self.starts(tag) { probability(row[tag]) } else { 0.0 };
            }
            if at > 0 {
                for (from, &message) in forward.iter().enumerate() {
                    if let Some(tag) = self.inside[from] {
                        next[tag] += message * probability(row[tag]);
                    }
                }
            }
            let scale: f64 = next.iter().sum();
            next.iter_mut().for_each(|message| *message /= scale);
            scales.push(scale);
            std::mem::swap(&mut forward, &mut next);
        }
        // `open` is the message to a token whose next one starts anew.
        let mut open = 1.0;
        let mut backward = vec![1.0_f64; size];
        let mut pending = spans.iter_mut().rev().peekable();
        for (at, row) in rows.chunks_exact(size).enumerate().rev() {
            if let Some(span) = pending.next_if(|span| span.tokens.end == at + 1) {
                let inside = self.inside[span.begin];
                let tags = std::iter::once(Some(span.begin)).chain(std::iter::repeat(inside));
                let mut score = open;
                for (token, tag) in span.tokens.clone().zip(tags) {
                    let Some(tag) = tag else { break };
                    score *= probability(rows[token * size + tag]) / scales[token];
                }
                span.score = score.clamp(0.0, 1.0);
            }
            let arrive = |tag: usize| probability(row[tag]) * backward[tag] / scales[at];
            open = (0..size).filter(|&tag| self.starts(tag)).map(arrive).sum();
            let follow = |tag: usize| open + self.inside[tag].map_or(0.0, arrive);
            next = (0..size).map(follow).collect();
            std::mem::swap(&mut backward, &mut next);
        }
    }
}

fn probability(p: f32) -> f64 {
    f64::from(p).max(FLOOR)
}

/// The first of the greatest.
fn argmax(scores: &[f64]) -> usize {
    let mut best = 0;
    for (index, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tags() -> Tags {
        let labels = ["O", "B-ORG", "I-ORG", "I-DATE", "B-DATE"].map(str::to_owned);
        Tags::parse(&labels).unwrap()
    }

    fn is_legal(tags: &Tags, path: &[usize]) -> bool {
        tags.starts(path[0])
            && path.windows(2).all(|p| tags.starts(p[1]) || tags.inside[p[0]] == Some(p[1]))
    }

    /// All legal sequences of `length` with their weights.
    fn all(tags: &Tags, rows: &[f32]) -> Vec<(Vec<usize>, f64)> {
        let (size, length) = (tags.len(), rows.len() / tags.len());
        (0..size.pow(length as u32))
            .map(|code| (0..length).map(|i| code / size.pow(i as u32) % size).collect())
            .filter(|path: &Vec<usize>| is_legal(tags, path))
            .map(|path| {
                let weight = path
                    .iter()
                    .enumerate()
                    .map(|(i, &t)| probability(rows[i * size + t]))
                    .product();
                (path, weight)
            })
            .collect()
    }

    #[test]
    fn illegal_inside_becomes_legal() {
        let rows =
            [[0.4, 0.1, 0.5, 0.0, 0.0], [0.1, 0.1, 0.8, 0.0, 0.0], [0.9, 0.0, 0.1, 0.0, 0.0]];
        let spans = tags().decode(rows.as_flattened());
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].tokens.clone(), spans[0].kind), (0..2, EntityKind::Org));
        assert!(tags().decode(&[]).is_empty());
    }

    #[test]
    fn certain_spans_score_one() {
        let rows =
            [[0.0, 0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0]];
        let spans = tags().decode(rows.as_flattened());
        assert_eq!((spans[0].tokens.clone(), spans[0].kind), (0..2, EntityKind::Date));
        assert!((spans[0].score - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn agrees_with_enumeration(
            raw in prop::collection::vec(prop::collection::vec(0.001_f32..1.0, 5), 1..5),
        ) {
            let tags = tags();
            let rows: Vec<f32> = raw
                .iter()
                .flat_map(|row| row.iter().map(|p| p / row.iter().sum::<f32>()))
                .collect();
            let sequences = all(&tags, &rows);
            let total: f64 = sequences.iter().map(|(_, weight)| weight).sum();
            let best = sequences.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);

            let path = tags.viterbi(&rows);
            prop_assert!(is_legal(&tags, &path));
            let found = sequences.iter().find(|(p, _)| *p == path).unwrap().1;
            prop_assert!((found - best).abs() <= 1e-12 * best);

            for span in tags.decode(&rows) {
                let same = |path: &[usize]| {
                    tags.spans(path).iter().any(|s| s.tokens == span.tokens && s.kind == span.kind)
                };
                let weight: f64 =
                    sequences.iter().filter(|(p, _)| same(p)).map(|(_, weight)| weight).sum();
                prop_assert!((span.score - weight / total).abs() < 1e-9);
            }
        }
    }
}
