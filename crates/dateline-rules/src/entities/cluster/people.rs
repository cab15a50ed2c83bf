//! Persons by full names, surnames and first names.

use std::collections::HashMap;

use super::{LONGEST, push};
use crate::entities::suffixes::Suffixes;
use crate::entities::titles::Gender;

/// A person's name as mentioned.
#[derive(Clone, Debug)]
pub(crate) struct PersonName {
    /// Lower-cased words without titles and hyphens.
    pub(crate) words: Vec<String>,
    pub(crate) gender: Option<Gender>,
    /// `Sr` or `Jr`, where it is told: father and son are two.
    pub(crate) elder: Option<bool>,
}

/// The words of a person's name as compared: lower case, without hyphens and generation suffix.
pub(crate) fn person_words<'a>(
    words: impl IntoIterator<Item = &'a str>,
    suffixes: &Suffixes,
) -> Vec<String> {
    let parts = words.into_iter().flat_map(|w| w.split(['-', '‐', '‑', ' ']));
    let mut words: Vec<String> =
        parts.filter(|p| p.chars().any(char::is_alphanumeric)).map(str::to_lowercase).collect();
    while words.len() > 1 && words.last().is_some_and(|w| suffixes.is_of_person(w)) {
        words.pop();
    }
    let excess = words.len().saturating_sub(LONGEST);
    words.drain(..excess);
    words
}

fn is_initial(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.chars().count() == 1
}

/// One person, as far as full names tell.
struct Group {
    gender: Option<Gender>,
    elder: Option<bool>,
}

#[derive(Default)]
struct People {
    groups: Vec<Group>,
    /// Groups by every run of words that ends their name.
    by_ending: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// By words that stand neither first nor last: "Ali **Bongo** Ondimba".
    by_middle: HashMap<String, Vec<usize>>,
    /// By first and last word: middle names may be missing.
    by_ends: HashMap<(String, String), Vec<usize>>,
    /// By the initial of the first word and the last word.
    by_initial: HashMap<(char, String), Vec<usize>>,
}

impl People {
    fn index(&mut self, group: usize, words: &[String]) {
        for start in 0..words.len() {
            push(self.by_ending.entry(words[start..].join(" ")).or_default(), group);
        }
        if let [first, .., last] = words {
            push(self.by_first.entry(first.clone()).or_default(), group);
            for middle in &words[1..words.len() - 1] {
                push(self.by_middle.entry(middle.clone()).or_default(), group);
            }
            push(self.by_ends.entry((first.clone(), last.clone())).or_default(), group);
            if let Some(initial) = first.chars().next() {
                push(self.by_initial.entry((initial, last.clone())).or_default(), group);
            }
        }
    }

    /// The group of a full name (two words or more) if it is known under another form.
    fn known(&self, name: &PersonName) -> Option<usize> {
        let words = &name.words;
        let [first, .., last] = words.as_slice() else { return None };
        let single = |list: Option<&Vec<usize>>| {
            let mut fits =
                list.into_iter().flatten().filter(|&&g| compatible(&self.groups[g], name));
            fits.next().filter(|_| fits.next().is_none()).copied()
        };
        let same_ends = || single(self.by_ends.get(&(first.clone(), last.clone())));
        let initial = || {
            let letter = first.chars().next()?;
            let candidates = self.by_initial.get(&(letter, last.clone()));
            single(candidates).filter(|_| is_initial(first))
        };
        single(self.by_ending.get(&words.join(" "))).or_else(same_ends).or_else(initial)
    }
}

fn compatible(group: &Group, name: &PersonName) -> bool {
    let gender = group.gender.zip(name.gender).is_none_or(|(a, b)| a == b);
    let elder = group.elder.zip(name.elder).is_none_or(|(a, b)| a == b);
    gender && elder
}

/// The cluster of each name: full names first, longest first; then surnames, with the particles
/// before them, to the one person who bears them; then first names, where one person has them.
/// Two people of one surname stay two: a bare surname goes to the one mentioned last before it.
pub(crate) fn persons(names: &[PersonName]) -> Vec<usize> {
    let mut people = People::default();
    let mut order: Vec<usize> = (0..names.len()).filter(|&n| names[n].words.len() > 1).collect();
    order.sort_by_key(|&n| (std::cmp::Reverse(names[n].words.len()), initials(&names[n]), n));
    let mut of: Vec<Option<usize>> = vec![None; names.len()];
    for index in order {
        let name = &names[index];
        let known = people.known(name);
        let group = known.unwrap_or_else(|| {
            people.groups.push(Group { gender: None, elder: name.elder });
            people.groups.len() - 1
        });
        people.index(group, &name.words);
        let gender = &mut people.groups[group].gender;
        *gender = gender.or(name.gender);
        of[index] = Some(group);
    }
    // Where each person was mentioned last, while walking through the text.
    let mut last_mention: Vec<Option<usize>> = vec![None; people.groups.len()];
    for (index, name) in names.iter().enumerate() {
        if of[index].is_none() {
            let group = single(&people, name, &last_mention).unwrap_or_else(|| {
                people.groups.push(Group { gender: name.gender, elder: name.elder });
                last_mention.push(None);
                let group = people.groups.len() - 1;
                people.index(group, &name.words);
                group
            });
            let gender = &mut people.groups[group].gender;
            *gender = gender.or(name.gender);
            of[index] = Some(group);
        }
        if let Some(group) = of[index] {
            last_mention[group] = Some(index);
        }
    }
    of.into_iter().map(Option::unwrap_or_default).collect()
}

