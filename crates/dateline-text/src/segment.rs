use crate::sentences::sentences;
use crate::words::words;
use crate::zones::{body, zones};
use crate::{Article, Clock, Sentence, Span, Stage, Text, Token, Zone, ZoneKind};

/// Cuts an article into zones, sentences and tokens.
///
/// Never fails and never alters the text: any string is an article. Every character that is not
/// [blank](crate::is_blank) is in exactly one zone; in titles and body it is in exactly one
/// token. Takes time linear in the length of the article.
pub fn segment(article: &Article) -> Text {
    segment_timed(article, Clock::OFF)
}

/// Makes what [`segment`] would make with its first article: the patterns of zones and words, which
/// are shared by all. A program may do so beside other work that starts it up.
pub fn warm_up() {
    segment(&Article::from_text("", "Title\n\nA first sentence of a text."));
}

/// [`segment`], and what its stages take.
pub fn segment_timed(article: &Article, clock: Clock<'_>) -> Text {
    let source = article.source();
    let zones = clock.time(Stage::Zones, || zones(article, &source));
    clock.time(Stage::Tokens, || build(article, source, zones))
}

/// Cuts an article into sentences and tokens as [`segment`] does, taking every paragraph for
/// body: for text that is known to hold nothing else.
pub fn segment_body(article: &Article) -> Text {
    let source = article.source();
    let zones = body(&source);
    build(article, source, zones)
}

fn build(article: &Article, source: String, zones: Vec<Zone>) -> Text {
    let mut all_sentences = Vec::new();
    let mut tokens = Vec::new();
    let mut paragraph = 0;
    for zone in &zones {
        if !matches!(zone.kind, ZoneKind::Title | ZoneKind::Body) {
            continue;
        }
        let words = words(&source, zone.span);
        for range in sentences(&source, &words) {
            let (Some(first), Some(last)) = (words.get(range.start), words[range.clone()].last())
            else {
                continue;
            };
            let sentence = all_sentences.len();
            let start = tokens.len();
            let span = Span::new(first.span.start, last.span.end);
            tokens.extend(words[range].iter().map(|word| Token { span: word.span, sentence }));
            let tokens = start..tokens.len();
            all_sentences.push(Sentence { span, tokens, zone: zone.kind, paragraph });
        }
        paragraph += 1;
    }
    Text::from_parts(article, source, zones, all_sentences, tokens)
}
