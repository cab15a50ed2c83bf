//! Files, folders and outputs that are bad from without.

use std::fs;
use std::path::Path;

use dateline_io::JobOptions;

use crate::{options, outcome};

type Run = fn(&Path) -> String;

const RECORD: &str = "{\"id\": \"a\", \"text\": \"Rain fell.\"}\n";

fn refusing() -> JobOptions {
    JobOptions { replace: false, ..options() }
}

/// A job over a good file in `folder`.
fn good(folder: &Path, output: &Path, options: JobOptions) -> String {
    fs::write(folder.join("a.jsonl"), RECORD).unwrap();
    outcome(&[folder.join("a.jsonl")], output, options)
}

pub(crate) fn all() -> Vec<(&'static str, &'static str, Run)> {
    vec![
        ("missing-file", "a name of no file", |folder| {
            outcome(&[folder.join("nothing.jsonl")], &folder.join("out.jsonl"), options())
        }),
        ("pattern-without-match", "a pattern that matches nothing", |folder| {
            outcome(&[folder.join("*.jsonl")], &folder.join("out.jsonl"), options())
        }),
        ("empty-folder", "a folder without files", |folder| {
            fs::create_dir(folder.join("in")).unwrap();
            outcome(&[folder.join("in")], &folder.join("out.jsonl"), options())
        }),
        ("folder", "a folder of texts, dumps and hidden files", |folder| {
            fs::create_dir_all(folder.join("in/deep")).unwrap();
            fs::write(folder.join("in/deep/a.txt"), "Rain fell.").unwrap();
            fs::write(folder.join("in/b.jsonl"), RECORD).unwrap();
            fs::write(folder.join("in/.c.jsonl"), RECORD).unwrap();
            outcome(&[folder.join("in")], &folder.join("out.jsonl"), options())
        }),
        ("same-file-twice", "one file named twice", |folder| {
            fs::write(folder.join("a.jsonl"), RECORD).unwrap();
            let input = folder.join("a.jsonl");
            outcome(&[input.clone(), input], &folder.join("out.jsonl"), options())
        }),
        #[cfg(unix)]
        ("link-loop", "a link that leads back to its folder", |folder| {
            fs::create_dir(folder.join("in")).unwrap();
            fs::write(folder.join("in/a.txt"), "Rain fell.").unwrap();
            std::os::unix::fs::symlink(folder.join("in"), folder.join("in/loop")).unwrap();
            outcome(&[folder.join("in")], &folder.join("out.jsonl"), options())
        }),
        #[cfg(unix)]
        ("unreadable-file", "a file in a folder that can't be opened", |folder| {
            fs::create_dir(folder.join("in")).unwrap();
            fs::write(folder.join("in/a.txt"), "Rain fell.").unwrap();
            std::os::unix::fs::symlink("nowhere", folder.join("in/b.txt")).unwrap();
            outcome(&[folder.join("in")], &folder.join("out.jsonl"), options())
        }),
        ("output-folder-missing", "an output in a folder that is not there", |folder| {
            good(folder, &folder.join("no/out.jsonl"), options())
        }),
        #[cfg(target_os = "linux")]
        ("output-read-only", "an output where nothing can be written", |folder| {
            good(folder, Path::new("/proc/out.jsonl"), options())
        }),
        ("output-there", "an output that is there already", |folder| {
            fs::write(folder.join("out.jsonl"), "old").unwrap();
            good(folder, &folder.join("out.jsonl"), refusing())
        }),
        ("output-is-folder", "an output that is a folder", |folder| {
            fs::create_dir(folder.join("out.jsonl")).unwrap();
            good(folder, &folder.join("out.jsonl"), options())
        }),
        ("output-is-input", "an output that is the input", |folder| {
            good(folder, &folder.join("a.jsonl"), options())
        }),
        ("job-unfinished", "an output that another job left unfinished", |folder| {
            fs::create_dir(folder.join("out.jsonl.partial")).unwrap();
            fs::write(folder.join("out.jsonl.partial/job.json"), "{}").unwrap();
            good(folder, &folder.join("out.jsonl"), refusing())
        }),
        ("job-damaged", "going on with a job whose notes are damaged", |folder| {
            fs::create_dir(folder.join("out.jsonl.partial")).unwrap();
            fs::write(folder.join("out.jsonl.partial/job.json"), "{").unwrap();
            let options = JobOptions { resume: true, ..refusing() };
            good(folder, &folder.join("out.jsonl"), options)
        }),
        ("job-done", "going on with a job that is done", |folder| {
            let output = folder.join("out.jsonl");
            good(folder, &output, refusing());
            good(folder, &output, JobOptions { resume: true, ..refusing() })
        }),
        ("too-many-rejects", "more rejects than allowed", |folder| {
            fs::write(folder.join("bad.jsonl"), "x\ny\nz\n").unwrap();
            let options = JobOptions { max_rejects: Some(2), ..options() };
            outcome_of_stopped(&[folder.join("bad.jsonl")], folder, options)
        }),
        ("rejects-again", "the rejects file of a job", |folder| {
            fs::write(folder.join("a.jsonl"), format!("{RECORD}{{\"title\": \"T\"}}\n")).unwrap();
            let output = folder.join("first.jsonl");
            outcome(&[folder.join("a.jsonl")], &output, options());
            let rejects = folder.join("first.jsonl.rejects.jsonl");
            outcome(&[rejects], &folder.join("out.jsonl"), options())
        }),
    ]
}

/// The output is not there yet.
fn outcome_of_stopped(inputs: &[std::path::PathBuf], folder: &Path, options: JobOptions) -> String {
    use dateline_io::{BatchJob, Nothing, Silent, find};
    let job = BatchJob::new(find(inputs).unwrap(), folder.join("out.jsonl")).options(options);
    let outcome = job.run(&Nothing, &mut Silent).unwrap();
    assert!(!folder.join("out.jsonl").exists());
    assert!(folder.join("out.jsonl.partial").is_dir());
    let rejected = outcome.summary.rejected;
    format!("the job stops ({:?}) after {rejected} and can be gone on with", outcome.ending)
}
