//! Offices as common nouns name them: "the prime minister", "a former president".

use dateline_text::{Deprel, Upos};

use super::words::{WordClass, Words};
use crate::entities::titles::{Class, Titles};
use crate::tree::Tree;

/// An office without the words that tell when it was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Office {
    /// Lower-cased.
    pub(super) words: Vec<String>,
    /// Held no more: "former", "ex-", "ousted".
    pub(super) past: bool,
}

impl Office {
    /// Reads a title: "Prime Minister", "former vice-president".
    pub(super) fn read(title: &str, lists: &Words) -> Office {
        let lower = title.to_lowercase();
        let words = lower.split([' ', '-']).filter(|w| !w.is_empty());
        let (past, words): (Vec<&str>, Vec<&str>) =
            words.partition(|w| lists.is(WordClass::Past, w));
        Office { words: words.into_iter().map(str::to_owned).collect(), past: !past.is_empty() }
    }

    /// True if "the …" may stand for a bearer of `held`: the minister for the finance minister,
    /// but not for the deputy minister.
    pub(super) fn names(&self, held: &Office, lists: &Words) -> bool {
        let Some(rest) = held.words.len().checked_sub(self.words.len()) else { return false };
        self.past == held.past
            && held.words[rest..] == self.words
            && !held.words[..rest].iter().any(|w| lists.is(WordClass::Another, w))
    }
}

/// The office that the noun `head` names with the words right before it; `covered` are words of
/// names.
pub(super) fn office(
    tree: &Tree<'_>,
    head: usize,
    titles: &Titles,
    lists: &Words,
    covered: impl Fn(usize) -> bool,
) -> Option<Office> {
    if !matches!(tree.upos(head), Upos::Noun | Upos::Propn) {
        return None;
    }
    let floor = tree.sentence(head).start.max(head.saturating_sub(6));
    let mut start = head;
    while start > floor {
        let before = start - 1;
        let word = tree.word(before);
        let modifies =
            matches!(tree.deprel(before), Deprel::Compound | Deprel::Amod | Deprel::Flat)
                || word == "-";
        if covered(before) || !modifies || !(titles.is_title(word) || word == "-") {
            break;
        }
        start = before;
    }
    let words: Vec<&str> = (start..=head).map(|t| tree.word(t)).filter(|w| *w != "-").collect();
    let found = (0..words.len()).find_map(|at| titles.class(&words[at..]))?;
    matches!(found, Class::Office | Class::Rank | Class::Leading)
        .then(|| Office::read(&words.join(" "), lists))
}

/// Nouns that say of the person headed at `person` what he or she is: "Marsh was elected
/// **mayor**", "she will step down as finance **minister**", "is a **dentist**".
pub(super) fn predicates(tree: &Tree<'_>, person: usize, words: &Words) -> Vec<usize> {
    let Some(head) = tree.head(person) else { return Vec::new() };
    let relation = tree.deprel(person).base();
    if relation == Deprel::Nsubj && tree.upos(head) == Upos::Noun {
        return vec![head];
    }
    let naming = words.is(WordClass::Naming, tree.lemma(head));
    if !naming || !matches!(relation, Deprel::Nsubj | Deprel::Obj) {
        return Vec::new();
    }
    // "named her minister" says nothing of its subject, "was named minister" does.
    let object = tree.with(head, Deprel::Obj).next().is_some_and(|o| tree.upos(o) != Upos::Noun);
    if relation == Deprel::Nsubj && object {
        return Vec::new();
    }
    let complement = |&c: &usize| match tree.deprel(c).base() {
        Deprel::Xcomp | Deprel::Obj => tree.upos(c) == Upos::Noun,
        Deprel::Obl => tree.case(c) == "as" && tree.upos(c) == Upos::Noun,
        _ => false,
    };
    let mut found: Vec<usize> = tree.children(head).iter().copied().filter(complement).collect();
    // "was sworn in as sheriff": the parser may hang the office on the particle.
    found.extend(tree.with_base(head, Deprel::Advmod).flat_map(|a| {
        tree.with_base(a, Deprel::Obl).filter(|&c| tree.case(c) == "as").collect::<Vec<_>>()
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::{Office, Words};
    use crate::data::Source;

    #[test]
    fn short_forms_of_offices() {
        let words = Words::load(&Source::builtin()).unwrap();
        let office = |title: &str| Office::read(title, &words);
        for (noun, held, expected) in [
            ("minister", "Finance Minister", true),
            ("finance minister", "Finance Minister", true),
            ("foreign minister", "Finance Minister", false),
            ("finance minister", "minister", false),
            ("president", "former president", false),
            ("former president", "ex-president", true),
            ("president", "Vice President", false),
            ("vice president", "vice-president", true),
        ] {
            assert_eq!(office(noun).names(&office(held), &words), expected, "{noun}: {held}");
        }
    }
}
