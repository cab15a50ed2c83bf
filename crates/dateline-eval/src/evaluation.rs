//! Scores article by article, and keeps what intervals, comparisons and reports need.

use std::collections::BTreeSet;

use crate::articles::Articles;
use crate::cells::Key;
use crate::mapping::Maps;
use crate::mistakes::{Excerpt, Mistake};
use crate::sample::Sample;
use crate::score::{ScoreError, Task, characters};
use crate::tally::Tally;

/// Characters of text kept on either side of a mistake.
const AROUND: usize = 70;
/// Items longer than this are cut in the middle of nowhere: the excerpt ends after so many.
const LONGEST: usize = 200;

/// A comparison under way. Holds counts per article and a bounded number of mistakes, no texts.
#[derive(Debug)]
pub struct Evaluation {
    tasks: Vec<Task>,
    /// Whether the tasks were asked for by name; if not, those without labels go unmentioned.
    chosen: bool,
    maps: Maps,
    tally: Tally,
    articles: Articles,
    scored: BTreeSet<Task>,
    predicted: BTreeSet<Task>,
    clustered: bool,
}

/// What a comparison found.
#[derive(Debug)]
pub struct Scored {
    /// Sums over all articles, mistakes, and what was left out.
    pub tally: Tally,
    /// The same counts, article by article.
    pub articles: Articles,
    /// Tasks for which some article has gold labels.
    pub tasks: Vec<Task>,
    /// Tasks that were asked for and for which no article has gold labels.
    pub unlabelled: Vec<Task>,
    /// Tasks that gold has labels for and of which no prediction has the layer: left out, or scored
    /// as empty if they were asked for.
    pub unpredicted: Vec<Task>,
    /// Entity types that only one side has, where no map says what they stand for.
    pub strangers: Option<Strangers>,
}

/// Gold and predictions name their entity types differently: without a map all of these are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strangers {
    /// Types of gold that are never predicted.
    pub gold: Vec<String>,
    /// Predicted types that gold never has.
    pub predicted: Vec<String>,
}

impl Strangers {
    fn of(tally: &Tally) -> Option<Strangers> {
        let gold: BTreeSet<&String> = tally.confusion.keys().map(|(gold, _)| gold).collect();
        let found: BTreeSet<&String> = tally.confusion.keys().map(|(_, found)| found).collect();
        let only = |a: &BTreeSet<&String>, b: &BTreeSet<&String>| -> Vec<String> {
            a.difference(b).filter(|name| !name.is_empty()).map(|name| (*name).clone()).collect()
        };
        let strangers = Strangers { gold: only(&gold, &found), predicted: only(&found, &gold) };
        (!strangers.gold.is_empty() && !strangers.predicted.is_empty()).then_some(strangers)
    }
}

impl Evaluation {
    /// Compares by the given tasks, or by all that gold has labels for if there is none.
    pub fn new(tasks: &[Task], maps: Maps) -> Evaluation {
        let chosen = !tasks.is_empty();
        Evaluation {
            tasks: if chosen { tasks.to_vec() } else { Task::ALL.to_vec() },
            chosen,
            maps,
            tally: Tally::default(),
            articles: Articles::default(),
            scored: BTreeSet::new(),
            predicted: BTreeSet::new(),
            clustered: false,
        }
    }

    /// True if a task is asked for and `gold` has its labels.
    pub fn wants(&self, task: Task, gold: &Sample) -> bool {
        self.tasks.contains(&task) && task.is_labelled(gold)
    }

    /// Compares one article by all tasks that its gold has labels for.
    pub fn add(&mut self, gold: &Sample, predicted: &Sample) -> Result<(), ScoreError> {
        self.add_with(gold, |_| predicted)
    }

