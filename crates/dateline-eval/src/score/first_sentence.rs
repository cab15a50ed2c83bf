//! The least that a reader of news can say of its main event: what the first sentence of the body
//! says, with the first date and the first place that it names. Systems are compared with it.

use crate::axis::Axis;
use crate::sample::{Sample, Sentence, Token};

/// The answers of the first sentence, from a prediction that holds syntax; `None` without.
pub(super) fn answers(predicted: &Sample, axis: Axis) -> Option<[Vec<String>; 4]> {
    let sentence = first_sentence(predicted, axis)?;
    let tokens = &sentence.tokens;
    let root = tokens.iter().position(|token| token.head == Some(0))?;
    let of_root = |relations: &[&str]| {
        tokens.iter().position(|token| {
            token.head == Some(root + 1)
                && token.deprel.as_deref().is_some_and(|d| relations.contains(&d))
        })
    };
    let who = match of_root(&["nsubj", "nsubj:pass", "csubj"]) {
        Some(subject) => heads(tokens, subject),
        None => Vec::new(),
    };
    // The predicate: its verb, and the nouns that it is said of.
    let mut what = vec![word(tokens, root)];
    if let Some(object) = of_root(&["obj", "xcomp", "ccomp"]) {
        what.extend(heads(tokens, object));
    }
    let (first, last) =
        (axis.span(&tokens.first()?.location.at), axis.span(&tokens.last()?.location.at));
    let inside = |at: &crate::sample::Stretch| {
        let (start, end) = axis.span(at);
        start >= first.0 && end <= last.1
    };
    let times = predicted.times.iter().flatten().filter(|time| inside(&time.location.at));
    let mut dates = times.filter_map(|time| time.value.clone());
    let when = dates.find(|value| value.starts_with(|c: char| c.is_ascii_digit()));
    let entities = predicted.entities.iter().flatten().filter(|entity| entity.kind == "PLACE");
    let mentions = entities.flat_map(|entity| &entity.mentions);
    let places = mentions.filter(|mention| inside(&mention.location.at));
    let place = places.min_by_key(|mention| axis.span(&mention.location.at));
    Some([
        who,
        what,
        when.into_iter().collect(),
        place.map(|place| place.location.text.clone()).into_iter().collect(),
    ])
}

/// The first sentence of the body; of the text, where nobody says what the body is.
fn first_sentence(sample: &Sample, axis: Axis) -> Option<&Sentence> {
    let body = |token: &Token| {
        let (start, end) = axis.span(&token.location.at);
        sample.zones.as_ref().is_none_or(|zones| {
            zones.iter().filter(|zone| zone.kind == "body").any(|zone| {
                let (from, to) = axis.span(&zone.at);
                from <= start && end <= to
            })
        })
    };
    let title = |token: &Token| token.location.at.field == dateline::Field::Title;
    sample
        .sentences
        .iter()
        .flatten()
        .find(|sentence| sentence.tokens.first().is_some_and(|token| !title(token) && body(token)))
}

/// A head and what is coordinated with it, each as its word.
fn heads(tokens: &[Token], head: usize) -> Vec<String> {
    let conjunct =
        |token: &&Token| token.head == Some(head + 1) && token.deprel.as_deref() == Some("conj");
    let more = tokens.iter().filter(conjunct).map(|token| token.location.text.clone());
    std::iter::once(word(tokens, head)).chain(more).collect()
}

fn word(tokens: &[Token], index: usize) -> String {
    tokens[index].location.text.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn subject_predicate_first_date_and_first_place() {
        let text = "Rebels and miners stormed the port of Dara on Monday, not Tuesday, in Beland.";
        let words = [
            ("Rebels", 4, "nsubj"),
            ("and", 3, "cc"),
            ("miners", 1, "conj"),
            ("stormed", 0, "root"),
            ("the", 6, "det"),
            ("port", 4, "obj"),
            ("of", 8, "case"),
            ("Dara", 6, "nmod"),
        ];
        let mut from = 0;
        let mut tokens: Vec<_> = words
            .iter()
            .map(|(word, head, deprel)| {
                let start = from + text[from..].find(word).expect("a word of the text");
                from = start + word.len();
                json!({"start": start, "end": from, "text": word, "head": head, "deprel": deprel})
            })
            .collect();
        let end = text.len();
        tokens
            .push(json!({"start": end - 1, "end": end, "text": ".", "head": 4, "deprel": "punct"}));
        let at = |word: &str| {
            let start = text.find(word).expect("a word of the text");
            json!({"start": start, "end": start + word.len(), "text": word})
        };
        let time = |word: &str, value: &str| {
            let mut time = at(word);
            time["type"] = json!("DATE");
            time["value"] = json!(value);
            time
        };
        let sample: Sample = serde_json::from_value(json!({
            "id": "a", "title": "Port", "text": text,
            "zones": [{"kind": "body", "field": "text", "start": 0, "end": end}],
            "sentences": [
                {"tokens": [{"field": "title", "start": 0, "end": 4, "text": "Port", "head": 0, "deprel": "root"}]},
                {"tokens": tokens}],
            "times": [time("Monday", "2024-05-13"), time("Tuesday", "2024-05-14")],
            "entities": [
                {"id": "e1", "type": "PLACE", "mentions": [at("Beland")]},
                {"id": "e2", "type": "PLACE", "mentions": [at("Dara")]}],
        }))
        .expect("a sample");
        let found = answers(&sample, sample.axis()).expect("syntax");
        assert_eq!(found[0], ["Rebels", "miners"]);
        assert_eq!(found[1], ["stormed", "port"]);
        assert_eq!(
            (&found[2][..], &found[3][..]),
            (&["2024-05-13".into()][..], &["Dara".into()][..])
        );
        let bare = Sample { sentences: None, ..sample };
        assert_eq!(answers(&bare, bare.axis()), None);
    }
}
