//! Event rules on whole trees: every case names the complete list of events.

use dateline_text::{Annotations, Deprel, TokenAnnotation, Upos, Xpos, conllu};
use proptest::prelude::*;

use crate::{Document, Options, Rules};

/// Trees by the model, looked through by hand. `# event = …` lines before a tree state, in order,
/// type, status, label and roles; a tree without any yields no event.
const CASES: &str = include_str!("cases.conllu");

fn describe(document: &Document) -> Vec<String> {
    let lines = document.events.iter().map(|event| {
        let roles: Vec<String> = event
            .roles
            .iter()
            .map(|role| match &role.event {
                Some(id) => format!("{}=#{id}", role.role),
                None => format!("{}={}", role.role, role.location.text),
            })
            .collect();
        format!("{} {} «{}» {}", event.kind, event.factuality.status, event.label, roles.join("; "))
    });
    lines.map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn cases_give_exactly_their_events() {
    let rules = Rules::builtin().unwrap();
    let mut wrong = Vec::new();
    for case in CASES.split("\n\n").filter(|case| case.contains('\t')) {
        let expected: Vec<&str> =
            case.lines().filter_map(|l| l.strip_prefix("# event = ")).collect();
        let (article, text, annotations) = conllu::parse(case).unwrap();
        let options = Options { published: Some(jiff::civil::date(2024, 7, 23)) };
        let found = describe(&rules.read(&article, &text, &annotations, &options));
        if found != expected {
            wrong.push(format!("{}\n  expected {expected:#?}\n  found {found:#?}", text.source()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn rule_files_name_the_line_of_a_fault() {
    let dir = std::env::temp_dir().join(format!("dateline-rules-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("events")).unwrap();
    let life = include_str!("../../data/events/life.toml");
    let cases = [
        ("victim = \"victim\"", "[death]", "[death]\nroles_ = \"x\"", "unknown key"),
        ("", "label = \"victim\"", "label = \"hero\"", "unknown role"),
        (
            "",
            "{ is = \"claim, take, cost\"",
            "{ is = \"kill\", when = { object = \"nobody\" } },\n  { is = \"claim, take, cost\"",
            "nobody",
        ),
        ("", "from = \"cause\", by", "upward = \"cause\", by", "upward"),
    ];
    for (_, old, new, problem) in cases {
        assert!(life.contains(old), "{old}");
        std::fs::write(dir.join("events/life.toml"), life.replacen(old, new, 1)).unwrap();
        let error = Rules::from_dir(&dir).unwrap_err().to_string();
        assert!(error.starts_with("events/life.toml:") && error.contains(problem), "{error}");
        assert!(!error.contains(":0:"), "{error}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

const WORDS: [&str; 24] = [
    "talks",
    "met",
    "to",
    "discuss",
    "the",
    "withdrawal",
    "of",
    "troops",
    "said",
    "\"",
    "killed",
    "Iraq",
    "series",
    "strikes",
    "and",
    "according",
    "who",
    "2003",
    "did",
    "not",
    "attack",
    "on",
    "US",
    "held",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_trees_never_panic(
        picks in prop::collection::vec((0..WORDS.len(), any::<u16>(), 0..Deprel::ALL.len(), 0..Upos::ALL.len(), 0..Xpos::ALL.len()), 1..40),
        probability in 0.0f32..1.0,
    ) {
        let source = picks.iter().map(|p| WORDS[p.0]).collect::<Vec<_>>().join(" ");
        let article = dateline_text::Article::from_text("random", source);
        let text = dateline_text::segment(&article);
        let mut annotations = Annotations::default();
        for sentence in text.sentences() {
            for token in sentence.tokens.clone() {
                let pick = picks[token % picks.len()];
                let before = token - sentence.tokens.start;
                let head = (before > 0).then(|| sentence.tokens.start + usize::from(pick.1) % before);
                annotations.tokens.push(TokenAnnotation {
                    upos: Upos::ALL[pick.3],
                    xpos: Xpos::ALL[pick.4],
                    lemma: text.word(token).to_lowercase(),
                    head,
                    deprel: if head.is_none() { Deprel::Root } else { Deprel::ALL[pick.2] },
                    event: probability,
                });
            }
        }
        let rules = Rules::builtin().unwrap();
        let document = rules.read(&article, &text, &annotations, &Options::default());
        for event in &document.events {
            prop_assert!(event.label.split(' ').count() <= 8);
            for mention in &event.mentions {
                let span = mention.location.start..mention.location.end;
                prop_assert_eq!(&text.source()[span], mention.location.text.as_str());
            }
        }
    }
}