    /// [`Evaluation::add`] with predictions that may differ by task: segmentation is predicted
    /// from raw text where the other tasks are given gold's tokens.
    pub fn add_with<'p>(
        &mut self,
        gold: &Sample,
        predicted: impl Fn(Task) -> &'p Sample,
    ) -> Result<(), ScoreError> {
        let mut own = Tally::default();
        for &task in &self.tasks {
            if task.is_labelled(gold) {
                task.score(gold, predicted(task), &self.maps, &mut own)?;
                self.scored.insert(task);
                if !self.predicted.contains(&task) && task.is_predicted(predicted(task)) {
                    self.predicted.insert(task);
                }
            }
        }
        self.clustered |= has_clusters(gold);
        self.excerpt(gold, &mut own);
        self.articles.push(&gold.id, &own.cells);
        self.tally.merge(own);
        Ok(())
    }

    /// Puts the text around them beside the mistakes that will be kept.
    fn excerpt(&self, gold: &Sample, own: &mut Tally) {
        let mut article: Option<Vec<char>> = None;
        own.mistakes.for_each_kept(|mistake| {
            if !self.tally.mistakes.has_room(mistake.task, mistake.kind) {
                return;
            }
            let article = article.get_or_insert_with(|| characters(gold));
            mistake.excerpt = excerpt(article, mistake);
        });
    }

    /// Ends the comparison.
    pub fn finish(self) -> Scored {
        let labelled = |task: &Task| self.scored.contains(task);
        // Where nothing at all was predicted, all of it is missed.
        let any = !self.predicted.is_empty();
        let is_empty = |task: &Task| any && labelled(task) && !self.predicted.contains(task);
        // Gold in which every mention stands alone says nothing of clusters, nor do predictions
        // without a layer say anything of it.
        let told = |task: &Task| {
            self.chosen || !is_empty(task) && (*task != Task::Clusters || self.clustered)
        };
        let all = || self.tasks.iter().copied();
        let tasks: Vec<Task> = all().filter(|t| labelled(t) && told(t)).collect();
        let unlabelled = all().filter(|t| self.chosen && !labelled(t)).collect();
        // Scores are optional in predictions: there is nothing amiss without them.
        let expected = |task: &Task| self.chosen || *task != Task::Calibration;
        let unpredicted = all().filter(|t| is_empty(t) && expected(t)).collect();
        let mut tally = self.tally;
        for task in self.scored.iter().filter(|task| !tasks.contains(task)) {
            for section in task.sections() {
                forget(&mut tally, section, |key| key.task == *section);
            }
        }
        // Nor does gold in which no event has an argument say anything of arguments.
        let arguments = |key: &Key| {
            let classified = key.metric.starts_with("AI") || key.metric.starts_with("AC");
            key.task.starts_with("events") && classified
        };
        if !tally.cells.iter().any(|(key, cell)| arguments(key) && cell.gold > 0.0) {
            forget(&mut tally, "arguments", arguments);
        }
        let mapped = self.maps.entities.is_some() || self.maps.predictions.is_some();
        let strangers = if mapped { None } else { Strangers::of(&tally) };
        Scored { unlabelled, unpredicted, tasks, strangers, tally, articles: self.articles }
    }
}

/// Takes out some cells, and the mistakes and left-out items that go with them under `task`.
fn forget(tally: &mut Tally, task: &str, cells: impl Fn(&Key) -> bool) {
    tally.cells.retain(|key, _| !cells(key));
    tally.dropped.retain(|dropped, _| dropped.task != task);
    tally.mistakes.forget(task);
}

fn has_clusters(gold: &Sample) -> bool {
    let entities = gold.entities.iter().flatten().any(|entity| entity.mentions.len() > 1);
    entities || gold.events.iter().flatten().any(|event| event.mentions.len() > 1)
}

