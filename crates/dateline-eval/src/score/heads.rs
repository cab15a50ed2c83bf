//! Head words of phrases, guessed from their words alone.

use crate::matching::Span;
use crate::sample::Sample;

/// Words after which a phrase only goes on to describe its head.
const AFTER_HEAD: [&str; 31] = [
    "about", "after", "against", "among", "as", "at", "before", "between", "by", "during", "for",
    "from", "in", "inside", "into", "near", "of", "on", "outside", "over", "since", "that", "to",
    "toward", "under", "until", "when", "where", "which", "who", "with",
];

/// The characters of an article on its axis.
pub(crate) fn characters(sample: &Sample) -> Vec<char> {
    let title = sample.title.iter().flat_map(|title| title.chars().chain(['\n']));
    title.chain(sample.text.iter().flat_map(|text| text.chars())).collect()
}

/// The head word of a stretch: the last word before a preposition, a relative pronoun or a comma
/// (not counting the first word). The whole stretch where it holds no word, or no text is known.
pub(crate) fn head(article: &[char], span: Span) -> Span {
    let Some(phrase) = article.get(span.0..span.1) else { return span };
    let mut last = None;
    let mut start = 0;
    while start < phrase.len() {
        if !phrase[start].is_alphanumeric() {
            let stops = matches!(phrase[start], ',' | ';' | ':' | '(' | '–' | '—');
            if stops && last.is_some() {
                break;
            }
            start += 1;
            continue;
        }
        let inside = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’' | '&');
        let length = phrase[start..].iter().take_while(|c| inside(c)).count();
        let word: String =
            phrase[start..start + length].iter().flat_map(|c| c.to_lowercase()).collect();
        if last.is_some() && AFTER_HEAD.contains(&word.as_str()) {
            break;
        }
        let possessive = word.ends_with("'s") || word.ends_with("’s");
        let trailing = word.chars().rev().take_while(|c| !c.is_alphanumeric()).count();
        let cut = if possessive { 2 } else { trailing };
        last = Some((span.0 + start, span.0 + start + length.saturating_sub(cut).max(1)));
        start += length;
    }
    last.unwrap_or(span)
}

/// The words of a phrase in lower case, without articles and endings of the plural: good enough to
/// compare two short noun phrases.
pub(crate) fn words(phrase: &str) -> Vec<String> {
    phrase
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "a" | "an" | "the"))
        .map(singular)
        .collect()
}

/// The head of a phrase, as [`words`] gives it.
pub(crate) fn head_word(phrase: &str) -> Option<String> {
    let characters: Vec<char> = phrase.chars().collect();
    let (start, end) = head(&characters, (0, characters.len()));
    words(&characters[start..end].iter().collect::<String>()).pop()
}

fn singular(word: String) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    if ends("ies") {
        format!("{}y", &word[..word.len() - 3])
    } else if ["ches", "shes", "sses", "xes"].iter().any(|ending| ends(ending)) {
        word[..word.len() - 2].to_string()
    } else if ends("s") && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        word[..word.len() - 1].to_string()
    } else {
        word.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_phrases() {
        for (phrase, expected) in [
            ("the foreign minister of Arvonia", "minister"),
            ("two soldiers, both wounded", "soldier"),
            ("Lena Marsh", "marsh"),
            ("the city's mayor", "mayor"),
            ("On Monday", "monday"),
            ("protesters who blocked roads", "protester"),
            ("U.S. officials", "official"),
            ("talks (again)", "talk"),
        ] {
            assert_eq!(head_word(phrase).as_deref(), Some(expected), "{phrase}");
        }
        assert_eq!(head_word("…"), None);
    }

    #[test]
    fn words_without_articles_and_plurals() {
        assert_eq!(words("The parties' talks on a treaty"), ["party", "talk", "on", "treaty"]);
        assert_eq!(words("crisis, losses and churches"), ["crisis", "loss", "and", "church"]);
    }
}
