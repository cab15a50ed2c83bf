//! What is written is read back: the same spans, types, clusters and roles, for any text.

use std::path::Path;

use dateline::record::{Document, Location};
use dateline::{Annotations, Article, Field};
use dateline_text::{Deprel, EntityAnnotation, EntityKind, TokenAnnotation, Upos, Xpos, segment};
use proptest::prelude::*;

use super::{Layout, Source};
use crate::notes::Notes;
use crate::read;
use crate::sample::{Location as Place, Sample};
use crate::testing::{document, empty, entity, event, find, mention, time};

/// A span of the joined text, its layer and type, and its characters.
type Labelled = (usize, usize, String, String);

fn read_back(name: &str, content: &str, format: read::Format) -> Sample {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    read_one(&path, format)
}

fn read_one(path: &Path, format: read::Format) -> Sample {
    let mut reader = read::open(path, Some(format)).unwrap();
    let sample = reader.next().unwrap().unwrap();
    assert!(reader.next().is_none());
    sample
}

fn write_brat(document: &Document, article: &Article, losses: &mut Notes) -> Sample {
    let standoff = super::brat(document, article, losses);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d1.txt"), standoff.text).unwrap();
    std::fs::write(folder.path().join("d1.ann"), standoff.annotations).unwrap();
    read_one(folder.path(), read::Format::Brat)
}

fn write_task(document: &Document, article: &Article, losses: &mut Notes) -> Sample {
    let [before, between, after] = super::Format::LabelStudio.framing();
    let task = super::label_studio(document, article, losses);
    let content = [before, &task, after].concat();
    assert!(between.contains(','));
    read_back("tasks.json", &content, read::Format::LabelStudio)
}

/// What a document says, on the joined text.
fn said(document: &Document, article: &Article) -> Vec<Labelled> {
    let layout = Layout::new(document, Source::from(article));
    let mut said = Vec::new();
    let mut add = |location: &Location, label: String| {
        let (points, bytes) = layout.span(location).unwrap();
        let surface = layout.source[bytes.start..bytes.end].to_owned();
        assert_eq!(surface, location.text);
        said.push((points.start, points.end, label, surface));
    };
    for entity in &document.entities {
        entity.mentions.iter().for_each(|m| add(&m.location, format!("entity {}", entity.kind)));
    }
    for time in &document.times {
        add(&time.location, format!("time {} {}", time.kind, time.value.as_deref().unwrap()));
    }
    for event in &document.events {
        event.mentions.iter().for_each(|m| add(&m.location, format!("event {}", event.kind)));
    }
    said.sort();
    said
}

/// What a sample says, on the joined text.
fn found(sample: &Sample) -> Vec<Labelled> {
    let shift = sample.title.as_ref().map_or(0, |title| title.chars().count() + 2);
    let mut found = Vec::new();
    let mut add = |place: &Place, label: String| {
        let by = if place.at.field == Field::Text { shift } else { 0 };
        found.push((place.at.start + by, place.at.end + by, label, place.text.clone()));
    };
    for entity in sample.entities.iter().flatten() {
        entity.mentions.iter().for_each(|m| add(&m.location, format!("entity {}", entity.kind)));
    }
    for time in sample.times.iter().flatten() {
        let value = time.value.as_deref().unwrap_or("");
        add(&time.location, format!("time {} {value}", time.kind));
    }
    for event in sample.events.iter().flatten() {
        event.mentions.iter().for_each(|m| add(&m.location, format!("event {}", event.kind)));
    }
    found.sort();
    found
}

fn without_values(items: &[Labelled]) -> Vec<Labelled> {
    let plain = |item: &Labelled| {
        let label = item.2.strip_suffix(" 2024-07").unwrap_or(&item.2);
        (item.0, item.1, label.trim_end().to_owned(), item.3.clone())
    };
    items.iter().map(plain).collect()
}

/// An item without the line ends at its edges; `None` if nothing is left.
fn trimmed((start, end, label, text): &Labelled) -> Option<Labelled> {
    let left = text.trim_start_matches(['\r', '\n']);
    let both = left.trim_end_matches(['\r', '\n']);
    let start = start + (text.len() - left.len());
    let end = end - (left.len() - both.len());
    (start < end).then(|| (start, end, label.clone(), both.to_owned()))
}

/// A piece of text: letters of every width, combining marks, markup, white space of all kinds.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,7}",
        2 => "[éñ😀𝒜ß’中]{1,3}",
        1 => Just("e\u{301}".to_owned()),
        1 => "[&<>\"'/\\\\,.;:#-]",
        5 => Just(" ".to_owned()),
        1 => "(\r\n|\n|\n\n|\t|  |\u{a0})",
    ]
}

