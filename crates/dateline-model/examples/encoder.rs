//! Times the network on prepared sequences; `scripts/bench` drives it.
//!
//! Loads, reads the sequences, runs once to warm up and prints `{"ready":true,…}`. Then each line
//! `run` on standard input is answered by one pass over all sequences and its cost.
#![allow(clippy::print_stdout)]

use std::io::BufRead;
use std::time::Instant;

use dateline_model::backend::{Backend, Input, NativeBackend, Precision, RtenBackend, Word};
use rayon::prelude::*;
use serde::Deserialize;

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Deserialize)]
struct Sequence {
    input_ids: Vec<u32>,
    shape_ids: Vec<u8>,
    word_starts: Vec<usize>,
    word_sentences: Vec<usize>,
    root_starts: Vec<usize>,
}

impl Sequence {
    fn input(self) -> Input {
        let words = self.word_starts.iter().zip(&self.root_starts).zip(&self.word_sentences);
        let words = words.map(|((&start, &root), &sentence)| Word { start, root, sentence });
        Input { words: words.collect(), pieces: self.input_ids, shapes: self.shape_ids }
    }
}

/// What runs a batch.
type Run = Box<dyn Fn(&[&Input]) -> Fallible<()> + Send + Sync>;

fn load(folder: &str, engine: &str, part: &str) -> Fallible<Run> {
    let onnx = std::fs::read(format!("{folder}/model.onnx"))?;
    let config = std::fs::read(format!("{folder}/config.json"))?;
    let config: serde_json::Value = serde_json::from_slice(&config)?;
    let heads = config["attention_heads"].as_u64().ok_or("no attention_heads")? as usize;
    let precision = match engine {
        "native-int8" => Precision::Int8,
        "native-f32" => Precision::F32,
        "rten" if part == "all" => {
            let backend = RtenBackend::from_bytes(onnx)?;
            return Ok(Box::new(move |batch| Ok(backend.run(batch).map(drop)?)));
        }
        _ => return Err("--engine native-int8|native-f32|rten, the last with --part all".into()),
    };
    let backend = NativeBackend::from_bytes(&onnx, heads, precision)?;
    Ok(match part {
        "encoder" => Box::new(move |batch| Ok(backend.encode(batch).map(drop)?)),
        _ => Box::new(move |batch| Ok(backend.run(batch).map(drop)?)),
    })
}

fn option(name: &str) -> Fallible<String> {
    let mut arguments = std::env::args().skip_while(|argument| *argument != format!("--{name}"));
    arguments.nth(1).ok_or_else(|| format!("--{name} is missing").into())
}

/// User and system time of this process, in seconds, and its peak memory in KiB (Linux).
fn cost() -> Option<(f64, u64)> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some((ticks as f64 / 100.0, peak.split_whitespace().next()?.parse().ok()?))
}

fn main() -> Fallible<()> {
    let start = Instant::now();
    let run = load(&option("model")?, &option("engine")?, &option("part")?)?;
    let load_seconds = start.elapsed().as_secs_f64();
    let file = std::fs::File::open(option("sequences")?)?;
    let mut sequences = Vec::new();
    for line in std::io::BufReader::new(file).lines() {
        sequences.push(serde_json::from_str::<Sequence>(&line?)?.input());
    }
    let pieces = option("pieces").map_or(Ok(512), |n| n.parse())?;
    let tokens: usize = sequences.iter().map(|sequence| sequence.pieces.len()).sum();
    let mut batches: Vec<Vec<&Input>> = vec![Vec::new()];
    let mut held = 0;
    for sequence in &sequences {
        if held + sequence.pieces.len() > pieces && held > 0 {
            batches.push(Vec::new());
            held = 0;
        }
        held += sequence.pieces.len();
        batches.last_mut().ok_or("no batch")?.push(sequence);
    }
    let threads = option("threads")?.parse()?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let pass = || pool.install(|| batches.par_iter().try_for_each(|batch| run(batch)));
    pass()?;
    println!(r#"{{"ready":true,"load_seconds":{load_seconds:.4},"tokens":{tokens}}}"#);
    for line in std::io::stdin().lines() {
        if line?.trim() != "run" {
            break;
        }
        let (before, start) = (cost(), Instant::now());
        pass()?;
        let seconds = start.elapsed().as_secs_f64();
        let (cpu, peak) = match (before, cost()) {
            (Some((before, _)), Some((after, peak))) => (after - before, peak),
            _ => (f64::NAN, 0),
        };
        println!(r#"{{"seconds":{seconds:.4},"cpu_seconds":{cpu:.2},"peak_rss_kb":{peak}}}"#);
    }
    Ok(())
}
