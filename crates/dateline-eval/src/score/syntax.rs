//! Syntax and segmentation by the definitions of the CoNLL 2018 shared task (Zeman et al. 2018).
//!
//! Words of both sides are aligned by their characters, white space left out; a word can be right
//! only if a word of the same characters was predicted. Precision is over predicted words, recall
//! over gold words.

use std::collections::BTreeMap;

use super::words::{Head, Word, Words, align, words};
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::{Span, inverse};
use crate::mistakes::MistakeKind;
use crate::sample::{Sample, Token};
use crate::tally::{ALL, Tally};

const TASK: &str = "syntax";
const SEGMENTATION: &str = "segmentation";

/// What is compared of a word that stands alone.
struct Column {
    metric: &'static str,
    wrong: MistakeKind,
    value: fn(&Token) -> Option<&str>,
    /// True if the metric is also counted per value.
    grouped: bool,
}

const COLUMNS: [Column; 3] = [
    Column {
        metric: "UPOS",
        wrong: MistakeKind::WrongTag,
        value: |token| token.upos.as_deref(),
        grouped: true,
    },
    Column {
        metric: "XPOS",
        wrong: MistakeKind::WrongTag,
        value: |token| token.xpos.as_deref(),
        grouped: false,
    },
    Column {
        metric: "lemma",
        wrong: MistakeKind::WrongLemma,
        value: |token| token.lemma.as_deref(),
        grouped: false,
    },
];

/// Scores parts of speech, lemmas and trees.
///
/// Cells: `UPOS`, `XPOS`, `lemma`, `UAS`, `LAS` (relation without subtype), each where gold has
/// it; UPOS also per tag, LAS per relation. A gold lemma `_` is always met.
pub fn syntax(
    gold: &Sample,
    predicted: &Sample,
    _maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(golds) = words(gold, gold) else {
        return Ok(());
    };
    let found = words(gold, predicted).unwrap_or_default();
    let compact = |side: &Words<'_>| side.words.iter().map(|word| word.compact).collect::<Vec<_>>();
    let partners = align(&compact(&golds), &compact(&found));
    for column in COLUMNS {
        score_column(gold, &column, &golds.words, &found.words, &partners, out);
    }
    score_trees(gold, &golds.words, &found.words, &partners, out);
    Ok(())
}

