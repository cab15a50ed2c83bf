//! From typed options to a pipeline.

use std::path::Path;

use anyhow::bail;
use dateline::{ErrorKind, Pipeline, PipelineBuilder};

use crate::args::PipelineArgs;
use crate::args::model::{ModelArgs, ModelChoice};

/// A builder with the model that was asked for.
pub(crate) fn with_model(args: &ModelArgs) -> anyhow::Result<PipelineBuilder> {
    let builder = Pipeline::builder().engine(args.engine.into());
    let built_in = match &args.model {
        ModelChoice::Folder(dir) if dir.is_dir() => return Ok(builder.model_dir(dir)),
        ModelChoice::Folder(dir) => bail!(
            "{}: no such model folder; --model takes full, fast or a directory",
            dir.display()
        ),
        ModelChoice::Full => embedded::full(),
        ModelChoice::Fast => embedded::fast(),
    };
    match built_in {
        Some(files) => Ok(builder.model_files(files)),
        None => bail!(
            "this build has no built-in model (feature embed-model): name a model folder with \
             --model DIR"
        ),
    }
}

/// A builder with all that [`PipelineArgs`] says.
pub(crate) fn builder(args: &PipelineArgs) -> anyhow::Result<PipelineBuilder> {
    let builder = with_model(&args.model)?.offsets(args.unit());
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
    model: &ModelChoice,
    rules: Option<&Path>,
) -> anyhow::Result<Pipeline> {
    builder.build().map_err(|error| {
        let kind = error.kind();
        let error = anyhow::Error::new(error);
        match (kind, model, rules) {
            (ErrorKind::Rules, _, Some(dir)) => {
                error.context(format!("cannot use the rules in {}", dir.display()))
            }
            (ErrorKind::Model, ModelChoice::Folder(dir), _) => {
                error.context(format!("cannot load the model in {}", dir.display()))
            }
            (ErrorKind::Model, _, _) => error.context("cannot load the built-in model"),
            _ => error.context("cannot start"),
        }
    })
}

/// The pipeline that [`PipelineArgs`] describes, finished by `more`.
pub(crate) fn pipeline(
    args: &PipelineArgs,
    more: impl FnOnce(PipelineBuilder) -> PipelineBuilder,
) -> anyhow::Result<Pipeline> {
    build(more(builder(args)?), &args.model.model, args.rules.as_deref())
}

/// The models inside the binary.
#[cfg(feature = "embed-model")]
mod embedded {
    use dateline::ModelFiles;

    macro_rules! folder {
        ($folder:literal) => {{
            macro_rules! file {
                ($name:literal) => {
                    std::borrow::Cow::Borrowed(
                        &include_bytes!(concat!("../../../models/", $folder, "/", $name))[..],
                    )
                };
            }
            Some(ModelFiles {
                config: file!("config.json"),
                tokenizer: file!("tokenizer.json"),
                weights: file!("model.onnx"),
                lemmas: Some(file!("lemmas.tsv")),
            })
        }};
    }

    pub(super) fn full() -> Option<ModelFiles<'static>> {
        folder!("dateline-en")
    }

    pub(super) fn fast() -> Option<ModelFiles<'static>> {
        folder!("dateline-en-fast")
    }
}

#[cfg(not(feature = "embed-model"))]
mod embedded {
    use dateline::ModelFiles;

    pub(super) fn full() -> Option<ModelFiles<'static>> {
        None
    }

    pub(super) fn fast() -> Option<ModelFiles<'static>> {
        None
    }
}
