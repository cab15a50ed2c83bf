//! What holds for every article: locations, independence of neighbours, threads and batches.

use std::collections::BTreeMap;

use dateline::{Article, Document, OffsetUnit};

use crate::articles::{all, builder, pipeline};

/// The JSON of each document by its id.
fn read_all(articles: &[Article], threads: usize, pieces: usize) -> BTreeMap<String, String> {
    let pipeline = builder().with_text(true).batch_pieces(pieces).build().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let documents = pool.install(|| pipeline.read_many(articles));
    assert_eq!(documents.len(), articles.len());
    let pairs = articles.iter().zip(documents).map(|(article, document)| {
        let document = document.unwrap();
        assert_eq!(document.id, article.id);
        (document.id.clone(), serde_json::to_string(&document).unwrap())
    });
    pairs.collect()
}

#[test]
fn same_bytes_for_any_threads_batch_and_order() {
    let mut articles = all();
    let alone = articles.iter().map(|article| {
        let document = pipeline().read(article).unwrap();
        (document.id.clone(), serde_json::to_string(&document).unwrap())
    });
    let expected: BTreeMap<String, String> = alone.collect();
    let differing = |found: &BTreeMap<String, String>| -> Vec<String> {
        let pairs = expected.iter().filter(|(id, json)| found.get(*id) != Some(*json));
        pairs.map(|(id, _)| id.clone()).collect()
    };
    for (threads, pieces) in [(1, 1024), (2, 1), (3, 8192)] {
        let found = read_all(&articles, threads, pieces);
        assert_eq!(differing(&found), [""; 0], "{threads} threads, {pieces} pieces");
    }
    articles.reverse();
    articles.swap(1, 3);
    assert_eq!(differing(&read_all(&articles, 2, 300)), [""; 0], "shuffled");
}

#[test]
fn a_document_survives_json() {
    for article in all() {
        let document = pipeline().read(&article).unwrap();
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
    }
}

/// The characters from `start` to `end` of `text`, counted in `unit`.
fn slice(text: &str, unit: OffsetUnit, start: usize, end: usize) -> String {
    match unit {
        OffsetUnit::Byte => text[start..end].to_owned(),
        OffsetUnit::Codepoint => text.chars().skip(start).take(end - start).collect(),
        OffsetUnit::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[start..end]).unwrap()
        }
    }
}

#[test]
fn offsets_point_at_the_text_in_every_unit() {
    let text = "Minister Zoë Müller 🎉 visits Kraków\n\n“Thank you,” Müller said in Kraków on Monday. \
                🎉🎉 France and Poland signed the accord in 2021.";
    let titled = Article {
        title: Some("Zoë Müller 🎉 visits Kraków".to_owned()),
        ..Article::from_text("b", "“Thank you,” Müller said in Kraków.")
    };
    for unit in [OffsetUnit::Codepoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
        let pipeline = builder().offsets(unit).build().unwrap();
        for article in [Article::from_text("a", text), titled.clone()] {
            let mut document = pipeline.read(&article).unwrap();
            assert_eq!(document.offsets, unit.as_str());
            assert!(!document.entities.is_empty());
            document.for_each_location(|location| {
                let field = match location.field {
                    dateline::Field::Title => article.title.as_deref().unwrap(),
                    dateline::Field::Text => &article.text,
                };
                assert_eq!(slice(field, unit, location.start, location.end), location.text);
            });
        }
    }
}
