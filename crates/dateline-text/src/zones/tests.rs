use super::zones;
use crate::{Article, ZoneKind};

/// A layout: its name, its text with every zone marked as `T|`, `D|`, `B|` (byline), `P|`
/// (body paragraph) or `F|` where it starts. The marks are taken out before zoning.
const LAYOUTS: &[(&str, &str)] = &[
    (
        "title and paragraphs",
        "T|Storm closes port\n\nP|A storm closed the port of Lund.\n\nP|Ships wait.",
    ),
    (
        "title without a blank line",
        "T|Storm closes port\nP|A storm closed the port of Lund. Ships were sent to other harbours along the coast, officials said, and may wait there for several days.\nP|Ships wait.",
    ),
    ("question as title", "T|Who closed the port?\n\nP|Nobody knows."),
    ("title ends with U.S.", "T|Port talks stall in the U.S.\n\nP|Talks stalled on Monday."),
    ("no title", "P|A storm closed the port of Lund on Monday.\n\nP|Ships wait."),
    ("one sentence", "P|A storm closed the port of Lund on Monday"),
    (
        "agency tag",
        "T|Storm closes port\n\nD|(XPRESS) P|A storm closed the port.\n\nF|XPRESS22072024000045ID11084\n\nF|XPRESS",
    ),
    (
        "AP dateline",
        "T|Storm closes port\n\nB|By JANE DOE\n\nD|LUND, Sweden (AP) — P|A storm closed the port.",
    ),
    (
        "dateline with date",
        "T|Storm closes port\n\nD|LUND, July 22 (Reuters) - P|A storm closed the port.\n\nP|Ships wait.\n\nF|(Reporting by Jane Doe; Editing by John Roe)\n\nF|Our Standards: The Trust Principles.",
    ),
    ("capitals and a dash", "T|Storm closes port\n\nD|LUND — P|A storm closed the port."),
    ("mixed-case dateline", "T|Storm closes port\n\nD|Lund (AFP) – P|A storm closed the port."),
    ("Xinhua", "T|Storm closes port\n\nD|LUND, July 22 (Xinhua) -- P|A storm closed the port."),
    (
        "date before the agency",
        "T|Storm closes port\n\nD|July 22 (UPI) -- P|A storm closed the port.",
    ),
    ("ANI", "T|Storm closes port\n\nD|Lund [Sweden], July 22 (ANI): P|A storm closed the port."),
    (
        "press release",
        "T|Acme opens port\n\nD|LUND, Sweden, July 22, 2024 /PRNewswire/ -- P|Acme opened a port.\n\nF|Media Contact:\n\nF|Jane Doe, Acme\n\nF|jane@example.com",
    ),
    (
        "dateline on its own line",
        "T|Storm closes port\n\nD|LUND, July 22 (Reuters)\n\nP|A storm closed the port.",
    ),
    (
        "parenthesis that is no agency",
        "T|Storm closes port\n\nP|(Ships wait outside.) A storm closed the port.",
    ),
    (
        "name and dash that is no dateline",
        "T|Storm closes port\n\nP|Ships — all forty of them — wait.",
    ),
    ("day that is no dateline", "T|Storm closes port\n\nP|On July 22, a storm closed the port."),
    ("bylines", "T|Storm closes port\n\nB|Jane Doe, Staff Writer\n\nP|A storm closed the port."),
    (
        "byline with place",
        "T|Storm closes port\n\nB|By Jane Doe and John Roe in Lund\n\nF|Published 22 July 2024, 14:05 BST\n\nP|A storm closed the port.",
    ),
    ("name in place", "T|Storm closes port\n\nB|Jane Doe in Lund\n\nP|A storm closed the port."),
    ("By that is no byline", "T|Storm closes port\n\nP|By Monday the port was closed."),
    (
        "disclaimer to the end",
        "T|Storm closes port\n\nP|A storm closed it.\n\nF|Legal Disclaimer:\n\nF|We provide this as is.\n\nF|Write to us.",
    ),
    (
        "site furniture",
        "T|Storm closes port\n\nF|Advertisement\n\nP|A storm closed it.\n\nF|Read more: Port opens again\n\nP|Ships wait.\n\nF|Click here to see all photos\n\nF|Sign up for our newsletter\n\nF|Follow us on Twitter\n\nF|Share this article\n\nF|© 2024 Example News. All rights reserved.",
    ),
    (
        "more site furniture",
        "T|Storm closes port\n\nF|3 min read\n\nF|Photo: Jane Doe / Example Pictures\n\nP|A storm closed it.\n\nF|Related Stories\n\nF|https://example.com/storm\n\nF|We use cookies to improve your experience.\n\nF|Tags: storm, port\n\nF|ENDS",
    ),
    ("thirty", "T|Storm closes port\n\nP|A storm closed it.\n\nF|-30-"),
    (
        "credit at the end of a paragraph",
        "T|Storm closes port\n\nP|Ships wait. F|(Reporting by Jane Doe; Editing by John Roe)",
    ),
    (
        "words that only look like furniture",
        "T|Storm closes port\n\nP|Advertisement sales fell.\n\nP|Follow us, the pilot said.\n\nP|Read the rules, they said.\n\nP|More ships wait.\n\nP|Copyright law is strict.\n\nP|Subscribers left.",
    ),
    (
        "hard-wrapped",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday and sent\nforty ships to other harbours along the coast, where\nthey may have to wait for days.\n\nP|Ships wait.",
    ),
    (
        "hard-wrapped with indents",
        "T|STORM CLOSES PORT\n\nD|    LUND, July 22 - P|A storm closed the port of Lund and\nsent forty ships to other harbours along the coast, where\nthey may wait.\n    P|Ships wait outside the port, and their captains said that\nthey may leave.\n F|REUTER",
    ),
    (
        "a paragraph a line",
        "T|Storm closes port\nP|A storm closed the port of Lund on Monday and sent forty ships to other harbours along the coast.\nP|Ships wait.\nP|The port's owner said that it may be closed for two days, and that it had called the navy for help with the tugs.",
    ),
    (
        "list",
        "T|Storm closes port\n\nP|What we know:\nP|- The port is closed\nP|- Forty ships wait",
    ),
    (
        "Windows and old Mac line ends",
        "T|Storm closes port\r\n\r\nP|A storm closed it.\r\rP|Ships wait.",
    ),
    (
        "marks that don't print",
        "\u{FEFF}T|Storm closes port\u{2029}P|A storm closed it.\u{200B}\n\u{A0}\nP|Ships wait.\0",
    ),
    (
        "title of two lines",
        "T|Storm closes port of Lund and forty ships must\nwait outside\n\nP|A storm closed it.",
    ),
    (
        "a wire of 1990",
        "F|XW900815-0044\n\nT|Storm Closes Port\n\nB|By JANE DOE\nB|Associated Press Writer\n\nD|LUND, Sweden (AP) _ P|A storm closed the port.",
    ),
    (
        "no blank lines",
        "T|Storm Closes Port\nB|By JANE DOE Associated Press Writer\nD|LUND, Sweden (AP) _ P|A storm closed the port.",
    ),
    (
        "byline after the dateline's place",
        "T|Storm closes port\n\nB|By Jane Doe, Example News\n\nP|A storm closed the port.",
    ),
    (
        "agency at the end of a paragraph",
        "T|Storm closes port\n\nP|A storm closed the port of Lund. F|(Reuters)",
    ),
];

