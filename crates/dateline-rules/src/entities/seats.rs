//! The country of an organization, where the words around its name tell it: "the Russian 14th
//! Army", "Swedish carmaker Zed", "Zed, the French brewer", "Germany's Zed", "Paris-based Zed".

use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::lexicon::Lexicon;
use super::mentions::{Name, is_hyphen};
use super::places::Place;
use crate::reading::Kind;
use crate::tree::Tree;

/// How many names before and behind an organization's are looked at.
const NEAR: usize = 3;
/// How far up the tree.
const STEPS: usize = 5;

/// The country of `names[org]`; `places` are those of all names.
pub(super) fn country(
    tree: &Tree<'_>,
    names: &[Name],
    org: usize,
    places: &[Place],
    lexicon: &Lexicon,
) -> Option<String> {
    let name = &names[org];
    let sentence = tree.sentence(name.tokens.start);
    let near = org.saturating_sub(NEAR)..names.len().min(org + NEAR + 1);
    near.filter(|&other| other != org && sentence.contains(&names[other].tokens.start)).find_map(
        |other| {
            let of = match names[other].kind {
                Kind::Norp => lexicon.entry(*names[other].entries.first()?).country.clone(),
                Kind::Place => places[other].country.clone(),
                _ => None,
            };
            of.filter(|_| tells(tree, &names[other], &name.tokens, lexicon))
        },
    )
}

/// True if `other` stands where it tells whose the organization is.
fn tells(tree: &Tree<'_>, other: &Name, org: &Range<usize>, lexicon: &Lexicon) -> bool {
    let noun = |t: usize| lexicon.tells_organization(tree.lower_lemma(t), true);
    let mut at = tree.head_of(&other.tokens);
    for _ in 0..STEPS {
        let (Some(head), relation) = (tree.head(at), tree.deprel(at)) else { return false };
        if org.contains(&head) {
            return match relation {
                Deprel::NmodPoss => other.kind == Kind::Place,
                // "Zed, the French brewer", "Zed, based in Paris".
                _ if at > org.start => noun(at) || is_based(tree, at),
                _ => is_based(tree, at) || stands_before(tree, other, org, &noun),
            };
        }
        let explains = tree.children(head).iter().any(|child| {
            let part = matches!(
                tree.deprel(*child),
                Deprel::Appos | Deprel::Flat | Deprel::NmodDesc | Deprel::Compound
            );
            part && org.contains(child)
        });
        let modifies = match relation {
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc => true,
            Deprel::NmodUnmarked | Deprel::OblUnmarked => true,
            Deprel::Obl => is_based(tree, head) && tree.case(at) == "in",
            Deprel::Acl => is_based(tree, at),
            _ => false,
        };
        if !modifies {
            return false;
        }
        if explains && noun(head) {
            return true;
        }
        at = head;
    }
    false
}

fn is_based(tree: &Tree<'_>, token: usize) -> bool {
    let word = tree.lower(token);
    matches!(word.rsplit('-').next(), Some("based" | "headquartered"))
}

/// True if nothing stands between both but words that tell what the organization is.
fn stands_before(
    tree: &Tree<'_>,
    other: &Name,
    org: &Range<usize>,
    noun: &impl Fn(usize) -> bool,
) -> bool {
    let between = other.tokens.end.min(org.start)..org.start;
    if between.is_empty() {
        return other.kind == Kind::Norp;
    }
    let plain =
        |t: usize| matches!(tree.upos(t), Upos::Noun | Upos::Adj) || is_hyphen(tree.word(t));
    between.clone().all(plain) && between.last().is_some_and(noun)
}