fn excerpt(article: &[char], mistake: &Mistake) -> Option<Excerpt> {
    let items = || mistake.gold.iter().chain(&mistake.predicted);
    let first = items().map(|item| item.start).min()?;
    let last = items().map(|item| item.end).max()?.min(first + LONGEST);
    let end = (last + AROUND).min(article.len());
    let start = first.saturating_sub(AROUND).min(end);
    let on_one_line = |ch: &char| if matches!(ch, '\n' | '\r' | '\t') { ' ' } else { *ch };
    let text = article.get(start..end)?.iter().map(on_one_line).collect();
    Some(Excerpt { start, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mistakes::MistakeKind;

    fn sample(json: &str) -> Sample {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn only_what_is_labelled_is_scored_and_mistakes_carry_their_text() {
        let gold = sample(
            r#"{"id": "a", "title": "Vote", "text": "Zoë Lind\nwon.", "entities": [{"type": "PERSON",
               "mentions": [{"field": "text", "start": 0, "end": 8, "text": "Zoë Lind"}]}]}"#,
        );
        let empty = sample(r#"{"id": "a", "entities": []}"#);
        let mut evaluation = Evaluation::new(&[], Maps::default());
        evaluation.add(&gold, &empty).unwrap();
        let scored = evaluation.finish();
        assert!(scored.tasks.contains(&Task::Entities) && !scored.tasks.contains(&Task::Times));
        assert!(!scored.tasks.contains(&Task::Clusters) && scored.unlabelled.is_empty());
        let (_, kind, total, kept) = scored.tally.mistakes.kinds().next().unwrap();
        assert_eq!((kind, total), (MistakeKind::Missed, 1));
        let excerpt = kept[0].excerpt.as_ref().unwrap();
        assert_eq!((excerpt.start, excerpt.text.as_str()), (0, "Vote Zoë Lind won."));
        assert_eq!(kept[0].gold.as_ref().unwrap().start, 5);
    }

    #[test]
    fn a_task_without_labels_is_named_if_it_was_asked_for() {
        let gold = sample(r#"{"id": "a", "text": "So?", "entities": []}"#);
        let mut evaluation = Evaluation::new(&[Task::Times, Task::Entities], Maps::default());
        evaluation.add(&gold, &gold.clone()).unwrap();
        assert_eq!(evaluation.finish().unlabelled, [Task::Times]);
    }

    #[test]
    fn a_layer_that_no_prediction_has_is_named_and_not_scored_unless_asked_for() {
        let gold = sample(r#"{"id": "a", "text": "So?", "entities": [], "times": []}"#);
        let predicted = sample(r#"{"id": "a", "entities": []}"#);
        let of = |tasks: &[Task], predicted: &Sample| {
            let mut evaluation = Evaluation::new(tasks, Maps::default());
            evaluation.add(&gold, predicted).unwrap();
            evaluation.finish()
        };
        let scored = of(&[], &predicted);
        assert!(scored.tasks.contains(&Task::Entities) && !scored.tasks.contains(&Task::Times));
        assert!(scored.unpredicted.contains(&Task::Times));
        assert!(!scored.tally.cells.keys().any(|key| key.task == "times"));
        let scored = of(&[Task::Entities, Task::Times], &predicted);
        assert_eq!(scored.tasks, [Task::Entities, Task::Times]);
        assert_eq!(scored.unpredicted, [Task::Times]);
        // An article without any prediction has everything missed.
        let scored = of(&[], &sample(r#"{"id": "a"}"#));
        assert!(scored.tasks.contains(&Task::Times) && scored.unpredicted.is_empty());
    }

    #[test]
    fn types_that_only_one_side_has_are_named_unless_a_map_names_them() {
        let labelled = |kind: &str| {
            sample(&format!(
                r#"{{"id": "a", "text": "Zoë won.", "entities": [{{"type": "{kind}",
                   "mentions": [{{"start": 0, "end": 3, "text": "Zoë"}}]}}]}}"#
            ))
        };
        let of = |predicted: &str, maps: Maps| {
            let mut evaluation = Evaluation::new(&[], maps);
            evaluation.add(&labelled("PER"), &labelled(predicted)).unwrap();
            evaluation.finish().strangers
        };
        let strangers = of("PERSON", Maps::default()).unwrap();
        assert_eq!(
            (strangers.gold, strangers.predicted),
            (vec!["PER".into()], vec!["PERSON".into()])
        );
        assert_eq!(of("PER", Maps::default()), None);
        let maps = Maps::parse("[entities]\nPER = \"PERSON\"\n", "map".as_ref()).unwrap();
        assert_eq!(of("PERSON", maps), None);
    }
}
