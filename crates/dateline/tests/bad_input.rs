//! Input that is no article: sensible output, nothing lost, no panic.

use dateline::{Article, ErrorKind, ModelFiles, Pipeline};

use crate::articles::pipeline;

#[test]
fn odd_texts_are_read() {
    let cases: &[(&str, String)] = &[
        ("empty", String::new()),
        ("blank", " \n\t\u{a0}\n".to_owned()),
        ("nul", "Title\0 here\n\nAnna Berg\0 met Tom\0\0 in Oslo.\0".to_owned()),
        ("bom", "\u{feff}Talks in Oslo\n\nAnna Berg met envoys in Oslo.".to_owned()),
        ("crlf", "Talks in Oslo\r\n\r\nAnna Berg met envoys in Oslo.\r\n".to_owned()),
        ("furniture", "(c) 2024 Example News. All rights reserved.\nRead more".to_owned()),
        ("emoji", "Fans 👩‍👩‍👧 cheer 🇫🇷\n\nThe caf\u{65}\u{301} in Lyon 👍🏽 opened.".to_owned()),
        ("rtl", "שלום עולם\n\nראש הממשלה אמר. قال الرئيس إن المحادثات بدأت في بغداد.".to_owned()),
        ("control", "\u{1b}[31mred\u{202e} \u{fff9}x\u{fffb}".to_owned()),
        ("private", "\u{10ffff}\u{e000} and \u{fdd0}".to_owned()),
        ("word", "x".repeat(300_000)),
        ("stops", "....".repeat(20_000)),
        ("lines", "\n".repeat(100_000)),
    ];
    let articles: Vec<Article> =
        cases.iter().map(|(id, text)| Article::from_text(*id, text)).collect();
    let documents = pipeline().read_many(&articles);
    for (article, document) in articles.iter().zip(documents) {
        let document = document.unwrap_or_else(|error| panic!("{}: {error}", article.id));
        assert_eq!(document.text.as_ref(), Some(&article.text), "{}", article.id);
        if matches!(article.id.as_str(), "empty" | "blank") {
            assert_eq!(document.warnings, ["the article has no text"], "{}", article.id);
            assert!(document.entities.is_empty() && document.events.is_empty());
        }
        if article.id == "furniture" {
            assert!(document.entities.is_empty(), "{:?}", document.entities);
        }
    }
}

#[test]
fn a_long_line_is_read_whole() {
    let text = "Anna Berg met envoys of Kenya in Oslo on Monday. ".repeat(600);
    let document = pipeline().read(&Article::from_text("long", &text)).unwrap();
    let last = document.entities.iter().flat_map(|e| &e.mentions).map(|m| m.location.start).max();
    assert!(last.unwrap() > text.len() - 100);
    // 600 sentences of eleven pieces and a separator, in windows of 256.
    assert!((28..60).contains(&document.windows), "{}", document.windows);
}

#[test]
fn a_bad_model_is_an_error() {
    let files = ModelFiles {
        config: b"{}".into(),
        tokenizer: b"{}".into(),
        weights: b"not a graph".into(),
        lemmas: None,
    };
    let error = Pipeline::builder().model_files(files).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Model);
    assert_eq!(Pipeline::builder().build().unwrap_err().kind(), ErrorKind::Model);
    let error = Pipeline::builder().model_dir("no/such/folder").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Model);
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}
