use super::words;
use crate::Span;

/// Texts and their tokens, separated by spaces.
const CASES: &[(&str, &str)] = &[
    // Plain words and marks.
    ("Rain fell, again.", "Rain fell , again ."),
    ("(see below)", "( see below )"),
    ("Why?!", "Why ?!"),
    ("Well...maybe", "Well ... maybe"),
    ("Well… maybe", "Well … maybe"),
    ("Wait....", "Wait ...."),
    ("one;two", "one ; two"),
    ("either/or", "either / or"),
    ("*note*", "* note *"),
    ("§5", "§ 5"),
    // Clitics.
    ("He didn't go", "He did n't go"),
    ("He didn’t go", "He did n’t go"),
    ("It's Bo's", "It 's Bo 's"),
    ("I'm sure they'll say we've won", "I 'm sure they 'll say we 've won"),
    ("you’re late, she’d said", "you ’re late , she ’d said"),
    ("couldn't've", "could n't 've"),
    ("can't won't shan't ain't", "ca n't wo n't sha n't ai n't"),
    ("the workers' union", "the workers ' union"),
    ("We cannot; I'm gonna", "We can not ; I 'm gon na"),
    ("Cannot", "Can not"),
    ("dont", "do nt"),
    ("DON'T", "DO N'T"),
    ("y'all", "y'all"),
    ("O'Hara and d'Orsay", "O'Hara and d'Orsay"),
    ("Shi'ite", "Shi'ite"),
    ("rock 'n' roll", "rock ' n ' roll"),
    ("the '90s and ’08", "the '90s and ’08"),
    ("get 'em", "get 'em"),
    ("the 1990's", "the 1990's"),
    ("Channel 4's", "Channel 4 's"),
    // Hyphens and dashes.
    ("US-led", "US - led"),
    ("state-of-the-art", "state - of - the - art"),
    ("e-mail", "e-mail"),
    ("anti-war co-founder ex-wife", "anti-war co-founder ex-wife"),
    ("Non-EU", "Non-EU"),
    ("mid-2023", "mid-2023"),
    ("al-Nur", "al - Nur"),
    ("F-16", "F - 16"),
    ("12-year-old", "12 - year - old"),
    ("Tuesday—or so", "Tuesday — or so"),
    ("Oslo–Bergen", "Oslo – Bergen"),
    ("one -- two --- three", "one -- two --- three"),
    ("pre- and post-war", "pre - and post-war"),
    ("Covid-19", "Covid - 19"),
    // Numbers, money, measures.
    ("$5", "$ 5"),
    ("US$5m", "US$ 5 m"),
    ("£2,500.50", "£ 2,500.50"),
    ("€1.5bn", "€ 1.5 bn"),
    ("1.5m people", "1.5 m people"),
    ("50% 3.5%", "50 % 3.5 %"),
    ("20pct", "20 pct"),
    ("100km/h", "100 km/h"),
    ("5kg, 6ft", "5 kg , 6 ft"),
    (".25", ".25"),
    ("-3", "- 3"),
    ("1,2,3", "1 , 2 , 3"),
    ("2-1", "2 - 1"),
    ("3/4", "3 / 4"),
    ("1st 22nd 30th", "1st 22nd 30th"),
    ("2,500th", "2,500th"),
    ("1980s", "1980s"),
    ("No. 5 is no. He", "No. 5 is no . He"),
    ("#1", "# 1"),
    ("G7 B2B 4x4", "G7 B2B 4x4"),
    // Times and dates.
    ("5:30pm", "5:30 pm"),
    ("5 p.m. today", "5 p.m. today"),
    ("5p.m. today", "5 p.m. today"),
    ("22/07/2024", "22/07/2024"),
    ("2024-07-22", "2024-07-22"),
    ("9/11", "9/11"),
    ("2023/24", "2023 / 24"),
    ("Jan. 5", "Jan. 5"),
    ("1998-2004", "1998 - 2004"),
    ("555-0100 and 202-555-0100", "555-0100 and 202-555-0100"),
    // Abbreviations.
    ("Mr. Hill", "Mr. Hill"),
    ("the U.S. Navy", "the U.S. Navy"),
    ("in the U.S.", "in the U.S."),
    ("J. R. Hill", "J. R. Hill"),
    ("J.R. Hill", "J.R. Hill"),
    ("J.Hill", "J. Hill"),
    ("Acme Inc.", "Acme Inc."),
    ("e.g. this, i.e. that, etc.", "e.g. this , i.e. that , etc."),
    ("Ph.D.", "Ph.D."),
    ("a.m", "a.m"),
    ("said I. He", "said I . He"),
    ("end.Next", "end . Next"),
    ("the Sun. It", "the Sun . It"),
    ("Sun. Jan. 5", "Sun. Jan. 5"),
    // Quotes.
    ("\"Yes,\" he", "\" Yes , \" he"),
    ("“Yes,” he", "“ Yes , ” he"),
    ("'Yes,' he", "' Yes , ' he"),
    ("‘Yes’", "‘ Yes ’"),
    ("``Yes''", "`` Yes ''"),
    // Names with marks, addresses, tags.
    ("AT&T", "AT&T"),
    ("x & y", "x & y"),
    ("https://example.org/a?b=c.", "https://example.org/a?b=c ."),
    ("(www.example.com)", "( www.example.com )"),
    ("press@example.org,", "press@example.org ,"),
    ("example.com's", "example.com 's"),
    ("#Budget2024 @office", "#Budget2024 @office"),
    ("report.pdf", "report.pdf"),
    ("node_modules", "node_modules"),
    (":) ok", ":) ok"),
    // Unicode.
    ("cafe\u{301}s", "cafe\u{301}s"),
    ("👨\u{200D}👩\u{200D}👧!", "👨\u{200D}👩\u{200D}👧 !"),
    ("İzmir’de", "İzmir’de"),
    ("a\u{A0}b\u{200B}c", "a b c"),
    ("\u{FEFF}a\0b", "a b"),
    ("\u{200F}x\u{200E}.", "x ."),
];

#[test]
fn words_follow_the_conventions_of_ud_english() {
    let mut failed = Vec::new();
    for (text, expected) in CASES {
        let found: Vec<&str> = words(text, Span::new(0, text.len()))
            .iter()
            .map(|word| &text[word.span.range()])
            .collect();
        let found = found.join(" ");
        if found != *expected {
            failed.push(format!("{text:?}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), CASES.len(), failed.join("\n"));
}

#[test]
fn a_word_of_any_length_takes_linear_time() {
    for unit in ["a", "A.", "a.b.", "1-", "1,1:", "'", "a@", "www.", "co-", "(x", "e\u{301}"] {
        let text = unit.repeat(300_000 / unit.len());
        assert!(!words(&text, Span::new(0, text.len())).is_empty());
    }
}
