//! Offices, ranks and honorifics in front of a name or in apposition to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::lexicon::{Lexicon, columns};
use super::mentions::{Name, is_hyphen};
use super::places::contained_country;
use crate::data::{RuleError, Source};
use crate::reading::Kind;
use crate::tree::Tree;

/// What a title word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// `Mr`: dropped from the name, kept nowhere.
    Honorific,
    Office,
    Rank,
    /// Belongs to the office after it: `former`, `press`.
    Modifier,
    /// An office of its own, or part of the office right after it: `deputy`.
    Leading,
}

/// Grammatical gender a title tells of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
}

/// Title words and phrases, by their lower-cased words.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    phrases: HashMap<String, (Class, Option<Gender>)>,
    /// Of these, the ones that are first names too.
    first_names: HashSet<String>,
    longest: usize,
}

/// What the words around a name say of its bearer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bearing {
    pub(crate) titles: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) gender: Option<Gender>,
    /// The words in front of the name that were read.
    pub(crate) chain: Range<usize>,
}

fn phrase_key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words = words.flat_map(|w| w.split([' ', '-'])).filter(|w| !w.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.join(" ")
}

impl Titles {
    pub(crate) fn load(source: &Source) -> Result<Titles, RuleError> {
        const FILE: &str = "titles.tsv";
        let mut titles = Titles::default();
        for (line, row) in source.rows(FILE)? {
            let [class, gender, phrase] = columns(FILE, line, &row)?;
            let class = match class.as_str() {
                "honorific" => Class::Honorific,
                "office" => Class::Office,
                "rank" => Class::Rank,
                "modifier" => Class::Modifier,
                "leading" => Class::Leading,
                _ => return Err(RuleError::new(FILE, line, format!("unknown class {class:?}"))),
            };
            let gender = match gender.as_str() {
                "m" => Some(Gender::Masculine),
                "f" => Some(Gender::Feminine),
                "-" => None,
                _ => return Err(RuleError::new(FILE, line, format!("unknown gender {gender:?}"))),
            };
            let (phrase, first_name) = match phrase.strip_suffix('?') {
                Some(phrase) => (phrase, true),
                None => (phrase.as_str(), false),
            };
            let key = phrase_key([phrase].into_iter());
            if first_name {
                titles.first_names.insert(key.clone());
            }
            titles.longest = titles.longest.max(key.split(' ').count());
            if titles.phrases.insert(key, (class, gender)).is_some() {
                return Err(RuleError::new(FILE, line, format!("{phrase:?} is listed twice")));
            }
        }
        Ok(titles)
    }

    fn get(&self, words: &[&str]) -> Option<(Class, Option<Gender>)> {
        self.phrases.get(&phrase_key(words.iter().copied())).copied()
    }

    /// What `words` are as a whole, if they are a title.
    pub(crate) fn class(&self, words: &[&str]) -> Option<Class> {
        self.get(words).map(|(class, _)| class)
    }

    /// True if `words` are an office or rank and nothing else.
    fn is_office(&self, words: &[&str]) -> bool {
        let found = self.get(words).map(|(class, _)| class);
        matches!(found, Some(Class::Office | Class::Rank | Class::Leading))
    }

    /// True if `word` is part of the words in front of a name.
    pub(crate) fn is_title(&self, word: &str) -> bool {
        self.get(&[word]).is_some()
    }

    /// The longest phrase at the head of `words`.
    fn prefix(&self, words: &[&str]) -> Option<(usize, Class, Option<Gender>)> {
        let most = words.len().min(2 * self.longest);
        (1..=most).rev().find_map(|n| {
            if is_hyphen(words[n - 1]) {
                return None;
            }
            self.get(&words[..n]).map(|(class, gender)| (n, class, gender))
        })
    }

    /// Cuts the words in front of a name into titles: modifiers join the office after them, each
    /// office or rank ends a title. `None` if the last word ends none: it is no title then.
    /// `known[i]` marks words that belong to another name and are no part of a title.
    pub(crate) fn chain(&self, words: &[&str], known: &[bool]) -> Option<Bearing> {
        let mut bearing = Bearing::default();
        let mut open: Option<usize> = None;
        let mut ends = false;
        let mut at = 0;
        while at < words.len() {
            if known[at] {
                (open, ends) = (None, false);
                at += 1;
                continue;
            }
            let free = known[at..].iter().take_while(|k| !**k).count();
            let found = self.prefix(&words[at..at + free]);
            let Some((count, class, gender)) = found else {
                if !is_hyphen(words[at]) {
                    ends = false;
                    let joins = words[at].chars().next().is_some_and(char::is_uppercase);
                    open = if joins { open.or(Some(at)) } else { None };
                }
                at += 1;
                continue;
            };
            let start = *open.get_or_insert(at);
            at += count;
            match class {
                Class::Modifier => ends = false,
                Class::Leading if self.leads(&words[at..at + free - count]) => ends = false,
                Class::Honorific => (open, ends) = (None, true),
                Class::Office | Class::Rank | Class::Leading => {
                    bearing.titles.push(joined(&words[start..at]));
                    (open, ends) = (None, true);
                }
            }
            bearing.gender = bearing.gender.or(gender);
        }
        ends.then_some(bearing)
    }

