//! Names that the model found once and passed over elsewhere.

use std::collections::{HashMap, HashSet};

use dateline_text::Upos;

use super::lexicon::{Lexicon, key};
use super::mentions::{Name, is_capitalized, is_hyphen};
use super::repair::owners;
use super::titles::Titles;
use crate::reading::Kind;
use crate::tree::Tree;

/// Names of more words are not looked for again.
const LONGEST: usize = 6;
/// A name that the model is less sure of is not looked for elsewhere.
const SURE: f32 = 0.5;

/// A name as found.
struct Known {
    kind: Kind,
    score: f32,
    entries: Vec<usize>,
}

/// Names by their spelling, where all of one spelling are of one kind and one of them is sure.
fn known(tree: &Tree<'_>, names: &[Name]) -> HashMap<String, Known> {
    let mut known: HashMap<String, Option<Known>> = HashMap::new();
    for name in names.iter().filter(|n| n.kind != Kind::Norp && n.tokens.len() <= LONGEST) {
        let spelled = key(name.tokens.clone().map(|t| tree.word(t)));
        let this = || Known { kind: name.kind, score: name.score, entries: name.entries.clone() };
        match known.entry(spelled).or_insert_with(|| Some(this())) {
            Some(form) if form.kind == name.kind => form.score = form.score.max(name.score),
            mixed => *mixed = None,
        }
    }
    let sure = known.into_iter().filter_map(|(spelled, form)| Some((spelled, form?)));
    sure.filter(|(_, form)| form.score >= SURE).collect()
}

/// Names that the model passed over and found elsewhere in the article, spelled the same.
pub(crate) fn again(tree: &Tree<'_>, names: &mut Vec<Name>, titles: &Titles, lexicon: &Lexicon) {
    let known = known(tree, names);
    let owner = owners(tree, names);
    let part = |t: usize| {
        owner[t].is_none() && tree.upos(t) == Upos::Propn && is_capitalized(tree.word(t))
    };
    let mut added = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let start = at;
        at += 1;
        let sentence = tree.sentence(start);
        // What another capital stands before or behind is part of a longer name. The first word of
        // a sentence always has one.
        let goes_on = start > sentence.start + 1 && part(start - 1);
        if !part(start) || goes_on {
            continue;
        }
        let most = sentence.end.min(start + LONGEST);
        let free = (start..most).take_while(|&t| owner[t].is_none()).count();
        for end in (start + 1..=start + free).rev() {
            let joined = end < sentence.end
                && (part(end) || is_hyphen(tree.word(end)) && tree.text.is_joined_to_next(end - 1));
            if !part(end - 1) || joined {
                continue;
            }
            let spelled = key((start..end).map(|t| tree.word(t)));
            let common = lexicon.heads_organization(&spelled) || titles.is_title(&spelled);
            let Some(form) = known.get(&spelled).filter(|_| !common) else { continue };
            let Known { kind, score, ref entries } = *form;
            added.push(Name { tokens: start..end, kind, score, entries: entries.clone() });
            at = end;
            break;
        }
    }
    names.extend(added);
    names.sort_by_key(|n| n.tokens.start);
}

