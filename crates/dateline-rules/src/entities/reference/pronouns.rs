//! Which referent a pronoun stands for.

use dateline_text::{Deprel, Upos};

use super::discourse::{self, Class, Discourse, Referent, Seen, WINDOW};
use super::words::{WordClass, Words};
use crate::entities::titles::Gender;
use crate::tree::Tree;

/// A pronoun led back to an entity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) token: usize,
    pub(crate) entity: usize,
    pub(crate) score: f32,
}

/// What a pronoun says of the one it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// he, she
    Person(Gender),
    /// it
    One,
    /// they
    Several,
    /// I
    Speaker,
    /// we
    Speakers,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Pronoun {
    pub(super) form: Form,
    pub(super) possessive: bool,
    pub(super) reflexive: bool,
}

/// The pronoun at `token`, if it is one that stands for someone.
pub(super) fn read(tree: &Tree<'_>, token: usize) -> Option<Pronoun> {
    if tree.upos(token) != Upos::Pron {
        return None;
    }
    let word = tree.lower(token);
    let form = match word {
        "he" | "him" | "his" | "himself" => Form::Person(Gender::Masculine),
        "she" | "her" | "hers" | "herself" => Form::Person(Gender::Feminine),
        "it" | "its" | "itself" => Form::One,
        "they" | "them" | "their" | "theirs" | "themselves" => Form::Several,
        "i" | "me" | "my" | "mine" | "myself" => Form::Speaker,
        "we" | "us" | "our" | "ours" | "ourselves" => Form::Speakers,
        _ => return None,
    };
    let possessive = tree.deprel(token) == Deprel::NmodPoss;
    Some(Pronoun { form, possessive, reflexive: word.contains("sel") })
}

/// Verbs of weather, in any of their forms.
fn is_weather(lemma: &str) -> bool {
    ["rain", "snow", "hail", "drizzl", "pour"].iter().any(|verb| lemma.starts_with(verb))
}

/// "It rained", "it is clear that", "it took hours to": a subject that stands for nothing.
pub(super) fn is_expletive(tree: &Tree<'_>, token: usize, words: &Words) -> bool {
    if tree.deprel(token) == Deprel::Expl {
        return true;
    }
    let Some(head) = tree.head(token).filter(|_| tree.word(token).eq_ignore_ascii_case("it"))
    else {
        return false;
    };
    let clause = |c: usize| match tree.deprel(c) {
        Deprel::Csubj | Deprel::CsubjPass => c > head,
        Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => {
            c > head && (tree.deprel(token) == Deprel::NsubjPass || tree.upos(head) != Upos::Verb)
        }
        _ => false,
    };
    let verb = tree.lower_lemma(head);
    let clausal = tree.children(head).iter().any(|&c| clause(c));
    // "makes it hard to cancel", "it is a pity that".
    let formal = tree.upos(head) != Upos::Verb && tree.deprel(token).base() == Deprel::Nsubj;
    tree.deprel(token).is_subject()
        && (clausal && (formal || tree.deprel(token) == Deprel::NsubjPass)
            || is_weather(verb)
            || words.is(WordClass::Impersonal, verb) && clausal_any(tree, head))
        // A cleft and a bare predicate tell of something said, not of a name.
        || tree.deprel(token).base() == Deprel::Obj && tree.with(head, Deprel::Xcomp).next().is_some()
}

fn clausal_any(tree: &Tree<'_>, head: usize) -> bool {
    tree.children(head).iter().any(|&c| {
        c > head
            && matches!(
                tree.deprel(c).base(),
                Deprel::Csubj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl
            )
    })
}

/// The subject of the clause that the pronoun's clause completes: "**Marsh** said she".
fn matrix_subject(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let mut verb = tree.head(pronoun)?;
    for _ in 0..6 {
        match tree.deprel(verb).base() {
            Deprel::Ccomp => return discourse::subject(tree, tree.head(verb)?),
            Deprel::Xcomp | Deprel::Conj | Deprel::Advcl => verb = tree.head(verb)?,
            _ => return None,
        }
    }
    None
}

/// The subject of the clause that the pronoun stands in.
fn own_subject(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    for at in tree.ancestors(pronoun).take(8) {
        let own = tree.with_base(at, Deprel::Nsubj).next();
        if let Some(subject) = own {
            // "Shaw, **who** made his": the noun that the clause is about.
            if matches!(tree.lower(subject), "who" | "which" | "that") {
                return tree.head(at).filter(|_| tree.deprel(at) == Deprel::AclRelcl);
            }
            return (subject != pronoun && !tree.ancestors(pronoun).take(8).any(|a| a == subject))
                .then_some(subject);
        }
        if matches!(tree.deprel(at).base(), Deprel::Xcomp | Deprel::Conj | Deprel::Advcl)
            && let Some(found) = discourse::subject(tree, at)
        {
            return (found < pronoun).then_some(found);
        }
        if matches!(tree.deprel(at).base(), Deprel::Parataxis | Deprel::Ccomp) {
            return None;
        }
    }
    None
}

