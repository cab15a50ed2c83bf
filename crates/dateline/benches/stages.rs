//! Articles a second, and what each stage takes of it.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::{Article, Document, Pipeline};
use dateline_model::backend::{Backend, BackendError, Input, NativeBackend, Output, Precision};
use dateline_model::{BatchOptions, Model, ModelFiles};
use dateline_rules::{Options, Rules};
use dateline_text::{Subwords, segment, segment_body};

const TEXTS: &[&str] = &[
    include_str!("data/talks.txt"),
    include_str!("data/court.txt"),
    include_str!("data/flood.txt"),
    include_str!("data/election.txt"),
    include_str!("data/merger.txt"),
    include_str!("data/match.txt"),
];

/// Counts the time that the graph takes of a call of the model.
struct Timed {
    graph: NativeBackend,
    nanoseconds: Arc<AtomicU64>,
}

impl Backend for Timed {
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError> {
        let start = Instant::now();
        let outputs = self.graph.run(batch);
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(spent, Ordering::Relaxed);
        outputs
    }
}

fn stages(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/dateline-en");
    let nanoseconds = Arc::new(AtomicU64::new(0));
    let files = ModelFiles::read(&folder).expect("models/dateline-en is there");
    let model = Model::with_backend(files, |weights| {
        let graph = NativeBackend::from_bytes(&weights, 12, Precision::Int8)?;
        Ok(Box::new(Timed { graph, nanoseconds: Arc::clone(&nanoseconds) }))
    });
    let model = model.expect("models/dateline-en loads");
    let tokenizer = std::fs::read(folder.join("tokenizer.json")).expect("a tokenizer");
    let subwords = Subwords::from_bytes(&tokenizer).expect("a tokenizer");
    let rules = Rules::builtin().expect("the built-in rules load");
    let pipeline = Pipeline::builder().model_dir(&folder).build().expect("a pipeline");

    let articles: Vec<Article> = TEXTS
        .iter()
        .enumerate()
        .map(|(index, text)| Article::from_text(index.to_string(), *text))
        .collect();
    let texts: Vec<_> = articles.iter().map(segment).collect();
    let texts: Vec<_> = texts.iter().collect();
    let batch = BatchOptions::default();
    let annotations = model.annotate(&texts, &batch).expect("annotations");
    let documents: Vec<Document> =
        pipeline.read_many(&articles).into_iter().map(|d| d.expect("a document")).collect();

    let mut group = criterion.benchmark_group("articles");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    group.bench_function("all stages, all cores", |b| {
        b.iter(|| black_box(pipeline.read_many(&articles)));
    });
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    group.bench_function("all stages, one core", |b| {
        b.iter(|| one.install(|| black_box(pipeline.read_many(&articles))));
    });
    group.bench_function("1 segment", |b| {
        b.iter(|| articles.iter().for_each(|article| drop(black_box(segment(article)))));
    });
    group.bench_function("1a sentences and words alone (part of 1; the rest is zones)", |b| {
        b.iter(|| articles.iter().for_each(|article| drop(black_box(segment_body(article)))));
    });
    group.bench_function("2 model: subwords, encoder, decode; one core", |b| {
        b.iter(|| one.install(|| black_box(model.annotate(&texts, &batch))));
    });
    // One call of the model, of which the graph's part, or the rest, is what is measured.
    let part = |graph: bool, rounds: u64| {
        let mut sum = Duration::ZERO;
        for _ in 0..rounds {
            nanoseconds.store(0, Ordering::Relaxed);
            let start = Instant::now();
            one.install(|| black_box(model.annotate(&texts, &batch))).expect("annotations");
            let all = start.elapsed();
            let spent = Duration::from_nanos(nanoseconds.load(Ordering::Relaxed));
            sum += if graph { spent } else { all.saturating_sub(spent) };
        }
        sum
    };
    group.bench_function("2a subwords (part of 2)", |b| {
        b.iter(|| texts.iter().for_each(|text| drop(black_box(subwords.encode(text)))));
    });
    group.bench_function("2b encoder and heads (part of 2)", |b| {
        b.iter_custom(|rounds| part(true, rounds));
    });
    group.bench_function("2c batches, decoding, subwords (part of 2)", |b| {
        b.iter_custom(|rounds| part(false, rounds));
    });
    group.bench_function("3 rules", |b| {
        b.iter(|| {
            for ((article, text), annotations) in articles.iter().zip(&texts).zip(&annotations) {
                black_box(rules.read(article, text, annotations, &Options::default()));
            }
        });
    });
    group.bench_function("4 JSON", |b| {
        b.iter(|| documents.iter().for_each(|d| drop(black_box(serde_json::to_vec(d)))));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
