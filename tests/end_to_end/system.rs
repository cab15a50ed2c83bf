//! The pipeline under test, loaded once.

use std::path::PathBuf;
use std::sync::LazyLock;

use dateline::{Article, Document, Pipeline, PipelineBuilder};

use crate::articles;

/// A builder with the model that ships.
pub(crate) fn builder() -> PipelineBuilder {
    let models = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../models");
    Pipeline::builder().model_dir(models.join("dateline-en"))
}

/// The pipeline with its defaults.
pub(crate) static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| builder().build().unwrap_or_else(|error| panic!("{error}")));

/// Every article at hand with its record.
pub(crate) static RECORDS: LazyLock<Vec<(Article, Document)>> = LazyLock::new(|| {
    let articles = articles::all();
    let documents = PIPELINE.read_many(&articles);
    articles.into_iter().zip(documents.into_iter().map(|d| d.unwrap())).collect()
});

pub(crate) fn read(article: &Article) -> Document {
    PIPELINE.read(article).unwrap_or_else(|error| panic!("{error}"))
}

/// The record as the world sees it.
pub(crate) fn json(document: &Document) -> String {
    serde_json::to_string(document).unwrap()
}
