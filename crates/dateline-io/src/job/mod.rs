//! The batch job: many articles in, their documents out, in input order.

mod blocks;
mod duplicates;
mod extractor;
mod form;
mod options;
mod progress;
mod progressed;
mod run;
mod summary;
mod survey;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use blocks::Shard;
pub use extractor::{Extractor, Nothing};
pub use form::TableFormat;
pub use options::{JobOptions, LanguagePolicy};
pub use progress::{Progress, Silent};
pub(crate) use progressed::Progressed;
pub use summary::{Ending, Summary};

use self::blocks::Blocks;
use self::form::Form;
use self::progressed::{Earlier, JobFolder};
use self::run::Run;
use self::survey::Survey;
use crate::output::with_suffix;
use crate::{Encoder, Error, ErrorKind, Folder, Inputs, JsonLines};

/// Reads articles and writes documents in input order, as JSON lines or what its [`Encoder`] makes
/// of them, in bounded memory: a chunk of articles at a time, each chunk read in parallel in the
/// rayon pool the job is run in.
///
/// What gives no document goes to `OUT.rejects.jsonl` with its place and reason. A job writes in
/// the folder `OUT.partial`; output, rejects and `OUT.summary.json` appear when everything is whole.
/// A job that was stopped, that failed or whose process was killed goes on where it was
/// ([`JobOptions::resume`]), and what it writes in the end has the very bytes of a job that ran
/// through.
pub struct BatchJob<'e> {
    inputs: Inputs,
    survey: OnceLock<Survey>,
    output: PathBuf,
    form: Form<'e>,
    options: JobOptions,
    stop: Arc<AtomicBool>,
}

/// What a job came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// The counts, with those of the runs before an interruption.
    pub summary: Summary,
    /// Records that an earlier run had done.
    pub resumed: u64,
    /// The rejects file, where there is one.
    pub rejects: Option<PathBuf>,
}

/// What the name of the file of counts and settings ends in.
const SUMMARY: &str = ".summary.json";
/// What the name of the rejects file ends in.
const REJECTS: &str = ".rejects.jsonl";

/// What stands in the file of counts and settings: nothing that another run would not say.
#[derive(Serialize, Deserialize)]
struct Told<C, J> {
    schema: String,
    counts: C,
    job: J,
}

/// Records of one chunk a thread.
const BLOCKS_A_THREAD: usize = 1;
const CHUNK_BYTES: usize = 16 << 20;

impl<'e> BatchJob<'e> {
    /// A job that reads `inputs` one after the other and writes `output`.
    pub fn new(inputs: Inputs, output: impl Into<PathBuf>) -> Self {
        BatchJob {
            inputs,
            survey: OnceLock::new(),
            output: output.into(),
            form: Form::Encoded(Box::new(JsonLines)),
            options: JobOptions::default(),
            stop: Arc::default(),
        }
    }

    /// Writes documents in another form (default: JSON lines).
    pub fn encoder(mut self, encoder: impl Encoder + 'e) -> Self {
        self.form = Form::Encoded(Box::new(encoder));
        self
    }

    /// Writes tables.
    pub fn tables(mut self, format: TableFormat) -> Self {
        self.form = Form::Tables(format);
        self
    }

    /// What to read and what to do about it.
    pub fn options(mut self, options: JobOptions) -> Self {
        self.options = options;
        self
    }

    /// Once it is set to true, the job finishes what it is about and stops.
    pub fn stop(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = stop;
        self
    }

    /// Checks inputs and output without reading or writing: what [`BatchJob::run`] does first.
    /// The size of all inputs, where it is known. Inputs are looked at once, here or there.
    ///
    /// # Errors
    /// An input that is not there, is a directory or the output; an output that can't be written
    /// or would replace what was not to be replaced.
    pub fn check(&self) -> Result<Option<u64>, Error> {
        Ok(self.checked()?.size)
    }

    fn checked(&self) -> Result<&Survey, Error> {
        let survey = match self.survey.get() {
            Some(survey) => survey,
            None => {
                let survey = Survey::of(&self.inputs, &self.output)?;
                self.survey.get_or_init(|| survey)
            }
        };
        let partial = self.folder();
        if JobFolder::is_at(&partial) && !self.options.resume && !self.options.replace {
            return Err(Error::new(ErrorKind::Unfinished, &partial));
        }
        if self.form.is_folder() {
            Folder::check(&self.output)?;
        } else if self.output.is_dir() {
            return Err(Error::new(ErrorKind::Directory, &self.output));
        }
        if survey.has_output {
            return Err(Error::new(ErrorKind::OutputIsInput, &self.output));
        }
        // What is there may be what this very job has written: that is known when it is run.
        if !self.options.resume {
            self.check_free()?;
        }
        Ok(survey)
    }

