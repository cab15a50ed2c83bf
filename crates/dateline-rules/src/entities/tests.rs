//! The entity rules on hand-written trees.
//!
//! A token is `form upos xpos head relation [entity]`, tokens are parted by `;`.

use std::fmt::Write as _;

use dateline_text::{Article, Text};

use super::EntityRules;
use crate::data::Source;
use crate::reading::{MentionKind, Reading};
use crate::subcategorization::Subcategorization;

fn conllu(sentences: &[&str]) -> String {
    let mut document = String::new();
    for sentence in sentences {
        for (index, token) in sentence.split(';').enumerate() {
            let columns: Vec<&str> = token.split_whitespace().collect();
            let [form, upos, xpos, head, relation, rest @ ..] = columns.as_slice() else {
                panic!("{token:?} has too few columns");
            };
            let mut misc: Vec<String> = Vec::new();
            for mark in rest {
                match *mark {
                    "_" => misc.push("SpaceAfter=No".to_owned()),
                    entity => misc.push(format!("Entity={entity}")),
                }
            }
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            let lemma = match *xpos {
                "NNS" => form.to_lowercase().trim_end_matches('s').to_owned(),
                "NN" => form.to_lowercase(),
                _ => (*form).to_owned(),
            };
            let id = index + 1;
            let _ = writeln!(
                document,
                "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t{misc}"
            );
        }
        document.push('\n');
    }
    document
}

/// Entities as `KIND name (titles) of AFFILIATION COUNTRY subtype: mention | mention`, one a line.
pub(super) fn read(sentences: &[&str]) -> Vec<String> {
    read_scored(sentences, 1.0)
}

/// [`read`] with a model that gives every name the same score.
pub(super) fn read_scored(sentences: &[&str], score: f32) -> Vec<String> {
    let (article, text, mut annotations) =
        dateline_text::conllu::parse(&conllu(sentences)).unwrap();
    annotations.entities.iter_mut().for_each(|entity| entity.score = score);
    let (article, text): (Article, Text) = (article, text);
    let rules = EntityRules::load(&Source::builtin()).unwrap();
    let verbs = Subcategorization::load(&Source::builtin()).unwrap();
    let mut reading = Reading::new(&article, &text, &annotations, &verbs);
    super::find(&mut reading, &rules);
    let entities = reading.entities.iter().enumerate().map(|(index, entity)| {
        let mut line = format!("{} {}", entity.kind.as_str(), entity.name);
        if !entity.titles.is_empty() {
            let _ = write!(line, " ({})", entity.titles.join(", "));
        }
        for &of in &entity.affiliations {
            let _ = write!(line, " of {}", reading.entities[of].name);
        }
        for part in entity.country.as_deref().into_iter().chain(entity.subtype) {
            let _ = write!(line, " {part}");
        }
        let mentions = reading.mentions.iter().filter(|m| m.entity == index);
        let mentions = mentions.map(|m| {
            let surface = text.surface(text.cover(m.tokens.clone()));
            if m.kind == MentionKind::Pronoun { format!("*{surface}") } else { surface.to_owned() }
        });
        let _ = write!(line, ": {}", mentions.collect::<Vec<_>>().join(" | "));
        line
    });
    entities.collect()
}

#[test]
fn coordinated_peoples_distribute() {
    let sentence = "US PROPN NNP 4 compound B-PLACE; and CCONJ CC 3 cc; Utopian ADJ JJ 1 conj; \
        officials NOUN NNS 5 nsubj; met VERB VBD 0 root; . PUNCT . 5 punct";
    let sentence = sentence.replace("Utopian", "Iraqi");
    assert_eq!(
        read(&[&sentence]),
        [
            "GROUP US officials USA: US and Iraqi officials",
            "GROUP Iraqi officials IRQ: US and Iraqi officials",
            "PLACE United States USA country: US",
            "NORP Iraqi IRQ: Iraqi",
        ]
    );
}

