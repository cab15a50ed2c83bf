use std::path::PathBuf;
use std::time::Duration;

use dateline_model::{BatchOptions, Engine, Model, ModelFiles};
use dateline_rules::Rules;
use dateline_text::{OffsetUnit, Timings};

use crate::error::Cause;
use crate::{Error, Pipeline};

/// Collects what a [`Pipeline`] is made of; see [`Pipeline::builder`].
#[derive(Debug, Default)]
#[must_use]
pub struct PipelineBuilder {
    model: Option<Source>,
    engine: Engine,
    rules: Option<PathBuf>,
    offsets: OffsetUnit,
    with_text: bool,
    batch: BatchOptions,
    max_time: Option<Duration>,
    timings: bool,
}

#[derive(Debug)]
enum Source {
    Dir(PathBuf),
    Files(ModelFiles<'static>),
}

impl PipelineBuilder {
    /// Loads the model from a folder with `config.json`, `tokenizer.json` and `model.onnx`.
    pub fn model_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.model = Some(Source::Dir(dir.into()));
        self
    }

    /// Takes the model from bytes in memory, such as files compiled into a binary.
    pub fn model_files(mut self, files: ModelFiles<'static>) -> Self {
        self.model = Some(Source::Files(files));
        self
    }

    /// What computes the model (default: [`Engine::Int8`], the fastest).
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Rule files of this folder take the place of the built-in ones of the same name.
    pub fn rules_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.rules = Some(dir.into());
        self
    }

    /// The unit of the offsets in every document (default: code points).
    pub fn offsets(mut self, unit: OffsetUnit) -> Self {
        self.offsets = unit;
        self
    }

    /// Puts the text that the offsets refer to into every document (default: no).
    pub fn with_text(mut self, with_text: bool) -> Self {
        self.with_text = with_text;
        self
    }

    /// How many subword pieces the encoder reads in one run. A matter of speed
    /// and memory only: the documents are the same whatever the budget.
    pub fn batch_pieces(mut self, pieces: usize) -> Self {
        self.batch = self.batch.with_pieces(pieces.max(1));
        self
    }

    /// Gives up on an article that takes longer ([`ErrorKind::Time`](crate::ErrorKind::Time);
    /// default: never). Looked at between the stages and the batches of the encoder. Which articles
    /// are given up on depends on the machine.
    pub fn max_time(mut self, max_time: impl Into<Option<Duration>>) -> Self {
        self.max_time = max_time.into();
        self
    }

    /// Measures what each stage takes ([`Pipeline::timings`]; default: no).
    pub fn timings(mut self, timings: bool) -> Self {
        self.timings = timings;
        self
    }

    /// Loads model and rules.
    pub fn build(self) -> Result<Pipeline, Error> {
        let source = self.model.ok_or(Cause::NoModel)?;
        // Side by side: what starts a process up is what its first article waits for.
        let (model, rules) = std::thread::scope(|scope| {
            scope.spawn(dateline_text::warm_up);
            let rules = scope.spawn(|| match &self.rules {
                Some(dir) => Rules::from_dir(dir),
                None => Rules::builtin(),
            });
            let model = match source {
                Source::Dir(dir) => Model::load(&dir, self.engine),
                Source::Files(files) => Model::from_files(files, self.engine),
            };
            (model, rules.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        Ok(Pipeline {
            model: model.map_err(Cause::Model)?,
            rules: rules.map_err(Cause::Rules)?,
            offsets: self.offsets,
            with_text: self.with_text,
            batch: self.batch,
            max_time: self.max_time,
            timings: self.timings.then(Timings::default),
        })
    }
}
