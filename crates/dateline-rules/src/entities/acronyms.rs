//! Acronyms: the letters of a word that looks like one, the initials of a name, and acronyms in
//! brackets behind the name they stand for: "World Health Organization (WHO)".

use super::mentions::Name;
use crate::tree::Tree;

/// `WHO`, `E.U.`, `NATO`, `MoD`: the letters of a word that looks like an acronym.
pub(crate) fn acronym(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    let upper = letters.chars().filter(|c| c.is_uppercase()).count();
    let count = letters.chars().count();
    let plain = letters.chars().all(char::is_alphanumeric);
    ((2..=8).contains(&count) && upper >= 2 && upper * 2 >= count && plain)
        .then(|| letters.to_lowercase())
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

/// Pairs of names (indices) of which the second stands in brackets right behind the first and is
/// its acronym: its letters occur in the first in their order, beginning with the first letter.
pub(crate) fn bracketed(tree: &Tree<'_>, names: &[Name]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (index, pair) in names.windows(2).enumerate() {
        let (long, short) = (&pair[0].tokens, &pair[1].tokens);
        let closes = short.end < tree.len() && tree.word(short.end) == ")";
        if long.end + 1 != short.start
            || !tree.sentence(long.start).contains(&short.start)
            || tree.word(long.end) != "("
            || !closes
            || short.len() != 1
        {
            continue;
        }
        let letters = acronym(tree.word(short.start));
        let full: String = long.clone().flat_map(|t| tree.word(t).chars()).collect();
        if letters.is_some_and(|l| abbreviates(&l, &full.to_lowercase())) {
            pairs.push((index, index + 1));
        }
    }
    pairs
}

/// True if `letters` occur in `full` in their order, beginning with its first letter.
fn abbreviates(letters: &str, full: &str) -> bool {
    let mut rest = full.chars();
    letters.chars().next() == full.chars().next()
        && letters.chars().all(|letter| rest.any(|c| c == letter))
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn letters_in_order() {
        for (letters, full, expected) in [
            ("who", "worldhealthorganization", true),
            ("ks", "kerensoftware", true),
            ("fbi", "worldbank", false),
            ("wb", "worldbank", true),
            ("bw", "worldbank", false),
        ] {
            assert_eq!(abbreviates(letters, full), expected, "{letters}");
        }
    }
}