/// How far a referent's class goes with a pronoun.
fn goes_with(form: Form, referent: &Referent, agentive: bool) -> f32 {
    match (form, referent.class) {
        (Form::Person(gender), Class::Person) => match referent.gender {
            Some(known) if known == gender => 1.0,
            Some(_) => 0.0,
            None => 0.75,
        },
        (Form::One, Class::Org) => 1.0,
        (Form::One, Class::Place) if referent.subtype == Some("country") => 0.9,
        (Form::One, Class::Place) => 0.6,
        // Most of what is done to "it" or said of it is of things.
        (Form::One, Class::Thing) if !agentive => THING,
        (Form::Several, Class::Many) => 1.0,
        (Form::Several, Class::Org) => 0.4,
        _ => 0.0,
    }
}

/// How much more "it" is of things than of organizations.
const THING: f32 = 1.3;

/// How much likelier it is that a pronoun stands for one whose gender is known.
const UNKNOWN: f32 = 0.45;

/// The referents that the pronoun at `token` may stand for, heaviest first. `speaker` is who says
/// the words around, who does not speak of himself as another; `reported` tells by whose head a
/// token is quoted: nobody is named in words of his own.
pub(super) fn weigh(
    tree: &Tree<'_>,
    token: usize,
    pronoun: Pronoun,
    words: &Words,
    discourse: &Discourse,
    speaker: Option<usize>,
    reported: impl Fn(usize) -> Option<usize>,
) -> Vec<(usize, f32)> {
    let head = tree.head(token);
    let relation = tree.deprel(token);
    let is_subject = relation.base() == Deprel::Nsubj;
    let own = own_subject(tree, token);
    let of = |subject: Option<usize>| subject.and_then(|s| discourse.at.get(&s).copied());
    if pronoun.reflexive {
        let fits = |&r: &usize| goes_with(pronoun.form, &discourse.referents[r], true) > 0.0;
        return of(own).filter(fits).map(|r| (r, 1.0)).into_iter().collect();
    }
    let barred = if pronoun.possessive || is_subject { None } else { of(own) };
    let matrix = if is_subject { of(matrix_subject(tree, token)) } else { None };
    let owner = if pronoun.possessive { of(own) } else { None };
    let agentive = is_subject && head.is_some_and(|h| words.is(WordClass::Agentive, tree.lemma(h)));
    // "his widow, Lorraine", "Samira Karim, his wife", "she is his wife": nobody is his own.
    let possessed = head.filter(|_| pronoun.possessive);
    let same = |noun: usize, seen: &Seen| {
        seen.head == noun
            || tree.deprel(noun) == Deprel::Appos && tree.head(noun) == Some(seen.head)
            || tree.head(seen.head) == Some(noun) && tree.deprel(seen.head).base() == Deprel::Nsubj
    };
    let opens = is_subject && tree.sentence(token).start + 2 > token;
    let sentence = tree.text.tokens()[token].sentence;
    let fit = |referent: &Referent, seen: &Seen| {
        let mut fits = goes_with(pronoun.form, referent, agentive);
        let excluded = Some(seen.referent) == barred
            || Some(seen.referent) == speaker
            || reported(seen.head) == Some(token)
            || possessed.is_some_and(|noun| same(noun, seen));
        if excluded {
            return 0.0;
        }
        // An organization is "they" only to its own clause, or as what the sentence before is about.
        let several = pronoun.form == Form::Several && referent.class == Class::Org;
        if several && !opens && ![matrix, owner].contains(&Some(seen.referent)) {
            return 0.0;
        }
        if Some(seen.referent) == matrix {
            fits *= 1.8;
        }
        if Some(seen.referent) == owner {
            fits *= 1.6;
        }
        if opens && seen.sentence + 1 == sentence && seen.weight >= 0.9 {
            fits *= 1.3;
        }
        fits
    };
    let mut weights = discourse.weigh(tree, token, WINDOW, fit);
    // Of those whose gender is known and those whose is not, the known are likelier.
    let known = |r: usize| discourse.referents[r].gender.is_some();
    if matches!(pronoun.form, Form::Person(_)) && weights.iter().any(|w| known(w.0)) {
        weights.iter_mut().filter(|w| !known(w.0)).for_each(|w| w.1 *= UNKNOWN);
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    if let Some(noun) = possessed {
        let its = |r: usize| {
            discourse.seen.iter().rev().take(16).any(|s| s.referent == r && same(noun, s))
        };
        weights.retain(|w| !its(w.0));
    }
    weights
}
