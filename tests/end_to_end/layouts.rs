//! Pages as feeds, sites and databases hand them over (`layouts/`), marked by hand. Half of them, and
//! those of `layouts/development/`, may be read to mend a rule; of the other half only totals are
//! told, so that they keep telling how pages fare that nobody looked at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dateline::record::Location;
use dateline::{Article, Document};

use crate::system::PIPELINE;

/// Shares that have been reached: of furniture at least, of body at most, of dates at least.
struct Floors {
    unread: f64,
    lost: f64,
    dated: f64,
}

const ALL: Floors = Floors { unread: 0.94, lost: 0.009, dated: 0.95 };
/// Odder pages, most of which the weights were fitted to.
const DEVELOPMENT: Floors = Floors { unread: 0.88, lost: 0.003, dated: 0.92 };

/// A page and what a careful reader says of it.
struct Page {
    article: Article,
    /// The mark of each character: `T`, `D`, `Y`, `B`, `F`, or a blank.
    marks: Vec<char>,
    published: Option<String>,
    /// Whether its faults may be told.
    open: bool,
}

fn pages() -> Vec<Page> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let splits = std::fs::read_to_string(root.join("../scripts/data/splits.json")).unwrap();
    let splits: serde_json::Value = serde_json::from_str(&splits).unwrap();
    let open = splits["halves"]["layouts"]["all"]["A"].as_array().unwrap();
    let open: BTreeSet<&str> = open.iter().map(|id| id.as_str().unwrap()).collect();
    read_pages(&root.join("layouts"), |id| open.contains(id))
}

fn read_pages(folder: &Path, open: impl Fn(&str) -> bool) -> Vec<Page> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    let page = |path: PathBuf| {
        let id = path.file_stem().unwrap().to_str().unwrap();
        page(id, &std::fs::read_to_string(&path).unwrap(), open(id))
    };
    paths.into_iter().map(page).collect()
}

/// A page of marked lines; their form is told in `scripts/data/corpora/layouts.py`.
fn page(id: &str, file: &str, open: bool) -> Page {
    let mut lines = file.lines().skip(1);
    let published = lines.next().unwrap().strip_prefix("# published: ").unwrap();
    let published = published.split_once(" | ").map(|(date, _)| date.to_owned());
    let (mut text, mut marks) = (String::new(), Vec::new());
    for line in lines.skip(1) {
        let mut line = line.chars();
        let mark = line.next().unwrap();
        if line.next() == Some('+') {
            text.pop();
            marks.pop();
        }
        for c in line {
            text.push(c);
            marks.push(if c.is_whitespace() { ' ' } else { mark });
        }
        text.push('\n');
        marks.push(' ');
    }
    Page { article: Article::from_text(id, text), marks, published, open }
}

#[derive(Default)]
struct Counts {
    hits: usize,
    all: usize,
}

impl Counts {
    fn add(&mut self, hits: usize, all: usize) {
        self.hits += hits;
        self.all += all;
    }

    fn share(&self) -> f64 {
        self.hits as f64 / self.all as f64
    }
}

/// Which characters are read: those of titles and body.
fn read(document: &Document, length: usize) -> Vec<bool> {
    let mut read = vec![false; length];
    for zone in &document.zones {
        if zone.kind == "title" || zone.kind == "body" {
            read[zone.start..zone.end].fill(true);
        }
    }
    read
}

fn mentions(document: &Document) -> impl Iterator<Item = &Location> {
    let entities = document.entities.iter().flat_map(|e| e.mentions.iter().map(|m| &m.location));
    let events = document.events.iter().flat_map(|e| e.mentions.iter().map(|m| &m.location));
    entities.chain(events).chain(document.times.iter().map(|time| &time.location))
}

#[test]
fn furniture_is_left_alone_and_dates_are_found() {
    let pages = pages();
    assert_eq!(pages.len(), 60);
    check(&pages, &ALL);
}

#[test]
fn so_it_is_on_the_pages_of_development() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let pages = read_pages(&root.join("layouts/development"), |_| true);
    assert_eq!(pages.len(), 552);
    check(&pages, &DEVELOPMENT);
}

#[expect(clippy::print_stdout, reason = "totals are what a person looks for here")]
fn check(pages: &[Page], floors: &Floors) {
    let articles: Vec<Article> = pages.iter().map(|page| page.article.clone()).collect();
    let documents = PIPELINE.read_many(&articles);
    let (mut unread, mut lost, mut dated) =
        (Counts::default(), Counts::default(), Counts::default());
    let mut invented = 0;
    for (page, document) in pages.iter().zip(documents) {
        let document = document.unwrap();
        let id = &page.article.id;
        let read = read(&document, page.marks.len());
        let count = |mark: char, as_read: bool| {
            let both = page.marks.iter().zip(&read);
            both.filter(|(m, read)| **m == mark && **read == as_read).count()
        };
        let (missed, taken) = (count('F', true), count('B', false));
        let kept = count('F', false);
        unread.add(kept, kept + missed);
        lost.add(taken, taken + count('B', true));
        let found = document.published.as_ref().map(|published| published.value.as_str());
        match &page.published {
            Some(date) => dated.add(usize::from(found == Some(date)), 1),
            None => invented += usize::from(found.is_some()),
        }
        if page.open && (missed + taken > 0 || found != page.published.as_deref()) {
            println!("{id}: {missed} characters of furniture read, {taken} of body not; {found:?}");
        }
        // Whatever is no title and no body says nothing, but that datelines name places.
        let datelines: Vec<_> = document.zones.iter().filter(|z| z.kind == "dateline").collect();
        let places: Vec<&Location> = { document.entities.iter() }
            .filter(|e| e.kind == "PLACE")
            .flat_map(|e| e.mentions.iter().map(|m| &m.location))
            .filter(|at| datelines.iter().any(|z| z.start <= at.start && at.end <= z.end))
            .collect();
        let unzoned = mentions(&document)
            .filter(|at| !places.contains(at))
            .find(|at| !read[at.start..at.end].iter().all(|r| *r));
        assert!(
            unzoned.is_none(),
            "{}",
            if page.open { format!("{id}: {unzoned:?}") } else { String::new() }
        );
    }
    println!(
        "furniture left unread {:.4}, body not read {:.4}, dates right {:.3}, invented {invented}",
        unread.share(),
        lost.share(),
        dated.share()
    );
    assert!(unread.share() >= floors.unread && lost.share() <= floors.lost, "zones");
    assert!(dated.share() >= floors.dated && invented == 0, "publication dates");
}
