//! The time grammar on word lists. A sentence's words stand apart; `word/TAG` sets a tag that
//! spelling does not tell; an expected expression is `words = value`, `?` for null.

use dateline_text::Upos;
use jiff::civil::Date;

use super::calendar::Direction;
use super::grammar::Grammar;
use super::matcher::{Anchors, Word, find, is_numeric};
use crate::data::Source;

fn word<'t>(text: &'t str, grammar: &Grammar) -> Word<'t> {
    let (text, tag) = text
        .split_once("/")
        .filter(|(t, _)| !t.bytes().any(|b| b.is_ascii_digit()))
        .unwrap_or((text, ""));
    let lower: &str = text.to_lowercase().leak();
    let upos = match tag {
        "V" => Upos::Verb,
        "A" => Upos::Aux,
        "N" | "NS" => Upos::Noun,
        "J" => Upos::Adj,
        _ if text.bytes().all(|b| b.is_ascii_digit() || b == b',') => Upos::Num,
        _ if text.chars().all(|c| c.is_ascii_punctuation()) => Upos::Punct,
        _ if text.chars().next().is_some_and(char::is_uppercase) => Upos::Propn,
        _ if ["now", "soon", "currently", "recently", "shortly"].contains(&text) => Upos::Adv,
        _ if ["in", "of", "the", "a", "on", "at", "to", "and", "by", "for"].contains(&text) => {
            Upos::Adp
        }
        _ => Upos::Noun,
    };
    let plural = tag == "NS" || (tag.is_empty() && upos == Upos::Noun && lower.ends_with('s'));
    let joined = matches!(text, "-");
    Word {
        text,
        lower,
        known: grammar.names(lower),
        numeric: is_numeric(lower),
        upos,
        plural,
        joined,
        taken: tag == "X",
    }
}

fn check(grammar: &Grammar, published: &str, sentence: &str, expected: &str) -> Option<String> {
    let published: Option<Date> = published.parse().ok();
    let (sentence, direction) = match sentence.split_once(' ') {
        Some(("<", rest)) => (rest, Direction::Past),
        Some((">", rest)) => (rest, Direction::Future),
        _ => (sentence, Direction::Open),
    };
    let mut words: Vec<Word<'_>> = sentence.split(' ').map(|text| word(text, grammar)).collect();
    for index in 1..words.len() {
        if words[index].text == "-" {
            words[index - 1].joined = true;
        }
    }
    let found = find(grammar, &words, Anchors { published, ..Anchors::default() }, |_| direction);
    let shown: Vec<String> = found
        .iter()
        .map(|f| {
            let text: Vec<&str> = words[f.words.clone()].iter().map(|w| w.text).collect();
            let modifier = f.modifier.map_or(String::new(), |m| format!(" {m}"));
            format!("{} = {}{modifier}", text.join(" "), f.value.text.as_deref().unwrap_or("?"))
        })
        .collect();
    let shown = shown.join(" ; ");
    (shown != expected)
        .then(|| format!("{published:?} {sentence}\n  expected {expected}\n  found    {shown}"))
}

#[test]
fn expressions() {
    let grammar = Grammar::load(&Source::builtin()).unwrap();
    let cases = include_str!("cases.txt");
    let mut published = "";
    let mut faults = Vec::new();
    let mut count = 0;
    for line in cases.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(date) = line.strip_prefix("@") {
            published = date.trim();
            continue;
        }
        let (sentence, expected) =
            line.split_once(" => ").unwrap_or((line.trim_end_matches(" =>"), ""));
        count += 1;
        faults.extend(check(&grammar, published, sentence.trim(), expected.trim()));
    }
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
    assert!(count >= 150, "{count} cases");
}

#[test]
fn rules_of_any_numbers_are_read() {
    let words = |grammar: &Grammar, value: &str| {
        check(grammar, "2024-02-29", "tomorrow", &format!("tomorrow = {value}"))
    };
    for number in ["2147483647", "-2147483648", "90000000", "-90000000", "9000000"] {
        for call in ["shift(D, N)", "shift(W, N)", "shift(M, N)", "shift(Q, N)"] {
            let rule = format!("DATE tomorrow -> {}", call.replace('N', number));
            let grammar = Grammar::parse(&rule).unwrap();
            assert!(
                words(&grammar, "?").is_none_or(|fault| fault.ends_with("found    ")),
                "{rule}"
            );
        }
        for call in ["month(N)", "month_of(next, N)", "quarter(N)", "period(N)", "weekday(this, N)"]
        {
            let rule = format!("DATE tomorrow -> {}", call.replace('N', number));
            // Whatever it means, it is read.
            let _ = words(&Grammar::parse(&rule).unwrap(), "");
        }
    }
}
