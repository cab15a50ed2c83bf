//! Gold files: articles and what a careful reader would say of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::Article;
use serde::Deserialize;

/// Cases and what is asked of them as a whole.
pub(crate) struct Suite {
    pub(crate) name: String,
    /// Checks that have to pass, as `kind` or `kind about`.
    pub(crate) must: Vec<String>,
    /// Least share of all other checks that has to pass.
    pub(crate) floor: f64,
    /// Checks of what a case is about; a case holds if all of them pass.
    pub(crate) core: Vec<String>,
    /// Least number of cases that have to hold.
    pub(crate) least: usize,
    pub(crate) cases: Vec<Case>,
}

pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) article: Article,
    pub(crate) expect: Expect,
    /// Checks of this case that `must` does not cover, in the same form.
    pub(crate) want: Vec<String>,
}

/// Names, values and triggers hold alternatives, separated by `|`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) published: Option<ExpectPublished>,
    #[serde(default)]
    pub(crate) persons: Vec<ExpectEntity>,
    #[serde(default)]
    pub(crate) entities: Vec<ExpectEntity>,
    /// Words that no mention of an entity may hold.
    #[serde(default)]
    pub(crate) absent: Vec<String>,
    #[serde(default)]
    pub(crate) events: Vec<ExpectEvent>,
    #[serde(default)]
    pub(crate) times: Vec<ExpectTime>,
    #[serde(default)]
    pub(crate) quantities: Vec<ExpectQuantity>,
    #[serde(default)]
    pub(crate) speech: Vec<ExpectSpeech>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectPublished {
    pub(crate) value: String,
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectEntity {
    /// `PERSON` where absent.
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) name: String,
    pub(crate) subtype: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) country: Option<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectEvent {
    /// What the reports call it.
    pub(crate) key: String,
    #[serde(rename = "type")]
    pub(crate) kinds: Vec<String>,
    /// Words of which one stands in a mention of the event.
    pub(crate) trigger: Option<String>,
    /// What the label ends with.
    pub(crate) label: Option<String>,
    /// Countries of those who take part.
    #[serde(default)]
    pub(crate) countries: Vec<String>,
    #[serde(default)]
    pub(crate) roles: BTreeMap<String, String>,
    pub(crate) place: Option<String>,
    pub(crate) time: Option<String>,
    #[serde(default)]
    pub(crate) status: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectTime {
    pub(crate) text: String,
    pub(crate) value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectQuantity {
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) value: f64,
    pub(crate) unit: Option<String>,
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectSpeech {
    pub(crate) speaker: String,
    /// Words within the quotation.
    pub(crate) quote: Option<String>,
    /// Trigger of an event that the speaker vouches for.
    pub(crate) event: Option<String>,
}

#[derive(Deserialize)]
struct ParaphraseFile {
    must: Vec<String>,
    floor: f64,
    core: Vec<String>,
    least: usize,
    #[serde(rename = "case")]
    cases: Vec<Paraphrase>,
}

#[derive(Deserialize)]
struct Paraphrase {
    id: String,
    text: String,
    published: Option<String>,
    #[serde(default)]
    want: Vec<String>,
    #[serde(flatten)]
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleFile {
    must: Vec<String>,
    floor: f64,
    #[serde(default)]
    want: Vec<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    expect: Expect,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    toml::from_str(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The paraphrases of one situation.
pub(crate) fn paraphrases() -> Suite {
    let file: ParaphraseFile = parse(&folder().join("paraphrases.toml"));
    let case = |case: Paraphrase| Case {
        article: Article {
            published: case.published,
            ..Article::from_text(&case.id, case.text.trim_start())
        },
        id: case.id,
        expect: case.expect,
        want: case.want,
    };
    let cases = file.cases.into_iter().map(case).collect();
    let ParaphraseFile { must, floor, core, least, .. } = file;
    Suite { name: "paraphrases".to_owned(), must, floor, core, least, cases }
}

/// The whole articles, each a suite of its own, in order of their names.
pub(crate) fn articles() -> Vec<Suite> {
    let entries = fs::read_dir(folder().join("articles")).expect("tests/articles is a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| whole_article(path)).collect()
}

fn whole_article(path: &Path) -> Suite {
    let gold: ArticleFile = parse(&path.with_extension("toml"));
    let id = path.file_stem().unwrap().to_string_lossy().into_owned();
    let article = Article {
        title: gold.title,
        published: gold.published,
        source: gold.source,
        ..Article::from_text(&id, read(path))
    };
    let case = Case { id: id.clone(), article, expect: gold.expect, want: gold.want };
    let (must, floor) = (gold.must, gold.floor);
    Suite { name: id, must, floor, core: Vec::new(), least: 0, cases: vec![case] }
}
