//! What a batch job writes documents to.

use std::path::Path;

use crate::output::Output;
use crate::{Error, Folder, Framing, Layout, Part, Reason};

/// A file or a folder that appears when it is whole.
pub(crate) enum Destination {
    File { output: Output, framing: Framing, is_empty: bool },
    Folder(Folder),
}

impl Destination {
    pub(crate) fn create(path: &Path, layout: Layout, replace: bool) -> Result<Destination, Error> {
        Ok(match layout {
            Layout::OneFile(framing) => {
                let mut output = Output::create(path)?;
                output.write(framing.before.as_bytes())?;
                Destination::File { output, framing, is_empty: true }
            }
            Layout::Folder => Destination::Folder(Folder::create(path, replace)?),
        })
    }

    /// Writes what one article gives; the reason where nothing was written of it.
    pub(crate) fn add(&mut self, parts: &[Part]) -> Result<Result<(), Reason>, Error> {
        match self {
            Destination::File { output, framing, is_empty } => {
                if !std::mem::replace(is_empty, false) {
                    output.write(framing.between.as_bytes())?;
                }
                for part in parts {
                    output.write(&part.content)?;
                }
                Ok(Ok(()))
            }
            Destination::Folder(folder) => folder.add(parts),
        }
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        match self {
            Destination::File { mut output, framing, .. } => {
                output.write(framing.after.as_bytes())?;
                output.finish()
            }
            Destination::Folder(folder) => folder.finish(),
        }
    }
}
