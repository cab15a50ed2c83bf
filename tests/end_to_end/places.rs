//! Hand-marked places (`../cases/places.txt`, whose head explains the format) against the shipped
//! model and rules.

use std::fmt::Write as _;
use std::ops::Range;

use dateline::{Article, Document};

use crate::{system, table};

/// Least shares that have to be right.
const FOUND: f64 = 0.98;
const COUNTRY: f64 = 0.95;
const SUBTYPE: f64 = 0.95;
const EMPTY: f64 = 0.81;

struct Place {
    name: String,
    subtype: String,
    country: Option<String>,
    start: usize,
}

struct Case {
    text: String,
    places: Vec<Place>,
}

fn case((text, marks): (String, Vec<String>)) -> Case {
    let mut from = 0;
    let mut places = Vec::new();
    for mark in marks.iter().filter(|m| *m != "-") {
        let (name, what) = mark.split_once(" = ").unwrap_or_else(|| panic!("{mark:?}"));
        let mut what = what.split(' ');
        let (Some(subtype), Some(country)) = (what.next(), what.next()) else {
            panic!("{mark:?} needs a subtype and a country");
        };
        let at = table::locate(&text, name, from);
        let Range { start, end } = at.unwrap_or_else(|| panic!("{name:?} in {text:?}"));
        from = end;
        places.push(Place {
            name: name.to_owned(),
            subtype: subtype.to_owned(),
            country: Some(country.to_owned()).filter(|c| c != "-"),
            start,
        });
    }
    Case { text, places }
}

fn cases() -> Vec<Case> {
    table::blocks(&table::folder().join("places.txt")).into_iter().map(case).collect()
}

#[derive(Default)]
struct Tally {
    marked: usize,
    found: usize,
    country: usize,
    subtype: usize,
    empty: usize,
    kept_empty: usize,
    faults: String,
}

impl Tally {
    fn add(&mut self, case: &Case, document: &Document) {
        let places = document.entities.iter().filter(|e| e.kind == "PLACE");
        let names: Vec<_> = places
            .flat_map(|e| e.mentions.iter().filter(|m| m.kind == "name").map(move |m| (e, m)))
            .collect();
        if case.places.is_empty() {
            self.empty += 1;
            self.kept_empty += usize::from(names.is_empty());
            for (_, mention) in names {
                let _ =
                    writeln!(self.faults, "no place: {} | {}", mention.location.text, case.text);
            }
            return;
        }
        for place in &case.places {
            self.marked += 1;
            let start = case.text[..place.start].chars().count();
            let end = start + place.name.chars().count();
            let overlaps =
                names.iter().find(|(_, m)| m.location.start < end && start < m.location.end);
            let Some((entity, _)) = overlaps else {
                let _ = writeln!(self.faults, "not found: {} | {}", place.name, case.text);
                continue;
            };
            self.found += 1;
            let country = entity.country == place.country;
            let subtype = entity.subtype.as_deref() == Some(&place.subtype);
            self.country += usize::from(country);
            self.subtype += usize::from(subtype);
            if !(country && subtype) {
                let (want, got) = (place.country.as_deref(), entity.country.as_deref());
                let _ = writeln!(
                    self.faults,
                    "{}: {} {} for {} {} | {}",
                    place.name,
                    entity.subtype.as_deref().unwrap_or("-"),
                    got.unwrap_or("-"),
                    place.subtype,
                    want.unwrap_or("-"),
                    case.text
                );
            }
        }
    }
}

#[test]
fn hand_marked_places() {
    let cases = cases();
    let mut tally = Tally::default();
    for (number, case) in cases.iter().enumerate() {
        let document = system::read(&Article::from_text(format!("places-{number}"), &case.text));
        tally.add(case, &document);
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let shares = [
        ("found", share(tally.found, tally.marked), FOUND),
        ("country", share(tally.country, tally.marked), COUNTRY),
        ("subtype", share(tally.subtype, tally.marked), SUBTYPE),
        ("empty stays empty", share(tally.kept_empty, tally.empty), EMPTY),
    ];
    println!("{}", tally.faults);
    for (name, share, floor) in shares {
        println!("{name}: {share:.4} (floor {floor})");
    }
    println!("{} places in {} cases", tally.marked, cases.len());
    assert!(shares.iter().all(|(_, share, floor)| share >= floor), "below a floor, see above");
}