prop_compose! {
    fn article()(
        title in prop::option::of("[a-zA-Zé😀 &<]{0,12}[a-z𝒜]"),
        pieces in prop::collection::vec(piece(), 1..60),
    ) -> Article {
        Article { id: "d1".to_owned(), title, text: pieces.concat(), ..Article::default() }
    }
}

/// A span of the article, chosen by two numbers.
fn pick(article: &Article, (at, length): (usize, usize)) -> Location {
    let (field, text) = match &article.title {
        Some(title) if at % 4 == 0 => (Field::Title, title.as_str()),
        _ => (Field::Text, article.text.as_str()),
    };
    let total = text.chars().count();
    let start = at % total;
    let end = (start + 1 + length % 9).min(total);
    let text = text.chars().skip(start).take(end - start).collect();
    Location { field, start, end, text }
}

prop_compose! {
    fn annotated()(
        article in article(),
        entities in prop::collection::vec(prop::collection::vec(any::<(usize, usize)>(), 1..3), 0..5),
        times in prop::collection::vec(any::<(usize, usize)>(), 0..3),
        events in prop::collection::vec(prop::collection::vec(any::<(usize, usize)>(), 1..3), 0..4),
    ) -> (Document, Article) {
        let mut document = empty(&article);
        let kinds = ["PERSON", "ORG", "PLACE"];
        for (index, spans) in entities.iter().enumerate() {
            let mentions = spans.iter().map(|span| mention(pick(&article, *span))).collect();
            document.entities.push(entity(&format!("e{index}"), kinds[index % 3], mentions));
        }
        for (index, span) in times.iter().enumerate() {
            document.times.push(time(&format!("t{index}"), pick(&article, *span), "2024-07"));
        }
        for (index, spans) in events.iter().enumerate() {
            let triggers = spans.iter().map(|span| pick(&article, *span)).collect();
            document.events.push(event(&format!("ev{index}"), "diplomacy.talks", triggers));
        }
        (document, article)
    }
}

