//! Which names name the same: pure functions over the words of names, linear in their number.

use std::collections::HashMap;

use super::titles::Gender;

/// A person's name as mentioned.
#[derive(Clone, Debug)]
pub(crate) struct PersonName {
    /// Lower-cased words without titles and hyphens.
    pub(crate) words: Vec<String>,
    pub(crate) gender: Option<Gender>,
    /// `Sr` or `Jr`, where it is told: father and son are two.
    pub(crate) elder: Option<bool>,
}

/// True for the elder, false for the younger of two of one name, if the words tell.
pub(crate) fn elder<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<bool> {
    match words.into_iter().last()?.to_lowercase().trim_end_matches('.') {
        "sr" => Some(true),
        "jr" => Some(false),
        _ => None,
    }
}

/// Names longer than this are compared by their last words only.
const LONGEST: usize = 8;

const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// The words of a person's name as compared: lower case, without hyphens and generation suffix.
pub(crate) fn person_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let parts = words.into_iter().flat_map(|w| w.split(['-', '‐', '‑', ' ']));
    let mut words: Vec<String> =
        parts.filter(|p| p.chars().any(char::is_alphanumeric)).map(str::to_lowercase).collect();
    while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(&w.as_str())) {
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

/// More bearers of one name than this are not told apart; keeps look-ups constant.
const MOST: usize = 32;

fn push(list: &mut Vec<usize>, group: usize) {
    if list.len() < MOST && !list.contains(&group) {
        list.push(group);
    }
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

/// A name of an organization, event or thing, as mentioned.
#[derive(Clone, Debug)]
pub(crate) struct OtherName {
    /// Words as written, hyphens split.
    pub(crate) words: Vec<String>,
    /// True if the whole name is a common part of names (a country, a people): then it is no
    /// short form of a longer one.
    pub(crate) general: bool,
}

const DESIGNATORS: &[&str] = &[
    "corp",
    "corp.",
    "corporation",
    "inc",
    "inc.",
    "incorporated",
    "ltd",
    "ltd.",
    "limited",
    "plc",
    "co",
    "co.",
    "llc",
    "llp",
    "lp",
    "ag",
    "sa",
    "s.a.",
    "nv",
    "n.v.",
    "se",
    "spa",
    "gmbh",
    "ab",
    "asa",
    "oyj",
    "kk",
    "pty",
    "bhd",
];

/// The words of a name as compared: lower case, without article, possessive and company suffix.
pub(crate) fn other_words(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    words.retain(|w| !matches!(w.as_str(), "," | "-" | "'s" | "’s" | "–"));
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|w| DESIGNATORS.contains(&w.as_str())) {
        words.pop();
    }
    words.truncate(4 * LONGEST);
    words
}

/// The initials of a name, with and without its small words: `["who"]`, `["dod", "dd"]`.
pub(crate) fn initials_of(words: &[String]) -> Vec<String> {
    let letters = |all: bool| -> String {
        let counted = words.iter().filter(|w| all || w.chars().any(char::is_uppercase));
        counted.filter_map(|w| w.chars().find(|c| c.is_alphanumeric())).collect()
    };
    let (all, capitals) = (letters(true).to_lowercase(), letters(false).to_lowercase());
    let mut found = vec![all];
    if !found.contains(&capitals) {
        found.push(capitals);
    }
    found.retain(|i| i.chars().count() > 1);
    found
}

/// `WHO`, `E.U.`, `NATO`, `MoD`: the letters of a word that looks like an acronym.
pub(crate) fn acronym(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    let upper = letters.chars().filter(|c| c.is_uppercase()).count();
    let count = letters.chars().count();
    let plain = letters.chars().all(char::is_alphanumeric);
    ((2..=8).contains(&count) && upper >= 2 && upper * 2 >= count && plain)
        .then(|| letters.to_lowercase())
}

/// The cluster of each name. `bracketed` are pairs of a name and the acronym in brackets behind it.
pub(crate) fn others(names: &[OtherName], bracketed: &[(usize, usize)]) -> Vec<usize> {
    let keys: Vec<Vec<String>> = names.iter().map(|n| other_words(&n.words)).collect();
    let mut group_of: HashMap<String, usize> = HashMap::new();
    let mut first_of: Vec<usize> = Vec::new();
    // Groups with a name that ends in a company suffix: no short form of another company.
    let mut complete: Vec<bool> = Vec::new();
    let mut of = Vec::with_capacity(names.len());
    for (index, key) in keys.iter().enumerate() {
        let next = first_of.len();
        let group = *group_of.entry(key.join(" ")).or_insert(next);
        if group == next {
            first_of.push(index);
            complete.push(false);
        }
        let last = names[index].words.last();
        complete[group] |=
            key.last().map(String::as_str) != last.map(|w| w.to_lowercase()).as_deref();
        of.push(group);
    }
    let mut parent: Vec<usize> = (0..first_of.len()).collect();
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
    for (group, &name) in first_of.iter().enumerate() {
        let words = &names[name].words;
        if keys[name].len() > 1 {
            let words: Vec<String> = match words.first() {
                Some(w) if w.eq_ignore_ascii_case("the") => words[1..].to_vec(),
                _ => words.clone(),
            };
            if words.len() <= LONGEST {
                for initials in initials_of(&words) {
                    push(by_initials.entry(initials).or_default(), group);
                }
            }
        }
        for end in 1..keys[name].len().min(LONGEST) {
            push(by_start.entry(keys[name][..end].join(" ")).or_default(), group);
        }
    }
    let mut by_last: HashMap<&str, Vec<usize>> = HashMap::new();
    for (group, &name) in first_of.iter().enumerate().filter(|(_, n)| keys[**n].len() > 1) {
        if let Some(last) = keys[name].last() {
            push(by_last.entry(last).or_default(), group);
        }
    }
    for &(long, short) in bracketed {
        union(&mut parent, of[long], of[short]);
    }
    for (group, &name) in first_of.iter().enumerate() {
        if names[name].general {
            continue;
        }
        if let [word] = names[name].words.as_slice()
            && let Some(letters) = acronym(word)
            && let Some([long]) = by_initials.get(&letters).map(Vec::as_slice)
        {
            union(&mut parent, *long, group);
            continue;
        }
        if complete[group] {
            continue;
        }
        let spelled = keys[name].join(" ");
        let found = by_start.get(&spelled).or_else(|| by_last.get(spelled.as_str()));
        if let Some([long]) = found.map(Vec::as_slice) {
            union(&mut parent, *long, group);
        }
    }
    of.into_iter().map(|group| root(&mut parent, group)).collect()
}

fn root(parent: &mut [usize], mut group: usize) -> usize {
    while parent[group] != group {
        parent[group] = parent[parent[group]];
        group = parent[group];
    }
    group
}

fn union(parent: &mut [usize], left: usize, right: usize) {
    let (left, right) = (root(parent, left), root(parent, right));
    parent[left.max(right)] = left.min(right);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(of: &[usize]) -> Vec<usize> {
        let mut seen = Vec::new();
        of.iter()
            .map(|group| {
                seen.iter().position(|s| s == group).unwrap_or_else(|| {
                    seen.push(*group);
                    seen.len() - 1
                })
            })
            .collect()
    }

    #[test]
    fn people() {
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
                        words: person_words(name.split(' ')),
                        gender,
                        elder: elder(name.split(' ')),
                    }
                })
                .collect();
            assert_eq!(canonical(&persons(&names)), expected, "{names:?}");
        }
    }

    #[test]
    fn organizations() {
        for (names, expected) in [
            ("World Health Organization|WHO", vec![0, 0]),
            ("WHO|World Health Organization|the World Health Organization", vec![0, 0, 0]),
            ("Ministry of Defence|MoD|Ministry of Finance", vec![0, 0, 1]),
            ("Department of Energy|DOE", vec![0, 0]),
            ("Acme Corp|Acme|Acme Corp.", vec![0, 0, 0]),
            ("Acme|Acme Corp|Acme Bank", vec![0, 0, 1]),
            ("Acme Software Systems|Acme", vec![0, 0]),
            ("Acme Bank|Acme Motors|Acme", vec![0, 1, 2]),
            ("European Union|EU|E.U.", vec![0, 0, 0]),
            ("Bank of Utopia|*Bank", vec![0, 1]),
            ("Central Bank|Central Command|CB", vec![0, 1, 0]),
            ("Central Bank|Central Board|CB", vec![0, 1, 2]),
            ("ACME CORP|Acme Corp", vec![0, 0]),
            ("Zed Group|Zed Group plc", vec![0, 0]),
            ("United Nations|UN|U.N.", vec![0, 0, 0]),
        ] {
            let names: Vec<OtherName> = names
                .split('|')
                .map(|name| OtherName {
                    general: name.starts_with('*'),
                    words: name.trim_start_matches('*').split(' ').map(str::to_owned).collect(),
                })
                .collect();
            assert_eq!(canonical(&others(&names, &[])), expected, "{names:?}");
        }
        let names = ["Tax Office of Utopia", "UTO"].map(|name| OtherName {
            words: name.split(' ').map(str::to_owned).collect(),
            general: false,
        });
        assert_eq!(canonical(&others(&names, &[(0, 1)])), [0, 0]);
    }
}
