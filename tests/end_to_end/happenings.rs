//! Which mentions are of one happening, and how happenings hang together: `../cases/happenings.txt`
//! against the shipped model and rules.
//!
//! A case is an article of a few lines with indented lines below it. `SAME` lists mentions of one
//! event in text order, `APART` two that are not of one; `after`, `before`, `causes` and
//! `subevent_of` a relation from the first event to the second. `#2` says the second such word.

use std::collections::HashSet;

use dateline::{Article, Document};

use crate::{system, table};

/// Relations that a case may ask for.
const RELATIONS: [&str; 4] = ["after", "before", "causes", "subevent_of"];

struct Case {
    text: String,
    /// Label and the characters at which its mentions begin.
    marks: Vec<(String, Vec<usize>)>,
}

fn cases() -> Vec<Case> {
    table::blocks(&table::folder().join("happenings.txt")).into_iter().map(case).collect()
}

fn case((text, marks): (String, Vec<String>)) -> Case {
    let mark = |line: &String| {
        let (label, items) = line.split_once(": ").unwrap();
        let split = if label == "SAME" { " | " } else { " ~ " };
        let mut from = 0;
        let mentions = items.split(split).map(|item| {
            let at = table::locate(&text, item, if label == "SAME" { from } else { 0 });
            let at = at.map(|at| at.start).unwrap_or_else(|| panic!("{item:?} is not in {text:?}"));
            from = at + 1;
            at
        });
        (label.to_owned(), mentions.collect())
    };
    let marks = marks.iter().map(mark).collect();
    Case { text, marks }
}

/// The event that has a mention at the byte.
fn event<'a>(document: &'a Document, text: &str, byte: usize) -> Option<&'a str> {
    let at = text[..byte].chars().count();
    let mut events = document.events.iter();
    let found = events
        .find(|event| event.mentions.iter().any(|m| m.location.start <= at && at < m.location.end));
    found.map(|event| event.id.as_str())
}

fn holds(document: &Document, label: &str, events: &[Option<&str>]) -> bool {
    match (label, events) {
        ("SAME", [first, rest @ ..]) => first.is_some() && rest.iter().all(|other| other == first),
        // Two that are not found are not run together.
        ("APART", [a, b]) => a.is_none() || a != b,
        (_, [Some(from), Some(to)]) => document
            .event_relations
            .iter()
            .any(|r| r.kind == label && r.from == *from && r.to == *to),
        _ => false,
    }
}

fn share(right: usize, all: usize) -> f64 {
    f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(all.max(1)).unwrap())
}

#[test]
fn happenings_told_again_and_connected() {
    let cases = cases();
    let texts: HashSet<&str> = cases.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts.len(), cases.len(), "a case stands twice");
    // Right and all: of chains, of what must stay apart, of relations.
    let mut counts = [(0, 0); 3];
    for case in &cases {
        let document = system::read(&Article::from_text("case", case.text.clone()));
        for (label, mentions) in &case.marks {
            let events: Vec<Option<&str>> =
                mentions.iter().map(|&at| event(&document, &case.text, at)).collect();
            let kind = match label.as_str() {
                "SAME" => 0,
                "APART" => 1,
                relation => {
                    assert!(RELATIONS.contains(&relation), "{relation:?} is no relation");
                    2
                }
            };
            let right = holds(&document, label, &events);
            counts[kind].0 += usize::from(right);
            counts[kind].1 += 1;
            if !right {
                println!("{label} {events:?}: {}", case.text);
            }
        }
    }
    let [(same, chains), (apart, pairs), (related, relations)] = counts;
    println!(
        "{same} of {chains} chains, {apart} of {pairs} apart, {related} of {relations} relations"
    );
    assert!(chains + pairs >= 25 && relations >= 15, "the table is too small");
    assert!(share(same, chains) >= 0.70, "events told again are not led back");
    assert!(share(apart, pairs) >= 0.90, "different happenings run together");
    assert!(share(related, relations) >= 0.55, "too few relations");
}