fn score_column(
    sample: &Sample,
    column: &Column,
    golds: &[Word<'_>],
    found: &[Word<'_>],
    partners: &[Option<usize>],
    out: &mut Tally,
) {
    let labelled = golds.iter().filter(|word| (column.value)(word.token).is_some()).count();
    if labelled == 0 {
        return;
    }
    let predicted = found.len().saturating_sub(golds.len() - labelled);
    let mut total = Cell::matched(0.0, predicted as f64, labelled as f64);
    let mut groups: BTreeMap<&str, Cell> = BTreeMap::new();
    for value in found.iter().filter_map(|word| (column.value)(word.token)) {
        groups.entry(value).or_default().predicted += 1.0;
    }
    for (word, partner) in golds.iter().zip(partners) {
        let Some(value) = (column.value)(word.token) else { continue };
        let cell = groups.entry(value).or_default();
        cell.gold += 1.0;
        let Some(partner) = partner.map(|index| found[index]) else { continue };
        let other = (column.value)(partner.token).unwrap_or("");
        // The shared task leaves lemmas that gold does not have (`_`) uncompared.
        if value == other || (column.metric == "lemma" && value == "_") {
            cell.add(Cell::matched(1.0, 0.0, 0.0));
            total.add(Cell::matched(1.0, 0.0, 0.0));
        } else {
            let (gold, predicted) = (Some((word.at, value)), Some((partner.at, other)));
            mistake(out, sample, TASK, column.wrong, gold, predicted);
        }
    }
    out.add(TASK, column.metric, ALL, total);
    if column.grouped {
        for (group, cell) in groups {
            out.add(TASK, column.metric, group, cell);
        }
    }
}

fn score_trees(
    sample: &Sample,
    golds: &[Word<'_>],
    found: &[Word<'_>],
    partners: &[Option<usize>],
    out: &mut Tally,
) {
    if golds.iter().all(|word| word.head == Head::Unknown) {
        return;
    }
    let gold_of = inverse(partners, found.len());
    let sides = Cell::matched(0.0, found.len() as f64, golds.len() as f64);
    let (mut attached, mut labelled) = (sides, sides);
    let mut groups: BTreeMap<&str, Cell> = BTreeMap::new();
    for word in found {
        groups.entry(relation(word.token)).or_default().predicted += 1.0;
    }
    for (word, partner) in golds.iter().zip(partners) {
        let own = relation(word.token);
        groups.entry(own).or_default().gold += 1.0;
        let Some(partner) = partner.map(|index| found[index]) else { continue };
        // The predicted head in terms of gold words; one that has no partner can't be right.
        let head = match partner.head {
            Head::Word(index) => gold_of[index].map_or(Head::Unknown, Head::Word),
            head => head,
        };
        let right_head = word.head == head && head != Head::Unknown;
        let right = right_head && own == relation(partner.token);
        let hit = |right: bool| Cell::matched(f64::from(u8::from(right)), 0.0, 0.0);
        attached.add(hit(right_head));
        labelled.add(hit(right));
        groups.entry(own).or_default().add(hit(right));
        if !right {
            let gold = arc(golds, word, own);
            let predicted = arc(found, &partner, relation(partner.token));
            let (gold, predicted) = ((word.at, gold.as_str()), (partner.at, predicted.as_str()));
            mistake(out, sample, TASK, MistakeKind::WrongHead, Some(gold), Some(predicted));
        }
    }
    out.add(TASK, "UAS", ALL, attached);
    out.add(TASK, "LAS", ALL, labelled);
    for (group, cell) in groups {
        out.add(TASK, "LAS", group, cell);
    }
}

/// The universal relation: without its subtype (`nsubj:pass`).
fn relation(token: &Token) -> &str {
    let relation = token.deprel.as_deref().unwrap_or("");
    relation.split_once(':').map_or(relation, |(universal, _)| universal)
}

/// An arc as a mistake shows it: `nsubj of said`.
fn arc(words: &[Word<'_>], word: &Word<'_>, relation: &str) -> String {
    match word.head {
        Head::Word(head) => format!("{relation} of {}", words[head].token.location.text),
        Head::Root => relation.to_string(),
        Head::Unknown => format!("{relation} of nothing"),
    }
}

/// Scores the division of raw text: cells `token` and `sentence`. A sentence reaches from the
/// first character of its first token to the last of its last.
pub fn segmentation(
    gold: &Sample,
    predicted: &Sample,
    _maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(golds) = words(gold, gold) else {
        return Ok(());
    };
    let found = words(gold, predicted).unwrap_or_default();
    let tokens = |side: &Words<'_>| {
        side.words.iter().map(|word| (word.at, word.compact)).collect::<Vec<_>>()
    };
    divide(gold, "token", &tokens(&golds), &tokens(&found), out);
    divide(gold, "sentence", &golds.sentences, &found.sentences, out);
    Ok(())
}

fn divide(
    sample: &Sample,
    metric: &'static str,
    golds: &[(Span, Span)],
    found: &[(Span, Span)],
    out: &mut Tally,
) {
    let compact = |side: &[(Span, Span)]| side.iter().map(|unit| unit.1).collect::<Vec<_>>();
    let partners = align(&compact(golds), &compact(found));
    let hits = partners.iter().flatten().count();
    let cell = Cell::matched(hits as f64, found.len() as f64, golds.len() as f64);
    out.add(SEGMENTATION, metric, ALL, cell);
    for (unit, partner) in golds.iter().zip(&partners) {
        if partner.is_none() {
            mistake(out, sample, SEGMENTATION, MistakeKind::Missed, Some((unit.0, metric)), None);
        }
    }
    for (unit, partner) in found.iter().zip(inverse(&partners, found.len())) {
        if partner.is_none() {
            mistake(out, sample, SEGMENTATION, MistakeKind::Spurious, None, Some((unit.0, metric)));
        }
    }
}