fn initials(name: &PersonName) -> bool {
    name.words.first().is_some_and(|w| is_initial(w))
}

/// The person a single word names.
fn single(people: &People, name: &PersonName, last_mention: &[Option<usize>]) -> Option<usize> {
    let word = name.words.first()?;
    let fits = |g: &&usize| compatible(&people.groups[**g], name);
    let bearers: Vec<usize> =
        people.by_ending.get(word).into_iter().flatten().filter(fits).copied().collect();
    match bearers.as_slice() {
        [] => {}
        [one] => return Some(*one),
        several => {
            let nearest = several.iter().filter(|&&g| last_mention[g].is_some());
            return nearest.max_by_key(|&&g| last_mention[g]).copied();
        }
    }
    let named: Vec<usize> =
        people.by_first.get(word).into_iter().flatten().filter(fits).copied().collect();
    match named.as_slice() {
        [one] => return Some(*one),
        [] => {}
        _ => return None,
    }
    let inner: Vec<usize> =
        people.by_middle.get(word).into_iter().flatten().filter(fits).copied().collect();
    match inner.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Source;
    use crate::entities::cluster::canonical;

    #[test]
    fn people() {
        let suffixes = Suffixes::load(&Source::builtin()).unwrap();
        for (names, expected) in [
            ("Jane Doe|Doe|Jane", vec![0, 0, 0]),
            ("Doe|Jane Doe|Doe", vec![0, 0, 0]),
            ("Jane Doe|Richard Roe|Doe|Roe", vec![0, 1, 0, 1]),
            // Two of one surname stay two; the bare name is the nearest one's.
            ("Jane Doe|John Doe|Doe", vec![0, 1, 1]),
            ("Jane Doe|John Doe|Jane|Doe", vec![0, 1, 0, 0]),
            ("Doe|Jane Doe|John Doe", vec![0, 1, 2]),
            ("Mr Doe|Mrs Doe|Mr Doe", vec![0, 1, 0]),
            ("John Doe|Mrs Doe", vec![0, 0]),
            ("Mr John Doe|Mrs Doe", vec![0, 1]),
            ("Mr John Doe|Mrs Jane Doe|Mrs Doe|Mr Doe", vec![0, 1, 1, 0]),
            ("Omar Khalid Al Hamdi|Al Hamdi|Hamdi|Al - Hamdi", vec![0, 0, 0, 0]),
            ("Ahmed al - Rawi|Rawi|al - Rawi", vec![0, 0, 0]),
            ("Saad bin Faisal|bin Faisal", vec![0, 0]),
            ("Pieter van der Berg|Van der Berg|Berg", vec![0, 0, 0]),
            ("Luc de Brun|De Brun", vec![0, 0]),
            ("Joe Quentin Public|Joe Public|J. Public", vec![0, 0, 0]),
            ("J. Doe|Jane Doe", vec![0, 0]),
            ("J. Doe|Jane Doe|John Doe", vec![0, 1, 2]),
            ("JANE DOE|Jane Doe|DOE", vec![0, 0, 0]),
            ("John Doe Jr.|Doe", vec![0, 0]),
            ("Martin Luther Doe III|Martin Luther Doe", vec![0, 0]),
            ("Jane Doe|Jane Roe|Jane", vec![0, 1, 2]),
            ("Jane|Jane", vec![0, 0]),
            ("Madonna|Cher", vec![0, 1]),
            ("Pat Doe Sr.|Pat Doe Jr.|Pat Doe Jr.", vec![0, 1, 1]),
            ("Ali Public Roe|Public", vec![0, 0]),
            ("Anna Smith-Jones|Smith-Jones|Jones", vec![0, 0, 0]),
        ] {
            let names: Vec<PersonName> = names
                .split('|')
                .map(|name| {
                    let (gender, name) = match name.split_once(' ') {
                        Some(("Mr", rest)) => (Some(Gender::Masculine), rest),
                        Some(("Mrs", rest)) => (Some(Gender::Feminine), rest),
                        _ => (None, name),
                    };
                    PersonName {
                        words: person_words(name.split(' '), &suffixes),
                        gender,
                        elder: suffixes.elder(name.split(' ')),
                    }
                })
                .collect();
            assert_eq!(canonical(&persons(&names)), expected, "{names:?}");
        }
    }
}
