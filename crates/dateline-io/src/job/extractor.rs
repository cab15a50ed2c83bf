use dateline::{Analysis, Clock, Document, Given, Options, Pipeline, Text};

/// What a job does with articles.
pub trait Extractor: Sync {
    /// One result an article, in their order; the same whatever articles they come with.
    fn extract(&self, articles: &[Given<'_>]) -> Vec<Result<Analysis, dateline::Error>>;

    /// Measures what the job does beside.
    fn clock(&self) -> Clock<'_> {
        Clock::OFF
    }
}

impl Extractor for Pipeline {
    fn extract(&self, articles: &[Given<'_>]) -> Vec<Result<Analysis, dateline::Error>> {
        self.analyze_many(articles, &Options::default())
    }

    fn clock(&self) -> Clock<'_> {
        Pipeline::clock(self)
    }
}

/// Extracts nothing: documents are empty. For measuring and testing all the rest of a job.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Extractor for Nothing {
    fn extract(&self, articles: &[Given<'_>]) -> Vec<Result<Analysis, dateline::Error>> {
        let empty = |given: &Given<'_>| Analysis {
            document: Document::new(given.article),
            text: Text::empty(given.article),
            annotations: dateline::Annotations::default(),
        };
        articles.iter().map(|given| Ok(empty(given))).collect()
    }
}
