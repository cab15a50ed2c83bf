//! Annotates pre-tokenized sentences: JSON lines `{"tokens": [...]}` from standard input to JSON
//! lines of labels on standard output. Scoring scripts use it.
//!
//! `cargo run --release -p dateline-model --example annotate -- models/dateline-en < in > out`

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use dateline_model::{BatchOptions, Model};
use dateline_text::{
    Annotations, Article, Sentence, Span, Text, Token, TokenAnnotation, Zone, ZoneKind,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Lines read before they are annotated together.
const GROUP: usize = 512;

#[derive(Deserialize)]
struct Line {
    tokens: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "models/dateline-en".to_owned());
    let model = Model::load(Path::new(&folder))?;
    let mut out = BufWriter::new(std::io::stdout());
    let mut group = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        group.push(text(&line.tokens)?);
        if group.len() == GROUP {
            write(&model, &mut out, &group)?;
            group.clear();
        }
    }
    write(&model, &mut out, &group)?;
    out.flush()?;
    Ok(())
}

/// One sentence of the tokens, joined by spaces.
fn text(tokens: &[String]) -> Result<Text, Box<dyn Error>> {
    let article = Article::from_text("", tokens.join(" "));
    let mut start = 0;
    let tokens: Vec<Token> = tokens
        .iter()
        .map(|token| {
            let span = Span::new(start, start + token.len());
            start = span.end + 1;
            Token { span, sentence: 0 }
        })
        .collect();
    let span = Span::new(0, article.text.len());
    let zone = ZoneKind::Body;
    let (zones, sentences) = match tokens.len() {
        0 => (Vec::new(), Vec::new()),
        count => (
            vec![Zone { kind: zone, span }],
            vec![Sentence { span, tokens: 0..count, zone, paragraph: 0 }],
        ),
    };
    Ok(Text::new(&article, zones, sentences, tokens)?)
}

fn write(model: &Model, out: &mut impl Write, group: &[Text]) -> Result<(), Box<dyn Error>> {
    let texts: Vec<&Text> = group.iter().collect();
    for annotations in model.annotate(&texts, &BatchOptions::default())? {
        writeln!(out, "{}", to_json(&annotations))?;
    }
    Ok(())
}

fn to_json(annotations: &Annotations) -> Value {
    let all = |get: fn(&TokenAnnotation) -> Value| -> Vec<Value> {
        annotations.tokens.iter().map(get).collect()
    };
    // f32 to f64 by way of its shortest form: 0.123, not 0.12300000339746475.
    let decimal = |score: f32| json!(score.to_string().parse::<f64>().unwrap_or_default());
    let entities: Vec<Value> = annotations
        .entities
        .iter()
        .map(|e| json!([e.tokens.start, e.tokens.end, e.kind.as_str(), decimal(e.score)]))
        .collect();
    let event: Vec<Value> = annotations.tokens.iter().map(|t| decimal(t.event)).collect();
    json!({
        "entities": entities,
        "upos": all(|t| json!(t.upos)),
        "xpos": all(|t| json!(t.xpos)),
        "lemma": all(|t| json!(t.lemma)),
        // -1 for the root.
        "head": all(|t| json!(t.head.map_or(-1, |head| head as i64))),
        "deprel": all(|t| json!(t.deprel)),
        "event": event,
    })
}
