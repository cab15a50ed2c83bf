//! Our own predictions for labelled articles: on raw text, or on the tokens that gold fixes.

use dateline::{
    Analysis, Article, Field, Given, OffsetMap, OffsetUnit, Options, Pipeline, Span, Text,
    TextError, segment, segment_body,
};

use crate::axis::PointMap;
use crate::sample::{Location, Sample, Sentence, Stretch, Token};

/// Which tokens the pipeline reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tokens {
    /// Those that gold fixes, where it fixes any.
    #[default]
    Given,
    /// Its own, from the raw text.
    Raw,
}

/// Why there is no prediction for an article.
#[derive(Debug, thiserror::Error)]
pub enum PredictError {
    /// Its tokens.
    #[error(transparent)]
    Given(#[from] GivenError),
    /// The pipeline.
    #[error(transparent)]
    Pipeline(#[from] dateline::Error),
}

/// What the pipeline, which has to count code points, says of labelled articles: one result an
/// article, in their order; read in parallel.
pub fn predict(
    pipeline: &Pipeline,
    golds: &[Sample],
    mode: Tokens,
) -> Vec<Result<Sample, PredictError>> {
    let articles: Vec<Article> = golds.iter().map(article).collect();
    let given: Vec<Result<Given<'_>, GivenError>> = golds
        .iter()
        .zip(&articles)
        .map(|(gold, article)| {
            let text = if mode == Tokens::Given { tokens(gold, article)? } else { None };
            Ok(Given { article, text })
        })
        .collect();
    let sound: Vec<Given<'_>> = given.iter().flatten().cloned().collect();
    let mut analyses = pipeline.analyze_many(&sound, &Options::default()).into_iter();
    let each = given.into_iter().map(|given| {
        given?;
        // One analysis for each article with sound tokens.
        match analyses.next() {
            Some(analysis) => Ok(sample(&analysis?)),
            None => Ok(Sample::default()),
        }
    });
    each.collect()
}

/// The article that a labelled sample is of.
///
/// It is handed its publication date as a reader of archives would hand it, unless gold says that
/// the text states it.
pub fn article(sample: &Sample) -> Article {
    let published = sample.published.as_ref().filter(|published| !published.is_stated());
    Article {
        title: sample.title.clone(),
        published: published.map(|p| p.value.clone()),
        ..Article::from_text(&sample.id, sample.text.clone().unwrap_or_default())
    }
}

/// Gold tokens that can't be read by the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GivenError {
    /// Offsets that are no place in the text.
    #[error("token {text:?} of {id:?}: characters {start} to {end} are not in its {field}")]
    Outside {
        /// Article.
        id: String,
        /// Surface of the token.
        text: String,
        /// `title` or `text`.
        field: &'static str,
        /// First character.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// Tokens out of order, overlapping or empty.
    #[error("the tokens of {id:?} cannot be read: {source}")]
    Order {
        /// Article.
        id: String,
        /// What is wrong.
        source: TextError,
    },
}

/// The sample's tokens as a text of `article`; `None` where the corpus does not fix any.
///
/// Words that share their characters with the one before (the parts of a contraction that a
/// treebank writes as one) are left out: one span is one token here.
pub fn tokens(sample: &Sample, article: &Article) -> Result<Option<Text>, GivenError> {
    let Some(sentences) = &sample.sentences else { return Ok(None) };
    let title = PointMap::new(article.title.as_deref().unwrap_or_default());
    let text = PointMap::new(&article.text);
    let mut given: Vec<Vec<(Field, Span)>> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut tokens: Vec<(Field, Span)> = Vec::with_capacity(sentence.tokens.len());
        for token in &sentence.tokens {
            let Stretch { field, start, end } = token.location.at;
            let map = if field == Field::Title { &title } else { &text };
            let byte = |offset| map.find(OffsetUnit::Codepoint, offset).map(|place| place.byte);
            let (Some(first), Some(last)) = (byte(start), byte(end)) else {
                return Err(GivenError::Outside {
                    id: sample.id.clone(),
                    text: token.location.text.clone(),
                    field: if field == Field::Title { "title" } else { "text" },
                    start,
                    end,
                });
            };
            let shared = tokens.last().is_some_and(|(f, s)| *f == field && first < s.end);
            if !shared {
                tokens.push((field, Span { start: first, end: last }));
            }
        }
        given.push(tokens);
    }
    let text = Text::from_tokens(article, &given);
    text.map(Some).map_err(|source| GivenError::Order { id: sample.id.clone(), source })
}

/// What the pipeline says of an article, with tokens and their annotations. Its offsets have to
/// be code points.
pub fn sample(analysis: &Analysis) -> Sample {
    let mut sample = Sample::from(&analysis.document);
    let annotations = Some(&analysis.annotations);
    sample.sentences = Some(sentences(&analysis.text, annotations));
    sample
}

/// Tokens and sentences alone, from the raw text. Where gold fixes the tokens of all the text, it
/// holds nothing but body; else furniture is left out, as in any reading.
pub fn segmented(gold: &Sample) -> Sample {
    let article = article(gold);
    let text = if gold.sentences.is_some() { segment_body(&article) } else { segment(&article) };
    Sample { id: gold.id.clone(), sentences: Some(sentences(&text, None)), ..Sample::default() }
}

fn sentences(text: &Text, annotations: Option<&dateline::Annotations>) -> Vec<Sentence> {
    let maps = [Field::Title, Field::Text]
        .map(|field| OffsetMap::new(text.field(field), OffsetUnit::Codepoint));
    let token = |index: usize, first: usize| {
        let (field, span) = text.locate(text.tokens()[index].span);
        let map = &maps[usize::from(field == Field::Text)];
        let point = |byte| map.convert(text.field(field), byte);
        let at = Stretch { field, start: point(span.start), end: point(span.end) };
        let said = annotations.map(|annotations| &annotations.tokens[index]);
        Token {
            location: Location { at, text: text.word(index).to_owned() },
            upos: said.map(|said| said.upos.to_string()),
            xpos: said.map(|said| said.xpos.to_string()),
            lemma: said.map(|said| said.lemma.clone()),
            head: said.map(|said| said.head.map_or(0, |head| head + 1 - first)),
            deprel: said.map(|said| said.deprel.to_string()),
        }
    };
    let sentence = |sentence: &dateline_text::Sentence| Sentence {
        tokens: sentence.tokens.clone().map(|t| token(t, sentence.tokens.start)).collect(),
    };
    text.sentences().iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_tokens_become_a_text() {
        let json = r#"{"id": "a", "title": "Zoë wins", "text": "So\nit is.", "sentences": [
            {"tokens": [{"field": "title", "start": 0, "end": 3, "text": "Zoë"},
                        {"field": "title", "start": 4, "end": 8, "text": "wins"}]},
            {"tokens": [{"start": 0, "end": 2, "text": "So"}, {"start": 3, "end": 5, "text": "it"},
                        {"start": 3, "end": 5, "text": "it"}, {"start": 6, "end": 8, "text": "is"}]}]}"#;
        let gold: Sample = serde_json::from_str(json).unwrap();
        let article = article(&gold);
        let text = tokens(&gold, &article).unwrap().unwrap();
        let words: Vec<&str> = (0..text.tokens().len()).map(|t| text.word(t)).collect();
        assert_eq!(words, ["Zoë", "wins", "So", "it", "is"]);
        let back = sentences(&text, None);
        assert_eq!(
            back[0].tokens[1].location,
            gold.sentences.as_ref().unwrap()[0].tokens[1].location
        );

        let mut torn = gold.clone();
        torn.sentences.as_mut().unwrap()[0].tokens[1].location.at.end = 99;
        let message = tokens(&torn, &article).unwrap_err().to_string();
        assert_eq!(message, r#"token "wins" of "a": characters 4 to 99 are not in its title"#);
    }
}
