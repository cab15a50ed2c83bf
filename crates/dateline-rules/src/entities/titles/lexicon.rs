//! The title words of `titles.tsv`, and titles cut out of a row of words.

use std::collections::{HashMap, HashSet};

use super::{Bearing, Class, Gender, joined};
use crate::data::{RuleError, Source};
use crate::entities::lexicon::columns;
use crate::entities::mentions::is_hyphen;

/// Title words and phrases, by their lower-cased words.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    phrases: HashMap<String, (Class, Option<Gender>)>,
    /// Of these, the ones that are first names too.
    first_names: HashSet<String>,
    longest: usize,
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

    pub(super) fn get(&self, words: &[&str]) -> Option<(Class, Option<Gender>)> {
        self.phrases.get(&phrase_key(words.iter().copied())).copied()
    }

    /// What `words` are as a whole, if they are a title.
    pub(crate) fn class(&self, words: &[&str]) -> Option<Class> {
        self.get(words).map(|(class, _)| class)
    }

    /// True if `words` are an office or rank and nothing else.
    pub(super) fn is_office(&self, words: &[&str]) -> bool {
        let found = self.get(words).map(|(class, _)| class);
        matches!(found, Some(Class::Office | Class::Rank | Class::Leading))
    }

    /// True if `word` is part of the words in front of a name.
    pub(crate) fn is_title(&self, word: &str) -> bool {
        self.get(&[word]).is_some()
    }

    /// The longest phrase at the head of `words`.
    pub(super) fn prefix(&self, words: &[&str]) -> Option<(usize, Class, Option<Gender>)> {
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
