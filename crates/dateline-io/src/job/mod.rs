//! The batch job: many articles in, their documents out, in input order.

use std::path::{Path, PathBuf};

use dateline::{Analysis, Article, Given, Options, Pipeline, Stage};

use crate::destination::Destination;
use crate::output::{Output, with_suffix};
use crate::{
    Encoder, Entry, Error, ErrorKind, Folder, Format, Input, JsonLines, Layout, Origin, Progress,
    Reject,
};

/// Reads JSON lines and writes documents in input order, as JSON lines or what its [`Encoder`]
/// makes of them, in bounded memory: a chunk of articles at a time, each chunk read in parallel in
/// the rayon pool the job is run in.
///
/// What gives no document goes to `OUT.rejects.jsonl` with its line number and reason. Both files
/// appear when they are whole; a job that fails leaves neither. An encoder that writes files for
/// each article makes OUT a [`Folder`], which says what holds for one that is there before.
#[derive(Debug)]
pub struct BatchJob<'e> {
    inputs: Vec<Input>,
    output: PathBuf,
    encoder: Box<dyn Encoder + 'e>,
    replace: bool,
    chunk_articles: usize,
    chunk_bytes: u64,
}

/// The counts of a batch job; `read` is `written + rejected`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Records found in the inputs.
    pub read: u64,
    /// Documents written.
    pub written: u64,
    /// Records in the rejects file.
    pub rejected: u64,
    /// Bytes of input taken up.
    pub bytes: u64,
    /// Entities in all documents.
    pub entities: u64,
    /// Events in all documents.
    pub events: u64,
    /// The rejects file, where there is one.
    pub rejects: Option<PathBuf>,
}

/// Articles of one chunk a thread.
const ARTICLES_A_THREAD: usize = 48;
const CHUNK_BYTES: u64 = 16 << 20;

impl<'e> BatchJob<'e> {
    /// A job that reads `inputs` one after the other and writes `output`.
    pub fn new(inputs: Vec<Input>, output: impl Into<PathBuf>) -> Self {
        let chunk_articles = ARTICLES_A_THREAD * rayon::current_num_threads();
        BatchJob {
            inputs,
            output: output.into(),
            encoder: Box::new(JsonLines),
            replace: false,
            chunk_articles,
            chunk_bytes: CHUNK_BYTES,
        }
    }

    /// Writes documents in another form (default: JSON lines).
    pub fn encoder(mut self, encoder: impl Encoder + 'e) -> Self {
        self.encoder = Box::new(encoder);
        self
    }