/// Bare capitalized words that the model missed and that are the short form of one known name:
/// a surname, the first word of a company, "the Commission".
pub(crate) fn short_forms(tree: &Tree<'_>, names: &mut Vec<Name>, lexicon: &Lexicon) {
    let mut forms: HashMap<&str, Option<(Kind, String, f32)>> = HashMap::new();
    // The first word of an organization is its short form where the model once took it for one.
    let single = names.iter().filter(|n| n.kind == Kind::Org && n.tokens.len() == 1);
    let alone: HashSet<&str> = single.map(|n| tree.word(n.tokens.start)).collect();
    for name in names.iter().filter(|n| n.tokens.len() > 1 && n.entries.is_empty()) {
        let (first, last) = (tree.word(name.tokens.start), tree.word(name.tokens.end - 1));
        let full = key(name.tokens.clone().map(|t| tree.word(t)));
        let mut known = vec![];
        match name.kind {
            Kind::Person => known.push(last),
            Kind::Org => {
                known.extend(alone.contains(first).then_some(first));
                known.extend(lexicon.heads_organization(last).then_some(last));
            }
            _ => continue,
        }
        for word in known.into_iter().filter(|w| w.chars().count() > 2) {
            let form = forms.entry(word);
            match form.or_insert_with(|| Some((name.kind, full.clone(), name.score))) {
                Some((kind, known, score))
                    if *kind == name.kind && (*known == full || *kind != Kind::Org) =>
                {
                    *score = score.max(name.score);
                }
                // Of two names neither.
                mixed => *mixed = None,
            }
        }
    }
    let owner = owners(tree, names);
    let mut added = Vec::new();
    for token in 0..tree.len() {
        let word = tree.word(token);
        if owner[token].is_some() || tree.upos(token) != Upos::Propn || !is_capitalized(word) {
            continue;
        }
        let Some(Some((kind, _, score))) = forms.get(word) else { continue };
        if !lexicon.lookup(word).is_empty() {
            continue;
        }
        let sentence = tree.sentence(token);
        let part = |t: usize| {
            sentence.contains(&t)
                && t != sentence.start
                && owner[t].is_none()
                && tree.upos(t) == Upos::Propn
                && is_capitalized(tree.word(t))
        };
        let head = lexicon.heads_organization(word);
        let the = token > sentence.start && tree.word(token - 1).eq_ignore_ascii_case("the");
        let titled = *kind == Kind::Person;
        if part(token + 1)
            || !titled && token > 0 && part(token - 1)
            || head && !the
            || tree.text.is_joined_to_next(token)
                && token + 1 < tree.len()
                && is_hyphen(tree.word(token + 1))
        {
            continue;
        }
        added.push(Name {
            tokens: token..token + 1,
            kind: *kind,
            score: *score,
            entries: Vec::new(),
        });
    }
    names.extend(added);
    names.sort_by_key(|n| n.tokens.start);
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::read;

    #[test]
    fn what_was_a_name_once_is_one_again() {
        let first = "Bumbo PROPN NNP 2 nsubj B-PLACE; burned VERB VBD 0 root; . PUNCT . 2 punct";
        let again = "the DET DT 3 det; Bumbo PROPN NNP 3 compound; fire NOUN NN 4 nsubj; spread VERB VBD 0 root";
        assert_eq!(read(&[first, again]), ["PLACE Bumbo other: Bumbo | Bumbo"]);
        let longer = again.replace("fire NOUN NN", "Fire PROPN NNP");
        assert_eq!(read(&[first, &longer]), ["PLACE Bumbo other: Bumbo"]);
        let mixed = first.replace("PLACE", "ORG");
        assert_eq!(read(&[first, &mixed, again]).join(" ").matches("Bumbo").count(), 3);
        let king = "King PROPN NNP 2 nsubj B-PERSON; won VERB VBD 0 root";
        let title = "the DET DT 2 det; King PROPN NNP 3 nsubj; slept VERB VBD 0 root";
        assert_eq!(read(&[king, title]), ["PERSON King: King"]);
    }

    #[test]
    fn the_first_word_of_a_firm_is_its_short_form_where_it_once_stood_for_it() {
        let long =
            "Acme PROPN NNP 3 nsubj B-ORG; Foods PROPN NNP 1 flat I-ORG; grew VERB VBD 0 root";
        let short = "Acme PROPN NNP 2 nsubj; fell VERB VBD 0 root";
        assert_eq!(read(&[long, short]), ["ORG Acme Foods: Acme Foods"]);
        let known = short.replace("nsubj", "nsubj B-ORG");
        assert_eq!(read(&[long, &known, short]), ["ORG Acme Foods: Acme Foods | Acme | Acme"]);
    }
}
