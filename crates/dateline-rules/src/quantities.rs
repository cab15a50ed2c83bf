//! Numbers that count or measure something: "approximately 2,500 US troops", "$3 million", "5%".

use std::collections::HashMap;
use std::ops::Range;

use dateline_text::{Deprel, Upos};

use crate::data::{RuleError, Source};
use crate::entities::columns;
use crate::reading::{QuantityFact, Reading};
use crate::times::numbers;
use crate::tree::Tree;

const FILE: &str = "units.tsv";

/// Units by their words.
#[derive(Debug, Default)]
pub(crate) struct QuantityRules {
    units: HashMap<String, (&'static str, String)>,
    longest: usize,
}

impl QuantityRules {
    pub(crate) fn load(source: &Source) -> Result<QuantityRules, RuleError> {
        let mut rules = QuantityRules::default();
        for (line, row) in source.rows(FILE)? {
            let [kind, unit, words] = columns(FILE, line, &row)?;
            let kinds = ["money", "percent", "measure"];
            let Some(kind) = kinds.into_iter().find(|k| *k == kind) else {
                let problem = format!("unknown kind {kind:?}; one of {kinds:?}");
                return Err(RuleError::new(FILE, line, problem));
            };
            for phrase in words.split(';') {
                let phrase = phrase.trim().to_lowercase();
                rules.longest = rules.longest.max(phrase.split(' ').count());
                if rules.units.insert(phrase.clone(), (kind, unit.clone())).is_some() {
                    return Err(RuleError::new(FILE, line, format!("{phrase:?} is listed twice")));
                }
            }
        }
        Ok(rules)
    }

