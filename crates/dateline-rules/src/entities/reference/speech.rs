//! Whose words stand between quotation marks, before events are known.

use dateline_text::Deprel;

use super::words::{WordClass, Words};
use crate::tree::Tree;

/// How far from a quote its verb is looked for, in tokens.
const REACH: usize = 40;

/// For each token between quotation marks, the subject of the verb that reports the quote.
pub(super) fn speakers(tree: &Tree<'_>, words: &Words) -> Vec<Option<usize>> {
    let quotes = quotes(tree);
    let mut quoted = vec![false; tree.len()];
    for &(first, last) in &quotes {
        quoted[first..=last].fill(true);
    }
    let mut of = vec![None; tree.len()];
    let mut previous: Option<(usize, usize)> = None;
    let sentences = tree.text.sentences();
    for &(first, last) in &quotes {
        let index = |t: usize| tree.text.tokens()[t].sentence;
        let paragraph = sentences[index(first)].paragraph;
        let said = |sentence: usize| {
            let tokens =
                sentences.get(sentence).filter(|s| s.paragraph == paragraph)?.tokens.clone();
            let from = tokens.start.max(first.saturating_sub(REACH));
            let to = tokens.end.min(last + REACH).max(from);
            let subject = |verb: usize| {
                tree.children(verb)
                    .iter()
                    .copied()
                    .find(|&c| tree.deprel(c) == Deprel::Nsubj && !quoted[c])
            };
            let reports = |&t: &usize| !quoted[t] && words.is(WordClass::Reporting, tree.lemma(t));
            let near = (from..to)
                .filter(reports)
                .filter_map(|t| subject(t).map(|s| (t.abs_diff(first).min(t.abs_diff(last)), s)));
            near.min().map(|(_, subject)| subject)
        };
        let inherited = previous.filter(|p| p.0 == paragraph).map(|p| p.1);
        let next = || if index(last) + 1 < sentences.len() { said(index(last) + 1) } else { None };
        let speaker = said(index(last)).or_else(|| said(index(first))).or_else(|| {
            // "Esteban laughed: '…'", "'…' read the slogan".
            let inside = (first..=last)
                .find(|&t| tree.head(t).is_none_or(|h| !(first..=last).contains(&h)))?;
            let verb = tree.ancestors(inside).chain([inside]).find(|&a| !quoted[a]);
            let verb =
                verb.or_else(|| tree.with(inside, Deprel::Parataxis).find(|&c| !quoted[c]))?;
            tree.with(verb, Deprel::Nsubj).find(|&c| !quoted[c])
        });
        let speaker = speaker.or(inherited).or_else(next);
        if let Some(speaker) = speaker {
            previous = Some((paragraph, speaker));
            of[first..=last].fill(Some(speaker));
        }
    }
    of
}

/// First and last token of each stretch between marks, within a paragraph.
fn quotes(tree: &Tree<'_>) -> Vec<(usize, usize)> {
    let text = tree.text;
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut paragraph = None;
    for token in 0..tree.len() {
        let at = text.sentences()[text.tokens()[token].sentence].paragraph;
        if paragraph.replace(at) != Some(at) {
            open = None;
        }
        match (tree.word(token), open) {
            ("“" | "„" | "``", _) | ("\"", None) => open = Some(token),
            ("”" | "\"" | "''", Some(first)) => {
                found.push((first, token));
                open = None;
            }
            _ => {}
        }
    }
    found
}