    /// Replaces an output that exists (default: refuses).
    pub fn replace(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Articles and bytes of input held at a time. Documents don't depend on it.
    pub fn chunk(mut self, articles: usize, bytes: u64) -> Self {
        self.chunk_articles = articles.max(1);
        self.chunk_bytes = bytes;
        self
    }

    /// Checks inputs and output without reading or writing: what [`BatchJob::run`] does first.
    /// The size of all inputs, where it is known.
    pub fn check(&self) -> Result<Option<u64>, Error> {
        let sizes: Vec<Option<u64>> =
            self.inputs.iter().map(Input::check).collect::<Result<_, _>>()?;
        if self.encoder.layout() == Layout::Folder {
            Folder::check(&self.output)?;
            return Ok(sizes.into_iter().sum());
        }
        if self.output.is_dir() {
            return Err(Error::new(ErrorKind::Directory, &self.output));
        }
        let real = |path: &Path| path.canonicalize().ok();
        if let Some(output) = real(&self.output) {
            let same = |input: &Input| matches!(input, Input::Path(p) if real(p).as_ref() == Some(&output));
            if self.inputs.iter().any(same) {
                return Err(Error::new(ErrorKind::OutputIsInput, &self.output));
            }
            if !self.replace {
                return Err(Error::new(ErrorKind::Exists, &self.output));
            }
        }
        Ok(sizes.into_iter().sum())
    }

    /// Runs the job.
    pub fn run(self, pipeline: &Pipeline, progress: &mut dyn Progress) -> Result<Summary, Error> {
        progress.started(self.check()?);
        let layout = self.encoder.layout();
        let rejects = match layout {
            Layout::OneFile(_) => with_suffix(&self.output, ".rejects.jsonl"),
            // Beside the folder, also where its name ends in a slash.
            Layout::Folder => {
                with_suffix(&self.output.components().collect::<PathBuf>(), ".rejects.jsonl")
            }
        };
        let mut run = Run {
            pipeline,
            progress,
            output: Destination::create(&self.output, layout, self.replace)?,
            encoder: self.encoder,
            path: &self.output,
            rejects: None,
            rejects_path: rejects.clone(),
            summary: Summary::default(),
        };
        let mut chunk = Vec::new();
        let mut bytes = 0;
        for input in &self.inputs {
            let mut entries = input.entries(Some(Format::Jsonl))?;
            while let Some(entry) = pipeline.clock().time(Stage::Reading, || entries.next()) {
                let entry = entry?;
                bytes += entry.bytes;
                chunk.push(entry);
                if chunk.len() >= self.chunk_articles || bytes >= self.chunk_bytes {
                    run.chunk(std::mem::take(&mut chunk))?;
                    bytes = 0;
                }
            }
        }
        run.chunk(chunk)?;
        let Run { output, rejects: written, mut summary, .. } = run;
        match written {
            Some(written) => {
                written.finish()?;
                summary.rejects = Some(rejects);
            }
            // Rejects of an earlier run would be taken for this one's.
            None if rejects.exists() => std::fs::remove_file(&rejects)
                .map_err(|error| Error::io(ErrorKind::Write, &rejects, error))?,
            None => {}
        }
        output.finish()?;
        Ok(summary)
    }
}

/// A job under way.
struct Run<'a> {
    pipeline: &'a Pipeline,
    progress: &'a mut dyn Progress,
    encoder: Box<dyn Encoder + 'a>,
    path: &'a Path,
    output: Destination,
    /// Created with the first reject.
    rejects: Option<Output>,
    rejects_path: PathBuf,
    summary: Summary,
}

impl Run<'_> {
    fn chunk(&mut self, entries: Vec<Entry>) -> Result<(), Error> {
        let (mut articles, mut found) = (Vec::<Article>::new(), Vec::new());
        for Entry { origin, article, bytes } in entries {
            self.summary.read += 1;
            self.summary.bytes += bytes;
            match article {
                Ok(article) => {
                    articles.push(article);
                    found.push(Ok(origin));
                }
                Err(reject) => found.push(Err(reject)),
            }
        }
        let given: Vec<Given<'_>> = articles.iter().map(Given::from).collect();
        let analyses = self.pipeline.analyze_many(&given, &Options::default());
        let mut analyses = articles.iter().zip(analyses);
        for found in found {
            let rejected = match found {
                Err(reject) => Some(reject),
                Ok(origin) => match analyses.next() {
                    Some((article, Ok(analysis))) => self.write(origin, article, &analysis)?,
                    Some((article, Err(error))) => Some(Reject::failed(origin, article, &error)),
                    None => None,
                },
            };
            if let Some(reject) = rejected {
                self.reject(&reject)?;
            }
        }
        self.progress.advanced(&self.summary);
        Ok(())
    }

    /// Writes what an article gave; a reject where nothing can be written of it.
    fn write(
        &mut self,
        origin: Origin,
        article: &Article,
        analysis: &Analysis,
    ) -> Result<Option<Reject>, Error> {
        let clock = self.pipeline.clock();
        let parts = clock.time(Stage::Formatting, || self.encoder.encode(article, analysis));
        let parts = parts.map_err(|error| Error::io(ErrorKind::Write, self.path, error))?;
        if let Err(reason) = clock.time(Stage::Writing, || self.output.add(&parts))? {
            return Ok(Some(Reject::of(origin, article, reason)));
        }
        self.encoder.accepted();
        self.summary.written += 1;
        self.summary.entities += analysis.document.entities.len() as u64;
        self.summary.events += analysis.document.events.len() as u64;
        Ok(None)
    }

    fn reject(&mut self, reject: &Reject) -> Result<(), Error> {
        self.progress.rejected(reject);
        self.summary.rejected += 1;
        let output = match &mut self.rejects {
            Some(output) => output,
            none => none.insert(Output::create(&self.rejects_path)?),
        };
        output.line(reject)
    }
}
