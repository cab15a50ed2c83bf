//! *It*, *they*, *its* and *their*, where the clause around decides who is meant.

use dateline_text::{Deprel, Upos};

use super::reference::Resolved;
use crate::tree::Tree;

/// A mention of a state, an organization or a people, in text order.
pub(crate) struct Party {
    pub(crate) head: usize,
    pub(crate) entity: usize,
    /// A people, or several in one: *they*.
    pub(crate) plural: bool,
    pub(crate) score: f32,
}

/// How far up a possessive's clause is looked for.
const CLIMB: usize = 8;

/// Leads "Turkey denied that **it** had agreed" and "France will withdraw **its** soldiers" back to
/// the subject of the clause around. Anything further away is a guess and stays unresolved.
pub(crate) fn resolve(tree: &Tree<'_>, parties: &[Party]) -> Vec<Resolved> {
    let mut found: Vec<Resolved> = Vec::new();
    for token in 0..tree.len() {
        if tree.upos(token) != Upos::Pron {
            continue;
        }
        let (plural, possessive) = match tree.lower(token) {
            "it" => (false, false),
            "they" => (true, false),
            "its" => (false, true),
            "their" => (true, true),
            _ => continue,
        };
        let subject =
            if possessive { own_subject(tree, token) } else { matrix_subject(tree, token) };
        let Some(subject) = subject else { continue };
        // "Turkey said it … its": a pronoun as subject hands on what it stands for.
        let carried = found.iter().rev().find(|r| r.token == subject);
        let named = || {
            let at = parties.partition_point(|p| p.head < subject);
            parties.get(at).filter(|p| p.head == subject && p.plural == plural)
        };
        let coordinated = tree.with(subject, Deprel::Conj).next().is_some();
        let resolved = match carried {
            Some(carried) => Some((carried.entity, carried.score)),
            None if coordinated => None,
            None => named().map(|p| (p.entity, p.score)),
        };
        if let Some((entity, score)) = resolved {
            found.push(Resolved { token, entity, score });
        }
    }
    found
}

fn subject_of(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    tree.children(verb)
        .iter()
        .copied()
        .find(|&c| matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass))
}

/// The subject of the clause that the pronoun's clause completes.
fn matrix_subject(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let verb = tree.head(pronoun)?;
    if !tree.deprel(pronoun).is_subject() || tree.deprel(verb) != Deprel::Ccomp {
        return None;
    }
    let matrix = tree.head(verb)?;
    subject_of(tree, matrix).filter(|&s| s < pronoun)
}

/// The subject of the clause that a possessive stands in, by control too: "agreed to withdraw its
/// troops".
fn own_subject(tree: &Tree<'_>, possessive: usize) -> Option<usize> {
    if tree.deprel(possessive) != Deprel::NmodPoss {
        return None;
    }
    let noun = tree.head(possessive)?;
    for at in tree.ancestors(noun).take(CLIMB) {
        if let Some(subject) = subject_of(tree, at) {
            return (subject < possessive && subject != noun).then_some(subject);
        }
        // Only a subject's own clauses are climbed through.
        if matches!(tree.deprel(at).base(), Deprel::Acl | Deprel::Parataxis) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::read;

    #[test]
    fn it_and_its_are_the_subject_around() {
        let found = read(&[
            "Turkey PROPN NNP 2 nsubj B-PLACE; denied VERB VBD 0 root; it PRON PRP 4 nsubj; \
             withdrew VERB VBD 2 ccomp; its PRON PRP$ 6 nmod:poss; troops NOUN NNS 4 obj; \
             from ADP IN 8 case; Cyprus PROPN NNP 6 nmod B-PLACE",
        ]);
        // What leaves Cyprus is not Cypriot.
        assert_eq!(
            found,
            [
                "PLACE Turkey TUR country: Turkey | *it | *its",
                "GROUP troops TUR: troops",
                "PLACE Cyprus CYP country: Cyprus",
            ]
        );
    }

    #[test]
    fn what_is_no_clause_of_the_subject_stays_open() {
        let found = read(&[
            "Peru PROPN NNP 2 nsubj B-PLACE; waited VERB VBD 0 root; because SCONJ IN 5 mark; \
             it PRON PRP 5 nsubj; rained VERB VBD 2 advcl",
            "They PRON PRP 2 nsubj; left VERB VBD 0 root",
        ]);
        assert_eq!(found, ["PLACE Peru PER country: Peru"]);
    }
}
