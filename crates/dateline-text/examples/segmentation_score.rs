//! Scores words and sentences against CoNLL-U files as the CoNLL 2018 shared task does: a word or
//! sentence counts if its span over the characters that aren't white space is the same.
//!
//! `cargo run --example segmentation_score -- [--errors N] FILE...`
//!
//! Paragraphs (`# newdoc`, `# newpar`) are given to the segmenter as blank lines. Where a
//! multiword token's words concatenate to its surface, the words are scored; else the surface.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::BTreeSet;
use std::ops::Range;

use dateline_text::{Article, segment_body};

type Spans = BTreeSet<(usize, usize)>;

#[derive(Default)]
struct Gold {
    text: String,
    words: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut errors = 0;
    if args.first().is_some_and(|arg| arg == "--errors") {
        errors = args.get(1).ok_or("--errors needs a number")?.parse()?;
        args.drain(..2);
    }
    let (mut words, mut sentences) = ([0; 3], [0; 3]);
    for path in &args {
        for gold in read(&std::fs::read_to_string(path)?) {
            let text = segment_body(&Article::from_text("", gold.text.as_str()));
            let index = visible(&gold.text);
            let span = |r: &Range<usize>| (index[r.start], index[r.end]);
            let gold_words: Spans = gold.words.iter().map(span).collect();
            let gold_sentences: Spans = gold.sentences.iter().map(span).collect();
            let found_words: Spans = text.tokens().iter().map(|t| span(&t.span.range())).collect();
            let found_sentences: Spans =
                text.sentences().iter().map(|s| span(&s.span.range())).collect();
            count(&mut words, &gold_words, &found_words);
            count(&mut sentences, &gold_sentences, &found_sentences);
            if errors > 0 {
                let tokens: Vec<_> = text.tokens().iter().map(|t| t.span.range()).collect();
                show("word", &gold.text, &gold.words, &tokens, &mut errors);
                let found: Vec<_> = text.sentences().iter().map(|s| s.span.range()).collect();
                show("sentence", &gold.text, &gold.sentences, &found, &mut errors);
            }
        }
    }
    report("words", words);
    report("sentences", sentences);
    Ok(())
}

/// For each byte, how many characters that aren't white space stand before it.
fn visible(text: &str) -> Vec<usize> {
    let mut index = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        index.extend(std::iter::repeat_n(count, c.len_utf8()));
        count += usize::from(!c.is_whitespace());
    }
    index.push(count);
    index
}

fn count(totals: &mut [usize; 3], gold: &Spans, found: &Spans) {
    totals[0] += gold.intersection(found).count();
    totals[1] += gold.len();
    totals[2] += found.len();
}

fn report(name: &str, [correct, gold, found]: [usize; 3]) {
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "{name:<10} precision {:.4}  recall {:.4}  F1 {:.4}  ({correct} of {gold}, found {found})",
        share(correct, found),
        share(correct, gold),
        share(2 * correct, gold + found),
    );
}

/// Prints where the two differ, with what stands around.
fn show(name: &str, text: &str, gold: &[Range<usize>], found: &[Range<usize>], left: &mut usize) {
    let pieces = |spans: &[Range<usize>], at: usize| {
        let near =
            spans.iter().skip_while(|r| r.end <= at).take(if name == "word" { 4 } else { 1 });
        let mark = if name == "word" { " " } else { " ¦ " };
        near.map(|r| &text[r.clone()]).collect::<Vec<_>>().join(mark).replace('\n', "⏎")
    };
    let mut last = 0;
    for span in gold {
        if *left > 0 && span.start >= last && !found.contains(span) {
            *left -= 1;
            println!(
                "{name}\n  gold  {}\n  found {}",
                pieces(gold, span.start),
                pieces(found, span.start)
            );
            last = span.end;
        }
    }
}

fn read(conllu: &str) -> Vec<Gold> {
    let mut documents = Vec::new();
    let mut gold = Gold::default();
    let mut space = "";
    for sentence in conllu.split("\n\n") {
        let mut starts = None;
        let rows: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| {
                if line.starts_with("# newdoc") && !gold.text.is_empty() {
                    documents.push(std::mem::take(&mut gold));
                    space = "";
                }
                if line.starts_with("# newpar") && !gold.text.is_empty() {
                    space = "\n\n";
                }
                !line.starts_with('#') && !line.is_empty()
            })
            .map(|line| line.split('\t').collect())
            .collect();
        let mut covered = 0;
        for row in &rows {
            let (id, form, misc) = (row[0], row[1], row[9]);
            if id.contains('.') {
                continue;
            }
            let first: usize = id.split('-').next().unwrap_or(id).parse().unwrap_or(0);
            if first <= covered {
                continue;
            }
            gold.text.push_str(space);
            let start = gold.text.len();
            gold.text.push_str(form);
            starts.get_or_insert(start);
            space = if misc.split('|').any(|m| m == "SpaceAfter=No") { "" } else { " " };
            let Some((_, end)) = id.split_once('-') else {
                gold.words.push(start..gold.text.len());
                continue;
            };
            covered = end.parse().unwrap_or(first);
            let parts: Vec<&str> = rows
                .iter()
                .filter(|r| r[0].parse().is_ok_and(|n: usize| (first..=covered).contains(&n)))
                .map(|r| r[1])
                .collect();
            if parts.concat() == form {
                let mut at = start;
                for part in parts {
                    gold.words.push(at..at + part.len());
                    at += part.len();
                }
            } else {
                gold.words.push(start..gold.text.len());
            }
        }
        if let Some(start) = starts {
            gold.sentences.push(start..gold.text.len());
        }
    }
    if !gold.text.is_empty() {
        documents.push(gold);
    }
    documents
}
