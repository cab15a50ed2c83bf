//! Strings that are no articles: the pipeline reads them all, and its laws hold.

use dateline::{Article, OffsetUnit};
use proptest::prelude::*;

use crate::invariants::{check_offsets, check_references};
use crate::system;

/// Bits of news in any order, so that rules fire where no reader would expect them.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "LIMA, May 6, 2024 (AP) — ",
        "President ",
        "Anna Berg",
        ", ",
        "said",
        " “",
        "” ",
        "\"",
        "\n\n",
        "\n",
        ". ",
        "troops",
        " withdrew",
        " from ",
        "Peru",
        "Peruvian ",
        "on Monday",
        " in 2003",
        " 2,500 ",
        "talks",
        " with ",
        "will ",
        "not ",
        "-led ",
        "U.S.",
        " $3.5 million",
        "%",
        "'s ",
        "the ",
        "of ",
        "and ",
        "(",
        ")",
        "🎉",
        "é",
        "\u{301}",
        "\u{200f}",
        "\0",
        "© 2024",
        "met ",
        "to ",
        "denied ",
        "according to ",
        "Bank of ",
        "killed ",
        "was ",
        "by ",
    ]);
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn holds(title: Option<String>, text: String) {
    let article = Article { title, ..Article::from_text("p", text) };
    let document = system::read(&article);
    check_offsets(&article, &document, OffsetUnit::Codepoint);
    check_references(&document);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read(title in prop::option::of("\\PC{0,30}"), text in "(?s).{0,160}") {
        holds(title, text);
    }

    #[test]
    fn any_mix_of_news_is_read(title in prop::option::of(scraps()), text in scraps()) {
        holds(title, text);
    }
}
