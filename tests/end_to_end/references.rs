//! Nouns and pronouns led back to names: `../cases/references.txt` against the shipped model and
//! rules.
//!
//! A case is an article of a few lines with indented lines below it. `PERSON`, `ORG`, `PLACE` and
//! `GROUP` list the mentions of one entity in text order, `NULL` what stands for no one of them,
//! `APART` two that are not the same. A mention is the next such words behind the one before it;
//! `#2` says the second in the article.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline::{Article, Document};

use crate::{system, table};

/// Characters of the article.
type At = Range<usize>;

struct Line {
    label: String,
    mentions: Vec<At>,
}

struct Case {
    text: String,
    lines: Vec<Line>,
}

fn cases() -> Vec<Case> {
    table::blocks(&table::folder().join("references.txt")).into_iter().map(case).collect()
}

fn case((text, marks): (String, Vec<String>)) -> Case {
    let line = |mark: &String| {
        let (label, items) = mark.split_once(": ").unwrap();
        let split = if label == "APART" { " ~ " } else { " | " };
        let mut from = 0;
        let mentions = items.split(split).map(|item| {
            let at = table::locate(&text, item, from);
            let at = at.unwrap_or_else(|| panic!("{item:?} is not in {text:?}"));
            if !matches!(label, "NULL" | "APART") {
                from = at.end;
            }
            at
        });
        Line { label: label.to_owned(), mentions: mentions.collect() }
    };
    let lines = marks.iter().map(line).collect();
    Case { text, lines }
}

/// A mention of ours.
struct Ours {
    at: At,
    entity: usize,
    name: bool,
}

/// Our mentions, in bytes.
fn ours(document: &Document, text: &str) -> Vec<Ours> {
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(b, _)| b);
    let mentions = document.entities.iter().enumerate().flat_map(|(entity, e)| {
        e.mentions.iter().map(move |m| (entity, m.kind == "name", &m.location))
    });
    mentions
        .map(|(entity, name, l)| Ours { at: byte(l.start)..byte(l.end), entity, name })
        .collect()
}

/// Our mention of `gold`: the same words, else what ends with it (we leave articles and titles
/// out), else a name within it.
fn met<'a>(ours: &'a [Ours], gold: &At, group: bool) -> Option<&'a Ours> {
    let free = |o: &&Ours| !(group && o.name) || o.at == *gold;
    let ends = |o: &&Ours| o.at.end == gold.end;
    let within = |o: &&Ours| gold.start <= o.at.start && o.at.end <= gold.end;
    let all = || ours.iter().filter(free);
    all()
        .find(|o| o.at == *gold)
        .or_else(|| all().filter(ends).filter(within).min_by_key(|o| o.at.start))
        .or_else(|| all().filter(ends).max_by_key(|o| o.at.start))
        .or_else(|| all().find(|o| o.name && within(o)))
}

#[derive(Default)]
struct Counts {
    mentions: usize,
    right: usize,
    wrong: usize,
    nulls: usize,
    nulls_broken: usize,
    apart: usize,
    apart_broken: usize,
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
}

impl Counts {
    fn recall(&self) -> f64 {
        ratio(self.right, self.mentions)
    }

    fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong + self.nulls_broken)
    }
}

fn compare(case: &Case, counts: &mut Counts, faults: &mut Vec<String>) {
    let document = system::read(&Article::from_text("case", case.text.clone()));
    let ours = ours(&document, &case.text);
    let size = |entity: usize| ours.iter().filter(|o| o.entity == entity).count();
    let name = |entity: usize| &document.entities[entity].name;
    for line in &case.lines {
        let words = |at: &At| &case.text[at.clone()];
        let found: Vec<Option<&Ours>> =
            line.mentions.iter().map(|m| met(&ours, m, line.label == "GROUP")).collect();
        match line.label.as_str() {
            "NULL" => {
                for (mention, found) in line.mentions.iter().zip(&found) {
                    counts.nulls += 1;
                    if let Some(o) = found.filter(|o| !o.name && size(o.entity) > 1) {
                        counts.nulls_broken += 1;
                        faults.push(format!(
                            "{} is nobody, not {}",
                            words(mention),
                            name(o.entity)
                        ));
                    }
                }
            }
            "APART" => {
                counts.apart += 1;
                if let [Some(a), Some(b)] = found[..]
                    && a.entity == b.entity
                {
                    counts.apart_broken += 1;
                    faults.push(format!("{} are two", name(a.entity)));
                }
            }
            _ => {
                let mut votes: HashMap<usize, usize> = HashMap::new();
                for o in found.iter().flatten() {
                    *votes.entry(o.entity).or_default() += 1;
                }
                let most = votes.iter().max_by_key(|(e, n)| (**n, std::cmp::Reverse(**e)));
                let entity = most.map(|(e, _)| *e);
                for (mention, found) in line.mentions.iter().zip(&found) {
                    counts.mentions += 1;
                    match found {
                        Some(o) if Some(o.entity) == entity => counts.right += 1,
                        Some(o) if size(o.entity) > 1 => {
                            counts.wrong += 1;
                            faults.push(format!("{} is not {}", words(mention), name(o.entity)));
                        }
                        _ => faults.push(format!("{} is left alone", words(mention))),
                    }
                }
            }
        }
    }
}

#[test]
fn nouns_and_pronouns_are_led_back_to_names() {
    let mut counts = Counts::default();
    let cases = cases();
    for (index, case) in cases.iter().enumerate() {
        let mut faults = Vec::new();
        compare(case, &mut counts, &mut faults);
        if !faults.is_empty() {
            println!("{}: {}\n    {}", index + 1, case.text, faults.join("\n    "));
        }
    }
    let Counts { mentions, right, wrong, nulls, nulls_broken, apart, apart_broken } = counts;
    println!(
        "{right} of {mentions} mentions ({:.3}), {wrong} wrong; {nulls_broken} of {nulls} stand for \
         someone, {apart_broken} of {apart} run together; precision {:.3}",
        counts.recall(),
        counts.precision()
    );
    let texts: HashSet<&str> = cases.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts.len(), cases.len(), "a case stands twice");
    assert!(counts.recall() >= 0.78, "too few links");
    assert!(counts.precision() >= 0.97, "too many wrong links");
    assert!(ratio(nulls_broken, nulls) <= 0.10, "pronouns of nobody stand for someone");
    assert!(ratio(apart_broken, apart) <= 0.18, "different ones run together");
}