#[test]
fn chains_of_titles_belong_to_the_person() {
    let sentence = "Pentagon PROPN NNP 6 compound B-ORG; Press PROPN NNP 3 compound I-ORG; \
        Secretary PROPN NNP 6 compound I-ORG; Major PROPN NNP 6 compound B-PERSON; \
        General PROPN NNP 6 compound I-PERSON; Jo PROPN NNP 8 nsubj I-PERSON; \
        Marsh PROPN NNP 6 flat I-PERSON; spoke VERB VBD 0 root; . PUNCT . 8 punct";
    let second = "Marsh PROPN NNP 2 nsubj B-PERSON; left VERB VBD 0 root; . PUNCT . 2 punct";
    assert_eq!(
        read(&[sentence, second]),
        [
            "PLACE Pentagon USA facility: Pentagon",
            "PERSON Jo Marsh (Press Secretary, Major General) of Pentagon USA: Jo Marsh | Marsh",
        ]
    );
}

#[test]
fn an_office_cut_by_the_model_is_made_whole() {
    let sentence = "Pentagon PROPN NNP 3 compound B-ORG; Press PROPN NNP 3 compound I-ORG; \
        Secretary PROPN NNP 4 compound; Jo PROPN NNP 6 nsubj B-PERSON; \
        Marsh PROPN NNP 4 flat I-PERSON; spoke VERB VBD 0 root; . PUNCT . 6 punct";
    assert_eq!(
        read(&[sentence]),
        [
            "PLACE Pentagon USA facility: Pentagon",
            "PERSON Jo Marsh (Press Secretary) of Pentagon USA: Jo Marsh"
        ]
    );
}

#[test]
fn offices_alone_are_no_names_and_some_titles_are_first_names() {
    let office = "the DET DT 3 det; First ADJ JJ 3 amod B-ORG; Lady PROPN NNP 4 nsubj I-ORG; spoke VERB VBD 0 root";
    assert_eq!(read(&[office]), Vec::<String>::new());
    let don =
        "Don PROPN NNP 3 nsubj B-PERSON; Marsh PROPN NNP 1 flat I-PERSON; spoke VERB VBD 0 root";
    assert_eq!(read(&[don]), ["PERSON Don Marsh: Don Marsh"]);
    let sir = don.replace("Don", "Sir");
    assert_eq!(read(&[&sir]), ["PERSON Marsh: Marsh"]);
}

#[test]
fn believers_and_partisans_are_peoples_without_a_country() {
    let sentence = "Sunni ADJ JJ 2 amod B-PLACE; towns NOUN NNS 3 nsubj; feared VERB VBD 0 root; \
        Communists PROPN NNPS 3 obj; and CCONJ CC 6 cc; Kurds PROPN NNPS 4 conj B-ORG";
    assert_eq!(
        read(&[sentence]),
        ["NORP Sunni: Sunni", "NORP Communist: Communists", "NORP Kurdish: Kurds"]
    );
}

#[test]
fn offices_in_front_and_behind() {
    let front = "Kenyan ADJ JJ 4 amod B-NORP; Prime PROPN NNP 3 compound; Minister PROPN NNP 4 compound; \
        Ada PROPN NNP 6 nsubj B-PERSON; Moss PROPN NNP 4 flat I-PERSON; spoke VERB VBD 0 root";
    let behind = "Ben PROPN NNP 8 nsubj B-PERSON; Hale PROPN NNP 1 flat I-PERSON; , PUNCT , 6 punct; \
        the DET DT 6 det; finance NOUN NN 6 compound; minister NOUN NN 1 appos; , PUNCT , 6 punct; \
        agreed VERB VBD 0 root";
    let of = "Cy PROPN NNP 9 nsubj B-PERSON; Dow PROPN NNP 1 flat I-PERSON; , PUNCT , 5 punct; \
        chief ADJ JJ 5 amod; executive NOUN NN 1 appos; of ADP IN 7 case; Acme PROPN NNP 5 nmod B-ORG; \
        , PUNCT , 5 punct; left VERB VBD 0 root";
    assert_eq!(
        read(&[front, behind, of]),
        [
            "NORP Kenyan KEN: Kenyan",
            "PERSON Ada Moss (Prime Minister) of Kenyan KEN: Ada Moss",
            "PERSON Ben Hale (finance minister): Ben Hale | finance minister",
            "PERSON Cy Dow (chief executive) of Acme: Cy Dow | chief executive",
            "ORG Acme: Acme",
        ]
    );
}