    /// True if an office, after its modifiers, is at the head of `words`.
    fn leads(&self, words: &[&str]) -> bool {
        let mut at = 0;
        while let Some((count, class, _)) = self.prefix(&words[at..]) {
            match class {
                Class::Modifier | Class::Leading if at + count < words.len() => at += count,
                Class::Office | Class::Leading => return true,
                _ => return false,
            }
        }
        false
    }

    /// How many words at the head of a person's name are titles ("President Jane Doe": 1).
    pub(crate) fn leading(&self, words: &[&str]) -> usize {
        let mut at = 0;
        let mut end = 0;
        while at < words.len() && !self.first_names.contains(&words[at].to_lowercase()) {
            match self.prefix(&words[at..]) {
                Some((count, Class::Modifier, _)) if at + count < words.len() => at += count,
                Some((count, class, _)) if class != Class::Modifier && at + count < words.len() => {
                    at += count;
                    end = at;
                }
                _ => break,
            }
        }
        end
    }
}

/// Words with spaces between, hyphens closed up.
fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    let mut tight = true;
    for word in words {
        let hyphen = is_hyphen(word);
        if !tight && !hyphen {
            text.push(' ');
        }
        text.push_str(word);
        tight = hyphen;
    }
    text
}

/// How many words in front of a name are looked at.
const REACH: usize = 12;

/// Reads what the words around each person say of them.
/// One [`Bearing`] for each name (empty for other names than persons').
pub(crate) fn attach(
    tree: &Tree<'_>,
    names: &[Name],
    titles: &Titles,
    lexicon: &Lexicon,
) -> Vec<Bearing> {
    let mut owner: Vec<Option<usize>> = vec![None; tree.len()];
    for (index, name) in names.iter().enumerate() {
        owner[name.tokens.clone()].fill(Some(index));
    }
    let country = |index: usize| {
        let name: &Name = &names[index];
        let listed = name.entries.first().and_then(|&e| lexicon.entry(e).country.clone());
        let held = || contained_country(tree, &name.tokens, lexicon);
        listed.or_else(|| (name.kind == Kind::Org).then(held).flatten())
    };
    let bearing = |name: &Name| {
        if name.kind != Kind::Person {
            return Bearing::default();
        }
        let mut bearing = before(tree, name, &owner, titles, &country);
        let after = apposed(tree, name, &owner, titles, &country);
        bearing.titles.extend(after.titles);
        bearing.country = bearing.country.or(after.country);
        let of = || place_of(tree, name, &owner).and_then(country);
        bearing.country = bearing.country.or_else(of);
        bearing.gender = bearing.gender.or(after.gender);
        bearing
    };
    names.iter().map(bearing).collect()
}

