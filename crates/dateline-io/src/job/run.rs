//! A batch job under way.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use dateline::{Given, Stage, language, record::Duplicate};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::blocks::Chunk;
use super::duplicates::{Index, Sketch};
use super::progressed::{JobFolder, Progressed};
use super::{Extractor, JobOptions, LanguagePolicy, Progress, Told};
use crate::article::json::object;
use crate::memory;
use crate::output::{Append, Compression, Sink, move_file, remove_if_there, with_suffix};
use crate::{Error, ErrorKind, Fields, Found, Kind, Origin, Parsed, Reason, Record, Reject};

/// The name of the rejects in the job's folder, and of their length among what is noted.
const REJECTS: &str = "rejects";

pub(super) struct Run<'a> {
    extractor: &'a dyn Extractor,
    progress: &'a mut dyn Progress,
    options: &'a JobOptions,
    sink: Box<dyn Sink + 'a>,
    rejects: Append,
    folder: JobFolder,
    pub(super) progressed: Progressed,
    committed: Instant,
    /// True if there is something to go on with.
    is_kept: bool,
    /// The articles that others may be copies of, where that is asked for.
    seen: Option<Arc<Mutex<Index>>>,
    /// What was told of the fields of records.
    noticed: Option<String>,
}

/// A record that holds an article to be read.
struct Readable {
    found: Found,
    sketch: Option<Sketch>,
}

