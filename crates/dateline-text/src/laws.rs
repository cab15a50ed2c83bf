//! The laws of segmentation, on any string.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::subwords::tests::TOKENIZER;
use crate::{Article, MAX_WORD_PIECES, Subwords, Text, ZoneKind, is_blank, segment, segment_body};

/// Strings of what news is made of and what breaks segmenters.
fn newsy() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("\r\n"),
        Just("\r"),
        Just(" "),
        Just("\u{2028}"),
        Just("\""),
        Just("'"),
        Just("“"),
        Just("”"),
        Just("’"),
        Just("("),
        Just(")"),
        Just("["),
        Just("."),
        Just("..."),
        Just("…"),
        Just("!"),
        Just("?"),
        Just(","),
        Just("-"),
        Just("—"),
        Just("U.S."),
        Just("Mr."),
        Just("Jan."),
        Just("n't"),
        Just("can't"),
        Just("$5m"),
        Just("5:30pm"),
        Just("1/2/2024"),
        Just("LONDON (AP) —"),
        Just("By Jane Doe"),
        Just("Disclaimer:"),
        Just("Read more"),
        Just("(Reporting by Jo)"),
        Just("word"),
        Just("Word"),
        Just("a"),
        Just("I"),
        Just("\u{FEFF}"),
        Just("\0"),
        Just("\u{301}"),
        Just("\u{200D}"),
        Just("\u{600}"),
        Just("👩"),
        Just("http://a.b/c"),
        Just("a@b.com"),
        Just("#x"),
        Just("x.com"),
        Just("[1]"),
        Just("'s"),
        Just("İ"),
        Just("ß"),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![newsy(), any::<String>(), "\\PC*", "[a-zA-Z .,\\n'\"-]{0,200}"]
}

fn check(article: &Article, text: &Text) -> Result<(), TestCaseError> {
    let source = article.source();
    prop_assert_eq!(text.source(), &source);
    let (zones, sentences, tokens) = (text.zones(), text.sentences(), text.tokens());
    let again = Text::new(article, zones.to_vec(), sentences.to_vec(), tokens.to_vec());
    prop_assert_eq!(again.as_ref(), Ok(text));

    // Every character that is not blank is in one zone; in title and body, in one token.
    let mut zone = vec![None; source.len()];
    for z in zones {
        zone[z.span.range()].fill(Some(z.kind));
    }
    let mut token = vec![false; source.len()];
    for t in tokens {
        token[t.span.range()].fill(true);
        prop_assert!(!text.surface(t.span).contains(is_blank));
    }
    for (at, c) in source.char_indices().filter(|(_, c)| !is_blank(*c)) {
        let read = matches!(zone[at], Some(ZoneKind::Title | ZoneKind::Body));
        prop_assert!(zone[at].is_some(), "{c:?} at {at} is in no zone");
        prop_assert_eq!(token[at], read, "{:?} at {}", c, at);
    }
    for sentence in sentences {
        prop_assert!(
            zones.iter().any(|z| z.kind == sentence.zone && z.span.contains(sentence.span))
        );
        // Tokens and the blanks between them join to the sentence.
        let mut joined = String::new();
        let mut last = sentence.span.start;
        for token in &tokens[sentence.tokens.clone()] {
            let gap = &source[last..token.span.start];
            prop_assert!(gap.chars().all(is_blank));
            joined.push_str(gap);
            joined.push_str(text.surface(token.span));
            last = token.span.end;
        }
        prop_assert_eq!(joined.as_str(), text.surface(sentence.span));
    }
    // No grapheme without blanks is split.
    for (at, grapheme) in source.grapheme_indices(true) {
        if !grapheme.contains(is_blank) {
            let inside = at + 1..at + grapheme.len();
            prop_assert!(!tokens.iter().any(|t| inside.contains(&t.span.start)), "{grapheme:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_an_article(source in any_text()) {
        let article = Article::from_text("a", source);
        let text = segment(&article);
        check(&article, &text)?;
        check(&article, &segment_body(&article))?;
        prop_assert_eq!(&segment(&article), &text);
    }

    #[test]
    fn any_title_is_a_title(title in any_text(), source in any_text(), name in any_text()) {
        let article =
            Article { title: Some(title), source: Some(name), ..Article::from_text("a", source) };
        check(&article, &segment(&article))?;
    }

    #[test]
    fn pieces_nest_in_words(source in any_text()) {
        let subwords = Subwords::from_bytes(TOKENIZER.as_bytes()).unwrap();
        let text = segment(&Article::from_text("a", source));
        let pieces = subwords.encode(&text).unwrap();
        prop_assert_eq!(pieces.ids.len(), pieces.spans.len());
        prop_assert_eq!(pieces.words.len(), text.tokens().len());
        let mut next = 0;
        for (token, range) in text.tokens().iter().zip(&pieces.words) {
            prop_assert_eq!(range.start, next);
            prop_assert!((1..=MAX_WORD_PIECES).contains(&range.len()));
            next = range.end;
            for span in &pieces.spans[range.clone()] {
                prop_assert!(token.span.contains(*span));
                prop_assert!(text.source().get(span.range()).is_some());
            }
        }
        prop_assert_eq!(next, pieces.ids.len());
    }
}
