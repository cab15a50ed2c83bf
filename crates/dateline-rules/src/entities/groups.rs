//! Collective people that fill roles: officials, troops, protesters.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};

use super::lexicon::columns;
use super::mentions::{is_hyphen, is_inner_hyphen};
use crate::data::{RuleError, Source};
use crate::tree::Tree;

/// Nouns that name people collectively, by lemma.
#[derive(Debug, Default)]
pub(crate) struct GroupNouns {
    classes: HashMap<String, Class>,
    /// Verbs and nouns of leaving, by lemma: what is "from" a place there leaves it.
    leaving: HashSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Names a group where a word or a number tells which: people, reporters.
    Generic,
    /// Names a group in the plural: officials.
    Plural,
    /// Names a group in the singular too: police.
    Collective,
}

impl GroupNouns {
    pub(crate) fn load(source: &Source) -> Result<GroupNouns, RuleError> {
        const FILE: &str = "groups.tsv";
        let mut nouns = GroupNouns::default();
        for (line, row) in source.rows(FILE)? {
            let [class, lemma] = columns(FILE, line, &row)?;
            let class = match class.as_str() {
                "leaving" => {
                    nouns.leaving.insert(lemma);
                    continue;
                }
                "generic" => Class::Generic,
                "plural" => Class::Plural,
                "collective" => Class::Collective,
                _ => return Err(RuleError::new(FILE, line, format!("unknown class {class:?}"))),
            };
            // A noun may be listed as plural and as collective.
            let known = nouns.classes.entry(lemma).or_insert(class);
            if class == Class::Collective {
                *known = class;
            }
        }
        Ok(nouns)
    }

    /// True for "withdraw **troops** from Syria", which come from elsewhere.
    fn leaves(&self, tree: &Tree<'_>, noun: usize) -> bool {
        tree.head(noun).is_some_and(|h| self.leaving.contains(tree.lower_lemma(h)))
    }

    /// The class of the noun, if it names people in the number it stands in.
    fn class(&self, tree: &Tree<'_>, token: usize) -> Option<Class> {
        if !matches!(tree.upos(token), Upos::Noun | Upos::Propn) {
            return None;
        }
        let lemma = tree.lower_lemma(token);
        let word = tree.lower(token);
        let class = *self.classes.get(lemma).or_else(|| self.classes.get(word))?;
        let plural = tree.xpos(token).is_plural() || word == "people";
        (plural || class == Class::Collective).then_some(class)
    }
}

/// Who a group is, as an earlier step found it: a mention with its entity's country.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub(crate) tokens: Range<usize>,
    pub(crate) country: Option<String>,
    pub(crate) score: f32,
}

/// A group as mentioned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) name: String,
    /// Groups of one key are one: who (by country where there is one), what else, and the noun.
    pub(crate) key: String,
    pub(crate) country: Option<String>,
    pub(crate) score: f32,
}

/// Words of a noun phrase that are no part of a group's name.
fn is_outside(tree: &Tree<'_>, token: usize) -> bool {
    let relation = tree.deprel(token).base();
    matches!(relation, Deprel::Det | Deprel::Nummod | Deprel::Advmod | Deprel::Case)
        && !matches!(tree.word(token), "'s" | "’s" | "'" | "’")
        || matches!(tree.upos(token), Upos::Det | Upos::Num | Upos::Pron | Upos::Adp | Upos::Verb)
            && !joined_to_hyphen(tree, token)
        || matches!(tree.upos(token), Upos::Aux | Upos::Sconj | Upos::Intj)
        || matches!(
            relation,
            Deprel::Nsubj | Deprel::Cop | Deprel::Mark | Deprel::Advcl | Deprel::Parataxis
        )
        || matches!(tree.xpos(token), Xpos::Jjr | Xpos::Jjs | Xpos::Pdt)
        || matches!(
            tree.lower(token),
            "many" | "several" | "few" | "some" | "most" | "other" | "more"
        )
}

fn joined_to_hyphen(tree: &Tree<'_>, token: usize) -> bool {
    (token > 0 && is_hyphen(tree.word(token - 1)))
        || (token + 1 < tree.len() && is_hyphen(tree.word(token + 1)))
}

