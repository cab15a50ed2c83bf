//! Prints the zones, sentences and tokens of plain-text articles: `cargo run --example zones -- FILE...`
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use dateline_text::{Article, ZoneKind, segment};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let article = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let text = segment(&Article::from_text(path.as_str(), article));
        println!("== {path}");
        for zone in text.zones() {
            println!("[{}]", zone.kind.as_str());
            if !matches!(zone.kind, ZoneKind::Title | ZoneKind::Body) {
                println!("  {}", text.surface(zone.span).replace('\n', "⏎"));
            }
            for sentence in text.sentences().iter().filter(|s| zone.span.contains(s.span)) {
                let words: Vec<_> = sentence.tokens.clone().map(|t| text.word(t)).collect();
                println!("  {}", words.join(" "));
            }
        }
    }
    Ok(())
}
