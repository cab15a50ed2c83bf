use std::time::{Duration, Instant};

use dateline_model::{BatchOptions, Model, ModelError, ModelInfo};
use dateline_rules::{Document, Explained, Options, Rules};
use dateline_text::{Annotations, Article, Clock, OffsetUnit, Stage, Text, Timings};
use rayon::prelude::*;

use crate::error::Cause;
use crate::panics::caught;
use crate::{Analysis, Error, Given, PipelineBuilder, check, groups, language};

/// Reads articles: holds one model and one set of rules, shared by all threads.
///
/// Laws: the same article gives the same document whatever articles, threads and batch budget it
/// is read with, and in whatever order; an article that fails does not touch the others; every
/// location's text is what its offsets point at. There is no length limit but memory: a long
/// article is read in windows and never cut.
#[derive(Debug)]
pub struct Pipeline {
    pub(crate) model: Model,
    pub(crate) rules: Rules,
    pub(crate) offsets: OffsetUnit,
    pub(crate) with_text: bool,
    pub(crate) batch: BatchOptions,
    pub(crate) max_time: Option<Duration>,
    pub(crate) timings: Option<Timings>,
}

impl Pipeline {
    /// Starts a pipeline; it needs a model, the rest has defaults.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Reads one article.
    pub fn read(&self, article: &Article) -> Result<Document, Error> {
        self.read_with(article, &Options::default())
    }

    /// Reads one article of which the caller knows more, such as its publication date.
    pub fn read_with(&self, article: &Article, options: &Options) -> Result<Document, Error> {
        self.analyze(&article.into(), options).map(|analysis| analysis.document)
    }

    /// Reads many articles in parallel, in the rayon pool it is called in. One result an article,
    /// in the order of the articles.
    pub fn read_many(&self, articles: &[Article]) -> Vec<Result<Document, Error>> {
        self.read_many_with(articles, &Options::default())
    }

    /// [`Pipeline::read_many`] with options that hold for all the articles.
    pub fn read_many_with(
        &self,
        articles: &[Article],
        options: &Options,
    ) -> Vec<Result<Document, Error>> {
        let given: Vec<Given<'_>> = articles.iter().map(Given::from).collect();
        let analyses = self.analyze_many(&given, options);
        analyses.into_iter().map(|analysis| analysis.map(|a| a.document)).collect()
    }

    /// Reads one article and hands out, beside the document, the tokens and annotations that the
    /// rules went by.
    pub fn analyze(&self, given: &Given<'_>, options: &Options) -> Result<Analysis, Error> {
        let (article, started) = (given.article, Instant::now());
        let text = given.segmented(self.clock())?;
        let batch = self.batch(started);
        let annotate = || self.model.annotate_timed(&[&text], &batch, self.clock());
        let annotations = guard(article, annotate)?;
        let annotations = annotations.map_err(|source| match (source, self.max_time) {
            (ModelError::Deadline, Some(limit)) => Cause::time(article, limit),
            (source, _) => Cause::Inference { article: article.id.clone(), source },
        })?;
        if let Some(limit) = self.max_time.filter(|&limit| started.elapsed() > limit) {
            return Err(Cause::time(article, limit).into());
        }
        let found = annotations.into_iter().next();
        let annotations =
            found.ok_or_else(|| Error::internal(&article.id, "nothing was annotated"))?;
        self.conclude(article, text, annotations, options)
    }

    /// Reads one article and explains its events: the rule that fired, the tree that it saw, and
    /// why each role is filled or empty.
    pub fn explain(
        &self,
        article: &Article,
        options: &Options,
    ) -> Result<(Document, Explained), Error> {
        let Analysis { document, text, annotations } = self.analyze(&article.into(), options)?;
        let explained =
            guard(article, || self.rules.explain(article, &text, &annotations, options))?;
        Ok((document, explained))
    }

    /// [`Pipeline::analyze`] for many articles in parallel, with options that hold for all.
    pub fn analyze_many(
        &self,
        articles: &[Given<'_>],
        options: &Options,
    ) -> Vec<Result<Analysis, Error>> {
        let groups = groups::split(articles);
        groups.into_par_iter().flat_map_iter(|group| self.analyze_group(group, options)).collect()
    }

    /// How the model reads what is begun now.
    fn batch(&self, started: Instant) -> BatchOptions {
        let deadline = self.max_time.and_then(|limit| started.checked_add(limit));
        self.batch.clone().with_deadline(deadline)
    }

    /// What each stage took of all that was read so far, if the pipeline was built to measure it
    /// ([`PipelineBuilder::timings`]).
    pub fn timings(&self) -> Option<&Timings> {
        self.timings.as_ref()
    }

    /// Adds to [`Pipeline::timings`] what a caller does before and after.
    pub fn clock(&self) -> Clock<'_> {
        Clock::new(self.timings())
    }

    /// What the loaded model is.
    pub fn model(&self) -> &ModelInfo {
        self.model.info()
    }

    /// Reads a group of articles with one call of the model, so that sentences of like length
    /// share a run.
    fn analyze_group(
        &self,
        group: &[Given<'_>],
        options: &Options,
    ) -> Vec<Result<Analysis, Error>> {
        let texts: Vec<Result<Text, Error>> =
            group.iter().map(|given| given.segmented(self.clock())).collect();
        let sound: Vec<&Text> = texts.iter().flatten().collect();
        let batch = self.batch(Instant::now());
        let annotate = || self.model.annotate_timed(&sound, &batch, self.clock());
        let annotations = match caught(annotate) {
            Ok(Ok(annotations)) if annotations.len() == sound.len() => annotations,
            // One article of the group is at fault: each by itself finds it and spares the others.
            _ => return group.iter().map(|given| self.analyze(given, options)).collect(),
        };
        let mut annotations = annotations.into_iter();
        let each = group.iter().zip(texts).map(|(given, text)| {
            let text = text?;
            let annotations = annotations.next();
            let annotations = annotations
                .ok_or_else(|| Error::internal(&given.article.id, "an annotation is missing"))?;
            self.conclude(given.article, text, annotations, options)
        });
        each.collect()
    }

    fn conclude(
        &self,
        article: &Article,
        text: Text,
        annotations: Annotations,
        options: &Options,
    ) -> Result<Analysis, Error> {
        let clock = self.clock();
        let mut document =
            guard(article, || self.rules.read_timed(article, &text, &annotations, options, clock))?;
        clock.time(Stage::Checking, || {
            check::locations(&mut document, &text)
                .map_err(|problem| Error::internal(&article.id, problem))?;
            guard(article, || document.convert(&text, self.offsets))
        })?;
        clock.count(&text);
        if article.text.trim().is_empty() {
            document.warnings.push("the article has no text".to_owned());
        } else if text.sentences().is_empty() {
            document.warnings.push("no sentence was found in the article".to_owned());
        }
        if let Some(language) = language::other_than_english(article) {
            language.clone_into(&mut document.language);
            document.warnings.push(format!(
                "the article seems to be in another language ({language}); Dateline reads English"
            ));
        }
        if self.with_text {
            document.text = Some(article.text.clone());
        }
        Ok(Analysis { document, text, annotations })
    }
}

/// Turns a panic over one article into an error of that article: a bug must not end a batch.
pub(crate) fn guard<T>(article: &Article, work: impl FnOnce() -> T) -> Result<T, Error> {
    caught(work).map_err(|message| Error::internal(&article.id, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_panic_is_an_error_of_its_article() {
        let error = guard(&Article::from_text("a1", ""), || panic!("off by {}", 1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.to_string().ends_with("off by 1"), "{error}");
    }
}