#[test]
fn hyphens_part_countries_from_what_they_do() {
    let sentence = "US PROPN NNP 3 compound B-ORG _; - PUNCT HYPH 1 punct I-ORG _; \
        Iraq PROPN NNP 4 compound I-ORG; ties NOUN NNS 5 nsubj; hurt VERB VBD 0 root; \
        Iran PROPN NNP 8 obl _; - PUNCT HYPH 6 punct _; backed VERB VBN 9 amod; militias NOUN NNS 5 obj";
    assert_eq!(
        read(&[sentence]),
        [
            "PLACE United States USA country: US",
            "PLACE Iraq IRQ country: Iraq",
            "GROUP Iran-backed militias: Iran-backed militias",
            "PLACE Iran IRN country: Iran",
        ]
    );
}

#[test]
fn names_split_at_hyphens_are_one() {
    let sentence = "Omar PROPN NNP 5 nsubj B-PERSON; Al PROPN NNP 1 flat I-PERSON _; \
        - PUNCT HYPH 4 punct _; Rawi PROPN NNP 1 flat B-PERSON; spoke VERB VBD 0 root; . PUNCT . 5 punct";
    assert_eq!(read(&[sentence]), ["PERSON Omar Al-Rawi: Omar Al-Rawi"]);
}

#[test]
fn what_ends_a_persons_name_is_the_person() {
    let full = "Omar PROPN NNP 4 nsubj B-PERSON; Al PROPN NNP 1 flat I-PERSON; \
        Rawi PROPN NNP 1 flat I-PERSON; spoke VERB VBD 0 root";
    let wrong = "Al PROPN NNP 3 nsubj B-ORG; Rawi PROPN NNP 1 flat I-ORG; left VERB VBD 0 root";
    assert_eq!(read(&[full, wrong]), ["PERSON Omar Al Rawi: Omar Al Rawi | Al Rawi"]);
    let founder = "Jo PROPN NNP 3 nsubj B-PERSON; Dell PROPN NNP 1 flat I-PERSON; left VERB VBD 0 root; \
        Dell PROPN NNP 3 obj B-ORG; , PUNCT , 4 punct; Dell PROPN NNP 4 conj B-ORG; Motors PROPN NNP 6 flat I-ORG";
    assert_eq!(
        read(&[founder]),
        ["PERSON Jo Dell: Jo Dell", "ORG Dell Motors: Dell | Dell Motors"]
    );
    let family = "Xu PROPN NNP 3 nsubj B-PERSON; Ming PROPN NNP 1 flat I-PERSON; left VERB VBD 0 root; \
        Xu PROPN NNP 3 obj B-ORG";
    assert_eq!(read(&[family]), ["PERSON Xu Ming: Xu Ming | Xu"]);
    let lord =
        "Lord PROPN NNP 3 nsubj B-PERSON; Roe PROPN NNP 1 flat B-PERSON; left VERB VBD 0 root";
    assert_eq!(read(&[lord]), ["PERSON Roe: Roe"]);
}

#[test]
fn common_words_are_no_countries() {
    let sentence = "Turkey NOUN NN 3 nsubj; they PRON PRP 3 nsubj; gave VERB VBD 0 root; us PRON PRP 3 iobj; \
        and CCONJ CC 6 cc; china NOUN NN 1 conj";
    assert_eq!(read(&[sentence]), Vec::<String>::new());
    let player =
        "Jo PROPN NNP 3 nsubj B-PERSON; Jordan PROPN NNP 1 flat I-PERSON; scored VERB VBD 0 root";
    let surname = "Jordan PROPN NNP 2 nsubj B-PERSON; left VERB VBD 0 root";
    assert_eq!(read(&[player, surname]), ["PERSON Jo Jordan: Jo Jordan | Jordan"]);
}