proptest! {
    #[test]
    fn standoff((document, article) in annotated()) {
        let mut losses = Notes::default();
        let sample = write_brat(&document, &article, &mut losses);
        prop_assert_eq!(sample.text.clone(), Some(article.source()));
        // brat cannot hold line ends at the edges of spans.
        let all = said(&document, &article);
        let mut expected: Vec<Labelled> = all.iter().filter_map(trimmed).collect();
        expected.sort();
        let lost = |kind: &str| losses.of(kind) as usize;
        prop_assert_eq!(all.len() - expected.len(), lost("span of line ends only"));
        let cut = all.iter().filter(|item| trimmed(item).is_some_and(|cut| cut != **item)).count();
        prop_assert_eq!(cut, lost("line end at the edge of a span"));
        prop_assert_eq!(found(&sample), expected);
        if cut == 0 && losses.of("span of line ends only") == 0 {
            prop_assert_eq!(sample.entities.unwrap().len(), document.entities.len());
        }
    }

    #[test]
    fn doccano((document, article) in annotated()) {
        let line = super::doccano(&document, &article, &mut Notes::default());
        let sample = read_back("d.jsonl", &line, read::Format::Doccano);
        prop_assert_eq!(sample.text.clone(), Some(article.source()));
        let mut expected = without_values(&said(&document, &article));
        expected.sort();
        prop_assert_eq!(without_values(&found(&sample)), expected);
    }

    #[test]
    fn label_studio((document, article) in annotated()) {
        let sample = write_task(&document, &article, &mut Notes::default());
        prop_assert_eq!((&sample.title, sample.text.as_ref()), (&article.title, Some(&article.text)));
        prop_assert_eq!(found(&sample), said(&document, &article));
        prop_assert_eq!(sample.entities.unwrap().len(), document.entities.len());
        prop_assert_eq!(sample.events.unwrap().len(), document.events.len());
    }

    #[test]
    fn timeml((mut document, article) in annotated()) {
        let mut losses = Notes::default();
        let content = super::timeml(&document, &article, &mut losses);
        let sample = read_back("d.tml", &content, read::Format::Timeml);
        prop_assert_eq!(sample.text.clone(), Some(article.source()));
        prop_assert_eq!(losses.of("entity mention") as usize, document.entities.iter().map(|e| e.mentions.len()).sum::<usize>());
        document.entities.clear();
        document.events.iter_mut().for_each(|event| event.kind = "OCCURRENCE".to_owned());
        let mut expected = said(&document, &article);
        let found = found(&sample);
        prop_assert_eq!(found.len() + losses.of("span that crosses another") as usize, expected.len());
        for item in found {
            let at = expected.iter().position(|other| *other == item);
            prop_assert!(at.is_some(), "{:?}", item);
            expected.remove(at.unwrap());
        }
    }

    #[test]
    fn conll(article in article(), picks in prop::collection::vec(any::<(usize, usize)>(), 0..8)) {
        let text = segment(&article);
        let mut document = empty(&article);
        let mut free = vec![true; text.tokens().len()];
        let mut expected = Vec::new();
        for (at, length) in picks {
            if text.sentences().is_empty() {
                break;
            }
            let tokens = text.sentences()[at % text.sentences().len()].tokens.clone();
            let start = tokens.start + at % tokens.len();
            let end = (start + 1 + length % 3).min(tokens.end);
            if free[start..end].iter().all(|free| *free) {
                free[start..end].fill(false);
                let words: Vec<&str> = (start..end).map(|index| text.word(index)).collect();
                expected.push((start, words.join(" ")));
                let (field, span) = text.locate(text.cover(start..end));
                let points = |byte| text.field(field)[..byte].chars().count();
                let (start, end) = (points(span.start), points(span.end));
                let location = Location { field, start, end, text: String::new() };
                document.entities.push(entity("e", "PERSON", vec![mention(location)]));
            }
        }
        expected.sort();
        let mut losses = Notes::default();
        let content = super::conll(&document, &text, &mut losses);
        // Furniture has no tokens; nothing else is lost.
        let unread = |(kind, _): (&str, u64)| kind.starts_with("text outside sentences");
        prop_assert!(losses.iter().all(unread), "{}", losses);
        if text.sentences().is_empty() {
            return Ok(());
        }
        let sample = read_back("d.conll", &content, read::Format::Conll);
        prop_assert_eq!(&sample.id, "d1");
        let mentions = sample.entities.iter().flatten().map(|e| e.mentions[0].location.text.clone());
        prop_assert_eq!(mentions.collect::<Vec<_>>(), expected.into_iter().map(|e| e.1).collect::<Vec<_>>());
        let words: Vec<String> = tokens(&sample);
        let ours: Vec<&str> = (0..text.tokens().len()).map(|index| text.word(index)).collect();
        prop_assert_eq!(words, ours);
    }

    #[test]
    fn conllu(article in article()) {
        let text = segment(&article);
        let token = |index: usize| {
            let first = text.sentences()[text.tokens()[index].sentence].tokens.start;
            TokenAnnotation {
                upos: Upos::Noun,
                xpos: Xpos::Nn,
                lemma: text.word(index).to_owned(),
                head: (index > first).then_some(first),
                deprel: if index == first { Deprel::Root } else { Deprel::Dep },
                event: 0.0,
            }
        };
        let names = text.sentences().iter().map(|sentence| EntityAnnotation {
            tokens: sentence.tokens.start..(sentence.tokens.start + 2).min(sentence.tokens.end),
            kind: EntityKind::Person,
            score: 1.0,
        });
        let annotations = Annotations {
            tokens: (0..text.tokens().len()).map(token).collect(),
            entities: names.collect(),
            windows: 1,
        };
        if text.sentences().is_empty() {
            return Ok(());
        }
        let document = empty(&article);
        let written = super::conllu(&document, &text, &annotations, &mut Notes::default());
        let sample = read_back("d.conllu", &written, read::Format::Conllu);
        let ours: Vec<&str> = (0..text.tokens().len()).map(|index| text.word(index)).collect();
        prop_assert_eq!(tokens(&sample), ours);
        prop_assert_eq!(sample.entities.unwrap().len(), text.sentences().len());
    }
}

#[test]
fn tokens_leave_out_what_is_not_read() {
    let article = Article::from_text("d1", "OSLO, March 12 (AP) — Rain fell in Oslo.");
    let text = segment(&article);
    let mut losses = Notes::default();
    super::conll(&empty(&article), &text, &mut losses);
    assert_eq!(losses.to_string(), "1 × text outside sentences (dateline)");
}

#[test]
fn conllu_has_the_names_of_the_model() {
    let article = Article::from_text("d1", "Zoe met Ann.");
    let text = segment(&article);
    let token = TokenAnnotation {
        upos: Upos::X,
        xpos: Xpos::Fw,
        lemma: String::new(),
        head: None,
        deprel: Deprel::Root,
        event: 0.0,
    };
    let zoe = EntityAnnotation { tokens: 0..1, kind: EntityKind::Person, score: 1.0 };
    let annotations =
        Annotations { tokens: vec![token; text.tokens().len()], entities: vec![zoe], windows: 1 };
    let at = |surface| vec![mention(find(&article, Field::Text, surface, 0))];
    let mut document = empty(&article);
    document.entities = vec![entity("e1", "PERSON", at("Zoe")), entity("e2", "PERSON", at("Ann"))];
    let mut losses = Notes::default();
    super::conllu(&document, &text, &annotations, &mut losses);
    assert_eq!(losses.to_string(), "1 × entity mention that is no name to the model");
}

