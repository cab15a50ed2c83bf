//! From typed options to a pipeline.

use std::path::Path;

use anyhow::bail;
use dateline::{ErrorKind, ModelFiles, Pipeline, PipelineBuilder};

use crate::args::PipelineArgs;

/// A builder with the model that was asked for, or the built-in one.
pub(crate) fn with_model(dir: Option<&Path>) -> anyhow::Result<PipelineBuilder> {
    let builder = Pipeline::builder();
    match (dir, embedded()) {
        (Some(dir), _) if !dir.is_dir() => {
            bail!("{}: no such model folder; --model takes a directory", dir.display())
        }
        (Some(dir), _) => Ok(builder.model_dir(dir)),
        (None, Some(files)) => Ok(builder.model_files(files)),
        (None, None) => bail!(
            "this build has no built-in model (feature embed-model): name a model folder with \
             --model DIR"
        ),
    }
}

/// A builder with all that [`PipelineArgs`] says.
pub(crate) fn builder(args: &PipelineArgs) -> anyhow::Result<PipelineBuilder> {
    let builder = with_model(args.model.as_deref())?.offsets(args.unit());
    with_rules(builder, args.rules.as_deref())
}

/// The builder with the rule files that were asked for, or the built-in ones.
pub(crate) fn with_rules(
    builder: PipelineBuilder,
    dir: Option<&Path>,
) -> anyhow::Result<PipelineBuilder> {
    match dir {
        Some(dir) if !dir.is_dir() => {
            bail!("{}: no such folder; --rules takes a directory", dir.display())
        }
        Some(dir) => Ok(builder.rules_dir(dir)),
        None => Ok(builder),
    }
}

/// Loads model and rules; an error says which of them is at fault.
pub(crate) fn build(
    builder: PipelineBuilder,
    model: Option<&Path>,
    rules: Option<&Path>,
) -> anyhow::Result<Pipeline> {
    builder.build().map_err(|error| {
        let kind = error.kind();
        let error = anyhow::Error::new(error);
        match (kind, model, rules) {
            (ErrorKind::Rules, _, Some(dir)) => {
                error.context(format!("cannot use the rules in {}", dir.display()))
            }
            (ErrorKind::Model, Some(dir), _) => {
                error.context(format!("cannot load the model in {}", dir.display()))
            }
            (ErrorKind::Model, None, _) => error.context("cannot load the built-in model"),
            _ => error.context("cannot start"),
        }
    })
}

/// The pipeline that [`PipelineArgs`] describes, finished by `more`.
pub(crate) fn pipeline(
    args: &PipelineArgs,
    more: impl FnOnce(PipelineBuilder) -> PipelineBuilder,
) -> anyhow::Result<Pipeline> {
    build(more(builder(args)?), args.model.as_deref(), args.rules.as_deref())
}

#[cfg(feature = "embed-model")]
fn embedded() -> Option<ModelFiles<'static>> {
    macro_rules! file {
        ($name:literal) => {
            std::borrow::Cow::Borrowed(
                &include_bytes!(concat!("../../../models/dateline-en/", $name))[..],
            )
        };
    }
    Some(ModelFiles {
        config: file!("config.json"),
        tokenizer: file!("tokenizer.json"),
        weights: file!("model.onnx"),
        lemmas: Some(file!("lemmas.tsv")),
    })
}

#[cfg(not(feature = "embed-model"))]
fn embedded() -> Option<ModelFiles<'static>> {
    None
}
