//! Mistakes with their place, a bounded number of each kind, and how many there are in all.

use std::collections::BTreeMap;

/// Mistakes of one kind that are kept with their place; the rest is only counted.
pub const KEPT_PER_KIND: usize = 500;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MistakeKind {
    /// A gold item without a prediction.
    Missed,
    /// A prediction without a gold item.
    Spurious,
    /// The right span, another type.
    WrongType,
    /// An overlapping span of the right type.
    WrongBoundary,
    /// An overlapping span of another type.
    WrongBoundaryAndType,
    /// Another normalized value.
    WrongValue,
    /// The value of a coarser or finer unit (`2020-05` for `2020-05-14`).
    WrongGrain,
    /// The right filler in another role.
    WrongRole,
    /// Another status, polarity or certainty.
    WrongFactuality,
    /// Another country, or too far away.
    WrongPlace,
    /// Another source.
    WrongSource,
    /// Another label.
    WrongLabel,
    /// Another answer to a question about the main event.
    WrongAnswer,
    /// Another part of speech.
    WrongTag,
    /// Another lemma.
    WrongLemma,
    /// Another head or relation.
    WrongHead,
}

impl MistakeKind {
    /// As printed.
    pub fn name(self) -> &'static str {
        match self {
            MistakeKind::Missed => "missed",
            MistakeKind::Spurious => "spurious",
            MistakeKind::WrongType => "wrong type",
            MistakeKind::WrongBoundary => "wrong boundary",
            MistakeKind::WrongBoundaryAndType => "wrong boundary and type",
            MistakeKind::WrongValue => "wrong value",
            MistakeKind::WrongGrain => "wrong grain",
            MistakeKind::WrongRole => "wrong role",
            MistakeKind::WrongFactuality => "wrong factuality",
            MistakeKind::WrongPlace => "wrong place",
            MistakeKind::WrongSource => "wrong source",
            MistakeKind::WrongLabel => "wrong label",
            MistakeKind::WrongAnswer => "wrong answer",
            MistakeKind::WrongTag => "wrong tag",
            MistakeKind::WrongLemma => "wrong lemma",
            MistakeKind::WrongHead => "wrong head",
        }
    }
}

/// A stretch and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Code points from the start of the article (title, one separator, text).
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Type, role, value, status …
    pub label: String,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Id of the article.
    pub article: String,
    /// `entities`, `events` …
    pub task: &'static str,
    /// What is wrong.
    pub kind: MistakeKind,
    /// What gold has.
    pub gold: Option<Item>,
    /// What was predicted.
    pub predicted: Option<Item>,
    /// The text around it, where it was asked for.
    pub excerpt: Option<Excerpt>,
}

/// A stretch of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Code points from the start of the article.
    pub start: usize,
    /// The characters; line breaks are spaces.
    pub text: String,
}

/// The mistakes of one article or, merged, of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mistakes {
    kinds: BTreeMap<(&'static str, MistakeKind), Kept>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    total: u64,
    first: Vec<Mistake>,
}

impl Mistakes {
    /// Counts a mistake, and keeps it if it is among the first of its kind.
    pub fn push(&mut self, mistake: Mistake) {
        let kept = self.kinds.entry((mistake.task, mistake.kind)).or_default();
        kept.total += 1;
        if kept.first.len() < KEPT_PER_KIND {
            kept.first.push(mistake);
        }
    }

    /// Adds the mistakes of other articles.
    pub fn merge(&mut self, other: Mistakes) {
        for (key, more) in other.kinds {
            let kept = self.kinds.entry(key).or_default();
            kept.total += more.total;
            let room = KEPT_PER_KIND - kept.first.len();
            kept.first.extend(more.first.into_iter().take(room));
        }
    }

    /// Takes out the mistakes of a task.
    pub fn forget(&mut self, task: &str) {
        self.kinds.retain(|(of, _), _| *of != task);
    }

    /// Visits the mistakes that are kept.
    pub fn for_each_kept(&mut self, mut visit: impl FnMut(&mut Mistake)) {
        self.kinds.values_mut().flat_map(|kept| &mut kept.first).for_each(&mut visit);
    }

    /// True if one more mistake of the kind would be kept with its place.
    pub fn has_room(&self, task: &'static str, kind: MistakeKind) -> bool {
        self.kinds.get(&(task, kind)).is_none_or(|kept| kept.first.len() < KEPT_PER_KIND)
    }

    /// Per task and kind: how many there are, and the first [`KEPT_PER_KIND`] of them.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, MistakeKind, u64, &[Mistake])> {
        self.kinds.iter().map(|((task, kind), kept)| (*task, *kind, kept.total, &kept.first[..]))
    }

    /// How many mistakes of a kind there are.
    pub fn total(&self, task: &'static str, kind: MistakeKind) -> u64 {
        self.kinds.get(&(task, kind)).map_or(0, |kept| kept.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_500_kept() {
        let mut sum = Mistakes::default();
        for article in 0..3 {
            let mut one = Mistakes::default();
            for start in 0..200 {
                one.push(Mistake {
                    article: article.to_string(),
                    task: "entities",
                    kind: MistakeKind::Missed,
                    gold: Some(Item { start, end: start + 1, label: "PERSON".into() }),
                    predicted: None,
                    excerpt: None,
                });
            }
            sum.merge(one);
        }
        assert_eq!(sum.total("entities", MistakeKind::Missed), 600);
        let (_, _, total, kept) = sum.kinds().next().expect("one kind");
        assert_eq!((total, kept.len()), (600, 500));
        assert_eq!(
            (kept[499].article.as_str(), kept[499].gold.as_ref().map(|g| g.start)),
            ("2", Some(99))
        );
    }
}