fn tokens(sample: &Sample) -> Vec<String> {
    let sentences = sample.sentences.iter().flatten();
    sentences.flat_map(|s| &s.tokens).map(|t| t.location.text.clone()).collect()
}

fn roles(sample: &Sample) -> Vec<(String, String)> {
    let events = sample.events.iter().flatten();
    events.flat_map(|e| &e.roles).map(|r| (r.role.clone(), r.location.text.clone())).collect()
}

#[test]
fn clusters_roles_and_factuality_survive_where_they_can() {
    let (document, article) = document();
    let expected = [
        ("participant".to_owned(), "Zoe\u{301}".to_owned()),
        ("participant".to_owned(), "Ann Lund".to_owned()),
        ("theme".to_owned(), "meet".to_owned()),
    ];
    let mut losses = Notes::default();
    let sample = write_brat(&document, &article, &mut losses);
    assert_eq!(roles(&sample), expected);
    let sizes: Vec<usize> =
        sample.entities.iter().flatten().map(|entity| entity.mentions.len()).collect();
    assert_eq!(sizes, [2, 3, 1]);
    assert_eq!(sample.events.as_ref().unwrap()[0].mentions.len(), 2);
    let facts = sample.events.as_ref().unwrap()[0].mentions[1].factuality.clone().unwrap();
    assert_eq!(facts, (&crate::testing::factuality("negative")).into());
    assert_eq!(
        losses.to_string(),
        "1 × attribution; 1 × entity with country, subtype or titles; 2 × event label; 1 × event \
         place; 1 × event time; 1 × main event; 1 × publication date; 1 × quantity; 1 × role that a \
         quantity fills; 1 × span of a role that an event fills (its trigger is linked)"
    );
    let mut losses = Notes::default();
    let sample = write_task(&document, &article, &mut losses);
    assert_eq!(roles(&sample), expected);
    assert_eq!(sample.published.unwrap().value, "2024-07-21");
    assert_eq!((losses.of("factuality"), losses.of("role that a quantity fills")), (2, 1));
}

#[test]
fn what_a_format_cannot_hold_is_counted() {
    let (document, article) = document();
    let mut losses = Notes::default();
    let text = segment(&article);
    let content = super::conll(&document, &text, &mut losses);
    // `Lund` lies inside `Ann Lund`.
    assert_eq!(losses.of("entity mention inside or across another"), 1);
    assert_eq!(losses.of("event trigger"), 3);
    assert_eq!(losses.of("time expression"), 1);
    assert!(content.starts_with("-DOCSTART- (d1)\tO\n\nZoë\tB-PERSON\n😀\tO\n"), "{content}");
    let mut losses = Notes::default();
    super::doccano(&document, &article, &mut losses);
    assert_eq!(
        (losses.of("role"), losses.of("entity cluster"), losses.of("time value")),
        (4, 2, 1)
    );
    let mut losses = Notes::default();
    let content = super::timeml(&document, &article, &mut losses);
    assert_eq!(
        (losses.of("entity mention"), losses.of("event type"), losses.of("role")),
        (6, 2, 4)
    );
    let sample = read_back("d.tml", &content, read::Format::Timeml);
    assert_eq!(sample.published.unwrap().value, "2024-07-21");
    let polarity = |event: &crate::sample::Event| event.factuality.clone()?.polarity;
    let polarities: Vec<_> = sample.events.iter().flatten().map(polarity).collect();
    assert_eq!(polarities, vec![Some("negative".to_owned()); 3]);
}

#[test]
fn the_joined_text_is_the_article_source() {
    let (document, article) = document();
    assert_eq!(Layout::new(&document, Source::from(&article)).source, article.source());
}

#[test]
fn file_names_are_safe_and_distinct() {
    assert_eq!(super::file_stem("news/é 1.txt"), "news%2F%C3%A9%201.txt");
    assert_eq!(super::file_stem("../x"), "%2E.%2Fx");
    for id in ["news/é 1.txt", "../x", "100%", "%2F", "a.b_c-1"] {
        let path = std::path::PathBuf::from(format!("{}.ann", super::file_stem(id)));
        assert_eq!(crate::read::stem(&path), id);
    }
}
