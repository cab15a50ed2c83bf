//! Laws of the facts, on random texts with random trees.

use dateline_text::{
    Annotations, Article, Deprel, EntityAnnotation, EntityKind, Sentence, Span, Text, Token,
    TokenAnnotation, Upos, Xpos, Zone, ZoneKind,
};
use proptest::prelude::*;

use crate::reading::Reading;
use crate::{Options, Rules, entities, quantities, times};

const WORDS: &[&str] = &[
    "the",
    "US",
    "and",
    "Iraqi",
    "officials",
    "-",
    "’s",
    "Prime",
    "Minister",
    "Jane",
    "Doe",
    "of",
    "troops",
    "(",
    ")",
    "WHO",
    "World",
    "Health",
    "Organization",
    ",",
    "Georgia",
    "2014",
    "Monday",
    "last",
    "week",
    "$",
    "3",
    "million",
    "%",
    "may",
    "March",
    "22",
    "he",
    "She",
    "\"",
    "days",
    "ago",
    "a",
    "General",
    "Secretary",
    "1990s",
    "é",
    "👩‍👩‍👧",
    "dozens",
    "two",
    "hundred",
    "in",
    "early",
    "10:15",
];

#[derive(Clone, Debug)]
struct Word {
    form: usize,
    upos: usize,
    xpos: usize,
    relation: usize,
    head: u16,
    space: bool,
    ends: bool,
    entity: Option<(u8, u8)>,
}

fn word() -> impl Strategy<Value = Word> {
    let entity = prop_oneof![3 => Just(None), 1 => (0u8..7, 1u8..6).prop_map(Some)];
    (
        0..WORDS.len(),
        0..Upos::ALL.len(),
        0..Xpos::ALL.len(),
        0..Deprel::ALL.len(),
        any::<u16>(),
        any::<bool>(),
        0u8..8,
        entity,
    )
        .prop_map(|(form, upos, xpos, relation, head, space, ends, entity)| Word {
            form,
            upos,
            xpos,
            relation,
            head,
            space,
            ends: ends == 0,
            entity,
        })
}

fn build(words: &[Word]) -> (Article, Text, Annotations) {
    let (mut source, mut tokens, mut sentences) = (String::new(), Vec::new(), Vec::new());
    let mut annotations = Annotations::default();
    let mut first = 0;
    for (index, word) in words.iter().enumerate() {
        if word.space && index > 0 {
            source.push(' ');
        }
        let start = source.len();
        source.push_str(WORDS[word.form]);
        tokens.push(Token { span: Span::new(start, source.len()), sentence: sentences.len() });
        let head = (index > first).then(|| first + usize::from(word.head) % (index - first));
        annotations.tokens.push(TokenAnnotation {
            upos: Upos::ALL[word.upos],
            xpos: Xpos::ALL[word.xpos],
            lemma: WORDS[word.form].to_lowercase().trim_end_matches('s').to_owned(),
            head,
            deprel: if head.is_some() { Deprel::ALL[word.relation] } else { Deprel::Root },
            event: 0.5,
        });
        if word.ends || index + 1 == words.len() {
            let span = Span::new(tokens[first].span.start, source.len());
            let (zone, paragraph) = (ZoneKind::Body, sentences.len() / 2);
            sentences.push(Sentence { span, tokens: first..index + 1, zone, paragraph });
            first = index + 1;
        }
    }
    let mut free = 0;
    for sentence in &sentences {
        for start in sentence.tokens.clone() {
            let Some((kind, length)) = words[start].entity.filter(|_| start >= free) else {
                continue;
            };
            free = (start + usize::from(length)).min(sentence.tokens.end);
            let kind = EntityKind::ALL[usize::from(kind)];
            annotations.entities.push(EntityAnnotation { tokens: start..free, kind, score: 0.75 });
        }
    }
    let span = Span::new(0, source.len());
    let article = Article::from_text("random", source);
    let zones = vec![Zone { kind: ZoneKind::Body, span }];
    let text = Text::new(&article, zones, sentences, tokens).unwrap();
    (article, text, annotations)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn facts_are_sound(words in prop::collection::vec(word(), 1..60)) {
        thread_local! {
            static RULES: Rules = Rules::builtin().unwrap();
        }
        let (article, text, annotations) = build(&words);
        RULES.with(|rules| -> Result<(), TestCaseError> {
            let mut reading = Reading::new(&article, &text, &annotations, &rules.verbs);
            let options = Options { published: "2024-02-29".parse().ok() };
            times::published::find(&mut reading, &rules.times, &options);
            entities::find(&mut reading, &rules.entities);
            times::find(&mut reading, &rules.times);
            quantities::find(&mut reading, &rules.quantities);
            reading.index();
            let mut next = 0;
            let mut last = 0;
            for mention in &reading.mentions {
                prop_assert!(!mention.tokens.is_empty() && mention.tokens.contains(&mention.head));
                let sentence = reading.tree.sentence(mention.tokens.start);
                prop_assert!(mention.tokens.end <= sentence.end, "a mention crosses a sentence end");
                prop_assert!(mention.tokens.start >= last);
                prop_assert!((0.0..=1.0).contains(&mention.score));
                last = mention.tokens.start;
                prop_assert!(mention.entity <= next, "entities are in order of first mention");
                next = next.max(mention.entity + 1);
            }
            prop_assert_eq!(next, reading.entities.len(), "every entity has a mention");
            let spans: Vec<_> = reading.mentions.iter().map(|m| m.tokens.clone()).collect();
            for (index, one) in spans.iter().enumerate() {
                for other in &spans[index + 1..] {
                    let crosses = one.start < other.start && other.start < one.end && one.end < other.end;
                    prop_assert!(!crosses, "mentions {:?} and {:?} cross", one, other);
                }
            }
            for time in &reading.times {
                prop_assert!(!time.tokens.is_empty());
            }
            for quantity in &reading.quantities {
                prop_assert!(!quantity.tokens.is_empty() && quantity.tokens.contains(&quantity.head));
            }
            Ok(())
        })?;
    }
}

/// Endless sentences are read, too: with a step that looks at every pair of words this test would
/// not end.
#[test]
fn endless_sentences() {
    let rules = Rules::builtin().unwrap();
    let forms = ["Jane", "Doe", "Monday", "he", "US", "troops", "14", "President"];
    let words: Vec<Word> = (0..100_000)
        .map(|index| Word {
            form: WORDS.iter().position(|w| *w == forms[index % 8]).unwrap_or(0),
            upos: Upos::ALL.iter().position(|u| *u == Upos::Propn).unwrap_or(0),
            xpos: 0,
            relation: Deprel::ALL.iter().position(|d| *d == Deprel::Nsubj).unwrap_or(0),
            head: 0,
            space: true,
            ends: false,
            entity: (index % 8 < 2).then_some((0, 1)),
        })
        .collect();
    let (article, text, annotations) = build(&words);
    let mut reading = Reading::new(&article, &text, &annotations, &rules.verbs);
    entities::find(&mut reading, &rules.entities);
    times::find(&mut reading, &rules.times);
    quantities::find(&mut reading, &rules.quantities);
    assert!(reading.mentions.len() > 10_000 && !reading.times.is_empty());
}
