//! Organizations, events and things by their words, short forms and acronyms.

use std::collections::HashMap;

use super::{LONGEST, push};
use crate::entities::acronyms::{acronym, initials_of};
use crate::entities::suffixes::Suffixes;

/// A name of an organization, event or thing, as mentioned.
#[derive(Clone, Debug)]
pub(crate) struct OtherName {
    /// Words as written, hyphens split.
    pub(crate) words: Vec<String>,
    /// True if the whole name is a common part of names (a country, a people): then it is no
    /// short form of a longer one.
    pub(crate) general: bool,
}

/// The words of a name as compared: lower case, without article, possessive and company suffix.
fn other_words(words: &[String], suffixes: &Suffixes) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    words.retain(|w| !matches!(w.as_str(), "," | "-" | "'s" | "’s" | "–"));
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|w| suffixes.is_of_company(w)) {
        words.pop();
    }
    words.truncate(4 * LONGEST);
    words
}

/// The cluster of each name. `bracketed` are pairs of a name and the acronym in brackets behind it.
pub(crate) fn others(
    names: &[OtherName],
    bracketed: &[(usize, usize)],
    suffixes: &Suffixes,
) -> Vec<usize> {
    let keys: Vec<Vec<String>> = names.iter().map(|n| other_words(&n.words, suffixes)).collect();
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
    use crate::data::Source;
    use crate::entities::cluster::canonical;

    #[test]
    fn organizations() {
        let suffixes = Suffixes::load(&Source::builtin()).unwrap();
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
            assert_eq!(canonical(&others(&names, &[], &suffixes)), expected, "{names:?}");
        }
        let names = ["Tax Office of Utopia", "UTO"].map(|name| OtherName {
            words: name.split(' ').map(str::to_owned).collect(),
            general: false,
        });
        assert_eq!(canonical(&others(&names, &[(0, 1)], &suffixes)), [0, 0]);
    }
}