/// What a record is to the job.
enum Read {
    Article(Box<Readable>),
    Reject(Box<Reject>),
    NoArticle,
    OtherLanguage,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        extractor: &'a dyn Extractor,
        progress: &'a mut dyn Progress,
        options: &'a JobOptions,
        sink: Box<dyn Sink + 'a>,
        folder: JobFolder,
        progressed: Progressed,
    ) -> Result<Run<'a>, Error> {
        let path = folder.path().join(REJECTS);
        let rejects = Append::open(&path, progressed.length(REJECTS), Compression::None)?;
        progress.advanced(&progressed.summary);
        let is_kept = progressed.summary.read > 0;
        Ok(Run {
            extractor,
            progress,
            options,
            sink,
            rejects,
            folder,
            progressed,
            committed: Instant::now(),
            is_kept,
            seen: options.duplicates.then(Arc::default),
            noticed: None,
        })
    }

    /// Takes up a record that an earlier run has done, where later ones may be copies of it. Of what
    /// was rejected nothing is. To be called before [`Run::chunk`].
    pub(super) fn remember(&self) -> Result<Option<impl FnMut(&Record) + Send + use<>>, Error> {
        let Some(seen) = self.seen.clone() else { return Ok(None) };
        let (fields, policy) = (self.options.fields.clone(), self.options.language);
        let path = self.folder.path().join(REJECTS);
        let rejected = rejected(&path).map_err(|error| Error::io(ErrorKind::Read, &path, error))?;
        Ok(Some(move |record: &Record| {
            if !rejected.contains(&place(&record.origin))
                && let Read::Article(readable) = look(record, &fields, policy, true)
                && let Some(sketch) = readable.sketch
            {
                lock(&seen).add(&readable.found.article.id, sketch);
            }
        }))
    }

    pub(super) fn has_too_many_rejects(&self) -> bool {
        let rejected = self.progressed.summary.rejected;
        self.options.max_rejects.is_some_and(|most| rejected > most)
    }

    /// Reads the articles of a chunk, and writes what they give.
    pub(super) fn chunk(&mut self, chunk: Chunk) -> Result<(), Error> {
        let (clock, fields) = (self.extractor.clock(), &self.options.fields);
        self.notice(&chunk);
        let records: Vec<&Record> = chunk.iter().flat_map(|block| &block.records).collect();
        let (policy, duplicates) = (self.options.language, self.seen.is_some());
        let read: Vec<Read> = records
            .par_iter()
            .map(|record| clock.time(Stage::Reading, || look(record, fields, policy, duplicates)))
            .collect();
        let articles = read.iter().filter_map(|read| match read {
            Read::Article(readable) => Some(Given::from(&readable.found.article)),
            _ => None,
        });
        let articles: Vec<Given<'_>> = articles.collect();
        let mut analyses = self.extractor.extract(&articles).into_iter();
        drop(articles);
        let mut read = read.into_iter();
        for block in chunk {
            for (record, read) in block.records.iter().zip(&mut read) {
                self.progressed.summary.read += 1;
                match read {
                    Read::NoArticle => self.progressed.summary.no_article += 1,
                    Read::OtherLanguage => self.progressed.summary.skipped_language += 1,
                    Read::Reject(reject) => self.reject(&reject)?,
                    Read::Article(readable) => match analyses.next() {
                        Some(Ok(analysis)) => self.write(record, *readable, analysis)?,
                        Some(Err(error)) => {
                            self.reject(&Reject::new(record, Reason::failed(&error)))?;
                        }
                        None => {}
                    },
                }
            }
            clock.time(Stage::Writing, || {
                self.sink.end_block()?;
                self.rejects.end_block()
            })?;
            self.progressed.summary.bytes += block.bytes;
            self.progressed.position = block.end;
        }
        let summary = &mut self.progressed.summary;
        summary.passed_over = summary.no_article + summary.skipped_language;
        self.progress.advanced(summary);
        if self.committed.elapsed() >= self.options.commit_every {
            self.commit()?;
        }
        Ok(())
    }

    /// Tells which fields of JSON records are read as what, where that is not what was told last.
    fn notice(&mut self, chunk: &Chunk) {
        let mut records = chunk.iter().flat_map(|block| &block.records);
        let Some(record) = records.find(|r| r.kind == Kind::Json && r.fault.is_none()) else {
            return;
        };
        let text = String::from_utf8_lossy(&record.bytes);
        let fields = object(&text).ok().and_then(|o| self.options.fields.recognized(&o));
        if fields.is_some() && fields != self.noticed {
            let message = fields.as_deref().unwrap_or_default();
            self.progress.noticed(&format!("{}: {message}", record.origin.source));
            self.noticed = fields;
        }
    }

    /// Writes what an article gave; a reject where nothing can be written of it.
    fn write(
        &mut self,
        record: &Record,
        readable: Readable,
        mut analysis: dateline::Analysis,
    ) -> Result<(), Error> {
        let Readable { found, sketch } = readable;
        let document = &mut analysis.document;
        found.tell(document, self.options.with_text);
        self.progressed.summary.not_english += u64::from(document.language != "en");
        let seen = self.seen.clone();
        let mut seen = seen.as_ref().map(|seen| lock(seen));
        let copied = seen.as_ref().zip(sketch.as_ref()).and_then(|(seen, it)| seen.copied(it));
        let copied = copied.map(|(id, similarity)| (id.to_owned(), similarity));
        let is_copy = copied.is_some();
        document.duplicate_of = copied.map(|(id, similarity)| {
            let similarity = (similarity * 100.0).round() / 100.0;
            Duplicate { id, similarity }
        });
        let clock = self.extractor.clock();
        let written = clock.time(Stage::Formatting, || self.sink.add(&found.article, &analysis))?;
        let summary = &mut self.progressed.summary;
        match written {
            Err(reason) => return self.reject(&Reject::new(record, reason)),
            Ok(()) => {
                summary.written += 1;
                summary.entities += analysis.document.entities.len() as u64;
                summary.events += analysis.document.events.len() as u64;
                summary.warned += u64::from(!analysis.document.warnings.is_empty());
                summary.duplicates += u64::from(is_copy);
                if let (Some(seen), Some(sketch)) = (&mut seen, sketch) {
                    seen.add(&found.article.id, sketch);
                }
            }
        }
        Ok(())
    }

    fn reject(&mut self, reject: &Reject) -> Result<(), Error> {
        self.progress.rejected(reject);
        self.progressed.summary.rejected += 1;
        self.rejects.line(reject)
    }

    /// Makes last what was done.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        self.sink.commit(&mut self.progressed)?;
        let length = self.rejects.commit()?;
        self.progressed.set_length(REJECTS, length);
        self.folder.note(&self.progressed)?;
        self.sink.committed()?;
        memory::give_back();
        self.committed = Instant::now();
        self.is_kept |= self.progressed.summary.read > 0;
        Ok(())
    }

    /// Leaves nothing behind of a job that failed before anything was made to last.
    pub(super) fn give_up(self) {
        if !self.is_kept {
            // The error is about something else.
            let _ = self.folder.remove();
        }
    }

    /// Puts everything in its place and removes the job's folder. The rejects file, if there is one.
    pub(super) fn place(self, output: &Path) -> Result<Option<PathBuf>, Error> {
        self.sink.place(output)?;
        let rejects = with_suffix(output, super::REJECTS);
        let there = self.progressed.summary.rejected > 0;
        if there {
            move_file(&self.folder.path().join(REJECTS), &rejects)?;
        } else {
            // Rejects of an earlier job would be taken for this one's.
            let removed = remove_if_there(&rejects);
            removed.map_err(|error| Error::io(ErrorKind::Write, &rejects, error))?;
        }
        let summary = with_suffix(output, super::SUMMARY);
        let told = Told {
            schema: "dateline-batch/1".to_owned(),
            counts: &self.progressed.summary,
            job: &self.progressed.job,
        };
        let text = serde_json::to_string_pretty(&told).unwrap_or_default() + "\n";
        let written = fs::write(&summary, text);
        written.map_err(|error| Error::io(ErrorKind::Write, &summary, error))?;
        self.folder.remove()?;
        Ok(there.then_some(rejects))
    }
}

/// The places of the records in a file of rejects.
fn rejected(path: &Path) -> io::Result<HashSet<u64>> {
    let places = BufReader::new(File::open(path)?).lines().map(|line| {
        let origin: Origin = serde_json::from_str(&line?)?;
        Ok(place(&origin))
    });
    places.collect()
}

fn place(origin: &Origin) -> u64 {
    xxh3_64_with_seed(origin.source.as_bytes(), origin.number)
}

/// What there is to read in a record.
fn look(record: &Record, fields: &Fields, policy: LanguagePolicy, duplicates: bool) -> Read {
    let found = match record.parse(fields) {
        Err(reject) => return Read::Reject(reject),
        Ok(Parsed::NoArticle(_)) => return Read::NoArticle,
        Ok(Parsed::Article(found)) => found,
    };
    let Found { article, .. } = &found;
    if policy != LanguagePolicy::Keep
        && let Some(language) = language::other_than_english(article)
    {
        let reason = Reason::Language { language: language.to_owned() };
        return match policy {
            LanguagePolicy::Reject => Read::Reject(Box::new(Reject::new(record, reason))),
            _ => Read::OtherLanguage,
        };
    }
    let sketch = if duplicates { Sketch::of(article) } else { None };
    Read::Article(Box::new(Readable { found, sketch }))
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic elsewhere does not make what is remembered wrong.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
