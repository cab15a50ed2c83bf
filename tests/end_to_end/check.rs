//! Comparing a record with gold: names and values.

use dateline::record::{Document, Entity, Quantity};

use crate::check_events;
use crate::gold::{Expect, ExpectEntity, ExpectQuantity, ExpectTime};
use crate::report::Check;

/// All comparisons of one record with its gold.
pub(crate) fn check(document: &Document, expect: &Expect) -> Vec<Check> {
    let mut checks = Vec::new();
    published(document, expect, &mut checks);
    for person in &expect.persons {
        entity(document, person, "person", &mut checks);
    }
    for other in &expect.entities {
        entity(document, other, "entity", &mut checks);
    }
    for words in &expect.absent {
        absent(document, words, &mut checks);
    }
    for time in &expect.times {
        self::time(document, time, &mut checks);
    }
    for quantity in &expect.quantities {
        self::quantity(document, quantity, &mut checks);
    }
    for event in &expect.events {
        check_events::event(document, event, &mut checks);
    }
    for speech in &expect.speech {
        check_events::speech(document, speech, &mut checks);
    }
    checks
}

/// Lower case, without a leading article and with straight apostrophes.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase().replace('’', "'");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.strip_prefix("the ").map_or(text.clone(), str::to_owned)
}

pub(crate) fn is_one_of(text: &str, alternatives: &str) -> bool {
    alternatives.split('|').any(|alternative| plain(alternative) == plain(text))
}

/// Whether one of the alternatives stands in `text` as whole words.
pub(crate) fn holds_one_of(text: &str, alternatives: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let separators = |c: char| !c.is_alphanumeric() && c != '\'' && c != '.';
        plain(text).split(separators).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let text = words(text);
    alternatives.split('|').any(|alternative| {
        let wanted = words(alternative);
        !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
    })
}

/// Every form under which an entity is known.
pub(crate) fn names(entity: &Entity) -> Vec<&str> {
    let aliases = entity.aliases.iter().map(String::as_str);
    let named = entity.mentions.iter().filter(|m| m.kind == "name");
    let mentions = named.map(|m| m.location.text.as_str());
    std::iter::once(entity.name.as_str()).chain(aliases).chain(mentions).collect()
}

fn published(document: &Document, expect: &Expect, checks: &mut Vec<Check>) {
    let Some(gold) = &expect.published else { return };
    let got = document.published.as_ref();
    let value = got.map_or("none", |p| p.value.as_str());
    let detail = format!("expected {}, got {value}", gold.value);
    checks.push(Check::new("published", "value", value == gold.value, detail));
    if let Some(source) = &gold.source {
        let got = got.map_or("none", |p| p.source.as_str());
        let detail = format!("expected {source}, got {got}");
        checks.push(Check::new("published.source", "source", got == source, detail));
    }
}

fn entity(document: &Document, gold: &ExpectEntity, family: &str, checks: &mut Vec<Check>) {
    let kind = gold.kind.as_deref().unwrap_or("PERSON");
    let about = gold.name.as_str();
    let named = |e: &&Entity| names(e).iter().any(|name| is_one_of(name, about));
    let found = document.entities.iter().filter(named).find(|e| e.kind == kind);
    let seen: Vec<String> = document
        .entities
        .iter()
        .filter(|e| names(e).iter().any(|name| overlaps(name, about)))
        .map(|e| format!("{} {:?} {:?}", e.kind, e.name, e.aliases))
        .collect();
    let detail = format!("expected {kind}; alike: [{}]", seen.join(", "));
    checks.push(Check::new(family, about, found.is_some(), detail));
    let mut sub =
        |part: &str, wanted: Option<&String>, test: &dyn Fn(&Entity) -> (bool, String)| {
            let Some(wanted) = wanted else { return };
            let (passed, got) = found.map_or((false, "nobody".to_owned()), test);
            let detail = format!("expected {wanted}, got {got}");
            checks.push(Check::new(format!("{family}.{part}"), about, passed, detail));
        };
    sub("title", gold.title.as_ref(), &|e| {
        let wanted = gold.title.as_deref().unwrap_or("");
        (e.titles.iter().any(|title| holds_one_of(title, wanted)), format!("{:?}", e.titles))
    });
    sub("country", gold.country.as_ref(), &|e| (e.country == gold.country, show(&e.country)));
    sub("subtype", gold.subtype.as_ref(), &|e| (e.subtype == gold.subtype, show(&e.subtype)));
    for alias in &gold.aliases {
        sub("alias", Some(alias), &|e| {
            (names(e).iter().any(|name| is_one_of(name, alias)), format!("{:?}", names(e)))
        });
    }
}

/// Whether two names share a word, for the report.
fn overlaps(name: &str, alternatives: &str) -> bool {
    name.split_whitespace().any(|word| word.len() > 3 && holds_one_of(alternatives, word))
}

pub(crate) fn show(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(|| "none".to_owned())
}

fn absent(document: &Document, words: &str, checks: &mut Vec<Check>) {
    let mentions = document.entities.iter().flat_map(|e| &e.mentions);
    let found = mentions.map(|m| m.location.text.as_str()).find(|text| holds_one_of(text, words));
    let detail = format!("found in {found:?}");
    checks.push(Check::new("absent", words, found.is_none(), detail));
}

fn time(document: &Document, gold: &ExpectTime, checks: &mut Vec<Check>) {
    let same = document.times.iter().filter(|t| holds_one_of(&t.location.text, &gold.text));
    let got: Vec<String> = same.map(|t| show(&t.value)).collect();
    let passed = got.iter().any(|value| gold.value.split('|').any(|wanted| wanted == value));
    let detail = format!("expected {}, got {got:?}", gold.value);
    checks.push(Check::new("time", &gold.text, passed, detail));
}

fn quantity(document: &Document, gold: &ExpectQuantity, checks: &mut Vec<Check>) {
    // Modifiers ("about 1,500") and nouns may lie in or out of the span: the number is what counts.
    let number = gold.text.split_whitespace().next().unwrap_or("");
    let same = |q: &&Quantity| holds_one_of(&q.location.text, number);
    let candidates: Vec<&Quantity> = document.quantities.iter().filter(same).collect();
    let right = candidates.iter().filter(|q| q.value == Some(gold.value));
    let found = right.max_by_key(|q| (q.unit == gold.unit, q.modifier == gold.modifier));
    let got: Vec<_> = candidates.iter().map(|q| (&q.location.text, q.value)).collect();
    let detail = format!("expected {}, got {got:?}", gold.value);
    checks.push(Check::new("quantity", &gold.text, found.is_some(), detail));
    let mut sub = |part: &str, wanted: &Option<String>, got: Option<String>| {
        if let Some(wanted) = wanted {
            let passed = got.as_ref() == Some(wanted);
            let detail = format!("expected {wanted}, got {}", show(&got));
            checks.push(Check::new(format!("quantity.{part}"), &gold.text, passed, detail));
        }
    };
    sub("type", &gold.kind, found.map(|q| q.kind.clone()));
    sub("unit", &gold.unit, found.and_then(|q| q.unit.clone()));
    sub("mod", &gold.modifier, found.and_then(|q| q.modifier.clone()));
}

#[test]
fn names_match_as_whole_words() {
    assert!(holds_one_of("Prime Minister of Kenya", "deputy|prime minister"));
    assert!(!holds_one_of("spokeswoman", "woman"));
    assert!(is_one_of("The Red Cross", "red cross"));
}