    /// Refuses to write over what is there.
    fn check_free(&self) -> Result<(), Error> {
        let there = match self.form.is_folder() {
            true => self.form.files().map(|name| self.output.join(name)).find(|f| f.exists()),
            false => self.output.exists().then(|| self.output.clone()),
        };
        match there {
            Some(file) if !self.options.replace => Err(Error::new(ErrorKind::Exists, &file)),
            _ => Ok(()),
        }
    }

    /// The counts of this very job, where an earlier run of it came to its end.
    fn done(&self, job: &Value) -> Option<Summary> {
        let summary = fs::read(with_suffix(&self.output, SUMMARY)).ok()?;
        let told: Told<Summary, Value> = serde_json::from_slice(&summary).ok()?;
        (self.output.exists() && told.job == *job).then_some(told.counts)
    }

    /// The folder in which the job writes until everything is whole.
    pub fn folder(&self) -> PathBuf {
        with_suffix(&self.output, ".partial")
    }

    /// What must be the same for a job to go on.
    fn fingerprint(&self, inputs: &Survey) -> Value {
        let mut job = json!({
            "inputs": self.inputs.len(),
            "names and sizes of inputs": format!("{:016x}", inputs.digest),
        });
        if let (Some(job), Value::Object(settings)) = (job.as_object_mut(), self.options.settings())
        {
            job.extend(settings);
        }
        job
    }

    /// Runs the job.
    ///
    /// # Errors
    /// Trouble with a file as a whole. What was done until then is kept, and the job can be gone
    /// on with.
    pub fn run(
        self,
        extractor: &dyn Extractor,
        progress: &mut dyn Progress,
    ) -> Result<Outcome, Error> {
        let inputs = self.checked()?;
        progress.started(inputs.size);
        let fingerprint = self.fingerprint(inputs);
        let (options, partial) = (&self.options, self.folder());
        if options.resume && !JobFolder::is_at(&partial) {
            if let Some(summary) = self.done(&fingerprint) {
                JobFolder::tidy(&partial)?;
                let rejects = with_suffix(&self.output, REJECTS);
                let (ending, resumed) = (Ending::Whole, summary.read);
                let rejects = rejects.exists().then_some(rejects);
                return Ok(Outcome { ending, summary, resumed, rejects });
            }
            self.check_free()?;
        }
        let earlier = match (options.resume, options.replace) {
            (true, _) => Earlier::Resume,
            (false, true) => Earlier::Remove,
            (false, false) => Earlier::Refuse,
        };
        let (folder, progressed) = JobFolder::open(&partial, &fingerprint, earlier)?;
        let sink = self.form.open(&self.output, options.replace, folder.path(), &progressed)?;
        let resumed = progressed.summary.read;
        let mut run = Run::new(extractor, progress, options, sink, folder, progressed)?;
        let ending = match run.progressed.finished {
            true => Ok(Ending::Whole),
            false => read(&self.inputs, options, &self.stop, &mut run),
        };
        let ending = match ending {
            Ok(ending) => ending,
            Err(error) => {
                run.give_up();
                return Err(error);
            }
        };
        let summary = run.progressed.summary.clone();
        if ending != Ending::Whole {
            return Ok(Outcome { ending, summary, resumed, rejects: None });
        }
        let rejects = run.place(&self.output)?;
        Ok(Outcome { ending, summary, resumed, rejects })
    }
}

/// Reads all that is left to read. A thread of its own finds the records of the next chunk while
/// this one is worked on.
fn read(
    inputs: &Inputs,
    options: &JobOptions,
    stop: &AtomicBool,
    run: &mut Run<'_>,
) -> Result<Ending, Error> {
    let start = run.progressed.position;
    let (to, chunks) = sync_channel(1);
    let remember = run.remember()?;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut remember = remember;
            let before = remember.as_mut().map(|it| it as &mut (dyn FnMut(&crate::Record) + Send));
            let blocks = Blocks {
                inputs,
                reading: &options.reading,
                shard: options.shard,
                limit: options.limit.unwrap_or(u64::MAX),
                start,
                before,
            };
            let size = (BLOCKS_A_THREAD * options.threads.max(1), CHUNK_BYTES);
            blocks.send(size, stop, &to);
        });
        let mut ending = Ending::Whole;
        for chunk in chunks {
            match chunk {
                Ok(chunk) => run.chunk(chunk)?,
                Err(error) => {
                    run.commit()?;
                    return Err(error);
                }
            }
            if run.has_too_many_rejects() {
                ending = Ending::TooManyRejects;
                break;
            }
            if stop.load(Ordering::Relaxed) {
                ending = Ending::Stopped;
                break;
            }
        }
        run.progressed.finished = ending == Ending::Whole;
        run.commit()?;
        Ok(ending)
    })
}
