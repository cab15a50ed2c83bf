//! Sentences with every event that they tell (`../cases/events/`, whose `README.md` explains the
//! format) against the shipped model and rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use dateline::record::Event;
use dateline::{Article, Document};

use crate::{system, table};

/// The day on which a sentence is published unless it says so: a Wednesday.
const PUBLISHED: &str = "2024-05-15";
/// Sentences there must be of each type that has any, in all, and with words that name no event.
const OF_A_TYPE: usize = 8;
const IN_ALL: usize = 600;
const DISTRACTING: f64 = 1.0 / 3.0;

struct Expected {
    triggers: Vec<String>,
    kind: String,
    status: String,
    roles: Vec<(String, String)>,
    time: Option<String>,
    place: Option<String>,
}

struct Case {
    family: String,
    text: String,
    published: String,
    events: Vec<Expected>,
    /// Words that look like events and are none.
    distractors: Vec<String>,
}

fn expected(line: &str) -> Expected {
    let (head, roles) = line.split_once(';').unwrap_or((line, ""));
    let (triggers, what) = head.split_once(" = ").unwrap_or_else(|| panic!("{line:?}"));
    let (kind, status) =
        what.trim().split_once(' ').unwrap_or_else(|| panic!("{line:?} needs a type and a status"));
    let mut event = Expected {
        triggers: triggers.split(',').map(|t| t.trim().to_owned()).collect(),
        kind: kind.to_owned(),
        status: status.trim().to_owned(),
        roles: Vec::new(),
        time: None,
        place: None,
    };
    for role in roles.split(';').map(str::trim).filter(|role| !role.is_empty()) {
        let (name, filler) = role.split_once('=').unwrap_or_else(|| panic!("{role:?}: {line:?}"));
        match name {
            "time" => event.time = Some(filler.to_owned()),
            "place" => event.place = Some(filler.to_owned()),
            _ => event.roles.push((name.to_owned(), filler.to_owned())),
        }
    }
    event
}

fn case(family: &str, text: String, marks: &[String]) -> Case {
    assert!(!marks.is_empty(), "{text:?} says nothing of its events");
    let mut case = Case {
        family: family.to_owned(),
        text,
        published: PUBLISHED.to_owned(),
        events: Vec::new(),
        distractors: Vec::new(),
    };
    for mark in marks {
        if let Some(words) = mark.strip_prefix("~ ") {
            case.distractors.extend(words.split(',').map(|word| word.trim().to_owned()));
        } else if let Some(date) = mark.strip_prefix("published ") {
            date.clone_into(&mut case.published);
        } else if mark != "-" {
            case.events.push(expected(mark));
        }
    }
    let triggers = case.events.iter().flat_map(|event| &event.triggers);
    for word in triggers.chain(&case.distractors) {
        assert!(case.text.contains(word.as_str()), "{word:?} is not in {:?}", case.text);
    }
    case
}