/// Persons lose leading titles; an organization loses the office at its end when a person follows
/// ("Acme Chief Executive" + "Jane Doe"); a name that is nothing but titles is dropped.
pub(crate) fn release(tree: &Tree<'_>, names: &mut Vec<Name>, titles: &Titles, lexicon: &Lexicon) {
    let starts: Vec<(usize, Kind)> = names.iter().map(|n| (n.tokens.start, n.kind)).collect();
    for (index, name) in names.iter_mut().enumerate() {
        let words: Vec<&str> = name.tokens.clone().take(REACH).map(|t| tree.word(t)).collect();
        let next = starts.get(index + 1);
        let follows = |start: usize| {
            start == name.tokens.end && tree.sentence(name.tokens.start).contains(&start)
        };
        let person = next.is_some_and(|n| n.1 == Kind::Person && follows(n.0));
        match name.kind {
            // "Lord" + "Doe": a title taken for a name.
            Kind::Person
                if person && titles.get(&words).is_some_and(|t| t.0 != Class::Modifier) =>
            {
                name.tokens.end = name.tokens.start;
            }
            Kind::Person => name.tokens.start += titles.leading(&words),
            Kind::Org | Kind::Misc if titles.is_office(&words) => {
                name.tokens.end = name.tokens.start;
            }
            Kind::Org | Kind::Misc | Kind::Norp => {
                give_back(tree, name, titles, lexicon);
                if !person || name.tokens.len() > REACH {
                    continue;
                }
                let cut = (0..words.len()).find(|&at| {
                    let rest = &words[at..];
                    titles.prefix(rest).is_some()
                        && titles.chain(rest, &vec![false; rest.len()]).is_some()
                });
                if let Some(cut) = cut {
                    name.tokens.end = name.tokens.start + cut;
                    if cut > 0 {
                        name.relist(tree, lexicon);
                    }
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.tokens.is_empty());
}

/// Gives the first word of an office behind a listed name back to the office: the model took
/// "Pentagon Press" of "Pentagon Press Secretary".
fn give_back(tree: &Tree<'_>, name: &mut Name, titles: &Titles, lexicon: &Lexicon) {
    let next = name.tokens.end;
    let last = next - 1;
    if name.tokens.len() < 2 || name.tokens.len() > REACH || next >= tree.sentence(last).end {
        return;
    }
    let class = |t: usize| titles.get(&[tree.word(t)]).map(|found| found.0);
    if class(last) != Some(Class::Modifier)
        || !matches!(class(next), Some(Class::Office | Class::Leading))
    {
        return;
    }
    let mut shorter = name.clone();
    shorter.tokens.end = last;
    shorter.relist(tree, lexicon);
    if !shorter.entries.is_empty() {
        *name = shorter;
    }
}

/// Titles in front: "Pentagon Press Secretary Major General Pat Doe".
fn before(
    tree: &Tree<'_>,
    name: &Name,
    owner: &[Option<usize>],
    titles: &Titles,
    country: &impl Fn(usize) -> Option<String>,
) -> Bearing {
    let sentence = tree.sentence(name.tokens.start);
    let floor = sentence.start.max(name.tokens.start.saturating_sub(REACH));
    let mut start = name.tokens.start;
    while start > floor {
        let t = start - 1;
        let word = tree.word(t);
        let possessive = matches!(word, "'s" | "’s") && t > floor && owner[t - 1].is_some();
        let nominal = matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Adj);
        let part = owner[t].is_some()
            || titles.get(&[word]).is_some()
            || (is_hyphen(word) && t > floor)
            || word.eq_ignore_ascii_case("of") && t > floor
            || nominal
            || possessive;
        if !part {
            break;
        }
        start = t;
    }
    let chain = start..name.tokens.start;
    let words: Vec<&str> = chain.clone().map(|t| tree.word(t)).collect();
    let known: Vec<bool> =
        chain.clone().map(|t| owner[t].is_some() || matches!(tree.word(t), "'s" | "’s")).collect();
    let Some(mut bearing) = titles.chain(&words, &known) else { return Bearing::default() };
    bearing.country = chain.clone().filter_map(|t| owner[t]).find_map(country);
    bearing.chain = chain;
    bearing
}

/// What a person is of, right behind the name: "President Jane Doe of France".
fn place_of(tree: &Tree<'_>, name: &Name, owner: &[Option<usize>]) -> Option<usize> {
    let (of, end) = (name.tokens.end, tree.sentence(name.tokens.start).end);
    if of + 1 >= end || !tree.word(of).eq_ignore_ascii_case("of") {
        return None;
    }
    let article = tree.word(of + 1).eq_ignore_ascii_case("the");
    let at = of + 1 + usize::from(article);
    (at < end).then(|| owner[at]).flatten()
}

/// Titles behind: "Jane Doe, the Iraqi finance minister", "Jane Doe, chief executive of Acme";
/// and an office that the name explains: "the finance minister, Jane Doe".
fn apposed(
    tree: &Tree<'_>,
    name: &Name,
    owner: &[Option<usize>],
    titles: &Titles,
    country: &impl Fn(usize) -> Option<String>,
) -> Bearing {
    let inside = |t: usize| name.tokens.contains(&t);
    let mut bearing = Bearing::default();
    let mut nouns = Vec::new();
    for token in name.tokens.clone() {
        nouns.extend(tree.with(token, Deprel::Appos).filter(|&c| !inside(c)));
        let explained = tree.deprel(token) == Deprel::Appos;
        nouns.extend(tree.head(token).filter(|&h| explained && !inside(h)));
    }
    for noun in nouns {
        if owner[noun].is_some() {
            continue;
        }
        match office_phrase(tree, noun, owner, titles) {
            Some((title, gender)) => {
                bearing.titles.push(title);
                bearing.gender = bearing.gender.or(gender);
            }
            // "his Iraqi counterpart, John Doe" tells the country only.
            None if tree.lemma(noun).eq_ignore_ascii_case("counterpart") => {}
            None => continue,
        }
        let sentence = tree.sentence(noun);
        let near = sentence.start.max(noun.saturating_sub(REACH))..sentence.end.min(noun + REACH);
        let mut held = near.filter(|&t| owner[t].is_some() && belongs(tree, t, noun));
        let found = held.find_map(|t| owner[t].and_then(country));
        bearing.country = bearing.country.or(found);
    }
    bearing
}

/// True if `token` tells whose the office `noun` is: "the Somali foreign minister", "a spokesman
/// for the Somali government", but not "ambassador to Somalia".
fn belongs(tree: &Tree<'_>, token: usize, noun: usize) -> bool {
    let mut at = token;
    for _ in 0..4 {
        if at == noun {
            return true;
        }
        let modifies = match tree.deprel(at).base() {
            Deprel::Compound | Deprel::Amod | Deprel::Flat => true,
            Deprel::Nmod => {
                matches!(tree.case(at).as_str(), "" | "of" | "for" | "at" | "'s" | "’s")
            }
            _ => false,
        };
        match tree.head(at) {
            Some(head) if modifies => at = head,
            _ => return false,
        }
    }
    false
}

/// The office that `noun` heads, with the words in front of it that belong to it.
pub(crate) fn office_phrase(
    tree: &Tree<'_>,
    noun: usize,
    owner: &[Option<usize>],
    titles: &Titles,
) -> Option<(String, Option<Gender>)> {
    let floor = tree.sentence(noun).start.max(noun.saturating_sub(REACH));
    let word = tree.word(noun);
    let compound = |t: usize| {
        let modifies = matches!(tree.deprel(t), Deprel::Compound | Deprel::Amod | Deprel::Flat);
        modifies && tree.head(t).is_some_and(|h| h == noun || tree.head(h) == Some(noun))
    };
    let mut start = noun;
    while start > floor {
        let t = start - 1;
        let hyphen = is_hyphen(tree.word(t)) && t > floor;
        if owner[t].is_some() || !(compound(t) || hyphen) {
            break;
        }
        start = t;
    }
    while start < noun && is_hyphen(tree.word(start)) {
        start += 1;
    }
    // "chief executive", "secretary general": the phrase may be an office where its head is none.
    let words: Vec<&str> = (start..=noun).map(|t| tree.word(t)).collect();
    let whole = (0..words.len()).find_map(|at| titles.get(&words[at..]));
    let (class, gender) = titles.get(&[word]).or(whole)?;
    let (class, gender) = whole.unwrap_or((class, gender));
    matches!(class, Class::Office | Class::Rank | Class::Leading).then(|| (joined(&words), gender))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_of_titles() {
        let titles = Titles::load(&Source::builtin()).unwrap();
        // Words of other names stand in [brackets].
        for (chain, expected) in [
            ("[Pentagon] Press Secretary Major General", Some("Press Secretary|Major General")),
            ("[Iraqi] Prime Minister", Some("Prime Minister")),
            ("President", Some("President")),
            ("former [US] President", Some("President")),
            ("[US] Secretary of State", Some("Secretary of State")),
            ("former president", Some("former president")),
            ("[French] Foreign Minister", Some("Foreign Minister")),
            ("[Acme] CEO", Some("CEO")),
            ("[Acme] Chief Executive", Some("Chief Executive")),
            ("Vice - President", Some("Vice-President")),
            ("Deputy Prime Minister", Some("Deputy Prime Minister")),
            ("Lt. Col.", Some("Lt. Col.")),
            ("Judge", Some("Judge")),
            ("Mr", Some("")),
            ("Dr.", Some("")),
            ("head coach", Some("head coach")),
            ("[England] captain", Some("captain")),
            ("spokeswoman", Some("spokeswoman")),
            ("Counterterrorism Minister", Some("Counterterrorism Minister")),
            ("the", None),
            ("Monday", None),
            ("senior", None),
            ("actor", None),
        ] {
            let words: Vec<&str> = chain.split(' ').collect();
            let known: Vec<bool> = words.iter().map(|w| w.starts_with('[')).collect();
            let words: Vec<&str> = words.iter().map(|w| w.trim_matches(['[', ']'])).collect();
            let found = titles.chain(&words, &known).map(|b| b.titles.join("|"));
            assert_eq!(found.as_deref(), expected, "{chain}");
        }
    }

    #[test]
    fn titles_inside_a_name() {
        let titles = Titles::load(&Source::builtin()).unwrap();
        for (name, count) in [
            ("President Jane Doe", 1),
            ("Prime Minister Jane Doe", 2),
            ("Mr Doe", 1),
            ("Lt. Gen. Jane Doe", 2),
            ("Sir Alex Doe", 1),
            ("Former President Doe", 2),
            ("Jane Doe", 0),
            ("Major", 0),
            ("King", 0),
            ("First", 0),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            assert_eq!(titles.leading(&words), count, "{name}");
        }
    }
}