fn mark(kind: ZoneKind) -> char {
    match kind {
        ZoneKind::Title => 'T',
        ZoneKind::Dateline => 'D',
        ZoneKind::Byline => 'B',
        ZoneKind::Body => 'P',
        ZoneKind::Furniture => 'F',
    }
}

/// The text with a mark at the start of each zone.
fn marked(text: &str, article: &Article) -> String {
    let mut out = String::new();
    let mut last = 0;
    for zone in zones(article, text) {
        out.push_str(&text[last..zone.span.start]);
        out.push(mark(zone.kind));
        out.push('|');
        last = zone.span.start;
    }
    out + &text[last..]
}

fn unmarked(layout: &str) -> String {
    let mut text = layout.to_owned();
    for mark in ["T|", "D|", "B|", "P|", "F|"] {
        text = text.replace(mark, "");
    }
    text
}

#[test]
fn layouts_are_zoned() {
    let mut failed = Vec::new();
    for (name, layout) in LAYOUTS {
        let text = unmarked(layout);
        let found = marked(&text, &Article::from_text("", text.as_str()));
        // The indent before a dateline is in no zone.
        let expected = layout.replace("D|    ", "    D|");
        if found != expected {
            failed.push(format!("{name}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), LAYOUTS.len(), failed.join("\n"));
}

#[test]
fn a_title_field_is_the_title() {
    let article = Article {
        title: Some("Storm closes port".to_owned()),
        text: "Ships wait.\n\nStorm closes port\n\nThey left.\n\nExample News".to_owned(),
        source: Some("Example News".to_owned()),
        ..Article::default()
    };
    let found = marked(&article.source(), &article);
    let expected = "T|Storm closes port\n\nP|Ships wait.\n\nP|Storm closes port\n\nP|They left.\n\nF|Example News";
    assert_eq!(found, expected);
}

#[test]
fn a_title_repeated_at_the_head_is_a_title() {
    let article = Article {
        title: Some("Storm closes port".to_owned()),
        text: "Storm closes port\n\nLUND — Ships wait.".to_owned(),
        ..Article::default()
    };
    let found = marked(&article.source(), &article);
    assert_eq!(found, "T|Storm closes port\n\nT|Storm closes port\n\nD|LUND — P|Ships wait.");
}