/// The furthest a modifier may stand in front of its noun.
const REACH: usize = 16;

/// Where the noun phrase of `head` starts, without article, numerals and possessive pronouns.
fn start_of(tree: &Tree<'_>, head: usize) -> usize {
    let floor = tree.sentence(head).start.max(head.saturating_sub(REACH));
    let under = |t: usize| tree.ancestors(t).take(6).any(|a| a == head);
    let mut start = head;
    while start > floor && under(start - 1) && !is_outside(tree, start - 1) {
        start -= 1;
    }
    while start < head
        && (matches!(tree.upos(start), Upos::Punct | Upos::Cconj | Upos::Part | Upos::Sym))
    {
        start += 1;
    }
    start
}

/// The groups of an article. `who` are the names found so far, in text order; `titles` are runs
/// of words that belong to a person's name.
pub(crate) fn find(
    tree: &Tree<'_>,
    nouns: &GroupNouns,
    who: &[Who],
    titles: &[Range<usize>],
) -> Vec<Group> {
    let mut covering: Vec<Option<usize>> = vec![None; tree.len()];
    let mut barred = vec![false; tree.len()];
    for (index, name) in who.iter().enumerate() {
        covering[name.tokens.clone()].fill(Some(index));
        barred[name.tokens.clone()].fill(true);
    }
    for title in titles {
        barred[title.clone()].fill(true);
    }
    let mut groups = Vec::new();
    for (head, &barred) in barred.iter().enumerate() {
        let Some(class) = nouns.class(tree, head).filter(|_| !barred) else { continue };
        let mut start = start_of(tree, head);
        // A name is in or out as a whole.
        if let Some(name) = covering[start] {
            start = who[name].tokens.start;
        }
        let mut members: Vec<usize> = (start..head).filter_map(|t| covering[t]).collect();
        members.dedup();
        let bare = !tree.children(head).iter().any(|&c| tree.deprel(c) == Deprel::Det);
        let definite =
            tree.with(head, Deprel::Det).any(|d| tree.word(d).eq_ignore_ascii_case("the"));
        let plural = tree.xpos(head).is_plural();
        if members.is_empty() && !plural && !bare && !definite {
            continue;
        }
        let told = tree.children(head).iter().any(|&c| {
            let relation = tree.deprel(c).base();
            matches!(relation, Deprel::Amod | Deprel::Nummod | Deprel::Nmod | Deprel::Acl)
        });
        if class == Class::Generic && start == head && !told {
            continue;
        }
        let possessive = tree.with(head, Deprel::NmodPoss).find(|&c| tree.upos(c) == Upos::Pron);
        let origin = match possessive {
            Some(pronoun) => Origin::Owner(covering[pronoun]),
            None if nouns.leaves(tree, head) => Origin::Owner(None),
            None => Origin::Sender,
        };
        groups.extend(read(tree, start..head + 1, &members, origin, who));
    }
    groups
}

/// Where a group's country is looked for, if no name in front of the noun tells it.
#[derive(Clone, Copy)]
enum Origin {
    /// Whoever its possessive pronoun stands for, if that is known.
    Owner(Option<usize>),
    /// What stands behind "of" or "from".
    Sender,
}

