use super::zones;
use crate::{Article, ZoneKind};

/// A layout: its name, its text with every zone marked as `T|`, `D|`, `B|` (byline), `P|`
/// (body paragraph) or `F|` where it starts. The marks are taken out before zoning.
pub(super) const LAYOUTS: &[(&str, &str)] = &[
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
        "T|Storm closes port\n\nF|Advertisement\n\nP|A storm closed it.\n\nF|Read more: Port opens again\n\nP|Forty ships wait outside, and their captains said that they may leave.\n\nF|Click here to see all photos\n\nF|Sign up for our newsletter\n\nF|Follow us on Twitter\n\nF|Share this article\n\nF|© 2024 Example News. All rights reserved.",
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
        "menu and section above the title",
        "F|News | Sport | Weather\n\nF|Business\n\nT|Storm closes port for a second day\n\nP|A storm closed the port of Lund on Monday.",
    ),
    (
        "fields of a database",
        "F|SECTION: METRO; Pg. B3\n\nF|LENGTH: 198 words\n\nT|HEADLINE: Storm closes port\n\nB|BYLINE: Jane Doe\n\nD|DATELINE: LUND, Sweden\n\nF|BODY:\n\nP|A storm closed the port of Lund on Monday.\n\nF|LOAD-DATE: July 23, 2024",
    ),
    (
        "fields without names",
        "F|Business\nT|Storm closes port for a second day\nB|Jane Doe\nF|212 words\nF|22 July 2024\nF|The Example Courier\nF|EXCR\nF|English\n\nP|A storm closed the port of Lund on Monday.",
    ),
    (
        "teletype",
        "F|^BC-Storm,0271<\nT|^Storm Closes Port of Lund<\nB|^By JANE DOE=\nB|^Associated Press Writer=\n   D|LUND, Sweden (AP) _ P|A storm closed the port.\n   F|MORE\n\nP|Forty ships had to wait outside on Monday night.\n   F|-0-\nF|AP-NY-07-22-94 1822EST<",
    ),
    (
        "tags end with a blank line",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|Tagged:\nF|Sweden\nF|Storms\n\nP|Ships wait outside the port, the pilots said.",
    ),
    (
        "headlines to the end",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|More on this story\n\nF|Ferry sails into bridge\nF|Published\nF|20 July 2024\n\nF|Pilots strike",
    ),
    (
        "headlines end where the story goes on",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|Related stories\n\nF|Ferry sails into bridge\n\nF|Pilots strike\n\nF|Share this article\n\nP|Ships wait outside the port, the pilots said.",
    ),
    (
        "box in the story",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|Sign up to Harbour Week\nF|Free weekly newsletter\nF|What ports are talking about\nF|Enter your email address\n\nP|Ships wait outside the port, the pilots said.",
    ),
    (
        "caption in two lines",
        "T|Storm closes port\n\nF|Image caption,\nF|Ships wait outside\n\nP|A storm closed the port of Lund on Monday.",
    ),
    (
        "what follows the end",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday. Ships wait outside, and the pilots said that they may have to wait for days.\n\nF|ENDS\n\nF|Notes to editors\n\nF|The port has 40 berths.",
    ),
    (
        "a second story follows the end of the first",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|ENDS\n\nP|A ferry sailed into a bridge in Lund on Sunday, the police said.",
    ),
    (
        "about the company",
        "T|Acme opens port\n\nP|Acme opened a port in Lund on Monday. It has 40 berths and is the first port that the company has built in Sweden.\n\nF|About Acme\n\nF|Acme builds ports, and is based in Oslo.",
    ),
    (
        "author at the end",
        "T|Storm closes port\n\nP|A storm closed the port of Lund on Monday.\n\nF|Jane Doe covers ports for Example News. Reach her at 555-0100.\n\nF|Share\nF|3",
    ),
    (
        "rows of a table",
        "T|Wheat crop falls\n\nP|The wheat crop fell in every state last year, the bureau said:\n\nP|State        1986   1987\nP|Victoria      1.5    1.6\nP|Queensland    0.8    0.9\n\nF|REUTER",
    ),
    (
        "city and dash",
        "T|Storm closes port\n\nD|Lund — P|A storm closed the port of Lund on Monday.",
    ),
    ("dateline and nothing else", "T|Storm closes port\n\nD|LUND —\n\nP|A storm closed the port."),
    (
        "country in parentheses",
        "T|Storm closes port\n\nD|Lund (Sweden) (AFP) – P|A storm closed the port.",
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

/// Sentences of a story that begin as furniture does.
pub(super) const STORY: &[&str] = &[
    "Advertisements for soap covered the wall, and nobody could remember who had painted them.",
    "Follow the river north and you will reach the mill in an hour.",
    "Sign up sheets were passed around the hall, and 60 people wrote their names.",
    "Sign up for nothing, the sheet advised.",
    "Subscribe to the theory or not, the stones are old.",
    "Get the children to bed, turn off the app, and read a book instead.",
    "Photographs by the dozen lay on the table.",
    "All rights reserved, the sign reads, but the goats cannot read.",
    "Copyright 1987, all rights reserved: five words on a pattern for mittens.",
    "Join us, they told him, and bring a ladder.",
    "Comments from the public were taken until midnight.",
    "Related crimes have risen as well, the police chief wrote.",
    "More on the subject was promised for Tuesday.",
    "Editing the film took nine years.",
    "Reporting by the committee was late again.",
    "Contact: that is what they wanted, and they got it.",
    "Published in 1911, the book was forgotten within a year.",
    "By using old tyres, the builders saved a fortune.",
    "This story was first told by sailors in the harbour of Lund.",
    "This report was published on Monday by the ministry.",
    "The views expressed in the meeting were mixed.",
    "Correction: the clock was never wrong, the watchmaker insisted.",
    "Thirty of them came back.",
    "Close to the border, the road turns to sand.",
    "See also the grave of the founder, which stands behind the school.",
    "If you have a boat, you have a friend.",
    "Your privacy is important to us, the burglar had written on the mirror.",
    "Please do not feed the gulls.",
    "For more details the court will have to wait until March.",
    "Neither the mayor nor the council accepts responsibility for the wall.",
    "The post office in Lund appeared first on the list of closures.",
    "An earlier version of this story was told by my aunt.",
    "In this photo taken in 1931 she is smiling; in the next one she is not.",
    "Eva Holm covers her ears when the train passes.",
    "She can be reached only by boat.",
    "Update: the goat was found on Sunday, alive, and ate the rope.",
    "Elsewhere on the island, roofs were lost.",
    "Tuesday, 4 March 2025, was the last day of the mill.",
    "Reuters, AFP and AP all had men in the room.",
    "Language: Dutch, mostly.",
    "On behalf of the board, Lindqvist thanked the crew.",
];

#[test]
fn sentences_that_begin_as_furniture_does_are_body() {
    let mut taken = Vec::new();
    for sentence in STORY {
        for text in [
            format!(
                "Storm closes port\n\nA storm closed the port of Lund on Monday.\n\n{sentence}\n\nShips wait."
            ),
            format!("Storm closes port\nA storm closed the port of Lund on Monday.\n{sentence}"),
        ] {
            let found = zones(&Article::from_text("", text.as_str()), &text);
            if found.iter().skip(1).any(|zone| zone.kind != ZoneKind::Body) {
                taken.push(text);
            }
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
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

/// What no site writes into a story.
const STANDING: &[&str] = &[
    "All rights reserved.",
    "© 2025 Nordwire",
    "Copyright 2025 Nordwire. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "(Reporting by Eva Holm; Editing by Jan Berg)",
    "(With inputs from agencies)",
    "ENDS",
    "###",
    "Follow us on Facebook",
    "Get the latest news in your inbox every morning",
    "Log in to comment",
    "Read more: Port reopens",
    "Listen to this article",
    "You may also like",
    "Most popular",
    "Terms of Use",
    "Last updated: 4 March 2025",
    "File photo of the port of Lund (Getty Images)",
    "A ship in the port of Lund. Photo: Eva Holm/Nordwire",
    "Eva Holm is a reporter for Nordwire based in Lund.",
    "For media enquiries, please contact Eva Holm at 555-0123.",
    "This article was originally published by Nordwire.",
    "Editor's note: An earlier version of this story misspelled the name of the harbour master.",
    "Tags: storm, port, Lund",
    "This site uses cookies.",
];

#[test]
fn standing_lines_are_furniture() {
    let read = |line: &&&str| {
        let text = format!(
            "Storm closes port\n\nLUND, March 4, 2025 (Nordwire) — A storm closed the port of Lund on \
             Monday, the harbour said.\n\nShips wait outside until the wind falls, said the harbour \
             master, Eva Holm.\n\n{line}\n"
        );
        let zones = zones(&Article::from_text("", text.as_str()), &text);
        zones.last().unwrap().kind != ZoneKind::Furniture
    };
    let read: Vec<_> = STANDING.iter().filter(read).collect();
    assert!(read.is_empty(), "{read:?}");
}