#[test]
fn countries_and_their_people_are_two_entities() {
    let sentence = "America PROPN NNP 5 nsubj B-PLACE; , PUNCT , 4 punct; the DET DT 4 det; \
        U.S. PROPN NNP 1 appos B-PLACE; sent VERB VBD 0 root; Americans PROPN NNPS 5 obj B-NORP; \
        to ADP IN 8 case; Iraq PROPN NNP 5 obl B-ORG";
    assert_eq!(
        read(&[sentence]),
        [
            "PLACE United States USA country: America | U.S.",
            "NORP American USA: Americans",
            "PLACE Iraq IRQ country: Iraq",
        ]
    );
}

#[test]
fn containers_tell_the_country() {
    let stated = "in ADP IN 2 case; Mosul PROPN NNP 0 root B-PLACE; , PUNCT , 4 punct; \
        Iraq PROPN NNP 2 appos B-PLACE";
    let unknown = "in ADP IN 2 case; Erewhon PROPN NNP 0 root B-PLACE; , PUNCT , 4 punct; \
        Texas PROPN NNP 2 appos B-PLACE";
    let river =
        "the DET DT 3 det; Zed PROPN NNP 3 compound B-PLACE; River PROPN NNP 0 root I-PLACE";
    assert_eq!(
        read(&[stated, unknown, river]),
        [
            "PLACE Mosul IRQ city: Mosul",
            "PLACE Iraq IRQ country: Iraq",
            "PLACE Erewhon USA city: Erewhon",
            "PLACE Texas USA region: Texas",
            "PLACE Zed River natural: Zed River",
        ]
    );
}

#[test]
fn the_article_decides_between_namesakes() {
    let georgia = "in ADP IN 2 case; Georgia PROPN NNP 0 root B-PLACE";
    let texas = "in ADP IN 2 case; Texas PROPN NNP 0 root B-PLACE";
    let tbilisi = "in ADP IN 2 case; Tbilisi PROPN NNP 0 root B-PLACE";
    assert_eq!(read(&[georgia])[0], "PLACE Georgia GEO country: Georgia");
    assert_eq!(read(&[texas, georgia])[1], "PLACE Georgia USA region: Georgia");
    assert_eq!(read(&[tbilisi, georgia])[1], "PLACE Georgia GEO country: Georgia");
}

#[test]
fn acronyms_and_organizations_with_countries() {
    let sentence = "the DET DT 2 det; Zed PROPN NNP 8 nsubj B-ORG; Trade PROPN NNP 2 flat I-ORG; \
        Office PROPN NNP 2 flat I-ORG; ( PUNCT -LRB- 6 punct; ZTO PROPN NNP 2 appos B-ORG; \
        ) PUNCT -RRB- 6 punct; met VERB VBD 0 root; the DET DT 10 det; Bank PROPN NNP 8 obj B-ORG; \
        of ADP IN 12 case I-ORG; Japan PROPN NNP 10 nmod I-ORG";
    assert_eq!(
        read(&[sentence]),
        ["ORG Zed Trade Office: Zed Trade Office | ZTO", "ORG Bank of Japan JPN: Bank of Japan"]
    );
}

