//! Articles written for these tests, and the pipeline they are read with.

use std::path::Path;
use std::sync::OnceLock;

use dateline::{Article, ModelFiles, Pipeline, PipelineBuilder};

const TEXTS: &[(&str, &str)] = &[
    ("talks", include_str!("../benches/data/talks.txt")),
    ("court", include_str!("../benches/data/court.txt")),
    ("flood", include_str!("../benches/data/flood.txt")),
    ("election", include_str!("../benches/data/election.txt")),
    ("merger", include_str!("../benches/data/merger.txt")),
    ("match", include_str!("../benches/data/match.txt")),
];

/// The articles; some have the title in the text, some as a field of its own.
pub(crate) fn all() -> Vec<Article> {
    let article = |(index, (id, text)): (usize, &(&str, &str))| {
        let mut article = Article::from_text(*id, *text);
        if let (1, Some((title, rest))) = (index % 2, text.split_once("\n\n")) {
            article.title = Some(title.to_owned());
            article.text = rest.to_owned();
            article.published = Some("2024-07-23".to_owned());
        }
        article
    };
    TEXTS.iter().enumerate().map(article).collect()
}

/// A builder with the model, whose files are read once.
pub(crate) fn builder() -> PipelineBuilder {
    static FILES: OnceLock<ModelFiles<'static>> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/dateline-en");
    Pipeline::builder()
        .model_files(FILES.get_or_init(|| ModelFiles::read(&folder).unwrap()).clone())
}

/// One pipeline for all tests: loading takes longer than reading.
pub(crate) fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| builder().with_text(true).build().unwrap())
}
