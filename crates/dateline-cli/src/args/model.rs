//! Which model, and what computes it.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, ValueEnum};

#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct ModelArgs {
    /// The model: `full`, `fast` (half the layers, 1.6 times the speed, a little less exact), or a
    /// model folder
    #[arg(long, value_name = "MODEL", default_value = "full")]
    pub(crate) model: ModelChoice,
    /// What computes the model
    #[arg(long, value_enum, default_value_t)]
    pub(crate) engine: EngineChoice,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ModelChoice {
    /// Built in.
    #[default]
    Full,
    /// Built in.
    Fast,
    Folder(PathBuf),
}

impl FromStr for ModelChoice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<ModelChoice, Infallible> {
        Ok(match text {
            "full" => ModelChoice::Full,
            "fast" => ModelChoice::Fast,
            folder => ModelChoice::Folder(folder.into()),
        })
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineChoice {
    /// Linear layers in 8-bit integers: the fastest
    #[default]
    Int8,
    /// 32-bit floats
    F32,
    /// The ONNX graph as it is, in 32-bit floats, by a general runtime; networks of other
    /// architectures always run there
    Onnx,
}

impl From<EngineChoice> for dateline::Engine {
    fn from(choice: EngineChoice) -> dateline::Engine {
        match choice {
            EngineChoice::Int8 => dateline::Engine::Int8,
            EngineChoice::F32 => dateline::Engine::F32,
            EngineChoice::Onnx => dateline::Engine::Onnx,
        }
    }
}