    fn unit(&self, words: &[&str]) -> Option<(&'static str, &str)> {
        self.units.get(&words.join(" ")).map(|(kind, unit)| (*kind, unit.as_str()))
    }
}

/// A number with what it measures, in words.
#[derive(Clone, Debug, PartialEq)]
struct Measured {
    words: Range<usize>,
    kind: &'static str,
    value: Option<f64>,
    unit: Option<String>,
    modifier: Option<&'static str>,
}

/// Phrases in front of a number and what they make of it, longest first.
const MODIFIERS: &[(&[&str], &str)] = &[
    (&["as", "many", "as"], "LESS_THAN"),
    (&["as", "much", "as"], "LESS_THAN"),
    (&["no", "more", "than"], "LESS_THAN"),
    (&["no", "fewer", "than"], "MORE_THAN"),
    (&["no", "less", "than"], "MORE_THAN"),
    (&["more", "than"], "MORE_THAN"),
    (&["at", "least"], "MORE_THAN"),
    (&["greater", "than"], "MORE_THAN"),
    (&["fewer", "than"], "LESS_THAN"),
    (&["less", "than"], "LESS_THAN"),
    (&["at", "most"], "LESS_THAN"),
    (&["up", "to"], "LESS_THAN"),
    (&["close", "to"], "APPROX"),
    (&["an", "estimated"], "APPROX"),
    (&["over"], "MORE_THAN"),
    (&["under"], "LESS_THAN"),
    (&["almost"], "LESS_THAN"),
    (&["nearly"], "LESS_THAN"),
    (&["approximately"], "APPROX"),
    (&["about"], "APPROX"),
    (&["around"], "APPROX"),
    (&["roughly"], "APPROX"),
    (&["some"], "APPROX"),
    (&["estimated"], "APPROX"),
];

/// Signs of money in front of a number, also joined to it: `$5`, `US$5m`, `€2bn`.
fn split_sign(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    (at > 0).then(|| word.split_at(at))
}

/// Dozens, hundreds, thousands of …: a count that states no number.
fn is_vague(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let scale = matches!(
        word,
        "dozens"
            | "scores"
            | "hundreds"
            | "thousands"
            | "millions"
            | "billions"
            | "trillions"
            | "tens"
    );
    scale && words.get(at + 1) == Some(&"of")
}

/// The number that starts at word `at`, if one does.
fn measure(rules: &QuantityRules, words: &[&str], at: usize) -> Option<Measured> {
    let mut start = at;
    let mut unit: Option<(&'static str, String)> = None;
    let mut number_at = at;
    let joined = split_sign(words[at]).and_then(|(sign, digits)| {
        let (kind, unit) = rules.unit(&[sign]).filter(|(kind, _)| *kind == "money")?;
        Some((digits, kind, unit.to_owned()))
    });
    let mut digits = words[at];
    if let Some((rest, kind, money)) = joined {
        (digits, unit) = (rest, Some((kind, money)));
    } else if let Some((kind, money)) = rules.unit(&words[at..=at]).filter(|u| u.0 == "money")
        && words.get(at + 1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
    {
        unit = Some((kind, money.to_owned()));
        number_at = at + 1;
        digits = words[number_at];
    }
    let mut end;
    let value;
    if is_vague(words, at) {
        end = at + 1;
        while words.get(end) == Some(&"of")
            && words
                .get(end + 1)
                .is_some_and(|w| matches!(*w, "thousands" | "millions" | "billions"))
        {
            end += 2;
        }
        value = None;
    } else {
        let mut window = vec![digits];
        window.extend(words[number_at + 1..].iter().take(7));
        let percent = digits.strip_suffix('%');
        if let Some(number) = percent.and_then(numbers::figures) {
            (value, end) = (Some(number), number_at + 1);
            unit = Some(("percent", "percent".to_owned()));
        } else {
            let (number, length) = numbers::number(&window)?;
            (value, end) = (Some(number), number_at + length);
        }
    }
    if unit.is_none() {
        let from = if words.get(end) == Some(&"-") { end + 1 } else { end };
        for length in (1..=rules.longest).rev() {
            let Some(phrase) = words.get(from..from + length) else { continue };
            if let Some((kind, name)) = rules.unit(phrase) {
                unit = Some((kind, name.to_owned()));
                end = from + length;
                break;
            }
        }
    }
    let mut modifier = None;
    for (phrase, name) in MODIFIERS {
        if start >= phrase.len() && words[start - phrase.len()..start] == **phrase {
            start -= phrase.len();
            modifier = Some(*name);
            break;
        }
    }
    if is_vague(words, at) && modifier.is_none() {
        modifier = Some("APPROX");
    }
    let (kind, unit) = unit.map_or(("count", None), |(kind, unit)| (kind, Some(unit)));
    Some(Measured { words: start..end, kind, value, unit, modifier })
}

/// Finds the quantities of an article.
pub(crate) fn find(reading: &mut Reading<'_>, rules: &QuantityRules) {
    let tree = &reading.tree;
    let mut taken = vec![false; tree.len()];
    for time in &reading.times {
        taken[time.tokens.clone()].fill(true);
    }
    for mention in &reading.mentions {
        if mention.kind == crate::reading::MentionKind::Name {
            taken[mention.tokens.clone()].fill(true);
        }
    }
    let mut quantities = Vec::new();
    for sentence in reading.text.sentences() {
        let words: Vec<&str> = sentence.tokens.clone().map(|t| tree.lower(t)).collect();
        let offset = sentence.tokens.start;
        let mut at = 0;
        while at < words.len() {
            let token = at + offset;
            let wanted = !taken[token] && may_start(tree, token);
            let Some(found) = wanted.then(|| measure(rules, &words, at)).flatten() else {
                at += 1;
                continue;
            };
            at = found.words.end.max(at + 1);
            let tokens = found.words.start + offset..found.words.end + offset;
            if taken[tokens.clone()].iter().any(|t| *t) {
                continue;
            }
            let head = tree.head_of(&tokens);
            // "a 35-year-old", "10 Downing Street": one thing with a number, not a number of things.
            let many = |t: &usize| {
                let word = tree.lower(*t);
                tree.xpos(*t).is_plural() || found.value == Some(1.0) || word == "people"
            };
            let counts = found.kind == "count";
            let counted = if counts { counted(tree, &tokens).filter(many) } else { None };
            // A number that counts nothing is no quantity: scores, ages, numbers of things.
            if found.kind == "count" && counted.is_none() {
                continue;
            }
            let unit = found.unit.or_else(|| counted.map(|t| tree.lower(t).to_owned()));
            quantities.push(QuantityFact {
                tokens,
                head,
                kind: found.kind,
                value: found.value,
                unit,
                modifier: found.modifier,
            });
        }
    }
    reading.quantities = quantities;
}

/// "one" and "second" are numbers only where they are tagged so.
fn may_start(tree: &Tree<'_>, token: usize) -> bool {
    let word = tree.word(token);
    let digit = word.chars().any(|c| c.is_ascii_digit());
    let sign =
        matches!(tree.upos(token), Upos::Sym) || word.chars().any(|c| "$£€¥₹₽₩₪₴₦".contains(c));
    digit || sign || matches!(tree.upos(token), Upos::Num | Upos::Noun)
}

/// The noun that a number counts: what it modifies, or the noun behind "of".
fn counted(tree: &Tree<'_>, tokens: &Range<usize>) -> Option<usize> {
    let noun = |t: usize| matches!(tree.upos(t), Upos::Noun | Upos::Propn);
    let inside = |t: usize| tokens.contains(&t);
    for token in tokens.clone() {
        let of = tree.with_base(token, Deprel::Nmod).find(|&c| c > token && tree.case(c) == "of");
        if let Some(of) = of.filter(|_| tree.upos(token) != Upos::Propn) {
            return Some(of);
        }
        let modified = tree.head(token).filter(|&h| !inside(h) && noun(h));
        if let Some(head) = modified
            && tree.deprel(token).base() == Deprel::Nummod
            && head >= tokens.end
        {
            return Some(head);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units() {
        let rules = QuantityRules::load(&Source::builtin()).unwrap();
        for (text, expected) in [
            ("approximately | 2,500 troops", "approximately 2,500 = count 2500 - APPROX"),
            ("| $ 3 million in aid", "$ 3 million = money 3000000 USD -"),
            ("| $3m", "$3m = money 3000000 USD -"),
            ("| €2bn", "€2bn = money 2000000000 EUR -"),
            ("| 500 yen", "500 yen = money 500 JPY -"),
            ("| US$ 5 billion", "US$ 5 billion = money 5000000000 USD -"),
            ("more than | 40 % of", "more than 40 % = percent 40 percent MORE_THAN"),
            ("| 5%", "5% = percent 5 percent -"),
            ("| 5 per cent", "5 per cent = percent 5 percent -"),
            ("| 12 km away", "12 km = measure 12 km -"),
            ("| 30 - metre wall", "30 - metre = measure 30 m -"),
            ("| 30 degrees", "30 degrees = measure 30 degree -"),
            ("at least | 12 people", "at least 12 = count 12 - MORE_THAN"),
            (
                "up to | 300 square kilometres",
                "up to 300 square kilometres = measure 300 km2 LESS_THAN",
            ),
            ("| dozens of people", "dozens = count ? - APPROX"),
            ("| hundreds of thousands of people", "hundreds of thousands = count ? - APPROX"),
            ("| two dozen people", "two dozen = count 24 - -"),
            ("| twenty - five men", "twenty - five = count 25 - -"),
            ("nearly | three million people", "nearly three million = count 3000000 - LESS_THAN"),
            ("as many as | 20 men", "as many as 20 = count 20 - LESS_THAN"),
            ("| people", ""),
            ("| the", ""),
        ] {
            let words: Vec<&str> = text.split(' ').filter(|w| *w != "|").collect();
            let at = text.split(' ').position(|w| w == "|").unwrap();
            let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
            let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
            let found = measure(&rules, &lower, at).map_or(String::new(), |m| {
                let surface = words[m.words.clone()].join(" ");
                let value = m.value.map_or("?".to_owned(), |v| v.to_string());
                let unit =
                    if m.kind == "count" { String::new() } else { m.unit.unwrap_or_default() };
                let unit = if unit.is_empty() { "-" } else { &unit };
                format!("{surface} = {} {value} {unit} {}", m.kind, m.modifier.unwrap_or("-"))
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