#[test]
fn pronouns_only_where_one_can_be_meant() {
    let one = "Ann PROPN NNP 2 nsubj B-PERSON; spoke VERB VBD 0 root; . PUNCT . 2 punct";
    let two = "Kim PROPN NNP 4 nsubj B-PERSON; and CCONJ CC 3 cc; Lee PROPN NNP 1 conj B-PERSON; spoke VERB VBD 0 root";
    let she = "She PRON PRP 2 nsubj; left VERB VBD 0 root; . PUNCT . 2 punct";
    assert_eq!(read(&[one, she, she]), ["PERSON Ann: Ann | *She | *She"]);
    assert_eq!(read(&[two, she]), ["PERSON Kim: Kim", "PERSON Lee: Lee"]);
    let mr = "Mr PROPN NNP 2 compound; Roe PROPN NNP 3 nsubj B-PERSON; spoke VERB VBD 0 root";
    assert_eq!(read(&[mr, she]), ["PERSON Roe: Roe"]);
}

#[test]
fn groups_bare_and_collective() {
    let bare = "Police NOUN NN 2 nsubj; said VERB VBD 0 root; the DET DT 6 det; 2,500 NUM CD 6 nummod; \
        French ADJ JJ 6 amod B-NORP; troops NOUN NNS 7 nsubj; left VERB VBD 2 ccomp";
    let sent = "The DET DT 2 det; representatives NOUN NNS 5 nsubj; from ADP IN 4 case; \
        Chile PROPN NNP 2 nmod B-PLACE; left VERB VBD 0 root; a DET DT 7 det; team NOUN NN 5 obj";
    assert_eq!(
        read(&[bare, sent]),
        [
            "GROUP Police: Police",
            "GROUP French troops FRA: French troops",
            "NORP French FRA: French",
            "GROUP representatives CHL: representatives",
            "PLACE Chile CHL country: Chile",
        ]
    );
}

#[test]
fn quotes_and_determiners_come_off() {
    let sentence = "the DET DT 2 det B-PLACE; Congo PROPN NNP 4 nmod:poss I-PLACE _; 's PART POS 2 case I-PLACE; \
        army NOUN NN 5 nsubj; left VERB VBD 0 root";
    assert_eq!(
        read(&[sentence]),
        [
            "PLACE Democratic Republic of the Congo COD country: Congo",
            "GROUP Congo's army COD: Congo's army"
        ]
        .iter()
        .rev()
        .map(|s| (*s).to_owned())
        .collect::<Vec<_>>()
    );
}

#[test]
fn acronyms_take_in_the_people_in_front() {
    let sentence = "the DET DT 4 det; Utopian ADJ JJ 4 amod B-NORP; Bakers PROPN NNPS 4 compound B-ORG; \
        Union PROPN NNP 8 nsubj I-ORG; ( PUNCT -LRB- 6 punct; UBU PROPN NNP 4 appos; \
        ) PUNCT -RRB- 6 punct; met VERB VBD 0 root";
    let sentence = sentence.replace("Utopian", "Danish").replace("UBU", "DBU");
    assert_eq!(read(&[&sentence]), ["ORG Danish Bakers Union DNK: Danish Bakers Union | DBU"]);
}

#[test]
fn peoples_of_several_words_are_one_name() {
    let sentence = "South PROPN NNP 2 compound B-PLACE; African ADJ JJ 3 amod B-NORP; \
        President PROPN NNP 6 nsubj; Jo PROPN NNP 3 flat B-PERSON; Marsh PROPN NNP 3 flat I-PERSON; \
        spoke VERB VBD 0 root; to ADP IN 10 case; South ADJ JJ 9 amod B-PLACE; \
        American ADJ JJ 10 amod B-NORP; players NOUN NNS 6 obl";
    assert_eq!(
        read(&[sentence]),
        [
            "NORP South African ZAF: South African",
            "PERSON Jo Marsh (President) of South African ZAF: Jo Marsh",
            "GROUP South American players: South American players",
            "NORP South American: South American",
        ]
    );
}

#[test]
fn short_forms_follow_the_long_ones() {
    let long = "the DET DT 2 det; Utopian PROPN NNP 3 compound B-PLACE; Union PROPN NNP 4 nsubj I-PLACE; \
        met VERB VBD 0 root; Acme PROPN NNP 4 obj B-ORG; Group PROPN NNP 5 flat I-ORG";
    let short = "the DET DT 2 det; Union PROPN NNP 3 nsubj; left VERB VBD 0 root; \
        Acme PROPN NNP 3 obj B-PERSON";
    assert_eq!(
        read(&[long, short]),
        ["ORG Utopian Union: Utopian Union | Union", "ORG Acme Group: Acme Group | Acme"]
    );
}

