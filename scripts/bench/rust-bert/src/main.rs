//! rust-bert over prepared sequences, by the protocol of scripts/bench/engines/serve.py: the
//! pretrained encoder itself, without shapes, pooler and heads.
//!
//! Each caller is a thread with a model of its own, which takes the next batch that nobody has.

mod batches;
mod usage;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, io, thread};

use rust_bert::Config;
use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use tch::{Device, nn, no_grad};

use crate::batches::Batch;

/// The encoder without its pooler.
type Model = BertModel<BertEmbeddings>;

/// The command line: `--model DIR --sequences FILE --threads N --callers N --batching buckets|single`.
struct Options {
    model: PathBuf,
    sequences: PathBuf,
    threads: i32,
    callers: usize,
    bucketed: bool,
}

impl Options {
    fn read() -> Result<Options, Box<dyn Error>> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let value = |name: &str| {
            let at = arguments.iter().position(|a| a == name);
            at.and_then(|at| arguments.get(at + 1)).ok_or(format!("{name} is missing"))
        };
        Ok(Options {
            model: value("--model")?.into(),
            sequences: value("--sequences")?.into(),
            threads: value("--threads")?.parse()?,
            callers: value("--callers")?.parse()?,
            bucketed: value("--batching")? == "buckets",
        })
    }
}

fn load(folder: &Path) -> Result<Model, Box<dyn Error>> {
    let config = BertConfig::from_file(folder.join("config.json"));
    let mut variables = nn::VarStore::new(Device::Cpu);
    let model = BertModel::new_with_optional_pooler(variables.root(), &config, false);
    // The file also has what this model leaves out: its pooler.
    let missing = variables.load_partial(folder.join("model.safetensors"))?;
    variables.freeze();
    if missing.is_empty() { Ok(model) } else { Err(format!("no weights for {missing:?}").into()) }
}

/// Runs batches until none is left.
fn work(model: &Model, batches: &[Batch], next: &AtomicUsize) {
    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
        let (ids, mask) = batch.tensors();
        let read = no_grad(|| {
            model.forward_t(Some(&ids), Some(&mask), None, None, None, None, None, false)
        });
        read.expect("the model takes every batch");
    }
}

/// Runs all batches once: each model by a thread of its own, one alone by this thread.
fn pass(models: &mut [Model], batches: &[Batch], threads: i32) {
    let next = &AtomicUsize::new(0);
    if let [model] = models {
        return work(model, batches, next);
    }
    thread::scope(|scope| {
        for model in models {
            scope.spawn(move || {
                tch::set_num_threads(threads); // holds for the thread that says so
                work(model, batches, next);
            });
        }
    });
}

fn main() -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let options = Options::read()?;
    tch::set_num_threads(options.threads);
    let mut models: Vec<Model> =
        (0..options.callers).map(|_| load(&options.model)).collect::<Result<_, _>>()?;
    let load_seconds = began.elapsed().as_secs_f64();
    let (batches, tokens) = batches::read(&options.sequences, options.bucketed)?;
    pass(&mut models, &batches, options.threads);
    println!(r#"{{"ready": true, "load_seconds": {load_seconds:.4}, "tokens": {tokens}}}"#);
    for line in io::stdin().lines() {
        if line?.trim() == "run" {
            let (cpu, began) = (usage::cpu_seconds(), Instant::now());
            pass(&mut models, &batches, options.threads);
            let seconds = began.elapsed().as_secs_f64();
            let (cpu, peak) = (usage::cpu_seconds() - cpu, usage::peak_rss_kb());
            println!(r#"{{"seconds": {seconds}, "cpu_seconds": {cpu}, "peak_rss_kb": {peak}}}"#);
        }
    }
    Ok(())
}