/// One group, or one for each of the names coordinated in front of it.
fn read(
    tree: &Tree<'_>,
    tokens: Range<usize>,
    members: &[usize],
    origin: Origin,
    who: &[Who],
) -> Vec<Group> {
    let head = tokens.end - 1;
    let event = tree.tokens[head].event;
    // The model scores names, not groups: as certain as its noun is no event and its names are.
    let score = |names: &[usize]| names.iter().fold(1.0 - event, |s, &w| s.min(who[w].score));
    let coordinated = members.windows(2).all(|pair| {
        let mut between = who[pair[0]].tokens.end..who[pair[1]].tokens.start;
        !between.is_empty()
            && between.all(|t| {
                matches!(tree.word(t), "," | "and" | "or" | "&" | "And" | "AND")
                    || is_inner_hyphen(tree, t)
            })
    });
    let first = members.first().map(|&w| who[w].tokens.start);
    if members.len() > 1 && coordinated && first == Some(tokens.start) {
        let rest = who[members[members.len() - 1]].tokens.end..tokens.end;
        return members
            .iter()
            .map(|&w| {
                let country = who[w].country.clone();
                let name = [who[w].tokens.clone(), rest.clone()];
                group(tree, tokens.clone(), &name, country, who, score(&[w]))
            })
            .collect();
    }
    // "Iran-backed militias" are not Iran's.
    let own = |w: &&usize| {
        let end = who[**w].tokens.end;
        let backed = end < head && is_inner_hyphen(tree, end);
        !backed || tree.word(end + 1).eq_ignore_ascii_case("based")
    };
    let country = members.iter().filter(own).find_map(|&w| who[w].country.clone());
    let (owner, senders) = match origin {
        _ if country.is_some() => (None, Vec::new()),
        Origin::Owner(owner) => (owner, Vec::new()),
        Origin::Sender => (None, sent_by(tree, head, who)),
    };
    if let Some(owner) = owner {
        let mut one =
            group(tree, tokens.clone(), std::slice::from_ref(&tokens), None, who, score(members));
        one.country.clone_from(&who[owner].country);
        one.key = format!("{} {}", one.country.as_deref().unwrap_or_default(), one.key);
        one.score = one.score.min(who[owner].score);
        return vec![one];
    }
    if senders.len() > 1 {
        // "delegations of Chad and France" are one of each.
        return senders
            .into_iter()
            .map(|w| {
                let mut score = score(members);
                score = score.min(who[w].score);
                let mut one =
                    group(tree, tokens.clone(), std::slice::from_ref(&tokens), None, who, score);
                one.country.clone_from(&who[w].country);
                one.key = format!("{} {}", one.country.as_deref().unwrap_or_default(), one.key);
                let sender = tree.text.surface(tree.text.cover(who[w].tokens.clone()));
                one.name = format!("{} of {sender}", one.name);
                one
            })
            .collect();
    }
    let country = country.or_else(|| senders.first().and_then(|&w| who[w].country.clone()));
    vec![group(tree, tokens.clone(), &[tokens], country, who, score(members))]
}

/// The names of countries behind the noun: "representatives from Iraq", "members of the Iraqi
/// army"; several where they are coordinated.
fn sent_by(tree: &Tree<'_>, head: usize, who: &[Who]) -> Vec<usize> {
    let name = |noun: usize| {
        let at = who.partition_point(|w| w.tokens.end <= noun);
        who.get(at).filter(|w| w.tokens.contains(&noun) && w.country.is_some()).map(|_| at)
    };
    for noun in tree.with_base(head, Deprel::Nmod) {
        if noun < head || !matches!(tree.case(noun).as_str(), "from" | "of") {
            continue;
        }
        let Some(first) = name(noun) else { continue };
        let mut found = vec![first];
        for other in tree.with(noun, Deprel::Conj).take(REACH).filter_map(name) {
            if found.iter().all(|&f| who[f].country != who[other].country) {
                found.push(other);
            }
        }
        return found;
    }
    Vec::new()
}

fn group(
    tree: &Tree<'_>,
    tokens: Range<usize>,
    parts: &[Range<usize>],
    country: Option<String>,
    who: &[Who],
    score: f32,
) -> Group {
    let head = tokens.end - 1;
    let mut name = String::new();
    for part in parts {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(tree.text.surface(tree.text.cover(part.clone())));
    }
    let first = parts[0].start;
    let at = who.partition_point(|w| w.tokens.end <= first);
    let led = who.get(at).filter(|w| w.tokens.start == first && country.is_some());
    let mut key: Vec<String> = Vec::new();
    let skipped = led.filter(|w| w.country == country).map_or(first, |w| w.tokens.end);
    if skipped > first {
        key.extend(country.clone());
    }
    let words = parts.iter().flat_map(Clone::clone).filter(|&t| t >= skipped && t != head);
    let words = words.map(|t| tree.lower(t)).filter(|w| !matches!(*w, "'s" | "’s"));
    key.extend(words.map(str::to_owned));
    key.push(tree.lower_lemma(head).to_owned());
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Group { tokens, head, name, key: key.join(" "), country, score }
}