#[test]
fn possessives_are_settled_by_the_article() {
    let first = "Acme PROPN NNP 2 nsubj B-ORG; met VERB VBD 0 root; McDonald PROPN NNP 2 obj B-ORG _; \
        's PART POS 3 case I-ORG";
    let second = "Acme PROPN NNP 3 nmod:poss B-ORG _; 's PART POS 1 case I-ORG; offer NOUN NN 4 nsubj; \
        failed VERB VBD 0 root";
    let third = "Acme PROPN NNP 2 nsubj B-ORG; left VERB VBD 0 root; McDonald PROPN NNP 5 nmod:poss B-ORG _; \
        's PART POS 3 case; shop NOUN NN 2 obj";
    assert_eq!(
        read(&[first, second, third]),
        ["ORG Acme: Acme | Acme | Acme", "ORG McDonald's: McDonald's | McDonald's"]
    );
}

#[test]
fn organizations_go_by_one_name() {
    let first = "VW PROPN NNP 2 nsubj B-ORG; met VERB VBD 0 root; Acme PROPN NNP 2 obj B-ORG";
    let second =
        "Volkswagen PROPN NNP 2 nsubj B-ORG; left VERB VBD 0 root; NATO PROPN NNP 2 obj B-ORG";
    assert_eq!(
        read(&[first, second]),
        ["ORG Volkswagen: VW | Volkswagen", "ORG Acme: Acme", "ORG NATO: NATO"]
    );
}

#[test]
fn words_around_tell_the_country_of_an_organization() {
    for (sentence, country) in [
        (
            "Swedish ADJ JJ 2 amod B-NORP; carmaker NOUN NN 3 nmod:desc; Zed PROPN NNP 4 nsubj B-ORG; left VERB VBD 0 root",
            "SWE",
        ),
        (
            "Zed PROPN NNP 6 nsubj B-ORG; , PUNCT , 5 punct; the DET DT 5 det; French ADJ JJ 5 amod B-NORP; brewer NOUN NN 1 appos; \
            left VERB VBD 0 root",
            "FRA",
        ),
        (
            "Germany PROPN NNP 3 nmod:poss B-PLACE _; 's PART POS 1 case; Zed PROPN NNP 4 nsubj B-ORG; left VERB VBD 0 root",
            "DEU",
        ),
        (
            "Paris PROPN NNP 3 obl:unmarked B-PLACE _; - PUNCT HYPH 1 punct _; based ADJ JJ 4 amod; insurer NOUN NN 6 nsubj; \
            Zed PROPN NNP 4 appos B-ORG; left VERB VBD 0 root",
            "FRA",
        ),
        (
            "Zed PROPN NNP 6 nsubj B-ORG; , PUNCT , 3 punct; based VERB VBN 1 acl; in ADP IN 5 case; Paris PROPN NNP 3 obl B-PLACE; \
            left VERB VBD 0 root",
            "FRA",
        ),
        // A rival of Germans, a company that leaves.
        (
            "German ADJ JJ 2 amod B-NORP; rival NOUN NN 3 nmod:desc; Zed PROPN NNP 4 nsubj B-ORG; left VERB VBD 0 root",
            "",
        ),
        ("Zed PROPN NNP 2 nsubj B-ORG; left VERB VBD 0 root; Germany PROPN NNP 2 obj B-PLACE", ""),
    ] {
        let found = read(&[sentence]);
        let org = found.iter().find(|line| line.starts_with("ORG")).cloned().unwrap_or_default();
        let expected = format!("ORG Zed {country}").trim_end().to_owned() + ": Zed";
        assert!(org.starts_with(&expected), "{org} for {sentence}");
    }
}