fn cases() -> Vec<Case> {
    let folder = table::folder().join("events");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let of_file = |path: &PathBuf| {
        let family = path.file_stem().unwrap().to_string_lossy().into_owned();
        let blocks = table::blocks(path).into_iter();
        blocks.map(|(text, marks)| case(&family, text, &marks)).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

/// Whether one of two names holds the other as whole words.
fn alike(a: &str, b: &str) -> bool {
    let words = |s: &str| {
        let s = s.to_lowercase();
        let parts = s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let (a, b) = (words(a), words(b));
    let holds = |a: &[String], b: &[String]| !b.is_empty() && a.windows(b.len()).any(|w| w == b);
    holds(&a, &b) || holds(&b, &a)
}

/// The names under which what fills a role may be expected: its words, and its entity's name.
fn names(document: &Document, text: &str, entity: Option<&str>) -> Vec<String> {
    let entity = document.entities.iter().find(|e| Some(e.id.as_str()) == entity);
    std::iter::once(text.to_owned()).chain(entity.map(|e| e.name.clone())).collect()
}

#[derive(Default)]
struct Tally {
    cases: usize,
    whole: usize,
    expected: usize,
    found: usize,
    right: usize,
    status: usize,
    timed: usize,
    placed: usize,
    roles_expected: usize,
    roles_found: usize,
    roles_right: usize,
}

impl Tally {
    fn sum<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Tally {
        tallies.fold(Tally::default(), |a, b| Tally {
            cases: a.cases + b.cases,
            whole: a.whole + b.whole,
            expected: a.expected + b.expected,
            found: a.found + b.found,
            right: a.right + b.right,
            status: a.status + b.status,
            timed: a.timed + b.timed,
            placed: a.placed + b.placed,
            roles_expected: a.roles_expected + b.roles_expected,
            roles_found: a.roles_found + b.roles_found,
            roles_right: a.roles_right + b.roles_right,
        })
    }

    /// Compares an article's events with the expected ones and tells of the first faults.
    fn add(&mut self, case: &Case, document: &Document) -> Vec<String> {
        let mut faults = Vec::new();
        let mut left: Vec<&Event> = document.events.iter().collect();
        self.cases += 1;
        self.expected += case.events.len();
        self.found += left.len();
        for expected in &case.events {
            let names_it = |event: &&Event| {
                let mut mentions = event.mentions.iter().map(|m| m.location.text.as_str());
                event.kind == expected.kind
                    && mentions.any(|m| expected.triggers.iter().any(|t| alike(t, m)))
            };
            let Some(at) = left.iter().position(names_it) else {
                faults.push(format!("missed {} {}", expected.triggers[0], expected.kind));
                self.roles_expected += expected.roles.len();
                continue;
            };
            let event = left.remove(at);
            self.right += 1;
            self.event(expected, event, document, &mut faults);
        }
        for event in left {
            let word = &event.mentions[0].location.text;
            faults.push(format!("too much: {word} {} {}", event.kind, event.factuality.status));
            let of_roles = |role: &&dateline::record::Role| role.role != "place";
            self.roles_found += event.roles.iter().filter(of_roles).count();
        }
        self.whole += usize::from(faults.is_empty());
        faults
    }

    fn event(
        &mut self,
        expected: &Expected,
        event: &Event,
        document: &Document,
        faults: &mut Vec<String>,
    ) {
        let word = &expected.triggers[0];
        let status = &event.factuality.status;
        self.status += usize::from(*status == expected.status);
        if *status != expected.status {
            faults.push(format!("{word} is {status}, not {}", expected.status));
        }
        let time = event.time.as_ref().and_then(|time| time.value.clone());
        self.timed += usize::from(time == expected.time);
        if time != expected.time {
            let none = || "-".to_owned();
            let wanted = expected.time.clone().unwrap_or_else(none);
            faults.push(format!("{word} time {}, not {wanted}", time.unwrap_or_else(none)));
        }
        let place = event.place.as_ref().map(|place| match &place.entity {
            Some(id) => names(document, "", Some(id)).join(""),
            None => place.country.clone().unwrap_or_default(),
        });
        let right = match (&place, &expected.place) {
            (None, None) => true,
            (Some(found), Some(wanted)) => alike(found, wanted),
            _ => false,
        };
        self.placed += usize::from(right);
        if !right {
            faults.push(format!("{word} place {place:?}, not {:?}", expected.place));
        }
        let mut left: Vec<_> = event.roles.iter().filter(|role| role.role != "place").collect();
        self.roles_expected += expected.roles.len();
        self.roles_found += left.len();
        for (role, filler) in &expected.roles {
            let fills = |found: &&dateline::record::Role| {
                let names = names(document, &found.location.text, found.entity.as_deref());
                found.role == *role && names.iter().any(|name| alike(name, filler))
            };
            match left.iter().position(fills) {
                Some(at) => {
                    left.remove(at);
                    self.roles_right += 1;
                }
                None => faults.push(format!("{word} lacks {role}={filler}")),
            }
        }
        for role in left {
            faults.push(format!("{word} has {}={}", role.role, role.location.text));
        }
    }

    fn shares(&self) -> [(&'static str, f64); 7] {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        [
            ("sentences whole", share(self.whole, self.cases)),
            ("events found", share(self.right, self.expected)),
            ("events right", share(self.right, self.found)),
            ("status right", share(self.status, self.right)),
            ("time right", share(self.timed, self.right)),
            ("place right", share(self.placed, self.right)),
            ("roles F1", share(2 * self.roles_right, self.roles_expected + self.roles_found)),
        ]
    }
}

/// Least shares that have to be right, in the order of [`Tally::shares`].
const FLOORS: [f64; 7] = [0.57, 0.85, 0.95, 0.92, 0.95, 0.89, 0.83];

#[test]
fn hand_marked_events() {
    let mut families = BTreeMap::<&str, Tally>::new();
    let cases = cases();
    let mut report = String::new();
    for (number, case) in cases.iter().enumerate() {
        let mut article = Article::from_text(format!("events-{number}"), &case.text);
        article.published = Some(case.published.clone());
        let document = system::read(&article);
        let faults = families.entry(&case.family).or_default().add(case, &document);
        if !faults.is_empty() {
            let _ = writeln!(report, "{} | {}\n    {}", case.family, case.text, faults.join("; "));
        }
    }
    println!("{report}");
    for (family, tally) in &families {
        let shares = tally.shares().map(|(name, share)| format!("{name} {share:.3}"));
        println!("{family}: {} sentences, {}", tally.cases, shares.join(", "));
    }
    let shares = Tally::sum(families.values()).shares();
    for ((name, share), floor) in shares.iter().zip(FLOORS) {
        println!("{name}: {share:.4} (floor {floor})");
    }
    let faults = shares.iter().zip(FLOORS).any(|((_, share), floor)| *share < floor);
    assert!(!faults, "below a floor, see above");
}

/// Words that tell of a sentence's subject: not those that every sentence has.
fn content(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    let common = ["that", "with", "from", "said", "after", "they", "their", "were", "have", "will"];
    words.map(str::to_lowercase).filter(|w| !common.contains(&w.as_str())).collect()
}

#[test]
fn the_table_of_events_is_broad() {
    let cases = cases();
    let mut types = BTreeMap::<&str, usize>::new();
    for case in &cases {
        let kinds: BTreeSet<&str> = case.events.iter().map(|event| event.kind.as_str()).collect();
        for kind in kinds {
            *types.entry(kind).or_default() += 1;
        }
    }
    let rare: Vec<_> = types.iter().filter(|(_, count)| **count < OF_A_TYPE).collect();
    assert!(rare.is_empty(), "fewer than {OF_A_TYPE} sentences: {rare:?}");
    assert_eq!(types.len(), 60, "types of {types:?}");
    assert!(cases.len() >= IN_ALL, "{} sentences", cases.len());
    let distracting = |case: &&Case| case.events.is_empty() || !case.distractors.is_empty();
    let share = cases.iter().filter(distracting).count() as f64 / cases.len() as f64;
    assert!(share >= DISTRACTING, "{share:.3} of the sentences have distractors");
    let contents: Vec<BTreeSet<String>> = cases.iter().map(|case| content(&case.text)).collect();
    for (i, a) in contents.iter().enumerate() {
        for (j, b) in contents.iter().enumerate().skip(i + 1) {
            let shared = a.intersection(b).count();
            let alike = 2 * shared > a.len().min(b.len());
            assert!(!alike, "alike: {:?} and {:?}", cases[i].text, cases[j].text);
        }
    }
}
