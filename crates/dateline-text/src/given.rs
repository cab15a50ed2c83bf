use crate::article::FIELD_GAP;
use crate::{Article, Field, Sentence, Span, Text, TextError, Token, Zone, ZoneKind};

impl Text {
    /// A text of given tokens: for corpora that fix them. A token is its field and its byte span
    /// within that field; empty sentences are left out. A blank line between two sentences parts
    /// paragraphs; sentences of the title field are title, all others body.
    ///
    /// # Errors
    /// Tokens that are empty, out of order or not on character boundaries.
    pub fn from_tokens(
        article: &Article,
        sentences: &[Vec<(Field, Span)>],
    ) -> Result<Text, TextError> {
        let source = article.source();
        let shift = article.title.as_ref().map_or(0, |title| title.len() + FIELD_GAP.len());
        let mut zones: Vec<Zone> = Vec::new();
        let mut all: Vec<Sentence> = Vec::new();
        let mut tokens = Vec::new();
        for given in sentences {
            let Some(&(field, _)) = given.first() else { continue };
            let start = tokens.len();
            tokens.extend(given.iter().map(|&(field, span)| Token {
                span: span.shifted(if field == Field::Text { shift } else { 0 }),
                sentence: all.len(),
            }));
            let span =
                Span { start: tokens[start].span.start, end: tokens[tokens.len() - 1].span.end };
            let kind = match field {
                Field::Title if article.title.is_some() => ZoneKind::Title,
                _ => ZoneKind::Body,
            };
            let gap = |before: &Sentence| source.get(before.span.end..span.start).unwrap_or("");
            let same = all.last().is_some_and(|before: &Sentence| {
                before.zone == kind && gap(before).matches('\n').count() < 2
            });
            match zones.last_mut() {
                Some(zone) if same => zone.span.end = span.end,
                _ => zones.push(Zone { kind, span }),
            }
            let paragraph = zones.len() - 1;
            all.push(Sentence { span, tokens: start..tokens.len(), zone: kind, paragraph });
        }
        Text::new(article, zones, all, tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article { title: Some("Vote".into()), ..Article::from_text("a", "It rained. So?\n\nNo") }
    }

    #[test]
    fn paragraphs_and_fields() {
        let text = |start, end| (Field::Text, Span::new(start, end));
        let sentences = [
            vec![(Field::Title, Span::new(0, 4))],
            vec![text(0, 2), text(3, 9), text(9, 10)],
            vec![],
            vec![text(11, 13), text(13, 14)],
            vec![text(16, 18)],
        ];
        let text = Text::from_tokens(&article(), &sentences).expect("a text");
        let words: Vec<&str> = (0..text.tokens().len()).map(|t| text.word(t)).collect();
        assert_eq!(words, ["Vote", "It", "rained", ".", "So", "?", "No"]);
        let sentences = text.sentences().iter();
        let kinds: Vec<_> = sentences.map(|s| (s.zone, s.paragraph, s.tokens.len())).collect();
        let (title, body) = (ZoneKind::Title, ZoneKind::Body);
        assert_eq!(kinds, [(title, 0, 1), (body, 1, 3), (body, 1, 2), (body, 2, 1)]);
        assert_eq!(text.zones().len(), 3);
    }

    #[test]
    fn wrong_tokens_are_errors() {
        for tokens in [[(5, 5), (6, 7)], [(3, 9), (0, 2)], [(0, 2), (0, 900)]] {
            let tokens = tokens.map(|(start, end)| (Field::Text, Span { start, end }));
            assert!(Text::from_tokens(&article(), &[tokens.to_vec()]).is_err(), "{tokens:?}");
        }
    }
}
