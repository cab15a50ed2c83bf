//! Reads labelled files and prints what was found: `cargo run --example read -- FILE…`
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::Path;

use dateline_eval::read::open;

fn main() {
    for path in std::env::args().skip(1) {
        let mut reader = match open(Path::new(&path), None) {
            Ok(reader) => reader,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        println!("{path}: {}", reader.detected());
        let (mut samples, mut tokens, mut sentences, mut faults) = (0, 0, 0, 0);
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for sample in reader.by_ref() {
            let sample = match sample {
                Ok(sample) => sample,
                Err(error) => {
                    faults += 1;
                    eprintln!("{error}");
                    continue;
                }
            };
            samples += 1;
            for sentence in sample.sentences.iter().flatten() {
                sentences += 1;
                tokens += sentence.tokens.len();
            }
            let entities = sample.entities.iter().flatten();
            let entities =
                entities.flat_map(|e| e.mentions.iter().map(|_| format!("entity {}", e.kind)));
            let times = sample.times.iter().flatten().map(|t| format!("time {}", t.kind));
            let events = sample.events.iter().flatten().map(|e| format!("event {}", e.kind));
            for kind in entities.chain(times).chain(events) {
                *kinds.entry(kind).or_default() += 1;
            }
        }
        println!("  {samples} samples, {sentences} sentences, {tokens} tokens, {faults} faults");
        println!("  {kinds:?}");
        println!("  notes: {}", reader.notes());
    }
}
